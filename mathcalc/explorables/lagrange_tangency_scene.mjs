// The curve on the level sets of f, both gradients at a point of it, and f along the way.

import { choice } from "./choice.mjs";
import { readouts, slider, table } from "./controls.mjs";
import { clamp, fixed, html, number, pair, put, say, scale, svg } from "./kit.mjs";
import { words } from "./lagrange_tangency_words.mjs";
import { Plane, arrow, legend } from "./plane.mjs";

const WINDOW = [-4, 4, -4, 4];
const KEY = [
  ["mc-curve", "g = 0"], ["mc-through", "level line of f through the point"], ["mc-arrow", "∇f"], ["mc-normal", "∇g"],
  ["mc-part", "part of ∇f along the curve"], ["mc-locus", "∇f parallel to ∇g"],
];
const TEXT = { line: "f = x² + y²,   g = x + 2y − c", ellipse: "f = (x − 1.5)² + (y − 1)²,   g = x²/2 + 2y² − c" };
const CURVES = Object.keys(TEXT);
const CHART = { width: 300, height: 180, left: 34, right: 294, top: 26, bottom: 152 };
const across = scale([-4, 4], [CHART.left, CHART.right]);
const SAMPLES = Array.from({ length: 121 }, (_, k) => -4 + k / 15);

/** f along the curve: flat exactly where the gradients are parallel. */
class Walk {
  constructor() {
    this.title = svg("text", { x: 2, y: 13, class: "mc-title" }, "f along the curve, over s");
    this.curve = svg("polyline", { class: "mc-walk" });
    this.tangent = svg("line", { class: "mc-walk-slope" });
    this.now = svg("circle", { r: 5, class: "mc-walk-now" });
    this.top = svg("text", { x: CHART.left - 6, y: CHART.top + 4, "text-anchor": "end" });
    const foot = [-4, 0, 4].map((v) => svg("text", { x: across(v), y: CHART.bottom + 18, "text-anchor": "middle" }, fixed(v, 0)));
    const zero = svg("text", { x: CHART.left - 6, y: CHART.bottom + 4, "text-anchor": "end" }, "0");
    const floor = svg("line", { x1: CHART.left, x2: CHART.right, y1: CHART.bottom, y2: CHART.bottom });
    const box = { x: 0, y: CHART.top - 4, width: CHART.width, height: CHART.bottom - CHART.top + 8 };
    const inner = svg("svg", { ...box, viewBox: `0 ${box.y} ${box.width} ${box.height}` });
    inner.append(this.curve, this.tangent, this.now);
    this.node = svg("svg", { class: "mc-walks", viewBox: `0 0 ${CHART.width} ${CHART.height}`, "aria-hidden": "true" });
    this.node.append(this.title, svg("g", { class: "mc-grid" }, floor, zero, this.top, ...foot), inner);
  }

  show({ s, value, rate }, { centre, point }, c) {
    const f = (at) => point(at, c).reduce((sum, v, k) => sum + (v - centre[k]) ** 2, 0);
    const heights = SAMPLES.map(f);
    const most = Math.max(...heights);
    const along = scale([0, most], [CHART.bottom, CHART.top]);
    put(this.curve, { points: heights.map((v, k) => `${across(SAMPLES[k]).toFixed(1)} ${along(v).toFixed(1)}`).join(" ") });
    const end = (far) => ({ x: across(s + far).toFixed(1), y: along(value + rate * far).toFixed(1) });
    const [a, b] = [end(-1), end(1)];
    put(this.tangent, { x1: a.x, y1: a.y, x2: b.x, y2: b.y });
    put(this.now, { cx: across(s).toFixed(1), cy: along(value).toFixed(1) });
    say(this.top, number(Number(most.toPrecision(2))));
  }
}

