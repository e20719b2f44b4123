// The contours of a quadratic form and the circle of its curvatures, with their controls.

import { button, readouts, slider, table } from "./controls.mjs";
import { words } from "./hessian_quadratic_model_words.mjs";
import { fixed, html, number, put, say, svg } from "./kit.mjs";
import { Plane, SIDE, arrow, legend } from "./plane.mjs";

const WINDOW = [-2, 2, -2, 2];
const REACHES = [3.8, 6.6]; // no eigenvalue of the sliders lies farther out
const DEGREES = 180 / Math.PI;
const KEY = [["mc-aim", "u"], ["mc-steep", "eigenvector of λmax"], ["mc-slow", "eigenvector of λmin"]];

export class Scene {
  constructor(acts) {
    this.#makePlane(acts);
    this.#makeRing(acts);
    this.#makeControls(acts);
    this.numbers = readouts({
      curvature: "uᵀHu", low: "λmin", high: "λmax", trace: "trace = λmin + λmax", det: "det = λmin λmax", kind: "H is",
    });
    this.formula = html("p", { class: "mc-statement" });
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.table = table({
      summary: "The numbers as a table", caption: "The curvature all the way round", heads: ["direction φ", "uᵀHu"], rows: () => this.rows(),
    });
    const main = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
    const side = html("div", { class: "mc-side" }, html("div", {}, html("p", { class: "mc-pane" }, "the curvature uᵀHu goes round a circle"), this.ring.node));
    this.node = html(
      "div", { class: "mc-live mc-form" }, this.formula,
      html("div", { class: "mc-stage" }, main, side), this.panel, this.numbers.node, this.words, this.table.node,
    );
  }

