"""Give the pages that have answer boxes, and only those, their script and their style."""

from mathcalc.exercises.messages import table
from mathcalc.explorables import base

from .figures import GENERATED

MARK = 'class="exercise-box"'
FILE = "exercise_box.mjs"
BODY = f"""const table = %s;
async function start() {{
  const {{ enliven }} = await import(url("{FILE}"));
  const places = document.querySelectorAll(".exercise-box:not([data-live])");
  for (const place of places) enliven(place, table);
}}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();"""


def script():
    """Return one classic script that brings the boxes of a page to life."""
    return base.page_script([FILE], BODY % base.as_script(table()))


def write_script(app, config):
    """Write the script as a static file."""
    GENERATED.mkdir(parents=True, exist_ok=True)
    (GENERATED / "exercises.js").write_text(script(), "utf8")


def load_where_needed(app, pagename, templatename, context, doctree):
    """Add script and style to a page that has a box, or shows what was found about an answer."""
    body = context.get("body", "")
    if MARK in body or 'class="exercise-found"' in body:
        app.add_css_file("exercises.css")
    if MARK in body:
        app.add_js_file("exercises.js", loading_method="defer")
