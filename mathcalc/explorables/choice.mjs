// A question with a few answers, all in sight: native radio buttons.

import { html } from "./kit.mjs";

/** `answers` are words; `chosen(index)`. An index of −1 leaves all open. */
export function choice({ question, name, answers, chosen }) {
  const group = `mc-${Math.random().toString(36).slice(2)}`;
  const inputs = answers.map((_, k) =>
    html("input", { type: "radio", name: group, value: k, "data-control": `${name}-${k}`, change: () => chosen(k) }),
  );
  const labels = answers.map((word, k) => html("label", {}, inputs[k], html("span", {}, word)));
  const node = html("fieldset", { class: "mc-choice" }, html("legend", {}, question), html("div", {}, ...labels));
  const show = (index) => inputs.forEach((input, k) => (input.checked = k === index));
  return { node, show };
}
