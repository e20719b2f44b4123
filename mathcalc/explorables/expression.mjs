// The small language of typed formulas, read as mathcalc/grammar.py reads it, and differentiated
// by second-order forward mode: value, gradient and Hessian in one pass over the formula.
// Text is never evaluated as code.

import { FUNCTIONS, jetOf } from "./jet.mjs";

const LONGEST = 500, DEEPEST = 100, LARGEST_EXPONENT = 64, LARGEST = 1e300, ROUNDING = 2 ** -51;
const TURNING = ["sin", "cos", "tan"], TURNS = 1e6; // a larger angle is a number like any other
export const CONSTANTS = { pi: Math.PI, e: Math.E };

export class FormulaError extends Error {}

function refuse(bad, sentence) {
  if (bad) throw new FormulaError(sentence);
}

// ── from text to tokens ─────────────────────────────────────────────────────────────────────

const TOKEN = / *(?:((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])|([A-Za-z_]\w*)|(\*\*|[-+*/()]))/y;

function checked(text) {
  refuse(typeof text !== "string", "a formula is a text");
  const formula = text.trim();
  refuse(!formula, "the formula is empty: write one, such as x**2 + y**2");
  refuse(Array.from(formula).length > LONGEST, `the formula is longer than ${LONGEST} characters`);
  const odd = formula.match(/[^ -~]|[#\\]/u);
  refuse(odd, `${odd && shown(odd[0])} is not part of a formula`);
  refuse(formula.includes("^"), "write ** for a power, not ^");
  refuse(formula.includes("//"), "write / for a quotient, not //");
  return formula;
}

// A character as it can be read: by its number in Unicode if it cannot be seen.
function shown(sign) {
  const code = sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(sign) ? `'${sign}'` : `the character U+${code}`;
}

function tokens(formula) {
  const found = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < formula.length; ) {
    const at = TOKEN.lastIndex, match = TOKEN.exec(formula);
    refuse(!match, `'${formula.slice(at, at + 30).trim()}' is not part of a formula`);
    const [, number, name, sign] = match;
    found.push({ number, name, sign, piece: number ?? name ?? sign });
  }
  return found;
}

// ── from tokens to a tree; a node is {op, parts, constant} ──────────────────────────────────

class Reader {
  constructor(text, variables) {
    this.text = checked(text);
    this.variables = variables;
    this.rest = tokens(this.text).reverse();
    this.nesting = 0;
  }

  next(...signs) {
    const sign = this.rest.at(-1)?.sign;
    return signs.includes(sign) && this.rest.pop().sign;
  }

  all() {
    const tree = this.sum();
    refuse(this.rest.length, this.unreadable());
    return tree;
  }

  unreadable() {
    return `cannot read '${this.text.slice(0, 60)}': is a sign or a bracket missing?`;
  }

  sum() {
    let left = this.product();
    for (let op; (op = this.next("+", "-")); ) left = node(op, left, this.product());
    return left;
  }

  product() {
    let left = this.signed();
    for (let op; (op = this.next("*", "/")); ) left = node(op, left, this.signed());
    return left;
  }

  signed() {
    const sign = this.next("-", "+");
    if (!sign) return this.power();
    const inner = this.signed();
    return node(sign === "-" ? "negative" : "positive", inner);
  }

  power() {
    const base = this.atom();
    return this.next("**") ? node("**", base, this.signed()) : base;
  }

  atom() {
    if (this.next("(")) return this.bracket();
    const token = this.rest.pop();
    refuse(!token || token.sign, this.unreadable());
    return token.name ? this.named(token.name) : number(token.number);
  }

  bracket() {
    this.nesting += 1;
    refuse(this.nesting > DEEPEST, `the formula is nested more than ${DEEPEST} deep`);
    const inner = this.sum();
    refuse(!this.next(")"), this.unreadable());
    this.nesting -= 1;
    return inner;
  }

  named(name) {
    if (this.next("(")) return call(name, this.bracket());
    if (Object.hasOwn(CONSTANTS, name)) return constant(CONSTANTS[name]);
    refuse(Object.hasOwn(FUNCTIONS, name), `${name} needs an argument: write ${name}(x)`);
    const index = this.variables.indexOf(name);
    const hint = this.variables.length ? `; the variables are ${this.variables.join(", ")}` : "";
    refuse(index < 0, `'${name.slice(0, 30)}' is not known${hint}`);
    return { op: "variable", index, parts: [], depth: 1 };
  }
}

function number(text) {
  const value = Number(text);
  refuse(/^0\d/.test(text) || value > LARGEST, `${text.slice(0, 30)} is not a number of ordinary size`);
  return constant(value);
}

function constant(value) {
  refuse(Number.isNaN(value), "the formula has a part that is not a real number: look at roots and logarithms");
  refuse(Math.abs(value) > LARGEST, "the formula divides by zero or overflows");
  return { op: "constant", value, parts: [], depth: 1 };
}

function call(name, argument) {
  const known = Object.keys(FUNCTIONS).join(", ");
  refuse(!Object.hasOwn(FUNCTIONS, name), `'${name.slice(0, 30)}' is not a known function; there are ${known}`);
  return node(name, argument);
}

// A node whose parts are constants is one: so no rule below meets an infinite slope times zero.
function node(op, ...parts) {
  const depth = 1 + Math.max(...parts.map((part) => part.depth));
  refuse(depth > DEEPEST, `the formula is nested more than ${DEEPEST} deep`);
  const made = { op, parts, depth }, right = parts.at(-1);
  if (op === "**" && right.op === "constant")
    refuse(Math.abs(right.value) > LARGEST_EXPONENT, `the exponent ${right.value} is larger than ${LARGEST_EXPONENT}`);
  refuse(op === "/" && right.value === 0, "the formula divides by zero or overflows");
  refuse(op === "**" && parts[0].value === 0 && right.op !== "constant", "zero has no power that varies");
  if (parts.some((part) => part.op !== "constant")) return made;
  const size = Math.max(...parts.map((part) => Math.abs(part.value)));
  return { ...constant(settled(op, valueOf(made, [])(), size)), depth };
}

// What rounding leaves of an exact zero, as in sin(pi), counts as zero; a tangent's pole as one.
function settled(op, value, size) {
  const noise = ROUNDING * size, turning = TURNING.includes(op) && size > 1 && size < TURNS;
  if (op === "+" || op === "-" || turning) value = Math.abs(value) <= noise ? 0 : value;
  return op === "tan" && size < TURNS && Math.abs(value) * noise >= 1 ? Infinity : value;
}

// ── from the tree to values: closures over one shared point ─────────────────────────────────

const VALUES = {
  "+": (a, b) => () => a() + b(),
  "-": (a, b) => () => a() - b(),
  "*": (a, b) => () => a() * b(),
  "/": (a, b) => () => a() / b(),
  "**": (a, b) => () => a() ** b(),
  negative: (a) => () => -a(),
  positive: (a) => a,
};

function valueOf(tree, point) {
  if (tree.op === "constant") return () => tree.value;
  if (tree.op === "variable") return () => point[tree.index];
  const [a, b] = tree.parts.map((part) => valueOf(part, point));
  if (tree.op === "**" && tree.parts[1].value === 2) return () => { const v = a(); return v * v; };
  return Object.hasOwn(VALUES, tree.op) ? VALUES[tree.op](a, b) : () => FUNCTIONS[tree.op][0](a());
}

function hessianOf(jet, n) {
  const entry = (i, j) => jet[1 + n + (Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)];
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j)));
}

// The tree of a formula.
export const read = (text, variables = ["x", "y"]) => new Reader(text, variables).all();

// Read a formula. `value(point)` is its value there; `jet(point)` its value, gradient and Hessian.
export function parse(text, variables = ["x", "y"]) {
  const tree = read(text, variables);
  const n = variables.length, point = new Float64Array(n);
  const value = valueOf(tree, point), jet = jetOf(tree, n, point);
  return {
    text: text.trim(),
    variables,
    value: (at) => (point.set(at), value()),
    jet(at) {
      point.set(at);
      const all = jet();
      return { value: all[0], gradient: Array.from(all.subarray(1, 1 + n)), hessian: hessianOf(all, n) };
    },
  };
}
