// Steepest ascent in a norm of one's own: the farthest level line ⟨g, v⟩ = c that meets the unit ball.
// Traits: see change_ruler.py. `compute` is the mathematics; the rest draws what it returns.

import { Scene } from "./change_ruler_scene.mjs";
import { parse } from "./expression.mjs";
import { bind, clamp } from "./kit.mjs";

export const WINDOW = [-2, 2, -2, 2];
export const WIDEST = 1.8;
export const NARROWEST = 0.2;
const KEYS = ["losses", "formula", "x", "kind", "inverse_p", "axes", "turn", "steps"];
const TIE = 1e-9; // components closer than this, relative to the largest, count as equal, or as zero
const REST = 1e-12; // a gradient this much shorter than the first one counts as zero
const EUCLID = { kind: "lp", inverse_p: 0.5 };

const formulas = new Map();

/** The field of a formula, parsed once. */
export function field(formula) {
  if (!formulas.has(formula)) formulas.set(formula, parse(formula));
  return formulas.get(formula);
}

const dot = ([a, b], [c, d]) => a * c + b * d;
const times = ([[a, b], [c, d]], v) => [dot([a, b], v), dot([c, d], v)];

/** A vector's parts along the axes of an ellipse. */
const parts = ([x, y], turn) => [
  Math.cos(turn) * x + Math.sin(turn) * y,
  Math.cos(turn) * y - Math.sin(turn) * x,
];

/** The ruler's length of w: its ℓp norm, or √(wᵀMw) for the ellipse with these half-axes. */
export function norm({ kind, inverse_p: s, axes, turn }, w) {
  if (kind === "ellipse") return Math.hypot(...parts(w, turn).map((part, k) => part / axes[k]));
  const largest = Math.max(...w.map(Math.abs));
  if (s === 0 || largest === 0) return largest;
  return largest * w.reduce((sum, part) => sum + (Math.abs(part) / largest) ** (1 / s), 0) ** s;
}

/** Where ⟨g, v⟩ is largest on the unit ball of an ellipse: v = M⁻¹g/√(gᵀM⁻¹g). */
function onEllipse({ axes, turn }, g) {
  const scaled = parts(g, turn).map((part, k) => part * axes[k]);
  const dual = Math.hypot(...scaled);
  return { dual, v: parts(scaled.map((part, k) => (part * axes[k]) / dual), -turn), face: null };
}

/** Where a corner of the diamond or the square is not the only one, the side between two of them. */
function side(s, g, ratio) {
  const [a, b] = g.map(Math.sign);
  if (s === 1 && Math.abs(ratio[0] - ratio[1]) <= TIE) return [[a, 0], [0, b]];
  if (s === 0 && ratio[0] === 0) return [[-1, b], [1, b]];
  if (s === 0 && ratio[1] === 0) return [[a, -1], [a, 1]];
  return null;
}

/** On the ℓp ball, with q = 1/(1 − 1/p): vᵢ = sign(gᵢ)|gᵢ|^(q−1)/‖g‖_q^(q−1). */
function onBall(s, g) {
  const largest = Math.max(...g.map(Math.abs));
  const ratio = g.map((part) => (Math.abs(part) <= TIE * largest ? 0 : Math.abs(part) / largest));
  const face = side(s, g, ratio);
  const q = 1 / (1 - s);
  const sum = ratio.reduce((total, r) => total + r ** q, 0);
  const dual = s === 1 ? largest : largest * sum ** (1 - s);
  if (face) return { dual, v: [0, 1].map((k) => (face[0][k] + face[1][k]) / 2), face };
  if (s === 1) return { dual, v: ratio[0] > ratio[1] ? [Math.sign(g[0]), 0] : [0, Math.sign(g[1])], face };
  const size = (r) => (r === 0 ? 0 : r ** (q - 1) / sum ** s);
  return { dual, v: g.map((part, k) => Math.sign(part) * size(ratio[k])), face };
}

/** The steepest direction of a gradient g ≠ 0 in a ruler, its value ‖g‖_*, and the face of ties. */
export function steepest(ruler, g) {
  return ruler.kind === "ellipse" ? onEllipse(ruler, g) : onBall(ruler.inverse_p, g);
}

/** Descent against the steepest direction; each step goes to the lowest point of its line. */
export function descend(f, x, ruler, steps) {
  const path = [[...x]];
  const rest = REST * Math.hypot(...f.jet(x).gradient);
  for (let k = 0; k < steps; k++) {
    const [a, b] = path[k];
    const { gradient, hessian } = f.jet([a, b]);
    if (Math.hypot(...gradient) <= rest) path.push([a, b]);
    else {
      const { v } = steepest(ruler, gradient);
      const t = dot(gradient, v) / dot(v, times(hessian, v));
      path.push([a - t * v[0], b - t * v[1]]);
    }
  }
  return { path, losses: path.map((point) => f.value(point)) };
}

