// The two charts beside the dial: the slice through the graph of f, and the polar curve of D_u f.

import { fixed, number, put, say, scale, svg } from "./kit.mjs";
import { arrow, ticks } from "./plane.mjs";

const BOX = { width: 300, height: 178, left: 40, right: 292, top: 26, bottom: 154 };
const SPAN = 2;

const polyline = (points) => points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** The text of a path through all finite points; it is lifted where there is none. */
function stroke(points) {
  const pieces = [[]];
  for (const point of points) Number.isFinite(point[1]) ? pieces.at(-1).push(point) : pieces.push([]);
  return pieces.map(polyline).join("");
}

/** The least and the largest finite value, with some air. */
function reach(values) {
  const finite = values.filter(Number.isFinite);
  const [low, high] = finite.length ? [Math.min(...finite), Math.max(...finite)] : [0, 1];
  const air = high - low > 1e-12 * (1 + Math.abs(high)) ? 0.08 * (high - low) : 1;
  return [low - air, high + air];
}

export class Slice {
  constructor() {
    const { width, height, left, right, top, bottom } = BOX;
    this.grid = svg("g", { class: "mc-grid" });
    this.curve = svg("path", { class: "mc-slice" });
    this.line = svg("path", { class: "mc-tangent" });
    this.dot = svg("circle", { r: 4.5, class: "mc-spot" });
    const inner = svg("svg", { x: left, y: top, width: right - left, height: bottom - top });
    inner.append(this.curve, this.line, this.dot);
    this.node = svg("svg", { class: "mc-chart", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    this.slope = svg("text", { x: right, y: 14, "text-anchor": "end", class: "mc-of-tangent" });
    this.node.append(svg("text", { x: 2, y: 14, class: "mc-title" }, "slice t ↦ f(p + tu)"), this.slope, this.grid, inner);
  }

  show({ slice, value, derivative }) {
    const range = reach(slice);
    const x = scale([-SPAN, SPAN], [0, BOX.right - BOX.left]);
    const y = scale(range, [BOX.bottom - BOX.top, 0]);
    const t = (k) => -SPAN + (2 * SPAN * k) / (slice.length - 1);
    put(this.curve, { d: stroke(slice.map((v, k) => [x(t(k)), y(v)])) });
    const ends = [-SPAN, SPAN].map((s) => [x(s), y(value + s * derivative)]);
    const known = Number.isFinite(value + derivative);
    put(this.line, { d: known ? polyline(ends) : "" });
    put(this.dot, { cx: x(0), cy: known ? y(value).toFixed(1) : -99 });
    say(this.slope, known ? `slope ${fixed(derivative, 2)}` : "");
    this.#rule(range, x);
  }

  #rule(range, x) {
    const high = scale(range, [BOX.bottom, BOX.top]);
    const lines = ticks(range).flatMap((at) => [
      svg("line", { x1: BOX.left, x2: BOX.right, y1: high(at), y2: high(at) }),
      svg("text", { x: BOX.left - 5, y: high(at) + 4, "text-anchor": "end" }, number(at)),
    ]);
    const feet = [-2, -1, 0, 1, 2].map((at) =>
      svg("text", { x: BOX.left + x(at), y: BOX.bottom + 17, "text-anchor": "middle" }, at === 0 ? "t = 0" : fixed(at, 0)),
    );
    this.grid.replaceChildren(...lines, ...feet);
  }
}

const POLAR = { width: 300, height: 252, x: 150, y: 138, radius: 96 };

/** r = |D_u f| in the direction u: two circles that touch; the gradient is a diameter of one. */
export class Polar {
  constructor() {
    const { width, height, x, y, radius } = POLAR;
    const half = { r: radius / 2 };
    this.rise = svg("circle", { class: "mc-rise", ...half });
    this.fall = svg("circle", { class: "mc-fall", ...half });
    this.gradient = svg("path", { class: "mc-arrow" });
    this.aim = svg("path", { class: "mc-ray" });
    this.foot = svg("path", { class: "mc-foot" });
    this.chord = svg("path", { class: "mc-chord" });
    this.end = svg("circle", { r: 4.5, class: "mc-aimed" });
    const rim = svg("circle", { class: "mc-outer", r: radius });
    this.arc = svg("path", { class: "mc-foot" });
    this.theta = svg("text", { class: "mc-name" }, "θ");
    this.names = { u: svg("text", { class: "mc-of-aim" }, "u"), g: svg("text", { class: "mc-of-gradient" }, "∇f") };
    this.note = svg("text", { x: width - 8, y: 14, "text-anchor": "end", class: "mc-of-aim" });
    const middle = svg("g", { transform: `translate(${x} ${y})` }, rim, this.fall, this.rise, this.foot, this.gradient, this.aim, this.chord, this.end, this.arc, this.theta, ...Object.values(this.names));
    this.node = svg("svg", { class: "mc-chart", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    this.node.append(svg("text", { x: 2, y: 14, class: "mc-title" }, "|Dᵤf| in every direction"), this.note, middle);
  }

  show({ gradient, norm, u, derivative, tangent }) {
    this.node.classList.toggle("mc-still", !tangent);
    say(this.note, Number.isFinite(derivative) ? `Dᵤf = ${fixed(derivative, 2)}` : "");
    const R = POLAR.radius;
    const [gx, gy] = tangent ? [(gradient[0] / norm) * R, (-gradient[1] / norm) * R] : [0, 0];
    const [ux, uy] = [u[0] * R, -u[1] * R];
    const share = tangent ? Math.abs(derivative) / norm : 0;
    const side = derivative < 0 ? -1 : 1;
    const end = [share * ux, share * uy];
    put(this.rise, { cx: (gx / 2).toFixed(1), cy: (gy / 2).toFixed(1) });
    put(this.fall, { cx: (-gx / 2).toFixed(1), cy: (-gy / 2).toFixed(1) });
    put(this.gradient, { d: arrow([0, 0], [gx, gy], 9) });
    put(this.aim, { d: `M0 0L${ux.toFixed(1)} ${uy.toFixed(1)}` });
    put(this.chord, { d: polyline([[0, 0], end]) });
    // The angle in a half-circle is right: the chord is the gradient's projection on u.
    put(this.foot, { d: tangent ? polyline([end, [side * gx, side * gy]]) : "" });
    put(this.end, { cx: end[0].toFixed(1), cy: end[1].toFixed(1) });
    this.#turn([gx, gy], [ux, uy], tangent && gx * ux + gy * uy < 0.9 * R ** 2);
    // Where u lies along the gradient its name steps aside.
    const near = gx * ux + gy * uy > 0.97 * R ** 2;
    const left = gx * uy - gy * ux < 0 ? 0.16 : -0.16;
    this.#name(this.names.u, near ? ux + left * uy : ux, near ? uy - left * ux : uy, 1.11);
    this.#name(this.names.g, tangent ? gx : -999, gy, 1.14);
  }

  /** The angle from the gradient to u, with its name where there is room for it. */
  #turn([gx, gy], [ux, uy], wide) {
    const [from, to] = [Math.atan2(gy, gx), Math.atan2(uy, ux)];
    const way = Math.atan2(Math.sin(to - from), Math.cos(to - from));
    const [small, far] = [0.24 * POLAR.radius, 0.37 * POLAR.radius];
    const at = (angle, r) => `${(r * Math.cos(angle)).toFixed(1)} ${(r * Math.sin(angle)).toFixed(1)}`;
    put(this.arc, { d: wide ? `M${at(from, small)}A${small} ${small} 0 0 ${way > 0 ? 1 : 0} ${at(to, small)}` : "" });
    put(this.theta, { transform: `translate(${wide ? at(from + way / 2, far) : "-999 0"}) translate(0 4)` });
  }

  #name(node, x, y, out) {
    put(node, { x: (x * out).toFixed(1), y: (y * out + 4).toFixed(1), "text-anchor": "middle" });
  }
}
