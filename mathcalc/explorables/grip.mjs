// What a reader takes hold of in a drawing: a round handle, its keys, and the pointer that drags it.

import { put, svg } from "./kit.mjs";

const WAYS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [0, 1], PageDown: [0, -1],
};
const ENDS = { Home: 0, End: 1 };

/**
 * The listener for a slider's keys. `turned([right, up], far)` answers the arrows, far with Shift, and
 * Page Up and Page Down, always far; `ended(0)` answers Home, `ended(1)` End.
 */
export function keys({ turned, ended }) {
  return (event) => {
    const way = WAYS[event.key], end = ENDS[event.key];
    if ((!way && end === undefined) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // the page does not scroll with them
    if (way) turned(way, event.shiftKey || event.key.startsWith("Page"));
    else ended(end);
  };
}

/** What is seen of a handle: a place for the finger, a halo, a dot. */
export const knob = () => [[22, "mc-grip"], [11, "mc-halo"], [6, "mc-start"]].map(([r, name]) => svg("circle", { r, class: name }));

/** A handle with its keys; `ended(value)` is called with one of the `ends`. */
export function grip({ label, kind = "", turned, ended, ends }) {
  return svg(
    "g",
    {
      class: `mc-handle ${kind}`, role: "slider", tabindex: "0", "aria-label": label,
      "aria-valuemin": ends[0], "aria-valuemax": ends[1], keydown: keys({ turned, ended: (end) => ended(ends[end]) }),
    },
    ...knob(),
  );
}

/** Put a handle at a pixel and say its value, as a number and in words. */
export function place(handle, [u, v], now, text) {
  put(handle, {
    transform: `translate(${u.toFixed(1)} ${v.toFixed(1)})`, "aria-valuenow": now, "aria-valuetext": text,
  });
}

/** The pixel under the pointer, in the units of an SVG group. */
function pixelOf(layer, event) {
  const box = layer.getScreenCTM();
  return [(event.clientX - box.e) / box.a, (event.clientY - box.f) / box.d];
}

/**
 * Let the pointer drag on a drawing: `taken(pixel)` returns the handle nearest to where it is
 * pressed, `moved(pixel, handle)` follows it. A finger beside the handle scrolls the page.
 */
export function dragOn(node, layer, { taken, moved }) {
  let held = null;
  node.addEventListener("pointerdown", (event) => {
    const own = event.target.closest?.(".mc-handle");
    if (event.button !== 0 || (event.pointerType === "touch" && !own)) return;
    held = own ?? taken(pixelOf(layer, event));
    if (!held) return;
    node.setPointerCapture(event.pointerId);
    event.preventDefault();
    held.focus({ preventScroll: true });
    if (!own) moved(pixelOf(layer, event), held);
  });
  node.addEventListener("pointermove", (event) => held && moved(pixelOf(layer, event), held));
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, () => (held = null));
}
