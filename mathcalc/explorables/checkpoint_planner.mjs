// Memory against recomputation: snapshots on a chain of n steps, and the schedule that they make.
// Traits: see checkpoint_planner.py. `compute` is the mathematics; the rest draws what it returns.

import { Scene } from "./checkpoint_planner_scene.mjs";
import {
  binomialSchedule, carryOut, equalStarts, leastSteps, longest, moment, repetitions, segmentSchedule,
} from "./checkpoint_schedule.mjs";
import { bind, calm, clamp, player } from "./kit.mjs";

const KEYS = ["n", "plan", "k", "own", "budget", "tick"];
const PACE = 40;

/** The segments of a plan with one snapshot each; a binomial plan has its own. */
export function startsOf({ n, plan, k, own }) {
  const inside = own.filter((start, j) => start > (j ? own[j - 1] : 0) && start < n);
  return plan === "own" ? [0, ...inside] : equalStarts(n, Math.min(k, n));
}

const plans = new Map();

/** The schedule of a state, carried out; the last few are remembered, for the tick changes most. */
function planOf(state) {
  const key = JSON.stringify([state.n, state.plan, state.plan === "binomial" ? state.budget : startsOf(state)]);
  if (!plans.has(key)) {
    if (plans.size > 8) plans.clear();
    const actions = state.plan === "binomial" ? binomialSchedule(state.n, state.budget - 1) : segmentSchedule(state.n, startsOf(state));
    plans.set(key, carryOut(state.n, actions));
  }
  return plans.get(key);
}

/** Every number that the figure shows, from its state. */
export function compute(state) {
  const { n, budget } = state, k = Math.min(state.k, n), s = budget - 1;
  const run = planOf(state), tick = clamp(state.tick, 0, run.ticks);
  const t = repetitions(n, s);
  return {
    ...run, tick, starts: startsOf(state), moment: moment(run, tick, n), fits: run.peak <= budget,
    everything: { peak: n + 1, advanced: 0 },
    equal: { k, peak: k + Math.ceil(n / k), advanced: equalStarts(n, k).at(-1) },
    binomial: { s, t, advanced: leastSteps(n, s), longest: longest(s, t) },
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const ticks = () => planOf(state()).ticks;
  const go = (tick) => bond.update({ tick: clamp(Math.round(tick), 0, ticks()) });
  // A new plan is shown from where its predecessor was, in the same share of its time.
  const replan = (changes) => {
    clock.stop();
    const share = clamp(model.get("tick") / ticks(), 0, 1);
    bond.update({ ...changes, tick: Math.round(share * planOf({ ...state(), ...changes }).ticks) });
  };
  const stride = () => Math.max(1, Math.round(ticks() / 250));
  const clock = player(() => {
    if (compute(state()).tick + stride() >= ticks()) clock.stop();
    go(compute(state()).tick + stride());
  }, PACE);

  const acts = {
    plan: (plan) => replan({ plan, own: plan === "own" ? startsOf(state()).slice(1) : model.get("own") }),
    k: (k) => replan({ k: Math.min(k, model.get("n")), plan: "equal" }),
    n: (n) => replan({ n, k: Math.min(model.get("k"), n), plan: model.get("plan") === "own" ? "equal" : model.get("plan") }),
    budget: (budget) => replan({ budget }),
    moved: (j, start) => {
      const starts = startsOf(state());
      const placed = clamp(start, starts[j - 1] + 1, (starts[j + 1] ?? model.get("n")) - 1);
      replan({ plan: "own", own: starts.map((old, i) => (i === j ? placed : old)).slice(1) });
    },
    tick: (tick) => (clock.stop(), go(tick)),
    step: (way) => (clock.stop(), go(scene.next(way))),
    play() {
      if (clock.playing()) clock.stop();
      else if (calm()) return go(ticks());
      else {
        if (compute(state()).tick >= ticks()) go(0);
        clock.start();
      }
      draw();
    },
  };
  const scene = new Scene(acts);
  const draw = () => scene.draw(state(), compute(state()), clock.playing());
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    clock.stop();
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
