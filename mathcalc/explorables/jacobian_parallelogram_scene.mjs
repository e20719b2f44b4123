// The two panes and the controls: the plane before the map, and after it, under the same glass.

import { choice } from "./choice.mjs";
import { formulaBox, menu, readouts, slider, table } from "./controls.mjs";
import { outlineOf } from "./jacobian_parallelogram_shapes.mjs";
import { words } from "./jacobian_parallelogram_words.mjs";
import { fixed, html, number, pretty, put, say, svg } from "./kit.mjs";
import { Plane, arrow, legend } from "./plane.mjs";

const LOG = { to: Math.log10, from: (v) => 10 ** v, step: 0.04 };
const SHAPES = ["square", "circle"];
const BEND = 40; // pieces of a grid line
const KEY = [
  ["mc-true", "the image under f"],
  ["mc-flat", "the image under f(p) + Jh"],
];

const finite = (value) => (Number.isFinite(value) ? value : 0);

const path = (pane, points, close = "") => {
  const pieces = [];
  let pen = "M";
  for (const at of points) {
    const known = Number.isFinite(at[0] + at[1]);
    if (known) pieces.push(`${pen}${pane.pixel(at)}`);
    pen = known ? "L" : "M";
  }
  return pieces.join("") + (pieces.length ? close : "");
};

/** One pane: a grid, a shape, two vectors. */
class Pane {
  constructor(options) {
    this.plane = new Plane(options);
    this.grid = svg("path", { class: "mc-mesh" });
    this.real = svg("path", { class: "mc-true" });
    this.model = svg("path", { class: "mc-model" });
    this.arrows = [svg("path", { class: "mc-arrow" }), svg("path", { class: "mc-arrow" })];
    this.names = [svg("text", { class: "mc-name" }), svg("text", { class: "mc-name" })];
    this.plane.layer.append(this.grid, this.real, this.model, ...this.arrows, ...this.names);
  }

  /** Two vectors from a point, each with a name beyond its tip. */
  vectors(at, pair, names) {
    const place = ([x, y]) => [this.plane.x(x), this.plane.y(y)];
    const foot = place(at);
    pair.forEach((vector, k) => {
      const tip = place([at[0] + vector[0], at[1] + vector[1]]);
      put(this.arrows[k], { d: arrow(foot, tip, 9) });
      const [dx, dy] = [tip[0] - foot[0], tip[1] - foot[1]];
      const far = Math.hypot(dx, dy) || 1;
      const seen = far > 6 && Number.isFinite(far);
      put(this.names[k], { x: seen ? (tip[0] + (16 * dx) / far).toFixed(1) : -99, y: seen ? (tip[1] + (14 * dy) / far + 4).toFixed(1) : -99 });
      say(this.names[k], names[k]);
    });
  }
}

export class Scene {
  constructor(acts, { maps, field }) {
    Object.assign(this, { maps, field });
    const moved = ([x, y]) => acts.moved([this.#back(x, 0), this.#back(y, 2)]);
    this.before = new Pane({ label: "Point p", description: "The plane before the map: a small shape at p", moved });
    this.after = new Pane({ description: "The plane after the map: the image of the shape, and its linear model", handles: [] });
    this.#makeControls(acts);
    this.numbers = readouts({
      jacobian: "J(p)", det: "det J", area: "image area / s²", remainder: "remainder / ‖h‖", sigma: "σ₁, σ₂",
    });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "The remainder at h = (s, s) as the square shrinks",
      heads: ["s", "f(p + h) − f(p)", "J h", "‖remainder‖ / ‖h‖"], rows: () => this.rows(),
    });
    const pane = (title, { plane }) => html("div", {}, html("p", { class: "mc-pane" }, title), plane.node);
    const panes = html("div", { class: "mc-panes" }, pane("before the map", this.before), pane("after it", this.after));
    this.node = html(
      "div", { class: "mc-live mc-jacobian" }, this.fields, panes, legend(KEY), this.panel, this.numbers.node, this.words, this.table.node,
    );
  }

