// The picture and the controls of the sweep counter: the same Jacobian twice, filled in two ways.

import { button, menu, readouts, slider } from "./controls.mjs";
import { keys, knob } from "./grip.mjs";
import { clamp, html, put, say, svg } from "./kit.mjs";

const SIZE = [620, 340];
const SIDE = { least: 40, decade: 70 }; // a side's length: logarithmic, so that 1 and 1000 both fit
const CORNERS = { forward: [34, 46], reverse: [348, 46] };
const LINES = 32; // more rows or columns than this are not told apart
const LOG = { to: Math.log10, from: (v) => 10 ** v, step: 0.005 };
const NAMES = { jvps: "forward: JVPs, one a column", vjps: "reverse: VJPs, one a row", cheaper: "fewer sweeps", done: "sweeps so far" };
const SAID = { forward: "forward mode", reverse: "reverse mode", tie: "a tie" };

const side = (count) => SIDE.least + SIDE.decade * Math.log10(count);
const countOf = (length) => 10 ** ((length - SIDE.least) / SIDE.decade);

export class Scene {
  constructor(acts, examples) {
    Object.assign(this, { acts, examples });
    this.grids = { forward: grid("forward"), reverse: grid("reverse") };
    this.handle = this.#makeHandle();
    this.drawing = svg(
      "svg", { class: "mc-sweeps", viewBox: `0 0 ${SIZE.join(" ")}`, role: "group", "aria-label": "The Jacobian, filled by columns and filled by rows" },
      ...Object.values(this.grids).map(({ node }) => node), this.handle,
    );
    this.#makeControls();
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.node = html(
      "div", { class: "mc-live mc-sweepcounter" }, this.menu.node, this.drawing, this.numbers.node,
      html("div", { class: "mc-panel" }, this.n.node, this.m.node, this.sweeps.node, this.buttons), this.words,
    );
  }

  #makeControls() {
    const { size, sweeps, one, play, chosen } = this.acts;
    const whole = { low: 1, high: 1000, step: 1, decimals: 0 };
    this.menu = menu({ label: "Example", names: this.examples.map(({ name }) => name), other: "your own", chosen, name: "example" });
    this.n = slider({ label: "inputs n", name: "n", ...whole, scale: LOG, changed: (n) => size({ n }) });
    this.m = slider({ label: "outputs m", name: "m", ...whole, scale: LOG, changed: (m) => size({ m }) });
    this.sweeps = slider({ label: "sweeps", name: "sweeps", ...whole, low: 0, changed: sweeps });
    this.play = button("Play", "play", play);
    this.buttons = html("div", { class: "mc-buttons" }, button("Back", "back", () => one(-1)), button("Step", "forth", () => one(1)), this.play);
    this.numbers = readouts(NAMES);
  }

  /** The corner of the first grid: to the right for more inputs, down for more outputs. */
  #makeHandle() {
    const keydown = keys({ turned: (way, far) => this.#step(way, far), ended: (end) => this.acts.size({ n: [1, 1000][end] }) });
    const handle = svg(
      "g", { class: "mc-handle", role: "slider", tabindex: "0", "aria-label": "Corner of the Jacobian: right and left for the inputs, down and up for the outputs", keydown },
      ...knob(),
    );
    put(handle, { "aria-valuemin": 1, "aria-valuemax": 1000 });
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      event.preventDefault();
      handle.focus({ preventScroll: true });
    });
    handle.addEventListener("pointermove", (event) => handle.hasPointerCapture(event.pointerId) && this.#drag(event));
    return handle;
  }

  #drag(event) {
    const { a, d, e, f } = this.drawing.getScreenCTM(), [left, top] = CORNERS.forward;
    this.acts.size({ n: countOf((event.clientX - e) / a - left), m: countOf((event.clientY - f) / d - top) });
  }

  #step([right, up], far) {
    const [name, way] = right ? ["n", right] : ["m", -up], step = far ? Math.max(1, Math.round(this.state[name] / 5)) : 1;
    this.acts.size({ [name]: clamp(this.state[name] + way * step, 1, 1000) });
  }

  draw(state, result, playing) {
    this.state = state;
    const { n, m, sweeps } = state, [w, h] = [side(n), side(m)];
    for (const [mode, { lines, rim, fill, fresh, head, foot, wide, high }] of Object.entries(this.grids)) {
      const [x, y] = CORNERS[mode], along = mode === "forward", count = along ? n : m, done = along ? result.columns : result.rows;
      put(rim, { x, y, width: w.toFixed(1), height: h.toFixed(1) });
      const part = (from, to) => (along
        ? { x: (x + w * from).toFixed(1), y, width: (w * (to - from)).toFixed(1), height: h.toFixed(1) }
        : { x, y: (y + h * from).toFixed(1), width: w.toFixed(1), height: (h * (to - from)).toFixed(1) });
      put(fill, part(0, done / count));
      put(fresh, part(Math.max(Math.min(done - 1, done - count / 120), 0) / count, done / count));
      put(lines, { d: rule(x, y, w, h, n, m) });
      say(head, along ? "forward: a column a sweep" : "reverse: a row a sweep");
      say(foot, done < count ? `${done} of ${count} sweeps` : `complete after ${count} ${count === 1 ? "sweep" : "sweeps"}`);
      put(foot, { y: y + h + 20 });
      say(wide, `n = ${n}`);
      say(high, `m = ${m}`);
      put(wide, { x: (x + w / 2).toFixed(1) });
      put(high, { transform: `translate(${x - 10} ${(y + h / 2).toFixed(1)}) rotate(-90)` });
    }
    const [x, y] = CORNERS.forward;
    put(this.handle, { transform: `translate(${(x + w).toFixed(1)} ${(y + h).toFixed(1)})`, "aria-valuenow": n, "aria-valuetext": `n = ${n}, m = ${m}` });
    this.#drawControls(state, result, playing);
    if (!playing) say(this.words, words(state, result));
  }

  #drawControls({ n, m, sweeps }, result, playing) {
    this.menu.show(this.examples.findIndex((one) => one.n === n && one.m === m));
    this.n.show(n);
    this.m.show(m);
    for (const input of this.sweeps.node.querySelectorAll("input")) put(input, { max: result.last });
    this.sweeps.show(Math.min(sweeps, result.last));
    say(this.play, playing ? "Pause" : "Play");
    this.numbers.show({ jvps: String(result.jvps), vjps: String(result.vjps), cheaper: SAID[result.cheaper], done: String(Math.min(sweeps, result.last)) });
  }
}

