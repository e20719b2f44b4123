// The forward and the backward pass on a graph: the reader predicts each adjoint before it is shown.
// Traits: see computation_graph.py. `compute` is the mathematics; the rest draws what it returns.

import { check } from "./computation_graph_guess.mjs";
import { Scene } from "./computation_graph_scene.mjs";
import { bind, clamp } from "./kit.mjs";
import { adjoints, arrowsOf, nameOf, operationOf, pretty, run, symbolOf, trace } from "./trace.mjs";
import { barred } from "./written.mjs";

const KEYS = ["examples", "formula", "at", "stage"];
const [LINES, INPUTS] = [24, 6];

const lists = new Map();

/** The list of a formula, written once; an Error in plain words if it cannot be read or drawn. */
export function listOf(text) {
  if (!lists.has(text)) {
    const list = trace(text);
    if (list.outputs.length > 1) throw new Error("Write one formula: the graph ends in one loss.");
    if (list.variables.length > INPUTS) throw new Error(`${list.variables.length} inputs are too many to be drawn: at most ${INPUTS}.`);
    if (list.lines.length > LINES) throw new Error(`${list.lines.length} nodes are too many to be drawn: at most ${LINES}.`);
    lists.set(text, { ...list, ...spoken(list) });
  }
  return lists.get(text);
}

/** The words of a list's graph: what its nodes are called, and what they do. */
function spoken(list) {
  const names = list.lines.map((_, i) => nameOf(list, i));
  return {
    names,
    bars: names.map(barred),
    operations: list.lines.map((_, i) => operationOf(list, i)),
    titles: list.lines.map((line, i) => (line.op === "input" ? names[i] : `${names[i]}   ${symbolOf(line)}`)),
    inputs: list.variables.map(pretty),
    arrows: arrowsOf(list),
  };
}

/** The shares of a line's adjoint: one for each arrow out of it, ū · ∂u/∂v. */
function sharesOf(lines, partials, bars) {
  const shares = lines.map(() => []);
  lines.forEach(({ operands }, to) =>
    operands.forEach(({ line }, operand) => {
      if (line !== undefined) shares[line].push({ to, operand, partial: partials[to][operand], share: bars[to] * partials[to][operand] });
    }),
  );
  return shares;
}

/** Every number that the figure shows, from its state; missing inputs are 1. */
export function compute({ formula, at, stage }) {
  const list = listOf(formula);
  const point = list.variables.map((_, k) => at[k] ?? 1);
  const ran = run(list, point);
  const [count, operations] = [list.lines.length, list.lines.length - point.length];
  const bars = adjoints(list, ran, [1]);
  const now = clamp(stage, 0, operations + count);
  return {
    list, point, ...ran, adjoints: bars,
    shares: sharesOf(list.lines, ran.partials, bars),
    stage: now,
    last: operations + count,
    known: point.length + Math.min(now, operations), // lines with a value
    met: count - Math.max(now - operations, 0), // lines from this one on have an adjoint
  };
}

function acts(model, update) {
  const get = (key) => model.get(key);
  const now = () => compute({ formula: get("formula"), at: get("at"), stage: get("stage") });
  const go = (stage) => update({ stage: clamp(stage, 0, now().last) });
  return {
    chosen: (k) => update({ formula: get("examples")[k].formula, at: get("examples")[k].at, stage: 0 }),
    typed(text) {
      try {
        listOf(text);
      } catch (error) {
        return error.message;
      }
      if (text !== get("formula")) update({ formula: text, at: [], stage: 0 });
      return "";
    },
    set: (k, value) => update({ at: now().point.map((old, j) => (j === k ? value : old)) }),
    go,
    step: (by) => go(now().stage + by),
    /** Judge a guess of the adjoint that is asked for; a right one is shown. */
    guess(text) {
      const result = now();
      const verdict = check(text, result.met - 1, result);
      if (verdict.right) go(result.stage + 1);
      return verdict;
    },
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const scene = new Scene(acts(model, (changes) => bond.update(changes)), model.get("examples"));
  const draw = () => scene.draw(state(), compute(state()));
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
