// Points of a curve F = 0: the one near a place, all on a vertical line, and those where F_y = 0.

const ROUNDS = 200; // towards a cusp a step leaves two thirds of the way
const CELLS = 120;
const NEAR = 1e-7; // this near to a point where it fails the theorem is said to fail
const finite = (p) => p.every(Number.isFinite);
const distance = ([a, b], [c, d]) => Math.hypot(a - c, b - d);

/** Newton's method towards the curve, each step along ∇F: the shortest that makes F + ∇F·d zero. */
export function settle(f, start) {
  let p = start;
  for (let k = 0; k < ROUNDS; k++) {
    const { value, gradient: [gx, gy] } = f.jet(p);
    const square = gx * gx + gy * gy;
    if (value === 0 || square === 0) return value === 0 ? p : null;
    const [dx, dy] = [(value * gx) / square, (value * gy) / square];
    p = [p[0] - dx, p[1] - dy];
    if (!finite(p)) return null;
    if (Math.hypot(dx, dy) <= 1e-15 * (1 + Math.hypot(...p))) return p;
  }
  return null;
}

/** What the theorem says of a point of the curve: a graph, a vertical tangent, or a singular point. */
export function kindOf({ gradient: [gx, gy], hessian }) {
  const bend = Math.max(...hessian.flat().map(Math.abs));
  if (Math.hypot(gx, gy) <= NEAR * bend || (gx === 0 && gy === 0)) return "singular";
  return Math.abs(gy) <= NEAR * Math.hypot(gx, gy) ? "vertical" : "graph";
}

/** A zero between two ends of different sign, by bisection to the last bit. */
function zero(g, low, high) {
  const rising = g(high) > 0;
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (middle <= Math.min(low, high) || middle >= Math.max(low, high)) break;
    if (g(middle) > 0 === rising) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Where g changes its sign on [low, high]; a pole does, too, but is no zero. */
function zeros(g, low, high) {
  const found = [];
  const at = (k) => low + ((high - low) * k) / (CELLS + 1);
  for (let k = 0, left = g(at(0)); k < CELLS + 1; k++) {
    const right = g(at(k + 1));
    if (left > 0 !== right > 0 && Number.isFinite(left) && Number.isFinite(right)) {
      const root = zero(g, at(k), at(k + 1));
      if (Math.abs(g(root)) <= Math.max(Math.abs(left), Math.abs(right))) found.push(root);
    }
    left = right;
  }
  return found;
}

/** All y in the window with F(x, y) = 0 at which F changes its sign. */
export const solutions = (f, x, [, , bottom, top]) => zeros((y) => f.value([x, y]), bottom, top);

/** Points all along the curve: where it crosses the lines of a grid. */
export function samples(f, [left, right, bottom, top]) {
  const line = (k, low, high) => low + ((high - low) * (k + 0.37)) / CELLS;
  const found = [];
  for (let k = 0; k < CELLS; k++) {
    const [x, y] = [line(k, left, right), line(k, bottom, top)];
    for (const root of zeros((v) => f.value([x, v]), bottom, top)) found.push([x, root]);
    for (const root of zeros((u) => f.value([u, y]), left, right)) found.push([root, y]);
  }
  return found;
}

/** Newton's method for two equations; `system(p)` returns their values and their Jacobian's rows. */
function solve(system, start) {
  let p = start;
  for (let k = 0; k < ROUNDS; k++) {
    const { values: [a, b], rows: [[c, d], [e, g]] } = system(p);
    if (a === 0 && b === 0) return p;
    const det = c * g - d * e;
    const step = [(a * g - b * d) / det, (b * c - a * e) / det];
    p = [p[0] - step[0], p[1] - step[1]];
    if (!finite(p)) return null;
    if (Math.hypot(...step) < 1e-15 * (1 + Math.hypot(...p))) return p;
  }
  return p;
}

const upright = (f) => (p) => {
  const { value, gradient, hessian } = f.jet(p);
  return { values: [value, gradient[1]], rows: [gradient, hessian[1]] };
};
const level = (f) => (p) => {
  const { gradient, hessian } = f.jet(p);
  return { values: gradient, rows: hessian };
};

/** The points of the curve in the window with F_y = 0: { point, kind }, each once. */
export function failures(f, window, along = samples(f, window)) {
  const steep = along.filter((p) => {
    const { gradient: [gx, gy] } = f.jet(p);
    return Math.abs(gy) < 0.5 * Math.hypot(gx, gy);
  });
  const reach = (window[1] - window[0]) / 8;
  const close = along.filter((p) => Math.hypot(...f.jet(p).gradient) < reach * Math.max(...f.jet(p).hessian.flat().map(Math.abs)));
  const found = [];
  const add = (p, start) => {
    if (!p || distance(p, start) > reach || Math.abs(f.value(p)) > 1e-10) return;
    const [left, right, bottom, top] = window;
    if (p[0] < left || p[0] > right || p[1] < bottom || p[1] > top) return;
    const kind = kindOf(f.jet(p));
    if (kind !== "graph" && found.every(({ point }) => distance(point, p) > 1e-5)) found.push({ point: p, kind });
  };
  for (const p of close) add(solve(level(f), p), p); // first, so that a singular point is no vertical one
  for (const p of steep) add(solve(upright(f), p), p);
  return found.sort((a, b) => a.point[0] - b.point[0] || a.point[1] - b.point[1]);
}