  #makePlane({ aimed, turned }) {
    this.plane = new Plane({
      description: "Contours of the quadratic form, its eigenvectors, and a direction u",
      handles: [{ label: "Direction u", moved: aimed, turned, free: true, kind: "mc-aims" }],
    });
    this.axes = [svg("path", { class: "mc-axis mc-slow" }), svg("path", { class: "mc-axis mc-steep" })];
    this.aim = svg("path", { class: "mc-arrow mc-aim" });
    this.plane.layer.append(...this.axes, this.aim);
  }

  #makeRing({ rounded, turned }) {
    this.ring = new Plane({
      description: "The circle of the curvatures: its crossings with the axis are the eigenvalues",
      handles: [{ label: "Point of the circle for u", moved: rounded, turned, free: true, kind: "mc-aims" }],
    });
    const [axis, middle] = [`M0 ${SIDE / 2}H${SIDE}`, `translate(${SIDE / 2} ${SIDE / 2})`];
    const zero = svg("g", { class: "mc-zero-mark", transform: middle }, svg("path", { d: "M0-9V9M-9 0H9" }), svg("text", { y: 26 }, "0"));
    this.circle = svg("circle", { class: "mc-ring" });
    this.spoke = svg("path", { class: "mc-spoke" });
    this.drop = svg("path", { class: "mc-foot" });
    this.ends = ["mc-slow", "mc-steep"].map((kind) => svg("circle", { r: 5.5, class: `mc-end ${kind}` }));
    this.names = ["λmin", "λmax"].map((word, k) => svg("text", { class: `mc-name ${["mc-slow", "mc-steep"][k]}` }, word));
    this.ring.layer.append(svg("path", { class: "mc-line-axis", d: axis }), this.circle, this.drop, this.spoke, zero, ...this.ends, ...this.names);
  }

  #makeControls(acts) {
    const entry = (name, label) => slider({ label, name, low: -3, high: 3, step: 0.05, decimals: 2, changed: acts.set(name) });
    this.sliders = { a: entry("a", "a = ∂²f/∂x²"), b: entry("b", "b = ∂²f/∂x∂y"), c: entry("c", "c = ∂²f/∂y²") };
    this.phi = slider({ label: "direction φ (°)", name: "phi", low: 0, high: 360, step: 0.1, decimals: 1, changed: acts.phi });
    this.ways = [button("Least curved", "least", acts.least), button("Most curved", "most", acts.most)];
    const nodes = Object.values(this.sliders).map(({ node }) => node);
    this.panel = html("div", { class: "mc-panel" }, ...nodes, this.phi.node, html("div", { class: "mc-buttons" }, ...this.ways));
  }

  draw(state, result) {
    Object.assign(this, { state, result });
    const { a, b, c, phi } = state;
    const f = ([x, y]) => (a * x * x + 2 * b * x * y + c * y * y) / 2;
    this.plane.show(f, JSON.stringify([a, b, c]), WINDOW);
    this.#drawVectors(result, phi);
    this.#drawRing(result, phi);
    for (const key of ["a", "b", "c"]) this.sliders[key].show(state[key]);
    this.phi.show(Number((phi * DEGREES).toFixed(1)));
    for (const way of this.ways) way.disabled = !result.vectors;
    say(this.formula, `f(x) = ½ xᵀHx,   H = [${number(a)}  ${number(b)}; ${number(b)}  ${number(c)}]`);
    this.#drawNumbers(result);
    say(this.words, words(result));
    this.table.show();
  }

  #drawVectors({ u, vectors }, phi) {
    const { plane } = this;
    const at = ([x, y]) => [plane.x(x), plane.y(y)];
    this.axes.forEach((axis, k) => put(axis, { d: vectors ? `M${at(vectors[k].map((v) => -4 * v))}L${at(vectors[k].map((v) => 4 * v))}` : "" }));
    put(this.aim, { d: arrow(at([0, 0]), at(u), 9) });
    plane.place(u, 0, turnOf(phi));
  }

  #drawRing({ curvature, twist, centre, radius, eigen }, phi) {
    const { ring } = this;
    const point = [curvature, twist];
    const reach = REACHES[Number(Math.max(-eigen[0], eigen[1]) > 3.3)];
    if (ring.window?.[1] !== reach) ring.frame([-reach, reach, -reach, reach]);
    put(this.circle, { cx: ring.x(centre).toFixed(1), cy: ring.y(0).toFixed(1), r: (ring.x(radius) - ring.x(0)).toFixed(1) });
    put(this.spoke, { d: `M${ring.pixel([centre, 0])}L${ring.pixel(point)}` });
    put(this.drop, { d: `M${ring.pixel(point)}L${ring.pixel([curvature, 0])}` });
    const apart = ring.x(eigen[1]) - ring.x(eigen[0]) > 40;
    eigen.forEach((value, k) => {
      put(this.ends[k], { cx: ring.x(value).toFixed(1), cy: ring.y(0).toFixed(1) });
      const out = (k ? 1 : -1) * 30;
      put(this.names[k], { x: Math.min(Math.max(ring.x(value) + out, 24), 374).toFixed(1), y: ring.y(0) - (apart ? 11 : 11 + 16 * k) });
    });
    ring.place(point, 0, turnOf(phi));
  }

  #drawNumbers({ curvature, eigen, trace, det, kind }) {
    this.numbers.show({
      curvature: number(tidy(curvature)), low: number(tidy(eigen[0])), high: number(tidy(eigen[1])), trace: number(tidy(trace)), det: number(tidy(det)), kind,
    });
  }

  rows() {
    const { a, b, c } = this.state;
    return Array.from({ length: 13 }, (_, k) => {
      const [x, y] = [Math.cos((k * Math.PI) / 12), Math.sin((k * Math.PI) / 12)];
      return [`${15 * k}°`, fixed(a * x * x + 2 * b * x * y + c * y * y, 4)];
    });
  }
}

const turnOf = (phi) => [0, 360, (phi * DEGREES).toFixed(1), `${(phi * DEGREES).toFixed(1)}°`];
// What is rounding is written as the zero that it stands for.
const tidy = (value) => (Math.abs(value) < 1e-12 ? 0 : value);
