// The picture and the controls of the step of a difference quotient.

import { LogChart, dragAlong } from "./chart.mjs";
import { choice } from "./choice.mjs";
import { readouts, slider, table } from "./controls.mjs";
import { keys, knob } from "./grip.mjs";
import { html, number, power, put, say, svg } from "./kit.mjs";
import { legend } from "./plane.mjs";

const RULES = ["onesided", "central"];
const KEY = [
  ["mc-central", "central quotient"],
  ["mc-onesided", "one-sided quotient"],
  ["mc-predicted", "predicted error"],
];
const NAMES = {
  step: "step h", slope: "the derivative",
  "central-quotient": "central quotient", "onesided-quotient": "one-sided quotient",
  "central-error": "its error", "onesided-error": "its error",
  "central-predicted": "predicted", "onesided-predicted": "predicted",
};
// Where a slope's name stands: at an exponent of h, above or below the predicted line.
const SLOPES = [
  ["central", "error ∝ h²", -3.3, "below"],
  ["onesided", "error ∝ h", -3.9, "above"],
  ["central", "rounding ∝ ε/h", -13.4, "above"],
];

export class Scene {
  constructor(acts, functions) {
    this.functions = functions;
    this.moved = acts.moved;
    this.#makeChart();
    this.#makeControls(acts);
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    const main = html("div", { class: "mc-main" }, this.chart.node, legend(KEY), this.step.node);
    const side = html("div", { class: "mc-side" }, this.numbers.node, this.digits);
    this.node = html(
      "div", { class: "mc-live mc-difference" }, this.choice.node,
      html("div", { class: "mc-stage" }, main, side), this.words, this.table.node,
    );
  }

