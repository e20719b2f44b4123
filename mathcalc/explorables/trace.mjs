// A formula as the list of its elementary lines (a Wengert list), and both modes of differentiation
// along that list. A line that would repeat an earlier one, the same operation on the same operands
// in the same order, is not written twice: the earlier one is used. Constants are no lines.

import { CONSTANTS, FormulaError, read } from "./expression.mjs";
import { FUNCTIONS, SLOPES, VALUES } from "./jet.mjs";

/** The formulas of a text: one to a line, or separated by semicolons. */
export const formulas = (text) => text.split(/[;\n]/).map((f) => f.trim()).filter((f) => f !== "");

/** The variables of a text, in natural order: x1, x2, x10, y. A variable is a letter, or a letter and a number. */
export function variablesOf(text) {
  const names = text.match(/(?<![\w.])[A-Za-z_]\w*(?!\w*\s*\()/g) ?? [];
  const known = (name) => Object.hasOwn(FUNCTIONS, name) || Object.hasOwn(CONSTANTS, name);
  const found = [...new Set(names)].filter((name) => !known(name));
  const odd = found.find((name) => !/^[A-Za-z]\d*$/.test(name));
  if (odd) throw new FormulaError(`'${odd}' is not known: an input is a letter, such as x, or a letter and a number, such as x1`);
  const order = (name) => name.replace(/\d+/g, (digits) => digits.padStart(12, "0"));
  return found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/**
 * Write the list: { variables, lines, outputs }. A line is { op, operands }, and each operand is
 * { line } or { value }; the lines of the inputs come first, with the op "input". `outputs` are the
 * numbers of the lines that the formulas end in.
 */
export function trace(text, variables = variablesOf(text)) {
  const writer = new Writer(variables);
  const texts = formulas(text);
  if (!texts.length) throw new FormulaError("the formula is empty: write one, such as x1*x2 + sin(x1)");
  const outputs = texts.map((one) => writer.output(one));
  return { variables, lines: writer.lines, outputs };
}

class Writer {
  constructor(variables) {
    this.variables = variables;
    this.lines = variables.map(() => ({ op: "input", operands: [] }));
    this.known = new Map();
  }

  output(text) {
    const { line } = this.operand(read(text, this.variables));
    if (line === undefined) throw new FormulaError(`${text} is a constant: it needs an input, such as x1`);
    return line;
  }

  operand(tree) {
    if (tree.op === "constant") return { value: tree.value };
    if (tree.op === "variable") return { line: tree.index };
    if (tree.op === "positive") return this.operand(tree.parts[0]);
    return { line: this.line(tree.op, tree.parts.map((part) => this.operand(part))) };
  }

  line(op, operands) {
    const key = [op, ...operands.map(({ line, value }) => (line === undefined ? `=${value}` : line))].join(" ");
    if (!this.known.has(key)) this.known.set(key, this.lines.push({ op, operands }) - 1);
    return this.known.get(key);
  }
}

// ── numbers along the list ──────────────────────────────────────────────────────────────────

function valueOf(op, [a, b]) {
  if (op === "negative") return -a;
  return Object.hasOwn(VALUES, op) ? VALUES[op](a, b) : FUNCTIONS[op][0](a);
}

function slopesOf(op, operands, [a, b], value) {
  if (op === "negative") return [-1];
  if (!Object.hasOwn(SLOPES, op)) return [FUNCTIONS[op][1](a)];
  // A constant exponent has no logarithm of the base to ask for.
  if (op === "**" && operands[1].line === undefined) return [b === 0 ? 0 : b * a ** (b - 1)];
  return SLOPES[op](a, b, value).slice(0, 2);
}

/** Run the list at a point: { values, partials }; partials[i][k] is ∂vᵢ/∂(its operand k). */
export function run({ lines }, point) {
  const values = [];
  const partials = lines.map(({ op, operands }, i) => {
    const parts = operands.map(({ line, value }) => (line === undefined ? value : values[line]));
    values.push(op === "input" ? point[i] : valueOf(op, parts));
    return op === "input" ? [] : slopesOf(op, operands, parts, values[i]);
  });
  return { values, partials };
}

/** Forward mode: the tangent of each line, for a direction at the inputs. */
export function tangents({ lines }, { partials }, direction) {
  const found = [];
  lines.forEach(({ op, operands }, i) => {
    const terms = operands.map(({ line }, k) => (line === undefined ? 0 : partials[i][k] * found[line]));
    found.push(op === "input" ? direction[i] : terms.reduce((sum, term) => sum + term, 0));
  });
  return found;
}

/**
 * Reverse mode: the adjoint of each line, for an adjoint of each output. A sweep that stops at line
 * `last` has handed on the adjoints of that line and of those below it.
 */
export function adjoints({ lines, outputs }, { partials }, seeds, last = 0) {
  const found = lines.map(() => 0);
  outputs.forEach((line, k) => (found[line] += seeds[k]));
  for (let i = lines.length - 1; i >= last; i--)
    lines[i].operands.forEach(({ line }, k) => {
      if (line !== undefined) found[line] += found[i] * partials[i][k];
    });
  return found;
}

// ── words ───────────────────────────────────────────────────────────────────────────────────

const LOWERED = "₀₁₂₃₄₅₆₇₈₉", RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const lower = (digits) => digits.replace(/\d/g, (d) => LOWERED[d]);
const raised = (k) => (Number.isInteger(k) && k > 0 ? String(k).replace(/\d/g, (d) => RAISED[d]) : undefined);
const SIGNS = { "+": "+", "-": "−", "*": "×", "/": "÷", "**": "^" };
const SPOKEN = { log: "ln", sqrt: "√", abs: "abs" };
const plainly = (value) => String(Number(value.toPrecision(4))).replace("-", "−");

/** x1 as x₁. */
export const pretty = (name) => name.replace(/\d+$/, lower);

/** What line i is called: x₁ for an input, v₃ for the third line. */
export const nameOf = ({ variables }, i) => (i < variables.length ? pretty(variables[i]) : `v${lower(String(i + 1))}`);

/** The operation of line i, written with the names of its operands: v₁ × v₂. */
export function operationOf(list, i) {
  const { op, operands } = list.lines[i];
  const [a, b] = operands.map(({ line, value }) => (line === undefined ? plainly(value) : nameOf(list, line)));
  if (op === "input") return "input";
  if (op === "negative") return `−${a}`;
  if (op === "**" && raised(operands[1].value)) return `${a}${raised(operands[1].value)}`;
  return Object.hasOwn(SIGNS, op) ? `${a} ${SIGNS[op]} ${b}` : `${SPOKEN[op] ?? op} ${a}`;
}

/** The operation of a line alone, as it stands on a node: ×, ln, 3 ×, ². */
export function symbolOf({ op, operands }) {
  if (op === "negative") return "−";
  if (op === "**" && raised(operands[1].value)) return `( )${raised(operands[1].value)}`;
  if (!Object.hasOwn(SIGNS, op)) return SPOKEN[op] ?? op;
  const [a, b] = operands.map(({ value }) => (value === undefined ? "" : plainly(value)));
  return [a, SIGNS[op], b].filter((piece) => piece !== "").join(" ");
}

/** The arrows of the list's graph: { from, to, operand }, one for each operand that is a line. */
export const arrowsOf = ({ lines }) =>
  lines.flatMap(({ operands }, to) =>
    operands.flatMap(({ line }, operand) => (line === undefined ? [] : [{ from: line, to, operand }])),
  );