function between([a, b], [c, d]) {
  return Math.atan2(Math.abs(a * d - b * c), a * c + b * d);
}

/** Every number that the figure shows, from its state; no direction where the gradient vanishes. */
export function compute({ formula, x, steps, ...ruler }) {
  const f = field(formula);
  const { value, gradient, hessian } = f.jet(x);
  const runs = { run: descend(f, x, ruler, steps), euclid: descend(f, x, EUCLID, steps) };
  if (Math.hypot(...gradient) === 0) {
    return { value, gradient, ...runs, dual: 0, v: null, face: null, product: null, length: null, angle: null, radius: null };
  }
  const { dual, v, face } = steepest(ruler, gradient);
  const product = dot(gradient, v);
  const radius = product / dot(v, times(hessian, v));
  return { value, gradient, ...runs, dual, v, face, product, length: norm(ruler, v), angle: between(gradient, v), radius };
}

/** The half-axes and the turn of the ellipse vᵀHv ≤ 1: Newton's ruler. */
export function newton(formula) {
  const [[a, b], [, d]] = field(formula).jet([0, 0]).hessian;
  const [middle, radius] = [(a + d) / 2, Math.hypot((a - d) / 2, b)];
  const turn = Math.atan2(-2 * b, d - a) / 2;
  const axes = [middle - radius, middle + radius].map((size) => clamp(size ** -0.5, NARROWEST, WIDEST));
  return { axes, turn: (turn + Math.PI) % Math.PI };
}

/** The point with its gradient in a direction, as high as x where that is in the window. */
export function facing(formula, x, angle) {
  const f = field(formula);
  const [[a, b], [, d]] = f.jet(x).hessian;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const way = [d * c - b * s, a * s - b * c];
  const high = Math.sqrt(f.value(x) / f.value(way));
  const room = WINDOW[1] / Math.max(...way.map(Math.abs));
  return way.map((part) => part * Math.min(high, room));
}

const round = (value, decimals) => Number(value.toFixed(decimals));
const half = (axis) => clamp(round(axis, 2), NARROWEST, WIDEST);
const tidyTurn = (angle) => {
  const degrees = Math.round((angle * 180) / Math.PI);
  return ((((degrees % 360) + 360) % 360) * Math.PI) / 180;
};

/** The rulers of the menu, in its order. */
const RULERS = [
  () => ({ kind: "lp", inverse_p: 1 }),
  () => ({ kind: "lp", inverse_p: 0.5 }),
  () => ({ kind: "lp", inverse_p: 0 }),
  () => ({ kind: "ellipse" }),
  ({ formula }) => ({ kind: "ellipse", ...newton(formula) }),
];

function actions(bond, state) {
  const turned = (degrees) => {
    const { formula, x } = state();
    const { gradient } = field(formula).jet(x);
    const now = (Math.atan2(gradient[1], gradient[0]) * 180) / Math.PI;
    return bond.update({ x: facing(formula, x, ((Math.round(now) + degrees) * Math.PI) / 180) });
  };
  const axis = (k) => ([x, y]) => {
    const { axes } = state();
    const turn = tidyTurn(Math.atan2(y, x) - (k * Math.PI) / 2);
    bond.update({ turn, axes: axes.map((size, j) => (j === k ? half(Math.hypot(x, y)) : size)) });
  };
  const inverse = (s) => bond.update({ inverse_p: clamp(round(s, 2), 0, 1) });
  return {
    chosen: ({ formula }) => bond.update({ formula }),
    ruled: (k) => bond.update(RULERS[k](state())),
    moved: (x) => bond.update({ x }),
    aimed([a, b]) {
      const angle = (Math.round((Math.atan2(b, a) * 180) / Math.PI) * Math.PI) / 180;
      bond.update({ x: facing(state().formula, state().x, angle) });
    },
    turned,
    // The ball's point on a diagonal is (±r, ±r) with r = 2^(−1/p).
    corner: ([a, b]) => inverse(-Math.log2(clamp((Math.abs(a) + Math.abs(b)) / 2, 0.5, 1))),
    pressed: (percent) => inverse(state().inverse_p - percent / 100),
    inverse,
    axis: [axis(0), axis(1)],
    spun: (degrees) => bond.update({ turn: tidyTurn(state().turn + (degrees * Math.PI) / 180) }),
    sized: (k, size) => bond.update({ axes: state().axes.map((old, j) => (j === k ? size : old)) }),
    steps: (steps) => bond.update({ steps }),
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const draw = () => scene.draw(state(), compute(state()), { f: field(model.get("formula")), own: newton(model.get("formula")) });
  const bond = bind(model, KEYS, draw);
  const limits = { window: WINDOW, narrowest: NARROWEST, widest: WIDEST };
  const scene = new Scene(actions(bond, state), model.get("losses"), limits);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
