// Gradient descent against Newton's method on ½(x² + κy²).
// Traits: see gd_versus_newton.py. `compute` is the mathematics; the rest draws what it returns.

import { Scene } from "./gd_versus_newton_scene.mjs";
import { bind, calm, player } from "./kit.mjs";

const KEYS = ["kappa", "eta", "x0", "t"];
export const HORIZON = 200;
export const NEAR = 1e-6;
const FAR = 2 ** 52;

/** The iterates of x ← x − η∇f(x), by taking the steps. */
function descend([x, y], kappa, eta) {
  const path = [[x, y]];
  for (let t = 0; t < HORIZON; t++) {
    [x, y] = [x - eta * x, y - eta * (kappa * y)];
    path.push([x, y]);
  }
  return path;
}

/** Newton's step: solve Hd = −∇f. The Hessian is diag(1, κ). */
function newton([x, y], kappa) {
  const gradient = [x, kappa * y];
  const step = [-gradient[0] / 1, -gradient[1] / kappa];
  return [x + step[0], y + step[1]];
}

/** The first t with ‖xₜ‖ ≤ NEAR; null where a coordinate does not shrink. */
function stepsTo(x0, factors) {
  if (factors.some((factor, k) => x0[k] !== 0 && Math.abs(factor) >= 1)) return null;
  const norm = (t) => Math.hypot(...x0.map((x, k) => (x === 0 ? 0 : x * Math.abs(factors[k]) ** t)));
  if (norm(0) <= NEAR) return 0;
  if (norm(FAR) > NEAR) return null;
  let [low, high] = [0, 1];
  while (norm(high) > NEAR) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = norm(middle) > NEAR ? [middle, high] : [low, middle];
  }
  return high;
}

/** Every number that the figure shows, from its state. */
export function compute({ kappa, eta, x0, t }) {
  const path = descend(x0, kappa, eta);
  const factors = [1 - eta, 1 - eta * kappa];
  const rate = Math.max(...factors.map(Math.abs));
  return {
    path,
    norms: path.map((x) => Math.hypot(...x)),
    point: path[t],
    newton: newton(x0, kappa),
    factors,
    rate,
    steps: stepsTo(x0, factors),
    limit: 2 / kappa,
    best: { eta: 2 / (1 + kappa), rate: (kappa - 1) / (kappa + 1) },
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const restart = (changes) => {
    clock.stop();
    bond.update({ ...changes, t: 0 });
  };
  const run = (t) => bond.update({ t: Math.min(t, HORIZON) });
  const clock = player(() => {
    if (model.get("t") + 1 >= HORIZON) clock.stop();
    run(model.get("t") + 1);
  }, 90);
  const scene = new Scene({
    kappa: (kappa) => restart({ kappa, eta: (model.get("eta") * model.get("kappa")) / kappa }),
    stride: (stride) => restart({ eta: stride / model.get("kappa") }),
    eta: (choose) => restart({ eta: choose(compute(state())) }),
    moved: (x0) => restart({ x0 }),
    run: (t) => { clock.stop(); run(t); },
    step: () => { clock.stop(); run(model.get("t") + 1); },
    reset: () => restart({}),
    play() {
      if (clock.playing()) clock.stop();
      else if (calm()) return run(HORIZON);
      else clock.start();
      return run(clock.playing() && model.get("t") === HORIZON ? 0 : model.get("t"));
    },
  });
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
