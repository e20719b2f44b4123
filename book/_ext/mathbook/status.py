"""The tables of the page that says how the book was checked: none of their entries is typed."""

import ast
import re
from collections import Counter
from importlib.metadata import version

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from mathcalc import answers
from mathcalc.explorables import REGISTRY
from mathcalc.glue import scientific

from . import execution, reports
from .runs import runs

LIBRARIES = ("numpy", "scipy", "sympy", "jax", "matplotlib")
UNTESTED = (
    "This copy of the book was built before all its tests had passed on exactly these sources. "
    "`python3 make.py test` runs them, and the next build says here what they found."
)
FIGURE = re.compile(r'data-explorable="([\w-]+)"')
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SPECIAL = re.compile(r"([\\`*_{}\[\]<>|$~#&])")


# ── what the tables say ─────────────────────────────────────────────────────────────────────


def notebooks():
    """Say which notebooks ran, how long, and on what."""
    done = runs()
    rows = [(title(run.path), len(run.cells), f"{run.seconds:.0f}") for run in done]
    total = ("all", sum(row[1] for row in rows), f"{sum(run.seconds for run in done):.0f}")
    pythons = sorted({run.notebook.metadata.language_info.version for run in done})
    used = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    text = f"They ran on Python {' and '.join(pythons)} with {used}."
    return [*table(("notebook", "cells", "seconds"), [*rows, total]), "", text]


def formulas():
    """Say which formulas were triangulated, and how far the roads were apart."""
    found = [(run.path, shown) for run in runs() if (shown := badges(run))]
    tables = [line for path, shown in found for line in met(path, shown)]
    taken = Counter(road for _, shown in found for badge in shown for road in badge["roads"])
    roads = ", ".join(f"{road} ({count})" for road, count in taken.most_common())
    return [*tables, f"The roads, each with how many of the formulas took it: {roads}."]


def met(path, shown):
    """Return the table of one page's formulas."""
    rows = [
        (plain(b["name"]), len(b["roads"]), sizes(b["shapes"]), apart(b["largest"])) for b in shown
    ]
    return [f"In {title(path)}:", "", *table(("formula", "roads", "shapes", "apart"), rows), ""]


def badges(run):
    """Return the data of the badges that a notebook shows."""
    texts = [text for text in run.outputs("text/plain") if text.startswith("Agreement(")]
    calls = [ast.parse(text, mode="eval").body for text in texts]
    return [{k.arg: ast.literal_eval(k.value) for k in call.keywords} for call in calls]


def exercises():
    """Count each page's exercises, their questions, and the typical errors that are explained."""
    sheets = [(p, answers.chapter(execution.home(p))) for p in execution.notebooks()]
    rows = [(place(path), *counted(sheet)) for path, sheet in sheets if sheet]
    total = ("all", *map(sum, zip(*(row[1:] for row in rows), strict=True)))
    return table(("page", "exercises", "questions", "errors"), [*rows, total])


def counted(sheet):
    """Count exercises, questions and typical errors."""
    parts = [part for exercise in sheet.values() for part in exercise.values()]
    return len(sheet), len(parts), sum(len(part["wrong"]) for part in parts)


def figures(report=None):
    """Say in how many states each live figure was compared, and how many tests passed."""
    report = report or reports.read()
    if not (report and report.comparisons):
        return [UNTESTED]
    where = homes()
    rows = [
        (words(REGISTRY[c.figure][1]), where.get(c.figure, ""), c.states, apart(c.largest))
        for c in report.comparisons
    ]
    skipped = f"; {report.skipped} were skipped" if report.skipped else ""
    text = f"In the last run on exactly these sources {report.passed} tests passed{skipped}."
    count = f"It compared {len({row[0] for row in rows})} of the {len(REGISTRY)} kinds of figure."
    return [f"{text} {count}", "", *table(("figure", "in", "states", "apart"), rows)]


def homes():
    """Return where each live figure is shown first."""
    found = {}
    for run in runs():
        for name in FIGURE.findall(" ".join(run.outputs("text/html"))):
            found.setdefault(name, place(run.path))
    return found


# ── how they say it ─────────────────────────────────────────────────────────────────────────


def table(head, rows):
    """Write a table in Markdown; its numbers stand at the right."""
    right = [
        all(isinstance(v, int) or str(v).isdecimal() for v in c) for c in zip(*rows, strict=True)
    ]
    rule = ["--:" if number else "---" for number in right]
    return [f"| {' | '.join(map(str, row))} |" for row in (head, rule, *rows)]


def title(path):
    """Link to a notebook by its title."""
    return f"{{doc}}`/{address(path)}`"


def place(path):
    """Link to a notebook in two or three words."""
    home = execution.home(path)
    short = f"chapter {int(home)}" if home.isdigit() else home.replace("-", " ")
    return f"{{doc}}`{short} </{address(path)}>`"


def address(path):
    return path.relative_to(execution.ROOT).with_suffix("").as_posix()


def plain(text):
    """Keep a text from being read as Markdown."""
    return SPECIAL.sub(r"\\\1", text)


def words(name):
    """Write the name of a class as words: SVM Margin."""
    return HUMP.sub(" ", name)


def sizes(shapes):
    return ", ".join("×".join(map(str, shape)) or "1" for shape in shapes)


def apart(distance):
    """Write a relative distance; zero says more in a word."""
    return scientific(distance) if distance else "equal"


class Status(SphinxDirective):
    """One of the tables, made when the page is read."""

    required_arguments = 1
    tables = (notebooks, formulas, exercises, figures)

    def run(self):
        """Make the table, and have the page read anew in the next build."""
        self.env.note_reread()
        make = {t.__name__: t for t in self.tables}.get(self.arguments[0])
        if make is None:
            raise self.error(f"status: there is no table {self.arguments[0]!r}")
        node = nodes.container(classes=["status"])
        self.state.nested_parse(StringList(make()), self.content_offset, node)
        return [node]
