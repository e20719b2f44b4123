// The plane: filled contours, axes, and points that pointer and arrow keys move.

import { bands } from "./contours.mjs";
import { keys, knob } from "./grip.mjs";
import { clamp, html, pair, put, scale, svg } from "./kit.mjs";

export const SIDE = 400;
const LEFT = 30;
const TOP = 5;
const FOOT = 24;
const LETTER = 7; // how wide a digit is
// Far outside the picture a coordinate no longer matters, but a huge one breaks the renderer.
const FAR = 20 * SIDE;

const memory = new Map();

function remember(key, make) {
  if (!memory.has(key)) {
    if (memory.size > 24) memory.delete(memory.keys().next().value);
    memory.set(key, make());
  }
  return memory.get(key);
}

/** Round numbers that part [low, high] into about five. */
export function ticks([low, high]) {
  const rough = (high - low) / 5;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * unit).find((s) => s >= rough * 0.999);
  const count = Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** The step of the arrow keys and the grain of the pointer: a power of ten near a pixel. */
const grain = (window) => 10 ** Math.floor(Math.log10((window[1] - window[0]) / 200));

/** What a reader takes hold of: by pointer, and by arrow keys. */
class Handle {
  /**
   * `moved(point)` is called while it is moved, with a point in the window on a grid near the
   * pixels, or with the pointer's own where `free`. Where it has `turned(degrees)`, the arrow keys
   * turn it. Home and End give it the least and the greatest value that it says of itself, or hand
   * that to `ended`. `reach` is the window it may not leave.
   */
  constructor({ label, moved, turned, ended, free = false, kind = "", reach }) {
    Object.assign(this, { moved, turned, ended, free, reach });
    const keydown = keys({ turned: (way, far) => this.#step(way, far), ended: (end) => this.#end(this.value[end]) });
    this.node = svg("g", { class: `mc-handle ${kind}`, role: "slider", tabindex: "0", "aria-label": label, keydown }, ...knob());
  }

  #step(way, far) {
    if (this.turned) return this.turned((way[0] + way[1]) * (far ? 15 : 1));
    const step = (far ? 10 : 2) * grain(this.window);
    return this.move(way.map((part, k) => this.point[k] + part * step));
  }

  #end(value) {
    if (this.ended) return this.ended(value);
    if (this.turned) return this.turned(value - this.value[2]);
    return this.move([value, this.point[1]]);
  }

  move([x, y]) {
    const [left, right, bottom, top] = this.reach ?? this.window;
    const unit = grain(this.window);
    const snap = (value) => (this.free ? value : Number((Math.round(value / unit) * unit).toPrecision(12)));
    const point = [clamp(snap(x), left, right), clamp(snap(y), bottom, top)];
    if (point[0] !== this.point[0] || point[1] !== this.point[1]) this.moved(point);
  }

  place(point, window, pixel, value) {
    Object.assign(this, { point, window, value });
    const [low, high, now, text] = value;
    put(this.node, {
      display: "inline", transform: `translate(${pixel})`, "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": now, "aria-valuetext": text,
    });
  }
}

export class Plane {
  /** One handle, by its `label` and `moved`; or several, of which a click moves the first; or none. */
  constructor({ label, description, moved, handles = [{ label, moved }] }) {
    this.handles = handles.map((options) => new Handle(options));
    this.held = this.handles[0];
    this.bands = svg("g", { class: "mc-bands" });
    this.layer = svg("g");
    this.axes = svg("g", { class: "mc-axes", "aria-hidden": "true" });
    this.inner = svg("svg", { x: LEFT, y: TOP, width: SIDE, height: SIDE, class: "mc-inner" });
    this.inner.append(this.bands, this.layer, ...this.handles.map((handle) => handle.node));
    const rim = svg("rect", { x: LEFT, y: TOP, width: SIDE, height: SIDE, class: "mc-rim" });
    this.node = svg("svg", { class: "mc-plane", role: "group", "aria-label": description });
    put(this.node, { viewBox: `0 0 ${LEFT + SIDE + 6} ${TOP + SIDE + FOOT}` });
    this.node.append(this.inner, rim, this.axes);
    if (handles.length) this.#listen();
    else put(this.inner, { style: "cursor: default" });
  }

