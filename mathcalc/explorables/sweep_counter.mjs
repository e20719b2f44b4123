// How many sweeps a whole Jacobian takes: one for each column, or one for each row.
// Traits: see sweep_counter.py. `compute` is the mathematics; the rest draws what it returns.

import { bind, calm, clamp, player } from "./kit.mjs";
import { Scene } from "./sweep_counter_scene.mjs";

const KEYS = ["examples", "n", "m", "sweeps"];
export const MOST = 1000;

/** Every number that the figure shows, from its state: all of them are whole. */
export function compute({ n, m, sweeps }) {
  const [columns, rows] = [Math.min(sweeps, n), Math.min(sweeps, m)];
  return {
    jvps: n, vjps: m, columns, rows,
    cheaper: n === m ? "tie" : n < m ? "forward" : "reverse",
    found: { forward: columns * m, reverse: rows * n },
    entries: n * m,
    last: Math.max(n, m),
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const whole = (value) => clamp(Math.round(value), 1, MOST);
  const last = () => compute(state()).last;
  const go = (sweeps) => bond.update({ sweeps: clamp(Math.round(sweeps), 0, last()) });
  const clock = player(() => {
    const next = state().sweeps + Math.max(1, Math.round(last() / 120));
    if (next >= last()) clock.stop();
    go(next);
  });
  const stop = (act) => (...news) => (clock.stop(), act(...news));

  const acts = {
    size: stop((changes) => {
      const sizes = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, whole(value)]));
      // A finished race stays finished.
      const done = state().sweeps >= last(), { n, m } = { ...state(), ...sizes };
      bond.update({ ...sizes, sweeps: done ? Math.max(n, m) : Math.min(state().sweeps, Math.max(n, m)) });
    }),
    chosen: stop((k) => bond.update({ ...sizesOf(model.get("examples")[k]), sweeps: 0 })),
    sweeps: stop(go),
    one: stop((way) => go(state().sweeps + way)),
    play() {
      if (clock.playing()) clock.stop();
      else if (calm()) return go(last());
      else {
        if (state().sweeps >= last()) go(0);
        clock.start();
      }
      draw();
    },
  };
  const scene = new Scene(acts, model.get("examples"));
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

const sizesOf = ({ n, m }) => ({ n, m });

export default { render };
