// The picture and the controls of the cost of an order of multiplication.

import { Layers } from "./chain_ordering_cost_layers.mjs";
import { name } from "./chain_ordering_cost_orders.mjs";
import { Tree, whole } from "./chain_ordering_cost_tree.mjs";
import { words } from "./chain_ordering_cost_words.mjs";
import { formulaBox, menu, slider, table } from "./controls.mjs";
import { html, power, put, say, scale, svg } from "./kit.mjs";

const TITLES = { output: "from the output", input: "from the input", best: "cheapest order" };
const KINDS = Object.keys(TITLES);
const [WIDTH, HEIGHT, ROW] = [300, 200, 56];

/** Three costs as bars over a scale of decades. */
class Bars {
  constructor() {
    this.x = scale([0, 10], [2, WIDTH - 2]);
    this.node = svg("svg", { class: "mc-bars", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" });
    const ticks = [0, 3, 6, 9].flatMap((k) => [
      svg("line", { class: "mc-tick", x1: this.x(k), x2: this.x(k), y1: 18, y2: HEIGHT - 22 }),
      svg("text", { x: this.x(k), y: HEIGHT - 6, "text-anchor": k ? "middle" : "start" }, k ? power(k) : "1"),
    ]);
    const title = svg("text", { class: "mc-title", x: 2, y: 12 }, "multiplications, log scale");
    this.bars = Object.fromEntries(KINDS.map((kind, k) => [kind, svg("rect", { class: `mc-cost-bar mc-by-${kind}`, x: this.x(0), y: 42 + ROW * k, height: 14 })]));
    this.values = Object.fromEntries(KINDS.map((kind, k) => [kind, svg("text", { class: "mc-value", x: this.x(0), y: 36 + ROW * k })]));
    this.node.append(title, ...ticks, ...KINDS.flatMap((kind) => [this.bars[kind], this.values[kind]]));
  }

  draw(result) {
    for (const kind of KINDS) {
      put(this.bars[kind], { width: (this.x(Math.log10(result[kind].cost)) - this.x(0)).toFixed(1) });
      say(this.values[kind], `${TITLES[kind]}: ${whole(result[kind].cost)}`);
    }
  }
}

export class Scene {
  constructor(acts, chains) {
    this.chains = chains;
    this.layers = new Layers(acts.resized);
    this.bars = new Bars();
    this.trees = KINDS.map((kind) => [kind, new Tree(kind, TITLES[kind])]);
    this.menu = menu({ label: "chain", name: "chain", names: chains.map((chain) => chain.name), other: "one of your own", chosen: acts.chosen });
    this.count = slider({ label: "maps L", name: "count", low: 2, high: 8, step: 1, decimals: 0, changed: acts.counted });
    this.box = formulaBox({ label: "widths, output first", typed: acts.typed });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "Every product as a table", caption: "The products of each order, in turn",
      heads: ["order", "product", "shapes", "multiplications"], rows: () => this.rows(),
    });
    this.node = this.#assemble();
  }

  #assemble() {
    const stage = html("div", { class: "mc-stage" }, html("div", { class: "mc-main" }, this.layers.node), html("div", { class: "mc-side" }, this.bars.node));
    const columns = html("div", { class: "mc-columns" }, ...this.trees.map(([, tree]) => tree.node));
    const fields = html("div", { class: "mc-fields" }, this.menu.node, this.box.node);
    return html("div", { class: "mc-live mc-ordering" }, fields, stage, this.count.node, columns, this.words, this.table.node);
  }

  draw({ widths }, result) {
    Object.assign(this, { widths, result });
    this.menu.show(this.chains.findIndex((chain) => String(chain.widths) === String(widths)));
    this.box.show(widths.join(", "));
    this.count.show(widths.length - 1);
    this.layers.draw(widths);
    this.bars.draw(result);
    for (const [kind, tree] of this.trees) tree.draw(widths, result[kind]);
    say(this.words, words(widths, result));
    this.table.show();
  }

  rows() {
    const count = this.widths.length - 1;
    const run = (first, last) => Array.from({ length: last - first + 1 }, (_, k) => name(first + k, count)).join("");
    const line = (kind, { first, at, last, rows, inner, columns, cost }) =>
      [TITLES[kind], `${run(first, at)} · ${run(at + 1, last)}`, `${rows}×${inner} · ${inner}×${columns}`, whole(cost)];
    return KINDS.flatMap((kind) => this.result[kind].steps.map((step) => line(kind, step)));
  }
}
