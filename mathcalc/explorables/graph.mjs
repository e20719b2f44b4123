// A directed graph, drawn in layers: cards joined by arrows, with words on both. The layout is made
// once; `show` then writes words and kinds, which is all that changes from step to step.

import { put, say, svg } from "./kit.mjs";
import { layout } from "./layers.mjs";

const MARGIN = 12;
const PORT = 16; // how far apart arrows leave and arrive
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * `count` nodes and `arrows` { from, to }, an arrow from a lower number to a higher one. `flow` is
 * "down" or "right"; `card` the width and height of a node; `gap` the room between neighbours, across
 * the flow and along it; `rows` where its texts stand, [right of the middle, below the top]. `chosen(i)` hears clicks and Enter.
 */
export class Graph {
  constructor({ count, arrows, flow = "down", card = [92, 58], gap, rows = [[0, 18], [0, 34], [0, 50]], description, chosen }) {
    Object.assign(this, { arrows, flow, card, chosen, rows });
    this.plan = layout(count, arrows);
    gap ??= flow === "down" ? [18, 46] : [64, 20];
    this.step = [card[0] + gap[0], card[1] + gap[1]];
    this.at = this.plan.at.map((place) => this.#pixel(place));
    const [last, low] = this.#pixel([this.plan.width, this.plan.layers - 1]);
    this.size = [last + this.#corner()[0], low + this.#corner()[1]];
    this.edges = svg("g", { class: "mc-edges" });
    this.nodes = svg("g", { class: "mc-nodes" });
    this.labels = svg("g", { class: "mc-labels", "aria-hidden": "true" });
    this.node = svg(
      "svg", { class: "mc-graph", viewBox: `0 0 ${this.size.join(" ")}`, role: "group", "aria-label": description },
      this.edges, this.labels, this.nodes,
    );
    this.#drawEdges();
    this.#drawNodes(count);
  }

  #corner = () => this.card.map((side) => side / 2 + MARGIN);

  /** The middle of a card, from its place and layer. */
  #pixel([across, layer]) {
    const [x, y] = this.flow === "down" ? [across, layer] : [layer, across];
    const [left, top] = this.#corner();
    return [left + x * this.step[0], top + y * this.step[1]];
  }

  #drawNodes(count) {
    const [w, h] = this.card;
    this.cards = Array.from({ length: count }, (_, i) => {
      const lines = this.rows.map(([x, y]) => svg("text", { x, y: y - h / 2, "text-anchor": "middle" }));
      const node = svg(
        "g", {
          transform: `translate(${this.at[i]})`, role: "button", tabindex: i ? -1 : 0, "data-node": i,
          click: () => this.chosen?.(i), keydown: (event) => this.#key(event, i), focus: () => this.#enter(i),
        },
        svg("rect", { x: -w / 2, y: -h / 2, width: w, height: h, rx: 9 }), ...lines,
      );
      this.nodes.append(node);
      return { node, lines };
    });
  }

