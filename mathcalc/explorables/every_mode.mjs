// A formula of one's own, differentiated in both modes, line by line.
// Traits: see every_mode.py. `compute` is the mathematics; the rest draws what it returns.

import { costs } from "./every_mode_cost.mjs";
import { Scene } from "./every_mode_scene.mjs";
import { bind, calm, clamp, player } from "./kit.mjs";
import { adjoints, run, tangents, trace } from "./trace.mjs";

const KEYS = ["examples", "formula", "at", "v", "u", "step"];
const LARGEST = { inputs: 6, outputs: 4, lines: 40 };
const PACE = 700;

const lists = new Map();

/** The list of a text, written once; an Error in plain words if the text cannot be read or drawn. */
export function listOf(text) {
  if (!lists.has(text)) lists.set(text, limited(trace(text)));
  return lists.get(text);
}

function limited(list) {
  const sizes = { inputs: list.variables.length, outputs: list.outputs.length, lines: list.lines.length };
  for (const [what, most] of Object.entries(LARGEST))
    if (sizes[what] > most) throw new Error(`${sizes[what]} ${what} are too many to be drawn: at most ${most}`);
  return list;
}

/** Numbers for all inputs or outputs; where the state has none, those of `missing`. */
const fitted = (numbers, count, missing) => Array.from({ length: count }, (_, k) => numbers[k] ?? missing(k));
const first = (k) => (k === 0 ? 1 : 0);
const one = () => 1;
const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0);

/** The state with as many numbers as the formula has inputs and outputs, and a step that exists. */
export function completed(state) {
  const { variables, outputs, lines } = listOf(state.formula);
  return {
    ...state,
    at: fitted(state.at, variables.length, one),
    v: fitted(state.v, variables.length, first),
    u: fitted(state.u, outputs.length, one),
    step: clamp(state.step, 0, 2 * lines.length),
  };
}

/** Every number that the figure shows, from its state. */
export function compute(state) {
  const { formula, at, v, u, step } = completed(state);
  const list = listOf(formula), ran = run(list, at), length = list.lines.length;
  const dots = tangents(list, ran, v), bars = adjoints(list, ran, u);
  const jv = list.outputs.map((line) => dots[line]), uj = bars.slice(0, list.variables.length);
  return {
    list, ...ran, tangents: dots, adjoints: bars, jv, uj,
    y: list.outputs.map((line) => ran.values[line]),
    duality: [dot(u, jv), dot(uj, v)],
    done: Math.min(step, length),
    swept: Math.max(step - length, 0),
    soFar: adjoints(list, ran, u, 2 * length - Math.max(step, length)),
    costs: costs(list),
  };
}

function render({ model, el }) {
  const state = () => completed(Object.fromEntries(KEYS.map((key) => [key, model.get(key)])));
  const end = () => 2 * listOf(model.get("formula")).lines.length;
  const go = (step) => bond.update({ step: clamp(step, 0, end()) });
  const stop = (act) => (...news) => (clock.stop(), act(...news));
  const clock = player(() => {
    if (state().step + 1 >= end()) clock.stop();
    go(state().step + 1);
  }, PACE);

  const acts = {
    chosen: stop((k) => choose(model.get("examples")[k])),
    typed: stop((text) => {
      try { listOf(text); } catch (error) { return error.message; }
      choose({ formula: text, at: state().at, v: [], u: [] });
      return "";
    }),
    step: stop(go),
    forth: stop(() => go(state().step + 1)),
    back: stop(() => go(state().step - 1)),
    play() {
      if (clock.playing()) clock.stop();
      else if (calm()) return go(end());
      else {
        if (state().step === end()) go(0);
        clock.start();
      }
      draw();
    },
    set: (key, k, value) => bond.update({ [key]: state()[key].map((old, j) => (j === k ? value : old)) }),
    all: (key, numbers) => bond.update({ [key]: numbers }),
  };

  function choose({ formula, at, v, u }) {
    const made = completed({ formula, at, v: v ?? [], u: u ?? [], step: Infinity });
    bond.update({ formula, at: made.at, v: made.v, u: made.u, step: made.step });
  }

  const scene = new Scene(acts, model.get("examples"));
  const draw = () => scene.draw(state(), compute(state()), clock.playing());
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    clock.stop();
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
