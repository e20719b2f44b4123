// What the theme would have a page do by code inside its markup, which the page's policy forbids
// (policy.py): its print button, and the link that takes the marks of a search away.
document.addEventListener("click", (event) => {
  if (event.target.closest(".btn-download-pdf-button")) window.print();
  if (!event.target.closest("#searchbox .highlight-link a")) return;
  event.preventDefault();
  SphinxHighlight.hideSearchWords();
});
