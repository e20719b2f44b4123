// Focusable scroll areas: what is wider than its column must be reachable by keyboard.
// (MathJax sees to its formulas itself.)
(() => {
  const areas = ".cell_output, div.highlight pre, .pst-scrollable-table-container";
  const mark = () => {
    for (const area of document.querySelectorAll(areas)) {
      const wide = area.scrollWidth > area.clientWidth;
      if (wide) area.tabIndex = 0;
      else if (!area.closest("button")) area.removeAttribute("tabindex");
    }
  };
  const watch = new ResizeObserver(mark);
  window.addEventListener("load", () => {
    mark();
    watch.observe(document.querySelector(".bd-article") ?? document.body);
  });
})();
