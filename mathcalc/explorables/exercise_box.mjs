// The answer boxes of an exercise: typed, judged and remembered in the reader's browser alone.

import { judge } from "./judge.mjs";
import { html, power, say } from "./kit.mjs";

const accuracy = ({ tolerance, exact }) => tolerance < exact ? "exactly" : `relative error < ${power(Math.round(Math.log10(tolerance)))}`;
const HOW = {
  number: (sheet) => `a number, such as 2/3 or -sqrt(5); ${accuracy(sheet)}`,
  vector: (sheet) => `a vector, such as [2/3, -sqrt(5)]; ${accuracy(sheet)}`,
  matrix: (sheet) => `a matrix, such as [[1, 2], [3, 4]]; ${accuracy(sheet)}`,
  formula: ({ shape, variables }) =>
    `${shape.length ? "a list of formulas" : "a formula"} in ${variables.join(", ")}, with * and **`,
  choice: () => "choose one",
  choices: () => "choose all that hold",
};

/** An exercise's sheets, which come in a form that is not to be read at a glance. */
const opened = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))));

// The reader's answers; a browser that forbids storage only forgets.
function memory(name) {
  const key = `mathcalc.exercise.${name}`;
  const quietly = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  return {
    recall: () => quietly(() => JSON.parse(localStorage.getItem(key))) ?? {},
    keep: (answers) => quietly(() => localStorage.setItem(key, JSON.stringify(answers))),
    forget: () => quietly(() => localStorage.removeItem(key)),
  };
}

// A box for a text: its elements, and how its answer is read and written.
function textBox(id, letter, sheet, how) {
  const input = html("input", {
    type: "text", id, "aria-describedby": `${id}-how ${id}-found`, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
  });
  const label = html("label", { for: id }, mark(letter), ` ${sheet.asks}`);
  return {
    nodes: [html("div", { class: "exercise-asks" }, label, how), html("div", { class: "exercise-row" }, input, button())],
    get: () => input.value,
    put: (answer) => (input.value = typeof answer === "string" ? answer : ""),
    invalid: (bad) => input.setAttribute("aria-invalid", String(bad)),
    first: input,
  };
}

// Boxes for the letters of a choice.
function choiceBox(id, letter, sheet, how) {
  const type = sheet.kind === "choice" ? "radio" : "checkbox";
  const inputs = Object.keys(sheet.options).map((value) => html("input", { type, value, name: id, id: `${id}-${value}` }));
  const lines = inputs.map((input) =>
    html("label", { class: "exercise-option", for: input.id }, input, html("span", {}, sheet.options[input.value])));
  const legend = html("legend", {}, mark(letter), ` ${sheet.asks}`);
  return {
    nodes: [html("fieldset", { "aria-describedby": `${id}-how ${id}-found` }, legend, how, ...lines), html("div", { class: "exercise-row" }, button())],
    get: () => inputs.filter((input) => input.checked).map((input) => input.value),
    put: (answer) => inputs.forEach((input) => (input.checked = Array.isArray(answer) && answer.includes(input.value))),
    invalid() {},
    first: inputs[0],
  };
}

const mark = (letter) => html("span", { class: "exercise-letter" }, `(${letter})`);
const button = () => html("button", { type: "submit" }, "Check");

// A part whose answer is a function: only a kernel can call it.
function kernelBox(letter, sheet, sentence) {
  return { part: html("div", { class: "exercise-part" }, html("p", {}, mark(letter), ` ${sheet.asks}. ${sentence}`)) };
}

// One part: its box, what was found, and the answer that was last checked.
function part(name, letter, sheet, table, changed) {
  if (sheet.kind === "function") return kernelBox(letter, sheet, table.messages.notebook);
  const id = `${name}-${letter}`;
  const how = html("p", { class: "exercise-how", id: `${id}-how` }, HOW[sheet.kind]({ ...sheet, exact: table.exact }));
  const box = (sheet.options ? choiceBox : textBox)(id, letter, sheet, how);
  const found = html("p", { class: "exercise-found", id: `${id}-found`, role: "status" });
  const own = { letter, checked: undefined, right: false };
  const show = (judged) => {
    own.right = judged?.right ?? false;
    say(found, judged ? `${judged.right ? "✓" : "✗"} ${judged.message}` : "");
    found.dataset.right = own.right;
    box.invalid(Boolean(judged) && !own.right);
  };
  const check = (event) => {
    event?.preventDefault();
    own.checked = box.get();
    show(judge(sheet, own.checked, table));
    changed();
  };
  own.part = html("form", { class: "exercise-part", submit: check }, ...box.nodes, found);
  own.forget = () => (box.put(""), (own.checked = undefined), show(null));
  own.recall = (answer) => (box.put(answer), check());
  own.first = box.first;
  return own;
}

/** Put the live boxes of an exercise in the place of its sentence. */
export function enliven(place, table) {
  const name = place.dataset.exercise, store = memory(name);
  const parts = Object.entries(opened(place.dataset.sheets)).map(([letter, sheet]) => part(name, letter, sheet, table, changed));
  const boxes = parts.filter((own) => own.forget);
  const score = html("p", { class: "exercise-score" });
  const forget = html("button", { type: "button", click: clear }, "Forget my answers");
  function changed() {
    const kept = boxes.filter((own) => own.checked?.length).map((own) => [own.letter, own.checked]);
    if (kept.length) store.keep(Object.fromEntries(kept));
    else store.forget();
    say(score, `${boxes.filter((own) => own.right).length} of ${boxes.length} right. Your answers stay in this browser.`);
    forget.disabled = !kept.length;
  }
  function clear() {
    boxes.forEach((own) => own.forget());
    changed();
    boxes[0].first.focus(); // the button that had the focus is disabled now
  }
  const remembered = store.recall();
  for (const own of boxes) if (Object.hasOwn(remembered, own.letter)) own.recall(remembered[own.letter]);
  changed();
  const foot = html("div", { class: "exercise-foot" }, score, ...(boxes.length ? [forget] : []));
  place.append(html("div", { class: "exercise-live" }, ...parts.map((own) => own.part), foot));
  place.toggleAttribute("data-live", true);
}
