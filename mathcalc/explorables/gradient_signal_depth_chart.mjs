// The lengths of the signal against the layers, over a scale of decades.

import { dragOn, grip, place } from "./grip.mjs";
import { clamp, number, power, put, scale, svg } from "./kit.mjs";

const BOX = { left: 50, right: 428, top: 30, bottom: 262 };
const [WIDTH, HEIGHT] = [440, 304];
const REACH = [1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300];
const STEPS = [1, 2, 5, 10, 20, 25, 50, 100];
const SINGLE = 38; // a single-precision number ends near 10^±38

const decade = (value) => (value > 0 ? Math.log10(value) : -Infinity);
const reach = (size) => REACH.find((end) => end >= size) ?? REACH.at(-1);

/** Decades that frame two lengths, and 10⁰: they change in leaps, so the axis stays calm. */
export function frame(least, most) {
  const [low, high] = [-reach(-Math.min(0, decade(least))), reach(Math.max(0, decade(most)))];
  const step = STEPS.find((each) => (high - low) / each <= 6);
  const first = Math.ceil(low / step);
  const ticks = Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) => (first + k) * step);
  return { low, high, ticks };
}

/** The least length that is not zero. */
const least = (norms) => norms.reduce((low, one) => one.reduce((own, value) => (value > 0 && value < own ? value : own), low), 1);

const tenths = (pixel) => Math.round(10 * pixel) / 10;

export class Chart {
  constructor({ gain, deeper, turned, ended }) {
    this.layer = svg("g");
    this.grid = svg("g", { class: "mc-grid", "aria-hidden": "true" });
    this.nets = svg("path", { class: "mc-nets" });
    this.band = svg("path", { class: "mc-quantiles" });
    this.bound = svg("polyline", { class: "mc-limit" });
    this.median = svg("polyline", { class: "mc-line" });
    this.handle = grip({ label: "The signal at the first layer: up and down change the gain, left and right the depth", ends: [0.1, 4], turned, ended });
    this.deeper = deeper;
    this.layer.append(this.nets, this.band, this.bound, this.median, this.handle);
    this.node = svg("svg", { class: "mc-signal", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "Length of the error signal at each layer" });
    this.node.append(this.grid, this.layer);
    // The end of the line follows the pointer: its height is proportional to the logarithm of the gain.
    dragOn(this.node, this.layer, {
      taken: () => this.handle,
      moved: ([, v]) => gain(10 ** clamp((this.back(v) - this.end) / this.depth, -0.2, 0.2)),
    });
  }

  draw({ gain, depth }, { norms, low, median, high, bound }) {
    this.depth = depth;
    this.#scales(norms, bound, depth);
    const line = (values) => values.map((value, k) => this.#at(value, k)).join(" ");
    put(this.nets, { d: norms.map((one) => `M${line(one)}`).join("") });
    put(this.band, { d: `M${line(low)} ${[...high.keys()].reverse().map((k) => this.#at(high[k], k)).join(" ")}Z` });
    put(this.median, { points: line(median) });
    put(this.bound, { points: line(bound) });
    const end = median[depth];
    this.end = clamp(decade(end), this.low, this.high);
    place(this.handle, [this.x(depth), this.y(this.end)], gain, `gain ${gain}, median signal ${number(end)}`);
  }

  #scales(norms, bound, depth) {
    const { low, high, ticks } = frame(least(norms), Math.max(bound[depth], ...norms.map((one) => Math.max(...one))));
    Object.assign(this, { low, high });
    this.x = scale([depth, 0], [BOX.left + 6, BOX.right - 6]);
    this.y = scale([low, high], [BOX.bottom, BOX.top]);
    this.back = scale([BOX.bottom, BOX.top], [low, high]);
    const key = `${low} ${high} ${depth}`;
    if (this.key !== key) this.#rule(ticks, depth);
    this.key = key;
  }

  /** A length after k layers as a pixel; a signal that is gone lies on the floor. */
  #at(value, k) {
    return `${tenths(this.x(k))} ${tenths(this.y(clamp(decade(value), this.low, this.high)))}`;
  }

  #rule(ticks, depth) {
    const { left, right, bottom } = BOX;
    const across = ticks.flatMap((k) => [
      svg("line", { x1: left, x2: right, y1: this.y(k), y2: this.y(k), class: k === 0 ? "mc-unit" : "" }),
      svg("text", { x: left - 6, y: this.y(k) + 4, "text-anchor": "end" }, k === 0 ? "1" : power(k)),
    ]);
    const ends = [-SINGLE, SINGLE].filter((k) => k > this.low && k < this.high).flatMap((k) => [
      svg("line", { x1: left, x2: right, y1: this.y(k), y2: this.y(k), class: "mc-single" }),
      svg("text", { x: right - 4, y: this.y(k) - 4, "text-anchor": "end" }, "single precision ends here"),
    ]);
    const layers = [...new Set([1, Math.round(depth / 2) + 1, depth + 1])].map((l) =>
      svg("text", { x: this.x(depth + 1 - l), y: bottom + 17, "text-anchor": "middle" }, String(l)),
    );
    const titles = [
      svg("text", { x: 2, y: 14, class: "mc-title" }, "‖δ⁽ˡ⁾‖"),
      svg("text", { x: left, y: bottom + 36, class: "mc-title" }, "layer l"),
      svg("text", { x: right, y: bottom + 36, "text-anchor": "end", class: "mc-title" }, "← the signal comes from the loss"),
    ];
    this.grid.replaceChildren(...across, ...ends, ...layers, ...titles);
  }
}
