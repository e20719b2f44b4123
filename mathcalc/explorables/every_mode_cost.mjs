// What the modes cost on a list of lines, counted as chapter 5 counts: +, −, ×, ÷ and each elementary
// function are one operation each; additions of adjoints are counted, also the first into a zero.

// For each function: the operations of its tangent, and those of handing its adjoint on.
const FUNCTIONS = {
  negative: [1, 1], exp: [1, 2], log: [1, 2],
  sin: [2, 3], sinh: [2, 3], cosh: [2, 3], sqrt: [2, 3], abs: [2, 3],
  cos: [3, 3], tan: [3, 4], tanh: [3, 4], atan: [3, 4], asin: [4, 5], acos: [5, 5],
};
// For each operator the same, by which of its operands are lines: both, or only one beside a constant.
const OPERATORS = {
  "+": { both: [1, 2], left: [0, 1], right: [0, 1] },
  "-": { both: [1, 2], left: [0, 1], right: [1, 1] },
  "*": { both: [3, 4], left: [1, 2], right: [1, 2] },
  "/": { both: [3, 4], left: [1, 2], right: [3, 3] },
  "**": { both: [8, 9], left: [3, 4], right: [2, 3] },
};
// Which values the rule for the way back reads: those of operands (a, b), or the line's own (v).
const READS = {
  "*": { both: "ab" }, "/": { both: "bv", right: "bv" }, "**": { both: "abv", left: "a", right: "v" },
  exp: "v", tan: "v", tanh: "v", sqrt: "v", negative: "",
};

const sides = ([a, b]) => (a.line === undefined ? "right" : b.line === undefined ? "left" : "both");

function priceOf({ op, operands }) {
  if (!Object.hasOwn(OPERATORS, op)) return FUNCTIONS[op];
  // The slope of a square is one product, 2a; that of another power is a power and a product.
  return op === "**" && operands[1].value === 2 ? [2, 3] : OPERATORS[op][sides(operands)];
}

function readsOf({ op, operands }, i) {
  if (op === "input") return [];
  const reads = Object.hasOwn(OPERATORS, op) ? (READS[op]?.[sides(operands)] ?? "") : (READS[op] ?? "a");
  return [...reads].map((name) => ({ a: operands[0].line, b: operands[1]?.line, v: i })[name]);
}

/** The lines whose values the way back needs, in order. */
export const kept = ({ lines }) => [...new Set(lines.flatMap(readsOf))].sort((a, b) => a - b);

/** The most values alive at one time: each until its last use, inputs from the start, outputs to the end. */
export function alive({ lines, outputs }) {
  const last = lines.map((_, i) => i);
  lines.forEach(({ operands }, i) => operands.forEach(({ line }) => line !== undefined && (last[line] = i)));
  outputs.forEach((line) => (last[line] = lines.length));
  const inputs = lines.filter(({ op }) => op === "input").length;
  const at = lines.map((_, now) => last.filter((end, i) => (i < inputs || i <= now) && end >= now).length);
  return Math.max(...at);
}

/** Operations of the program and of both modes, for one product and for the whole Jacobian; and memory. */
export function costs(list) {
  const lines = list.lines.filter(({ op }) => op !== "input");
  const sum = (k) => lines.reduce((total, line) => total + priceOf(line)[k], 0);
  const [program, along, back] = [lines.length, sum(0), sum(1)];
  const [n, m] = [list.variables.length, list.outputs.length];
  return {
    program, n, m, alive: alive(list), kept: kept(list),
    forward: { one: program + along, all: n * (program + along) },
    reverse: { one: program + back, all: program + m * back },
  };
}
