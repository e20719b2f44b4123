// The picture and the controls of the checkpoint planner: place against time, and memory beside it.

import { comparison, times, words } from "./checkpoint_planner_words.mjs";
import { choice } from "./choice.mjs";
import { button, slider } from "./controls.mjs";
import { keys } from "./grip.mjs";
import { clamp, html, put, say, scale, svg } from "./kit.mjs";
import { legend } from "./plane.mjs";

const SIZE = [640, 430];
const CHAIN = { left: 26, right: 446, top: 44, height: 18 };
const TIME = { top: 96, bottom: 412 };
const GAUGE = { left: 480, right: 622 };
const HANDLES = 40; // more snapshots than this are drawn, but cannot be gripped one by one
const PLANS = [["equal", "equal segments"], ["own", "my own snapshots"], ["binomial", "binomial"]];
const KEY = [
  ["mc-advance", "run and forgotten"], ["mc-record", "run and recorded"],
  ["mc-home", "the way back"], ["mc-snap", "a snapshot in memory"],
];
const MOVES = ["advance", "record", "back"];
const STYLES = { advance: "mc-advance", record: "mc-record", back: "mc-home" };

export class Scene {
  constructor(acts) {
    this.acts = acts;
    this.#makeDrawing();
    this.#makeControls();
    this.words = html("p", { class: "mc-words", "aria-live": "polite" });
    this.rows = html("tbody");
    const heads = ["plan", "values at the peak", "steps run again"].map((word) => html("th", { scope: "col" }, word));
    const sheet = html("table", {}, html("thead", {}, html("tr", {}, ...heads)), this.rows);
    this.node = html(
      "div", { class: "mc-live mc-planner" }, this.choice.node, this.drawing, legend(KEY),
      html("div", { class: "mc-panel" }, this.n.node, this.k.node, this.budget.node, this.time.node, this.buttons),
      this.words, sheet,
    );
  }

  // ── made once ───────────────────────────────────────────────────────────────────────────

  #makeDrawing() {
    const clip = `mc-${Math.random().toString(36).slice(2)}`;
    this.window = svg("rect", { x: 0, y: TIME.top - 4, width: SIZE[0], height: 0 });
    const layer = (attributes) => {
      const paths = Object.fromEntries([...MOVES, "snap", "held"].map((kind) => [kind, svg("path", { class: STYLES[kind] ?? `mc-${kind}` })]));
      return { node: svg("g", attributes, ...Object.values(paths)), paths };
    };
    this.ghost = layer({ class: "mc-faint" });
    this.past = layer({ "clip-path": `url(#${clip})` });
    this.now = svg("line", { class: "mc-moment", x1: CHAIN.left, x2: GAUGE.right });
    this.limit = svg("line", { class: "mc-budget-line", y1: TIME.top, y2: TIME.bottom });
    this.marks = svg("g", { class: "mc-marks", "aria-hidden": "true" });
    this.chain = Object.fromEntries(["cells", "tape", "done"].map((kind) => [kind, svg("rect", { class: `mc-chain-${kind}`, y: CHAIN.top, height: CHAIN.height })]));
    this.place = svg("path", { class: "mc-place", d: `M0 ${CHAIN.top + CHAIN.height + 4}l-5 8h10z` });
    this.ticks = svg("path", { class: "mc-ticks" });
    this.handles = svg("g", {});
    this.field = svg("rect", { class: "mc-field-area", x: CHAIN.left, y: TIME.top, width: GAUGE.right - CHAIN.left, height: TIME.bottom - TIME.top });
    this.drawing = svg(
      "svg", { class: "mc-schedule", viewBox: `0 0 ${SIZE.join(" ")}`, role: "group", "aria-label": "The chain with its snapshots, and below it what happens from moment to moment" },
      svg("clipPath", { id: clip }, this.window), this.marks, ...Object.values(this.chain), this.ticks, this.place,
      this.ghost.node, this.past.node, this.limit, this.now, this.field, this.handles,
    );
    const seek = (event) => event.buttons & 1 && this.acts.tick(this.#tickAt(event));
    this.field.addEventListener("pointerdown", (event) => event.pointerType === "touch" || (this.field.setPointerCapture(event.pointerId), seek(event)));
    this.field.addEventListener("pointermove", (event) => event.pointerType === "touch" || seek(event));
  }

