// A census of random Hessians: how many have only positive eigenvalues, none, or some?
// Traits: see random_critical_points.py. `compute` is the mathematics; the rest draws what it returns.

import { normal } from "./gradient_signal_depth_draws.mjs";
import { bind } from "./kit.mjs";
import { Scene } from "./random_critical_points_scene.mjs";

const KEYS = ["n", "samples", "shift", "seed"];
const BINS = 64;
const REACH = 8;
const EXACT = [null, 1 / 2, (2 - Math.SQRT2) / 4, (Math.PI - 2 * Math.SQRT2) / (4 * Math.PI)];

/** Make one entry off the diagonal zero by a rotation of two coordinates (Jacobi, 1846). */
function rotate(H, n, p, q) {
  const off = H[p * n + q];
  if (off === 0) return;
  const ratio = (H[q * n + q] - H[p * n + p]) / (2 * off);
  const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [a, b] = [H[k * n + p], H[k * n + q]];
    H[k * n + p] = c * a - s * b;
    H[k * n + q] = s * a + c * b;
  }
  for (let k = 0; k < n; k++) {
    const [a, b] = [H[p * n + k], H[q * n + k]];
    H[p * n + k] = c * a - s * b;
    H[q * n + k] = s * a + c * b;
  }
}

/** The eigenvalues of a symmetric matrix, which is used up, in ascending order. */
export function eigenvalues(H, n) {
  for (let sweep = 0; sweep < 30; sweep++) {
    let rest = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rest += H[p * n + q] ** 2;
    if (rest < 1e-26) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(H, n, p, q);
  }
  return Float64Array.from({ length: n }, (_, k) => H[k * n + k]).sort();
}

/** The spectra of one seed, one after the other, as many as are asked for; kept for the next time. */
class Spectra {
  constructor(seed, n) {
    this.draw = normal(seed);
    this.n = n;
    this.list = [];
  }

  /** (A + Aᵀ)/2 of independent normal numbers: variance 1 on the diagonal, 1/2 beside it. */
  #next() {
    const { n } = this;
    const A = Float64Array.from({ length: n * n }, this.draw);
    const H = A.map((value, k) => (value + A[(k % n) * n + Math.floor(k / n)]) / 2);
    return eigenvalues(H, n);
  }

  first(count) {
    while (this.list.length < count) this.list.push(this.#next());
    return this.list.slice(0, count);
  }
}

const memory = new Map();

function spectra(seed, n, count) {
  const key = `${seed} ${n}`;
  if (!memory.has(key)) {
    if (memory.size > 12) memory.delete(memory.keys().next().value);
    memory.set(key, new Spectra(seed, n));
  }
  return memory.get(key).first(count);
}

/** Every number that the figure shows, from its state. */
export function compute({ n, samples, shift, seed }) {
  const counts = new Array(n + 1).fill(0);
  const bins = new Array(BINS).fill(0);
  for (const spectrum of spectra(seed, n, samples)) {
    let below = 0;
    for (const eigenvalue of spectrum) {
      const moved = eigenvalue + shift;
      if (moved < 0) below++;
      const bin = Math.floor(((moved + REACH) * BINS) / (2 * REACH));
      if (bin >= 0 && bin < BINS) bins[bin]++;
    }
    counts[below]++;
  }
  const shares = counts.map((count) => count / samples);
  return {
    counts, bins, shares,
    minima: shares[0], maxima: shares[n], saddles: (samples - counts[0] - counts[n]) / samples,
    error: Math.sqrt((shares[0] * (1 - shares[0])) / samples),
    exact: shift === 0 ? (EXACT[n] ?? null) : null,
    coin: 0.5 ** n,
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const scene = new Scene({
    set: (key) => (value) => bond.update({ [key]: value }),
    others: () => bond.update({ seed: (model.get("seed") % 999) + 1 }),
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
