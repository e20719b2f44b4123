// The Laplacian as the mean of the neighbours: f on a small circle, less f in its middle.
// Traits: see laplacian_neighbours.py. `compute` is the mathematics; the rest draws what it returns.

import { field, tryFormula } from "./fields.mjs";
import { bind } from "./kit.mjs";
import { LEVER, Scene } from "./laplacian_neighbours_scene.mjs";

export const WINDOW = [-3.3, 3.3, -3.3, 3.3];
export const REACH = [-2, 2, -2, 2];
const KEYS = ["surfaces", "formula", "p", "r"];
const COUNT = 240;

/** f(p + r(cos α, sin α)) − f(p) at COUNT angles, evenly round. */
function around(f, [x, y], r, value) {
  return Array.from({ length: COUNT }, (_, k) => {
    const angle = (2 * Math.PI * k) / COUNT;
    return f.value([x + r * Math.cos(angle), y + r * Math.sin(angle)]) - value;
  });
}

/** Every number that the figure shows, from its state. */
export function compute({ formula, p, r }) {
  const f = field(formula);
  const { value, hessian } = f.jet(p);
  const excess = around(f, p, r, value);
  // A rule of differentiation may go on where the function has ended.
  const laplacian = Number.isFinite(value) ? hessian[0][0] + hessian[1][1] : NaN;
  return {
    value,
    laplacian,
    excess,
    mean: excess.reduce((sum, v) => sum + v, 0) / COUNT,
    forecast: (r * r * laplacian) / 4,
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const wide = (r) => bond.update({ r: Math.min(Math.max(Number(r.toFixed(3)), 0.01), 1) });
  const scene = new Scene({
    chosen: ({ formula }) => bond.update({ formula }),
    typed(text) {
      try {
        tryFormula(text, WINDOW);
      } catch (error) {
        return error.message;
      }
      if (text !== model.get("formula")) bond.update({ formula: text });
      return "";
    },
    moved: (p) => bond.update({ p }),
    spread([x, y]) {
      const [a, b] = model.get("p");
      wide(Math.hypot(x - a, y - b) - LEVER);
    },
    stepped: (by) => wide(model.get("r") + by * 0.01),
    radius: wide,
  }, { surfaces: model.get("surfaces"), reach: REACH });
  const draw = () => scene.draw(state(), compute(state()), field(model.get("formula")), WINDOW);
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
