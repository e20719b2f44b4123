// Pictures that Python drew beforehand, one for each position of the controls: the page flips them.
// The state: see Frames in interact.py. `compute` finds the frame; the rest shows it.

import { bind, html, put, say } from "./kit.mjs";

/** The frame at the controls' positions: its number, its markup and its words. */
export function compute({ controls, at, pieces, runs, words }) {
  const frame = controls.reduce((number, { labels }, k) => number * labels.length + at[k], 0);
  let markup = "";
  for (let k = 0; k < runs[frame].length; k += 2) {
    const [from, count] = runs[frame].slice(k, k + 2);
    markup += pieces.slice(from, from + count).join("");
  }
  return { frame, markup, words: words[frame] };
}

function slider({ name, labels }, moved) {
  const range = html("input", {
    type: "range", min: 0, max: labels.length - 1, step: 1, "aria-label": name, "data-control": name,
    input: () => moved(range.valueAsNumber),
  });
  const value = html("output", {});
  function show(k) {
    range.value = k;
    put(range, { "aria-valuetext": labels[k] });
    say(value, labels[k]);
  }
  return { node: html("div", { class: "mc-slider" }, html("span", {}, name), range, value), show };
}

function menu({ name, labels }, moved) {
  const options = labels.map((label, k) => html("option", { value: k }, label));
  const select = html("select", { "data-control": name, change: () => moved(Number(select.value)) }, ...options);
  return { node: html("label", { class: "mc-field" }, html("span", {}, name), select), show: (k) => (select.value = k) };
}

function toggle({ name, labels }, moved) {
  const box = html("input", { type: "checkbox", "data-control": name, change: () => moved(Number(box.checked)) });
  const value = html("output", {});
  function show(k) {
    box.checked = k === 1;
    say(value, labels[k]);
  }
  return { node: html("label", { class: "mc-field mc-switch" }, html("span", {}, name), box, value), show };
}

const KINDS = { slider, menu, switch: toggle };

/**
 * One element that holds one frame; each is parsed when it is first seen. Where it is wider than its
 * place it is a stop of the Tab key, as it can then be moved by keys.
 */
function screen() {
  const node = html("div", { class: "mc-screen", role: "group", "aria-label": "The picture" });
  const reach = () => (node.scrollWidth > node.clientWidth ? put(node, { tabindex: 0 }) : node.removeAttribute("tabindex"));
  new ResizeObserver(reach).observe(node);
  const parsed = new Map();
  function show({ frame, markup }) {
    if (!parsed.has(frame)) parsed.set(frame, parse(markup));
    if (node.firstChild !== parsed.get(frame)) node.replaceChildren(parsed.get(frame));
  }
  return { node, show };
}

function parse(markup) {
  const holder = html("template");
  holder.innerHTML = markup;
  return holder.content.firstElementChild;
}

function render({ model, el }) {
  const controls = model.get("controls");
  const fixed = Object.fromEntries(["pieces", "runs", "words"].map((key) => [key, model.get(key)]));
  const move = (index) => (k) => bond.update({ at: model.get("at").map((old, i) => (i === index ? k : old)) });
  const inputs = controls.map((control, index) => KINDS[control.kind](control, move(index)));
  const picture = screen();
  const told = html("p", { class: "mc-words", "aria-live": "polite" });
  const panel = html("div", { class: "mc-panel" }, ...inputs.map(({ node }) => node));
  const node = html("div", { class: "mc-live mc-frames" }, picture.node, panel, told);
  function draw() {
    const at = model.get("at");
    const shown = compute({ controls, at, ...fixed });
    picture.show(shown);
    inputs.forEach((input, k) => input.show(at[k]));
    say(told, shown.words);
  }
  const bond = bind(model, ["at"], draw);
  el.append(node);
  draw();
  return () => {
    bond.unbind();
    node.remove();
  };
}

export default { render };
