// The two paths, the factors of a step, and the distance from the minimum, with their controls.

import { button, readouts, slider, table } from "./controls.mjs";
import { bound } from "./gd_bound.mjs";
import { words } from "./gd_versus_newton_words.mjs";
import { Gauge } from "./gauge.mjs";
import { clamp, fixed, html, number, pair, put, say, scale, svg } from "./kit.mjs";
import { Plane, arrow, legend } from "./plane.mjs";

const WINDOW = [-2, 2, -2, 2];
const KEY = [["mc-path", "gradient descent"], ["mc-newton-key", "Newton: one step"]];
const LOG = { to: Math.log10, from: (v) => 10 ** v, step: 0.01 };
const BARS = { width: 300, height: 118, left: 58, right: 292 };
const at = scale([-1.6, 1.1], [BARS.left, BARS.right]);

/** What a step leaves of each coordinate: stable between −1 and 1. */
class Factors {
  constructor() {
    const zone = svg("rect", { class: "mc-safe", x: at(-1), y: 24, width: at(1) - at(-1), height: 68 });
    const marks = [-1, 0, 1].flatMap((v) => [
      svg("line", { class: v ? "mc-limit" : "mc-nought", x1: at(v), x2: at(v), y1: 24, y2: 92 }),
      svg("text", { x: at(v), y: 108, "text-anchor": "middle" }, fixed(v, 0)),
    ]);
    const title = svg("text", { x: 2, y: 14, class: "mc-title" }, "a step multiplies each coordinate by");
    this.bars = ["mc-flat-bar", "mc-steep-bar"].map((kind, k) => svg("rect", { class: kind, y: 32 + 30 * k, height: 20 }));
    this.names = ["1 − η", "1 − ηκ"].map((name, k) => svg("text", { x: 2, y: 47 + 30 * k }, name));
    this.values = [0, 1].map((k) => svg("text", { class: "mc-value", y: 47 + 30 * k }));
    this.node = svg("svg", { class: "mc-gauge", viewBox: `0 0 ${BARS.width} ${BARS.height}`, "aria-hidden": "true" });
    this.node.append(title, zone, ...marks, ...this.bars, ...this.names, ...this.values);
  }

  show(factors) {
    factors.forEach((factor, k) => {
      const end = at(clamp(factor, -1.6, 1.1));
      put(this.bars[k], { x: Math.min(end, at(0)).toFixed(1), width: Math.abs(end - at(0)).toFixed(1) });
      const left = factor < 0;
      put(this.values[k], { x: (at(0) + (left ? 6 : -6)).toFixed(1), "text-anchor": left ? "start" : "end" });
      say(this.values[k], fixed(factor, 3));
    });
  }
}

