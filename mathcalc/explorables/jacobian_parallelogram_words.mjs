// What the figure says in words.

import { fixed, number } from "./kit.mjs";

const percent = (share) => `${fixed(100 * share, share < 0.01 ? 2 : 1)}%`;

function size(det, flat) {
  if (flat) return "det J = 0: the parallelogram is flat, and J squeezes the plane onto a line or a point.";
  const way = det < 0 ? ", and turns it over" : "";
  return `J multiplies areas by |det J| = ${number(Math.abs(det))}${way}.`;
}

/** Two or three sentences for the map at the point that is shown. */
export function words({ value, det, sigma, remainder, ratio }, { s, shape }) {
  if (!value.every(Number.isFinite)) return "The map has no value here: move the point p.";
  if (!Number.isFinite(det)) return "The map has no Jacobian here: move the point p.";
  const flat = Math.abs(det) < 1e-12 * (1 + sigma[0] ** 2);
  const stretch = shape === "circle" ? ` It stretches the circle ${number(sigma[0])} times one way and ${number(sigma[1])} times across it.` : "";
  if (!Number.isFinite(remainder)) return `${size(det, flat)}${stretch} The map has no value on a part of the ${shape}: take a smaller one.`;
  const far = remainder / (sigma[0] || 1);
  const close = sigma[0] > 0 ? `The true image is off by at most ${number(remainder)} ‖h‖, which is ${percent(far)} of σ₁‖h‖.` : `The true image is off by at most ${number(remainder)} ‖h‖.`;
  const areas = flat ? "" : ` Its area is ${percent(ratio / det)} of the ${shape === "circle" ? "ellipse" : "parallelogram"}’s.`;
  return `${size(det, flat)}${stretch} ${close}${areas}${s > 0.05 ? ` Make s smaller: ${flat ? "it" : "the first"} goes to 0${flat ? "" : ", the second to 100 %"}.` : ""}`;
}
