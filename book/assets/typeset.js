// Formulas are set from where the reader is, a few at a time: he reads and moves figures meanwhile.
// Until its formulas are set, a section out of sight is not laid out (book.css), which saves the
// browser most of its work; then it is, so that nothing is left to jump when he gets there.
(() => {
  const AT_ONCE = 25; // formulas: some 50 ms of work
  const pause = (least = 0) => new Promise((resolve) => setTimeout(resolve, least));
  const frame = () => Promise.race([new Promise(requestAnimationFrame), pause(300)]); // a hidden page has none

  const parts = () => {
    const found = new Map([[document.body, []]]);
    for (const part of document.querySelectorAll(".bd-article > section > section")) found.set(part, []);
    for (const formula of document.querySelectorAll(".math"))
      found.get(formula.closest(".bd-article > section > section") ?? document.body).push(formula);
    return [...found];
  };

  const seen = ([part]) => {
    const { top, bottom } = part.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  };

  const inSight = () => {
    for (let y = 120; y < innerHeight; y += 20) {
      const found = document.elementFromPoint(innerWidth / 2, y);
      if (found && !found.matches("html, body, main, section, article, div")) return found;
    }
    return document.body;
  };

  // Whoever followed a link is kept at its target, until he moves on himself; whoever comes back, or
  // loads the page anew, at what he saw last (the browser remembers but a number of pixels, which
  // is elsewhere while sections are estimated). Whatever else he looks at stays where it is while
  // the page above it grows. (Not every browser sees to that, and none where a section that it had
  // only estimated is laid out.) It has moved where its place in the document has: scrolling
  // alone, be it his or the browser's, is not undone.
  const SEEN = `seen ${location.pathname}`;
  const marks = [...document.querySelectorAll(".bd-article [id]")]; // what is there before any script adds to it
  let aim, top, held, place, left, home;
  const placeOf = (part) => part.getBoundingClientRect().top + scrollY;
  const take = () => ([aim, top] = [document.querySelector(":target") ?? undefined, undefined]);
  const leave = () => {
    const before = aim;
    aim = null;
    if (before && held) hold(); // at what he sees now
  };
  const remember = () => {
    const last = marks
      .map((part) => [part.id, part.getBoundingClientRect()])
      .findLast(([, { top, height }]) => height && top < 120);
    try {
      sessionStorage.setItem(SEEN, scrollY && last ? JSON.stringify([last[0], last[1].top]) : "[]");
    } catch {} // a store that is locked or full takes nothing
  };
  const recall = () => {
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") return;
    leave(); // he comes for his place, not for the link's
    try {
      const [id, y] = JSON.parse(sessionStorage.getItem(SEEN) ?? "[]");
      const part = id && document.getElementById(id);
      if (part) [aim, top, history.scrollRestoration] = [part, Number(y), "manual"];
    } catch {} // a store that is locked or spoilt remembers nothing
  };
  const hold = () => {
    if (aim === undefined) take(); // the browser may still be looking for it
    held = aim ?? inSight();
    place = placeOf(held);
    left = scrollY;
    home = aim?.getBoundingClientRect().top;
  };
  const atTarget = () => Math.abs(aim.getBoundingClientRect().top - home) < 2; // the browser's own way to it
  const settle = async () => {
    // A wheel moves the page before it is heard of: after a frame it has been.
    if (aim && scrollY !== left) await frame();
    const grown = placeOf(held) - place;
    if (aim && !grown && scrollY !== left && document.readyState === "complete" && !atTarget()) leave();
    if (aim && top === undefined) aim.scrollIntoView({ behavior: "instant" });
    else if (aim) scrollBy({ top: aim.getBoundingClientRect().top - top, behavior: "instant" });
    else if (scrollY && grown) scrollBy({ top: grown, behavior: "instant" });
    hold();
  };

  const steadily = async (change) => {
    await settle(); // what was laid out in the pause
    await change();
    await settle();
    await pause();
  };

  const set = async ([part, formulas]) => {
    for (let k = 0; k < formulas.length; k += AT_ONCE)
      await steadily(() => MathJax.typesetPromise(formulas.slice(k, k + AT_ONCE)));
    await steadily(() => part.classList.add("formulas-set"));
  };

  const all = async () => {
    const waiting = parts();
    document.documentElement.style.overflowAnchor = "none"; // two that hold would pull twice
    hold();
    await settle();
    while (waiting.length) {
      const next = Math.max(waiting.findIndex(seen), 0); // he may have moved on
      await set(waiting.splice(next, 1)[0]);
    }
    document.documentElement.style.overflowAnchor = "";
  };

  addEventListener("hashchange", take);
  addEventListener("pagehide", remember);
  for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, leave, { passive: true });
  if (window.MathJax?.startup?.promise) {
    recall();
    MathJax.startup.promise = MathJax.startup.promise.then(all);
  } else for (const [part] of parts()) part.classList.add("formulas-set");
})();
