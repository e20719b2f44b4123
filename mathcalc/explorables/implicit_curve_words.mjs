// What the implicit curve says in words: what the theorem gives here, or what fails.

import { number } from "./kit.mjs";

const COUNTS = ["no", "one", "two", "three", "four", "five", "six"];
const EVEN = 1e-6;

function graph({ point, gradient, slope, solutions }) {
  const others = solutions.filter((y) => Math.abs(y - point[1]) > EVEN).length;
  const alone = others === 0
    ? "In the window it is the only solution at this x."
    : `At this x the window holds ${COUNTS[others] ?? others} more: the theorem speaks of the one near the point alone.`;
  return `∂F/∂y = ${number(gradient[1])} is not 0: near the point the curve is the graph of one function y(x), with slope −(∂F/∂x)/(∂F/∂y) = ${number(slope)}. ${alone}`;
}

function vertical({ gradient, hessian }) {
  const cause = `∂F/∂y = 0 but ∂F/∂x = ${number(gradient[0])} is not: the tangent is vertical, and the theorem does not apply.`;
  if (Math.abs(hessian[1][1]) < EVEN) {
    return `${cause} Here ∂²F/∂y² = 0, too: there may still be one solution y(x), but it has no finite slope.`;
  }
  return `${cause} The curve folds back: on one side of this x there are two solutions near the point, on the other none. (x is a function of y here, with slope 0.)`;
}

function singular({ hessian: [[a, b], [, d]] }) {
  const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(d));
  const det = a * d - b * b;
  const shape = det < -EVEN * size * size
    ? "Two branches cross: through this point go two slopes, and no one function y(x) describes the curve."
    : det > EVEN * size * size
      ? "The point stands alone: there is no curve through it."
      : "Second derivatives do not decide what the curve does here: it may have a cusp.";
  return `A singular point: ∂F/∂x = ∂F/∂y = 0, so ∇F gives no normal and the formula says 0/0. ${shape}`;
}

/** One or two sentences for the point that is shown. */
export function words(result) {
  const say = { graph, vertical, singular }[result.kind];
  return say ? say(result) : "There is no point of the curve near here.";
}
