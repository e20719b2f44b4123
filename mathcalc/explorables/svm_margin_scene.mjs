// The street between two classes, a bar for each multiplier, and both objectives.

import { button, readouts, slider, table } from "./controls.mjs";
import { fixed, html, number, pair, put, say, scale, svg } from "./kit.mjs";
import { Plane, legend } from "./plane.mjs";
import { words } from "./svm_margin_words.mjs";

const WINDOW = [-4, 4, -4, 4];
const MOST = 12;
const LOG = { to: Math.log10, from: (v) => 10 ** v, step: 0.01 };
const KEY = [["mc-class-1", "+1"], ["mc-class-0", "−1"], ["mc-street-key", "street"], ["mc-vector", "support vector, its size is α"]];
const CHART = { width: 300, height: 170, left: 20, right: 296, top: 26, bottom: 140 };

/** A bar for each α, under the line of its limit C. */
class Bars {
  constructor() {
    this.title = svg("text", { x: 2, y: 13, class: "mc-title" });
    this.bars = Array.from({ length: MOST }, () => svg("rect", {}));
    this.names = Array.from({ length: MOST }, () => svg("text", { y: CHART.bottom + 16, "text-anchor": "middle" }));
    this.limit = svg("g", { class: "mc-price-limit" }, svg("line", { x1: CHART.left, x2: CHART.right }), svg("text", { x: CHART.left - 6, y: 4, "text-anchor": "end" }, "C"));
    const floor = svg("line", { class: "mc-nought", x1: CHART.left, x2: CHART.right, y1: CHART.bottom, y2: CHART.bottom });
    this.node = svg("svg", { class: "mc-alphas", viewBox: `0 0 ${CHART.width} ${CHART.height}`, "aria-hidden": "true" });
    this.node.append(this.title, floor, ...this.bars, ...this.names, this.limit);
  }

  show(points, alpha, { C, hard }) {
    const most = Math.max(...(alpha ?? [0]), hard ? 1e-12 : Math.min(C, 4 * Math.max(...(alpha ?? [0]), 1e-12)));
    const along = scale([0, most], [CHART.bottom, CHART.top]);
    const wide = (CHART.right - CHART.left) / points.length;
    this.bars.forEach((bar, k) => {
      const shown = k < points.length && alpha !== null;
      const top = shown ? along(alpha[k]) : CHART.bottom;
      const x = CHART.left + (k + 0.15) * wide;
      put(bar, { class: `mc-class-${points[k]?.[2] > 0 ? 1 : 0}`, x: x.toFixed(1), width: (0.7 * wide).toFixed(1), y: top.toFixed(1), height: (CHART.bottom - top).toFixed(1) });
      put(this.names[k], { x: (x + 0.35 * wide).toFixed(1) });
      say(this.names[k], k < points.length ? String(k + 1) : "");
    });
    const reached = !hard && C <= most * (1 + 1e-9);
    put(this.limit, { display: reached ? "inline" : "none", transform: `translate(0 ${reached ? along(C).toFixed(1) : 0})` });
    say(this.title, alpha === null ? "multipliers: there are none" : `multipliers α, the largest ${number(Math.max(...alpha))}`);
  }
}

