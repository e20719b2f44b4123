// A surface z = f(x, y) and its tangent plane, from all sides and from ever nearer.
// Traits: see tangent_plane.py. `compute` is the mathematics; the rest draws what it returns.

import { field, tryFormula } from "./fields.mjs";
import { bind, clamp } from "./kit.mjs";
import { camera } from "./space.mjs";
import { Scene } from "./tangent_plane_scene.mjs";

const KEYS = ["surfaces", "formula", "window", "point", "zoom", "turn", "tilt"];
const ZOOMS = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** The window shrunk towards the point, 2^zoom times. */
export function nearer([left, right, bottom, top], [x, y], zoom) {
  const towards = (at, end) => at + (end - at) / 2 ** zoom;
  return [towards(x, left), towards(x, right), towards(y, bottom), towards(y, top)];
}

/** The step from the point to the probe: inwards, a fixed part of what is shown. */
function reach([left, right, bottom, top], [x, y], zoom) {
  const inward = (at, low, high) => (at > (low + high) / 2 ? -1 : 1) * (high - low);
  return [(0.25 * inward(x, left, right)) / 2 ** zoom, (0.15 * inward(y, bottom, top)) / 2 ** zoom];
}

/** The tangent plane at a probe, and by how much it misses the surface there. */
function miss(f, { value, gradient }, [x, y], [dx, dy]) {
  const plane = value + gradient[0] * dx + gradient[1] * dy;
  const surface = f.value([x + dx, y + dy]);
  const distance = Math.hypot(dx, dy);
  const remainder = surface - plane;
  return { probe: [x + dx, y + dy], distance, plane, surface, remainder, ratio: Math.abs(remainder) / distance };
}

/** Every number that the figure shows, from its state; null where f has no value or no slope. */
export function compute({ formula, window, point, zoom, turn, tilt }) {
  const f = field(formula);
  const { value, gradient, hessian } = f.jet(point);
  const view = camera(turn, tilt);
  const height = Number.isFinite(value) ? value : null;
  // At the tip of a cone the rules meet ∞·0; the second derivatives betray it.
  const smooth = [value, ...gradient, ...hessian.flat()].every(Number.isFinite);
  if (!smooth) return { value: height, gradient: null, at: null, ratios: [], camera: view };
  const missed = (by) => miss(f, { value, gradient }, point, reach(window, point, by));
  const ratios = ZOOMS.map((by) => [missed(by).distance, missed(by).ratio]);
  return { value, gradient, at: missed(zoom), ratios, camera: view };
}

const grain = (window) => 10 ** Math.floor(Math.log10((window[1] - window[0]) / 150));

/** The nearest point of the window that has few digits. */
function snapped([left, right, bottom, top], [x, y], zoom) {
  const unit = grain([left, right]) / 10 ** Math.round(zoom * Math.log10(2));
  const round = (v) => Number((Math.round(v / unit) * unit).toPrecision(12));
  return [clamp(round(x), left, right), clamp(round(y), bottom, top)];
}

function acts(model, update) {
  const get = (key) => model.get(key);
  return {
    chosen: ({ formula, window, point }) => update({ formula, window, point, zoom: 0 }),
    typed(text) {
      try {
        tryFormula(text, get("window"));
      } catch (error) {
        return error.message;
      }
      if (text !== get("formula")) update({ formula: text });
      return "";
    },
    moved: (point) => update({ point: snapped(get("window"), point, get("zoom")) }),
    zoomed: (zoom) => update({ zoom }),
    turned: ([right, up]) => update({
      turn: ((get("turn") + right + 540) % 360) - 180,
      tilt: clamp(get("tilt") + up, -40, 85),
    }),
  };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  const scene = new Scene(acts(model, (changes) => bond.update(changes)), model.get("surfaces"));
  const shown = ({ window, point, zoom }) => nearer(window, point, zoom);
  const draw = () => scene.draw(state(), compute(state()), field(model.get("formula")), shown(state()));
  const bond = bind(model, KEYS, draw);
  el.append(scene.node);
  draw();
  return () => {
    bond.unbind();
    scene.node.remove();
  };
}

export default { render };
