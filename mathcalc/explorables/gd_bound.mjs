// On the slider of the step size: which steps are stable.

import { clamp, html, number, put, scale, say } from "./kit.mjs";

/** A bar under a slider, from its low end to the limit. `to` maps a value to the slider. */
export function bound(slider, { low, high, to }) {
  const bar = html("i");
  const word = html("span");
  const node = html("div", { class: "mc-bound" }, bar, word);
  const share = scale([to(low), to(high)], [0, 1]);
  slider.node.append(node);
  function show({ limit, scope }) {
    put(node, { style: limit === null ? "display: none" : `--end: ${clamp(share(to(limit)), 0, 1).toFixed(4)}` });
    say(word, limit === null ? "" : `stable below ${number(limit)}${scope === "minimum" ? ", near the minimum" : ""}`);
  }
  return { show };
}