export class Scene {
  constructor(acts) {
    this.#makePicture(acts);
    this.#makeControls(acts);
    this.numbers = readouts({
      value: "f", gradient: "∇f", normal: "∇g", along: "∇f along the curve", nu: "ν = −∇f·∇g / ‖∇g‖²", price: "df*/dc = −ν*",
    });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "Where the gradients are parallel",
      heads: ["x", "y", "f", "ν"], rows: () => this.rows(),
    });
    this.problem = html("p", { class: "mc-statement" });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, this.walk.node, this.panel);
    this.node = html(
      "div", { class: "mc-live mc-lagrange" }, this.which.node, this.problem,
      html("div", { class: "mc-stage" }, main, side), this.numbers.node, this.words, this.table.node,
    );
  }

  #makePicture({ moved, walked, set }) {
    this.plane = new Plane({
      description: "Level sets of f with the curve g = 0 and the gradients at a point of it",
      handles: [{ label: "The point on the curve", moved, turned: walked, ended: set("s"), free: true }],
    });
    this.curve = svg("polyline", { class: "mc-curve" });
    this.through = svg("circle", { class: "mc-through" });
    this.locus = svg("path", { class: "mc-locus" });
    this.marks = svg("path", { class: "mc-parallel" });
    this.normal = svg("path", { class: "mc-force mc-normal" });
    this.gradient = svg("path", { class: "mc-arrow" });
    this.part = svg("path", { class: "mc-force mc-part" });
    this.plane.layer.append(this.locus, this.through, this.curve, this.marks, this.normal, this.gradient, this.part);
    this.walk = new Walk();
  }

  #makeControls({ set }) {
    this.which = choice({ question: "The curve", name: "curve", answers: ["a line", "an ellipse"], chosen: (k) => set("curve")(CURVES[k]) });
    this.c = slider({ label: "c", name: "c", low: 1, high: 8, step: 0.01, decimals: 2, changed: set("c") });
    this.s = slider({ label: "s", name: "s", low: -4, high: 4, step: 0.01, decimals: 2, changed: set("s") });
    this.panel = html("div", { class: "mc-panel" }, this.c.node, this.s.node);
  }

  draw({ curve, c, s }, result, problem) {
    this.result = result;
    const [a, b] = problem.centre;
    this.plane.show(([x, y]) => (x - a) ** 2 + (y - b) ** 2, `bowl at ${problem.centre}`, WINDOW);
    this.which.show(CURVES.indexOf(curve));
    this.#drawCurve(problem, c);
    this.#drawArrows(result);
    this.plane.place(result.x, 0, [-4, 4, s, `s = ${fixed(s, 2)}, at ${pair(result.x)}`]);
    this.walk.show(result, problem, c);
    this.c.show(c);
    this.s.show(s);
    say(this.problem, `${TEXT[curve]},   c = ${number(c)}`);
    this.#drawNumbers(result);
    say(this.words, words(result));
    this.table.show();
  }

  #drawCurve({ point, locus, centre }, c) {
    const radius = this.plane.x(Math.sqrt(this.result.value)) - this.plane.x(0);
    put(this.through, { cx: this.plane.x(centre[0]), cy: this.plane.y(centre[1]), r: radius.toFixed(1) });
    put(this.curve, { points: SAMPLES.map((s) => this.plane.pixel(point(s, c))).join(" ") });
    const run = Array.from({ length: 321 }, (_, k) => -4 + k / 40).map((x) => [x, locus(x)]);
    // The locus of the ellipse leaves the picture where its denominator vanishes, and comes back.
    const lift = ([, y], k) => k === 0 || Math.abs(y) > 20 || Math.abs(run[k - 1][1]) > 20;
    put(this.locus, { d: run.map((p, k) => `${lift(p, k) ? "M" : "L"}${this.plane.pixel(p)}`).join("") });
    put(this.marks, { d: this.result.points.map(({ x }) => `M${this.plane.pixel(x)}h0`).join("") });
  }

  #drawArrows({ x, gradient, normal, unit, along }) {
    const from = [this.plane.x(x[0]), this.plane.y(x[1])];
    const tip = ([u, v], size) => [from[0] + size * u, from[1] - size * v];
    put(this.gradient, { d: arrow(from, tip(gradient, 14), 9) });
    put(this.part, { d: arrow(from, tip(unit, 14 * along), 9) });
    const length = Math.hypot(...normal);
    put(this.normal, { d: arrow(from, tip(normal, clamp(14, 0, 110 / length)), 9) });
  }

  #drawNumbers({ value, gradient, normal, along, nu, price }) {
    this.numbers.show({
      value: number(value), gradient: pair(gradient), normal: pair(normal), along: fixed(along, 3), nu: fixed(nu, 3), price: fixed(price, 3),
    });
  }

  rows() {
    return this.result.points.map(({ x, value, nu }) => [fixed(x[0], 6), fixed(x[1], 6), number(value), fixed(nu, 6)]);
  }
}
