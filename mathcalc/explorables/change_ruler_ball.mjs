// The unit ball of the ruler, the level lines of v → ⟨g, v⟩, and the farthest line that meets it.

import { html, number, put, svg } from "./kit.mjs";
import { Plane, SIDE, arrow, legend } from "./plane.mjs";

const KEY = [
  ["mc-ball", "unit ball of the ruler"],
  ["mc-arrow", "gradient g (its direction)"],
  ["mc-aim", "steepest direction v"],
  ["mc-flat", "farthest level line, ⟨g, v⟩ = ‖g‖∗"],
];
const STRIPS = 12;
const POINTS = 240;
const REACH = 1.6; // where the gradient's handle is, in units of v
const DEGREES = 180 / Math.PI;

/** Points of the unit ball's edge, all the way round. */
function edge({ kind, inverse_p: s, axes, turn }) {
  const [c, d] = [Math.cos(turn), Math.sin(turn)];
  const bend = (part) => Math.sign(part) * Math.abs(part) ** (2 * s);
  return Array.from({ length: POINTS }, (_, k) => {
    const t = (2 * Math.PI * (k + 0.5)) / POINTS;
    if (kind === "lp") return [bend(Math.cos(t)), bend(Math.sin(t))];
    const [a, b] = [axes[0] * Math.cos(t), axes[1] * Math.sin(t)];
    return [c * a - d * b, d * a + c * b];
  });
}

// The points of the edge pass by the corners of the diamond, which is drawn by these.
const CORNERS = [[1, 0], [0, 1], [-1, 0], [0, -1]];

export class Ball {
  constructor(acts, window) {
    this.plane = new Plane({
      description: "The unit ball of the ruler, and the level lines of the gradient",
      handles: [
        { label: "Direction of the gradient", moved: acts.aimed, turned: acts.turned, free: true, kind: "mc-turns" },
        { label: "Shape of the ball, p", moved: acts.corner, turned: acts.pressed, ended: (s) => acts.inverse(1 - s), free: true, kind: "mc-shapes" },
        ...acts.axis.map((moved, k) => ({ label: `Half-axis ${k + 1}`, moved, turned: acts.spun, free: true, kind: "mc-shapes" })),
      ],
    });
    this.plane.frame(window);
    this.#makePicture();
    this.node = html("div", { class: "mc-main" }, this.plane.node, legend(KEY));
  }

  #makePicture() {
    const wide = (1.5 * SIDE) / STRIPS; // the diagonal of the window, in strips
    const strip = (k) => svg("path", {
      d: `M${(k - STRIPS / 2) * wide - 1} ${-SIDE}h${wide + 1}v${2 * SIDE}h${-wide - 1}z`, style: `--share: ${k / (STRIPS - 1)}`,
    });
    this.strips = svg("g", {}, ...Array.from({ length: STRIPS }, (_, k) => strip(k)));
    this.plane.bands.append(this.strips);
    this.ball = svg("path", { class: "mc-ball" });
    this.support = svg("path", { class: "mc-support", d: `M0 ${-SIDE}V${SIDE}` });
    this.gradient = svg("path", { class: "mc-arrow" });
    this.face = svg("path", { class: "mc-face" });
    this.aim = svg("path", { class: "mc-arrow mc-aim" });
    this.names = ["g", "v"].map((name) => svg("text", { class: `mc-name mc-of-${name}` }, name));
    this.plane.layer.append(this.ball, this.support, this.gradient, this.face, this.aim, ...this.names);
  }

  draw(state, result) {
    this.state = state;
    put(this.ball, { d: this.outline(this.plane, [0, 0], 1) });
    this.#drawLines(result);
    this.#drawHandles(state, result);
  }

  #pixel([x, y]) {
    return [this.plane.x(x), this.plane.y(y)];
  }

  #drawLines({ gradient: [gx, gy], v, face, product }) {
    const size = Math.hypot(gx, gy);
    const middle = this.#pixel([0, 0]);
    const [a, b] = size ? [(REACH * gx) / size, (REACH * gy) / size] : [0, 0];
    const angle = -Math.atan2(gy, gx) * DEGREES;
    put(this.strips, { transform: `translate(${middle}) rotate(${angle.toFixed(2)})` });
    const far = size ? ((product / size) * SIDE) / 4 : -9 * SIDE;
    put(this.support, { transform: `translate(${middle}) rotate(${angle.toFixed(2)}) translate(${far.toFixed(2)} 0)` });
    put(this.gradient, { d: arrow(middle, this.#pixel([a, b]), 10) });
    put(this.aim, { d: v ? arrow(middle, this.#pixel(v), 10) : "" });
    put(this.face, { d: face ? `M${this.#pixel(face[0])}L${this.#pixel(face[1])}` : "" });
    this.#name(this.names[0], size ? [1.14 * a, 1.14 * b] : [9, 9]);
    this.#name(this.names[1], v ? this.#beside(v, [a, b]) : [9, 9]);
    if (size) this.plane.place([a, b], 0, [0, 360, ((360 - angle) % 360).toFixed(1), `${((360 - angle) % 360).toFixed(1)}°`]);
    else this.plane.hide(0);
  }

  // The name of v stands on the side of v that is away from g.
  #beside([x, y], [a, b]) {
    const size = Math.hypot(x, y);
    const side = x * b - y * a > 0 ? 1 : -1;
    return [0.8 * x + (side * 0.17 * y) / size, 0.8 * y - (side * 0.17 * x) / size];
  }

  #name(node, point) {
    const [x, y] = this.#pixel(point);
    put(node, { x: x.toFixed(1), y: (y + 4).toFixed(1) });
  }

  #drawHandles({ kind, inverse_p: s, axes, turn }, { gradient: [gx, gy] }) {
    const [c, d] = [Math.cos(turn), Math.sin(turn)];
    if (kind === "lp") {
      const r = 2 ** -s; // on the diagonal that is farthest from v
      this.plane.place([gx > 0 ? -r : r, gy > 0 ? -r : r], 1, [0, 1, (1 - s).toFixed(2), s === 0 ? "p = ∞" : `p = ${number(1 / s)}`]);
      return [2, 3].forEach((k) => this.plane.hide(k));
    }
    this.plane.hide(1);
    const ends = [[c * axes[0], d * axes[0]], [-d * axes[1], c * axes[1]]];
    const degrees = turn * DEGREES;
    return ends.forEach((end, k) => {
      const text = `length ${axes[k].toFixed(2)}, turned by ${(degrees + 90 * k).toFixed(0)}°`;
      this.plane.place(end, 2 + k, [0, 360, (degrees + 90 * k).toFixed(0), text]);
    });
  }

  /** The ball of the present ruler in a plane: its centre, its radius; as the text of a path. */
  outline(plane, [x, y], radius) {
    const { kind, inverse_p: s } = this.state;
    const points = kind === "lp" && s === 1 ? CORNERS : edge(this.state);
    return `M${points.map(([a, b]) => plane.pixel([x + radius * a, y + radius * b])).join("L")}Z`;
  }
}