function grid(mode) {
  const parts = {
    fill: svg("rect", { class: "mc-filled" }), fresh: svg("rect", { class: "mc-fresh" }),
    lines: svg("path", { class: "mc-rule" }), rim: svg("rect", { class: "mc-frame" }),
    head: svg("text", { x: CORNERS[mode][0], y: 16, class: "mc-mode-name" }), foot: svg("text", { x: CORNERS[mode][0] }),
    wide: svg("text", { y: CORNERS[mode][1] - 8, "text-anchor": "middle" }), high: svg("text", { "text-anchor": "middle" }),
  };
  return { node: svg("g", { class: `mc-${mode}-sweeps`, "aria-hidden": "true" }, ...Object.values(parts)), ...parts };
}

/** Rows and columns, as far as they can be told apart. */
function rule(x, y, w, h, n, m) {
  const inner = (count) => (count > LINES ? [] : Array.from({ length: count - 1 }, (_, k) => (k + 1) / count));
  const down = inner(n).map((t) => `M${(x + w * t).toFixed(1)} ${y}v${h.toFixed(1)}`);
  const over = inner(m).map((t) => `M${x} ${(y + h * t).toFixed(1)}h${w.toFixed(1)}`);
  return [...down, ...over].join("");
}

const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

/** What the two ways cost here, in a sentence or two. */
export function words({ n, m }, { cheaper, jvps, vjps, entries }) {
  const sizes = `A map from ${count(n, "input")} to ${count(m, "output")} has ${count(entries, "derivative")}.`;
  const both = `Forward mode finds them in ${count(jvps, "sweep")}, reverse mode in ${count(vjps, "sweep")}`;
  if (cheaper === "tie") return `${sizes} ${both}: a tie in sweeps, so memory decides, and forward mode needs none for a tape.`;
  if (m === 1) return `${sizes} ${both}: with one output, one sweep is the whole gradient. A loss is such a map.`;
  return `${sizes} ${both}: ${SAID[cheaper]} is the cheaper one.`;
}
