// The landscape with its tangent plane: it turns under the pointer, and the point moves on its floor.

import { keys, knob } from "./grip.mjs";
import { number, pair, put, svg } from "./kit.mjs";
import { Relief } from "./relief.mjs";
import { onFloor, project } from "./space.mjs";

const WIDTH = 440;
const TALL = 392;
const MIDDLE = [220, 182];
const UNIT = 139;
const FLOOR = -0.8;

const place = ([u, v]) => `${(MIDDLE[0] + UNIT * u).toFixed(1)} ${(MIDDLE[1] + UNIT * v).toFixed(1)}`;

export class View {
  constructor({ moved, turned }) {
    this.moved = moved;
    this.turned = turned;
    this.relief = new Relief(place);
    const turn = ([right, up], far) => this.turned([-4 * right, 4 * up].map((part) => part * (far ? 5 : 1)));
    const keydown = keys({ turned: turn, ended: (end) => this.turned([[-180, 180][end] - this.turn, 0]) });
    this.stage = svg("rect", {
      x: 3, y: 3, width: WIDTH - 6, height: TALL - 6, rx: 6, class: "mc-stand", role: "slider", tabindex: "0",
      "aria-label": "Turn the picture", "aria-valuemin": -180, "aria-valuemax": 180, keydown,
    });
    this.floor = svg("path", { class: "mc-floor" });
    // A rim in the page's colour keeps the lines legible on every shade.
    this.tangents = ["mc-aura", "mc-tangent"].map((kind) => svg("path", { class: kind }));
    this.drop = svg("path", { class: "mc-drop" });
    this.miss = svg("path", { class: "mc-miss" });
    this.top = svg("circle", { r: 5, class: "mc-top" });
    this.labels = svg("g", { class: "mc-names", "aria-hidden": "true" });
    this.handle = this.#makeHandle();
    this.node = svg("svg", {
      class: "mc-space", viewBox: `0 0 ${WIDTH} ${TALL}`, role: "group", "aria-label": "The surface, its tangent plane and the two slices",
    });
    this.node.append(this.stage, this.floor, this.relief.node, ...this.tangents, this.drop, this.miss, this.top, this.labels, this.handle);
    this.#listen();
  }

  #makeHandle() {
    const slide = (way, far) => this.#slide(this.point, way.map((part) => part * (far ? 0.15 : 0.03)));
    const keydown = keys({ turned: slide, ended: (end) => this.moved([this.shown[end], this.point[1]]) });
    return svg(
      "g", { class: "mc-handle", role: "slider", tabindex: "0", "aria-label": "Point of contact", keydown },
      ...knob(),
    );
  }

  #listen() {
    this.node.addEventListener("pointerdown", (event) => this.#grab(event));
    this.node.addEventListener("pointermove", (event) => this.held && this.#drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.node.addEventListener(end, () => (this.held = null));
  }

  #grab(event) {
    if (event.button !== 0) return;
    const target = this.handle.contains(event.target) ? this.handle : this.stage;
    this.held = { target, at: [event.clientX, event.clientY], point: this.point };
    this.node.setPointerCapture(event.pointerId);
    event.preventDefault();
    target.focus({ preventScroll: true });
  }

  #drag(event) {
    const { target, at, point } = this.held;
    const zoom = this.node.getBoundingClientRect().width / WIDTH;
    const way = [(event.clientX - at[0]) / zoom, (event.clientY - at[1]) / zoom];
    if (target === this.handle) return this.#slide(point, onFloor(this.camera, way.map((part) => part / UNIT)));
    this.held.at = [event.clientX, event.clientY];
    return this.turned([-0.5 * way[0], 0.4 * way[1]]);
  }

  // The window shrinks around the point, so on the magnified floor the whole window is still in reach.
  #slide(from, [right, up]) {
    const half = [(this.shown[1] - this.shown[0]) / 2, (this.shown[3] - this.shown[2]) / 2];
    this.moved([from[0] + right * half[0], from[1] + up * half[1]]);
  }

  draw({ point, turn, tilt }, { value, gradient, at, camera }, f, shown) {
    Object.assign(this, { point, turn });
    this.camera = camera;
    const plane = gradient && (([x, y]) => value + gradient[0] * (x - point[0]) + gradient[1] * (y - point[1]));
    const key = [f.text, ...shown].join();
    if (this.key !== key) this.relief.show(f.value, plane, shown, point);
    this.key = key;
    this.shown = shown;
    this.relief.paint(camera);
    this.#drawPoint(point, value);
    this.#drawMiss(at);
    this.#drawFloor(shown, gradient);
    put(this.stage, { "aria-valuenow": Math.round(turn), "aria-valuetext": `turned by ${Math.round(turn)}°, seen from ${Math.round(tilt)}° above` });
  }

  #spot(inBox) {
    return place(project(this.camera, inBox));
  }

  #drawPoint(point, value) {
    const [x, y, z] = this.relief.inBox([...point, value ?? 0]);
    const [foot, top] = [this.#spot([x, y, FLOOR]), this.#spot([x, y, z])];
    put(this.drop, { d: value === null ? "" : `M${foot}L${top}` });
    put(this.top, { transform: `translate(${top})`, visibility: value === null ? "hidden" : "visible" });
    put(this.handle, {
      transform: `translate(${foot})`, "aria-valuemin": this.shown[0], "aria-valuemax": this.shown[1],
      "aria-valuenow": point[0], "aria-valuetext": pair(point),
    });
  }

  #drawMiss(at) {
    const shown = Number.isFinite(at?.remainder);
    const ends = shown ? [at.plane, at.surface].map((z) => this.#spot(this.relief.inBox([...at.probe, z]))) : [];
    put(this.miss, { d: shown ? `M${ends[0]}L${ends[1]}` : "" });
  }

  #drawFloor(shown, gradient) {
    const corner = (x, y) => this.#spot([x, y, FLOOR]);
    put(this.floor, { d: `M${corner(-1, -1)}L${corner(1, -1)}L${corner(1, 1)}L${corner(-1, 1)}Z` });
    const [x, y, z] = this.camera.toward;
    const near = [x, y].map((part) => (part > 0 === z > 0 ? 1.12 : -1.12)); // the lower edges on the paper
    const short = (value) => number(Number(value.toPrecision(4)));
    const marks = [
      [[-0.74, near[1]], short(shown[0])], [[0, near[1]], "x"], [[0.74, near[1]], short(shown[1])],
      [[near[0], -0.74], short(shown[2])], [[near[0], 0], "y"], [[near[0], 0.74], short(shown[3])],
    ].map(([[x, y], word]) => this.#text([x, y, FLOOR], word, "mc-tick"));
    this.labels.replaceChildren(...marks, ...this.#drawTangents(gradient ? this.relief.tangents() : []));
  }

  #drawTangents(lines) {
    const d = lines.map((ends) => `M${ends.map((end) => this.#spot(end)).join("L")}`).join("");
    this.tangents.forEach((path) => put(path, { d }));
    const beyond = ([start, end]) => end.map((part, k) => part + 0.13 * (part - start[k]));
    return lines.map((ends, k) => this.#text(beyond(ends), ["∂f/∂x", "∂f/∂y"][k], "mc-slope-name"));
  }

  #text(inBox, word, kind) {
    const [x, y] = this.#spot(inBox).split(" ").map(Number);
    return svg("text", { x, y: y + 4, "text-anchor": "middle", class: kind }, word);
  }
}
