// A support vector machine with points to drag: the street, the multipliers, and both objectives.
// Traits: see svm_margin.py. `compute` is the mathematics; the rest draws what it returns.

import { bind } from "./kit.mjs";
import { Scene } from "./svm_margin_scene.mjs";
import { hardMargin, softMargin } from "./svm_margin_solver.mjs";

const KEYS = ["points", "C", "hard"];
const MOST = 12;
const FEWEST = 6;
const NONE = 1e-11;

/** The offsets that the conditions leave: one number twice where a multiplier is free. */
function offsets(points, alpha, w, C) {
  const rest = points.map(([x, y, label]) => label - w[0] * x - w[1] * y);
  const free = rest.filter((_, k) => alpha[k] > 0 && alpha[k] < C);
  if (free.length) {
    const mean = free.reduce((sum, v) => sum + v, 0) / free.length;
    return [mean, mean];
  }
  let [low, high] = [-Infinity, Infinity];
  points.forEach(([, , label], k) => {
    if ((alpha[k] <= 0) === (label > 0)) low = Math.max(low, rest[k]);
    else high = Math.min(high, rest[k]);
  });
  return [low, high];
}

/** Every number that the figure shows, from its state; null where no line parts the classes. */
export function compute({ points, C, hard }) {
  const limit = hard ? Infinity : C;
  const alpha = hard ? hardMargin(points) : softMargin(points, C);
  if (alpha === null) return { alpha: null };
  const pull = [0, 1].map((axis) => points.reduce((sum, p, k) => sum + alpha[k] * p[2] * p[axis], 0));
  const w = Math.hypot(...pull) < NONE ? [0, 0] : pull; // mixed classes and cheap slack: no direction is better
  const [low, high] = offsets(points, alpha, w, limit);
  const b = (low + high) / 2;
  const margins = points.map(([x, y, label]) => label * (w[0] * x + w[1] * y + b));
  const slack = margins.map((margin) => (hard ? 0 : Math.max(0, 1 - margin)));
  const square = w[0] ** 2 + w[1] ** 2;
  const sum = (list) => list.reduce((a, v) => a + v, 0);
  const [primal, dual] = [square / 2 + (hard ? 0 : C * sum(slack)), sum(alpha) - square / 2];
  return {
    alpha, w, b, margins, slack, primal, dual,
    width: 2 / Math.sqrt(square), gap: primal - dual, balance: sum(alpha.map((a, k) => a * points[k][2])),
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const points = () => model.get("points").map((p) => [...p]);
  const scene = new Scene({
    set: (key) => (value) => bond.update({ [key]: value }),
    moved: (k) => ([x, y]) => bond.update({ points: points().map((p, i) => (i === k ? [x, y, p[2]] : p)) }),
    add(label) {
      const n = points().length;
      const place = [Math.cos(2 * n), Math.sin(2 * n)].map((v) => Number((1.5 * v).toFixed(1)));
      if (n < MOST) bond.update({ points: [...points(), [...place, label]] });
    },
    drop() {
      const left = points().slice(0, -1);
      if (left.length >= FEWEST) bond.update({ points: left });
    },
  });
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
