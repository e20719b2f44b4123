// The square and the circle at the origin: their outlines, and rules for integrals around them.

const PIECES = 24; // of each side of the square, and of a quarter of the circle

/** Legendre's nodes and weights on [0, 1], by Newton's method from Tricomi's first guess. */
export function legendre(n) {
  return Array.from({ length: n }, (_, k) => {
    let x = Math.cos((Math.PI * (k + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let round = 0; round < 8; round++) {
      let [before, now] = [1, x];
      for (let m = 2; m <= n; m++) [before, now] = [now, ((2 * m - 1) * x * now - (m - 1) * before) / m];
      slope = (n * (before - x * now)) / (1 - x * x);
      x -= now / slope;
    }
    return { t: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
}

const NODES = legendre(20);
const SIDES = [[[0, 0], [1, 0]], [[1, 0], [0, 1]], [[1, 1], [-1, 0]], [[0, 1], [0, -1]]];
const SPOKES = 128;

const square = (s) => SIDES.flatMap(([[x, y], [u, v]]) =>
  NODES.map(({ t, weight }) => ({ h: [s * (x + t * u), s * (y + t * v)], tangent: [s * u, s * v], weight })));

const circle = (s) => Array.from({ length: SPOKES }, (_, k) => {
  const [c, d] = [Math.cos((2 * Math.PI * k) / SPOKES), Math.sin((2 * Math.PI * k) / SPOKES)];
  return { h: [s * c, s * d], tangent: [-s * d, s * c], weight: (2 * Math.PI) / SPOKES };
});

/** Places h around the shape with the tangent there, and weights: Σ weight · g(h, tangent) ≈ ∮ g. */
export const ring = (shape, s) => (shape === "circle" ? circle(s) : square(s));

/** The outline as a closed list of displacements from p; the square has its first corner there. */
export function outlineOf(shape, s) {
  const part = Array.from({ length: PIECES }, (_, k) => k / PIECES);
  if (shape === "square") return SIDES.flatMap(([[x, y], [u, v]]) => part.map((t) => [s * (x + t * u), s * (y + t * v)]));
  return Array.from({ length: 4 * PIECES }, (_, k) => {
    const angle = (Math.PI * k) / (2 * PIECES);
    return [s * Math.cos(angle), s * Math.sin(angle)];
  });
}
