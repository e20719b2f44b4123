// What the figure says in words.

import { number, pair } from "./kit.mjs";

function bound({ scope, near, limit }, beta) {
  const rule = beta > 0 ? "2(1 + β)/λmax" : "2/λmax";
  if (scope === "unknown") return "";
  if (limit === null) {
    return scope === "everywhere"
      ? "this surface curves downwards in some direction, so no step is stable"
      : "";
  }
  const place = scope === "everywhere" ? "for this surface" : `near the minimum ${pair(near)}`;
  return `${place} a step below ${rule} = ${number(limit)} is stable`;
}

function end({ status, last, losses }, remedy) {
  const because = remedy ? `; ${remedy}` : "; try a smaller step";
  if (last < 0) return "The formula has no value at the start: move the start.";
  if (status === "undefined") {
    return `Stopped at step ${last + 1}: the formula has no value at the next point${because}.`;
  }
  const way = losses[last] < 0 ? "fallen below −10¹²" : "passed 10¹²";
  return `Diverged at step ${last + 1}: the loss has ${way}${because}.`;
}

function rest({ ends, path, last }) {
  const [least, most] = ends;
  const kind = least > 1e-9 ? "a minimum" : most < -1e-9 ? "a maximum" : least < -1e-9 ? "a saddle point, not a minimum" : "a critical point";
  return ` It has come to rest at ${kind}, ${pair(path[last])}.`;
}

/** One or two sentences for the step that is shown. */
export function words(result, { eta, beta }) {
  const { t, last, losses, norms, path, status, stability } = result;
  const remedy = bound(stability, beta);
  if (last < 0 || (status !== "ran" && t === last)) return end(result, remedy);
  const where = `Step ${t} of ${last}: loss ${number(losses[t])}, gradient length ${number(norms[t])}, at ${pair(path[t])}.`;
  if (status === "ran" && norms[t] < 1e-8) return where + rest({ ...result, last: t });
  if (status !== "ran") return `${where} This run will not last${remedy ? `: ${remedy}` : ""}.`;
  if (stability.limit !== null && eta > stability.limit) return `${where} The step is too long to settle: ${remedy}.`;
  return where;
}
