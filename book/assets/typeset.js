// Formulas are set from where the reader is, a few at a time: he reads and moves figures meanwhile.
// Until its formulas are set, a section out of sight is not laid out (book.css), which saves the
// browser most of its work; then it is, so that nothing is left to jump when he gets there.
(() => {
  const AT_ONCE = 25; // formulas: some 50 ms of work
  const pause = () => new Promise((resolve) => setTimeout(resolve));

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

  // Whoever followed a link is kept at its target, until he moves on himself. Whatever else he looks
  // at stays where it is while the page above it grows. (Not every browser sees to that, and none
  // where a section that it had only estimated is laid out.) It has moved where its place in the
  // document has: scrolling alone, be it his or the browser's, is not undone.
  let aim, held, place, left;
  const placeOf = (part) => part.getBoundingClientRect().top + scrollY;
  const take = () => (aim = document.querySelector(":target") ?? undefined);
  const leave = () => (aim = null);
  const hold = () => {
    if (aim === undefined) take(); // the browser may still be looking for it
    held = aim ?? inSight();
    place = placeOf(held);
    left = scrollY;
  };
  const settle = () => {
    const grown = placeOf(held) - place;
    if (!grown && scrollY !== left && document.readyState === "complete") leave();
    if (aim) aim.scrollIntoView({ behavior: "instant" });
    else if (scrollY && grown) scrollBy({ top: grown, behavior: "instant" });
    hold();
  };

  const steadily = async (change) => {
    settle(); // what was laid out in the pause
    await change();
    settle();
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
    while (waiting.length) {
      const next = Math.max(waiting.findIndex(seen), 0); // he may have moved on
      await set(waiting.splice(next, 1)[0]);
    }
    document.documentElement.style.overflowAnchor = "";
  };

  addEventListener("hashchange", take);
  for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, leave, { passive: true });
  if (window.MathJax?.startup?.promise) MathJax.startup.promise = MathJax.startup.promise.then(all);
  else for (const [part] of parts()) part.classList.add("formulas-set");
})();
