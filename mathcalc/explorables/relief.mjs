// A surface and its tangent plane as a landscape of small quadrilaterals, painted from far to near.
// Heights and places are those of a box: [−1, 1] along x and y, and about as much upwards.

import { clamp, put, svg } from "./kit.mjs";
import { farFirst, project } from "./space.mjs";

const CELLS = 24;
const WIDE = CELLS + 1;
const REACH = 6;
const HEIGHT = 0.64;
const LIGHT = [-0.45, -0.35, 0.82];

/** Nodes of [low, high] that are almost even, with one of them at the point. */
function nodes(low, high, at) {
  const k = Math.round((CELLS * (at - low)) / (high - low));
  const node = (i) => (i <= k ? low + ((at - low) * i) / Math.max(k, 1) : at + ((high - at) * (i - k)) / (CELLS - k));
  return { places: Array.from({ length: WIDE }, (_, i) => (i === k ? at : node(i))), k };
}

const each = (xs, ys, f) => Float64Array.from({ length: WIDE * WIDE }, (_, n) => f([xs[n % WIDE], ys[Math.floor(n / WIDE)]]));

/** The heights that fill the box; a pole is cut off, but the plane is always whole. */
function heights(surface, plane) {
  const sorted = surface.filter(Number.isFinite).sort();
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const room = 0.3 * (at(0.97) - at(0.03));
  const [low, high] = [Math.max(at(0), at(0.03) - room), Math.min(at(1), at(0.97) + room)];
  const all = [low, high, ...plane];
  return [Math.min(...all), Math.max(...all)];
}

export class Relief {
  constructor(place) {
    this.place = place;
    this.node = svg("g", { class: "mc-relief" });
    this.pool = [];
  }

  /** Take a surface on a window, and its tangent plane at a point (null where it has none). */
  show(f, plane, [left, right, bottom, top], [x, y]) {
    const [along, across] = [nodes(left, right, x), nodes(bottom, top, y)];
    [this.i0, this.j0] = [along.k, across.k];
    const [xs, ys] = [along.places, across.places];
    this.surface = each(xs, ys, f);
    this.plane = plane && each(xs, ys, plane);
    const patch = plane ? this.plane.filter((_, n) => this.#onPatch(n % WIDE, Math.floor(n / WIDE), 1)) : [];
    const [low, high] = heights(this.surface, patch);
    const half = (high - low) / 2 || 1;
    this.inBox = ([a, b, c]) => [
      (2 * (a - left)) / (right - left) - 1,
      (2 * (b - bottom)) / (top - bottom) - 1,
      (HEIGHT * (c - (low + high) / 2)) / half,
    ];
    this.xs = xs;
    this.ys = ys;
    this.#shade(low, high);
  }

  // Cells, or nodes with `more` = 1, of the part of the plane that is drawn.
  #onPatch(i, j, more = 0) {
    const near = (k, k0) => k >= k0 - REACH && k < k0 + REACH + more;
    return near(i, this.i0) && near(j, this.j0);
  }

  // How dark a cell is: by its height, and by how far it is turned away from the light.
  #shade(low, high) {
    const part = (n) => (this.surface[n] - low) / (high - low || 1);
    const steep = HEIGHT * CELLS;
    this.shares = Array.from({ length: CELLS * WIDE }, (_, n) => {
      const [a, b, c] = [part(n), part(n + 1), part(n + WIDE)];
      const normal = [(a - b) * steep, (a - c) * steep, 1];
      const lit = normal.reduce((sum, v, k) => sum + v * LIGHT[k], 0) / Math.hypot(...normal);
      return clamp(0.62 - 0.3 * part(n) + 0.9 * (0.75 - lit), 0, 1);
    });
    this.drawn = this.surface.map((v) => v >= low - 1e-9 * (high - low) && v <= high + 1e-9 * (high - low));
  }

  /** Paint what was taken, as the camera sees it. */
  paint(view) {
    const spots = (values) => Array.from(values ?? [], (v, n) =>
      this.place(project(view, this.inBox([this.xs[n % WIDE], this.ys[Math.floor(n / WIDE)], v]))));
    this.spots = { surface: spots(this.surface), plane: spots(this.plane) };
    const rows = farFirst(CELLS, view.toward[1]);
    const columns = farFirst(CELLS, view.toward[0]);
    // A line on the edge of two cells belongs to the nearer one.
    const front = (order, k) => (order[0] === 0 ? Math.min(k, CELLS - 1) : Math.max(k - 1, 0));
    this.front = [front(columns, this.i0), front(rows, this.j0)];
    const shapes = rows.flatMap((j) => columns.flatMap((i) => this.#cell(i, j, view.toward[2] < 0)));
    this.#fill(shapes);
  }

  #cell(i, j, fromBelow) {
    const n = j * WIDE + i;
    const corners = [n, n + 1, n + WIDE + 1, n + WIDE];
    const shapes = corners.every((k) => this.drawn[k]) ? [["mc-quad", this.#quad("surface", corners), this.shares[n]]] : [];
    if (this.plane && this.#onPatch(i, j)) {
      const above = corners.reduce((sum, k) => sum + this.surface[k] - this.plane[k], 0) > 0;
      const tile = ["mc-tile", this.#quad("plane", corners)];
      if (above !== fromBelow) shapes.unshift(tile);
      else shapes.push(tile);
    }
    if (j === this.front[1]) shapes.push(...this.#edge(this.j0 * WIDE + i, 1));
    if (i === this.front[0]) shapes.push(...this.#edge(n - i + this.i0, WIDE));
    return shapes;
  }

  #quad(kind, corners) {
    return `M${corners.map((k) => this.spots[kind][k]).join("L")}Z`;
  }

  // A piece of a slice through the point.
  #edge(n, step) {
    if (!this.drawn[n] || !this.drawn[n + step]) return [];
    return [["mc-slice", `M${this.spots.surface[n]}L${this.spots.surface[n + step]}`]];
  }

  #fill(shapes) {
    while (this.pool.length < shapes.length) this.pool.push(svg("path"));
    shapes.forEach(([kind, d, share = 0], k) => put(this.pool[k], { class: kind, d, style: `--share: ${share.toFixed(2)}` }));
    if (this.node.childNodes.length !== shapes.length) this.node.replaceChildren(...this.pool.slice(0, shapes.length));
  }

  /** The ends of the tangents along x and along y on the drawn patch, in box coordinates. */
  tangents() {
    const ends = (k0) => [Math.max(k0 - REACH, 0), Math.min(k0 + REACH, CELLS)];
    const node = (i, j) => this.inBox([this.xs[i], this.ys[j], this.plane[j * WIDE + i]]);
    return [ends(this.i0).map((i) => node(i, this.j0)), ends(this.j0).map((j) => node(this.i0, j))];
  }
}
