// What makes an entry, in letters and in numbers.

import { SUMS, termsOf } from "./attention_backward_head.mjs";
import { entryName } from "./attention_backward_matrix.mjs";
import { number } from "./kit.mjs";

const ROLES = {
  Q: "an entry of a query", K: "an entry of a key", V: "an entry of a value", dO: "how the loss changes with an output: what the backward pass starts from",
};
const short = (value) => number(Number(value.toPrecision(3)));
const factor = (value) => (value < 0 ? `(${short(value)})` : short(value));
const value = (head, [name, i, j]) => head[name][i][j];

function product(head, place) {
  const [name, i, j] = place, { sizes } = head;
  const terms = termsOf(name, i, j, sizes);
  const letters = terms.map(([a, b]) => `${entryName(a)} ${entryName(b)}`).join(" + ");
  const numbers = terms.map(([a, b]) => `${factor(value(head, a))} · ${factor(value(head, b))}`).join(" + ");
  const divided = SUMS[name].scale(sizes) !== 1;
  const over = (sum) => (divided ? `(${sum}) / √${sizes.d}` : sum);
  return `${entryName(place)} = ${over(letters)} = ${over(numbers)} = ${short(value(head, place))}.`;
}

function weight(head, place) {
  const [, i, j] = place, row = head.S[i];
  const known = row.filter((score) => score !== null);
  if (row[j] === null) return `${entryName(place)} = 0: the mask hides key ${j + 1} from query ${i + 1}.`;
  const powers = known.map((score) => `exp(${short(score)})`).join(" + ");
  return `${entryName(place)} = exp(${short(row[j])}) / (${powers}) = ${short(head.P[i][j])}: the share of key ${j + 1} in what query ${i + 1} reads.`;
}

function score(head, place) {
  const [, i, j] = place, mean = head.sums.weighted[i];
  const rho = `ρ${entryName(place).at(-2)}`;
  const flat = head.P[i].some((weight) => weight > 0.99) ? " This row of P is nearly one-hot: its softmax is saturated, and hardly any gradient passes." : "";
  return `${entryName(place)} = ${entryName(["P", i, j])} (${entryName(["dP", i, j])} − ${rho}) = ${factor(head.P[i][j])} · (${short(head.dP[i][j])} − ${factor(mean)}) = ${short(head.dS[i][j])}, where ${rho} = ${short(mean)} is row ${i + 1} of dP averaged with the weights of P.${flat}`;
}

/** One or two sentences for the entry that is chosen. */
export function words(head) {
  const [name, i, j] = head.chosen;
  if (name in ROLES) return `${entryName(head.chosen)} = ${short(head[name][i][j])} is ${ROLES[name]}. Change it below.`;
  if (name === "S" && head.S[i][j] === null) return `${entryName(head.chosen)} is masked: query ${i + 1} may not see key ${j + 1}.`;
  const make = { P: weight, dS: score }[name] ?? product;
  return make(head, head.chosen);
}
