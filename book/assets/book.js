// Focusable scroll areas: what is wider than its column must be reachable by keyboard.
(() => {
  const areas = ".cell_output, div.highlight pre, .pst-scrollable-table-container, mjx-container[display='true']";
  const mark = () => {
    for (const area of document.querySelectorAll(areas)) {
      const wide = area.scrollWidth > area.clientWidth + 1;
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
