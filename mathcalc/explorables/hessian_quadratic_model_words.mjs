// What the figure says in words.

import { number } from "./kit.mjs";

const SHAPES = {
  "positive definite": "Both eigenvalues are positive: H is positive definite, and the form is a bowl with its minimum at 0. Zero lies to the left of the circle.",
  "negative definite": "Both eigenvalues are negative: H is negative definite, and the form is a dome with its maximum at 0. Zero lies to the right of the circle.",
  indefinite: "The eigenvalues have both signs: H is indefinite, and 0 is a saddle. Zero lies inside the circle.",
  "positive semidefinite": "One eigenvalue is zero, the other positive: H is only semidefinite, and the form is a trough, flat along a line. The circle passes through zero.",
  "negative semidefinite": "One eigenvalue is zero, the other negative: H is only semidefinite, and the form is a ridge, flat along a line. The circle passes through zero.",
  zero: "H is zero: the form is flat.",
};

function along({ curvature, eigen: [low, high], radius }) {
  if (radius === 0) return `In every direction the curvature is ${number(curvature)}.`;
  const room = 1e-6 * radius;
  if (high - curvature < room) return `Along u the curvature is the largest, λmax = ${number(high)}: u is an eigenvector.`;
  if (curvature - low < room) return `Along u the curvature is the smallest, λmin = ${number(low)}: u is an eigenvector.`;
  return `Along u the curvature is ${number(curvature)}, between λmin = ${number(low)} and λmax = ${number(high)}.`;
}

/** Two or three sentences for the form and the direction that are shown. */
export const words = (result) => `${along(result)} ${SHAPES[result.kind]}`;
