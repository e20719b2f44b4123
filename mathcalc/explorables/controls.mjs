// Native controls, each labelled, each with its value beside it.

import { clamp, html, put, say } from "./kit.mjs";

const setValue = (input, text) => {
  if (input.value !== text && !input.matches(":focus")) input.value = text;
};

/**
 * A slider with a number box. `scale` is { to, from }: from value to slider and back, for a
 * logarithmic one. The reader's own text stays in the box until he leaves it.
 */
export function slider({ label, name, low, high, step, decimals, changed, scale }) {
  const { to, from } = scale ?? { to: (v) => v, from: (v) => v };
  const round = (v) => clamp(Number(v.toFixed(decimals)), low, high);
  const range = html("input", {
    type: "range", min: to(low), max: to(high), step: scale?.step ?? step, "data-control": name,
    "aria-label": label, input: () => changed(round(from(range.valueAsNumber))),
  });
  const box = html("input", {
    type: "number", min: low, max: high, step, "aria-label": `${label}, as a number`, "data-box": name,
    input: () => box.validity.valid && Number.isFinite(box.valueAsNumber) && changed(box.valueAsNumber),
    change: () => finish(),
  });
  function finish() {
    const typed = box.valueAsNumber;
    if (Number.isFinite(typed)) changed(clamp(typed, low, high));
    box.value = show.last.toFixed(decimals);
  }
  function show(value) {
    show.last = value;
    // The slider is finer than the value at its lower end: it stays where the reader holds it.
    if (round(from(range.valueAsNumber)) !== value) range.value = to(value);
    put(range, { "aria-valuetext": value.toFixed(decimals) });
    setValue(box, value.toFixed(decimals));
  }
  return { node: html("div", { class: "mc-slider" }, html("span", {}, label), range, box), show };
}

/** A menu of names; `chosen(index)`. An index of −1 shows `other`. */
export function menu({ label, names, other, chosen, name = "surface" }) {
  const option = (word, value) => html("option", { value }, word);
  const own = option(other, -1);
  const select = html(
    "select", { "data-control": name, change: () => chosen(Number(select.value)) },
    ...names.map(option), own,
  );
  own.disabled = true;
  const show = (index) => (select.value = String(index));
  return { node: html("label", { class: "mc-field" }, html("span", {}, label), select), show };
}

/** A box for a formula. `typed(text)` returns what is wrong with it in plain words, or "". */
export function formulaBox({ label, typed, name = "formula" }) {
  const id = `mc-${Math.random().toString(36).slice(2)}`;
  const note = html("p", { class: "mc-error", id, role: "status" });
  const box = html("input", {
    type: "text", spellcheck: "false", autocomplete: "off", autocapitalize: "off",
    "data-control": name, "aria-describedby": id, input: () => complain(typed(box.value)),
  });
  function complain(message) {
    say(note, message);
    put(box, { "aria-invalid": message !== "" });
  }
  function show(formula) {
    if (box.matches(":focus")) return;
    box.value = formula;
    complain("");
  }
  const field = html("label", { class: "mc-field" }, html("span", {}, label), box);
  return { node: html("div", { class: "mc-formula" }, field, note), show };
}

export function button(word, name, pressed) {
  return html("button", { type: "button", "data-control": name, click: pressed }, word);
}

/** Named numbers; `show({ name: text })`. */
export function readouts(names) {
  const values = {};
  const list = html("dl", { class: "mc-readouts" });
  for (const [name, word] of Object.entries(names)) {
    values[name] = html("dd", { "data-readout": name });
    list.append(html("div", {}, html("dt", {}, word), values[name]));
  }
  const show = (texts) => Object.entries(texts).forEach(([name, text]) => say(values[name], text));
  return { node: list, show };
}

/** The numbers behind the drawing, written only while the reader looks at them. */
export function table({ summary, caption, heads, rows }) {
  const body = html("tbody");
  const head = html("tr", {}, ...heads.map((word) => html("th", { scope: "col" }, word)));
  const sheet = html("table", {}, html("caption", {}, caption), html("thead", {}, head), body);
  const scroll = html("div", { class: "mc-scroll", tabindex: "0", role: "region", "aria-label": caption }, sheet);
  const node = html("details", { class: "mc-data", toggle: () => show() }, html("summary", {}, summary), scroll);
  const line = (cells) => html("tr", {}, ...cells.map((cell) => html("td", {}, cell)));
  function show() {
    if (node.open) body.replaceChildren(...rows().map(line));
  }
  return { node, show };
}
