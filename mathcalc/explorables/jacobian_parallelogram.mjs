// A map of the plane near a point: the image of a small square, and the parallelogram of its Jacobian.
// Traits: see jacobian_parallelogram.py. `compute` is the mathematics; the rest draws what it returns.

import { field } from "./fields.mjs";
import { outlineOf, ring } from "./jacobian_parallelogram_shapes.mjs";
import { Scene } from "./jacobian_parallelogram_scene.mjs";
import { bind } from "./kit.mjs";
import { parse } from "./expression.mjs";

export const FIELD = [-2.4, 3.4, -2.4, 3.4];
const KEYS = ["maps", "first", "second", "p", "s", "shape"];

const minus = ([a, b], [c, d]) => [a - c, b - d];
const times = ([[a, b], [c, d]], [u, v]) => [a * u + b * v, c * u + d * v];
const cross = ([a, b], [c, d]) => a * d - b * c;

/** The value and the Jacobian of a pair of formulas at a point. */
export function jet(f, g, at) {
  const [one, two] = [f.jet(at), g.jet(at)];
  // A rule of differentiation may go on where the function has ended: 1/x left of log(x).
  const slopes = ({ value, gradient }) => (Number.isFinite(value) ? gradient : [NaN, NaN]);
  return { value: [one.value, two.value], J: [slopes(one), slopes(two)] };
}

/**
 * The singular values and vectors of a 2×2 matrix, J v = σ u; v₁ points to the right. The angle is
 * that of the larger eigenvector of JᵀJ; the second value by the determinant, so that 0 comes out as 0.
 */
export function svd([[a, b], [c, d]]) {
  const angle = Math.atan2(2 * (a * b + c * d), a * a + c * c - b * b - d * d) / 2;
  const v = [[Math.cos(angle), Math.sin(angle)], [-Math.sin(angle), Math.cos(angle)]];
  const long = times([[a, b], [c, d]], v[0]);
  const det = a * d - b * c;
  const sigma = [Math.hypot(...long), 0];
  if (sigma[0] === 0) return { sigma, v, u: [[1, 0], [0, 1]] };
  sigma[1] = Math.abs(det) / sigma[0];
  const u = long.map((part) => part / sigma[0]);
  const turn = det < 0 ? -1 : 1;
  return { sigma, v, u: [u, [-turn * u[1], turn * u[0]]] };
}

/** The signed area of the image, ½∮ (f − f(p)) × df around the shape, by a rule for each smooth piece. */
function area(f, g, p, value, rule) {
  let sum = 0;
  for (const { h, tangent, weight } of rule) {
    const near = jet(f, g, [p[0] + h[0], p[1] + h[1]]);
    sum += 0.5 * weight * cross(minus(near.value, value), times(near.J, tangent));
  }
  return sum;
}

/** The largest ‖f(p + h) − f(p) − Jh‖ / ‖h‖ on the outline. */
function remainder(f, g, p, { value, J }, outline) {
  let most = 0;
  for (const h of outline) {
    const size = Math.hypot(...h);
    if (size === 0) continue;
    const at = [p[0] + h[0], p[1] + h[1]];
    const rest = minus(minus([f.value(at), g.value(at)], value), times(J, h));
    most = Math.max(most, Math.hypot(...rest) / size);
    if (Number.isNaN(rest[0] + rest[1])) return NaN;
  }
  return most;
}

/** Every number that the figure shows, from its state. */
export function compute({ first, second, p, s, shape }) {
  const [f, g] = [field(first), field(second)];
  const here = jet(f, g, p);
  const det = cross(here.J[0], here.J[1]);
  const whole = shape === "circle" ? Math.PI * s * s : s * s;
  const ratio = area(f, g, p, here.value, ring(shape, s)) / whole;
  return { ...here, det, ...svd(here.J), ratio, remainder: remainder(f, g, p, here, outlineOf(shape, s)) };
}

function tryFormula(text, p) {
  const f = parse(text);
  if (!Number.isFinite(f.value(p)) && !Number.isFinite(f.value([0.7, 0.3]))) {
    throw new Error("This formula has no value here.");
  }
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const typed = (key) => (text) => {
    try {
      tryFormula(text, model.get("p"));
    } catch (error) {
      return error.message;
    }
    if (text !== model.get(key)) bond.update({ [key]: text });
    return "";
  };
  const scene = new Scene({
    chosen: ({ first, second, p }) => bond.update({ first, second, p }),
    first: typed("first"),
    second: typed("second"),
    moved: (p) => bond.update({ p }),
    side: (s) => bond.update({ s }),
    shape: (shape) => bond.update({ shape }),
  }, { maps: model.get("maps"), field: FIELD });
  const draw = () => {
    const now = state();
    scene.draw(now, compute(now), [field(now.first), field(now.second)]);
  };
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
