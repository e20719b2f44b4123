// The histogram of all eigenvalues, and the shares of each number of negative ones.

import { button, readouts, slider, table } from "./controls.mjs";
import { fixed, html, number, put, say, scale, svg } from "./kit.mjs";
import { words } from "./random_critical_points_words.mjs";
import { legend } from "./plane.mjs";

const REACH = 8;
const LOG = { to: Math.log10, from: (v) => 10 ** v, step: 0.01 };
const BOX = { width: 360, height: 210, left: 14, right: 346, top: 26, bottom: 176 };
const KEY = [["mc-plus", "positive"], ["mc-minus", "negative"], ["mc-coin", "independent signs"]];
const percent = (share) => `${number(100 * share)} %`;
const frame = (title, kind) => {
  const node = svg("svg", { class: kind, viewBox: `0 0 ${BOX.width} ${BOX.height}`, "aria-hidden": "true" });
  node.append(svg("text", { x: 2, y: 13, class: "mc-title" }, title));
  return node;
};

/** All eigenvalues: what lies right of zero holds a minimum up. */
class Histogram {
  constructor() {
    this.x = scale([-REACH, REACH], [BOX.left, BOX.right]);
    this.node = frame("all eigenvalues", "mc-spectrum");
    this.bars = [];
    const zero = svg("line", { class: "mc-nought", x1: this.x(0), x2: this.x(0), y1: BOX.top, y2: BOX.bottom });
    const foot = [-6, -3, 0, 3, 6].map((v) => svg("text", { x: this.x(v), y: BOX.bottom + 18, "text-anchor": "middle" }, fixed(v, 0)));
    this.layer = svg("g");
    this.node.append(this.layer, zero, ...foot);
  }

  show(bins) {
    const most = Math.max(...bins, 1);
    const wide = (BOX.right - BOX.left) / bins.length;
    while (this.bars.length < bins.length) {
      const k = this.bars.length;
      const side = k < bins.length / 2 ? "mc-minus" : "mc-plus";
      this.bars.push(this.layer.appendChild(svg("rect", { class: side, x: (BOX.left + k * wide + 0.4).toFixed(1), width: (wide - 0.8).toFixed(1) })));
    }
    bins.forEach((count, k) => {
      const high = ((BOX.bottom - BOX.top) * count) / most;
      put(this.bars[k], { y: (BOX.bottom - high).toFixed(1), height: high.toFixed(1) });
    });
  }
}

const choose = (n, k) => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);

/** Where a number stands: on its bar, or on the line above if that would cross it out. */
const above = (bar, line) => (line > bar && line < bar + 18 ? line : bar);

/** The share of each index, beside what independent signs would give. */
class Shares {
  constructor() {
    this.node = frame("shares in %, by the number of negative ones", "mc-shares");
    this.layer = svg("g");
    this.node.append(svg("line", { class: "mc-nought", x1: BOX.left, x2: BOX.right, y1: BOX.bottom, y2: BOX.bottom }), this.layer);
  }

  show(shares) {
    const n = shares.length - 1;
    const coins = shares.map((_, k) => choose(n, k) / 2 ** n);
    const most = Math.max(...shares, ...coins);
    const wide = (BOX.right - BOX.left) / (n + 1);
    const high = (share) => ((BOX.bottom - BOX.top - 14) * share) / most;
    this.layer.replaceChildren(...shares.flatMap((share, k) => this.#column(k, n, share, coins[k], BOX.left + k * wide, wide, high)));
  }

  #column(k, n, share, coin, x, wide, high) {
    const kind = k === 0 ? "mc-plus" : k === n ? "mc-minus" : "mc-mixed";
    const size = { x: (x + wide * 0.15).toFixed(1), width: (wide * 0.7).toFixed(1) };
    const name = k === 0 ? "minima" : k === n ? "maxima" : String(k);
    const middle = { x: (x + wide / 2).toFixed(1), "text-anchor": "middle" };
    return [
      svg("rect", { class: kind, ...size, y: (BOX.bottom - high(share)).toFixed(1), height: high(share).toFixed(1) }),
      svg("path", { class: "mc-coin", d: `M${size.x} ${(BOX.bottom - high(coin)).toFixed(1)}h${size.width}` }),
      svg("text", { ...middle, y: (BOX.bottom - above(high(share), high(coin)) - 5).toFixed(1) }, percent(share).replace(" %", "")),
      svg("text", { ...middle, y: BOX.bottom + 18 }, name),
    ];
  }
}

export class Scene {
  constructor(acts) {
    this.histogram = new Histogram();
    this.shares = new Shares();
    this.#makeControls(acts);
    this.numbers = readouts({
      minima: "minima", saddles: "saddles", maxima: "maxima", exact: "minima, exactly", coin: "independent signs, 2⁻ⁿ", error: "standard error",
    });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "Hessians by the number of their negative eigenvalues",
      heads: ["negative", "Hessians", "share"], rows: () => this.rows(),
    });
    const charts = html("div", { class: "mc-charts" }, this.histogram.node, this.shares.node);
    this.node = html("div", { class: "mc-live mc-census" }, charts, legend(KEY), this.panel, this.numbers.node, this.words, this.table.node);
  }

  #makeControls({ set, others }) {
    this.n = slider({ label: "size n", name: "n", low: 1, high: 8, step: 1, decimals: 0, changed: set("n") });
    this.samples = slider({ label: "Hessians", name: "samples", low: 100, high: 20000, step: 100, decimals: 0, scale: LOG, changed: set("samples") });
    this.shift = slider({ label: "shift", name: "shift", low: 0, high: 3, step: 0.01, decimals: 2, changed: set("shift") });
    this.panel = html("div", { class: "mc-panel" }, this.n.node, this.shift.node, this.samples.node, html("div", { class: "mc-buttons" }, button("Draw others", "others", others)));
  }

  draw(state, result) {
    this.result = result;
    this.histogram.show(result.bins);
    this.shares.show(result.shares);
    for (const key of ["n", "samples", "shift"]) this[key].show(state[key]);
    this.numbers.show({
      minima: percent(result.minima), saddles: percent(result.saddles), maxima: percent(result.maxima),
      exact: result.exact === null ? "not known here" : percent(result.exact), coin: percent(result.coin), error: result.error > 0 ? percent(result.error) : "no estimate",
    });
    say(this.words, words(result, state));
    this.table.show();
  }

  rows() {
    return this.result.counts.map((count, k) => [String(k), String(count), percent(this.result.shares[k])]);
  }
}
