// What the experiment says in words: the question, then the true outcome.

import { fixed, number } from "./kit.mjs";

const name = ({ beta }) => (beta === 0 ? "no momentum" : `β = ${number(beta)}`);
const listed = (trials, key) => trials.map((one) => `${fixed(one[key], 3)} with ${name(one)}`).join(", ");

function question({ steepness, eta_lambda }) {
  const sign = eta_lambda > 1 && eta_lambda < 2 ? `each step turns the steep coordinate round: y becomes ${fixed(1 - eta_lambda, 2)} y` : "look at the steep coordinate";
  return `The ravine is ${number(steepness)} times as steep across as along. Without momentum, with ηλ = ${number(eta_lambda)}, ${sign}. Predict, then reveal.`;
}

function wild(trials) {
  const lost = trials.filter(({ across }) => across >= 1);
  if (lost.length === 0) return "";
  const kept = trials.filter(({ across }) => across < 1);
  const rest = kept.length ? ` Momentum widens what is stable, ηλ < 2(1 + β): ${kept.map((one) => `${name(one)} bears ${number(one.limit)}`).join(", ")}.` : "";
  const whom = kept.length ? lost.map(name).join(" and ") : "all of them";
  return ` The step is too long for ${whom}.${rest}`;
}

/** One paragraph for the state. */
export function words(state, { trials, calmest, fastest }) {
  if (!state.revealed) return question(state);
  const best = trials[calmest];
  if (best.across >= 1) return `With ηλ = ${number(state.eta_lambda)} nothing settles.${wild(trials)}`;
  const said = state.guess < 0 ? "" : `You said ${name(trials[state.guess])}: ${state.guess === calmest ? "so it is. " : "it is not so. "}`;
  const bounce = `Across the ravine ${name(best)} settles soonest: in the long run a step multiplies the distance by ${listed(trials, "across")}.${state.eta_lambda <= 1 ? " Without momentum it does not bounce at all, as ηλ ≤ 1." : ""}`;
  const floor = ` Along the floor ${name(trials[fastest])} is fastest: ${listed(trials, "along")}.`;
  return `${said}${bounce}${floor}${wild(trials)}`;
}
