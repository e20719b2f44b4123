// A gauge: a sequence against its index, on a logarithmic scale where all of it is positive.

import { clamp, number, power, put, say, scale, svg } from "./kit.mjs";

const WIDTH = 300;
const HEIGHT = 150;
const BOX = { left: 44, right: 290, top: 30, bottom: 128 };
const FLOOR = 1e-16;

/** Decades, or a few round numbers, that frame the values: { log, low, high, marks }. */
export function ruler(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low >= 0 && high > 0 ? decades(values, high) : plain(low, high);
}

// A zero has no logarithm: it lies on the floor, sixteen decades below the top.
function decades(values, high) {
  const least = Math.max(Math.min(...values.filter((v) => v > 0)), high * FLOOR);
  const [from, to] = [Math.floor(Math.log10(least)), Math.max(Math.ceil(Math.log10(high)), -300)];
  const top = to === from ? to + 1 : to;
  const step = Math.ceil((top - from) / 4);
  const marks = [];
  for (let k = top; k >= from; k -= step) marks.push({ at: k, text: power(k) });
  return { log: true, low: from, high: top, marks };
}

function plain(low, high) {
  const pad = high > low ? 0 : Math.max(Math.abs(high) / 2, 1);
  const ends = [low - pad, high + pad];
  const marks = [ends[0], (ends[0] + ends[1]) / 2, ends[1]].map((at) => ({ at, text: short(at) }));
  return { log: false, low: ends[0], high: ends[1], marks };
}

const short = (value) => number(Number(value.toPrecision(2)));

export class Gauge {
  constructor({ title, kind }) {
    this.title = svg("text", { x: 2, y: 15, class: "mc-title" }, title);
    this.note = svg("text", { x: BOX.right, y: 15, "text-anchor": "end" });
    this.grid = svg("g", { class: "mc-grid" });
    this.ghost = svg("polyline", { class: "mc-ghost" });
    this.line = svg("polyline", { class: "mc-line" });
    this.dot = svg("circle", { r: 4.5, class: "mc-now" });
    this.node = svg("svg", { class: `mc-gauge ${kind}`, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" });
    this.node.append(this.title, this.note, this.grid, this.ghost, this.line, this.dot);
  }

  /** Show a whole sequence faintly; `mark` then shows how much of it has been run. */
  show(values, last) {
    this.values = values;
    const rule = ruler(values);
    const height = scale([rule.low, rule.high], [BOX.bottom, BOX.top]);
    this.x = scale([0, Math.max(last, 1)], [BOX.left, BOX.right]);
    this.y = (v) => clamp(height(rule.log ? Math.log10(Math.max(v, 1e-320)) : v), BOX.top, BOX.bottom);
    this.points = values.map((v, k) => `${this.x(k).toFixed(1)},${this.y(v).toFixed(1)}`);
    put(this.ghost, { points: this.points.join(" ") });
    say(this.note, rule.log ? "log scale" : "");
    this.#rule(rule, height, last);
  }

  #rule({ marks }, height, last) {
    const key = `${marks.map((m) => m.text)} ${last}`;
    if (this.key === key) return;
    this.key = key;
    const lines = marks.flatMap(({ at, text }) => [
      svg("line", { x1: BOX.left, x2: BOX.right, y1: height(at), y2: height(at) }),
      svg("text", { x: BOX.left - 6, y: height(at) + 4, "text-anchor": "end" }, text),
    ]);
    const foot = [0, last].map((k) =>
      svg("text", { x: this.x(k), y: BOX.bottom + 17, "text-anchor": k ? "end" : "start" }, `t = ${k}`),
    );
    this.grid.replaceChildren(...lines, ...foot);
  }

  mark(t) {
    put(this.line, { points: this.points.slice(0, t + 1).join(" ") });
    put(this.dot, { cx: this.x(t).toFixed(1), cy: this.y(this.values[t]).toFixed(1) });
  }
}