  #makeControls(acts) {
    const names = this.maps.map((m) => m.name);
    this.menu = menu({ label: "Map", name: "map", names, other: "your own formulas", chosen: (k) => acts.chosen(this.maps[k]) });
    this.boxes = [
      formulaBox({ label: "f₁(x, y) =", name: "first", typed: acts.first }),
      formulaBox({ label: "f₂(x, y) =", name: "second", typed: acts.second }),
    ];
    this.fields = html("div", { class: "mc-fields mc-three" }, this.menu.node, ...this.boxes.map((box) => box.node));
    this.side = slider({ label: "side s", name: "s", low: 0.01, high: 1, step: 0.001, decimals: 3, scale: LOG, changed: acts.side });
    this.shape = choice({ question: "Map a", name: "shape", answers: SHAPES, chosen: (k) => acts.shape(SHAPES[k]) });
    this.panel = html("div", { class: "mc-panel" }, this.side.node, this.shape.node);
  }

  // The glass shrinks the whole field towards p, so p stays where it is on the screen.
  #back(value, k) {
    const [low, high] = this.plain.slice(k, k + 2);
    const share = (value - low) / (high - low);
    const [from, to] = this.field.slice(k, k + 2);
    return Math.min(Math.max(Number((from + share * (to - from)).toFixed(2)), -2), 2);
  }

  draw(state, result, maps) {
    Object.assign(this, { state, result, maps2: maps });
    this.#zoom(state, result);
    this.#drawShapes(state, result);
    this.menu.show(this.maps.findIndex((m) => m.first === state.first && m.second === state.second));
    this.boxes[0].show(state.first);
    this.boxes[1].show(state.second);
    this.side.show(state.s);
    say(this.side.node.firstChild, state.shape === "circle" ? "radius s" : "side s");
    this.shape.show(SHAPES.indexOf(state.shape));
    this.#drawNumbers(result, state.shape);
    say(this.words, words(result, state));
    this.table.show();
  }

  // Both windows are as many times smaller as s is smaller than 1.
  #zoom({ p, s, shape }, { value, J, sigma }) {
    this.plain = this.field.map((end, k) => p[k >> 1] + (end - p[k >> 1]) * s);
    this.before.plane.frame(this.plain);
    this.before.plane.place(p);
    const half = 1.9 * s * Math.max(Number.isFinite(sigma[0]) ? Math.hypot(...sigma) : 1, 0.05);
    const inside = shape === "circle" ? 0 : s / 2; // the middle of the shape
    const middle = value.map((part, k) => finite(part) + inside * finite(J[k][0] + J[k][1]));
    this.after.plane.frame([middle[0] - half, middle[0] + half, middle[1] - half, middle[1] + half]);
  }

  #map = (at) => this.maps2.map((f) => f.value(at));

  #drawShapes({ p, s, shape }, { value, J, v, u, sigma }) {
    const [x, y] = p;
    const outline = outlineOf(shape, s);
    const linear = ([a, b]) => [value[0] + J[0][0] * a + J[0][1] * b, value[1] + J[1][0] * a + J[1][1] * b];
    const there = outline.map(([a, b]) => [x + a, y + b]);
    put(this.before.real, { d: path(this.before.plane, there, "Z") });
    put(this.after.real, { d: path(this.after.plane, there.map(this.#map), "Z") });
    put(this.after.model, { d: path(this.after.plane, outline.map(linear), "Z") });
    this.#drawGrid(p, s);
    const sides = shape === "circle" ? v : [[1, 0], [0, 1]];
    const names = shape === "circle" ? ["v₁", "v₂"] : ["e₁", "e₂"];
    this.before.vectors(p, sides.map((w) => w.map((part) => s * part)), names);
    const images = shape === "circle" ? u.map((w, k) => w.map((part) => part * sigma[k])) : [0, 1].map((k) => [J[0][k], J[1][k]]);
    const tips = shape === "circle" ? ["σ₁u₁", "σ₂u₂"] : ["J e₁", "J e₂"];
    this.after.vectors(value, images.map((w) => w.map((part) => s * part)), tips);
  }

  // Lines through p a side apart, across the glass, and their images.
  #drawGrid([x, y], s) {
    const [left, right, bottom, top] = this.plain;
    const bend = (line) => Array.from({ length: BEND + 1 }, (_, k) => line(k / BEND));
    const lines = [];
    for (let k = Math.ceil((left - x) / s - 1e-9); x + k * s <= right + 1e-9; k++) lines.push(bend((t) => [x + k * s, bottom + t * (top - bottom)]));
    for (let k = Math.ceil((bottom - y) / s - 1e-9); y + k * s <= top + 1e-9; k++) lines.push(bend((t) => [left + t * (right - left), y + k * s]));
    put(this.before.grid, { d: lines.map((line) => path(this.before.plane, [line[0], line[BEND]])).join("") });
    put(this.after.grid, { d: lines.map((line) => path(this.after.plane, line.map(this.#map))).join("") });
  }

  #drawNumbers({ J, det, ratio, remainder, sigma }, shape) {
    const ok = Number.isFinite(det);
    const rows = J.map((row) => row.map((part) => fixed(part, 3).replace(/\.?0+$/, "")).join("  ")).join("; ");
    say(this.numbers.node.children[2].firstChild, shape === "circle" ? "image area / πs²" : "image area / s²");
    this.numbers.show({
      jacobian: ok ? `[${rows}]` : "none",
      det: ok ? number(det) : "none",
      area: Number.isFinite(ratio) ? number(tidy(ratio)) : "none",
      remainder: Number.isFinite(remainder) ? number(tidy(remainder)) : "none",
      sigma: ok ? sigma.map((value) => number(tidy(value))).join(", ") : "none",
    });
  }

  rows() {
    const { value, J } = this.result;
    const [x, y] = this.state.p;
    return [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01].map((s) => {
      const moved = this.#map([x + s, y + s]).map((part, k) => part - value[k]);
      const linear = J.map((row) => s * (row[0] + row[1]));
      const rest = Math.hypot(moved[0] - linear[0], moved[1] - linear[1]) / (s * Math.SQRT2);
      const text = (pair) => (pair.every(Number.isFinite) ? `(${pair.map((part) => fixed(part, 5)).join(", ")})` : "none");
      return [String(s), text(moved), text(linear), Number.isFinite(rest) ? number(tidy(rest)) : "none"];
    });
  }
}

// What is rounding is written as the zero that it stands for.
const tidy = (value) => (Math.abs(value) < 1e-11 ? 0 : value);

