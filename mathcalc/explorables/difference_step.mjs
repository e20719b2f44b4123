// The error of a difference quotient against its step h, central and one-sided.
// Traits: see difference_step.py. `compute` is the mathematics; the rest draws what it returns.

import { Scene } from "./difference_step_scene.mjs";
import { parse } from "./expression.mjs";
import { bind, clamp } from "./kit.mjs";

const KEYS = ["functions", "f", "log10_h"];
const GRAIN = 0.05;

/** The step of an exponent: three decimal digits, so that every language reads the same number. */
export const stepOf = (log10_h) => Number((10 ** log10_h).toExponential(2));

const fields = new Map();

/** f along x through its point, with the size of f and its first three derivatives there. */
export function line({ formula, slope, at: [x, y] }) {
  if (!fields.has(formula)) {
    const [f, df] = [parse(formula), parse(slope)];
    const { value, gradient, hessian } = df.jet([x, y]);
    const sizes = { f: Math.abs(f.value([x, y])), second: Math.abs(gradient[0]), third: Math.abs(hessian[0][0]) };
    fields.set(formula, { value: (at) => f.value([at, y]), x, slope: value, ...sizes });
  }
  return fields.get(formula);
}

function outcome(high, low, width, slope, predicted) {
  const quotient = (high - low) / width;
  return { high, low, quotient, error: Math.abs(quotient - slope), predicted };
}

/** The central quotient: the error of truncation is h²|f‴|/6, that of rounding about ε|f|/h. */
export function central({ value, x, slope, f, third }, h) {
  const predicted = (h * h * third) / 6 + (Number.EPSILON * f) / h;
  return outcome(value(x + h), value(x - h), 2 * h, slope, predicted);
}

/** The one-sided quotient: h|f″|/2, and about ε|f|/h. */
export function onesided({ value, x, slope, f, second }, h) {
  const predicted = (h * second) / 2 + (Number.EPSILON * f) / h;
  return outcome(value(x + h), value(x), h, slope, predicted);
}

/** Where the two errors balance; null where there is no truncation. */
export function best({ f, second, third }) {
  return {
    central: third > 0 ? Math.cbrt((3 * Number.EPSILON * f) / third) : null,
    onesided: second > 0 ? Math.sqrt((2 * Number.EPSILON * f) / second) : null,
  };
}

const chosen = ({ functions, f }) => functions.find(({ key }) => key === f);

/** Every number that the figure shows, from its state. */
export function compute(state) {
  const along = line(chosen(state));
  const h = stepOf(state.log10_h);
  return { h, slope: along.slope, central: central(along, h), onesided: onesided(along, h), best: best(along) };
}

/** Both errors, measured and predicted, at every step that the slider can take. */
function sweep(along) {
  const exponents = Array.from({ length: 301 }, (_, k) => k * GRAIN - 15);
  const each = (rule) => exponents.map((k) => ({ h: stepOf(k), ...rule(along, stepOf(k)) }));
  return { central: each(central), onesided: each(onesided) };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const grain = (exponent) => clamp(Number((Math.round(exponent / GRAIN) * GRAIN).toFixed(2)), -15, 0);
  const functions = model.get("functions");
  const scene = new Scene(
    {
      chosen: (k) => bond.update({ f: functions[k].key }),
      moved: (exponent) => bond.update({ log10_h: grain(exponent) }),
    },
    functions,
  );
  const draw = () => scene.draw(state(), compute(state()), () => sweep(line(chosen(state()))));
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
