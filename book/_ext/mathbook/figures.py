"""Give the pages that have a live figure, and only those, its script and its style."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mathcalc import explorables, palette
from mathcalc.explorables import base

from .execution import BUILD

GENERATED = BUILD / "generated"
MARK = re.compile(r'class="explorable" data-explorable="([\w-]+)"')


def write_palette(app, config):
    """Write the palette of the mathematical objects as a static file."""
    GENERATED.mkdir(parents=True, exist_ok=True)
    (GENERATED / "palette.css").write_text(palette.css(), "utf8")
    config.html_static_path = [*config.html_static_path, str(GENERATED)]


def load_where_needed(app, pagename, templatename, context, doctree):
    """Write script and style of a page's figures, and let the page load them."""
    names = set(MARK.findall(context.get("body", "")))
    if not names:
        return
    static, stem = Path(app.outdir, "_static"), f"explorables-{pagename.replace('/', '-')}"
    static.mkdir(exist_ok=True)
    (static / f"{stem}.js").write_text(base.site_script(names), "utf8")
    (static / f"{stem}.css").write_text(base.site_css(names), "utf8")
    app.add_css_file(f"{stem}.css")
    app.add_js_file(f"{stem}.js", loading_method="defer")


class Placed(SphinxDirective):
    """``{explorable} GDSurface``: a live figure in its first state, on a page without cells."""

    required_arguments = 1

    def run(self):
        """Return the figure around its still picture."""
        figure = getattr(explorables, self.arguments[0])()
        return [nodes.raw("", figure.to_html(), format="html")]
