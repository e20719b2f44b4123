// The circle of neighbours on the contours, unrolled beside them, with the controls.

import { formulaBox, menu, readouts, slider, table } from "./controls.mjs";
import { clamp, fixed, html, number, pretty, put, say, scale, svg } from "./kit.mjs";
import { dust, words } from "./laplacian_neighbours_words.mjs";
import { Plane, legend, ticks } from "./plane.mjs";

const LOG = { to: Math.log10, from: (v) => 10 ** v, step: 0.01 };
const PIECES = 60;
export const LEVER = 0.25; // so far outside the circle stands its handle, clear of that of p
const KEY = [["mc-above", "higher than f(p)"], ["mc-below", "lower"]];
const BOX = { width: 300, height: 214, left: 44, right: 292, top: 28, bottom: 178 };

/** Height above the middle all the way round the circle, with its mean and what r²Δf/4 says of it. */
class Unrolled {
  constructor() {
    this.grid = svg("g", { class: "mc-grid" });
    this.above = svg("path", { class: "mc-fill mc-above" });
    this.below = svg("path", { class: "mc-fill mc-below" });
    this.curve = svg("path", { class: "mc-curve" });
    this.mean = svg("path", { class: "mc-mean" });
    this.forecast = svg("path", { class: "mc-forecast-line" });
    this.names = [svg("text", { class: "mc-of-mean" }, "mean"), svg("text", { class: "mc-of-forecast" }, "r²Δf/4")];
    this.node = svg("svg", { class: "mc-chart", viewBox: `0 0 ${BOX.width} ${BOX.height}`, "aria-hidden": "true" });
    const title = svg("text", { x: 2, y: 14, class: "mc-title" }, "f on the circle, less f(p)");
    this.node.append(title, this.grid, this.above, this.below, this.curve, this.mean, this.forecast, ...this.names);
    this.x = scale([0, 1], [BOX.left, BOX.right]);
  }

  show({ excess, mean, forecast }) {
    const known = excess.filter(Number.isFinite);
    const most = Math.max(...known.map(Math.abs), Math.abs(Number.isFinite(forecast) ? forecast : 0), 1e-300) * 1.08;
    const y = scale([-most, most], [BOX.bottom, BOX.top]);
    const points = [...excess, excess[0]].map((v, k) => [this.x(k / excess.length), v]);
    const line = (bend) => {
      let pen = "M";
      return points.map(([u, v]) => {
        const text = Number.isFinite(v) ? `${pen}${u.toFixed(1)} ${y(bend(v)).toFixed(1)}` : "";
        pen = text ? "L" : "M";
        return text;
      }).join("");
    };
    const whole = known.length === excess.length;
    const close = `L${BOX.right} ${y(0)}L${BOX.left} ${y(0)}Z`;
    put(this.curve, { d: line((v) => v) });
    put(this.above, { d: whole ? line((v) => Math.max(v, 0)) + close : "" });
    put(this.below, { d: whole ? line((v) => Math.min(v, 0)) + close : "" });
    const level = (v) => (Number.isFinite(v) ? `M${BOX.left} ${y(v).toFixed(1)}H${BOX.right}` : "");
    put(this.mean, { d: level(mean) });
    put(this.forecast, { d: level(forecast) });
    this.#name(y, mean, forecast);
    this.#rule(most, y);
  }

  #name(y, mean, forecast) {
    const up = mean >= forecast || !Number.isFinite(forecast);
    const place = (v, above) => (Number.isFinite(v) ? clamp(y(v) + (above ? -6 : 15), BOX.top + 8, BOX.bottom - 3) : -99);
    put(this.names[0], { x: BOX.right - 4, "text-anchor": "end", y: place(mean, up).toFixed(1) });
    put(this.names[1], { x: BOX.left + 6, y: place(forecast, !up).toFixed(1) });
  }

  #rule(most, y) {
    const lines = ticks([-most, most]).flatMap((at) => [
      svg("line", { x1: BOX.left, x2: BOX.right, y1: y(at), y2: y(at) }),
      svg("text", { x: BOX.left - 5, y: y(at) + 4, "text-anchor": "end" }, number(at)),
    ]);
    const feet = ["0°", "90°", "180°", "270°", "360°"].map((word, k) =>
      svg("text", { x: this.x(k / 4), y: BOX.bottom + 17, "text-anchor": ["start", "middle", "middle", "middle", "end"][k] }, word));
    this.grid.replaceChildren(...lines, ...feet);
  }
}

