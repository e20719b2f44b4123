// The picture and the controls of gradient descent on a surface.

import { button, formulaBox, menu, readouts, slider, table } from "./controls.mjs";
import { bound } from "./gd_bound.mjs";
import { words } from "./gd_words.mjs";
import { Gauge } from "./gauge.mjs";
import { fixed, html, number, pair, pretty, put, say, svg } from "./kit.mjs";
import { Plane, legend } from "./plane.mjs";

const LOG = { to: Math.log10, from: (v) => 10 ** v, step: 0.01 };

const KEY = [
  ["mc-path", "path"],
  ["mc-arrow", "−∇f here"],
  ["mc-minimum", "known minimum"],
];

export class Scene {
  constructor(acts, surfaces) {
    this.#makePicture(acts);
    this.#makeControls(acts, surfaces);
    this.formula = html("p", { class: "mc-statement" });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.numbers = readouts({
      iteration: "iteration t", loss: "loss f", "gradient-norm": "‖∇f‖", point: "point",
    });
    this.table = table({
      summary: "The numbers as a table", caption: "Every step so far",
      heads: ["t", "x", "y", "loss", "‖∇f‖"], rows: () => this.rows(),
    });
    const side = html("div", { class: "mc-side" }, this.numbers.node, this.loss.node, this.norm.node);
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    this.node = html(
      "div", { class: "mc-live mc-descent" }, this.fields, this.formula,
      html("div", { class: "mc-stage" }, main, this.panel, side), this.words, this.table.node,
    );
  }

  #makePicture({ moved }) {
    this.plane = new Plane({
      label: "Start of the path", description: "Contours of f with the path of gradient descent", moved,
    });
    this.minima = svg("g", { class: "mc-minima" });
    this.ghost = svg("polyline", { class: "mc-ghost" });
    this.trail = svg("polyline", { class: "mc-line" });
    this.dots = svg("path", { class: "mc-dots" });
    this.arrow = svg("path", { class: "mc-arrow" });
    this.now = svg("circle", { r: 5, class: "mc-now" });
    this.plane.layer.append(this.minima, this.ghost, this.trail, this.dots, this.arrow, this.now);
    this.loss = new Gauge({ title: "loss f(xₜ)", kind: "mc-loss" });
    this.norm = new Gauge({ title: "gradient length ‖∇f(xₜ)‖", kind: "mc-slope" });
  }

  #makeControls(acts, surfaces) {
    this.surfaces = surfaces;
    const names = surfaces.map((s) => s.name);
    this.menu = menu({ label: "Surface", names, other: "your own formula", chosen: (k) => acts.chosen(surfaces[k]) });
    this.box = formulaBox({ label: "f(x, y) =", typed: acts.typed });
    this.fields = html("div", { class: "mc-fields" }, this.menu.node, this.box.node);
    this.eta = slider({
      label: "step size η", name: "eta", low: 0.001, high: 1, step: 0.001, decimals: 3, scale: LOG, changed: acts.eta,
    });
    this.bound = bound(this.eta, { low: 0.001, high: 1, to: LOG.to });
    this.beta = slider({
      label: "momentum β", name: "beta", low: 0, high: 0.99, step: 0.01, decimals: 2, changed: acts.beta,
    });
    this.time = slider({
      label: "iteration t", name: "t", low: 0, high: 500, step: 1, decimals: 0, changed: acts.run,
    });
    this.play = button("Play", "play", acts.play);
    this.step = button("Step", "step", acts.step);
    const buttons = html("div", { class: "mc-buttons" }, this.play, this.step, button("Reset", "reset", acts.reset));
    this.panel = html("div", { class: "mc-panel" }, this.eta.node, this.beta.node, this.time.node, buttons);
  }

  draw(state, result, { f, surface, playing }) {
    this.result = result;
    this.plane.show(f.value.bind(f), state.formula, state.window);
    this.plane.place(state.start);
    this.#drawControls(state, surface, playing);
    this.#drawMinima(surface?.minimisers ?? []);
    if (result.last >= 0) this.#drawPath(result);
    this.#drawNumbers(result);
    if (!playing) say(this.words, words(result, state));
    this.table.show();
  }

  #drawControls({ formula, eta, beta }, surface, playing) {
    this.menu.show(surface ? this.surfaces.indexOf(surface) : -1);
    this.box.show(formula);
    this.eta.show(eta);
    this.bound.show(this.result.stability);
    this.beta.show(beta);
    this.time.show(Math.max(this.result.t, 0));
    say(this.play, playing ? "Pause" : "Play");
    this.step.disabled = this.result.t >= this.result.last;
    const slope = surface ? `∇f = (${surface.gradient.map(pretty).join(", ")})` : "∇f by differentiating your formula";
    say(this.formula, `f(x, y) = ${pretty(formula)},   ${slope}`);
  }

  #drawMinima(points) {
    const mark = (point) => svg("path", { d: "M-5 0H5M0-5V5", transform: `translate(${this.plane.pixel(point)})` });
    const key = JSON.stringify([points, this.plane.window]);
    if (this.minimaKey === key) return;
    this.minimaKey = key;
    this.minima.replaceChildren(...points.map(mark));
  }

  #drawPath({ path, losses, norms, gradients, last, t }) {
    const key = [path, this.plane.x];
    if (this.drawn?.[0] !== path || this.drawn[1] !== this.plane.x) {
      this.pixels = path.map((point) => this.plane.pixel(point));
      put(this.ghost, { points: this.pixels.join(" ") });
      this.loss.show(losses, last);
      this.norm.show(norms, last);
    }
    this.drawn = key;
    const run = this.pixels.slice(0, t + 1);
    put(this.trail, { points: run.join(" ") });
    // A dot is a stroke of no length with round ends: all the dots are one element.
    put(this.dots, { d: run.map((pixel) => `M${pixel}h0`).join("") });
    put(this.arrow, { d: this.#arrow(path[t], gradients[t], norms[t]) });
    put(this.now, { transform: `translate(${this.pixels[t]})` });
    this.loss.mark(t);
    this.norm.mark(t);
  }

  // The arrow shows where −∇f points; its length grows with ‖∇f‖ but stays on the page.
  #arrow(point, [gx, gy], norm) {
    if (norm < 1e-9) return "";
    const length = 16 + (54 * norm) / (norm + 2);
    const [u, v] = [-gx / norm, gy / norm];
    const [tip, head] = [`${(u * length).toFixed(1)} ${(v * length).toFixed(1)}`, 7];
    const barb = (side) => `${(-head * u - side * head * v * 0.6).toFixed(1)} ${(-head * v + side * head * u * 0.6).toFixed(1)}`;
    return `M${this.plane.pixel(point)}l${tip}m${barb(1)}l${(head * u + head * v * 0.6).toFixed(1)} ${(head * v - head * u * 0.6).toFixed(1)}l${barb(-1)}`;
  }

  #drawNumbers({ last, t, path, losses, norms }) {
    if (last < 0) return this.numbers.show({ iteration: "0", loss: "none", "gradient-norm": "none", point: "none" });
    return this.numbers.show({
      iteration: String(t), loss: number(losses[t]), "gradient-norm": number(norms[t]), point: pair(path[t]),
    });
  }

  rows() {
    const { t, path, losses, norms } = this.result;
    return path.slice(0, t + 1).map(([x, y], k) => [String(k), fixed(x, 6), fixed(y, 6), number(losses[k]), number(norms[k])]);
  }
}
