// What the figure says in words.

import { fixed, number, pair } from "./kit.mjs";

const count = (steps) => `${steps} step${steps === 1 ? "" : "s"}`;

function outlook({ factors: [flat, steep], steps, limit }, [x, y]) {
  if (x === 0 && y === 0) return "The start is the minimum: there is nothing to do.";
  if (flat === 1 && steep === 1) return "The step size is zero: nothing moves.";
  const same = Math.abs(Math.abs(steep) - 1) < 1e-12;
  if (y !== 0 && Math.abs(steep) > 1 && !same) return `Each step multiplies the steep coordinate by ${fixed(steep, 3)}: it grows, as with every step size above 2/κ = ${number(limit)}.`;
  if (y !== 0 && same) return `Each step multiplies the steep coordinate by ${fixed(steep, 0)}: it never settles. The step size is on the limit 2/κ.`;
  if (steps === null) return `Each step multiplies the flat coordinate by ${fixed(flat, 3)}: it never settles.`;
  const [name, factor] = y === 0 || (x !== 0 && Math.abs(flat) >= Math.abs(steep)) ? ["flat", flat] : ["steep", steep];
  const both = x !== 0 && y !== 0 && Math.abs(Math.abs(flat) - Math.abs(steep)) < 1e-12;
  if (both) return `Gradient descent comes within 10⁻⁶ of the minimum in ${count(steps)}: of each coordinate a step leaves ${fixed(Math.abs(factor), 3)}. Newton takes one step.`;
  return `Gradient descent comes within 10⁻⁶ of the minimum in ${count(steps)}; the ${name} coordinate holds it up, of which a step leaves ${fixed(Math.abs(factor), 3)}. Newton takes one step.`;
}

/** Two or three sentences for the step that is shown. */
export function words(result, { t, x0 }) {
  const [x, y] = result.point;
  const far = Math.hypot(x, y);
  return `After ${count(t)}: x = ${pair(result.point, 3)}, ${number(far)} from the minimum. ${outlook(result, x0)}`;
}
