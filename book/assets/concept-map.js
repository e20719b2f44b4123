// The concept map: the page's list is the data; this draws its edges, lights paths and finds words.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const HINT = "Point at a concept, or walk with the arrow keys: what it needs and what it leads to light up.";
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };

  /** The graph that the list holds: for each id its line, what it needs, what it leads to. */
  function read(root) {
    const items = [...root.querySelectorAll("li[id^='map-']")];
    const graph = new Map(items.map((item) => [item.id.slice(4), { item, link: item.firstElementChild, leads: [] }]));
    for (const [id, node] of graph) {
      node.needs = (node.item.dataset.needs || "").split(" ").filter(Boolean);
      for (const need of node.needs) graph.get(need).leads.push(id);
    }
    return graph;
  }

  /** All that can be reached from an id along `needs` or along `leads`. */
  function reach(graph, id, along) {
    const found = new Set();
    const todo = [id];
    while (todo.length) {
      for (const next of graph.get(todo.pop())[along]) {
        if (!found.has(next)) todo.push(next);
        found.add(next);
      }
    }
    return found;
  }

  /** A curve from the end of one line to the dot of another; within a column it swings out to the left. */
  function curve(from, to) {
    const apart = from.column !== to.column;
    const start = apart ? from.right : from.left;
    const middle = apart ? (start + to.left) / 2 : start - Math.min(6 + Math.abs(to.y - from.y) / 12, 16);
    return `M${start} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.left} ${to.y}`;
  }

  class ConceptMap {
    constructor(root) {
      this.root = root;
      this.graph = read(root);
      this.board = root.querySelector(".cmap-board");
      this.columns = [...this.board.children];
      this.build();
      this.listen();
      this.first = this.columns[1].querySelector("li").id.slice(4);
      this.choose(null);
      this.show(1);
      root.toggleAttribute("data-live", true);
      new ResizeObserver(() => this.draw()).observe(this.board);
      if (this.graph.has(location.hash.slice(5))) this.go(location.hash.slice(5));
    }

    /** What the page gets besides its list. */
    build() {
      this.search = make("input", { type: "search", id: "cmap-search", autocomplete: "off", placeholder: "for example: saddle" });
      this.found = make("output", { for: "cmap-search" });
      this.select = make("select", { id: "cmap-column" }, ...this.columns.map((column, k) => make("option", { value: k }, column.firstElementChild.textContent)));
      this.plain = make("button", { type: "button", "aria-pressed": "false" }, "Show as a list");
      const field = (text, control, name) => make("p", { class: name }, make("label", { for: control.id }, text), control);
      const controls = [field("Find", this.search, "cmap-find"), this.found, field("Part", this.select, "cmap-part"), this.plain];
      this.panel = make("div", { class: "cmap-panel" });
      this.count = make("p", { class: "cmap-count", role: "status" });
      this.paths = [...this.graph].flatMap(([to, node]) => node.needs.map((from) => ({ from, to, path: document.createElementNS(SVG, "path") })));
      const edges = document.createElementNS(SVG, "svg");
      edges.setAttribute("aria-hidden", "true");
      edges.append(...this.paths.map(({ path }) => path));
      this.board.prepend(edges);
      this.board.before(make("div", { class: "cmap-bar" }, ...controls));
      this.board.after(make("div", { class: "cmap-foot" }, this.count, this.panel));
    }

    listen() {
      const idOf = (event) => event.target.closest?.(".cmap-concept")?.parentElement.id.slice(4);
      this.board.addEventListener("pointerover", (e) => e.pointerType === "mouse" && this.light(idOf(e) ?? this.chosen));
      this.board.addEventListener("pointerleave", () => this.light(this.chosen));
      this.board.addEventListener("pointerdown", (e) => (this.before = this.chosen));
      this.board.addEventListener("focusin", (e) => idOf(e) && this.choose(idOf(e)));
      // A finger has no way to hover: its first touch chooses, its second follows the link.
      this.board.addEventListener("click", (e) => e.pointerType === "touch" && idOf(e) && idOf(e) !== this.before && e.preventDefault());
      this.board.addEventListener("keydown", (e) => this.key(e));
      this.panel.addEventListener("click", (e) => this.follow(e));
      this.search.addEventListener("input", () => this.find());
      this.search.addEventListener("keydown", (e) => ["Enter", "ArrowDown"].includes(e.key) && (e.preventDefault(), this.board.querySelector(".cmap-hit .cmap-concept")?.focus()));
      this.select.addEventListener("change", () => this.show(Number(this.select.value)));
      this.plain.addEventListener("click", () => this.asList(this.root.toggleAttribute("data-list")));
      addEventListener("hashchange", () => this.graph.has(location.hash.slice(5)) && this.go(location.hash.slice(5)));
    }

    /** In the list the tab key stops at every link, in the map at one. */
    asList(list) {
      this.plain.setAttribute("aria-pressed", list);
      for (const { link } of this.graph.values()) link.tabIndex = 0;
      this.choose(this.chosen);
    }

    place(id) {
      const { item } = this.graph.get(id);
      const [left, column] = [item.offsetLeft, this.columns.indexOf(item.closest("section"))];
      return { left, right: left + item.offsetWidth, y: item.offsetTop + item.offsetHeight / 2, column };
    }

    draw() {
      const places = new Map([...this.graph.keys()].map((id) => [id, this.place(id)]));
      for (const { from, to, path } of this.paths) path.setAttribute("d", curve(places.get(from), places.get(to)));
    }

    /** Light a concept with what it needs and what it leads to, or nothing. */
    light(id) {
      const [needs, leads] = ["needs", "leads"].map((along) => (id ? reach(this.graph, id, along) : new Set()));
      this.root.toggleAttribute("data-lit", Boolean(id));
      for (const [other, { item }] of this.graph) {
        item.classList.toggle("cmap-this", other === id);
        item.classList.toggle("cmap-need", needs.has(other));
        item.classList.toggle("cmap-lead", leads.has(other));
        item.classList.toggle("cmap-near", Boolean(id) && (this.graph.get(id).needs.includes(other) || this.graph.get(id).leads.includes(other)));
      }
      for (const { from, to, path } of this.paths) {
        const way = needs.has(from) && (to === id || needs.has(to)) ? "cmap-need" : leads.has(to) && (from === id || leads.has(from)) ? "cmap-lead" : "";
        path.setAttribute("class", to === id || from === id ? `${way} cmap-near` : way);
      }
      this.tell(id, needs.size, leads.size);
    }

    tell(id, needs, leads) {
      this.count.textContent = "";
      if (!id) return this.panel.replaceChildren(make("p", {}, HINT));
      const { item, link, needs: direct, leads: next } = this.graph.get(id);
      const part = this.columns[this.place(id).column].firstElementChild.textContent;
      const title = make("p", { class: "cmap-title" }, make("a", { href: link.href }, link.textContent), ` · ${part}`);
      this.panel.replaceChildren(title, make("p", {}, item.dataset.says ?? ""), this.row("needs", direct), this.row("leads to", next));
      this.count.textContent = `It builds on ${needs} of the ${this.graph.size} concepts, and ${leads} build on it.`;
    }

    row(word, ids) {
      const links = ids.flatMap((id, k) => [k ? ", " : " ", make("a", { href: `#map-${id}` }, this.graph.get(id).link.textContent)]);
      return make("p", { class: word === "needs" ? "cmap-need" : "cmap-lead" }, ...(ids.length ? [make("strong", {}, word), ...links] : []));
    }

    /** Keep a concept lit, and make it the one that the tab key stops at; or keep none lit. */
    choose(id) {
      this.chosen = id;
      const stop = id ?? this.first;
      if (!this.root.hasAttribute("data-list")) for (const [other, { link }] of this.graph) link.tabIndex = other === stop ? 0 : -1;
      this.light(id);
    }

    /** Walk to a concept: the browser scrolls there, and what has the focus is chosen. */
    go(id) {
      this.show(this.place(id).column);
      this.graph.get(id).link.focus();
    }

    /** On a narrow screen one part is seen at a time. */
    show(k) {
      this.columns.forEach((column, j) => column.classList.toggle("cmap-shown", j === k));
      this.select.value = k;
    }

    follow(event) {
      const id = event.target.closest?.("a")?.hash.slice(5);
      if (this.graph.has(id)) event.preventDefault(), this.go(id);
    }

    key(event) {
      const item = event.target.closest("li");
      const [first, last] = [item.parentElement.firstElementChild, item.parentElement.lastElementChild];
      const steps = { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling, Home: first, End: last, ArrowLeft: this.beside(item, -1), ArrowRight: this.beside(item, 1) };
      if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      if (steps[event.key]) this.go(steps[event.key].id.slice(4));
    }

    /** The line of the next column that stands nearest in height. */
    beside(item, by) {
      const column = this.columns[this.columns.indexOf(item.closest("section")) + by];
      const off = (line) => Math.abs(line.offsetTop - item.offsetTop);
      return column && [...column.querySelectorAll("li")].reduce((best, line) => (off(line) < off(best) ? line : best));
    }

    find() {
      this.choose(null);
      const words = this.search.value.replaceAll("'", "’").toLowerCase().split(/\s+/).filter(Boolean);
      const text = ({ item, link }) => `${link.textContent} ${item.dataset.says ?? ""} ${item.id.replaceAll("-", " ")}`.toLowerCase();
      const hits = [...this.graph.values()].filter((node) => words.length && words.every((word) => text(node).includes(word)));
      for (const node of this.graph.values()) node.item.classList.toggle("cmap-hit", hits.includes(node));
      this.root.toggleAttribute("data-finding", words.length > 0); // on a narrow screen only what is found remains
      this.found.textContent = words.length ? `${hits.length} found` : "";
    }
  }

  document.querySelectorAll(".cmap").forEach((root) => new ConceptMap(root)); // a deferred script: the page is there
})();
