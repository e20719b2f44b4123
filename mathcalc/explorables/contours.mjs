// Filled contours of a function of the plane, by marching squares.

const CELLS = 96;
const BANDS = 12;

/** Values on a (CELLS + 1)² grid, row by row; what is not a finite number counts as +∞. */
export function sample(f, [left, right, bottom, top]) {
  const values = new Float64Array((CELLS + 1) ** 2);
  for (let j = 0, k = 0; j <= CELLS; j++) {
    const y = bottom + ((top - bottom) * j) / CELLS;
    for (let i = 0; i <= CELLS; i++, k++) {
      const value = f([left + ((right - left) * i) / CELLS, y]);
      values[k] = Number.isFinite(value) ? value : Infinity;
    }
  }
  return values;
}

/**
 * Levels dense where the function is flat. Their spacing is a power law whose exponent puts the
 * median value in the middle of the colours: about 2 for a bowl, whose rings are then equidistant.
 */
export function levels(values) {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [];
  const quantile = (q) => sorted[Math.round(q * (sorted.length - 1))];
  const [low, high] = [quantile(0.001), quantile(0.985)];
  if (!(high > low)) return [Infinity];
  const middle = Math.max((quantile(0.5) - low) / (high - low), 1e-9);
  const exponent = Math.min(Math.max(Math.log(middle) / Math.log(0.55), 1), 5);
  const rise = (k) => low + (high - low) * (k / BANDS) ** exponent;
  return [...Array.from({ length: BANDS - 1 }, (_, k) => rise(k + 1)), Infinity];
}

// The grid is framed by +∞, so every curve closes. An edge is numbered by its first corner, twice:
// even for the edge along a row, odd for the one along a column.
const WIDE = CELLS + 3;

function frame(values) {
  const framed = new Float64Array(WIDE * WIDE).fill(Infinity);
  for (let j = 0; j <= CELLS; j++) {
    framed.set(values.subarray(j * (CELLS + 1), (j + 1) * (CELLS + 1)), (j + 1) * WIDE + 1);
  }
  return framed;
}

/** In one cell, walk around: each way out of the region leads to the next way back in. */
function link(inside, edges, next) {
  for (let k = 0; k < 4; k++) {
    if (!(inside & (1 << k)) || inside & (1 << ((k + 1) % 4))) continue;
    let back = (k + 1) % 4;
    while (inside & (1 << back) || !(inside & (1 << ((back + 1) % 4)))) back = (back + 1) % 4;
    next.set(edges[k], edges[back]);
  }
}

// The corners of a cell that lie inside are the bits of a number, so that most cells are soon passed.
function links(framed, level) {
  const next = new Map();
  for (let row = 0; row < WIDE * (WIDE - 1); row += WIDE) {
    let west = (framed[row] < level) | ((framed[row + WIDE] < level) << 3);
    for (let at = row; at < row + WIDE - 1; at++) {
      const east = ((framed[at + 1] < level) << 1) | ((framed[at + WIDE + 1] < level) << 2);
      const inside = west | east;
      west = (east >> 1) & 1 | (east << 1) & 8;
      if (inside !== 0 && inside !== 15) link(inside, [2 * at, 2 * at + 3, 2 * (at + WIDE), 2 * at + 1], next);
    }
  }
  return next;
}

/** Where the level crosses an edge, in units of cells from the lower left corner. */
function crossing(framed, level, edge) {
  const [at, step] = [edge >> 1, edge & 1 ? WIDE : 1];
  let part = (level - framed[at]) / (framed[at + step] - framed[at]);
  if (framed[at] === Infinity) part = 1;
  else if (!Number.isFinite(part)) part = 0;
  const [i, j] = [(at % WIDE) - 1, Math.floor(at / WIDE) - 1];
  return step === 1 ? [i + part, j] : [i, j + part];
}

// To a tenth of a pixel; several times as quick as toFixed.
const tenth = (value) => Math.round(10 * value) / 10;

/** The outline of { f < level }, as the text of one SVG path in a box of the given size. */
export function outline(framed, level, [width, height]) {
  const next = links(framed, level);
  let text = "";
  while (next.size > 0) {
    let edge = next.keys().next().value;
    let pen = "M";
    while (next.has(edge)) {
      const [u, v] = crossing(framed, level, edge);
      text += `${pen}${tenth((u * width) / CELLS)} ${tenth(height - (v * height) / CELLS)}`;
      pen = "L";
      const from = edge;
      edge = next.get(edge);
      next.delete(from);
    }
    text += "Z";
  }
  return text;
}

/** The bands from the highest down, each as { d, share } with share from 0 (low) to 1 (high). */
export function bands(f, window, size) {
  const values = sample(f, window);
  const framed = frame(values);
  const heights = levels(values);
  return heights
    .map((level, k) => ({ d: outline(framed, level, size), share: k / Math.max(heights.length - 1, 1) }))
    .reverse();
}

/**
 * The level curves of a function of the plane: a function from a level to the text of a path. It is
 * sampled a little beyond the window, so that the frame which closes the curves is not seen.
 */
export function curves(f, [left, right, bottom, top], side) {
  const pad = 1 / 24;
  const [dx, dy] = [pad * (right - left), pad * (top - bottom)];
  const framed = frame(sample(f, [left - dx, right + dx, bottom - dy, top + dy]));
  const size = side * (1 + 2 * pad);
  return { path: (level) => outline(framed, level, [size, size]), shift: -pad * side };
}
