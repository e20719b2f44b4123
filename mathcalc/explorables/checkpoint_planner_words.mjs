// The sentences of the checkpoint planner.

export const times = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const DOING = {
  start: () => "The first state is stored.",
  advance: ({ place }) => `Step ${place} runs, and is forgotten.`,
  record: ({ place }) => `Step ${place} runs and is recorded.`,
  back: ({ place }) => `The adjoint has come back to state ${place}.`,
};

/** What happens at the tick that is shown, and what the whole plan costs. */
export function words({ n, plan, budget }, result) {
  const { moment, peak, advanced, fits, binomial } = result;
  const held = moment.kept.length + moment.tape[1] - moment.tape[0];
  const now = `${DOING[moment.kind](moment)} In memory: ${times(moment.kept.length, "snapshot")}, ${times(moment.tape[1] - moment.tape[0], "recorded step")}, ${times(held, "value")}.`;
  const verdict = fits ? `within the budget of ${budget}` : `${peak - budget} over the budget of ${budget}`;
  const cost = `At its peak the plan holds ${times(peak, "value")}, ${verdict}, and runs ${times(advanced, "step")} more than the ${n} it must.`;
  if (plan !== "binomial") return `${now} ${cost} ${hint(plan, fits)}`.trim();
  return `${now} ${cost} With s = ${binomial.s} and t = ${binomial.t}, no schedule that records one step at a time runs fewer.`;
}

function hint(plan, fits) {
  if (fits) return "";
  return plan === "equal"
    ? "Drag the snapshots: on the way back they are given up one by one, so the early segments may be longer."
    : "Each segment may be as long as the budget less the snapshots that are still held.";
}

/** Rows of the comparison: [name, values at the peak, steps run again, its kind in the state]. */
export function comparison({ n, plan }, { everything, equal, binomial, peak, advanced }) {
  const rows = [
    ["everything recorded", everything.peak, everything.advanced, ""],
    [`${times(equal.k, "equal segment")}: k + ⌈n/k⌉`, equal.peak, equal.advanced, "equal"],
  ];
  if (plan === "own") rows.push(["your snapshots", peak, advanced, "own"]);
  // A chain that is shorter than the budget leaves snapshots unused.
  const held = Math.min(binomial.s, Math.max(n - 1, 1)) + 1;
  return [...rows, [`binomial, s = ${binomial.s}, t = ${binomial.t}`, held, binomial.advanced, "binomial"]];
}
