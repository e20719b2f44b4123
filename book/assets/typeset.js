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

  // What he looks at stays where it is while the page above it grows. (Not every browser sees to
  // that, and none where a section that it had only estimated is laid out.)
  const steadily = async (change) => {
    const held = inSight();
    const before = held.getBoundingClientRect().top;
    await change();
    if (scrollY) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
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
    while (waiting.length) {
      const next = Math.max(waiting.findIndex(seen), 0); // he may have moved on
      await set(waiting.splice(next, 1)[0]);
    }
    document.documentElement.style.overflowAnchor = "";
  };

  if (window.MathJax?.startup?.promise) MathJax.startup.promise = MathJax.startup.promise.then(all);
  else for (const [part] of parts()) part.classList.add("formulas-set");
})();
