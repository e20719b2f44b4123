// The picture and the controls of steepest descent in a norm of one's own.

import { Ball } from "./change_ruler_ball.mjs";
import { ending, rulerName, words } from "./change_ruler_words.mjs";
import { menu, readouts, slider, table } from "./controls.mjs";
import { fixed, html, number, pair, pretty, put, say, svg } from "./kit.mjs";
import { Plane, legend } from "./plane.mjs";

const DEGREES = 180 / Math.PI;
const RULERS = ["ℓ1: diamond", "ℓ2: circle", "ℓ∞: square", "an ellipse", "the Hessian’s ellipse"];
const RUNS = [
  ["mc-path", "steps with this ruler"],
  ["mc-plain", "steps with the circle"],
  ["mc-ball", "the ball, as large as the first step"],
];
const NUMBERS = {
  gradient: "gradient g", direction: "steepest v", dual: "dual norm ‖g‖∗", product: "⟨g, v⟩",
  length: "length ‖v‖", angle: "angle of v to g", loss: "loss at the end", plain: "… with the circle",
};

export class Scene {
  constructor(acts, losses, { window, narrowest, widest }) {
    Object.assign(this, { losses, window });
    this.ball = new Ball(acts, window);
    this.#makeDescent(acts);
    this.#makeControls(acts, narrowest, widest);
    this.numbers = readouts(NUMBERS);
    this.formula = html("p", { class: "mc-statement" });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "Both descents, step by step",
      heads: ["step", "x", "y", "loss", "loss with the circle"], rows: () => this.rows(),
    });
    const right = html("div", { class: "mc-main" }, this.plane.node, legend(RUNS));
    this.node = html(
      "div", { class: "mc-live mc-ruler" }, this.fields, this.formula,
      html("div", { class: "mc-stage" }, this.ball.node, right), this.numbers.node, this.panel, this.words, this.table.node,
    );
  }

  #makeDescent({ moved }) {
    this.plane = new Plane({ label: "Start x", description: "Contours of f with both descents from x", moved });
    this.reach = svg("path", { class: "mc-ball mc-reach" });
    this.plain = svg("polyline", { class: "mc-plain" });
    this.line = svg("polyline", { class: "mc-line" });
    this.dots = svg("path", { class: "mc-dots" });
    this.plane.layer.append(this.reach, this.plain, this.line, this.dots);
  }

  #makeControls(acts, low, high) {
    const names = this.losses.map((entry) => entry.name);
    this.loss = menu({ label: "Loss f", names, other: "your own", name: "loss", chosen: (k) => acts.chosen(this.losses[k]) });
    this.ruler = menu({ label: "Ruler", names: RULERS, other: "between: ℓp", name: "ruler", chosen: acts.ruled });
    this.fields = html("div", { class: "mc-fields" }, this.ruler.node, this.loss.node);
    const plain = { step: 0.01, decimals: 2 };
    this.inverse = slider({ label: "1/p", name: "inverse_p", low: 0, high: 1, ...plain, changed: acts.inverse });
    this.sizes = [0, 1].map((k) =>
      slider({ label: `half-axis ${k + 1}`, name: `axis${k}`, low, high, ...plain, changed: (size) => acts.sized(k, size) }),
    );
    this.steps = slider({ label: "steps", name: "steps", low: 0, high: 12, step: 1, decimals: 0, changed: acts.steps });
    this.panel = html("div", { class: "mc-panel" }, this.inverse.node, ...this.sizes.map((s) => s.node), this.steps.node);
  }

  draw(state, result, { f, own }) {
    this.result = result;
    this.ball.draw(state, result);
    this.plane.show(f.value.bind(f), state.formula, this.window);
    this.plane.place(state.x);
    this.#drawRuns(state, result);
    this.#drawControls(state, own);
    this.#drawNumbers(result);
    say(this.words, words(state, result, own));
    this.table.show();
  }

  #drawRuns({ x }, { run, euclid, radius }) {
    const pixels = run.path.map((point) => this.plane.pixel(point));
    put(this.line, { points: pixels.join(" ") });
    put(this.dots, { d: pixels.map((pixel) => `M${pixel}h0`).join("") });
    put(this.plain, { points: euclid.path.map((point) => this.plane.pixel(point)).join(" ") });
    put(this.reach, { d: radius === null ? "" : this.ball.outline(this.plane, x, radius) });
  }

  #drawControls(state, own) {
    const { formula, kind, inverse_p: inverse, axes, steps } = state;
    const name = rulerName(state, own);
    this.loss.show(this.losses.findIndex((entry) => entry.formula === formula));
    this.ruler.show(["l1", "l2", "linf", "ellipse", "newton"].indexOf(name));
    this.inverse.node.hidden = kind !== "lp";
    this.inverse.show(inverse);
    this.sizes.forEach((control, k) => {
      control.node.hidden = kind !== "ellipse";
      control.show(axes[k]);
    });
    this.steps.show(steps);
    const ball = kind === "ellipse" ? "vᵀMv ≤ 1" : `‖v‖ₚ ≤ 1,  p = ${inverse === 0 ? "∞" : number(1 / inverse)}`;
    say(this.formula, `f(x, y) = ${pretty(formula)},   unit ball ${ball}`);
  }

  #drawNumbers({ gradient, v, dual, product, length, angle, run, euclid }) {
    const known = v !== null;
    this.numbers.show({
      gradient: `(${gradient.map(number).join(", ")})`,
      direction: known ? pair(v, 3) : "none", dual: number(dual),
      product: known ? number(product) : "none", length: known ? number(length) : "none",
      angle: known ? `${fixed(angle * DEGREES, 1)}°` : "none",
      loss: number(ending(run)), plain: number(ending(euclid)),
    });
  }

  rows() {
    const { run, euclid } = this.result;
    return run.path.map(([x, y], k) => [
      String(k), fixed(x, 5), fixed(y, 5), number(run.losses[k]), number(euclid.losses[k]),
    ]);
  }
}
