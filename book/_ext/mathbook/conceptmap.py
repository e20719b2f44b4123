"""The concept map on its page: a list with all links, which a script turns into a picture."""

from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .concepts import FILE, KIND, concepts, document, place

CHAPTERS = ("01", "02", "03", "04", "05")
BEFORE = ("prerequisites", "notation")
MARK = 'class="cmap"'
OPENING = (
    "Each line is a link to the place where a concept is taught; "
    "behind it stands what a reader needs first."
)


def column(home):
    """Return the number of a home's column: what comes before, five chapters, what is around."""
    if home in BEFORE:
        return 0
    return CHAPTERS.index(home) + 1 if home in CHAPTERS else len(CHAPTERS) + 1


def columns(found):
    """Return the concepts of each column, in the order of the file."""
    numbers = range(len(CHAPTERS) + 2)
    return [[c for c in found.values() if column(c["home"]) == k] for k in numbers]


def shown(title):
    """Return a title as HTML; its kind, such as *Worked example*, may be left out by the style."""
    kind = KIND.match(title)
    first = f'<span class="cmap-kind">{kind[1]}: </span>' if kind else ""
    return first + escape(kind[2] if kind else title)


def item(concept, found, address):
    """Return one concept: a link to its place, and links within the list to what it needs."""
    needs = [found[r] for r in concept["requires"] if r in found]
    links = ", ".join(f'<a href="#map-{r["id"]}">{escape(r["title"])}</a>' for r in needs)
    rest = f'<span class="cmap-needs"> needs {links}</span>' if links else ""
    said = f' data-says="{escape(concept["says"])}"' if "says" in concept else ""
    needed = escape(" ".join(r["id"] for r in needs))
    title = f'<a class="cmap-concept" href="{escape(address)}">{shown(concept["title"])}</a>'
    return f'<li id="map-{concept["id"]}" data-needs="{needed}"{said}>{title}{rest}</li>'


def markup(found, names, address):
    """Return the whole map as HTML.

    ``names`` are the columns' titles, ``address`` gives the link to a concept's place.
    """
    parts = []
    for k, (name, members) in enumerate(zip(names, columns(found), strict=True)):
        items = "\n".join(item(c, found, address(c["id"])) for c in members)
        head = f'<h2 id="cmap-{k}">{escape(name)}</h2>'
        parts.append(f'<section aria-labelledby="cmap-{k}">{head}<ol>{items}</ol></section>')
    board = f'<div class="cmap-board">{"".join(parts)}</div>'
    return f'<div {MARK}><p class="cmap-opening">{OPENING}</p>{board}</div>'


class conceptmap(nodes.General, nodes.Element):
    """Where the map stands; it is written when all places are known."""


def write(self, node):
    """Write the map into a page of HTML."""
    builder, page = self.builder, self.builder.current_docname

    def address(name):
        goal, anchor = place(builder.env, name) or (page, f"map-{name}")
        return f"{builder.get_relative_uri(page, goal)}#{anchor}"

    titles = [builder.env.titles[document(builder.env, c)].astext() for c in CHAPTERS]
    numbered = [f"{k} {title}" for k, title in enumerate(titles, 1)]
    names = ["Before you start", *numbered, "Around the chapters"]
    self.body.append(markup(concepts(), names, address))
    raise nodes.SkipNode


class ConceptMap(SphinxDirective):
    """``{concept-map}``: the map of all that is taught."""

    def run(self):
        """Leave a place for it."""
        self.env.note_dependency(str(FILE))
        return [conceptmap()]


def load_where_needed(app, pagename, templatename, context, doctree):
    """Add script and style to the page that has the map."""
    if MARK in context.get("body", ""):
        app.add_css_file("concept-map.css")
        app.add_js_file("concept-map.js", loading_method="defer")


def skip(self, node):
    """Leave the map out where there is no page of HTML."""
    raise nodes.SkipNode


def setup(app):
    """Register the directive."""
    app.add_node(conceptmap, html=(write, None), latex=(skip, None), text=(skip, None))
    app.add_directive("concept-map", ConceptMap)
    app.connect("html-page-context", load_where_needed)
