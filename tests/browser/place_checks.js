// What is looked for in a page under one condition; each function is evaluated there by the tests.

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const named = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""} ${e.textContent.trim().slice(0, 40)}`;
  const LIVE = ".math, mjx-container, .explorable-live, .explorable-twin, .exercise-live, .exercise-still, script, style, noscript, .headerlink, button, .cmap-bar, .cmap-foot, .cmap-board, dialog, .collapsed, .expanded, .cmap-opening";

  // ── colours ─────────────────────────────────────────────────────────────────────────────
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  // Red, green, blue between 0 and 1 and the opacity, of any colour that CSS can write.
  const known = new Map();
  const parts = (colour) => known.get(colour) ?? known.set(colour, read(colour)).get(colour);
  function read(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((v) => v / 255);
  }
  const light = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  function contrast(a, b) {
    const [low, high] = [luminance(parts(a)), luminance(parts(b))].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  }
  const opaque = (colour) => colour !== "none" && !colour.startsWith("url") && parts(colour)[3] > 0.6; // Highlight lets a little through

  // ── boxes ───────────────────────────────────────────────────────────────────────────────
  const scrolls = (e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
  function above(e, found) {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (found(p)) return p;
    return null;
  }
  const CONTROLS = "input, select, button, summary, label > span, dt, dd, output, p";

  return {
    /** The article's text, dropdowns opened, as a list of its pieces: those that are seen, or the others. */
    texts(visible = true) {
      for (const details of all("details")) details.open = true;
      for (const fold of all(".toggle-hidden")) fold.classList.remove("toggle-hidden");
      const walker = document.createTreeWalker(document.querySelector("article") ?? document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        const text = data.trim().replace(/\s+/g, " ");
        if (text && !parentElement.closest(LIVE) && seen(parentElement) === visible) found.push(text);
      }
      return found;
    },

    /** Of these elements those that are to be seen, and those that are not. */
    shown: (selector) => all(selector).filter(seen).map(named),
    unseen: (selector) => all(selector).filter((e) => !seen(e)).map(named),

    /** Links of the page: [as it resolves, as it is written]. */
    links: () => all("a[href], area[href]").map((a) => [a.href, a.getAttribute("href")]),

    /** What sticks out of the window, or makes the page scroll sideways. */
    wide() {
      const width = document.documentElement.clientWidth;
      const out = all("body *").filter((e) => {
        const { right, width: own, height } = e.getBoundingClientRect();
        return own && height && right > width + 1 && seen(e) && !above(e, (p) => getComputedStyle(p).overflowX !== "visible");
      });
      const scroll = document.documentElement.scrollWidth;
      return [...(scroll > width ? [`the page is ${scroll} wide in ${width}`] : []), ...out.map(named).slice(0, 5)];
    },

    /** Controls and numbers of the live figures that stick out of them, are cut off, too small, or lie on one another. */
    clashes() {
      return all(".explorable-live, .exercise-live").filter(seen).flatMap((live) => {
        const own = live.getBoundingClientRect();
        const name = live.closest("[data-explorable], [data-exercise]").dataset.explorable ?? "exercise";
        const free = (e) => !above(e, (p) => live.contains(p) && scrolls(p));
        const parts = all(CONTROLS, live).filter((e) => seen(e) && free(e));
        const boxes = parts.map((e) => e.getBoundingClientRect());
        const out = parts.filter((e, k) => boxes[k].right > own.right + 1.5 || boxes[k].left < own.left - 1.5);
        const cut = parts.filter((e) => e.matches("button, dd, dt, p") && e.scrollWidth > e.clientWidth + 1 && e.clientWidth);
        const small = parts.filter((e, k) => e.matches("input[type=range]") && boxes[k].width < 60);
        const over = ([a, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
        const on = parts.flatMap((e, k) => parts.slice(k + 1).flatMap((f, j) =>
          over([boxes[k], boxes[k + 1 + j]]) && !e.contains(f) && !f.contains(e) ? [`${named(e)} on ${named(f)}`] : []));
        const say = (word, list) => list.map((e) => `${name}: ${word}: ${named(e)}`);
        return [...say("out", out), ...say("cut", cut), ...say("small", small), ...on.map((pair) => `${name}: ${pair}`)];
      });
    },

    /** What would be cut off on paper, where nothing scrolls. */
    cut() {
      const wide = (e) => e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 1 && getComputedStyle(e).overflowX !== "visible";
      return all("main :not(svg *, .math, .math :not([display=true]))").filter((e) => !e.querySelector(".math") && wide(e) && seen(e)).map(named); // TeX is wider
    },

    /** Texts and lines too pale on a ground of this colour. */
    pale(ground, selector, least) {
      const bad = (e) => seen(e) && e.textContent.trim() && contrast(getComputedStyle(e).color, ground) < least;
      return all(selector).filter(bad).map((e) => `${named(e)} ${getComputedStyle(e).color}`);
    },

    /** Strokes, dots and words of the drawings that hardly differ from the canvas of forced colours. */
    faint() {
      const ground = document.body.appendChild(document.createElement("b"));
      ground.style.cssText = "background: Canvas; forced-color-adjust: none";
      const page = getComputedStyle(ground).backgroundColor;
      ground.remove();
      const low = (colour, least) => opaque(colour) && contrast(colour, page) < least;
      const bad = (e) => {
        const { fill, stroke, strokeWidth } = getComputedStyle(e);
        if (e.matches("text, tspan")) return low(fill, 4.5);
        const paints = [...(e.matches("line") ? [] : [fill]), ...(parseFloat(strokeWidth) > 0 ? [stroke] : [])].filter(opaque);
        return paints.length > 0 && paints.every((paint) => low(paint, 3));
      };
      const shapes = "path, line, polyline, polygon, circle, ellipse, rect, text, tspan";
      const drawn = (e) => seen(e) && (e.getBBox().width || e.getBBox().height) && !e.closest("clipPath, defs, mask") && !e.matches(".mc-quad, .mc-aura, .mc-frames path:not([style*='stroke: var'])"); // shades
      return all(`:is(.explorable-live, .cmap) svg :is(${shapes})`).filter((e) => drawn(e) && bad(e)).map((e) => {
        const { fill, stroke } = getComputedStyle(e);
        return `${named(e)} fill ${fill} stroke ${stroke}`;
      });
    },

    /** The picture's whole state as text: what changes by itself is found by asking twice. */
    picture: (figure) => figure.querySelector(".explorable-live").innerHTML + all("input, select", figure).map((e) => e.value),

    /** How a focused element shows it: the ring's contrast with the page, or 0 where there is none. */
    ring(e) {
      const page = getComputedStyle(document.documentElement).getPropertyValue("--mc-page") || "white";
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(e);
      if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) return contrast(outlineColor, page);
      const halo = e.querySelector(".mc-halo") ?? e.querySelector("rect") ?? (e instanceof SVGElement ? e : null);
      const { stroke, strokeWidth, opacity } = halo ? getComputedStyle(halo) : {};
      return halo && stroke !== "none" && parseFloat(strokeWidth) >= 2 && opacity > 0.9 ? contrast(stroke, page) : 0;
    },
  };
})()