export class Scene {
  constructor(acts) {
    this.#makePicture(acts);
    this.#makeControls(acts);
    this.numbers = readouts({ w: "w", b: "b", width: "width 2/‖w‖", primal: "primal", dual: "dual", balance: "Σ αᵢyᵢ" });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "Points, multipliers and margins",
      heads: ["point", "class", "α", "margin", "slack"], rows: () => this.rows(),
    });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, this.bars.node, this.panel);
    this.node = html("div", { class: "mc-live mc-machine" }, html("div", { class: "mc-stage" }, main, side), this.numbers.node, this.words, this.table.node);
  }

  #makePicture({ moved }) {
    const handles = Array.from({ length: MOST }, (_, k) => ({ label: `Point ${k + 1}`, moved: moved(k) }));
    this.plane = new Plane({ description: "Points of two classes and the widest street between them", handles });
    this.street = svg("path", { class: "mc-street" });
    this.middle = svg("path", { class: "mc-divide" });
    this.edges = svg("path", { class: "mc-edges" });
    this.rings = svg("g", { class: "mc-rings" });
    this.marks = svg("g");
    this.plane.layer.append(this.street, this.edges, this.middle, this.rings, this.marks);
    this.bars = new Bars();
  }

  #makeControls({ set, add, drop }) {
    this.C = slider({ label: "C", name: "C", low: 0.01, high: 100, step: 0.01, decimals: 2, scale: LOG, changed: set("C") });
    this.check = html("input", { type: "checkbox", "data-control": "hard", change: () => set("hard")(this.check.checked) });
    const choice = html("label", { class: "mc-check" }, this.check, html("span", {}, "hard margin, no slack"));
    this.more = [button("Add +1", "plus", () => add(1)), button("Add −1", "minus", () => add(-1)), button("Remove", "drop", drop)];
    this.panel = html("div", { class: "mc-panel" }, this.C.node, choice, html("div", { class: "mc-buttons" }, ...this.more));
  }

  draw(state, result) {
    const { points, C, hard } = state;
    this.shown = { ...result, points };
    if (this.plane.window === undefined) this.plane.frame(WINDOW);
    this.#drawPoints(points, result.alpha);
    this.#drawStreet(result);
    this.bars.show(points, result.alpha, state);
    this.C.show(C);
    this.C.node.hidden = hard;
    this.check.checked = hard;
    this.more.forEach((node, k) => (node.disabled = k < 2 ? points.length >= MOST : points.length <= 6));
    this.#drawNumbers(result);
    say(this.words, words(result, state));
    this.table.show();
  }

  #drawPoints(points, alpha) {
    const most = Math.max(...(alpha ?? [0]), 1e-300);
    this.plane.handles.forEach((_, k) => {
      if (k >= points.length) return this.plane.hide(k);
      const [x, y, label] = points[k];
      return this.plane.place([x, y], k, [-4, 4, x, `class ${label > 0 ? "+1" : "−1"}, at ${pair([x, y])}`]);
    });
    const at = (p) => `translate(${this.plane.pixel(p)})`;
    this.marks.replaceChildren(...points.map((p) => (p[2] > 0
      ? svg("circle", { class: "mc-class-1", r: 9, transform: at(p) })
      : svg("path", { class: "mc-class-0", d: "M-8-8H8V8H-8z", transform: at(p) }))));
    const rings = points.filter((_, k) => alpha !== null && alpha[k] > 0);
    const size = (p) => 12 + 9 * Math.sqrt(alpha[points.indexOf(p)] / most);
    this.rings.replaceChildren(...rings.map((p) => svg("circle", { r: size(p).toFixed(1), transform: at(p) })));
  }

  #drawStreet({ alpha, w, b }) {
    const seen = alpha !== null && Math.hypot(...w) > 1e-9;
    const line = (level, far = 12) => {
      const size = w[0] ** 2 + w[1] ** 2;
      const foot = w.map((v) => (v * (level - b)) / size);
      const way = [-w[1] / Math.sqrt(size), w[0] / Math.sqrt(size)];
      return [-far, far].map((t) => this.plane.pixel([foot[0] + t * way[0], foot[1] + t * way[1]]));
    };
    const [low, mid, high] = seen ? [-1, 0, 1].map((level) => line(level)) : [null, null, null];
    put(this.street, { d: seen ? `M${low[0]}L${low[1]}L${high[1]}L${high[0]}z` : "" });
    put(this.middle, { d: seen ? `M${mid.join("L")}` : "" });
    put(this.edges, { d: seen ? `M${low.join("L")}M${high.join("L")}` : "" });
  }

  #drawNumbers({ alpha, w, b, width, primal, dual, balance }) {
    const none = alpha === null;
    this.numbers.show({
      w: none ? "none" : pair(w, 3), b: none ? "none" : fixed(b, 3), width: none ? "none" : Number.isFinite(width) ? number(width) : "∞",
      primal: none ? "no point allowed" : number(primal), dual: none ? "unbounded" : number(dual), balance: none ? "none" : fixed(balance, 6),
    });
  }

  rows() {
    const { points, alpha, margins, slack } = this.shown;
    if (alpha === null) return [];
    return points.map((p, k) => [pair(p), p[2] > 0 ? "+1" : "−1", number(alpha[k]), fixed(margins[k], 4), number(slack[k])]);
  }
}
