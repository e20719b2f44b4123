// Names, numbers and sentences of the figure on every mode.

import { nameOf, operationOf } from "./trace.mjs";
import { written } from "./written.mjs";

export { barred, dotted, written } from "./written.mjs";

const LOWERED = "₁₂₃₄₅₆";
/** The name of output k: f where there is one only. */
export const outputName = (k, m) => (m === 1 ? "f" : `f${LOWERED[k]}`);
export const unit = (k) => `e${LOWERED[k]}`;
export const vector = (values) => (values.length === 1 ? written(values[0], 4) : `(${values.map((x) => written(x, 4)).join(", ")})`);

const factor = (value) => (value < 0 ? `(${written(value, 4)})` : written(value, 4));
const product = (a, b) => `${factor(a)} · ${factor(b)}`;
const uses = ({ operands }) => operands.flatMap(({ line }, k) => (line === undefined ? [] : [{ line, k }]));

/** What happens at the step that is shown. */
export function words({ step }, result) {
  const { list, done, swept, values } = result, length = list.lines.length;
  if (step === 0) return start(list);
  if (step <= length) return forwards(result, done - 1);
  if (step < 2 * length || values.some(Number.isNaN)) return backwards(result, length - swept);
  return end(result);
}

function start({ lines, variables }) {
  const count = lines.length - variables.length;
  return `The program has ${count} ${count === 1 ? "operation" : "operations"}. Going forward, each step runs one line and gives it its tangent; going back, each line hands its adjoint on to those that it used.`;
}

function forwards({ list, values, partials, tangents }, i) {
  const name = nameOf(list, i), line = list.lines[i];
  if (line.op === "input") return `${name} is an input. Its value is ${written(values[i])}, and its tangent, ${written(tangents[i])}, is the seed.`;
  const here = `${name} = ${operationOf(list, i)} = ${written(values[i])}.`;
  if (Number.isNaN(values[i])) return `${here} There is no real number here: move the inputs.`;
  const terms = uses(line).map(({ line: j, k }) => product(partials[i][k], tangents[j]));
  return `${here} Its tangent is the sum of local slope times tangent: ${terms.join(" + ")} = ${written(tangents[i], 4)}.`;
}

function backwards({ list, partials, soFar }, i) {
  const name = nameOf(list, i), line = list.lines[i], own = written(soFar[i], 4);
  if (line.op === "input") return `Everything that used ${name} has been dealt with: its adjoint ${own} is the derivative of u · f with respect to ${name}.`;
  const parts = uses(line).map(({ line: j, k }) => `${product(soFar[i], partials[i][k])} to ${nameOf(list, j)}`);
  return `The adjoint of ${name} is complete: ${own}. It hands on adjoint times local slope: ${parts.join(", and ")}.`;
}

function end({ jv, uj, duality }) {
  const [left, right] = duality.map((x) => written(x));
  const same = Math.abs(duality[0] - duality[1]) <= 1e-9 * (1 + Math.abs(duality[0]));
  const meet = same ? `and they meet: u · (Jv) = ${left} = (uJ) · v` : `u · (Jv) = ${left}, (uJ) · v = ${right}`;
  return `Forward mode arrived at Jv = ${vector(jv)}, reverse mode at uJ = ${vector(uj)}, ${meet}.`;
}

const times = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** The meters: [what is measured, [forward, its words], [reverse, its words]]. */
export function meters({ program, n, m, alive, kept, forward, reverse }) {
  const ratio = (count) => (program ? `${count} operations, ${written(count / program, 2)} × the program's ${program}` : `${count} operations`);
  return [
    ["One product, with the value", [forward.one, ratio(forward.one)], [reverse.one, ratio(reverse.one)]],
    [
      "The whole Jacobian", [forward.all, `${forward.all} operations in ${times(n, "run")}, n = ${n}`],
      [reverse.all, `${reverse.all} operations in 1 run and ${times(m, "sweep")}, m = ${m}`],
    ],
    [
      "Values in memory", [2 * alive, `${2 * alive}: at most ${alive} alive, each with its tangent`],
      [kept.length, `${kept.length} kept for the way back, marked • above`],
    ],
  ];
}
