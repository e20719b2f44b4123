// The picture and the controls of a head of attention.

import { sourcesOf } from "./attention_backward_head.mjs";
import { Matrix, entryName } from "./attention_backward_matrix.mjs";
import { words } from "./attention_backward_words.mjs";
import { button, menu, slider } from "./controls.mjs";
import { html, number, put, say } from "./kit.mjs";

const FORWARD = [["Q", "queries"], ["K", "keys"], ["V", "values"], ["S", "= QKᵀ/√d"], ["P", "= softmax of rows"], ["O", "= PV"]];
const BACKWARD = [["dO", "given"], ["dV", "= PᵀdO"], ["dP", "= dO Vᵀ"], ["dS", "= P ⊙ (dP − ρ)"], ["dQ", "= dS K/√d"], ["dK", "= dSᵀQ/√d"]];
const INPUTS = ["Q", "K", "V", "dO"];
const HEADS = ["row", "ρ = Σ dP ⊙ P", "Σ dO ⊙ O", "Σ dS"];

export class Scene {
  constructor(acts, examples) {
    Object.assign(this, { acts, examples });
    this.matrices = Object.fromEntries([...FORWARD, ...BACKWARD].map(([name, formula]) => [name, this.#matrix(name, formula)]));
    this.#makeControls(acts);
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.sums = html("tbody");
    this.node = this.#assemble();
  }

  #matrix(name, formula) {
    const kind = `${name.startsWith("d") ? "mc-adjoint" : ""} ${INPUTS.includes(name) ? "mc-given" : ""}`;
    return new Matrix({ name, formula, kind, chosen: (i, j) => this.acts.select(name, i, j) });
  }

  #makeControls({ chosen, sized, again, masked, change }) {
    this.menu = menu({ label: "head", name: "example", names: this.examples.map(({ name }) => name), other: "one of your own", chosen });
    this.count = slider({ label: "tokens T", name: "T", low: 2, high: 5, step: 1, decimals: 0, changed: (T) => sized(T, this.sizes.d) });
    this.width = slider({ label: "width d", name: "d", low: 1, high: 4, step: 1, decimals: 0, changed: (d) => sized(this.sizes.T, d) });
    this.mask = html("input", { type: "checkbox", "data-control": "causal", change: () => masked(this.mask.checked) });
    this.entry = slider({ label: "entry", name: "entry", low: -3, high: 3, step: 0.05, decimals: 2, changed: change });
    this.entryLabel = this.entry.node.querySelector("span");
    this.again = button("Draw other numbers", "again", again);
  }

  #assemble() {
    const group = (title, list) => html(
      "div", { class: "mc-pass" }, html("p", { class: "mc-name" }, title),
      html("div", { class: "mc-matrices" }, ...list.map(([name]) => this.matrices[name].node)),
    );
    const caption = html("caption", {}, "Row sums: the first two agree, the third is 0");
    const heads = html("tr", {}, ...HEADS.map((word) => html("th", { scope: "col" }, word)));
    const sums = html("table", { class: "mc-sums" }, caption, html("thead", {}, heads), this.sums);
    const mask = html("label", { class: "mc-field mc-check" }, html("span", {}, "causal mask"), this.mask);
    return html(
      "div", { class: "mc-live mc-attention" }, html("div", { class: "mc-fields" }, this.menu.node, html("div", { class: "mc-buttons" }, mask, this.again)),
      group("Forward", FORWARD), group("Backward: dX stands for ∂L/∂X", BACKWARD), this.words,
      html("div", { class: "mc-panel" }, html("div", { class: "mc-sliders" }, this.entry.node, this.count.node, this.width.node), sums),
    );
  }

  draw(state, result) {
    this.sizes = result.sizes;
    const [name, i, j] = result.chosen;
    const sources = new Set(sourcesOf(name, i, j, result.sizes).map((place) => place.join(" ")));
    for (const [key, matrix] of Object.entries(this.matrices)) matrix.draw(result[key], { chosen: result.chosen, sources });
    this.menu.show(state.causal ? -1 : this.examples.findIndex((one) => INPUTS.every((key) => String(one[key]) === String(state[key]))));
    this.count.show(result.sizes.T);
    this.width.show(result.sizes.d);
    this.mask.checked = state.causal;
    this.#drawEntry(result);
    this.#drawSums(result.sums);
    say(this.words, words(result));
  }

  #drawEntry(result) {
    const { chosen } = result, [name, i, j] = chosen, given = INPUTS.includes(name);
    for (const input of this.entry.node.querySelectorAll("input")) {
      input.disabled = !given;
      put(input, { "aria-label": given ? entryName(chosen) : "entry: choose one of Q, K, V or dO" });
    }
    say(this.entryLabel, given ? entryName(chosen) : `${entryName(chosen)}, computed`);
    this.entry.show(result[name][i][j] ?? 0);
  }

  #drawSums({ weighted, outputs, scores }) {
    const line = (sum, i) => html("tr", {}, ...[String(i + 1), tidy(sum), tidy(outputs[i]), tidy(scores[i])].map((text, k) => html(k ? "td" : "th", { scope: k ? undefined : "row" }, text)));
    this.sums.replaceChildren(...weighted.map(line));
  }
}

// What is rounding is written as the zero that it stands for.
const tidy = (value) => number(Math.abs(value) < 1e-12 ? 0 : value);
