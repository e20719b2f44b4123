// The random networks of one seed: the same numbers in JavaScript and in Python.
// mulberry32 (T. Ettinger, public domain) turns a counter into 32 random bits, the Box–Muller
// transform turns two of them into two normal numbers.

import { spectralNorm } from "./gradient_signal_depth_norm.mjs";

export const NETS = 31; // odd, and 30 gaps: the 10th, 50th and 90th percentile are three of them

/** Random numbers in (0, 1), each from 32 bits. */
export function uniform(seed) {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(counter ^ (counter >>> 15), counter | 1);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), bits | 61)) ^ bits;
    return (((bits ^ (bits >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/** Normal numbers with mean 0 and variance 1, in pairs: cosine first, then sine. */
export function normal(seed) {
  const draw = uniform(seed);
  let spare = null;
  return () => {
    if (spare !== null) {
      const last = spare;
      spare = null;
      return last;
    }
    const [radius, turn] = [Math.sqrt(-2 * Math.log(draw())), 2 * Math.PI * draw()];
    spare = radius * Math.sin(turn);
    return radius * Math.cos(turn);
  };
}

/** The product of reflections in the rows of a matrix, I − 2vvᵀ/vᵀv: a random orthogonal matrix. */
function rotation(rows, n) {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) product[i * n + i] = 1;
  for (let k = n - 1; k >= 0; k--) reflect(product, rows.subarray(k * n, (k + 1) * n), n);
  return product;
}

function reflect(matrix, v, n) {
  let square = 0;
  for (let i = 0; i < n; i++) square += v[i] * v[i];
  for (let j = 0; j < n; j++) {
    let along = 0;
    for (let i = 0; i < n; i++) along += v[i] * matrix[i * n + j];
    for (let i = 0; i < n; i++) matrix[i * n + j] -= ((2 * along) / square) * v[i];
  }
}

/** One layer of all networks; what is made of its numbers is made when it is first asked for. */
class Layer {
  constructor(draw, n) {
    this.n = n;
    this.normals = Array.from({ length: NETS }, () => Float64Array.from({ length: n * n }, draw));
  }

  get gaussian() {
    return (this.scaled ??= this.normals.map((rows) => rows.map((value) => value / Math.sqrt(this.n))));
  }

  get rotations() {
    return (this.turned ??= this.normals.map((rows) => rotation(rows, this.n)));
  }

  /** The largest singular value of each network's matrix. */
  norms(weights) {
    if (weights === "rotations") return new Float64Array(NETS).fill(1);
    return (this.sizes ??= Float64Array.from(this.gaussian, (matrix) => spectralNorm(matrix, this.n)));
  }
}

/** The networks of a seed, layer by layer, as deep as they are asked for. */
class Draws {
  constructor(seed, n) {
    this.next = normal(seed);
    this.n = n;
    const vectors = () => Array.from({ length: NETS }, () => Float64Array.from({ length: n }, this.next));
    this.inputs = vectors();
    this.signals = vectors();
    this.layers = [];
  }

  /** Layer l, from 1 on. */
  layer(l) {
    while (this.layers.length < l) this.layers.push(new Layer(this.next, this.n));
    return this.layers[l - 1];
  }
}

const memory = { key: "", draws: null };

/** The networks of a seed and a width; the last ones are remembered. */
export function drawsOf(seed, width) {
  const key = `${seed} ${width}`;
  if (memory.key !== key) Object.assign(memory, { key, draws: new Draws(seed, width) });
  return memory.draws;
}
