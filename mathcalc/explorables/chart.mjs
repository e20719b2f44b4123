// A chart with two logarithmic axes: decades, curves, dots, and a handle that slides along it.

import { clamp, power, put, scale, svg } from "./kit.mjs";

const LEFT = 46;
const TOP = 26;
const FOOT = 40;
const RIGHT = 12;

/** The whole exponents in [low, high] that are a multiple of `step`. */
function decades([low, high], step) {
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) => (first + k) * step);
}

/** Values at or below zero have no logarithm: they lie on the chart's floor. */
const log = (value) => (value > 0 ? Math.log10(value) : -Infinity);

export class LogChart {
  /** `x` and `y` are { range: [low, high] in powers of ten, step, title }. */
  constructor({ x, y, size: [width, height], kind, description }) {
    this.box = { left: LEFT, right: width - RIGHT, top: TOP, bottom: height - FOOT };
    this.xRange = x.range;
    this.yRange = y.range;
    this.x = scale(x.range, [this.box.left, this.box.right]);
    this.y = scale(y.range, [this.box.bottom, this.box.top]);
    this.layer = svg("g");
    this.node = svg("svg", { class: `mc-chart ${kind}`, viewBox: `0 0 ${width} ${height}` });
    put(this.node, description ? { role: "group", "aria-label": description } : { "aria-hidden": true });
    this.node.append(this.#grid(x, y), this.layer);
  }

  #grid(x, y) {
    const { left, right, top, bottom } = this.box;
    const along = decades(y.range, y.step).flatMap((k) => [
      svg("line", { x1: left, x2: right, y1: this.y(k), y2: this.y(k) }),
      svg("text", { x: left - 6, y: this.y(k) + 4, "text-anchor": "end" }, power(k)),
    ]);
    const across = decades(x.range, x.step).map((k) =>
      svg("text", { x: this.x(k), y: bottom + 18, "text-anchor": "middle" }, power(k)),
    );
    const titles = [
      svg("text", { x: 2, y: 13, class: "mc-title" }, y.title),
      svg("text", { x: right, y: bottom + 35, "text-anchor": "end", class: "mc-title" }, x.title),
    ];
    return svg("g", { class: "mc-grid", "aria-hidden": "true" }, ...along, ...across, ...titles);
  }

  /** Add a shape to the drawing, and return it. */
  add(name, attributes) {
    return this.layer.appendChild(svg(name, attributes));
  }

  /** The pixel of a pair of positive numbers; outside of the ranges it lies on the rim. */
  pixel([x, y]) {
    const u = this.x(clamp(log(x), ...this.xRange));
    const v = this.y(clamp(log(y), ...this.yRange));
    return `${u.toFixed(1)} ${v.toFixed(1)}`;
  }

  /** Points as a line, for an attribute `points`. */
  line(points) {
    return points.map((point) => this.pixel(point)).join(" ");
  }

  /** Points as dots, for a path's `d`: strokes of no length with round ends. */
  dots(points) {
    return points.map((point) => `M${this.pixel(point)}h0`).join("");
  }

  /** The exponent under the pointer. */
  exponentAt(event) {
    const box = this.layer.getScreenCTM();
    const back = scale([this.box.left, this.box.right], this.xRange);
    return clamp(back((event.clientX - box.e) / box.a), ...this.xRange);
  }
}

/** Let the pointer drag along a chart, anywhere on it; `moved(exponent)` while it does. */
export function dragAlong(chart, handle, moved) {
  let dragging = false;
  const { node } = chart;
  node.addEventListener("pointerdown", (event) => {
    const grip = handle.contains(event.target);
    // A finger beside the handle scrolls the page; a tap is a click.
    if (event.button !== 0 || (event.pointerType === "touch" && !grip)) return;
    dragging = true;
    node.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus({ preventScroll: true });
    moved(chart.exponentAt(event));
  });
  node.addEventListener("pointermove", (event) => dragging && moved(chart.exponentAt(event)));
  node.addEventListener("click", (event) => moved(chart.exponentAt(event)));
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, () => (dragging = false));
}
