// What the forward and backward pass say in words.

import { written } from "./written.mjs";

export const plain = (value) => written(value, 4);
const factor = (value) => (value < 0 ? `(${plain(value)})` : plain(value));

const times = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** The sum over the consumers: v̄₃ · ∂v₃/∂b + …, with numbers if `shown`. */
export function sumOf(i, { list, shares, adjoints }, shown) {
  const { names, bars } = list;
  if (!shares[i].length) return `${bars[i]} = 1`;
  const signs = shares[i].map(({ to }) => `${bars[to]} · ∂${names[to]}/∂${names[i]}`);
  if (!shown) return `${bars[i]} = ${signs.join(" + ")}`;
  const numbers = shares[i].map(({ to, partial }) => `${factor(adjoints[to])} · ${factor(partial)}`);
  return `${bars[i]} = ${signs.join(" + ")} = ${numbers.join(" + ")} = ${plain(adjoints[i])}`;
}

/** The number of directed paths from line i to the last one. */
function paths({ list, shares }, i) {
  const ways = list.lines.map(() => 0);
  ways[list.lines.length - 1] = 1;
  for (let k = list.lines.length - 2; k >= i; k--) ways[k] = shares[k].reduce((all, { to }) => all + ways[to], 0);
  return ways[i];
}

function start({ list }) {
  const operations = list.lines.length - list.variables.length;
  return `The inputs have their values. Step forward through ${times(operations, "operation")}; each writes its local derivatives on its arrows.`;
}

function forwards({ list, values, shares }, i) {
  const many = shares[i].length > 1 ? ` It has ${shares[i].length} consumers' arrows: it is used more than once.` : "";
  return `Forward pass: ${list.names[i]} = ${list.operations[i]} = ${written(values[i], 5)}.${many}`;
}

function turn({ list, values }) {
  const last = list.lines.length - 1;
  return `The loss is L = ${list.names[last]} = ${written(values[last], 5)}. Now go back: predict each adjoint before you see it.`;
}

function end(result) {
  const { list, shares, adjoints } = result;
  const arrows = shares.reduce((all, own) => all + own.length, 0);
  const ways = list.variables.reduce((all, _, k) => all + paths(result, k), 0);
  const slopes = list.variables.map((_, k) => `∂L/∂${list.names[k]} = ${written(adjoints[k], 5)}`).join(", ");
  return `The gradient is complete: ${slopes}. The backward pass used each of the ${times(arrows, "arrow")} once; ${times(ways, "path")} lead from the inputs to the loss.`;
}

/** One or two sentences for the step that is shown. */
export function words(result) {
  const { list, values, known, met, stage } = result;
  const count = list.lines.length;
  if (values.slice(0, known).some((value) => !Number.isFinite(value))) return "There is no real number here: move the inputs.";
  if (met === 0) return end(result);
  if (met < count) return `Backward pass: ${sumOf(met, result, true)}. Next: ${list.bars[met - 1]}, the sum over the arrows that leave ${list.names[met - 1]}.`;
  if (known === count) return turn(result);
  return stage === 0 ? start(result) : forwards(result, known - 1);
}
