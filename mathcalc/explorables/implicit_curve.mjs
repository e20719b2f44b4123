// The slope of a curve that is given by an equation F(x, y) = 0, and where there is none.
// Traits: see implicit_curve.py. `compute` is the mathematics; the rest draws what it returns.

import { field, tryFormula } from "./fields.mjs";
import { failures, kindOf, samples, settle, solutions } from "./implicit_curve_points.mjs";
import { Scene } from "./implicit_curve_scene.mjs";
import { bind } from "./kit.mjs";

const KEYS = ["curves", "formula", "window", "point"];
const SNAP = 1 / 60; // of the window: so near, the point falls on one where F_y = 0
const STEP = 1 / 200;

/** Every number that the figure shows, from its state; none where the curve is not reached. */
export function compute({ formula, window, point }) {
  const f = field(formula);
  const on = settle(f, point);
  if (!on) return { point: null, kind: "none", slope: null, solutions: [] };
  const { value, gradient, hessian } = f.jet(on);
  if (![value, ...gradient, ...hessian.flat()].every(Number.isFinite)) return { point: on, kind: "none", slope: null, solutions: [] };
  const kind = kindOf({ gradient, hessian });
  const slope = kind === "graph" ? -gradient[0] / gradient[1] : null;
  return { point: on, value, gradient, hessian, kind, slope, solutions: solutions(f, on[0], window) };
}

const maps = new Map();

/** Points along a curve and those where F_y = 0, found once. */
export function map(formula, window) {
  const key = `${formula} on ${window}`;
  if (!maps.has(key)) {
    if (maps.size > 12) maps.clear();
    const along = samples(field(formula), window);
    maps.set(key, { along, failures: failures(field(formula), window, along) });
  }
  return maps.get(key);
}

const apart = ([a, b], [c, d]) => Math.hypot(a - c, b - d);
const nearest = (points, p) => points.reduce((best, q) => (apart(q, p) < apart(best, p) ? q : best));
const inside = ([x, y], [left, right, bottom, top]) => x >= left && x <= right && y >= bottom && y <= top;

/** The point of the curve for a place that is pointed at; one where F_y = 0 attracts. */
export function aim(formula, window, at) {
  const { along, failures: marked } = map(formula, window);
  const near = marked.map(({ point }) => point).filter((p) => apart(p, at) < SNAP * (window[1] - window[0]));
  if (near.length) return nearest(near, at);
  if (!along.length) return null;
  const f = field(formula), sample = nearest(along, at);
  const free = settle(f, at);
  const good = free && inside(free, window) && apart(free, at) < 1.2 * apart(sample, at) + STEP;
  return good ? free : settle(f, sample);
}

/**
 * A step along the curve, `way` ±1 with or against `heading`; where F_y = 0 on the way it ends there.
 * Returns { point, heading }.
 */
export function walk(formula, window, from, heading, way, far) {
  const f = field(formula), size = STEP * (window[1] - window[0]) * (far ? 5 : 1);
  const [gx, gy] = f.jet(from).gradient, norm = Math.hypot(gx, gy);
  const own = norm > 1e-6 ? [gy / norm, -gx / norm] : heading;
  const turn = heading[0] * own[0] + heading[1] * own[1] < 0 ? -1 : 1;
  const forward = own.map((part) => turn * part);
  const to = settle(f, from.map((part, k) => part + way * size * forward[k]));
  if (!to || !inside(to, window) || apart(to, from) > 3 * size) return { point: from, heading: forward };
  const passed = map(formula, window).failures.map(({ point }) => point)
    .filter((p) => apart(p, from) > size / 50 && apart(p, from) + apart(p, to) < 1.1 * size && apart(p, to) < size);
  return { point: passed.length ? nearest(passed, from) : to, heading: forward };
}

function acts(model, update) {
  const get = (key) => model.get(key);
  let heading = [1, 0];
  const go = (point) => point && update({ point });
  return {
    chosen: ({ formula, window, point }) => update({ formula, window, point }),
    typed(text) {
      try {
        tryFormula(text, get("window"));
      } catch (error) {
        return error.message;
      }
      if (text === get("formula")) return "";
      if (!map(text, get("window")).along.length) return "This F is never zero in the part of the plane that is shown.";
      update({ formula: text, point: aim(text, get("window"), get("point")) });
      return "";
    },
    moved(at) {
      heading = [1, 0];
      go(aim(get("formula"), get("window"), at));
    },
    turned(degrees) {
      const from = settle(field(get("formula")), get("point"));
      if (!from) return;
      const step = walk(get("formula"), get("window"), from, heading, Math.sign(degrees), Math.abs(degrees) > 1);
      heading = step.heading;
      go(step.point);
    },
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const scene = new Scene(acts(model, (changes) => bond.update(changes)), model.get("curves"));
  const draw = () => scene.draw(state(), compute(state()), field(model.get("formula")), map(model.get("formula"), model.get("window")));
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
