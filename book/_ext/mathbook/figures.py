"""Give the pages that have a live figure, and only those, its script and its style."""

from mathcalc import palette
from mathcalc.explorables import base

from .execution import BUILD

GENERATED = BUILD / "generated"
MARK = 'class="explorable"'


def write_bundle(app, config):
    """Write the figures' code, and the palette of the mathematical objects, as static files."""
    GENERATED.mkdir(parents=True, exist_ok=True)
    files = {
        "explorables.js": base.site_script(),
        "explorables.css": base.site_css(),
        "palette.css": palette.css(),
    }
    for name, text in files.items():
        (GENERATED / name).write_text(text, "utf8")
    config.html_static_path = [*config.html_static_path, str(GENERATED)]


def load_where_needed(app, pagename, templatename, context, doctree):
    """Add the figures' files to a page that shows one."""
    if MARK in context.get("body", ""):
        app.add_css_file("explorables.css")
        app.add_js_file("explorables.js", loading_method="defer")
