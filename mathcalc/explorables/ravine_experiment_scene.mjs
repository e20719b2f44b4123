// The picture and the controls of the ravine experiment: one column for each momentum.

import { bands } from "./contours.mjs";
import { choice } from "./choice.mjs";
import { button, slider, table } from "./controls.mjs";
import { fixed, html, number, put, say, scale, svg } from "./kit.mjs";
import { legend } from "./plane.mjs";
import { words } from "./ravine_experiment_words.mjs";

const WINDOW = [-2, 2, -1.15, 1.15];
const SIZE = [300, 172];
const STRIP = [300, 92];
const FIRST = 12; // so much of the plain path is shown before the prediction
export const STEPS = 60;
const u = scale([-2, 2], [0, SIZE[0]]);
const v = scale([-1.15, 1.15], [SIZE[1], 0]);
const pixel = ([x, y]) => `${u(clip(x)).toFixed(1)} ${v(clip(y)).toFixed(1)}`;
const clip = (value) => Math.min(Math.max(value, -9), 9);

/** One momentum: its path in the ravine, and both coordinates against time. */
class Column {
  constructor(beta) {
    this.bands = svg("g", { class: "mc-bands" });
    this.trail = svg("polyline", { class: "mc-line" });
    this.dots = svg("path", { class: "mc-dots" });
    this.now = svg("circle", { r: 5, class: "mc-now" });
    this.secret = svg("text", { x: SIZE[0] / 2, y: SIZE[1] / 2 + 14, "text-anchor": "middle", class: "mc-secret" }, "?");
    const view = { viewBox: `0 0 ${SIZE.join(" ")}`, class: "mc-valley", "aria-hidden": "true" };
    const picture = svg("svg", view, this.bands, this.trail, this.dots, this.now, this.secret);
    this.along = svg("polyline", { class: "mc-along" });
    this.across = svg("polyline", { class: "mc-line" });
    this.time = svg("line", { class: "mc-time", y1: 2, y2: STRIP[1] - 2 });
    const strip = svg("svg", { viewBox: `0 0 ${STRIP.join(" ")}`, class: "mc-strip", "aria-hidden": "true" });
    const [end, middle] = [STRIP[0], STRIP[1] / 2];
    const axis = svg("line", { class: "mc-zero", x1: 0, x2: end, y1: middle, y2: middle });
    const last = svg("text", { x: end - 2, y: middle + 15, "text-anchor": "end" }, `t = ${STEPS}`);
    strip.append(axis, last, this.time, this.along, this.across);
    this.factor = html("p", { class: "mc-factor", "data-readout": `factors-${beta}` });
    this.node = html("div", { class: "mc-column" }, html("p", { class: "mc-name" }, `β = ${number(beta)}`), picture, strip, this.factor);
  }

  ground(shapes) {
    this.bands.replaceChildren(...shapes.map(({ d, share }) => svg("path", { d, style: `--share: ${share.toFixed(3)}` })));
  }

  draw({ path, across, along }, t, shown) {
    const run = path.slice(0, shown ? t + 1 : 1);
    const pixels = run.map(pixel);
    put(this.trail, { points: pixels.join(" ") });
    put(this.dots, { d: pixels.map((at) => `M${at}h0`).join("") });
    put(this.now, { transform: `translate(${pixels.at(-1)})` });
    put(this.secret, { visibility: shown ? "hidden" : "visible" });
    this.#drawStrip(path, run, Math.min(t, run.length - 1));
    say(this.factor, shown ? `a step multiplies the distance across by ${fixed(across, 3)}, the way along by ${fixed(along, 3)}` : "");
    put(this.node, { class: `mc-column${shown && across >= 1 ? " mc-wild" : ""}` });
  }

  // Each coordinate as a share of where it began.
  #drawStrip(path, run, t) {
    const x = scale([0, STEPS], [4, STRIP[0] - 4]);
    const y = scale([-1.1, 1.1], [STRIP[1], 0]);
    const line = (k) => run.map((p, n) => `${x(n).toFixed(1)},${y(clip(p[k] / path[0][k])).toFixed(1)}`).join(" ");
    put(this.along, { points: line(0) });
    put(this.across, { points: line(1) });
    put(this.time, { x1: x(t), x2: x(t) });
  }
}

export class Scene {
  constructor(acts, { betas }) {
    this.columns = betas.map((beta) => new Column(beta));
    this.#makeControls(acts, betas.map((beta) => `β = ${number(beta)}`));
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "The bounce yₜ and the way along xₜ",
      heads: ["t", ...betas.map((beta) => `y, β = ${number(beta)}`), ...betas.map((beta) => `x, β = ${number(beta)}`)],
      rows: () => this.rows(),
    });
    const key = legend([["mc-path", "across the ravine, yₜ"], ["mc-along-key", "along its floor, xₜ"]]);
    this.node = html(
      "div", { class: "mc-live mc-ravine" }, this.choice.node, this.buttons, this.panel,
      html("div", { class: "mc-columns" }, ...this.columns.map(({ node }) => node)), key, this.words, this.table.node,
    );
  }

  #makeControls({ guessed, reveal, play, again, run, stride }, names) {
    this.choice = choice({ question: "Which momentum stops the bouncing soonest?", name: "guess", answers: names, chosen: guessed });
    this.reveal = button("Reveal", "reveal", reveal);
    this.play = button("Play", "play", play);
    this.again = button("Predict again", "again", again);
    this.buttons = html("div", { class: "mc-buttons" }, this.reveal, this.play, this.again);
    this.time = slider({ label: "iteration t", name: "t", low: 0, high: STEPS, step: 1, decimals: 0, changed: run });
    this.stride = slider({ label: "step ηλ", name: "eta_lambda", low: 0.1, high: 3.9, step: 0.05, decimals: 2, changed: stride });
    this.panel = html("div", { class: "mc-panel" }, this.time.node, this.stride.node);
  }

  draw(state, result, f, playing) {
    this.result = result;
    this.shown = state.revealed;
    this.#drawGround(f, state.steepness);
    result.trials.forEach((one, k) => {
      const known = state.revealed || one.beta === 0;
      this.columns[k].draw(one, Math.min(state.revealed ? state.t : FIRST, one.path.length - 1), known);
    });
    this.#drawControls(state, playing);
    if (!playing) say(this.words, words(state, result));
    this.table.show();
  }

  #drawGround(f, steepness) {
    if (this.steepness === steepness) return;
    this.steepness = steepness;
    const shapes = bands(f.value, WINDOW, SIZE);
    this.columns.forEach((column) => column.ground(shapes));
  }

  #drawControls({ guess, revealed, t, eta_lambda }, playing) {
    this.choice.show(guess);
    this.choice.node.disabled = revealed;
    this.reveal.disabled = guess < 0;
    put(this.reveal, { style: revealed ? "display: none" : "" });
    for (const node of [this.play, this.again, this.panel]) put(node, { style: revealed ? "" : "display: none" });
    say(this.play, playing ? "Pause" : "Play");
    this.time.show(t);
    this.stride.show(eta_lambda);
  }

  rows() {
    const { trials } = this.result;
    const known = trials.map(({ beta, path }) => (this.shown || beta === 0 ? path : path.slice(0, 1)));
    const entry = (path, t, k) => (path[t] ? number(path[t][k]) : "");
    const line = (t) => [String(t), ...known.map((path) => entry(path, t, 1)), ...known.map((path) => entry(path, t, 0))];
    return Array.from({ length: STEPS + 1 }, (_, t) => line(t));
  }
}