  #makeChart() {
    this.chart = new LogChart({
      x: { range: [-15, 0], step: 3, title: "step h" },
      y: { range: [-17, 1.5], step: 4, title: "error of the quotient" },
      size: [440, 340], kind: "mc-errors", description: "Error of the difference quotients against the step h",
    });
    this.lines = Object.fromEntries(RULES.map((rule) => [rule, svg("polyline", { class: `mc-forecast mc-${rule}` })]));
    this.dots = Object.fromEntries(RULES.map((rule) => [rule, svg("path", { class: `mc-cloud mc-${rule}` })]));
    this.names = svg("g", { class: "mc-names", "aria-hidden": "true" });
    this.rule = svg("line", { class: "mc-here" });
    this.other = svg("circle", { r: 5, class: "mc-other" });
    this.handle = this.#makeHandle();
    const shapes = [this.lines, this.dots].flatMap((kind) => RULES.map((rule) => kind[rule]));
    this.chart.layer.append(...shapes, this.rule, this.names, this.other, this.handle);
    dragAlong(this.chart, this.handle, this.moved);
  }

  #makeHandle() {
    const step = ([right, up], far) => this.moved(this.exponent + (right + up) * (far ? 1 : 0.05));
    const keydown = keys({ turned: step, ended: (end) => this.moved([-15, 0][end]) });
    const handle = svg(
      "g", { class: "mc-handle", role: "slider", tabindex: "0", "aria-label": "Step h", keydown },
      ...knob(),
    );
    put(handle, { "aria-valuemin": -15, "aria-valuemax": 0 });
    return handle;
  }

  #makeControls({ chosen, moved }) {
    this.choice = choice({
      question: "Differentiate", name: "function", answers: this.functions.map(({ name }) => name), chosen,
    });
    this.step = slider({
      label: "log₁₀ h", name: "log10_h", low: -15, high: 0, step: 0.05, decimals: 2, changed: moved,
    });
    this.numbers = readouts(NAMES);
    this.digits = html("div", { class: "mc-digits" });
    this.table = table({
      summary: "The numbers as a table", caption: "Measured errors, a decade of h at a time",
      heads: ["h", "central", "one-sided"], rows: () => this.rows(),
    });
  }

  draw({ f, log10_h }, result, sweep) {
    this.exponent = log10_h;
    if (this.f !== f) this.#drawCurves(sweep(), result.best);
    this.f = f;
    this.choice.show(this.functions.findIndex(({ key }) => key === f));
    this.step.show(log10_h);
    this.#drawHere(result);
    this.#drawNumbers(result);
    this.#drawDigits(result.central);
    say(this.words, words(result));
    this.table.show();
  }

  #drawCurves(curves, best) {
    this.curves = curves;
    for (const rule of RULES) {
      put(this.dots[rule], { d: this.chart.dots(curves[rule].map(({ h, error }) => [h, error])) });
      put(this.lines[rule], { points: this.chart.line(curves[rule].map(({ h, predicted }) => [h, predicted])) });
    }
    const slopes = SLOPES.filter(([rule, , at]) => at < -9 || best[rule] !== null);
    const optima = RULES.filter((rule) => best[rule] !== null);
    this.names.replaceChildren(...slopes.map((slope) => this.#slope(slope)), ...optima.map((r) => this.#optimum(r, best[r])));
  }

  #slope([rule, name, at, side]) {
    const point = this.curves[rule].find(({ h }) => h >= 10 ** at);
    const [u, v] = this.chart.pixel([point.h, point.predicted]).split(" ").map(Number);
    const right = side === "below" || at < -9;
    const shift = side === "below" ? [8, 18] : right ? [10, -6] : [-8, -8];
    return svg("text", { x: u + shift[0], y: v + shift[1], class: `mc-${rule}`, "text-anchor": right ? "start" : "end" }, name);
  }

  #optimum(rule, h) {
    const near = this.curves[rule].find((row) => row.h >= h);
    const [u, v] = this.chart.pixel([h, near.predicted]).split(" ").map(Number);
    const mark = svg("path", { d: "M0-6L5 0L0 6L-5 0Z", transform: `translate(${u} ${v})` });
    const lines = [["best h", -36, 24], [`≈ ${rough(h)}`, -21, 39]].map(([word, above, below]) =>
      rule === "onesided"
        ? svg("text", { x: u, y: v + above, "text-anchor": "middle" }, word)
        : svg("text", { x: u - 6, y: v + below }, word),
    );
    return svg("g", { class: `mc-optimum mc-${rule}` }, mark, ...lines);
  }

  #drawHere({ h, central, onesided }) {
    const { top, bottom } = this.chart.box;
    const [u] = this.chart.pixel([h, central.error]).split(" ");
    put(this.rule, { x1: u, x2: u, y1: top, y2: bottom });
    put(this.other, { transform: `translate(${this.chart.pixel([h, onesided.error])})` });
    put(this.handle, {
      transform: `translate(${this.chart.pixel([h, central.error])})`,
      "aria-valuenow": this.exponent,
      "aria-valuetext": `h = ${number(h)}, error ${number(central.error)}`,
    });
  }

  #drawNumbers(result) {
    const texts = { step: number(result.h), slope: digits(result.slope, 10) };
    for (const rule of RULES) {
      const { quotient, error, predicted } = result[rule];
      texts[`${rule}-quotient`] = digits(quotient, 10);
      texts[`${rule}-error`] = number(error);
      texts[`${rule}-predicted`] = number(predicted);
    }
    this.numbers.show(texts);
  }

  // The digits on which the two values agree are the ones that the subtraction throws away.
  #drawDigits({ high, low }) {
    const [a, b] = [digits(high, 16), digits(low, 16)];
    const shared = agreement(a, b);
    const rest = digits(high - low, 16).replace("−", "");
    const rows = [["f(x + h)", a, shared], ["f(x − h)", b, shared], ["difference", rest, rest.match(/^[0.]*/)[0].length]];
    const line = ([name, text, lost]) =>
      html("div", {}, html("span", {}, name), html("span", {}, text.slice(0, lost)), html("b", {}, text.slice(lost)));
    this.digits.replaceChildren(html("p", {}, "What the subtraction leaves"), ...rows.map(line));
  }

  rows() {
    const { central, onesided } = this.curves;
    const whole = central.map((row, k) => [row, onesided[k]]).filter((_, k) => k % 20 === 0);
    return whole.map(([a, b]) => [number(a.h), number(a.error), number(b.error)]);
  }
}

const rough = (h) => h.toExponential(0).replace(/e(.*)/, (_, exponent) => `×${power(Number(exponent))}`);

const digits = (value, decimals) => value.toFixed(decimals).replace("-", "−");

/** How many characters two texts of equal length share at their beginning. */
function agreement(a, b) {
  const at = [...a].findIndex((letter, k) => letter !== b[k]);
  return at < 0 ? a.length : at;
}

/** One or two sentences for the step that is shown. */
export function words({ h, central, best }) {
  const here = `At h = ${number(h)} the central quotient errs by ${number(central.error)}`;
  if (best.central === null) {
    return `${here}. A quadratic has no third derivative, so the central quotient has no truncation error: all that is left is rounding, which grows as the step shrinks.`;
  }
  if (h > 3 * best.central) return `${here}: the step is long, and the bend of the curve (h²) rules. Go shorter.`;
  const shared = Math.max(0, Math.floor(Math.log10(Math.abs(central.high) / Math.abs(central.high - central.low))));
  const agree = `the two values agree to about ${Number.isFinite(shared) ? shared : 16} digits, and the subtraction throws these away`;
  if (h < best.central / 3) return `${here}: the step is short, and rounding (ε/h) rules, for ${agree}.`;
  return `${here}: near the best step, where truncation and rounding balance. No step of this formula does much better.`;
}
