// The spectral norm of a small matrix: the root of the largest eigenvalue of MᵀM, by Householder's
// reduction to a tridiagonal matrix and bisection with Sturm's count (Golub & Van Loan, §8.3–8.4).

const HALVINGS = 60;

function gram(matrix, n) {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += matrix[k * n + i] * matrix[k * n + j];
      out[i * n + j] = out[j * n + i] = sum;
    }
  return out;
}

/** Reflect column k of a symmetric matrix onto its first entry below the diagonal. */
function reduce(a, n, k) {
  const v = new Float64Array(n), p = new Float64Array(n);
  let square = 0;
  for (let i = k + 1; i < n; i++) square += (v[i] = a[i * n + k]) ** 2;
  v[k + 1] += (v[k + 1] < 0 ? -1 : 1) * Math.sqrt(square);
  let norm = 0;
  for (let i = k + 1; i < n; i++) norm += v[i] * v[i];
  if (norm === 0) return;
  let along = 0;
  for (let i = k; i < n; i++) {
    for (let j = k + 1; j < n; j++) p[i] += (2 / norm) * a[i * n + j] * v[j];
    along += (p[i] * v[i]) / norm;
  }
  for (let i = k; i < n; i++) p[i] -= along * v[i];
  for (let i = k; i < n; i++) for (let j = k; j < n; j++) a[i * n + j] -= v[i] * p[j] + p[i] * v[j];
}

/** How many eigenvalues of a tridiagonal matrix are larger than x: the signs of its pivots. */
function above(a, n, x) {
  let count = 0;
  for (let i = 0, pivot = 1; i < n; i++) {
    const side = i ? a[i * n + i - 1] : 0;
    pivot = a[i * n + i] - x - (side * side) / (pivot || 1e-300);
    if (pivot > 0) count += 1;
  }
  return count;
}

/** The largest singular value of an n×n matrix, given row by row. */
export function spectralNorm(matrix, n) {
  const a = gram(matrix, n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += a[i * n + i];
  for (let k = 0; k < n - 2; k++) reduce(a, n, k);
  let [low, high] = [trace / (2 * n), trace * (1 + 1e-12)];
  for (let k = 0; k < HALVINGS && low < high; k++) {
    const middle = (low + high) / 2;
    if (above(a, n, middle) > 0) low = middle;
    else high = middle;
  }
  return Math.sqrt((low + high) / 2);
}
