// Gradient descent with momentum on a surface: x(t+1) = x(t) − η∇f + β(x(t) − x(t−1)).
// Traits: see gd_surface.py. `compute` is the mathematics; the rest draws what it returns.

import { field, tryFormula } from "./fields.mjs";
import { descend } from "./gd_path.mjs";
import { Scene } from "./gd_scene.mjs";
import { bind, calm, player } from "./kit.mjs";

const KEYS = ["surfaces", "formula", "start", "window", "eta", "beta", "t"];

/** The eigenvalues of the Hessian at a point, the smaller one first. */
export function curvatures(f, point) {
  const [[a, b], [, d]] = f.jet(point).hessian;
  const radius = Math.hypot((a - d) / 2, b);
  return [(a + d) / 2 - radius, (a + d) / 2 + radius];
}

const distance = ([a, b], [c, d]) => Math.hypot(a - c, b - d);

function quadratic(f, [x, y]) {
  const here = f.jet([x, y]).hessian.flat();
  const probes = [[x + 1, y + 0.5], [x - 0.5, y - 1]].map((p) => f.jet(p).hessian.flat());
  const size = Math.max(...here.map(Math.abs));
  return probes.every((there) => there.every((h, k) => Math.abs(h - here[k]) <= 1e-12 * size));
}

/** Which steps are stable, and where this holds: λmax from the Hessian, the limit 2(1 + β)/λmax. */
export function stability(f, start, beta, minimisers) {
  const near = [...minimisers].sort((a, b) => distance(a, start) - distance(b, start))[0] ?? null;
  const everywhere = quadratic(f, start);
  if (!everywhere && near === null) return { scope: "unknown", near, limit: null };
  const [least, most] = curvatures(f, everywhere ? start : near);
  const limit = least >= 0 && most > 0 ? (2 * (1 + beta)) / most : null;
  return { scope: everywhere ? "everywhere" : "minimum", near, limit };
}

/** Every number that the figure shows, from its state. */
export function compute({ formula, start, eta, beta, t, minimisers = [] }) {
  const f = field(formula);
  const run = descend(f, start, eta, beta);
  const last = run.path.length - 1;
  const ends = run.status === "ran" ? curvatures(f, run.path[last]) : null;
  return { ...run, last, t: Math.min(t, last), ends, stability: stability(f, start, beta, minimisers) };
}

const known = ({ surfaces, formula }) => surfaces.find((s) => s.formula === formula);

function remembering() {
  let [key, result] = ["", null];
  return (state) => {
    const { formula, start, eta, beta } = state;
    const now = JSON.stringify([formula, start, eta, beta]);
    if (now !== key) result = compute({ ...state, t: 0, minimisers: known(state)?.minimisers });
    key = now;
    return { ...result, t: Math.min(state.t, result.last) };
  };
}

function render({ model, el }) {
  const recall = remembering();
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const restart = (changes) => {
    clock.stop();
    bond.update({ ...changes, t: 0 });
  };
  const step = (to) => bond.update({ t: Math.min(to, recall(state()).last) });
  const clock = player(() => advance());
  // The first steps are shown one by one; later ones are too small to be told apart.
  function advance() {
    const { t, last } = recall(state());
    if (t + 1 >= last) clock.stop();
    step(t + 1 + Math.floor(t / 30));
  }
  const scene = new Scene({
    chosen: ({ formula, start, window, eta }) => restart({ formula, start, window, eta }),
    typed(text) {
      try {
        tryFormula(text, model.get("window"));
      } catch (error) {
        return error.message;
      }
      if (text !== model.get("formula")) restart({ formula: text });
      return "";
    },
    moved: (start) => restart({ start }),
    eta: (eta) => restart({ eta }),
    beta: (beta) => restart({ beta }),
    run: (t) => { clock.stop(); step(t); },
    step: () => { clock.stop(); step(recall(state()).t + 1); },
    reset: () => restart({}),
    play() {
      const { t, last } = recall(state());
      if (clock.playing()) clock.stop();
      else if (calm()) return step(last);
      else clock.start();
      return step(clock.playing() && t === last ? 0 : t);
    },
  }, model.get("surfaces"));
  const draw = () => scene.draw(state(), recall(state()), { f: field(model.get("formula")), surface: known(state()), playing: clock.playing() });
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