  #makeControls() {
    this.choice = choice({ question: "The plan", name: "plan", answers: PLANS.map(([, word]) => word), chosen: (i) => this.acts.plan(PLANS[i][0]) });
    const whole = { step: 1, decimals: 0 };
    this.n = slider({ label: "steps n", name: "n", low: 4, high: 400, changed: this.acts.n, ...whole });
    this.k = slider({ label: "segments k", name: "k", low: 1, high: 400, changed: this.acts.k, ...whole });
    this.budget = slider({ label: "budget", name: "budget", low: 2, high: 60, changed: this.acts.budget, ...whole });
    this.time = slider({ label: "time", name: "tick", low: 0, high: 1e6, changed: this.acts.tick, ...whole });
    this.play = button("Play", "play", this.acts.play);
    this.buttons = html(
      "div", { class: "mc-buttons" }, button("Back", "back", () => this.acts.step(-1)), button("Step", "forth", () => this.acts.step(1)), this.play,
    );
  }

  // ── drawn for a state ───────────────────────────────────────────────────────────────────

  draw(state, result, playing) {
    this.x = scale([0, state.n], [CHAIN.left, CHAIN.right]);
    this.y = scale([0, result.ticks], [TIME.top, TIME.bottom]);
    this.result = result;
    if (this.drawn !== result.timed) this.#drawSchedule(state, result);
    this.drawn = result.timed;
    this.#drawGauge(state, result);
    this.#drawNow(state, result);
    this.#drawHandles(state, result);
    this.#drawControls(state, result, playing);
    if (!playing) say(this.words, words(state, result));
    const line = ([name, peak, again, kind]) => html("tr", { class: kind === state.plan ? "mc-chosen" : "" }, html("th", { scope: "row" }, name), html("td", {}, String(peak)), html("td", {}, String(again)));
    this.rows.replaceChildren(...comparison(state, result).map(line));
  }

  #drawSchedule({ n }, { timed, snapshots }) {
    const at = (place, tick) => `${this.x(place).toFixed(1)} ${this.y(tick).toFixed(1)}`;
    for (const layer of [this.ghost, this.past]) {
      for (const kind of MOVES) {
        const moves = timed.filter((action) => action.kind === kind);
        put(layer.paths[kind], { d: moves.map(({ from, to, at: t, steps }) => `M${at(from, t)}L${at(to, t + steps)}`).join("") });
      }
      put(layer.paths.snap, { d: snapshots.map(({ from, birth, death }) => `M${at(from, birth)}L${at(from, death)}`).join("") });
    }
    const every = Math.max(1, Math.round(n / 100));
    const places = Array.from({ length: Math.floor(n / every) + 1 }, (_, k) => this.x(k * every).toFixed(1));
    put(this.ticks, { d: places.map((x) => `M${x} ${CHAIN.top}v${CHAIN.height}`).join("") });
  }

  /** Memory to the right, time downwards, beside the schedule. */
  #drawGauge({ budget }, { memory, peak, fits }) {
    const most = Math.max(peak, budget) * 1.08;
    const across = scale([0, most], [GAUGE.left, GAUGE.right]);
    const points = memory.map(({ at, held }) => `L${across(held).toFixed(1)} ${this.y(at).toFixed(1)}`).join("");
    const d = `M${GAUGE.left} ${TIME.top}${points}L${GAUGE.left} ${TIME.bottom}Z`;
    for (const layer of [this.ghost, this.past]) put(layer.paths.held, { d });
    put(this.limit, { x1: across(budget).toFixed(1), x2: across(budget).toFixed(1), class: fits ? "mc-budget-line" : "mc-budget-line mc-broken" });
    const word = (x, y, text, anchor = "start", kind = "") => svg("text", { x, y, "text-anchor": anchor, class: kind }, text);
    const key = `${peak} ${budget} ${this.result.ticks} ${this.result.recorded}`;
    if (this.marked === key) return;
    this.marked = key;
    this.marks.replaceChildren(
      word(CHAIN.left, 16, "the chain of steps", "start", "mc-title"), word(CHAIN.right, 16, `n = ${this.result.recorded}`, "end"),
      word(GAUGE.left, 16, "memory", "start", "mc-title"), word(GAUGE.left, 38, `peak ${peak}`, "start", "mc-peak"),
      word(clamp(across(budget), GAUGE.left + 34, GAUGE.right), TIME.top - 8, `budget ${budget}`, "end"), word(6, TIME.bottom, "time ↓", "start", "mc-time-word"),
    );
    this.marks.lastChild.setAttribute("transform", `rotate(-90 14 ${TIME.bottom}) translate(8 8)`);
  }

  #drawNow({ n }, { tick, moment }) {
    const y = this.y(tick).toFixed(1);
    put(this.now, { y1: y, y2: y });
    put(this.window, { height: (this.y(tick) - TIME.top + 4).toFixed(1) });
    const bar = (node, from, to) => put(node, { x: this.x(from).toFixed(1), width: Math.max(0, this.x(to) - this.x(from)).toFixed(1) });
    bar(this.chain.cells, 0, n);
    bar(this.chain.tape, ...moment.tape);
    bar(this.chain.done, moment.left, n);
    put(this.place, { transform: `translate(${this.x(moment.place).toFixed(1)} 0)` });
  }

  #drawHandles({ n, plan }, { starts, moment }) {
    const free = plan !== "binomial" && starts.length <= HANDLES;
    const places = plan === "binomial" ? moment.kept : starts;
    const key = `${free} ${places.length}`;
    if (this.handleKey !== key) this.handles.replaceChildren(...places.map((_, j) => this.#handle(j, free && j > 0)));
    this.handleKey = key;
    this.starts = starts;
    places.forEach((start, j) => {
      const node = this.handles.children[j];
      put(node, { transform: `translate(${this.x(start).toFixed(1)} ${CHAIN.top})`, class: `mc-handle mc-pin ${moment.kept.includes(start) ? "mc-kept-pin" : ""}` });
      if (free && j > 0) put(node, { "aria-valuenow": start, "aria-valuemin": 1, "aria-valuemax": n - 1, "aria-valuetext": `state ${start}` });
    });
  }

  #handle(j, free) {
    const pin = [svg("path", { class: "mc-start", d: "M0 0l-5 -9a6 6 0 1 1 10 0z" }), svg("path", { class: "mc-stem", d: `M0 0v${CHAIN.height}` })];
    if (!free) return svg("g", { "aria-hidden": "true" }, ...pin);
    const step = ([right, up], far) => this.acts.moved(j, this.starts[j] + (right + up) * (far ? 5 : 1));
    const keydown = keys({ turned: step, ended: (end) => this.acts.moved(j, [1, this.result.recorded][end]) });
    const node = svg(
      "g", { role: "slider", tabindex: "0", "aria-label": `Snapshot ${j + 1}`, "data-snapshot": j, keydown },
      svg("rect", { class: "mc-grip", x: -15, y: -26, width: 30, height: 52 }), svg("circle", { class: "mc-halo", r: 11, cy: -12 }), ...pin,
    );
    node.addEventListener("pointerdown", (event) => (node.setPointerCapture(event.pointerId), event.preventDefault(), node.focus({ preventScroll: true })));
    node.addEventListener("pointermove", (event) => node.hasPointerCapture(event.pointerId) && this.acts.moved(j, this.#placeAt(event)));
    return node;
  }

  #point(event) {
    const { a, d, e, f } = this.drawing.getScreenCTM();
    return [(event.clientX - e) / a, (event.clientY - f) / d];
  }

  #placeAt(event) {
    return Math.round(scale([CHAIN.left, CHAIN.right], [0, this.result.recorded])(this.#point(event)[0]));
  }

  #tickAt(event) {
    return scale([TIME.top, TIME.bottom], [0, this.result.ticks])(this.#point(event)[1]);
  }

  /** The beginning of the next stretch of the same doing, or of the one before. */
  next(way) {
    const { timed, tick, ticks } = this.result;
    const ends = timed.filter(({ steps }) => steps).map(({ at, steps }) => at + steps);
    return way > 0 ? (ends.find((end) => end > tick) ?? ticks) : (ends.findLast((end) => end < tick) ?? 0);
  }

  #drawControls({ n, plan, k, budget }, { tick, ticks }, playing) {
    this.choice.show(PLANS.findIndex(([name]) => name === plan));
    for (const [control, high] of [[this.k, n], [this.time, ticks]])
      for (const input of control.node.querySelectorAll("input")) put(input, { max: high });
    this.n.show(n);
    this.k.show(Math.min(k, n));
    this.budget.show(budget);
    this.time.show(tick);
    put(this.time.node.querySelector("[data-control]"), { "aria-valuetext": times(tick, "step") });
    say(this.play, playing ? "Pause" : "Play");
  }
}
