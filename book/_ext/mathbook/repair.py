"""Repairs to the built pages: faults of the theme's stack that no setting reaches."""

import re
from itertools import count
from pathlib import Path

from . import icons

SUMMARY = re.compile(
    r'<summary aria-label="Toggle hidden content">\s*<p class="([^"]*)">(.*?)</p>'
    r'\s*<p class="([^"]*)">(.*?)</p>\s*</summary>',
    re.S,
)
WIDGETS = re.compile(
    r'<script type="application/vnd\.jupyter\.widget-(?:state|view)\+json">.*?</script>\s*', re.S
)
LATE_SCRIPT = re.compile(
    r"[ \t]*<script>((?:var togglebuttonSelector|const THEBE_JS_URL).*?)</script>\n", re.S
)
# For the theme's search while one types, which is off: its index weighs more than a figure.
SEARCH = re.compile(
    r'[ \t]*<script src="[^"]*(?:searchtools|language_data|searchindex)\.js[^"]*"></script>\n'
)
STILL = (
    '<p class="without-scripts">Without JavaScript, formulas stand here as TeX and live figures as'
    " pictures; the text is all there.</p>"
)
REPAIRS = (
    # docutils: a role that ARIA has dropped, in a list without items.
    (re.compile('role="doc-biblioentry"'), 'role="listitem"'),
    # myst-nb: a paragraph may not stand in a summary, whose name must hold the text seen.
    (SUMMARY, r'<summary><span class="\1">\2</span><span class="\3">\4</span></summary>'),
    # myst-nb: the state of widgets, which only the page's absent widget manager would read.
    (WIDGETS, ""),
    # MathJax lets a line end between a formula and the point or comma after it.
    (
        re.compile(r'(<span class="math notranslate nohighlight">[^<]*</span>)([.,;:?!)’”]+)'),
        r'<span class="kept">\1\2</span>',
    ),
    # The theme's search box: an attribute of one browser alone.
    (re.compile(r'(<input\b[^>]*?) autocorrect="[^"]*"'), r"\1"),
    # sphinx-design: aria-controls is not for labels of inputs.
    (re.compile(r'(<label\b[^>]*?) aria-controls="[^"]*"'), r"\1"),
    # The theme's search and colour buttons show words and keys; their names must hold both.
    (
        re.compile(
            r'(<button class="btn (?:search-button-field|[^"]*theme-switch-button)[^>]*?)'
            r' aria-label="[^"]*"'
        ),
        r"\1",
    ),
    # The theme colours a page by a script: where none runs, the page is a light one.
    (re.compile(r'(<html\b[^>]*?) data-theme="auto"'), r'\1 data-theme="light"'),
    # Whoever reads without scripts is told what he sees instead.
    (re.compile(r'(<article class="bd-article">)'), rf"\1\n<noscript>{STILL}</noscript>"),
    # The logo stood outside every landmark.
    (
        re.compile(r'<div class="sidebar-primary-item">(\s*<a class="navbar-brand logo)'),
        r'<div class="sidebar-primary-item" role="region" aria-label="Book home">\1',
    ),
    # The theme's colours: of what the browser keeps, no more than these words enters the page.
    (
        re.compile(r'= localStorage\.getItem\("(mode|theme)"\) \|\| "auto"'),
        r'= ["light", "dark"].find((known) => known === localStorage.getItem("\1")) ?? "auto"',
    ),
    # The theme's print button: pages forbid code in attributes (policy.py); listeners.js hears it.
    (re.compile(r'<button onclick="window\.print\(\)"'), "<button"),
)
INDEX = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={url}"><link rel="canonical" href="{url}"></head>
<body><main><h1>{title}</h1><p><a href="{url}">Open the book</a></p></main></body></html>
"""


def repaired(html):
    """Return a page without the faults."""
    for pattern, replacement in REPAIRS:
        html = pattern.sub(replacement, html)
    if 'id="search-results"' not in html:
        html = SEARCH.sub("", html)
    for name in ("proof", "proof-content", "exercise-content", "solution-content"):
        html = numbered(name, html)
    return once(LATE_SCRIPT, html)


def numbered(name, html):
    """Tell apart ids that sphinx-proof and sphinx-exercise make all the same."""
    number = count(1)
    return re.sub(f'id="{name}"', lambda _: f'id="{name}-{next(number)}"', html)


def once(pattern, html):
    """Keep the first of equal scripts: Sphinx 7 writes those that were added late twice."""
    seen: set[str] = set()

    def keep(match):
        first = match[1] not in seen
        seen.add(match[1])
        return match[0] if first else ""

    return pattern.sub(keep, html)


def repair_site(app, exception):
    """Repair every page of a finished build, and drop what is no page."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for path in out.glob("_static/**/*webpack-macros.html"):
        path.unlink()
    (out / ".buildinfo").unlink(
        missing_ok=True
    )  # it tells of folders here; each build is a full one
    for path in out.rglob("*.html"):
        if "_static" not in path.relative_to(out).parts:
            path.write_text(repaired(path.read_text("utf8")), "utf8")
    complete_index(out / "index.html", app.config.html_title)
    icons.trim(out)


def complete_index(path, title):
    """Make the bare redirect of Jupyter Book's start page a valid page."""
    url = re.search(r'url=([^"]+)', path.read_text("utf8"))
    if url and "<html" not in path.read_text("utf8"):
        path.write_text(INDEX.format(title=title, url=url[1]), "utf8")
