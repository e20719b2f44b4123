// The backward pass of one head of attention, entry by entry.
// Traits: see attention_backward.py. `compute` is the mathematics; the rest draws what it returns.

import { attend } from "./attention_backward_head.mjs";
import { Scene } from "./attention_backward_scene.mjs";
import { normal } from "./gradient_signal_depth_draws.mjs";
import { bind, clamp } from "./kit.mjs";

const KEYS = ["examples", "Q", "K", "V", "dO", "causal", "matrix", "row", "column"];
const INPUTS = ["Q", "K", "V", "dO"];

/** Every number that the figure shows, from its state. */
export function compute(state) {
  const { head, sums, sizes } = attend(state);
  const [i, j] = [clamp(state.row, 0, head[state.matrix].length - 1), clamp(state.column, 0, head[state.matrix][0].length - 1)];
  return { ...head, sums, sizes, chosen: [state.matrix, i, j] };
}

/** Matrices that are set one after the other have different shapes in between. */
const alike = (state) => INPUTS.every((name) => state[name].length === state.Q.length && state[name][0].length === state.Q[0].length);

/** A matrix cut or grown to T×d; a new entry is a random number of one decimal. */
function resized(rows, T, d, draw) {
  const fresh = () => Number(clamp(draw(), -3, 3).toFixed(1));
  return Array.from({ length: T }, (_, i) => Array.from({ length: d }, (_, j) => rows[i]?.[j] ?? fresh()));
}

function acts(model, update) {
  const get = (key) => model.get(key);
  let seed = 0;
  const all = (make) => Object.fromEntries(INPUTS.map((name) => [name, make(name)]));
  return {
    chosen: (k) => update({ ...all((name) => get("examples")[k][name]), causal: false }),
    sized(T, d) {
      const draw = normal(1000 * T + d);
      update(all((name) => resized(get(name), T, d, draw)));
    },
    again() {
      const draw = normal((seed += 1));
      update(all((name) => resized([], get("Q").length, get("Q")[0].length, draw)));
    },
    masked: (causal) => update({ causal }),
    select: (matrix, row, column) => update({ matrix, row, column }),
    change(value) {
      const { chosen: [name, i, j] } = compute(Object.fromEntries(KEYS.map((key) => [key, get(key)])));
      if (!INPUTS.includes(name)) return;
      update({ [name]: get(name).map((row, a) => row.map((old, b) => (a === i && b === j ? value : old))) });
    },
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const scene = new Scene(acts(model, (changes) => bond.update(changes)), model.get("examples"));
  const draw = () => alike(state()) && scene.draw(state(), compute(state()));
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
