// How a typed answer is judged on the page: mathcalc/exercises/{reading,judging}.py, rule by rule,
// by the same sheets, points, sentences and limits, which Python ships as data (`table`).

import { parse } from "./expression.mjs";

const NAME = /(?<![\w.])[A-Za-z_]\w*/g;
const BARE_PRODUCT = /\d *[A-Za-z_(]|\) *[\w(]|(?<!\w)[A-Za-z] +[A-Za-z_]/;
const OPEN = "[(", CLOSE = "])";

class Unfit extends Error {
  constructor(code, details = {}) {
    super(code);
    Object.assign(this, { code, details });
  }
}

/** A sentence of the table with its details in their places. */
export function say(table, code, details = {}) {
  return table.messages[code].replace(/\{(\w+)\}/g, (_, key) => details[key]);
}

/** Judge an answer, a text or a list of letters: {right, code, message}. */
export function judge(sheet, answer, table) {
  const { code, ...details } = found(sheet, answer, table);
  return { right: code === "right", code, message: code === "hint" ? details.hint : say(table, code, details) };
}

function found(sheet, answer, table) {
  try {
    if (sheet.options) return choice(sheet, answer);
    return sheet.kind === "function" ? { code: "notebook" } : compared(sheet, read(answer, sheet, table), table);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return { code: error.code, ...error.details };
  }
}

// ── from a text to its shape, and the values of its entries at the points ───────────────────

function read(text, sheet, table) {
  if (Array.from(text).length > table.longest) throw new Unfit("long");
  const rewritten = table.rewritten.reduce((so, [pattern, instead]) => so.replace(new RegExp(pattern, "g"), instead), text);
  const spelt = Array.from(rewritten, (sign) => table.spellings[sign] ?? sign).join("");
  const nested = split(spelt, table, 0);
  const parsed = map(nested, (leaf) => parsedLeaf(leaf, sheet.variables, table));
  const values = [parsed].flat(Infinity).map((leaf) => sheet.points.map((point) => leaf.value(point)));
  return { shape: shapeOf(nested), values };
}

const map = (nested, f) => (Array.isArray(nested) ? nested.map((part) => map(part, f)) : f(nested));

function split(whole, table, depth) {
  if (depth > table.deepest) throw new Unfit("deep");
  const text = whole.trim();
  let parts = pieces(text);
  if (parts.length === 1) {
    const inner = inside(text);
    parts = inner === null ? [] : pieces(inner);
    if (parts.length === 1 && text[0] === "(") parts = [];
  }
  if (parts.length > table.largest) throw new Unfit("long");
  return parts.length ? parts.map((part) => split(part, table, depth + 1)) : text;
}

const turn = (sign) => Number(OPEN.includes(sign)) - Number(CLOSE.includes(sign));

function pieces(text) {
  const found = [""];
  let depth = 0;
  for (const sign of text) {
    depth += turn(sign);
    if (sign === "," && depth === 0) found.push("");
    else found[found.length - 1] += sign;
  }
  return found.length > 1 && !found.at(-1).trim() ? found.slice(0, -1) : found;
}

function inside(text) {
  if (!text || !OPEN.includes(text[0]) || text.at(-1) !== CLOSE[OPEN.indexOf(text[0])]) return null;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    depth += turn(text[at]);
    if (depth === 0) return at === text.length - 1 ? text.slice(1, -1) : null;
  }
  return null;
}

function parsedLeaf(text, variables, table) {
  try {
    return parse(text, variables);
  } catch {
    throw slip(text, variables, table);
  }
}

function slip(text, variables, table) {
  if (!text.trim()) return new Unfit("none");
  if (text.includes("^")) return new Unfit("power");
  const got = (text.match(NAME) ?? []).find((name) => ![...variables, ...table.names].includes(name));
  if (got && [...got].every((letter) => variables.includes(letter))) return new Unfit("product");
  const code = variables.length ? "name" : "name_alone";
  if (got) return new Unfit(code, { got: got.slice(0, 30), variables: variables.join(", ") });
  return new Unfit(BARE_PRODUCT.test(text) ? "product" : "read");
}

function shapeOf(nested) {
  if (!Array.isArray(nested)) return [];
  const shapes = nested.map(shapeOf);
  if (shapes.some((shape) => !alike(shape, shapes[0]))) throw new Unfit("ragged");
  return [nested.length, ...shapes[0]];
}

// ── what is to be said of it ────────────────────────────────────────────────────────────────

const alike = (a, b) => a.length === b.length && a.every((n, i) => n === b[i]);
const each = (a, b, f) => a.map((row, i) => row.map((value, k) => f(value, b[i][k])));
const times = (a, c) => a.map((row) => row.map((value) => c * value));
const largest = (a) => Math.max(...a.flat().map(Math.abs));
const minus = (a, b) => each(a, b, (x, y) => x - y);
const flipped = (a, [m, n]) => Array.from({ length: m * n }, (_, i) => a[(i % m) * n + Math.floor(i / m)]);

