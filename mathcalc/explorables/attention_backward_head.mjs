// One head of attention, forward and backward, each entry as the sum that makes it.
// Q, K, V and dO are T×d; S = QKᵀ/√d, P = softmax of the rows of S, O = PV; dX is ∂L/∂X.

const range = (count) => Array.from({ length: count }, (_, k) => k);
const root = ({ d }) => 1 / Math.sqrt(d);
const one = () => 1;

/** Each product: its shape, the factors of entry (i, j) term by term, and what they are divided by. */
export const SUMS = {
  S: { shape: "TT", over: "d", factors: (i, j, k) => [["Q", i, k], ["K", j, k]], scale: root },
  O: { shape: "Td", over: "T", factors: (i, k, j) => [["P", i, j], ["V", j, k]], scale: one },
  dV: { shape: "Td", over: "T", factors: (j, k, i) => [["P", i, j], ["dO", i, k]], scale: one },
  dP: { shape: "TT", over: "d", factors: (i, j, k) => [["dO", i, k], ["V", j, k]], scale: one },
  dQ: { shape: "Td", over: "T", factors: (i, k, j) => [["dS", i, j], ["K", j, k]], scale: root },
  dK: { shape: "Td", over: "T", factors: (j, k, i) => [["dS", i, j], ["Q", i, k]], scale: root },
};

/** The terms of an entry of a product, as pairs of places [matrix, row, column]. */
export const termsOf = (name, i, j, sizes) => range(sizes[SUMS[name].over]).map((k) => SUMS[name].factors(i, j, k));

const at = (head, [name, i, j]) => head[name][i][j];

function product(name, head, sizes) {
  const { shape, scale } = SUMS[name];
  const entry = (i, j) => scale(sizes) * termsOf(name, i, j, sizes).reduce((sum, [a, b]) => sum + at(head, a) * at(head, b), 0);
  return range(sizes[shape[0]]).map((i) => range(sizes[shape[1]]).map((j) => entry(i, j)));
}

/** A masked score is null: it takes no part, and its weight is 0. */
const masked = (S) => S.map((row, i) => row.map((value, j) => (j > i ? null : value)));

function softmax(row) {
  const top = Math.max(...row.filter((value) => value !== null));
  const grown = row.map((value) => (value === null ? 0 : Math.exp(value - top)));
  const sum = grown.reduce((a, b) => a + b, 0);
  return grown.map((value) => value / sum);
}

const dots = (A, B) => A.map((row, i) => row.reduce((sum, value, j) => sum + value * B[i][j], 0));

/** All matrices of the head, and the sums of rows that must agree. */
export function attend({ Q, K, V, dO, causal }) {
  const sizes = { T: Q.length, d: Q[0].length };
  const head = { Q, K, V, dO };
  const make = (name) => (head[name] = product(name, head, sizes));
  make("S");
  if (causal) head.S = masked(head.S);
  head.P = head.S.map(softmax);
  for (const name of ["O", "dV", "dP"]) make(name);
  const weighted = dots(head.dP, head.P);
  head.dS = head.P.map((row, i) => row.map((weight, j) => weight * (head.dP[i][j] - weighted[i])));
  for (const name of ["dQ", "dK"]) make(name);
  const sums = { weighted, outputs: dots(head.dO, head.O), scores: head.dS.map((row) => row.reduce((a, b) => a + b, 0)) };
  return { head, sums, sizes };
}

/** The places that an entry is made of. */
export function sourcesOf(name, i, j, sizes) {
  if (name in SUMS) return termsOf(name, i, j, sizes).flat();
  if (name === "P") return range(sizes.T).map((k) => ["S", i, k]);
  if (name === "dS") return range(sizes.T).flatMap((k) => [["P", i, k], ["dP", i, k]]);
  return [];
}