export class Scene {
  constructor(acts, { surfaces, reach }) {
    this.surfaces = surfaces;
    this.#makePicture(acts, reach);
    this.#makeControls(acts);
    this.numbers = readouts({
      value: "f(p)", laplacian: "Laplacian Δf(p)", mean: "circle mean − f(p)", forecast: "r²Δf/4", gap: "difference",
    });
    this.formula = html("p", { class: "mc-statement" });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "f on the circle, less f(p)", heads: ["angle", "f − f(p)"], rows: () => this.rows(),
    });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, this.unrolled.node);
    this.node = html(
      "div", { class: "mc-live mc-neighbours" }, this.fields, this.formula,
      html("div", { class: "mc-stage" }, main, side), this.panel, this.numbers.node, this.words, this.table.node,
    );
  }

  #makePicture({ moved, spread, stepped, radius }, reach) {
    this.plane = new Plane({
      description: "Contours of f with a circle of neighbours round the point p",
      handles: [
        { label: "Point p", moved, reach },
        { label: "Radius of the circle", moved: spread, turned: stepped, ended: radius, free: true, kind: "mc-aims" },
      ],
    });
    this.ring = Array.from({ length: PIECES }, () => svg("path", { class: "mc-piece" }));
    this.lever = svg("path", { class: "mc-lever" });
    this.plane.layer.append(this.lever, ...this.ring);
    this.unrolled = new Unrolled();
  }

  #makeControls(acts) {
    const names = this.surfaces.map((s) => s.name);
    this.menu = menu({ label: "Function", names, other: "your own formula", chosen: (k) => acts.chosen(this.surfaces[k]) });
    this.box = formulaBox({ label: "f(x, y) =", typed: acts.typed });
    this.fields = html("div", { class: "mc-fields" }, this.menu.node, this.box.node);
    this.radius = slider({ label: "radius r", name: "r", low: 0.01, high: 1, step: 0.001, decimals: 3, scale: LOG, changed: acts.radius });
    this.panel = html("div", { class: "mc-panel" }, this.radius.node);
  }

  draw(state, result, f, window) {
    this.result = result;
    const { formula, p, r } = state;
    this.plane.show(f.value.bind(f), formula, window);
    this.plane.place(p);
    this.plane.place([p[0] + r + LEVER, p[1]], 1, [0.01, 1, r, fixed(r, 3)]);
    put(this.lever, { d: `M${this.plane.pixel([p[0] + r, p[1]])}L${this.plane.pixel([p[0] + r + LEVER, p[1]])}` });
    this.#drawRing(p, r, result.excess);
    this.unrolled.show(result);
    this.menu.show(this.surfaces.findIndex((s) => s.formula === formula));
    this.box.show(formula);
    this.radius.show(r);
    const known = this.surfaces.find((s) => s.formula === formula);
    say(this.formula, `f(x, y) = ${pretty(formula)},   Δf = ${known ? pretty(known.laplacian) : "∂²f/∂x² + ∂²f/∂y²"}`);
    this.#drawNumbers(result);
    say(this.words, words(result));
    this.table.show();
  }

  // Each piece is as dark as the neighbours there are higher or lower than the middle.
  #drawRing([x, y], r, excess) {
    const most = Math.max(...excess.filter(Number.isFinite).map(Math.abs), 1e-300);
    const step = excess.length / PIECES;
    const at = (k) => {
      const angle = (2 * Math.PI * k) / PIECES;
      return this.plane.pixel([x + r * Math.cos(angle), y + r * Math.sin(angle)]);
    };
    this.ring.forEach((piece, k) => {
      const part = excess[Math.round((k + 0.5) * step)] / most;
      const known = Number.isFinite(part);
      put(piece, {
        class: `mc-piece ${part > 0 ? "mc-above" : "mc-below"}`,
        d: known ? `M${at(k)}L${at(k + 1)}` : "",
        style: `--part: ${known ? (0.15 + 0.85 * Math.abs(part)).toFixed(2) : 0}`,
      });
    });
  }

  #drawNumbers(result) {
    const { value, laplacian, mean, forecast } = result;
    const noise = dust(result);
    const text = (v, least = 0) => (Number.isFinite(v) ? number(Math.abs(v) <= least ? 0 : v) : "none");
    this.numbers.show({
      value: text(value), laplacian: text(laplacian, 1e-12), mean: text(mean, noise), forecast: text(forecast, noise), gap: text(mean - forecast, noise),
    });
  }

  rows() {
    const { excess } = this.result;
    return Array.from({ length: 24 }, (_, k) => {
      const value = excess[(k * excess.length) / 24];
      return [`${15 * k}°`, Number.isFinite(value) ? number(value) : "none"];
    });
  }
}
