// What the figure says in words.

import { fixed, number, pair } from "./kit.mjs";

const NAMES = ["The first wall", "The second wall"];
const MOVES = ["raising c", "lowering d"];

function wall(k, { g, mu }) {
  if (mu[k] > 0) return `${NAMES[k]} pushes with μ = ${number(mu[k])}: ${MOVES[k]} by a small ε costs about ${number(mu[k])} ε more.`;
  if (g[k] === 0) return `${NAMES[k]} touches the ball and does not push: g = 0 and μ = 0 at once.`;
  return `${NAMES[k]} is slack by ${number(-g[k])}: it does not push, and moving it a little costs nothing.`;
}

/** Two or three sentences for the state that is shown. */
export function words(result) {
  const held = result.mu.some((m) => m > 0);
  const rest = held
    ? "The pull −∇f and the pushes of the walls cancel: the ball is at rest."
    : `The ball rests where it is drawn to, and f = ${fixed(result.value, 0)}.`;
  const outside = Math.max(...result.x.map(Math.abs)) > 3 ? ` It is outside the picture, at ${pair(result.x)}.` : "";
  return `${rest}${outside} ${result.mu.map((_, k) => wall(k, result)).join(" ")}`;
}
