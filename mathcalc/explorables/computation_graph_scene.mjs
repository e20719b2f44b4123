// The picture and the controls of the forward and backward pass.

import { sumOf, words } from "./computation_graph_words.mjs";
import { button, formulaBox, menu, slider, table } from "./controls.mjs";
import { Graph } from "./graph.mjs";
import { html, put, say } from "./kit.mjs";
import { written } from "./written.mjs";

const CARD = { card: [96, 62], gap: [26, 50], rows: [[0, 18], [0, 36], [0, 54]] };

export class Scene {
  constructor(acts, examples) {
    Object.assign(this, { acts, examples });
    this.menu = menu({ label: "graph", name: "example", names: examples.map(({ name }) => name), other: "your own", chosen: acts.chosen });
    this.box = formulaBox({ label: "L =", typed: acts.typed });
    this.stage = slider({ label: "step", name: "stage", low: 0, high: 60, step: 1, decimals: 0, changed: acts.go });
    this.back = button("Step back", "back", () => acts.step(-1));
    this.forth = button("Step", "forth", () => acts.step(1));
    this.drawing = html("div", { class: "mc-drawing" });
    this.inputs = html("div", { class: "mc-inputs" });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.#makeQuestion();
    this.table = table({
      summary: "Every node as a table", caption: "Values and adjoints of the nodes",
      heads: ["node", "computed as", "value", "adjoint"], rows: () => this.rows(),
    });
    this.node = this.#assemble();
  }

  #makeQuestion() {
    this.asked = html("span");
    this.guess = html("input", { type: "text", "data-control": "guess", autocomplete: "off", spellcheck: "false" });
    const form = html(
      "form", { class: "mc-ask", submit: (event) => { event.preventDefault(); this.#answer(); } },
      html("label", { class: "mc-field" }, this.asked, this.guess),
      html("button", { type: "submit", "data-control": "check" }, "Check"),
    );
    this.reply = html("p", { class: "mc-reply", role: "status" });
    this.question = form;
  }

  #answer() {
    const { right, text } = this.acts.guess(this.guess.value);
    if (right) this.guess.value = "";
    put(this.reply, { class: `mc-reply ${right ? "mc-right" : "mc-wrong"}` });
    say(this.reply, text);
    if (this.question.hidden) this.back.focus(); // the box that had the focus is gone
    // A step clears what was said of the step before it, so the answer is written after it.
    this.said = this.now;
  }

  #assemble() {
    const side = html(
      "div", { class: "mc-side" }, this.inputs,
      html("div", { class: "mc-steps" }, this.stage.node, html("div", { class: "mc-buttons" }, this.back, this.forth)),
      this.words, this.question, this.reply,
    );
    const fields = html("div", { class: "mc-fields" }, this.menu.node, this.box.node);
    return html("div", { class: "mc-live mc-backprop" }, fields, html("div", { class: "mc-stage" }, this.drawing, side), this.table.node);
  }

  draw(state, result) {
    this.result = result;
    this.now = `${state.formula} ${result.stage}`;
    if (this.formula !== state.formula) this.#build(state.formula, result);
    this.menu.show(this.examples.findIndex(({ formula }) => formula === state.formula));
    this.box.show(state.formula);
    this.stage.show(result.stage);
    this.sliders.forEach((one, k) => one.show(result.point[k]));
    this.back.disabled = result.stage === 0;
    this.forth.disabled = result.stage === result.last;
    this.#drawQuestion(result);
    this.graph.show(this.#drawn(result));
    say(this.words, words(result));
    this.table.show();
  }

  // ── what a new formula needs: another graph and other sliders ───────────────────────────

  #build(formula, { list, last }) {
    this.formula = formula;
    this.arrows = list.arrows;
    this.graph = new Graph({
      ...CARD, count: list.lines.length, arrows: this.arrows, chosen: (i) => this.#visit(i),
      description: "The computation graph, from the inputs at the top to the loss at the bottom",
    });
    this.graph.node.style.maxWidth = `${1.25 * this.graph.size[0]}px`;
    this.drawing.replaceChildren(this.graph.node);
    for (const kind of ["control", "box"]) put(this.stage.node.querySelector(`[data-${kind}]`), { max: last });
    this.sliders = list.inputs.map((label, k) =>
      slider({ label, name: `at-${k}`, low: -3, high: 3, step: 0.05, decimals: 2, changed: (value) => this.acts.set(k, value) }),
    );
    this.inputs.replaceChildren(...this.sliders.map(({ node }) => node));
  }

  /** A card leads to the step that computes its value, or on the way back to that of its adjoint. */
  #visit(i) {
    const { list, stage, last } = this.result;
    const operations = last - list.lines.length;
    this.acts.go(stage > operations ? last - i : Math.max(i - list.variables.length + 1, 0));
  }

  // ── what a step changes ─────────────────────────────────────────────────────────────────

  /** The node whose adjoint is asked for, or −1. */
  #askedFor({ known, met, list }) {
    return known === list.lines.length && met > 0 && known > 0 ? met - 1 : -1;
  }

  #drawQuestion(result) {
    const i = this.#askedFor(result);
    this.question.hidden = i < 0;
    if (i >= 0) say(this.asked, `${result.list.bars[i]} = ∂L/∂${result.list.names[i]} =`);
    say(this.forth, i >= 0 ? "Show it" : "Step");
    if (this.shown !== this.now && this.said !== this.now) say(this.reply, "");
    this.shown = this.now;
  }

  #drawn(result) {
    const { list, values, partials, adjoints, known, met } = result;
    const asked = this.#askedFor(result), back = met < list.lines.length;
    const now = back ? met : result.stage === 0 ? -1 : known - 1; // at first nothing has been computed
    const nodes = list.lines.map((line, i) => this.#card(list, i, {
      value: i < known ? written(values[i], 4) : "",
      bar: i >= met ? written(adjoints[i], 4) : i === asked ? "?" : "",
      kind: [i === asked ? "mc-asked" : i === now ? (back ? "mc-current mc-back" : "mc-current") : "", i >= known ? "mc-dim" : ""].join(" "),
    }));
    const arrows = this.arrows.map(({ from, to, operand }) => ({
      label: to < known ? written(partials[to][operand], 3) : "",
      kind: from === asked || (asked < 0 && back && from === now) ? "mc-current mc-back" : !back && to === now ? "mc-current" : "",
      back: back && to >= met,
    }));
    return { nodes, arrows };
  }

  #card(list, i, { value, bar, kind }) {
    const said = [value && `value ${value}`, bar === "?" ? "adjoint asked for" : bar && `adjoint ${bar}`].filter(Boolean).join(", ");
    return {
      rows: [{ text: list.titles[i], kind: "mc-symbol" }, { text: value }, { text: bar, kind: "mc-bar-value" }],
      kind, title: `${list.names[i]}: ${list.operations[i]}${said ? `, ${said}` : ", not yet computed"}`,
    };
  }

  rows() {
    const { list, values, known, met } = this.result;
    return list.lines.map((_, i) => [
      list.names[i], list.operations[i], i < known ? written(values[i]) : "", i >= met ? sumOf(i, this.result, true) : "",
    ]);
  }
}
