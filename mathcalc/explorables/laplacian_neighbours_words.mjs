// What the figure says in words.

import { number } from "./kit.mjs";

/** The size beneath which a mean of rounded differences means nothing. */
export const dust = ({ value, excess }) => 1e-13 * (1 + Math.abs(value) + Math.max(...excess.map(Math.abs)));

function balance(mean, noise) {
  if (Math.abs(mean) <= noise) return "On average the neighbours are as high as the middle";
  return `On average the neighbours are ${number(Math.abs(mean))} ${mean > 0 ? "higher" : "lower"} than the middle`;
}

/** Two or three sentences for the circle that is shown. */
export function words(result) {
  const { value, laplacian, excess, mean, forecast } = result;
  if (!Number.isFinite(value)) return "The formula has no value here: move the point p.";
  if (!excess.every(Number.isFinite)) return "The formula has no value on a part of the circle: take a smaller one.";
  const noise = dust(result);
  const told = balance(mean, noise);
  if (!Number.isFinite(laplacian)) return `${told}. The formula has no Laplacian here.`;
  if (Math.abs(laplacian) <= 1e-12 * (1 + Math.abs(value))) {
    return Math.abs(mean) <= noise
      ? `${told}: Δf = 0 here. What is higher on one side is lower on another.`
      : `${told}, though Δf = 0 here: where f is smooth, that falls with r⁴.`;
  }
  const gap = Math.abs(mean - forecast);
  const close = gap <= noise ? "exactly what r²Δf/4 says" : `and r²Δf/4 says ${number(forecast)}, off by ${number(gap)}: where f is smooth, that falls with r⁴`;
  return `${told}, ${close}.`;
}
