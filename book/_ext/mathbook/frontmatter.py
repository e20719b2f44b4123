"""Tables and lists of the pages around the chapters, made from the concept map."""

from collections import Counter
from itertools import groupby

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from .concepts import FILE, concepts, document, link


class FromTheMap(SphinxDirective):
    """A directive whose content depends on the concept map."""

    def inline(self, text):
        """Return a line of the page's own language as nodes."""
        found, messages = self.state.inline_text(text, self.lineno)
        return [*found, *messages]

    def run(self):
        """Return the nodes that `made` makes."""
        self.env.note_dependency(str(FILE))
        return self.made()


def page_link(env, page, home, text=None):
    """Return a link to a whole page, by its home; its text is the page's title."""
    goal = document(env, home)
    shown = nodes.inline("", text or "")
    options = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{goal}", "refdoc": page}
    explicit = text is not None
    return addnodes.pending_xref("", shown, refexplicit=explicit, refwarn=True, **options)


def table(head, rows):
    """Return a table; a cell is a list of inline nodes."""
    group = nodes.tgroup("", *[nodes.colspec(colwidth=1) for _ in head], cols=len(head))
    group += nodes.thead("", row([[nodes.Text(h)] for h in head]))
    group += nodes.tbody("", *map(row, rows))
    return nodes.table("", group)


def row(cells):
    """Return one row of a table."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *c)) for c in cells))


def joined(parts, between=", "):
    """Return inline nodes with a comma between them."""
    return [n for k, part in enumerate(parts) for n in ([nodes.Text(between)] * bool(k) + [part])]


def previews(names):
    """Return where the concepts of one row are previewed; they must agree, in their home too."""
    places = {(c["home"], *c["previews"]) for c in map(concepts().get, names)}
    if len(places) > 1:
        raise ValueError(f"one row, but several homes or previews: {', '.join(names)}")
    return places.pop()[1:]


class CanonicalHomes(FromTheMap):
    """``{canonical-homes}``: a row for each line of ids, with home and previews from the map."""

    has_content = True

    def made(self):
        """Return the table."""
        lines = [line.replace(",", " ").split() for line in self.content if line.strip()]
        head = ("topic", "taught in", "previewed in")
        return [table(head, [self.cells(names) for names in lines])]

    def cells(self, names):
        """Return the three cells of one row."""
        page = self.env.docname
        chapters = [page_link(self.env, page, p, f"chapter\u00a0{int(p)}") for p in previews(names)]
        topics = joined([link(name, page) for name in names], "; ")
        return topics, [link(names[0], page, kind="home")], joined(chapters) or [nodes.Text("–")]


def needed_from(home):
    """Return how many concepts of each earlier chapter a chapter's concepts build on."""
    found = concepts()
    needs = {r for c in found.values() if c["home"] == home for r in c["requires"]}
    homes = Counter(found[r]["home"] for r in needs if r in found)
    return {h: homes[h] for h in sorted(homes) if h.isdigit() and h < home}


class ReadingOrder(FromTheMap):
    """``{reading-order}``: lines ``home: what it answers``, as a chain of steps."""

    has_content = True

    def made(self):
        """Return the chain."""
        items = [self.step(*line.split(": ", 1)) for line in self.content if line.strip()]
        return [nodes.bullet_list("", *items, classes=["reading-order"])]

    def step(self, home, text):
        """Return one step: what it answers, and what it builds on."""
        page = self.env.docname
        title = nodes.strong("", "", page_link(self.env, page, home)) if home.isdigit() else None
        words = [title, nodes.Text(": ")] if title else []
        first = nodes.paragraph("", "", *words, *self.inline(text))
        return nodes.list_item("", first, *self.needs(home))

    def needs(self, home):
        """Return how many concepts of the chapters before it a chapter builds on."""
        counts = [f"{n} of chapter\u00a0{int(h)}" for h, n in needed_from(home).items()]
        text = f"concepts used: {', '.join(counts)}" if counts else ""
        return [nodes.paragraph("", text, classes=["reading-needs"])] if text else []


def initial(concept):
    """Return the letter under which a concept stands in the glossary."""
    return concept["title"][0].upper()


class Glossary(FromTheMap):
    """``{concept-glossary}``: all concepts that the map explains in a sentence, by letter."""

    def made(self):
        """Return a section for each letter."""
        terms = [c for c in concepts().values() if "says" in c]
        terms.sort(key=lambda c: c["title"].casefold())
        return [self.letter(letter, list(group)) for letter, group in groupby(terms, initial)]

    def letter(self, letter, terms):
        """Return the section of one letter."""
        name = f"glossary-{letter.lower()}"
        listed = nodes.definition_list("", *map(self.term, terms), classes=["terms"])
        return nodes.section("", nodes.title("", letter), listed, ids=[name], names=[name])

    def term(self, concept):
        """Return a term with what it means and where it is taught."""
        page, name = self.env.docname, concept["id"]
        head = nodes.term("", "", link(name, page), ids=[f"term-{name}"])
        where = [nodes.Text(" ("), link(name, page, kind="home"), nodes.Text(")")]
        says = nodes.paragraph("", "", nodes.Text(concept["says"]), *where)
        return nodes.definition_list_item("", head, nodes.definition("", says))


def setup(app):
    """Register the directives."""
    app.add_directive("canonical-homes", CanonicalHomes)
    app.add_directive("reading-order", ReadingOrder)
    app.add_directive("concept-glossary", Glossary)
