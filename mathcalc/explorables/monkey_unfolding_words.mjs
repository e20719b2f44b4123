// What the figure says in words.

import { fixed, number } from "./kit.mjs";

const ways = { minimum: "up in every direction", maximum: "down in every direction" };

function birth(points, level) {
  const [origin] = points;
  if (points.length === 1) {
    return "All four critical points have met at the origin. The Hessian is zero there and says nothing, but three ridges and three valleys run out of it: a monkey saddle, with room for two legs and a tail.";
  }
  return `A ${origin.kind} at the origin, ${ways[origin.kind]}, and three saddles at height ${number(level)}. The level lines of the saddles are three straight lines, and the saddles are the corners of their triangle.`;
}

/** Two or three sentences for the state that is shown. */
export function words({ points, level, turns }, { t }) {
  const count = `t = ${fixed(t, 2)}. `;
  const sum = points.length === 1 ? "index" : "indices, +1 and three times −1, add up to";
  const tail = points.length === 1 ? `Its ${sum} is ${fixed(turns, 0)}.` : `Their ${sum} ${fixed(turns, 0)}, whatever t is.`;
  return `${count}${birth(points, level)} ${tail}`;
}
