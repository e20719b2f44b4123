// What the figure says in words.

import { number } from "./kit.mjs";

const TANGENT = 0.02;

/** Two or three sentences for the state that is shown. */
export function words({ value, along, nu, points, least, price }) {
  const near = Math.abs(along) < TANGENT;
  const here = near
    ? `∇f is parallel to ∇g, and the level line touches the curve: no step along the curve changes f to first order, and ν = ${number(nu)} balances them.`
    : `∇f has a part of ${number(Math.abs(along))} along the curve: a step ${along > 0 ? "backwards" : "forwards"} along it makes f smaller.`;
  const others = points.length === 1 ? "one point" : `${points.length} points`;
  const kind = near && value > least + 1e-3 ? " It is not the least value all the same." : "";
  return `${here}${kind} The dashed line meets the curve in ${others}; the least value there is ${number(least)}, and it changes by ${number(price)} for each unit of c.`;
}
