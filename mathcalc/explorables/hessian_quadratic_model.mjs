// A quadratic form ½ xᵀHx of the plane: its eigenvectors, and the circle on which its curvature turns.
// Traits: see hessian_quadratic_model.py. `compute` is the mathematics; the rest draws what it returns.

import { Scene } from "./hessian_quadratic_model_scene.mjs";
import { bind } from "./kit.mjs";

const KEYS = ["a", "b", "c", "phi"];
const FLAT = 1e-9;
const TURN = 2 * Math.PI;

const wrap = (angle) => ((angle % TURN) + TURN) % TURN % TURN;

function eigenvalues(a, b, c) {
  const [middle, radius] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  const large = middle < 0 ? middle - radius : middle + radius;
  // The other one by the determinant: a difference would lose the digits of a small eigenvalue.
  const other = large === 0 ? 0 : (a * c - b * b) / large;
  return [Math.min(large, other), Math.max(large, other)];
}

/** What the signs of the eigenvalues say. */
export function kind([low, high]) {
  const flat = FLAT * Math.max(-low, high);
  const [down, up] = [low < -flat, high > flat];
  if (down && up) return "indefinite";
  if (!down && !up) return "zero";
  const strict = up ? low > flat : high < -flat;
  return `${up ? "positive" : "negative"} ${strict ? "definite" : "semidefinite"}`;
}

/**
 * Every number that the figure shows, from its state. `twist` is wᵀHu, where w is u turned a quarter
 * clockwise; (curvature, twist) goes round a circle, twice as fast as u.
 */
export function compute({ a, b, c, phi }) {
  const u = [Math.cos(phi), Math.sin(phi)];
  const Hu = [a * u[0] + b * u[1], b * u[0] + c * u[1]];
  const eigen = eigenvalues(a, b, c);
  const radius = Math.hypot((a - c) / 2, b);
  const angle = Math.atan2(b, (a - c) / 2) / 2;
  const steep = [Math.cos(angle), Math.sin(angle)];
  return {
    u,
    eigen,
    vectors: radius === 0 ? null : [[-steep[1], steep[0]], steep],
    trace: a + c,
    det: a * c - b * b,
    curvature: u[0] * Hu[0] + u[1] * Hu[1],
    twist: u[1] * Hu[0] - u[0] * Hu[1],
    centre: (a + c) / 2,
    radius,
    kind: kind(eigen),
  };
}

/** The direction u whose point lies at an angle of the circle; of the two, the one nearer to phi. */
export function direction({ a, b, c, phi }, angle) {
  const turned = (angle - Math.atan2(-b, (a - c) / 2)) / 2;
  const apart = wrap(turned - phi);
  return apart > Math.PI / 2 && apart < 1.5 * Math.PI ? turned + Math.PI : turned;
}

const radians = (degrees) => wrap((Number(degrees.toFixed(1)) * Math.PI) / 180);
const degrees = (angle) => (angle * 180) / Math.PI;

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const turn = (angle) => bond.update({ phi: radians(degrees(angle)) });
  const along = (index) => {
    const { vectors } = compute(state());
    if (vectors) bond.update({ phi: wrap(Math.atan2(vectors[index][1], vectors[index][0])) });
  };
  const scene = new Scene({
    set: (key) => (value) => bond.update({ [key]: value }),
    aimed: ([x, y]) => (x !== 0 || y !== 0) && turn(Math.atan2(y, x)),
    rounded([x, y]) {
      const { centre, radius } = compute(state());
      if (radius > 0 && (x !== centre || y !== 0)) turn(direction(state(), Math.atan2(y, x - centre)));
    },
    turned: (by) => bond.update({ phi: radians(degrees(model.get("phi")) + by) }),
    phi: (value) => bond.update({ phi: radians(value) }),
    least: () => along(0),
    most: () => along(1),
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
