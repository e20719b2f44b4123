// The multipliers of a support vector machine in the plane, for a dozen points at most.

const ROUNDS = 60000;
const TIGHT = 1e-13;

const dot = ([a, b], [c, d]) => a * c + b * d;

/**
 * Hard margin. The widest street stands at right angles to the nearest way between the two hulls:
 * from a corner to a corner, or from a corner to an edge. So few directions can be it, and each is
 * tried. Returns the multipliers, or null where no line parts the classes.
 */
export function hardMargin(points) {
  let best = { gap: 0, alpha: null };
  const each = points.map((p, k) => ({ at: p.slice(0, 2), y: p[2], k }));
  const [plus, minus] = [1, -1].map((y) => each.filter((p) => p.y === y));
  const attempt = (normal, weights) => {
    const size = Math.hypot(...normal);
    if (size === 0) return;
    const along = (list) => list.map((p) => dot(normal, p.at) / size);
    const gap = Math.min(...along(plus)) - Math.max(...along(minus));
    // The street is as wide as the way is long, if the points of the way are those that hold it.
    if (gap > best.gap * (1 + 1e-12) && gap > size * (1 - 1e-9)) best = { gap, alpha: points.map((_, k) => ((weights[k] ?? 0) * 2) / gap ** 2) };
  };
  for (const p of plus) for (const q of minus) attempt([p.at[0] - q.at[0], p.at[1] - q.at[1]], { [p.k]: 1, [q.k]: 1 });
  for (const [own, other] of [[plus, minus], [minus, plus]]) {
    for (const a of own) for (const b of own) if (a.k < b.k) for (const q of other) corner(a, b, q, attempt);
  }
  return best.alpha;
}

/** From the point q to the edge ab, if its foot lies within the edge. */
function corner(a, b, q, attempt) {
  const [edge, way] = [[b.at[0] - a.at[0], b.at[1] - a.at[1]], [q.at[0] - a.at[0], q.at[1] - a.at[1]]];
  const share = dot(edge, way) / dot(edge, edge);
  if (!(share > 0 && share < 1)) return;
  const across = [way[0] - share * edge[0], way[1] - share * edge[1]].map((v) => v * q.y);
  attempt(across, { [a.k]: 1 - share, [b.k]: share, [q.k]: 1 });
}

/** The pair that violates the conditions most: one that should grow along y, one that should shrink. */
function worstPair(alpha, slope, points, C) {
  let [up, down] = [-1, -1];
  points.forEach(([, , y], k) => {
    const score = y * slope[k];
    if (y > 0 ? alpha[k] < C : alpha[k] > 0) if (up < 0 || score > points[up][2] * slope[up]) up = k;
    if (y > 0 ? alpha[k] > 0 : alpha[k] < C) if (down < 0 || score < points[down][2] * slope[down]) down = k;
  });
  return [up, down];
}

/** A multiplier is at its end, not a rounding error away from it. */
function settled(alpha, C) {
  if (alpha < 1e-12 * C) return 0;
  return alpha > (1 - 1e-12) * C ? C : alpha;
}

/**
 * Soft margin: sequential minimal optimisation (Platt, 1998), always on the pair that violates the
 * conditions most (Keerthi and others, 2001), until none does.
 */
export function softMargin(points, C) {
  const alpha = points.map(() => 0);
  const slope = points.map(() => 1); // of the dual objective
  const K = points.map((p) => points.map((q) => dot(p, q)));
  for (let round = 0; round < ROUNDS; round++) {
    const [i, j] = worstPair(alpha, slope, points, C);
    if (i < 0 || j < 0) break;
    const [yi, yj] = [points[i][2], points[j][2]];
    const gain = yi * slope[i] - yj * slope[j];
    if (gain <= TIGHT * (1 + C)) break;
    const curve = Math.max(K[i][i] + K[j][j] - 2 * K[i][j], 1e-12);
    const room = Math.min(yi > 0 ? C - alpha[i] : alpha[i], yj > 0 ? alpha[j] : C - alpha[j]);
    const step = Math.min(gain / curve, room);
    alpha[i] = settled(alpha[i] + yi * step, C);
    alpha[j] = settled(alpha[j] - yj * step, C);
    points.forEach(([, , y], k) => (slope[k] -= y * step * (K[i][k] - K[j][k])));
  }
  return alpha;
}
