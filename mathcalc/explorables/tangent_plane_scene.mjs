// The picture and the controls of the tangent plane.

import { LogChart } from "./chart.mjs";
import { formulaBox, menu, readouts, slider, table } from "./controls.mjs";
import { html, number, pair, put, say } from "./kit.mjs";
import { legend } from "./plane.mjs";
import { View } from "./tangent_plane_view.mjs";

const KEY = [
  ["mc-plane-key", "tangent plane"],
  ["mc-tangent-key", "tangents of the two slices"],
  ["mc-miss-key", "what the plane misses"],
];
const NAMES = {
  value: "f", zoom: "magnified", fx: "∂f/∂x", fy: "∂f/∂y", plane: "plane at the probe", surface: "f at the probe",
  remainder: "remainder", ratio: "remainder / distance",
};

export class Scene {
  constructor(acts, surfaces) {
    this.surfaces = surfaces;
    this.view = new View(acts);
    this.#makeControls(acts);
    this.#makeChart();
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.numbers = readouts(NAMES);
    this.table = table({
      summary: "The numbers as a table", caption: "Remainder over distance, ever nearer",
      heads: ["distance", "remainder / distance"], rows: () => this.ratios.map((row) => row.map(number)),
    });
    const sliders = html("div", { class: "mc-sliders" }, this.zoom.node, this.x.node, this.y.node);
    const main = html("div", { class: "mc-main" }, this.view.node, legend(KEY), sliders);
    const side = html("div", { class: "mc-side" }, this.numbers.node, this.chart.node);
    this.node = html(
      "div", { class: "mc-live mc-tangent-plane" }, this.fields,
      html("div", { class: "mc-stage" }, main, side), this.words, this.table.node,
    );
  }

  #makeControls({ chosen, typed, zoomed, moved }) {
    const names = this.surfaces.map(({ name }) => name);
    this.menu = menu({ label: "Surface", names, other: "your own formula", chosen: (k) => chosen(this.surfaces[k]) });
    this.box = formulaBox({ label: "f(x, y) =", typed });
    this.fields = html("div", { class: "mc-fields" }, this.menu.node, this.box.node);
    this.zoom = slider({ label: "magnify 2ᵏ", name: "zoom", low: 0, high: 8, step: 0.1, decimals: 1, changed: zoomed });
    const end = { low: -10, high: 10, step: 0.01, decimals: 2 };
    this.x = slider({ label: "point x", name: "x", ...end, changed: (x) => moved([x, this.state.point[1]]) });
    this.y = slider({ label: "point y", name: "y", ...end, changed: (y) => moved([this.state.point[0], y]) });
  }

  #makeChart() {
    this.chart = new LogChart({
      x: { range: [-2.7, 0.5], step: 1, title: "distance of the probe" },
      y: { range: [-6, 2], step: 2, title: "remainder / distance" },
      size: [300, 210], kind: "mc-ratio",
    });
    this.line = this.chart.add("polyline", { class: "mc-line" });
    this.dot = this.chart.add("circle", { r: 5, class: "mc-now" });
  }

  draw(state, result, f, shown) {
    this.state = state;
    this.ratios = result.ratios;
    this.view.draw(state, result, f, shown);
    this.#drawControls(state);
    this.#drawNumbers(state, result);
    this.#drawChart(result);
    say(this.words, words(state, result));
    this.table.show();
  }

  #drawControls({ formula, window, point, zoom }) {
    this.menu.show(this.surfaces.findIndex((surface) => surface.formula === formula));
    this.box.show(formula);
    [[this.x, window[0], window[1]], [this.y, window[2], window[3]]].forEach(([{ node }, low, high]) =>
      node.querySelectorAll("input").forEach((input) => put(input, { min: low, max: high })),
    );
    this.x.show(point[0]);
    this.y.show(point[1]);
    this.zoom.show(zoom);
  }

  #drawNumbers({ zoom }, { value, gradient, at }) {
    const text = (v) => (v === null || v === undefined ? "none" : number(v));
    this.numbers.show({
      value: text(value), zoom: `${number(Number((2 ** zoom).toPrecision(3)))} ×`,
      fx: text(gradient?.[0]), fy: text(gradient?.[1]), plane: text(at?.plane), surface: text(finite(at?.surface)),
      remainder: text(finite(at?.remainder)), ratio: text(finite(at?.ratio)),
    });
  }

  #drawChart({ ratios, at }) {
    const known = ratios.filter(([, ratio]) => Number.isFinite(ratio));
    put(this.line, { points: this.chart.line(known) });
    const shown = Number.isFinite(at?.ratio);
    put(this.dot, { visibility: shown ? "visible" : "hidden" });
    if (shown) put(this.dot, { transform: `translate(${this.chart.pixel([at.distance, at.ratio])})` });
  }
}

const finite = (value) => (Number.isFinite(value) ? value : null);

/** What becomes of the ratio close to the point, towards the probe: it may tell a kink. */
function fate(ratios, size) {
  const [[, before], [distance, last]] = ratios.slice(-2);
  if (!Number.isFinite(before + last)) return "unknown";
  const rounding = (8 * Number.EPSILON * size) / distance;
  return last < Math.max(1e-9, rounding) || last < 0.75 * before ? "falls" : "stays";
}

const VERDICTS = {
  unknown: "Near the point the formula has no value on that side.",
  falls: "On the way to the point remainder over distance goes to 0; it does so from all sides if the plane is tangent.",
};

/** One or two sentences for what is shown. */
export function words({ point }, { value, gradient, at, ratios }) {
  const where = `At ${pair(point)}`;
  if (value === null) return `${where} the formula has no value: move the point.`;
  if (gradient === null) return `${where} the rules of differentiation give no slope: the surface has a tip or an edge here, or its formula hides that it has none.`;
  const [fx, fy] = gradient.map(number);
  const ending = fate(ratios, Math.abs(value) + Math.hypot(...gradient));
  if (ending === "stays") {
    return `${where} the rules of differentiation give the slopes ${fx} and ${fy}, but remainder over distance does not go to 0: the surface has a kink here, and no tangent plane.`;
  }
  const slopes = `${where} the surface has height ${number(value)} and slope ${fx} along x, ${fy} along y.`;
  if (!Number.isFinite(at.remainder)) return `${slopes} At the probe the formula has no value.`;
  const missed = `At distance ${number(at.distance)} the plane misses it by ${number(Math.abs(at.remainder))}.`;
  return `${slopes} ${missed} ${VERDICTS[ending]}`;
}