function words(shape, table) {
  if (shape.length === 0) return say(table, "one");
  if (shape.length === 1) return say(table, shape[0] === 1 ? "component" : "components", { n: shape[0] });
  return say(table, "matrix", { m: shape[0], n: shape[1] });
}

function place(index, shape, table) {
  if (shape.length === 1) return say(table, "ordinal", { i: index + 1 });
  return say(table, "entry", { i: Math.floor(index / shape[1]) + 1, j: (index % shape[1]) + 1 });
}

function compared(sheet, { shape: written, values }, table) {
  const column = sheet.shape.length === 1 && alike(written, [...sheet.shape, 1]);
  const row = written.length === 1 && alike([1, ...written], sheet.shape); // without its outer brackets
  const shape = column || row ? sheet.shape : written;
  const right = sheet.right[0], scale = largest(right) || 1;
  const same = (a, b, factor = 1) => largest(minus(a, b)) <= sheet.tolerance * scale * factor;
  const turned = alike([...shape].reverse(), sheet.shape) && !alike(shape, sheet.shape);
  if (turned && same(flipped(values, shape), right)) return { code: "transpose" };
  if (!alike(shape, sheet.shape)) return { code: "shape", expected: words(sheet.shape, table), got: words(shape, table) };
  const bad = sheet.points.findIndex((_, k) => values.some((row) => !Number.isFinite(row[k])));
  if (bad >= 0) return sheet.said.length ? { code: "finite_at", point: sheet.said[bad] } : { code: "finite" };
  if (sheet.right.some((other) => same(values, other))) return { code: "right" };
  const typical = sheet.wrong.find((w) => alike(w.shape, sheet.shape) && same(values, w.values));
  if (typical) return { code: "hint", hint: typical.hint };
  const context = { values, right, scale, same, shape, near: table.near, counted: sheet.tolerance < table.exact };
  const whole = Object.keys(WHOLE).find((code) => WHOLE[code](context));
  return whole ? { code: whole } : byEntries(sheet, context, table);
}

// Each fault of the whole answer, in the order in which they are looked for.
const WHOLE = {
  sign: ({ values, right, same }) => same(values, times(right, -1)),
  transpose: ({ values, right, same, shape }) =>
    shape.length === 2 && shape[0] === shape[1] && same(flipped(values, shape), right),
  order({ values, right, same, shape }) {
    const left = [...values];
    return shape.length === 1 && right.every((entry) => {
      const match = left.findIndex((own) => same([own], [entry]));
      return match >= 0 && left.splice(match, 1);
    });
  },
  close: ({ values, right, scale, near, counted }) =>
    right[0].length === 1 && !counted && largest(minus(values, right)) <= near * scale,
  factor({ values, right, same }) {
    const flat = right.flat();
    if (flat.filter((v) => v !== 0).length < 2) return false;
    if (right.length === 1 && flat.every((v) => v === flat[0])) return false;
    const sum = (a) => a.flat().reduce((total, v) => total + v, 0);
    const c = sum(each(values, right, (a, b) => a * b)) / sum(each(right, right, (a, b) => a * b));
    return c !== 0 && same(values, times(right, c), Math.abs(c));
  },
  constant({ values, right, same }) {
    if (right[0].length === 1 || right.every((row) => row.every((v) => v === row[0]))) return false;
    const off = minus(values, right);
    return same(off, off.map((row) => row.map(() => row[0])));
  },
};

function byEntries(sheet, { values, right, same }, table) {
  const total = values.length;
  const off = values.map((_, i) => i).filter((i) => !same([values[i]], [right[i]]));
  if (off.length === 1 && total > 1) {
    const code = same([values[off[0]]], times([right[off[0]]], -1)) ? "only_sign" : "only";
    return { code, which: place(off[0], sheet.shape, table) };
  }
  if (off.length < total) return { code: "several", count: off.length, total };
  if (!sheet.said.length) return { code: "wrong" };
  const agrees = sheet.points.map((_, k) => same(values.map((row) => [row[k]]), right.map((row) => [row[k]])));
  const point = sheet.said[agrees.indexOf(false)];
  return agrees.includes(true) ? { code: "some", point, agree: sheet.said[agrees.indexOf(true)] } : { code: "differs", point };
}

const listed = (options) => Object.entries(options).map(([letter, text]) => `${letter}: ${text}`).join("; ");

function choice({ kind, options, right, wrong }, chosen) {
  if (!chosen.length) return { code: "none" };
  if (chosen.some((letter) => !Object.hasOwn(options, letter))) return { code: "option", options: listed(options) };
  if (kind === "choice" && chosen.length > 1) return { code: "one_option" };
  const extra = chosen.filter((letter) => !right.includes(letter));
  if (extra.length === 1 && Object.hasOwn(wrong, extra[0])) return { code: "hint", hint: wrong[extra[0]] };
  if (extra.length) return { code: "extra" };
  return { code: chosen.length === right.length ? "right" : "missing" };
}
