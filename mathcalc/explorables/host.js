// The built page as a host of explorables: a model of a few lines instead of a kernel.
// Called as host(URL, ENTRIES): the address of a module (blobs.js), and the file of each figure.

function host(url, entries) {
  function model(state) {
    const listeners = new Map();
    const heard = (event) => listeners.get(event) ?? listeners.set(event, new Set()).get(event);
    return {
      get: (key) => state[key],
      set(key, value) {
        if (state[key] === value) return;
        state[key] = value;
        for (const event of [`change:${key}`, "change"]) for (const call of [...heard(event)]) call();
      },
      on: (event, call) => heard(event).add(call),
      off: (event, call) => (call ? heard(event).delete(call) : heard(event).clear()),
      save_changes() {},
    };
  }

  // The drawn twin stays in the page: for print, and for the case that the figure cannot be drawn.
  async function enliven(figure) {
    const { default: explorable, compute } = await import(url(entries[figure.dataset.explorable]));
    const own = model(JSON.parse(figure.dataset.state));
    const el = document.createElement("div");
    el.className = "explorable-live";
    const clean = await explorable.render({ model: own, el });
    figure.insertBefore(el, figure.querySelector("figcaption"));
    figure.toggleAttribute("data-live", true);
    figure.explorable = { model: own, compute, remove };
    function remove() {
      clean?.();
      el.remove();
      figure.removeAttribute("data-live");
      delete figure.explorable;
    }
  }

  function start() {
    for (const figure of document.querySelectorAll("figure.explorable:not([data-live])")) {
      if (figure.dataset.explorable in entries) enliven(figure);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
