// MathJax's menu offers what is not here, and keeps the choice: then no formula was set any more.
// Another renderer is not vendored; a page opened as a file may not read the tables of speech.
window.MathJax?.startup?.promise?.then(() => {
  const absent = [["Settings", "Renderer"]];
  if (location.protocol === "file:") absent.push(["Accessibility", "Activate"], ["Accessibility", "Collapsible"]);
  for (const path of absent) MathJax.startup.document.menu.menu.findID(...path).disable();
});
