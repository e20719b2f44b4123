// The picture and the controls of every mode: a graph, a list, and two meters.

import { button, formulaBox, menu, slider } from "./controls.mjs";
import { barred, dotted, meters, outputName, unit, vector, words, written } from "./every_mode_words.mjs";
import { Graph } from "./graph.mjs";
import { html, put, say } from "./kit.mjs";
import { arrowsOf, nameOf, operationOf, pretty, symbolOf } from "./trace.mjs";

const CARD = { card: [112, 60], gap: [16, 46], rows: [[0, 18], [0, 35], [-27, 52], [27, 52]] };
const WIDE = 480; // of a graph that needs the whole width
const SMALLEST = 0.75; // of its size; what is left then is scrolled
const HEADS = ["line", "operation", "value", "tangent", "adjoint"];
const CELLS = ["", "", "", "mc-forth", "mc-back"];
const RANGES = { at: [-10, 10, 0.05], v: [-3, 3, 0.1], u: [-3, 3, 0.1] };

export class Scene {
  constructor(acts, examples) {
    this.acts = acts;
    this.examples = examples;
    this.menu = menu({ label: "Example", names: examples.map(({ name }) => name), other: "your own", chosen: acts.chosen, name: "example" });
    this.box = formulaBox({ label: "f =", typed: acts.typed });
    this.step = slider({ label: "step", name: "step", low: 0, high: 80, step: 1, decimals: 0, changed: acts.step });
    this.play = button("Play", "play", acts.play);
    this.buttons = html("div", { class: "mc-buttons" }, button("Back", "back", acts.back), button("Step", "forth", acts.forth), this.play);
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.drawing = html("div", { class: "mc-drawing" });
    this.list = html("div", { class: "mc-list", tabindex: "0", role: "region", "aria-label": "The list of lines" });
    this.seeds = html("div", { class: "mc-seeds" });
    this.meters = html("div", { class: "mc-meters" });
    this.products = html("p", { class: "mc-products" });
    this.stage = html("div", { class: "mc-stage" }, this.drawing, html("div", { class: "mc-side" }, this.list, this.products));
    this.node = html(
      "div", { class: "mc-live mc-everymode" },
      html("div", { class: "mc-fields" }, this.menu.node, this.box.node),
      html("div", { class: "mc-panel mc-steps" }, this.step.node, this.buttons), this.words,
      this.stage, this.seeds, this.meters,
    );
  }

  draw(state, result, playing) {
    const before = this.now;
    if (this.formula !== state.formula) this.#build(state, result);
    this.menu.show(this.examples.findIndex(({ formula }) => formula === state.formula));
    this.box.show(state.formula);
    this.step.show(state.step);
    say(this.play, playing ? "Pause" : "Play");
    for (const [key, sliders] of Object.entries(this.sliders)) sliders.forEach((one, k) => one.show(state[key][k]));
    this.#showUnits(state);
    this.graph.show(this.#drawn(result));
    if (this.graph.size[0] > WIDE && this.now !== before) this.#follow(this.now);
    this.#drawList(result);
    this.#drawProducts(result);
    if (!playing || state.step === 2 * result.list.lines.length) say(this.words, words(state, result));
  }

  // ── what a new formula needs: another graph, another list, other sliders ────────────────

  #build({ formula, u }, { list, costs }) {
    this.formula = formula;
    this.length = list.lines.length;
    this.arrows = arrowsOf(list);
    this.graph = new Graph({
      ...CARD, count: this.length, arrows: this.arrows, chosen: (i) => this.acts.step(this.#stepOf(i)),
      description: "The computation graph, from the inputs to the output",
    });
    this.#fit(this.graph.node.style, this.graph.size[0]);
    this.drawing.replaceChildren(this.graph.node);
    put(this.step.node.querySelector("[data-control]"), { max: 2 * this.length });
    put(this.step.node.querySelector("[data-box]"), { max: 2 * this.length });
    this.#buildList(list, costs.kept);
    this.#buildSeeds(list, u.length);
    this.#buildMeters(costs);
  }

  #fit(style, width) {
    style.maxWidth = `${1.15 * width}px`;
    style.minWidth = width > WIDE ? `${SMALLEST * width}px` : "";
    this.stage.classList.toggle("mc-wide", width > WIDE);
  }

