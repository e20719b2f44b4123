// The ball between its walls, the forces on it, and the least value as the first wall moves.

import { readouts, slider, table } from "./controls.mjs";
import { fixed, html, number, pair, put, say, scale, svg } from "./kit.mjs";
import { words } from "./kkt_half_plane_words.mjs";
import { Plane, arrow, legend } from "./plane.mjs";

const WINDOW = [-3, 3, -3, 3];
const KEY = [
  ["mc-pull", "pull −∇f"], ["mc-push-0", "push of the first wall"], ["mc-push-1", "push of the second"], ["mc-closed", "not allowed"],
  ["mc-ball-key", "the ball x*"], ["mc-rest-key", "a, where f is least"],
];
const FORCE = 0.45; // units of length for a unit of force
const CHART = { width: 300, height: 190, left: 34, right: 294, top: 26, bottom: 160 };
const TOP = 10; // the largest value that the chart shows
const across = scale([-3, 3], [CHART.left, CHART.right]);
const along = scale([0, TOP], [CHART.bottom, CHART.top]);

/** f* over c: its slope is the multiplier of the first wall. */
class Price {
  constructor() {
    const grid = svg("g", { class: "mc-grid" }, ...[0, 5, 10].flatMap((v) => [
      svg("line", { x1: CHART.left, x2: CHART.right, y1: along(v), y2: along(v) }),
      svg("text", { x: CHART.left - 6, y: along(v) + 4, "text-anchor": "end" }, fixed(v, 0)),
    ]), ...[-3, 0, 3].map((v) => svg("text", { x: across(v), y: CHART.bottom + 18, "text-anchor": "middle" }, fixed(v, 0))));
    this.curve = svg("polyline", { class: "mc-price" });
    this.tangent = svg("line", { class: "mc-price-slope" });
    this.now = svg("circle", { r: 5, class: "mc-price-now" });
    this.inner = svg("svg", { x: 0, y: CHART.top - 6, width: CHART.width, height: CHART.bottom - CHART.top + 8, viewBox: `0 ${CHART.top - 6} ${CHART.width} ${CHART.bottom - CHART.top + 8}` });
    this.inner.append(this.curve, this.tangent, this.now);
    this.node = svg("svg", { class: "mc-prices", viewBox: `0 0 ${CHART.width} ${CHART.height}`, "aria-hidden": "true" });
    this.title = svg("text", { x: 2, y: 13, class: "mc-title" });
    this.node.append(this.title, grid, this.inner);
  }

  show({ c }, { curve, value, slope }) {
    const step = 6 / (curve.length - 1);
    put(this.curve, { points: curve.map((v, k) => `${across(-3 + k * step).toFixed(1)} ${along(Math.min(v, 2 * TOP)).toFixed(1)}`).join(" ") });
    const end = (far) => ({ x: across(c + far).toFixed(1), y: along(value + slope * far).toFixed(1) });
    const [a, b] = [end(-1), end(1)];
    put(this.tangent, { x1: a.x, y1: a.y, x2: b.x, y2: b.y });
    put(this.now, { cx: across(c).toFixed(1), cy: along(Math.min(value, 2 * TOP)).toFixed(1) });
    say(this.title, `least value f* over c: its slope is μ = ${number(slope)}`);
  }
}

