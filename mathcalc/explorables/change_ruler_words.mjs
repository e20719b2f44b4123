// What the figure says in words, and what it calls each ruler.

import { number } from "./kit.mjs";

const NEAR = 1e-9;

/** Whether the ellipse is the Hessian's, up to its size. */
function likeNewton({ axes, turn }, own) {
  const ratio = axes[0] / axes[1];
  const round = Math.abs(own.axes[0] / own.axes[1] - 1) < NEAR;
  const same = Math.abs(Math.sin(turn - own.turn)) < NEAR && Math.abs((ratio * own.axes[1]) / own.axes[0] - 1) < NEAR;
  const across = Math.abs(Math.cos(turn - own.turn)) < NEAR && Math.abs((ratio * own.axes[0]) / own.axes[1] - 1) < NEAR;
  return round ? Math.abs(ratio - 1) < NEAR : same || across;
}

/** The ruler's name in the menu; "" for one between. */
export function rulerName(state, own) {
  if (state.kind === "ellipse") return likeNewton(state, own) ? "newton" : "ellipse";
  return { 1: "l1", 0.5: "l2", 0: "linf" }[state.inverse_p] ?? "";
}

const STORIES = {
  l1: "The diamond is met at a corner: v changes one coordinate only, the one with the steepest slope. This is coordinate descent.",
  l2: "The circle is met where its radius points along g: v is g itself, shortened to length 1. This is gradient descent.",
  linf: "The square is met at a corner: v is the sign of g, and every coordinate moves by the same length. This is sign descent.",
  ellipse: "The ellipse is met along M⁻¹g: v leans towards the directions that this ruler finds short. This is the natural gradient of the metric M.",
  newton: "The ellipse is the Hessian’s own: v is H⁻¹g, Newton’s direction, and one step to the lowest point of its line ends at the minimum.",
  "": "Between the named balls v lies between their answers: towards the diamond the steeper slope takes more of the step, towards the square both take the same.",
};

const TIES = {
  l1: "Both slopes are equally steep, so the farthest line meets a whole side of the diamond: every v on it is steepest. The picture steps along its midpoint.",
  linf: "One slope is zero, so the farthest line meets a whole side of the square: every v on it is steepest. The picture steps along its midpoint.",
};

/** The last loss; what is rounding beside the first one is written as the zero that it stands for. */
export function ending({ losses }) {
  return losses.at(-1) < 1e-20 * losses[0] ? 0 : losses.at(-1);
}

/** Two or three sentences for the ruler and the gradient that are shown. */
export function words(state, { v, face, run, euclid }, own) {
  if (v === null) return "The gradient is zero here: this is the minimum, and no direction is steepest. Move x.";
  const name = rulerName(state, own);
  const story = face ? TIES[name] : STORIES[name];
  const n = state.steps;
  const [ours, plain] = [run, euclid].map((descent) => number(ending(descent)));
  const end = n === 0 ? "" : ` After ${n} ${n === 1 ? "step" : "steps"} the loss is ${ours}; with the circle it is ${plain}.`;
  return story + end;
}
