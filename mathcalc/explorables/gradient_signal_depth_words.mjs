// What the signal through depth says in words.

import { number } from "./kit.mjs";

const [FAINT, LOUD] = [1e-3, 1e3];

const NOTES = {
  linear: () => " The bound takes the worst direction in every layer; a random signal does not.",
  sigmoid: () => " A sigmoid's slope is at most ¼: the bound shrinks unless ‖W‖₂ is 4 or more.",
  tanh: ({ gain }) => (gain > 1.5 ? " With a large gain the units saturate, and most slopes are far below 1." : ""),
  relu: () => " A ReLU passes about half of the signal, so a gain of √2 ≈ 1.41 keeps its mean square.",
  residual: (_, median) => (median < FAINT
    ? " A block passes on I + J, and here the two nearly cancel."
    : " A block passes on I + J, so the signal does not vanish here, but it can grow: the bound is the product of 1 + ‖W‖₂."),
};

function lost({ norms }, depth) {
  const count = norms.filter((one) => one[depth] === 0).length;
  return count ? ` In ${count} of ${norms.length} networks it is exactly 0: some layer has no active unit.` : "";
}

function fate(median) {
  if (median < FAINT) return "it vanishes: the first layers hardly learn";
  if (median > LOUD) return "it explodes: the first layers' steps are far too long";
  return "it is still of ordinary size";
}

/** What a layer does to the signal; nothing is said of a size that is zero. */
function pace({ factor, median }, depth) {
  if (median[depth] === 0) return "In most networks nothing of the signal arrives";
  return `A layer multiplies the signal by about ${number(factor)}; after ${depth === 1 ? "it" : `${depth} of them`} ${number(median[depth])} is left of 1`;
}

/** Two or three sentences for the networks that are shown. */
export function words(state, result) {
  const { depth, gain, activation, weights } = state;
  const median = result.median[depth];
  if (activation === "linear" && weights === "rotations") {
    return `Rotations keep lengths, so each layer multiplies the signal by the gain exactly: ${number(gain)} to the power ${depth} is ${number(median)}. The bound is reached.`;
  }
  return `${pace(result, depth)}: ${fate(median)}.${lost(result, depth)}${NOTES[activation](state, median)}`;
}
