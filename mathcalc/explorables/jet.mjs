// Second-order forward mode. A jet is one array: the value, the n slopes, and the lower triangle of
// the Hessian, row by row. Each node of a formula owns one and fills it from those of its parts.

// Each function: its value, first and second derivative at v.
export const FUNCTIONS = {
  sin: [Math.sin, Math.cos, (v) => -Math.sin(v)],
  cos: [Math.cos, (v) => -Math.sin(v), (v) => -Math.cos(v)],
  tan: [Math.tan, (v) => 1 + Math.tan(v) ** 2, (v) => 2 * Math.tan(v) * (1 + Math.tan(v) ** 2)],
  asin: [Math.asin, (v) => 1 / Math.sqrt((1 - v) * (1 + v)), (v) => v / ((1 - v) * (1 + v)) ** 1.5],
  acos: [Math.acos, (v) => -1 / Math.sqrt((1 - v) * (1 + v)), (v) => -v / ((1 - v) * (1 + v)) ** 1.5],
  atan: [Math.atan, (v) => 1 / (1 + v * v), (v) => (-2 * v) / (1 + v * v) ** 2],
  sinh: [Math.sinh, Math.cosh, Math.sinh],
  cosh: [Math.cosh, Math.sinh, Math.cosh],
  tanh: [Math.tanh, (v) => 1 / Math.cosh(v) ** 2, (v) => (-2 * Math.tanh(v)) / Math.cosh(v) ** 2],
  exp: [Math.exp, Math.exp, Math.exp],
  log: [(v) => (v < 0 ? NaN : Math.log(v)), (v) => 1 / v, (v) => -1 / (v * v)],
  sqrt: [Math.sqrt, (v) => 0.5 / Math.sqrt(v), (v) => -0.25 / (v * Math.sqrt(v))],
  abs: [Math.abs, Math.sign, () => 0],
};


// An infinite slope along a direction in which nothing moves contributes nothing.
const times = (a, b) => (b === 0 ? 0 : a * b);

// The chain rule to second order for z = f(a).
function chain(out, n, a, f, df, ddf) {
  out[0] = f;
  for (let i = 1; i <= n; i++) out[i] = times(df, a[i]);
  for (let i = 1, k = n + 1; i <= n; i++)
    for (let j = 1; j <= i; j++, k++) out[k] = times(df, a[k]) + times(ddf, a[i] * a[j]);
  return out;
}

// The chain rule to second order for z = f(a, b); s holds f's slopes [a, b] and [aa, ab, bb].
function chain2(out, n, a, b, f, s) {
  out[0] = f;
  for (let i = 1; i <= n; i++) out[i] = times(s[0], a[i]) + times(s[1], b[i]);
  for (let i = 1, k = n + 1; i <= n; i++)
    for (let j = 1; j <= i; j++, k++)
      out[k] = times(s[0], a[k]) + times(s[1], b[k]) + times(s[2], a[i] * a[j])
        + times(s[3], a[i] * b[j] + a[j] * b[i]) + times(s[4], b[i] * b[j]);
  return out;
}

// Each operator of two parts: its slopes [a, b, aa, ab, bb] at (a, b), where its value is f.
export const SLOPES = {
  "+": () => [1, 1, 0, 0, 0],
  "-": () => [1, -1, 0, 0, 0],
  "*": (a, b) => [b, a, 0, 1, 0],
  "/": (a, b, f) => [1 / b, -f / b, 0, -1 / (b * b), (2 * f) / (b * b)],
  "**": (a, b, f) => {
    const log = Math.log(a);
    return [b * a ** (b - 1), f * log, b * (b - 1) * a ** (b - 2), a ** (b - 1) * (1 + b * log), f * log * log];
  },
};
export const VALUES = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "**": (a, b) => a ** b,
};
const SIGNS = { negative: -1, positive: 1 };

// A power with a constant exponent has no slope where its factor is zero, even at a = 0.
function power(out, n, a, k) {
  const v = a[0], slope = (factor, e) => (factor === 0 ? 0 : factor * v ** e);
  return chain(out, n, a, v ** k, slope(k, k - 1), slope(k * (k - 1), k - 2));
}

// Return a function that fills, and returns, the jet of a tree at the shared point.
export function jetOf(tree, n, point) {
  const out = new Float64Array(1 + n + (n * (n + 1)) / 2);
  if (tree.op === "constant") return () => ((out[0] = tree.value), out);
  if (tree.op === "variable") return (out[1 + tree.index] = 1), () => ((out[0] = point[tree.index]), out);
  const [a, b] = tree.parts.map((part) => jetOf(part, n, point));
  if (tree.op in SIGNS) return () => { const u = a(), s = SIGNS[tree.op]; return chain(out, n, u, s * u[0], s, 0); };
  if (tree.op === "**" && tree.parts[1].op === "constant") return () => power(out, n, a(), tree.parts[1].value);
  if (tree.op in SLOPES) return () => pair(out, n, tree.op, a(), b());
  const [f, df, ddf] = FUNCTIONS[tree.op];
  return () => { const u = a(), v = u[0]; return chain(out, n, u, f(v), df(v), ddf(v)); };
}

function pair(out, n, op, a, b) {
  const f = VALUES[op](a[0], b[0]);
  return chain2(out, n, a, b, f, SLOPES[op](a[0], b[0], f));
}
