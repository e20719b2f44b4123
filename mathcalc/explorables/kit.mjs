// What every figure needs: elements, numbers in words, and the bond between a model and its drawing.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** An HTML element; a function among the attributes becomes the listener of that event. */
export function html(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Write only what has changed: an untouched attribute costs the browser nothing. */
export function put(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    const text = String(value);
    if (node.getAttribute(key) !== text) node.setAttribute(key, text);
  }
}

export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** The affine map that takes [a, b] to [c, d]. */
export function scale([a, b], [c, d]) {
  return (value) => c + ((value - a) * (d - c)) / (b - a);
}

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raise = (digits) => digits.replace(/\d/g, (d) => RAISED[d]).replace("-", "⁻");

/** 10 to a whole power, as one writes it by hand. */
export const power = (exponent) => `10${raise(String(exponent))}`;

/** A number to four significant digits, with a true minus sign; powers of ten at the far ends. */
export function number(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(4))) : scientific(value);
  return text.replace(/^-/, "−");
}

function scientific(value) {
  const [digits, exponent] = value.toExponential(2).split("e");
  return `${digits}×${power(Number(exponent))}`;
}

/** A number with a fixed count of decimals, never "−0.00". */
export function fixed(value, decimals) {
  if (Math.abs(value) >= 1e5) return number(value);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

export const pair = ([x, y], decimals = 2) => `(${fixed(x, decimals)}, ${fixed(y, decimals)})`;

/** A formula as one prints it: x**2 becomes x², 10*y becomes 10y. */
export function pretty(formula) {
  return formula
    .replace(/\*\*(\d+)/g, (_, digits) => raise(digits))
    .replace(/\s*\*\s*/g, "\u200a")
    .replace(/-/g, "−");
}

/** Redraw when one of the keys changes; several changes made here are drawn once. */
export function bind(model, keys, draw) {
  let writing = false;
  const heard = () => writing || draw();
  for (const key of keys) model.on(`change:${key}`, heard);
  return {
    update(changes) {
      writing = true;
      for (const [key, value] of Object.entries(changes)) model.set(key, value);
      writing = false;
      model.save_changes();
      draw();
    },
    unbind() {
      for (const key of keys) model.off(`change:${key}`, heard);
    },
  };
}

/** Call `step` every `pace` milliseconds, in step with the screen, until stopped. */
export function player(step, pace = 45) {
  let frame = 0;
  let last = 0;
  const tick = (now) => {
    frame = requestAnimationFrame(tick);
    if (now - last < pace) return;
    last = now;
    step();
  };
  return {
    playing: () => frame !== 0,
    start() {
      frame ||= requestAnimationFrame(tick);
    },
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// In a notebook a key pressed in a figure is the figure's: JupyterLab would go to another cell with
// an arrow, and delete one with "d". Chords such as Ctrl+S remain JupyterLab's.
function keep(event) {
  const chord = event.ctrlKey || event.metaKey || event.altKey;
  if (!chord && event.target.closest(".jp-Notebook .mc-live")) event.stopPropagation();
}

globalThis.document?.documentElement.addEventListener("keydown", keep);