  // One card at a time is a stop of the Tab key; the arrow keys lead from it to its nearest neighbour.
  #enter(i) {
    this.cards.forEach(({ node }, k) => put(node, { tabindex: k === i ? 0 : -1 }));
  }

  #key(event, i) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") this.chosen?.(i);
    else if (STEPS[event.key]) this.cards[this.#neighbour(i, STEPS[event.key])].node.focus();
    else return;
    event.preventDefault();
  }

  #neighbour(i, [dx, dy]) {
    const [x, y] = this.at[i];
    const away = this.at.map(([a, b]) => ({ ahead: (a - x) * dx + (b - y) * dy, aside: Math.abs((a - x) * dy) + Math.abs((b - y) * dx) }));
    const cost = away.map(({ ahead, aside }) => (ahead > 1 ? ahead + 2 * aside : Infinity));
    const best = cost.indexOf(Math.min(...cost));
    return cost[best] === Infinity ? i : best;
  }

  // ── arrows ──────────────────────────────────────────────────────────────────────────────

  #drawEdges() {
    const side = this.card[this.flow === "down" ? 0 : 1];
    const starts = ports(this.arrows, "from", (k) => this.plan.routes[k][1][0], side);
    const ends = ports(this.arrows, "to", (k) => this.plan.routes[k].at(-2)[0], side);
    this.lines = this.arrows.map(({ from, to }, k) => {
      const points = this.#points(k, starts[k], ends[k]);
      const line = svg("path", { d: curve(points, this.flow), class: "mc-edge" });
      const heads = { forth: head(points.at(-1), this.flow, -1), back: head(points[0], this.flow, 1) };
      const tip = svg("path", { d: heads.forth, class: "mc-tip" });
      const node = svg("g", { "data-from": from, "data-to": to }, line, tip);
      const [x, y] = between(points, ends[k], this.flow);
      const label = svg("text", { x, y, "text-anchor": "middle" });
      this.edges.append(node);
      this.labels.append(label);
      return { node, tip, heads, label };
    });
  }

  // In the layers that an arrow passes it runs straight, past the cards; it bends between layers only.
  #points(k, start, end) {
    const along = this.flow === "down" ? 1 : 0, half = this.card[along] / 2;
    const shifted = (place, forth, aside) => {
      const point = this.#pixel(place);
      point[along] += forth;
      point[1 - along] += aside;
      return point;
    };
    const route = this.plan.routes[k];
    const passed = route.slice(1, -1).flatMap((place) => [shifted(place, -half, 0), shifted(place, half, 0)]);
    return [shifted(route[0], half, start), ...passed, shifted(route.at(-1), -half, end)];
  }

  /**
   * Write what has changed. `nodes[i]` is { rows: [{ text, kind }], kind, title }, `arrows[k]` is
   * { label, kind, back }: kinds are classes, a title is read out, `back` turns the arrow round.
   */
  show({ nodes, arrows }) {
    nodes.forEach(({ rows, kind = "", title }, i) => {
      const { node, lines } = this.cards[i];
      put(node, { class: `mc-card ${kind}`, "aria-label": title });
      lines.forEach((line, k) => {
        say(line, rows[k]?.text ?? "");
        put(line, { class: rows[k]?.kind ?? "" });
      });
    });
    arrows.forEach(({ label = "", kind = "", back = false }, k) => {
      put(this.lines[k].node, { class: kind });
      put(this.lines[k].tip, { d: back ? this.lines[k].heads.back : this.lines[k].heads.forth });
      put(this.lines[k].label, { class: kind });
      say(this.lines[k].label, label);
    });
  }
}

/**
 * How far from the middle of a card's side the arrows touch it, in the order of where they come from
 * or go to: 0 for one, ±8 for two, closer where the side has no room.
 */
function ports(arrows, end, side, length) {
  const rivals = (k) => arrows.flatMap((other, j) => (other[end] === arrows[k][end] ? [j] : []));
  const before = (j, k) => side(j) < side(k) || (side(j) === side(k) && j < k);
  return arrows.map((_, k) => {
    const all = rivals(k), step = Math.min(PORT, (length - 16) / (all.length - 1 || 1));
    return step * (all.filter((j) => before(j, k)).length - (all.length - 1) / 2);
  });
}

const flip = ([x, y]) => `${y.toFixed(1)} ${x.toFixed(1)}`;
const plain = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;

// A smooth way through the points, two to a bend, that leaves and arrives along the flow.
function curve(points, flow) {
  const write = flow === "down" ? plain : flip;
  const turned = flow === "down" ? points : points.map(([x, y]) => [y, x]);
  const pieces = turned.slice(1).map(([x, y], k) => {
    const [a, b] = turned[k], half = (b + y) / 2;
    return k % 2 ? `L${write([x, y])}` : `C${write([a, half])} ${write([x, half])} ${write([x, y])}`;
  });
  return `M${write(turned[0])}${pieces.join("")}`;
}

function head([x, y], flow, way) {
  const [a, b] = flow === "down" ? [[-4, 7 * way], [4, 7 * way]] : [[7 * way, -4], [7 * way, 4]];
  return `M${x + a[0]} ${y + a[1]}L${x} ${y}L${x + b[0]} ${y + b[1]}`;
}

// A word stands on the last stretch; those of several arrows into one card at different heights.
function between(points, port, flow) {
  const [[a, b], [x, y]] = points.slice(-2);
  const share = 0.5 + 0.13 * Math.sign(port);
  const bend = share * share * (3 - 2 * share);
  const [s, t] = flow === "down" ? [bend, share] : [share, bend];
  return [a + s * (x - a), b + t * (y - b) + 4];
}
