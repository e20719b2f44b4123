// The directional derivative D_u f = ∇f · u = |∇f| cos θ, turned like a dial.
// Traits: see directional_dial.py. `compute` is the mathematics; the rest draws what it returns.

import { Scene } from "./directional_dial_scene.mjs";
import { parse } from "./expression.mjs";
import { bind } from "./kit.mjs";

export const WINDOW = [-4, 4, -4, 4];
export const REACH = [-3, 3, -3, 3];
export const SPAN = 2;
const PIECES = 80;
const KEYS = ["surfaces", "formula", "p", "phi"];
const FLAT = 1e-12;
const TURN = 2 * Math.PI;

const formulas = new Map();

/** The field of a formula, parsed once. */
export function field(formula) {
  if (!formulas.has(formula)) formulas.set(formula, parse(formula));
  return formulas.get(formula);
}

const wrap = (angle) => ((angle % TURN) + TURN) % TURN % TURN;

/** The slice t → f(p + tu) for t from −SPAN to SPAN. */
export function slice(f, [x, y], [u, v]) {
  const values = [];
  for (let k = -PIECES; k <= PIECES; k++) {
    const t = (k * SPAN) / PIECES;
    values.push(f.value([x + t * u, y + t * v]));
  }
  return values;
}

/** The angle between two vectors, from 0 to π; by both products, so that it is exact near 0 and π. */
function between([a, b], [c, d]) {
  return Math.atan2(Math.abs(a * d - b * c), a * c + b * d);
}

/** Every number that the figure shows, from its state; no angle where the gradient vanishes. */
export function compute({ formula, p, phi }) {
  const f = field(formula);
  const { value, gradient: slopes } = f.jet(p);
  // A rule of differentiation may go on where the function has ended: 1/x left of log(x).
  const gradient = Number.isFinite(value) ? slopes : [NaN, NaN];
  const [gx, gy] = gradient;
  const u = [Math.cos(phi), Math.sin(phi)];
  const norm = Math.hypot(gx, gy);
  const known = { value, gradient, norm, u, derivative: gx * u[0] + gy * u[1], slice: slice(f, p, u) };
  // A comparison with NaN is false: no angle there, either.
  if (!(norm > FLAT && Number.isFinite(norm))) return { ...known, theta: null, projection: null, tangent: null };
  const theta = between(gradient, u);
  return { ...known, theta, projection: norm * Math.cos(theta), tangent: [-gy / norm, gx / norm] };
}

/** Radians of an angle in degrees, in one turn; a tenth of a degree is fine enough for a hand. */
const radians = (degrees) => wrap((Number(degrees.toFixed(1)) * Math.PI) / 180);

function tryFormula(formula, p) {
  const f = parse(formula);
  const probes = [p, [0.1, 0.2], [1.1, 1.3], [-1.2, 0.7], [2.3, -1.9]];
  if (!probes.some((at) => Number.isFinite(f.value(at)))) {
    throw new Error("This formula has no value in the part of the plane that is shown.");
  }
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const known = () => compute(state());
  const along = (offset) => {
    const { norm, gradient, tangent } = known();
    if (tangent) bond.update({ phi: wrap(Math.atan2(gradient[1] / norm, gradient[0] / norm) + offset) });
  };
  const scene = new Scene({
    chosen: ({ formula }) => bond.update({ formula }),
    typed(text) {
      try {
        tryFormula(text, model.get("p"));
      } catch (error) {
        return error.message;
      }
      if (text !== model.get("formula")) bond.update({ formula: text });
      return "";
    },
    moved: (p) => bond.update({ p }),
    aimed([x, y]) {
      const [a, b] = model.get("p");
      if (x !== a || y !== b) bond.update({ phi: radians((Math.atan2(y - b, x - a) * 180) / Math.PI) });
    },
    turned: (degrees) => bond.update({ phi: radians((model.get("phi") * 180) / Math.PI + degrees) }),
    phi: (degrees) => bond.update({ phi: radians(degrees) }),
    up: () => along(0),
    level: () => along(Math.PI / 2),
    down: () => along(Math.PI),
  }, { surfaces: model.get("surfaces"), reach: REACH });
  const draw = () => scene.draw(state(), known(), field(model.get("formula")), WINDOW);
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
