// The picture and the controls of an implicit curve.

import { curves } from "./contours.mjs";
import { formulaBox, menu, readouts, table } from "./controls.mjs";
import { words } from "./implicit_curve_words.mjs";
import { fixed, html, number, pair, pretty, put, say, svg } from "./kit.mjs";
import { Plane, SIDE, arrow, legend } from "./plane.mjs";

const KEY = [
  ["mc-zero-key", "F(x, y) = 0"],
  ["mc-flat", "tangent"],
  ["mc-arrow", "∇F (its direction)"],
  ["mc-other-key", "other solutions y at this x"],
  ["mc-fail-key", "∂F/∂y = 0: the theorem does not apply"],
];
const NUMBERS = { point: "point (x, y)", slope: "slope dy/dx", fx: "∂F/∂x", fy: "∂F/∂y", value: "F(x, y)", check: "∂F/∂x + ∂F/∂y · dy/dx" };
const LENGTH = 62; // of the gradient's arrow, in pixels

export class Scene {
  constructor(acts, menuOfCurves) {
    this.curves = menuOfCurves;
    this.plane = new Plane({
      description: "The curve F(x, y) = 0 over the levels of F",
      handles: [{ label: "Point of the curve", moved: acts.moved, turned: acts.turned, ended: (x) => acts.moved([x, this.plane.handles[0].point[1]]), free: true }],
    });
    this.#makePicture();
    this.menu = menu({ label: "F(x, y)", name: "curve", names: menuOfCurves.map(({ name }) => name), other: "one of your own", chosen: (k) => acts.chosen(menuOfCurves[k]) });
    this.box = formulaBox({ label: "your own", typed: acts.typed });
    this.statement = html("p", { class: "mc-statement" });
    this.numbers = readouts(NUMBERS);
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "Where ∂F/∂y = 0", caption: "Points of the curve at which ∂F/∂y = 0",
      heads: ["x", "y", "what it is"], rows: () => this.rows(),
    });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, this.numbers.node, this.words);
    this.node = html(
      "div", { class: "mc-live mc-implicit" }, html("div", { class: "mc-fields" }, this.menu.node, this.box.node),
      this.statement, html("div", { class: "mc-stage" }, main, side), this.table.node,
    );
  }

  #makePicture() {
    this.upright = svg("line", { class: "mc-upright", y1: 0, y2: SIDE });
    this.zero = svg("path", { class: "mc-zero-curve" });
    this.fails = svg("path", { class: "mc-fails" });
    this.tangent = svg("line", { class: "mc-tangent" });
    this.gradient = svg("path", { class: "mc-arrow" });
    this.others = svg("path", { class: "mc-others" });
    this.plane.layer.append(this.upright, this.zero, this.tangent, this.gradient, this.others, this.fails);
  }

  draw({ formula, window }, result, f, { failures }) {
    Object.assign(this, { failures });
    this.#drawCurve(f, formula, window, failures);
    this.menu.show(this.curves.findIndex((curve) => curve.formula === formula));
    this.box.show(formula);
    say(this.statement, `F(x, y) = ${pretty(formula)}`);
    put(this.node, { class: `mc-live mc-implicit mc-is-${result.kind}` });
    if (result.kind === "none") this.plane.hide(0);
    this.#drawPoint(result);
    this.#drawNumbers(result);
    say(this.words, words(result));
    this.table.show();
  }

  #drawCurve(f, formula, window, failures) {
    const key = `${formula} on ${window}`;
    if (this.key === key) return;
    this.key = key;
    this.plane.show(f.value, key, window);
    const { path, shift } = curves(f.value, window, SIDE);
    put(this.zero, { d: path(0), transform: `translate(${shift} ${shift})` });
    put(this.fails, { d: failures.map(({ point }) => `M${this.plane.pixel(point)}h0`).join("") });
  }

  #drawPoint({ point, gradient, kind, slope, solutions }) {
    const shown = kind !== "none";
    for (const part of [this.tangent, this.gradient, this.others, this.upright]) put(part, { visibility: shown ? "visible" : "hidden" });
    if (!shown) return;
    const pixel = this.plane.pixel(point), [u, v] = pixel.split(" ").map(Number);
    this.plane.place(point, 0, [this.plane.window[0], this.plane.window[1], point[0], `${pair(point, 3)}, ${kind === "graph" ? `slope ${number(slope)}` : "no slope"}`]);
    const norm = Math.hypot(...gradient) || 1, [a, b] = [gradient[0] / norm, gradient[1] / norm];
    const flat = kind === "singular";
    put(this.tangent, { x1: u - 600 * b, y1: v - 600 * a, x2: u + 600 * b, y2: v + 600 * a, visibility: flat ? "hidden" : "visible" });
    put(this.gradient, { d: flat ? "" : arrow([u, v], [u + LENGTH * a, v - LENGTH * b]) });
    put(this.upright, { x1: u, x2: u });
    const far = solutions.filter((y) => Math.abs(y - point[1]) > 1e-6);
    put(this.others, { d: far.map((y) => `M${this.plane.pixel([point[0], y])}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0`).join("") });
  }

  #drawNumbers({ kind, point, gradient, value, slope }) {
    const none = kind === "none";
    this.numbers.show({
      point: none ? "none" : pair(point, 4),
      slope: slope === null ? "none" : number(slope),
      fx: none ? "none" : tidy(gradient[0]),
      fy: none ? "none" : tidy(gradient[1]),
      value: none ? "none" : tidy(value),
      check: slope === null ? "none" : tidy(gradient[0] + gradient[1] * slope),
    });
  }

  rows() {
    const what = { vertical: "vertical tangent", singular: "singular point, ∇F = 0" };
    return this.failures.map(({ point: [x, y], kind }) => [fixed(x, 6), fixed(y, 6), what[kind]]);
  }
}

// What is rounding is written as the zero that it stands for.
const tidy = (value) => number(Math.abs(value) < 1e-9 ? 0 : value);
