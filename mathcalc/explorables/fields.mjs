// Functions of the plane by their formulas, each parsed once.

import { parse } from "./expression.mjs";

const formulas = new Map();

/** The field of a formula. */
export function field(formula) {
  if (!formulas.has(formula)) formulas.set(formula, parse(formula));
  return formulas.get(formula);
}

/** Refuse, in plain words, a formula that cannot be read or has no value in the window. */
export function tryFormula(formula, window) {
  const f = parse(formula);
  const [x, y] = [(window[0] + window[1]) / 2, (window[2] + window[3]) / 2];
  const probes = [[x, y], [window[0], window[2]], [window[1], window[3]], [x + 0.1, y + 0.2]];
  if (!probes.some((p) => Number.isFinite(f.value(p)))) {
    throw new Error("This formula has no value in the part of the plane that is shown.");
  }
}
