// The monkey saddle x³ − 3xy², unfolded by t(x² + y²) into an extremum and three saddles.
// Traits: see monkey_unfolding.py. `compute` is the mathematics; the rest draws what it returns.

import { bind } from "./kit.mjs";
import { Scene } from "./monkey_unfolding_scene.mjs";

const KEYS = ["t", "p"];
const ROUND = 240;
const THIRD = (2 * Math.PI) / 3;

const value = (t, [x, y]) => x * x * x - 3 * x * y * y + t * (x * x + y * y);

const slope = (t, [x, y]) => [3 * (x * x - y * y) + 2 * t * x, -6 * x * y + 2 * t * y];

const hessian = (t, [x, y]) => [[6 * x + 2 * t, -6 * y], [-6 * y, -6 * x + 2 * t]];

function eigenvalues([[a, b], [, c]]) {
  const [middle, radius] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  return [middle - radius, middle + radius];
}

/** What a Hessian says of a critical point. */
function kind([low, high]) {
  if (low * high < 0) return "saddle";
  if (low > 0) return "minimum";
  return high < 0 ? "maximum" : "degenerate";
}

/** The origin, and the corners of the triangle of the saddles' level: none where t is zero. */
function critical(t) {
  const first = t > 0 ? Math.PI : 0;
  const corner = (k) => [Math.cos(first + k * THIRD), Math.sin(first + k * THIRD)].map((v) => (2 / 3) * Math.abs(t) * v);
  const places = t === 0 ? [[0, 0]] : [[0, 0], corner(0), corner(1), corner(2)];
  return places.map((at) => {
    const eigen = eigenvalues(hessian(t, at));
    return { at, value: value(t, at), eigen, kind: kind(eigen) };
  });
}

/** How often the gradient turns on a way round all critical points: the sum of their indices. */
function turns(t) {
  const on = (k) => slope(t, [3 * Math.cos((2 * Math.PI * k) / ROUND), 3 * Math.sin((2 * Math.PI * k) / ROUND)]);
  let angle = 0;
  for (let k = 0; k < ROUND; k++) {
    const [a, b] = [on(k), on(k + 1)];
    angle += Math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]);
  }
  return angle / (2 * Math.PI);
}

/** Every number that the figure shows, from its state. */
export function compute({ t, p }) {
  const H = hessian(t, p);
  return {
    points: critical(t),
    turns: turns(t),
    level: (4 / 27) * t ** 3,
    value: value(t, p),
    gradient: slope(t, p),
    hessian: H,
    eigen: eigenvalues(H),
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const scene = new Scene({
    unfold: (t) => bond.update({ t }),
    moved: (p) => bond.update({ p }),
  });
  const draw = () => scene.draw(state(), compute(state()), value);
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
