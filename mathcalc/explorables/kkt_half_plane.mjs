// A ball that is drawn to a and held back by one wall or two: the conditions of Karush, Kuhn and Tucker.
// Traits: see kkt_half_plane.py. `compute` is the mathematics; the rest draws what it returns.

import { bind } from "./kit.mjs";
import { Scene } from "./kkt_half_plane_scene.mjs";

const KEYS = ["c", "d", "wall", "a"];
const SAMPLES = 60;
const SETS = [[], [0], [1], [0, 1]];

/** The constraints gᵢ(x) ≤ 0, as normals n and offsets b of n·x ≤ b: x + y ≥ c, and x ≤ d. */
const walls = ({ c, d, wall }) => [{ n: [-1, -1], b: -c }, ...(wall ? [{ n: [1, 0], b: d }] : [])];

const dot = ([a, b], [c, d]) => a * c + b * d;

/** Solve ∇f + Σ μᵢ∇gᵢ = 0 with gᵢ = 0 for the walls of one set: x = a − ½ Σ μᵢnᵢ. */
function stationary(a, active) {
  const gap = active.map(({ n, b }) => 2 * (dot(n, a) - b));
  let mu = [];
  if (active.length === 1) mu = [gap[0] / dot(active[0].n, active[0].n)];
  if (active.length === 2) {
    const [p, q] = active.map(({ n }) => n);
    const [pp, pq, qq] = [dot(p, p), dot(p, q), dot(q, q)];
    const det = pp * qq - pq * pq;
    mu = [(qq * gap[0] - pq * gap[1]) / det, (pp * gap[1] - pq * gap[0]) / det];
  }
  const x = a.map((v, k) => v - active.reduce((sum, { n }, i) => sum + mu[i] * n[k], 0) / 2);
  return { x, mu };
}

/** Try each set of active walls: one passes both tests, μ ≥ 0 and g ≤ 0. The worst miss decides. */
function solve(state) {
  const all = walls(state);
  let best = { miss: Infinity };
  for (const set of SETS.filter((s) => s.every((k) => k < all.length))) {
    const { x, mu } = stationary(state.a, set.map((k) => all[k]));
    const g = all.map(({ n, b }) => dot(n, x) - b);
    const miss = Math.max(0, ...mu.map((m) => -m), ...g.filter((_, k) => !set.includes(k)));
    if (miss < best.miss) best = { miss, x, g: g.map((v, k) => (set.includes(k) ? 0 : v)), mu: all.map((_, k) => mu[set.indexOf(k)] ?? 0) };
  }
  const { x, g, mu } = best;
  return { x, g, mu, value: dot([x[0] - state.a[0], x[1] - state.a[1]], [x[0] - state.a[0], x[1] - state.a[1]]) };
}

/** Every number that the figure shows, from its state. */
export function compute(state) {
  const found = solve(state);
  const at = (k) => -3 + (6 * k) / SAMPLES;
  const curve = Array.from({ length: SAMPLES + 1 }, (_, k) => solve({ ...state, c: at(k) }).value);
  return {
    ...found,
    gradient: found.x.map((v, k) => 2 * (v - state.a[k])),
    pushes: walls(state).map(({ n }, k) => n.map((v) => -found.mu[k] * v)),
    slope: found.mu[0],
    curve,
  };
}

const round = (v) => Number(v.toFixed(2));
const within = (v) => Math.min(Math.max(round(v), -3), 3);

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const scene = new Scene({
    set: (key) => (value) => bond.update({ [key]: value }),
    drawn: (a) => bond.update({ a }),
    pushed: ([x, y]) => bond.update({ c: within(x + y) }),
    second: ([x]) => bond.update({ d: within(x) }),
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
