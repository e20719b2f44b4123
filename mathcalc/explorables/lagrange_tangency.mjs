// Lagrange's multiplier as tangency: a point on a line or an ellipse, and two gradients.
// Traits: see lagrange_tangency.py. `compute` is the mathematics; the rest draws what it returns.

import { bind } from "./kit.mjs";
import { Scene } from "./lagrange_tangency_scene.mjs";

const KEYS = ["curve", "c", "s"];
const SCAN = 720;

const dot = ([a, b], [c, d]) => a * c + b * d;

/**
 * The two problems: the place of f's minimum, the slope of the constraint g = 0, the point at s
 * and the velocity there, and y over x where the gradients are parallel.
 */
export const PROBLEMS = {
  line: {
    centre: [0, 0],
    slope: () => [1, 2],
    point: (s, c) => [c / 5 + (2 * s) / Math.sqrt(5), (2 * c) / 5 - s / Math.sqrt(5)],
    velocity: () => [2 / Math.sqrt(5), -1 / Math.sqrt(5)],
    locus: (x) => 2 * x,
  },
  ellipse: {
    centre: [1.5, 1],
    slope: ([x, y]) => [x, 4 * y],
    point: (s, c) => [Math.sqrt(2 * c) * Math.cos((Math.PI * s) / 4), Math.sqrt(c / 2) * Math.sin((Math.PI * s) / 4)],
    velocity: (s, c) => [
      (-Math.PI / 4) * Math.sqrt(2 * c) * Math.sin((Math.PI * s) / 4),
      (Math.PI / 4) * Math.sqrt(c / 2) * Math.cos((Math.PI * s) / 4),
    ],
    locus: (x) => x / (6 - 3 * x),
  },
};

/** All that is known at s: f, both gradients, the part of ∇f along the curve, and ν there. */
function known({ centre, slope, point, velocity }, s, c) {
  const x = point(s, c);
  const to = [x[0] - centre[0], x[1] - centre[1]];
  const [gradient, normal] = [to.map((v) => 2 * v), slope(x)];
  const v = velocity(s, c);
  const unit = v.map((part) => part / Math.hypot(...v));
  const along = dot(gradient, unit);
  return {
    s, x, value: dot(to, to), gradient, normal, unit, along,
    rate: dot(gradient, v), nu: -dot(gradient, normal) / dot(normal, normal),
  };
}

/** Halve the interval in which the slope along the curve changes its sign. */
function root(f, low, high) {
  const below = f(low) < 0;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0 === below) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Every point of the curve in which f does not change to first order; the least of f first. */
function tangencies(problem, c) {
  const rate = (s) => known(problem, s, c).rate;
  const at = (k) => -4 + (8 * (k + 0.5)) / SCAN; // no sample on an axis
  const found = [];
  for (let k = -1; k < SCAN; k++) {
    if (rate(at(k)) < 0 !== rate(at(k + 1)) < 0) found.push(root(rate, at(k), at(k + 1)));
  }
  const inside = found.filter((s) => s > -4 - 1e-9 && s <= 4 - 1e-9);
  return inside.map((s) => known(problem, s, c)).sort((a, b) => a.value - b.value);
}

/** Every number that the figure shows, from its state. */
export function compute({ curve, c, s }) {
  const problem = PROBLEMS[curve];
  const points = tangencies(problem, c).map(({ x, value, nu }) => ({ x, value, nu }));
  return { ...known(problem, s, c), points, least: points[0].value, price: -points[0].nu };
}

const around = (s) => ((((s + 4) % 8) + 8) % 8) - 4;

/** The s of the point of the curve that lies towards a point of the plane. */
function towards(curve, c, [x, y]) {
  if (curve === "line") return Math.min(Math.max((2 * (x - c / 5) - (y - (2 * c) / 5)) / Math.sqrt(5), -4), 4);
  return around((Math.atan2(y / Math.sqrt(c / 2), x / Math.sqrt(2 * c)) * 4) / Math.PI);
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const round = (s) => Number(s.toFixed(3));
  const scene = new Scene({
    set: (key) => (value) => bond.update({ [key]: value }),
    moved: (point) => bond.update({ s: round(towards(model.get("curve"), model.get("c"), point)) }),
    walked(by) {
      const s = model.get("s") + by / 25;
      bond.update({ s: round(model.get("curve") === "line" ? Math.min(Math.max(s, -4), 4) : around(s)) });
    },
  });
  const draw = () => scene.draw(state(), compute(state()), PROBLEMS[model.get("curve")]);
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
