// The picture and the controls of the directional derivative dial.

import { curves } from "./contours.mjs";
import { button, formulaBox, menu, readouts, slider, table } from "./controls.mjs";
import { Polar, Slice } from "./directional_dial_charts.mjs";
import { words } from "./directional_dial_words.mjs";
import { fixed, html, number, pair, pretty, put, say, svg } from "./kit.mjs";
import { Plane, SIDE, arrow, legend } from "./plane.mjs";

const KEY = [
  ["mc-arrow", "∇f (its length is damped)"],
  ["mc-aim", "u, of length 1"],
  ["mc-flat", "level curve through p, and its tangent"],
];
const DEGREES = 180 / Math.PI;

export class Scene {
  constructor(acts, { surfaces, reach }) {
    this.surfaces = surfaces;
    this.#makePicture(acts, reach);
    this.#makeControls(acts);
    this.numbers = readouts({
      gradient: "∇f(p)", "gradient-norm": "‖∇f(p)‖", theta: "angle θ", derivative: "∇f · u", projection: "‖∇f‖ cos θ",
    });
    this.formula = html("p", { class: "mc-statement" });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "The directional derivative at p, all the way round",
      heads: ["direction φ", "u", "D_u f"], rows: () => this.rows(),
    });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, this.slice.node, this.polar.node);
    this.node = html(
      "div", { class: "mc-live mc-dial" }, this.fields, this.formula,
      html("div", { class: "mc-stage" }, main, side), this.numbers.node, this.panel, this.words, this.table.node,
    );
  }

  #makePicture({ moved, aimed, turned }, reach) {
    this.plane = new Plane({
      description: "Contours of f with its gradient and a direction at the point p",
      handles: [
        { label: "Point p", moved, reach },
        { label: "Direction u", moved: aimed, turned, free: true, kind: "mc-aims" },
      ],
    });
    this.level = svg("path", { class: "mc-level" });
    this.tangent = svg("path", { class: "mc-tangent" });
    this.gradient = svg("path", { class: "mc-arrow" });
    this.aim = svg("path", { class: "mc-arrow mc-aim" });
    this.name = svg("text", { class: "mc-name mc-of-gradient" }, "∇f");
    this.plane.layer.append(this.level, this.tangent, this.gradient, this.aim, this.name);
    this.slice = new Slice();
    this.polar = new Polar();
  }

  #makeControls(acts) {
    const names = this.surfaces.map((s) => s.name);
    this.menu = menu({ label: "Surface", names, other: "your own formula", chosen: (k) => acts.chosen(this.surfaces[k]) });
    this.box = formulaBox({ label: "f(x, y) =", typed: acts.typed });
    this.fields = html("div", { class: "mc-fields" }, this.menu.node, this.box.node);
    this.phi = slider({ label: "direction φ (°)", name: "phi", low: 0, high: 360, step: 0.1, decimals: 1, changed: acts.phi });
    this.ways = [
      button("Steepest ascent", "up", acts.up), button("Level", "level", acts.level), button("Steepest descent", "down", acts.down),
    ];
    this.panel = html("div", { class: "mc-panel" }, this.phi.node, html("div", { class: "mc-buttons" }, ...this.ways));
  }

  draw(state, result, f, window) {
    Object.assign(this, { state, result });
    this.plane.show(f.value.bind(f), state.formula, window);
    this.#drawLevel(f, state, result.value, window);
    this.#drawArrows(state.p, result);
    this.slice.show(result);
    this.polar.show(result, state.phi);
    this.#drawControls(state, result);
    this.#drawNumbers(result);
    say(this.words, words(result));
    this.table.show();
  }

  #drawLevel(f, { formula }, value, window) {
    if (this.levelled !== formula) this.curves = curves(f.value.bind(f), window, SIDE);
    this.levelled = formula;
    put(this.level, { d: Number.isFinite(value) ? this.curves.path(value) : "" });
    put(this.level, { transform: `translate(${this.curves.shift} ${this.curves.shift})` });
  }

  #drawArrows([x, y], { gradient, norm, u, tangent }) {
    const { plane } = this;
    const at = (dx, dy) => [plane.x(x + dx), plane.y(y + dy)];
    const degrees = (Math.atan2(u[1], u[0]) * DEGREES + 360) % 360;
    plane.place([x, y]);
    plane.place([x + u[0], y + u[1]], 1, [0, 360, degrees.toFixed(1), `${degrees.toFixed(1)}°`]);
    put(this.aim, { d: arrow(at(0, 0), at(...u)) });
    // Between a half and two and a half units: so a short gradient is seen, and a long one stays in.
    const length = tangent ? (0.5 + (2 * norm) / (norm + 4)) / norm : 0;
    const [gx, gy] = tangent ? gradient.map((part) => part * length) : [0, 0];
    put(this.gradient, { d: arrow(at(0, 0), at(gx, gy), 10) });
    const [nx, ny] = tangent ? at(gx * (1 + 0.24 / (norm * length)), gy * (1 + 0.24 / (norm * length))) : [-99, -99];
    put(this.name, { x: nx.toFixed(1), y: (ny + 4).toFixed(1) });
    const [tx, ty] = tangent ?? [0, 0];
    put(this.tangent, { d: tangent ? `M${at(-20 * tx, -20 * ty)}L${at(20 * tx, 20 * ty)}` : "" });
  }

  #drawControls({ formula, phi }, { tangent }) {
    this.menu.show(this.surfaces.findIndex((s) => s.formula === formula));
    this.box.show(formula);
    this.phi.show(Number((phi * DEGREES).toFixed(1)));
    for (const way of this.ways) way.disabled = !tangent;
    const known = this.surfaces.find((s) => s.formula === formula);
    const slope = known ? `∇f = (${known.gradient.map(pretty).join(", ")})` : "∇f by differentiating your formula";
    say(this.formula, `f(x, y) = ${pretty(formula)},   ${slope}`);
  }

  #drawNumbers({ gradient, norm, theta, derivative, projection }) {
    const ok = Number.isFinite(norm);
    this.numbers.show({
      gradient: ok ? `(${gradient.map(number).join(", ")})` : "none",
      "gradient-norm": ok ? number(norm) : "none",
      theta: theta === null ? "none" : `${fixed(theta * DEGREES, 1)}°`,
      derivative: ok ? tidy(derivative, norm) : "none",
      projection: theta === null ? "none" : tidy(projection, norm),
    });
  }

  rows() {
    const { gradient: [gx, gy], norm } = this.result;
    return Array.from({ length: 24 }, (_, k) => {
      const u = [Math.cos((k * Math.PI) / 12), Math.sin((k * Math.PI) / 12)];
      return [`${15 * k}°`, pair(u, 3), Number.isFinite(norm) ? fixed(gx * u[0] + gy * u[1], 4) : "none"];
    });
  }
}

// What is rounding beside the gradient's length is written as the zero that it stands for.
const tidy = (value, norm) => number(Math.abs(value) < 1e-12 * norm ? 0 : value);
