// The level sets with their critical points, and the heights of these over t.

import { button, readouts, slider, table } from "./controls.mjs";
import { fixed, html, number, pair, put, say, scale, svg } from "./kit.mjs";
import { words } from "./monkey_unfolding_words.mjs";
import { Plane, arrow, legend } from "./plane.mjs";

const WINDOW = [-2, 2, -2, 2];
const KEY = [
  ["mc-at-minimum", "minimum"], ["mc-at-maximum", "maximum"], ["mc-at-saddle", "saddle"],
  ["mc-level", "level of the saddles"], ["mc-arrow", "∇f at the probe"],
];
const MARKS = {
  minimum: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z", maximum: "M0-7.5L7 5.5H-7z",
  saddle: "M-6-6L6 6M-6 6L6-6", degenerate: "M-8 0H8M-4-7L4 7M4-7L-4 7",
};
const CHART = { width: 300, height: 190, left: 34, right: 294, top: 24, bottom: 166 };
const across = scale([-2, 2], [CHART.left, CHART.right]);
const along = scale([-1.25, 1.25], [CHART.bottom, CHART.top]);
const INDEX = { minimum: "+1", maximum: "+1", saddle: "−1", degenerate: "−2" };

/** The heights of the critical points as t moves: a line and a cubic, which meet at zero. */
class Heights {
  constructor() {
    const cubic = Array.from({ length: 81 }, (_, k) => -2 + k / 20).map((t) => `${across(t).toFixed(1)} ${along((4 / 27) * t ** 3).toFixed(1)}`);
    const grid = svg("g", { class: "mc-grid" }, ...[-1, 0, 1].flatMap((v) => [
      svg("line", { x1: CHART.left, x2: CHART.right, y1: along(v), y2: along(v) }),
      svg("text", { x: CHART.left - 6, y: along(v) + 4, "text-anchor": "end" }, fixed(v, 0)),
    ]), ...[-2, -1, 0, 1, 2].map((v) => svg("text", { x: across(v), y: CHART.bottom + 18, "text-anchor": "middle" }, fixed(v, 0))));
    const line = (a, b, kind) => svg("line", { class: kind, x1: across(a), x2: across(b), y1: along(0), y2: along(0) });
    this.now = svg("line", { class: "mc-moment", y1: CHART.top, y2: CHART.bottom });
    this.dots = svg("g");
    this.node = svg("svg", { class: "mc-heights", viewBox: `0 0 ${CHART.width} ${CHART.height}`, "aria-hidden": "true" });
    this.node.append(
      svg("text", { x: 2, y: 13, class: "mc-title" }, "heights of the critical points over t"),
      grid, line(-2, 0, "mc-at-maximum"), line(0, 2, "mc-at-minimum"),
      svg("polyline", { class: "mc-at-saddle", points: cubic.join(" ") }), this.now, this.dots,
    );
  }

  show(t, points) {
    put(this.now, { x1: across(t), x2: across(t) });
    const at = (point) => `translate(${across(t).toFixed(1)} ${along(point.value).toFixed(1)})`;
    this.dots.replaceChildren(...points.slice(0, 2).map((point) => mark(point, at(point))));
  }
}

const mark = ({ kind }, transform) => svg("path", { class: `mc-mark mc-at-${kind}`, d: MARKS[kind], transform });

export class Scene {
  constructor(acts) {
    this.#makePicture(acts);
    this.#makeControls(acts);
    this.numbers = readouts({
      count: "critical points", origin: "the origin", turns: "sum of indices",
      corner: "eigenvalues at a saddle", probe: "f and ∇f at the probe", eigen: "eigenvalues at the probe",
    });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "The critical points",
      heads: ["x", "y", "f", "eigenvalues", "type", "index"], rows: () => this.rows(),
    });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, this.heights.node, this.panel);
    this.node = html(
      "div", { class: "mc-live mc-unfolding" },
      html("p", { class: "mc-statement" }, "f(x, y) = x³ − 3xy² + t(x² + y²)"),
      html("div", { class: "mc-stage" }, main, side), this.numbers.node, this.words, this.table.node,
    );
  }

  #makePicture({ moved }) {
    this.plane = new Plane({ label: "The probe", description: "Level sets of f with its critical points", moved });
    this.lines = [0, 1, 2].map(() => svg("path", { class: "mc-level" }));
    this.marks = svg("g", { class: "mc-marks" });
    this.slope = svg("path", { class: "mc-arrow" });
    this.plane.layer.append(...this.lines, this.marks, this.slope);
    this.heights = new Heights();
  }

  #makeControls({ unfold }) {
    this.slider = slider({ label: "t", name: "t", low: -2, high: 2, step: 0.01, decimals: 2, changed: unfold });
    const choices = [-0.5, 0, 0.5].map((t) => button(`t = ${fixed(t, t ? 1 : 0)}`, `t${t}`, () => unfold(t)));
    this.panel = html("div", { class: "mc-panel" }, this.slider.node, html("div", { class: "mc-buttons" }, ...choices));
  }

  draw(state, result, value) {
    const { t, p } = state;
    this.result = result;
    this.plane.show((point) => value(t, point), `monkey ${t}`, WINDOW);
    this.plane.place(p);
    this.#drawLines(t);
    this.marks.replaceChildren(...result.points.map((point) => mark(point, `translate(${this.plane.pixel(point.at)})`)));
    this.#drawSlope(p, result.gradient);
    this.heights.show(t, result.points);
    this.slider.show(t);
    this.#drawNumbers(result);
    say(this.words, words(result, state));
    this.table.show();
  }

  // The saddles' level set {f = 4t³/27} is x = t/3, and this line turned by a third to either side.
  #drawLines(t) {
    this.lines.forEach((line, k) => {
      const [u, v] = [Math.cos((2 * Math.PI * k) / 3), Math.sin((2 * Math.PI * k) / 3)];
      const end = (far) => this.plane.pixel([(u * t) / 3 - v * far, (v * t) / 3 + u * far]);
      put(line, { d: `M${end(-6)}L${end(6)}` });
    });
  }

  #drawSlope([x, y], [a, b]) {
    const size = Math.hypot(a, b);
    const share = size === 0 ? 0 : (90 / (size + 2)); // damped: long arrows would leave the picture
    const [u, v] = [this.plane.x(x), this.plane.y(y)];
    put(this.slope, { d: arrow([u, v], [u + share * a, v - share * b], 9) });
  }

  #drawNumbers({ points, turns, value: height, gradient, eigen }) {
    const both = (pairOf) => pairOf.map((v) => fixed(v, 3)).join(", ");
    this.numbers.show({
      count: String(points.length), origin: points[0].kind, turns: fixed(turns, 0),
      corner: points.length === 1 ? "none" : both(points[1].eigen),
      probe: `${number(height)},  ${pair(gradient)}`, eigen: both(eigen),
    });
  }

  rows() {
    return this.result.points.map(({ at, value: height, eigen, kind }) => [
      fixed(at[0], 6), fixed(at[1], 6), number(height), eigen.map((v) => fixed(v, 4)).join(", "), kind, INDEX[kind],
    ]);
  }
}
