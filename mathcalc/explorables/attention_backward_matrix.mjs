// A matrix as a table whose entries can be chosen: by a click, and by the arrow keys.

import { fixed, html, put, say } from "./kit.mjs";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const LOW = "₀₁₂₃₄₅₆₇₈₉";

/** An entry's name, counted from 1: S₁₂. */
export const entryName = ([matrix, i, j]) => `${matrix}${LOW[i + 1]}${LOW[j + 1]}`;

/** An entry as it is written in its cell. */
export const entryText = (value) => (value === null ? "−∞" : fixed(value, 2));

export class Matrix {
  /** `formula` says in short how the matrix is made; `chosen(i, j)` hears the reader's choice. */
  constructor({ name, formula, kind, chosen }) {
    Object.assign(this, { name, chosen });
    this.body = html("tbody");
    const caption = html("caption", {}, html("b", {}, name), ` ${formula}`);
    this.table = html("table", {}, caption, this.body);
    this.node = html("div", { class: `mc-matrix ${kind}`, "data-matrix": name }, this.table);
  }

  draw(rows, { chosen: [name, row, column], sources }) {
    const shape = `${rows.length} ${rows[0].length}`;
    if (this.shape !== shape) this.#build(rows);
    this.shape = shape;
    const here = name === this.name;
    const most = Math.max(...rows.flat().map((value) => Math.abs(value ?? 0)), 1e-12);
    rows.forEach((entries, i) => entries.forEach((value, j) => {
      const cell = this.cells[i][j], now = here && i === row && j === column;
      say(cell, entryText(value));
      const used = sources.has(`${this.name} ${i} ${j}`);
      put(cell, {
        class: `mc-entry${now ? " mc-chosen" : ""}${used ? " mc-source" : ""}${value < 0 ? " mc-negative" : ""}`,
        style: `--share: ${(Math.abs(value ?? 0) / most).toFixed(3)}`,
        "aria-label": `${entryName([this.name, i, j])} = ${value === null ? "masked" : entryText(value)}`,
        "aria-pressed": now, tabindex: (here ? now : i === 0 && j === 0) ? 0 : -1,
      });
    }));
  }

  #build(rows) {
    const cell = (i, j) => html("button", {
      type: "button", "data-entry": `${this.name} ${i} ${j}`, click: () => this.chosen(i, j), keydown: (event) => this.#key(event, i, j),
    });
    this.cells = rows.map((entries, i) => entries.map((_, j) => cell(i, j)));
    this.body.replaceChildren(...this.cells.map((line) => html("tr", {}, ...line.map((node) => html("td", {}, node)))));
  }

  #key(event, i, j) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = this.cells[i + step[0]]?.[j + step[1]];
    if (!next) return;
    next.focus();
    this.chosen(i + step[0], j + step[1]);
  }
}