export class Scene {
  constructor(acts) {
    this.#makePicture(acts);
    this.#makeControls(acts);
    this.numbers = readouts({
      x: "the ball x*", value: "f* = ‖x* − a‖²", gradient: "∇f(x*)",
      first: "first wall: g, μ, μg", second: "second wall: g, μ, μg", slope: "df*/dc",
    });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "The conditions, one by one",
      heads: ["wall", "g ≤ 0", "μ ≥ 0", "μ g = 0", "active"], rows: () => this.rows(),
    });
    this.problem = html("p", { class: "mc-statement" });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, this.price.node, this.panel);
    this.node = html(
      "div", { class: "mc-live mc-balance" },
      this.problem,
      html("div", { class: "mc-stage" }, main, side), this.numbers.node, this.words, this.table.node,
    );
  }

  #makePicture({ drawn, pushed, second, set }) {
    this.plane = new Plane({
      description: "A ball, what draws it, and the walls that hold it back",
      handles: [
        { label: "The place a that the ball is drawn to", moved: drawn, reach: [-2, 2, -2, 2] },
        { label: "The first wall, x + y = c", moved: pushed, ended: set("c"), kind: "mc-wall-grip", free: true },
        { label: "The second wall, x = d", moved: second, ended: set("d"), kind: "mc-wall-grip", free: true },
      ],
    });
    this.closed = [0, 1].map(() => svg("path", { class: "mc-closed" }));
    this.walls = [0, 1].map((k) => svg("path", { class: `mc-wall mc-wall-${k}` }));
    this.pull = svg("path", { class: "mc-force mc-pull" });
    this.pushes = [0, 1].map((k) => svg("path", { class: `mc-force mc-push-${k}` }));
    this.ball = svg("circle", { r: 8, class: "mc-ball" });
    this.plane.layer.append(...this.closed, ...this.walls, this.pull, ...this.pushes, this.ball);
    this.price = new Price();
  }

  #makeControls({ set }) {
    this.c = slider({ label: "c", name: "c", low: -3, high: 3, step: 0.01, decimals: 2, changed: set("c") });
    this.d = slider({ label: "d", name: "d", low: -3, high: 3, step: 0.01, decimals: 2, changed: set("d") });
    this.check = html("input", { type: "checkbox", "data-control": "wall", change: () => set("wall")(this.check.checked) });
    const choice = html("label", { class: "mc-check" }, this.check, html("span", {}, "a second wall, x ≤ d"));
    this.panel = html("div", { class: "mc-panel" }, this.c.node, choice, this.d.node);
  }

  draw(state, result) {
    const { a, wall } = state;
    this.result = result;
    this.plane.show(([x, y]) => (x - a[0]) ** 2 + (y - a[1]) ** 2, `bowl at ${a}`, WINDOW);
    this.#drawWalls(state);
    this.#drawForces(result);
    this.price.show(state, result);
    this.c.show(state.c);
    this.d.show(state.d);
    this.check.checked = wall;
    this.d.node.hidden = !wall;
    this.#drawNumbers(result);
    say(this.problem, `minimise ‖x − a‖²  subject to  x + y ≥ c${wall ? "  and  x ≤ d" : ""}`);
    say(this.words, words(result));
    this.table.show();
  }

  #drawWalls({ c, d, wall, a }) {
    const at = (x, y) => this.plane.pixel([x, y]);
    put(this.walls[0], { d: `M${at(c / 2 - 9, c / 2 + 9)}L${at(c / 2 + 9, c / 2 - 9)}` });
    put(this.closed[0], { d: `M${at(c / 2 - 9, c / 2 + 9)}L${at(c / 2 + 9, c / 2 - 9)}L${at(-9, -9)}z` });
    put(this.walls[1], { d: wall ? `M${at(d, -9)}L${at(d, 9)}` : "" });
    put(this.closed[1], { d: wall ? `M${at(d, -9)}L${at(d, 9)}L${at(9, 9)}L${at(9, -9)}z` : "" });
    this.plane.place(a);
    const name = (v) => [-3, 3, v, fixed(v, 2)];
    this.plane.place([c / 2 - 1.3, c / 2 + 1.3], 1, name(c));
    if (wall) this.plane.place([d, -2.2], 2, name(d));
    else this.plane.hide(2);
  }

  #drawForces({ x, gradient, pushes }) {
    const from = [this.plane.x(x[0]), this.plane.y(x[1])];
    const tip = (force) => [this.plane.x(x[0] + FORCE * force[0]), this.plane.y(x[1] + FORCE * force[1])];
    put(this.pull, { d: arrow(from, tip(gradient.map((v) => -v)), 10) });
    this.pushes.forEach((node, k) => put(node, { d: pushes[k] ? arrow(from, tip(pushes[k]), 10) : "" }));
    put(this.ball, { transform: `translate(${this.plane.pixel(x)})` });
  }

  #drawNumbers({ x, value, gradient, g, mu, slope }) {
    const of = (k) => (k < g.length ? `${number(g[k])}, ${number(mu[k])}, ${number(g[k] * mu[k] || 0)}` : "none");
    this.numbers.show({
      x: pair(x), value: number(value), gradient: pair(gradient), first: of(0), second: of(1), slope: number(slope),
    });
  }

  rows() {
    const { g, mu } = this.result;
    return g.map((v, k) => [["x + y ≥ c", "x ≤ d"][k], number(v), number(mu[k]), number(v * mu[k] || 0), v === 0 ? "yes" : "no"]);
  }
}
