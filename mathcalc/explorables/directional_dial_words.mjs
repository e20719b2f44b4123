// What the dial says in words.

import { fixed, number, pair } from "./kit.mjs";

const NEAR = 1e-6;

/** One or two sentences for the point and the direction that are shown. */
export function words({ value, gradient, norm, u, theta, derivative }) {
  if (!Number.isFinite(value)) return "The formula has no value here: move the point p.";
  if (!gradient.every(Number.isFinite)) return "The formula has no gradient here: move the point p.";
  if (theta === null) return "The gradient is zero here: a critical point. To first order f changes in no direction.";
  const share = derivative / norm;
  if (share > 1 - NEAR) return `u points along the gradient: of all directions f rises fastest, by ${number(norm)} for each unit of length.`;
  if (share < NEAR - 1) return `u points against the gradient: of all directions f falls fastest, by ${number(norm)} for each unit of length.`;
  if (Math.abs(share) < NEAR) return "u is tangent to the level curve, at a right angle to the gradient: to first order f does not change.";
  const way = derivative > 0 ? "rises" : "falls";
  const degrees = fixed((theta * 180) / Math.PI, 1);
  return `Along u = ${pair(u)}, which makes ${degrees}° with the gradient, f ${way} by ${number(Math.abs(derivative))} for each unit of length: ${fixed(100 * Math.abs(share), 1)}% of the steepest.`;
}