  // Where the graph is wider than its place, the card at which we are is brought to the middle.
  #follow(i) {
    const [width, seen] = [this.drawing.scrollWidth, this.drawing.clientWidth];
    if (width > seen) this.drawing.scrollLeft = (this.graph.at[i][0] / this.graph.size[0]) * width - seen / 2;
  }

  /** A card leads to the step at which its line is dealt with, on the way that is being gone. */
  #stepOf(i) {
    return this.returning ? 2 * this.length - i : i + 1;
  }

  #buildList(list, kept) {
    const head = html("tr", {}, ...HEADS.map((word, k) => html("th", { scope: "col", class: CELLS[k] }, word)));
    this.rows = list.lines.map((_, i) => {
      const outputs = list.outputs.flatMap((line, k) => (line === i ? [outputName(k, list.outputs.length)] : []));
      const cells = CELLS.map((kind, k) => html(k ? "td" : "th", { class: kind, scope: k ? undefined : "row" }));
      say(cells[0], [nameOf(list, i), ...outputs].join(" = "));
      say(cells[1], operationOf(list, i));
      put(cells[2], { class: kept.includes(i) ? "mc-kept" : "" });
      return { node: html("tr", {}, ...cells), cells };
    });
    const body = html("tbody", {}, ...this.rows.map(({ node }) => node));
    this.list.replaceChildren(html("table", { class: "mc-trace" }, html("thead", {}, head), body));
  }

  #buildSeeds({ variables }, m) {
    const made = (key, k, label) => {
      const [low, high, step] = RANGES[key];
      return slider({ label, name: `${key}-${k}`, low, high, step, decimals: 2, changed: (value) => this.acts.set(key, k, value) });
    };
    const names = variables.map(pretty), outputs = Array.from({ length: m }, (_, k) => outputName(k, m));
    this.sliders = {
      at: names.map((name, k) => made("at", k, name)),
      v: names.map((name, k) => made("v", k, dotted(name))),
      u: outputs.map((name, k) => made("u", k, barred(name))),
    };
    this.units = { v: this.#units("v", "v =", names.length), u: this.#units("u", "u =", m) };
    const column = (title, kind, key) =>
      html("div", { class: kind }, html("p", { class: "mc-name" }, title), ...(this.units[key] ? [this.units[key].node] : []), ...this.sliders[key].map(({ node }) => node));
    this.seeds.replaceChildren(
      column("The inputs", "", "at"), column("Forward mode: its seed v", "mc-forth", "v"), column("Reverse mode: its seed u", "mc-back", "u"),
    );
  }

  #units(key, label, count) {
    if (count === 1) return undefined;
    const vectors = Array.from({ length: count }, (_, k) => Array.from({ length: count }, (_, j) => (j === k ? 1 : 0)));
    const names = vectors.map((_, k) => unit(k));
    const list = menu({ label, names, other: "free", chosen: (k) => this.acts.all(key, vectors[k]), name: `unit-${key}` });
    return { node: list.node, show: (values) => list.show(vectors.findIndex((e) => e.every((x, k) => x === values[k]))) };
  }

  #showUnits(state) {
    for (const key of ["v", "u"]) this.units[key]?.show(state[key]);
  }

  #buildMeters(costs) {
    const rows = meters(costs).map(([title, ...modes]) => {
      const most = Math.max(...modes.map(([size]) => size), 1);
      const bars = modes.map(([size, text], k) => {
        const bar = html("i", { class: k ? "mc-back" : "mc-forth" });
        bar.style.width = `${(100 * size) / most}%`;
        return html("li", {}, html("span", {}, `${k ? "reverse" : "forward"}: ${text}`), bar);
      });
      return html("div", {}, html("p", { class: "mc-name" }, title), html("ul", {}, ...bars));
    });
    this.meters.replaceChildren(...rows);
  }

  // ── what a step changes ─────────────────────────────────────────────────────────────────

  #drawn({ list, values, partials, tangents, soFar, done, swept }) {
    this.returning = swept > 0;
    const now = (this.now = swept ? this.length - swept : done - 1), way = swept ? "mc-back" : "mc-forth";
    const nodes = list.lines.map((line, i) => this.#card(list, line, i, i < done && {
      value: values[i], dot: tangents[i], bar: this.#met(i, { swept, soFar }) ? soFar[i] : undefined,
    }, i === now ? `mc-current ${way}` : ""));
    const arrows = this.arrows.map(({ to, operand }) => ({
      label: to < done ? written(partials[to][operand], 3) : "", kind: to === now ? `mc-current ${way}` : "",
      back: to >= this.length - swept,
    }));
    return { nodes, arrows };
  }

  /** Whether an adjoint has arrived at line i: it is an output, or one of its users has been swept. */
  #met(i, { swept, soFar }) {
    return swept > 0 && (i >= this.length - swept || soFar[i] !== 0);
  }

  #card(list, line, i, known, kind) {
    const name = nameOf(list, i), dim = known ? "" : "mc-dim";
    const head = line.op === "input" ? name : `${name}   ${symbolOf(line)}`;
    const texts = known ? [written(known.value, 5), written(known.dot, 3), known.bar === undefined ? "" : written(known.bar, 3)] : ["", "", ""];
    const said = known ? `, value ${texts[0]}, tangent ${texts[1]}${texts[2] && `, adjoint ${texts[2]}`}` : ", not yet computed";
    return {
      rows: [[head, "mc-symbol"], [texts[0]], [texts[1], "mc-forth"], [texts[2], "mc-back"]].map(([text, mark]) => ({ text, kind: mark })),
      kind: `${kind} ${dim} ${list.outputs.includes(i) ? "mc-output" : ""}`,
      title: `${name}: ${operationOf(list, i)}${said}`,
    };
  }

  #drawList({ values, tangents, soFar, done, swept }) {
    this.rows.forEach(({ node, cells }, i) => {
      const known = i < done, complete = i >= this.length - swept;
      say(cells[2], known ? written(values[i]) : "");
      say(cells[3], known ? written(tangents[i]) : "");
      say(cells[4], this.#met(i, { swept, soFar }) ? written(soFar[i]) : "");
      put(cells[4], { class: complete ? "mc-back" : "mc-back mc-partial" });
      const now = swept ? i === this.length - swept : i === done - 1;
      put(node, { class: now ? `mc-current ${swept ? "mc-back" : "mc-forth"}` : known ? "" : "mc-dim" });
    });
  }

  #drawProducts({ jv, uj, duality, done, swept }) {
    const there = done === this.length, back = swept === this.length;
    const pieces = [there ? `Jv = ${vector(jv)}` : "Jv = …", back ? `uJ = ${vector(uj)}` : "uJ = …"];
    const both = there && back ? `u · (Jv) = ${written(duality[0])},  (uJ) · v = ${written(duality[1])}` : "";
    say(this.products, [...pieces, both].filter(Boolean).join("\n"));
  }
}
