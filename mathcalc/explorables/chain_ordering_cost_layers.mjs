// The chain as a network: a bar for each layer's width, a band for each map's matrix between them.

import { name } from "./chain_ordering_cost_orders.mjs";
import { dragOn, grip, place } from "./grip.mjs";
import { clamp, scale, svg } from "./kit.mjs";

const [WIDTH, HEIGHT, FOOT] = [440, 230, 26];
const MIDDLE = (HEIGHT - FOOT) / 2 + 6;
const HALF = 74; // half the height of a bar that is a thousand wide
const DECADES = 3;
const half = scale([0, DECADES], [5, HALF]);

const few = (width) => clamp(Number(width.toPrecision(2)), 1, 10 ** DECADES);

/** The next width up or down on a grid of two significant digits; twice or half of it if `far`. */
export function next(width, way, far) {
  if (far) return few(Math.round(way > 0 ? 2 * width : width / 2));
  const unit = 10 ** Math.max(Math.floor(Math.log10(way > 0 ? width : width - 1)) - 1, 0);
  return few((Math.round(width / unit) + way) * unit);
}

export class Layers {
  constructor(resized) {
    this.resized = resized;
    this.layer = svg("g");
    this.node = svg("svg", { class: "mc-layers", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "The widths of the layers, from the output on the left to the input on the right" });
    this.node.append(this.layer);
    const nearest = ([u]) => this.handles[clamp(Math.round((u - this.x(0)) / (this.x(1) - this.x(0))), 0, this.handles.length - 1)];
    dragOn(this.node, this.layer, {
      taken: nearest,
      moved: ([, v], handle) => this.#to(this.handles.indexOf(handle), scale([5, HALF], [0, DECADES])(MIDDLE - v)),
    });
  }

  #to(at, exponent) {
    const width = few(Math.round(10 ** clamp(exponent, 0, DECADES)));
    if (width !== this.widths[at]) this.resized(at, width);
  }

  draw(widths) {
    if (widths.length !== this.widths?.length) this.#build(widths.length);
    this.widths = widths;
    widths.forEach((width, k) => this.#bar(k, width));
    this.bands.forEach((band, k) => {
      const [a, b] = [half(Math.log10(widths[k])), half(Math.log10(widths[k + 1]))];
      band.setAttribute("d", `M${this.x(k)} ${MIDDLE - a}L${this.x(k + 1)} ${MIDDLE - b}V${MIDDLE + b}L${this.x(k)} ${MIDDLE + a}Z`);
    });
  }

  #build(count) {
    this.x = scale([0, count - 1], [30, WIDTH - 30]);
    const each = (from, make) => Array.from({ length: from }, (_, k) => make(k));
    this.bands = each(count - 1, () => svg("path", { class: "mc-band" }));
    this.bars = each(count, (k) => svg("line", { class: "mc-bar", x1: this.x(k), x2: this.x(k) }));
    this.counts = each(count, (k) => svg("text", { x: this.x(k), class: "mc-count", "text-anchor": "middle" }));
    this.handles = each(count, (k) => grip({ label: label(k, count), ends: [1, 1000], turned: ([right, up], far) => this.#step(k, right + up, far), ended: (width) => this.resized(k, width) }));
    const names = each(count - 1, (k) => svg("text", { x: this.x(k + 0.5), y: MIDDLE + 4, class: "mc-factor", "text-anchor": "middle" }, name(k, count - 1)));
    const ends = [["output", 4, "start"], ["input", WIDTH - 4, "end"]].map(([word, x, anchor]) => svg("text", { x, y: HEIGHT - 5, "text-anchor": anchor }, word));
    this.layer.replaceChildren(...this.bands, ...this.bars, ...names, ...this.counts, ...ends, ...this.handles);
  }

  #step(at, way, far) {
    const width = next(this.widths[at], way, far);
    if (width !== this.widths[at]) this.resized(at, width);
  }

  #bar(k, width) {
    const reach = half(Math.log10(width));
    this.bars[k].setAttribute("y1", MIDDLE - reach);
    this.bars[k].setAttribute("y2", MIDDLE + reach);
    this.counts[k].setAttribute("y", MIDDLE + reach + 16);
    this.counts[k].textContent = String(width);
    place(this.handles[k], [this.x(k), MIDDLE - reach], width, `${width}`);
  }
}

const label = (k, count) => (k === 0 ? "Width of the output" : k === count - 1 ? "Width of the input" : `Width of layer ${count - 1 - k}`);
