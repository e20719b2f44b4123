// An order of multiplication as a tree: each product is a rectangle of its own shape.

import { name } from "./chain_ordering_cost_orders.mjs";
import { html, put, say, svg } from "./kit.mjs";

const WIDTH = 300;
const EDGE = 0.12; // the side of a single row or column, as a share of a thousand

/** An integer with its digits in threes. */
export const whole = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** The side of a rectangle, on a scale of decades. */
const side = (count, unit) => unit * (EDGE + ((1 - EDGE) * Math.log10(count)) / 3);

/** A place in the picture with its rectangle, and lines from its parts. */
function spot(x, y, kind, parts = []) {
  const d = parts.map((part) => `M${part.x} ${part.y}L${x} ${y}`).join("");
  return { x, y, box: svg("rect", { class: kind }), joins: svg("path", { class: "mc-joins", d }) };
}

export class Tree {
  constructor(kind, title) {
    this.picture = svg("svg", { class: "mc-tree", "aria-hidden": "true" });
    this.brackets = html("p", { class: "mc-brackets", "data-readout": `${kind}-brackets` });
    this.cost = html("p", { class: "mc-cost", "data-readout": `${kind}-cost` });
    this.node = html("div", { class: `mc-column mc-by-${kind}` }, html("p", { class: "mc-name" }, title), this.cost, this.picture, this.brackets);
  }

  draw(widths, { steps, brackets, cost }) {
    if (this.order !== brackets) this.#build(widths.length - 1, steps);
    this.order = brackets;
    say(this.brackets, brackets);
    say(this.cost, whole(cost));
    const heaviest = Math.max(...steps.map((step) => step.cost));
    this.leaves.forEach((leaf, k) => this.#shape(leaf, widths[k], widths[k + 1]));
    steps.forEach((step, k) => {
      this.#shape(this.products[k], step.rows, step.columns);
      put(this.products[k].box, { style: `--share: ${(step.cost / heaviest).toFixed(3)}` });
    });
  }

  /** Boxes, lines and names of an order; their places do not depend on the widths. */
  #build(count, steps) {
    const [pitch, rise] = [WIDTH / count, Math.min(72, 250 / count)];
    this.unit = 0.84 * Math.min(pitch, rise);
    this.leaves = Array.from({ length: count }, (_, k) => spot((k + 0.5) * pitch, 0.5 * rise, "mc-leaf"));
    const spots = new Map(this.leaves.map((leaf, k) => [`${k} ${k}`, leaf]));
    this.products = steps.map(({ first, at, last, level }) => {
      const parts = [spots.get(`${first} ${at}`), spots.get(`${at + 1} ${last}`)];
      const made = spot((parts[0].x + parts[1].x) / 2, (level + 0.5) * rise, "mc-product", parts);
      spots.set(`${first} ${last}`, made);
      return made;
    });
    const names = this.leaves.map(({ x }, k) => svg("text", { x, y: -4, "text-anchor": "middle" }, name(k, count)));
    put(this.picture, { viewBox: `0 -16 ${WIDTH} ${(count * rise + 16).toFixed(0)}` });
    const boxes = [...this.leaves, ...this.products].map(({ box }) => box);
    this.picture.replaceChildren(...this.products.map(({ joins }) => joins), ...names, ...boxes);
  }

  #shape({ x, y, box }, rows, columns) {
    const [high, wide] = [side(rows, this.unit), side(columns, this.unit)];
    put(box, { x: (x - wide / 2).toFixed(1), y: (y - high / 2).toFixed(1), width: wide.toFixed(1), height: high.toFixed(1) });
  }
}
