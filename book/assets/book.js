// Focusable scroll areas: what is wider than its column must be reachable by keyboard.
// (MathJax sees to its formulas itself.)
(() => {
  const areas = ".cell_output, figure > .output, div.highlight pre, .pst-scrollable-table-container";
  const mark = () => {
    const found = [...document.querySelectorAll(areas)];
    const wide = found.map((area) => area.scrollWidth > area.clientWidth); // all reads before any write
    found.forEach((area, k) => {
      if (wide[k] === (area.tabIndex === 0)) return;
      if (wide[k]) area.tabIndex = 0;
      else area.removeAttribute("tabindex");
    });
  };
  const watch = new ResizeObserver(mark);
  window.addEventListener("load", async () => {
    await window.MathJax?.startup?.promise; // until then every formula would call
    watch.observe(document.querySelector(".bd-article") ?? document.body);
  });
})();
// Paper is white: what is printed has the light theme.
(() => {
  const page = document.documentElement.dataset;
  let own;
  matchMedia("print").addEventListener("change", ({ matches }) => {
    if (matches) own = page.theme;
    page.theme = matches ? "light" : own;
  });
})();
// A page opened from a file may not fetch others: the search names what it finds, and quotes nothing.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS === "object") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
