// The picture and the controls of the signal through depth.

import { choice } from "./choice.mjs";
import { button, readouts, slider, table } from "./controls.mjs";
import { Chart } from "./gradient_signal_depth_chart.mjs";
import { words } from "./gradient_signal_depth_words.mjs";
import { html, number, say } from "./kit.mjs";
import { legend } from "./plane.mjs";

const ACTIVATIONS = ["linear", "sigmoid", "tanh", "relu", "residual"];
const NAMES = ["linear", "sigmoid", "tanh", "ReLU", "tanh, residual"];
const WEIGHTS = ["gaussian", "rotations"];
const WIDTHS = [1, 4, 16];
const KEY = [
  ["mc-net", "one random network"],
  ["mc-median", "median, and from 10% to 90%"],
  ["mc-limit-key", "bound: product of the layers’ bounds"],
];
const NUMBERS = { median: "median at layer 1", bound: "bound at layer 1", factor: "factor of a layer", nets: "networks", spread: "from 10% to 90% of the networks" };
const LOGARITHMIC = { to: Math.log10, from: (v) => 10 ** v, step: 0.002 };

export class Scene {
  constructor(acts) {
    this.#makeControls(acts);
    this.chart = new Chart({
      gain: (factor) => acts.gain(this.state.gain * factor),
      turned: ([right, up], far) => this.#key(acts, right, up, far),
      ended: acts.gain,
    });
    this.numbers = readouts(NUMBERS);
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "Length of the signal at each layer",
      heads: ["layer", "10%", "median", "90%", "bound"], rows: () => this.rows(),
    });
    const main = html("div", { class: "mc-main" }, this.chart.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, ...this.sliders.map(({ node }) => node), this.again, this.numbers.node);
    this.node = html(
      "div", { class: "mc-live mc-depth" }, html("div", {}, this.activation.node), this.weights.node, this.width.node,
      html("div", { class: "mc-stage" }, main, side), this.words, this.table.node,
    );
  }

  #makeControls({ set, again, gain }) {
    this.activation = choice({ question: "Activation", name: "activation", answers: NAMES, chosen: (k) => set({ activation: ACTIVATIONS[k] }) });
    this.weights = choice({ question: "Weights", name: "weights", answers: ["Gaussian", "rotations times the gain"], chosen: (k) => set({ weights: WEIGHTS[k] }) });
    this.width = choice({ question: "Units in a layer", name: "width", answers: WIDTHS.map(String), chosen: (k) => set({ width: WIDTHS[k] }) });
    this.gain = slider({ label: "gain", name: "gain", low: 0.1, high: 4, step: 0.01, decimals: 2, scale: LOGARITHMIC, changed: gain });
    this.depth = slider({ label: "depth L", name: "depth", low: 1, high: 100, step: 1, decimals: 0, changed: (depth) => set({ depth }) });
    this.sliders = [this.gain, this.depth];
    this.again = button("Draw other networks", "again", again);
  }

  #key({ gain, deeper }, right, up, far) {
    if (right) return deeper(-right * (far ? 10 : 1));
    return gain(this.state.gain + up * (far ? 0.1 : 0.01));
  }

  draw(state, result) {
    Object.assign(this, { state, result });
    this.activation.show(ACTIVATIONS.indexOf(state.activation));
    this.weights.show(WEIGHTS.indexOf(state.weights));
    this.width.show(WIDTHS.indexOf(state.width));
    this.gain.show(state.gain);
    this.depth.show(state.depth);
    this.chart.draw(state, result);
    this.#drawNumbers(state, result);
    say(this.words, words(state, result));
    this.table.show();
  }

  #drawNumbers({ depth, seed }, { norms, low, median, high, bound, factor }) {
    this.numbers.show({
      median: number(median[depth]),
      factor: number(factor),
      spread: `${rough(low[depth])} … ${rough(high[depth])}`,
      bound: number(bound[depth]),
      nets: `${norms.length}, seed ${seed}`,
    });
  }

  rows() {
    const { low, median, high, bound } = this.result;
    const layers = Array.from({ length: this.state.depth + 1 }, (_, k) => k);
    return layers.map((k) => [String(this.state.depth + 1 - k), ...[low, median, high, bound].map((values) => number(values[k]))]);
  }
}

const rough = (value) => number(value === 0 ? 0 : Number(value.toPrecision(2)));
