// What is looked for in an open page; each function is evaluated there by the tests.

({
  async ready() {
    await document.fonts.ready;
    await window.MathJax?.startup?.promise;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    const pause = () => new Promise((resolve) => setTimeout(resolve, 50)); // icons come a little later
    for (let k = 0; k < 100 && document.querySelector("i.fa-solid, i.fas"); k++) await pause();
  },

  faults() {
    const each = (selector, bad, say) => [...document.querySelectorAll(selector)].filter(bad).map(say);
    const dead = (figure) =>
      !figure.querySelector(".explorable-live :is(svg, canvas, table)") || !figure.querySelector(".explorable-live :is(input, select, button)");
    const width = document.documentElement.scrollWidth;
    return [
      ...each("mjx-merror", () => true, (e) => `formula with an error: ${e.textContent}`),
      ...each(".math", (e) => !e.querySelector("mjx-container"), (e) => `not typeset: ${e.textContent.slice(0, 60)}`),
      ...each("img", (e) => !e.naturalWidth, (e) => `broken image: ${e.src}`),
      ...each("svg.svg-inline--fa:has(animate), i.fa-solid, i.fas", () => true, (e) => `no picture for the icon ${e.dataset.icon ?? e.className}`),
      ...each("figure.explorable", dead, (e) => `dead figure: ${e.dataset.explorable}`),
      ...(width > innerWidth + 1 ? [`wider than the window: ${width}`] : []),
    ];
  },

  async violations(runOnly) {
    const say = (node) => `${node.target} ${node.any[0]?.message ?? ""}`;
    const { violations } = await axe.run(document, { resultTypes: ["violations"], ...(runOnly && { runOnly }) });
    return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map(say).join(" | ")}`);
  },

  // As the theme's own switch does it.
  switch_to_dark() {
    document.documentElement.dataset.mode = document.documentElement.dataset.theme = "dark";
  },

  // Formulas are half of all elements; they have the colour of the text about them.
  empty_formulas() {
    const formulas = [...document.querySelectorAll("mjx-container")];
    const boxes = formulas.map((formula) => formula.getBoundingClientRect());
    formulas.forEach((formula, k) => {
      formula.replaceChildren();
      Object.assign(formula.style, { display: "inline-block", width: `${boxes[k].width}px`, height: `${boxes[k].height}px` });
    });
  },
})
