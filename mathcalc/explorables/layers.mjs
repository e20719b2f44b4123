// Where the nodes of a directed graph stand: in layers, so that every arrow points the same way, with
// few crossings and short, straight ways. Nodes are numbers 0 … count − 1, and an arrow goes from a
// lower number to a higher one.

const ROUNDS = 12;
const RELAXATIONS = 60;
const ROOM = { card: 0.5, stop: 0.2 }; // half of what each takes across the flow
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;

/** The layer of each node: the length of the longest way to it. */
export function ranks(count, arrows) {
  const rank = new Array(count).fill(0);
  for (const { from, to } of [...arrows].sort((a, b) => a.to - b.to)) rank[to] = Math.max(rank[to], rank[from] + 1);
  return rank;
}

/**
 * Lay a graph out. Returns { at, routes, layers, width }: `at[i]` is [across, layer] of node i, in
 * units of one node's room; `routes[k]` the points that arrow k passes, one in each layer.
 */
export function layout(count, arrows) {
  const rank = ranks(count, arrows);
  const stops = rank.map((layer, node) => ({ layer, node, up: [], down: [] }));
  const paths = arrows.map(({ from, to }) => path(stops, rank, from, to));
  const rows = ordered(stops);
  const width = placed(rows);
  return {
    at: stops.slice(0, count).map(point),
    routes: paths.map((path) => path.map((stop) => point(stops[stop]))),
    layers: rows.length,
    width,
  };
}

const point = ({ across, layer }) => [across, layer];

// A long arrow gets a stop in every layer that it crosses, so that it keeps clear of the nodes there.
function path(stops, rank, from, to) {
  const passed = [from];
  for (let layer = rank[from] + 1; layer < rank[to]; layer++) {
    passed.push(stops.push({ layer, up: [], down: [] }) - 1);
  }
  passed.push(to);
  for (let k = 1; k < passed.length; k++) {
    stops[passed[k - 1]].down.push(stops[passed[k]]);
    stops[passed[k]].up.push(stops[passed[k - 1]]);
  }
  return passed;
}

// ── the order within each layer: the middle of one's neighbours, again and again ────────────

function ordered(stops) {
  const rows = Array.from({ length: 1 + Math.max(...stops.map(({ layer }) => layer)) }, () => []);
  for (const stop of stops) rows[stop.layer].push(stop);
  number(rows);
  let best = { crossings: crossings(rows), rows: rows.map((row) => [...row]) };
  for (let round = 0; round < ROUNDS && best.crossings; round++) {
    sweep(rows, round % 2 ? "down" : "up");
    const now = crossings(rows);
    if (now < best.crossings) best = { crossings: now, rows: rows.map((row) => [...row]) };
  }
  number(best.rows);
  return best.rows;
}

const number = (rows) => rows.forEach((row) => row.forEach((stop, k) => (stop.place = k)));

function sweep(rows, side) {
  for (const row of side === "up" ? rows : [...rows].reverse()) {
    const middle = new Map(row.map((stop) => [stop, stop[side].length ? mean(stop[side].map((s) => s.place)) : stop.place]));
    row.sort((a, b) => middle.get(a) - middle.get(b) || a.place - b.place);
    row.forEach((stop, k) => (stop.place = k));
  }
}

/** How many pairs of arrows cross between neighbouring layers. */
function crossings(rows) {
  const pairs = rows.map((row) => row.flatMap((a) => a.down.map((b) => [a.place, b.place])));
  return pairs.reduce((total, row) => total + row.reduce((sum, one, k) => sum + crossed(one, row.slice(k + 1)), 0), 0);
}

const crossed = ([a, b], others) => others.filter(([c, d]) => (a - c) * (b - d) < 0).length;

// ── the places: near the middle of one's neighbours, but never closer than their room ───────

function placed(rows) {
  for (const row of rows) row.forEach((stop, k) => (stop.across = k - (row.length - 1) / 2));
  for (let round = 0; round < RELAXATIONS; round++)
    for (const row of round % 2 ? [...rows].reverse() : rows) settle(row);
  const all = rows.flat().map(({ across }) => across);
  const left = Math.min(...all);
  for (const stop of rows.flat()) stop.across -= left;
  return Math.max(...all) - left;
}

const room = ({ node }) => (node === undefined ? ROOM.stop : ROOM.card);

function settle(row) {
  const near = ({ up, down }) => [...up, ...down].map(({ across }) => across);
  const offsets = [0];
  for (let k = 1; k < row.length; k++) offsets.push(offsets[k - 1] + room(row[k - 1]) + room(row[k]));
  const wanted = row.map((stop, k) => (near(stop).length ? mean(near(stop)) : stop.across) - offsets[k]);
  increasing(wanted).forEach((across, k) => (row[k].across = across + offsets[k]));
}

/** The nearest sequence that never falls, in least squares: neighbours that offend are pooled. */
export function increasing(wanted) {
  const pools = [];
  for (const value of wanted) {
    pools.push([value]);
    while (pools.length > 1 && mean(pools.at(-2)) > mean(pools.at(-1))) pools.push([...pools.splice(-2)].flat());
  }
  return pools.flatMap((pool) => pool.map(() => mean(pool)));
}
