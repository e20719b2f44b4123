// The error signal on its way from the loss to the first layer, in many random networks.
// Traits: see gradient_signal_depth.py. `compute` is the mathematics; the rest draws what it returns.

import { NETS, drawsOf } from "./gradient_signal_depth_draws.mjs";
import { Scene } from "./gradient_signal_depth_scene.mjs";
import { bind, clamp } from "./kit.mjs";

const KEYS = ["activation", "weights", "gain", "depth", "width", "seed"];

// Each activation: its value and slope at every entry of z, and the largest slope. Far out
// 1 − tanh² would lose its digits to cancellation; 4e/(1 + e)² with e = exp(−2|z|) does not.
const bump = (e) => e / ((1 + e) * (1 + e));
const ACTIVATIONS = {
  linear: { steepest: 1, value: (z) => z, slope: () => 1 },
  sigmoid: { steepest: 1 / 4, value: (z) => 1 / (1 + Math.exp(-z)), slope: (z) => bump(Math.exp(-Math.abs(z))) },
  tanh: { steepest: 1, value: Math.tanh, slope: (z) => 4 * bump(Math.exp(-2 * Math.abs(z))) },
  relu: { steepest: 1, value: (z) => (z > 0 ? z : 0), slope: (z) => (z > 0 ? 1 : 0) },
};
ACTIVATIONS.residual = ACTIVATIONS.tanh;

const matrices = (layer, weights) => (weights === "rotations" ? layer.rotations : layer.gaussian);

/** out = gain · M a. */
function forward(matrix, a, gain, out) {
  const n = a.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * a[j];
    out[i] = gain * sum;
  }
}

/** out = gain · Mᵀ d. */
function backward(matrix, d, gain, out) {
  const n = d.length;
  out.fill(0);
  for (let i = 0; i < n; i++) {
    const part = gain * d[i];
    for (let j = 0; j < n; j++) out[j] += matrix[i * n + j] * part;
  }
}

/** The length of a vector, also where the squares of its entries would be zero. */
function length(v) {
  let most = 0, sum = 0;
  for (let i = 0; i < v.length; i++) most = Math.max(most, Math.abs(v[i]));
  if (most === 0) return 0;
  for (let i = 0; i < v.length; i++) sum += (v[i] / most) * (v[i] / most);
  return most * Math.sqrt(sum);
}

function unit(v) {
  const size = length(v);
  return v.map((part) => part / size);
}

/** The slopes σ'(z) of the layers of one network, n for each, one layer after the other. */
function slopes(layers, { activation, gain }, input) {
  const { value, slope } = ACTIVATIONS[activation];
  const kept = activation === "residual" ? 1 : 0;
  const n = input.length, a = Float64Array.from(input), z = new Float64Array(n);
  const bends = new Float64Array(layers.length * n);
  layers.forEach((matrix, l) => {
    forward(matrix, a, gain, z);
    for (let i = 0; i < n; i++) {
      bends[l * n + i] = slope(z[i]);
      a[i] = kept * a[i] + value(z[i]);
    }
  });
  return bends;
}

/** ‖δ‖ after k = 0, …, depth layers: δ⁽ˡ⁾ = σ'(z⁽ˡ⁾) ⊙ (W⁽ˡ⁺¹⁾ᵀ δ⁽ˡ⁺¹⁾). */
function plain(layers, bends, { gain, depth }, signal) {
  const n = signal.length, norms = [length(signal)], d = new Float64Array(n);
  for (let l = depth; l >= 1; l--) {
    backward(layers[l], signal, gain, d);
    for (let i = 0; i < n; i++) signal[i] = d[i] * bends[(l - 1) * n + i];
    norms.push(length(signal));
  }
  return norms;
}

/** The same along h⁽ˡ⁺¹⁾ = h⁽ˡ⁾ + tanh(W⁽ˡ⁺¹⁾ h⁽ˡ⁾): δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ + W⁽ˡ⁺¹⁾ᵀ (σ' ⊙ δ⁽ˡ⁺¹⁾). */
function residual(layers, bends, { gain, depth }, signal) {
  const n = signal.length, norms = [length(signal)], d = new Float64Array(n), bent = new Float64Array(n);
  for (let l = depth; l >= 1; l--) {
    for (let i = 0; i < n; i++) bent[i] = signal[i] * bends[l * n + i];
    backward(layers[l], bent, gain, d);
    for (let i = 0; i < n; i++) signal[i] += d[i];
    norms.push(length(signal));
  }
  return norms;
}

function network(draws, state, m) {
  const layers = Array.from({ length: state.depth + 1 }, (_, l) => matrices(draws.layer(l + 1), state.weights)[m]);
  const bends = slopes(layers, state, draws.inputs[m]);
  const travel = state.activation === "residual" ? residual : plain;
  return travel(layers, bends, state, unit(draws.signals[m]));
}

/** After k layers no signal is longer than this: the largest product of ‖W‖₂ and max σ' of all networks. */
function bounds(draws, { activation, weights, gain, depth }) {
  const steepest = ACTIVATIONS[activation].steepest * gain;
  const own = activation === "residual" ? 1 : 0;
  const products = new Float64Array(NETS).fill(1);
  const found = [1];
  for (let l = depth; l >= 1; l--) {
    const sizes = draws.layer(l + 1).norms(weights);
    for (let m = 0; m < NETS; m++) products[m] *= own + steepest * sizes[m];
    found.push(Math.max(...products));
  }
  return found;
}

/** Every number that the figure shows, from its state; all sequences begin at the loss. */
export function compute(state) {
  const draws = drawsOf(state.seed, state.width);
  const norms = Array.from({ length: NETS }, (_, m) => network(draws, state, m));
  const sorted = norms[0].map((_, k) => Float64Array.from(norms, (one) => one[k]).sort());
  const at = (share) => sorted.map((values) => values[Math.round(share * (NETS - 1))]);
  const [low, median, high] = [0.1, 0.5, 0.9].map(at);
  return { norms, low, median, high, bound: bounds(draws, state), factor: median[state.depth] ** (1 / state.depth) };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const scene = new Scene({
    set: (changes) => bond.update(changes),
    again: () => bond.update({ seed: (model.get("seed") + 1) % 10000 }),
    gain: (value) => bond.update({ gain: clamp(Number(value.toFixed(2)), 0.1, 4) }),
    deeper: (by) => bond.update({ depth: clamp(model.get("depth") + by, 1, 100) }),
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