export class Scene {
  constructor(acts) {
    this.#makePicture(acts);
    this.#makeControls(acts);
    this.numbers = readouts({
      point: "xₜ", distance: "‖xₜ‖", eta: "step size η", rate: "largest |factor|", steps: "steps to 10⁻⁶", newton: "Newton’s steps",
    });
    this.formula = html("p", { class: "mc-statement" });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "Every step of gradient descent so far",
      heads: ["t", "x", "y", "‖xₜ‖"], rows: () => this.rows(),
    });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, this.factors.node, this.gauge.node);
    this.node = html(
      "div", { class: "mc-live mc-contest" }, this.formula,
      html("div", { class: "mc-stage" }, main, side), this.panel, this.numbers.node, this.words, this.table.node,
    );
  }

  #makePicture({ moved }) {
    this.plane = new Plane({
      label: "Start of both paths", description: "Contours of f with the paths of gradient descent and of Newton’s method", moved,
    });
    const minimum = svg("path", { class: "mc-minima", d: "M-6 0H6M0-6V6", transform: "translate(200 200)" });
    this.trail = svg("polyline", { class: "mc-line" });
    this.dots = svg("path", { class: "mc-dots" });
    this.newton = svg("path", { class: "mc-arrow mc-newton" });
    this.now = svg("circle", { r: 5, class: "mc-now" });
    this.plane.layer.append(minimum, this.newton, this.trail, this.dots, this.now);
    this.factors = new Factors();
    this.gauge = new Gauge({ title: "distance ‖xₜ‖", kind: "mc-distance" });
    this.near = svg("line", { class: "mc-near" });
    this.fall = svg("path", { class: "mc-newton" });
    this.nearName = svg("text", { x: 288, "text-anchor": "end" }, "10⁻⁶");
    this.gauge.node.append(this.near, this.nearName, this.fall);
  }

  #makeControls(acts) {
    this.kappa = slider({ label: "condition κ", name: "kappa", low: 1, high: 100, step: 0.1, decimals: 1, scale: LOG, changed: acts.kappa });
    this.stride = slider({ label: "step size ηκ", name: "stride", low: 0, high: 2.5, step: 0.01, decimals: 2, changed: acts.stride });
    this.bound = bound(this.stride, { low: 0, high: 2.5, to: (v) => v });
    this.bound.show({ limit: 2, scope: "everywhere" });
    this.time = slider({ label: "step t", name: "t", low: 0, high: 200, step: 1, decimals: 0, changed: acts.run });
    this.play = button("Play", "play", acts.play);
    this.step = button("Step", "step", acts.step);
    const run = html("div", { class: "mc-buttons" }, this.play, this.step, button("Reset", "reset", acts.reset));
    const choices = html(
      "div", { class: "mc-buttons" },
      button("η = 1/κ", "inverse", () => acts.eta(({ limit }) => limit / 2)),
      button("best η = 2/(1+κ)", "best", () => acts.eta(({ best }) => best.eta)),
      button("limit η = 2/κ", "limit", () => acts.eta(({ limit }) => limit)),
    );
    this.panel = html("div", { class: "mc-panel" }, this.kappa.node, this.stride.node, this.time.node, run, choices);
  }

  draw(state, result, playing) {
    this.result = { ...result, t: state.t };
    const { kappa, eta, x0, t } = state;
    this.plane.show(([x, y]) => (x * x + kappa * y * y) / 2, `ravine ${kappa}`, WINDOW);
    this.plane.place(x0);
    this.#drawPaths(result, state);
    this.factors.show(result.factors);
    this.#drawGauge(result, t);
    this.kappa.show(kappa);
    this.stride.show(Number((eta * kappa).toFixed(2)));
    this.time.show(t);
    say(this.play, playing ? "Pause" : "Play");
    this.step.disabled = t >= 200;
    say(this.formula, `f(x, y) = ½(x² + κy²),   κ = ${number(kappa)},   ∇f = (x, κy),   ∇²f = diag(1, κ)`);
    this.#drawNumbers(result, state);
    if (!playing) say(this.words, words(result, state));
    this.table.show();
  }

  #drawPaths({ path, newton }, { x0, t }) {
    const pixels = path.slice(0, t + 1).map((point) => this.plane.pixel(point));
    put(this.trail, { points: pixels.join(" ") });
    put(this.dots, { d: pixels.map((pixel) => `M${pixel}h0`).join("") });
    put(this.now, { transform: `translate(${pixels[t]})` });
    const spot = ([x, y]) => [this.plane.x(x), this.plane.y(y)];
    put(this.newton, { d: arrow(spot(x0), spot(newton), 11) });
  }

  #drawGauge({ norms }, t) {
    const { gauge } = this;
    gauge.show(norms, norms.length - 1);
    gauge.mark(t);
    const level = gauge.y(1e-6).toFixed(1);
    const seen = Math.min(...norms) < 1e-6;
    put(this.near, { x1: 44, x2: 290, y1: level, y2: level, display: seen ? "inline" : "none" });
    put(this.nearName, { y: level - 4, display: seen ? "inline" : "none" });
    put(this.fall, { d: norms[0] > 0 ? `M${gauge.x(0).toFixed(1)} ${gauge.y(norms[0]).toFixed(1)}L${gauge.x(1).toFixed(1)} 128` : "" });
  }

  #drawNumbers({ point, norms, rate, steps }, { eta, t, x0 }) {
    this.numbers.show({
      point: pair(point, 3), distance: number(norms[t]), eta: number(eta), rate: number(rate),
      steps: steps === null ? "never" : String(steps), newton: x0[0] === 0 && x0[1] === 0 ? "0" : "1",
    });
  }

  rows() {
    const { path, norms, t } = this.result;
    return path.slice(0, t + 1).map(([x, y], k) => [String(k), fixed(x, 6), fixed(y, 6), number(norms[k])]);
  }
}