  #listen() {
    this.inner.addEventListener("click", (event) => this.#point(event));
    this.inner.addEventListener("pointerdown", (event) => this.#grab(event));
    this.inner.addEventListener("pointermove", (event) => this.dragging && this.#point(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.inner.addEventListener(end, () => (this.dragging = false));
    }
  }

  // A finger that lands beside a handle scrolls the page; a tap is a click.
  #grab(event) {
    const grip = this.handles.find(({ node }) => node.contains(event.target));
    this.held = grip ?? this.handles[0];
    if (event.button !== 0 || (event.pointerType === "touch" && !grip)) return;
    this.dragging = true;
    this.inner.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.held.node.focus({ preventScroll: true });
    if (!grip) this.#point(event);
  }

  #point(event) {
    const box = this.layer.getScreenCTM(); // a group's: browsers differ on a nested svg's own
    const [u, v] = [(event.clientX - box.e) / box.a, (event.clientY - box.f) / box.d];
    const [left, right, bottom, top] = this.window;
    this.held.move([scale([0, SIDE], [left, right])(u), scale([SIDE, 0], [bottom, top])(v)]);
  }

  /** Show the function f, whose name is `key`, on a window [left, right, bottom, top]. */
  show(f, key, window) {
    const name = `${key} on ${window}`;
    if (this.name === name) return;
    this.name = name;
    this.frame(window);
    const shapes = remember(name, () => bands(f, window, [SIDE, SIDE]));
    this.bands.replaceChildren(
      ...shapes.map(({ d, share }) => svg("path", { d, style: `--share: ${share.toFixed(3)}` })),
    );
  }

  /** Set the window and its axes alone. */
  frame(window) {
    this.window = window;
    this.x = scale([window[0], window[1]], [0, SIDE]);
    this.y = scale([window[2], window[3]], [SIDE, 0]);
    this.axes.replaceChildren(...this.#ticks(window));
  }

  #ticks(window) {
    const label = (value) => String(value).replace("-", "−");
    const foot = TOP + SIDE + 17;
    const values = ticks(window.slice(0, 2));
    const room = values.reduce((sum, value) => sum + (label(value).length + 2) * LETTER, 0);
    const across = values.filter((_, k) => k % Math.ceil(room / SIDE) === 0).map((value) =>
      svg("text", { x: LEFT + this.x(value), y: foot, "text-anchor": "middle" }, label(value)),
    );
    const along = ticks(window.slice(2)).map((value) =>
      svg("text", { x: LEFT - 6, y: TOP + this.y(value) + 4, "text-anchor": "end" }, label(value)),
    );
    return [...across, ...along];
  }

  /** Hide a handle that has nothing to move. */
  hide(index) {
    put(this.handles[index].node, { display: "none" });
  }

  /** Put a handle at a point; `value` is what it says of itself: [low, high, now, text]. */
  place(point, index = 0, value = [this.window[0], this.window[1], point[0], pair(point)]) {
    this.handles[index].place(point, this.window, this.pixel(point), value);
  }

  /** The pixel of a point of the plane, as SVG writes it. */
  pixel([x, y]) {
    const u = clamp(this.x(x), -FAR, FAR);
    const v = clamp(this.y(y), -FAR, FAR);
    return `${u.toFixed(1)} ${v.toFixed(1)}`;
  }
}

/** An arrow between two pixels, as the text of an SVG path; none where they are one. */
export function arrow([x, y], [tipX, tipY], head = 8) {
  const length = Math.hypot(tipX - x, tipY - y);
  if (!(length > 0.5)) return "";
  const [u, v] = [((tipX - x) / length) * head, ((tipY - y) / length) * head];
  const barb = (side) => `${(tipX - u + side * 0.6 * v).toFixed(1)} ${(tipY - v - side * 0.6 * u).toFixed(1)}`;
  const tip = `${tipX.toFixed(1)} ${tipY.toFixed(1)}`;
  return `M${x.toFixed(1)} ${y.toFixed(1)}L${tip}M${barb(1)}L${tip}L${barb(-1)}`;
}

/** A key to the drawing: pairs of a class and a word. */
export function legend(entries) {
  const item = ([name, word]) => html("li", {}, html("i", { class: `mc-key ${name}` }), word);
  return html("ul", { class: "mc-legend" }, ...entries.map(item));
}
