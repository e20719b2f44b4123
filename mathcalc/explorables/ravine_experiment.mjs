// Three momenta in one ravine, with one long step: predict which stops the bouncing, then look.
// Traits: see ravine_experiment.py. `compute` is the mathematics; the rest draws what it returns.

import { field } from "./fields.mjs";
import { descend } from "./gd_path.mjs";
import { bind, calm, player } from "./kit.mjs";
import { STEPS, Scene } from "./ravine_experiment_scene.mjs";

const KEYS = ["betas", "start", "steepness", "eta_lambda", "guess", "revealed", "t"];

const formula = (steepness) => `(x**2 + ${steepness}*y**2)/2`;

/** By how much a step shrinks a coordinate in the long run: the larger root of z² − (1+β−c)z + β. */
export function shrink(beta, c) {
  const sum = 1 + beta - c;
  const under = sum * sum - 4 * beta;
  return under < 0 ? Math.sqrt(beta) : (Math.abs(sum) + Math.sqrt(under)) / 2;
}

function trial(f, { start, steepness, eta_lambda }, beta) {
  const { path, losses } = descend(f, start, eta_lambda / steepness, beta, STEPS);
  return {
    beta,
    path,
    losses,
    across: shrink(beta, eta_lambda),
    along: shrink(beta, eta_lambda / steepness),
    limit: 2 * (1 + beta),
  };
}

const least = (values) => values.indexOf(Math.min(...values));

/** Every number that the figure shows, from its state. */
export function compute(state) {
  const f = field(formula(state.steepness));
  const trials = state.betas.map((beta) => trial(f, state, beta));
  return {
    eta: state.eta_lambda / state.steepness,
    trials,
    calmest: least(trials.map(({ across }) => across)),
    fastest: least(trials.map(({ along }) => along)),
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const run = (t) => bond.update({ t: Math.min(t, STEPS) });
  const clock = player(() => {
    if (model.get("t") + 1 >= STEPS) clock.stop();
    run(model.get("t") + 1);
  }, 90);
  const start = () => {
    if (calm()) return run(STEPS);
    clock.start();
    return run(model.get("t") < STEPS ? model.get("t") : 0);
  };
  const still = (change) => { clock.stop(); bond.update(change); };
  const scene = new Scene({
    guessed: (guess) => bond.update({ guess }),
    reveal() { bond.update({ revealed: true, t: 0 }); start(); },
    play: () => (clock.playing() ? still({}) : start()),
    again: () => still({ guess: -1, revealed: false, t: 0 }),
    run: (t) => still({ t }),
    stride: (eta_lambda) => bond.update({ eta_lambda }),
  }, state());
  const draw = () => scene.draw(state(), compute(state()), field(formula(model.get("steepness"))), clock.playing());
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
