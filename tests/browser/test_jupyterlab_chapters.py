"""Every chapter in a real JupyterLab: it runs, its figures live, page and Python stay in step."""

import ast
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from labs import KERNEL, PANEL, ask, execute, jupyterlab, opened, run_all, until
from nbformat.v4 import new_code_cell, new_notebook

from mathcalc import explorables

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
VIEW = '"application/vnd.jupyter.widget-view+json"'
OUTPUTS = f"""{PANEL}.content.widgets.flatMap(({{ model }}, cell) =>
    [...Array(model.outputs?.length ?? 0).keys()].map((k) => [cell, model.outputs.get(k)]))"""
SHOWN = f"() => {OUTPUTS}.map(([cell, o]) => [cell, o.data[{VIEW}]?.model_id]).filter((s) => s[1])"
ERRORS = f"""() => {OUTPUTS}.map(([cell, output]) => output.toJSON())
    .filter((o) => o.output_type === "error" || o.name === "stderr")"""
UNRUN = f"""() => {PANEL}.content.widgets.filter(({{ model }}) =>
    model.type === "code" && model.sharedModel.source && model.executionCount === null).length"""
# What a reader sees of a figure: where its controls stand, and all that is drawn and written.
SEEN = """(cell) => { const live = cell.querySelector(".mc-live");
    const controls = [...live.querySelectorAll("input, select")].map((e) => [e.value, e.checked]);
    const drawn = [...live.querySelectorAll("*")].map((e) =>
        [e.tagName, ...[...e.attributes].map(({ name, value }) => `${name}=${value}`).sort()]);
    return JSON.stringify([controls, drawn, live.textContent]); }"""
RADIO = ".mc-live input[type=radio]:enabled"
HELP = """
import json
from ipywidgets.widgets.widget import _instances as _shown
def _put(name, state):
    for key, value in json.loads(state).items():
        setattr(_shown[name], key, value)
"""


@dataclass(frozen=True)
class Figure:
    """A widget that a notebook shows."""

    page: Any
    cell: int
    id: str

    @property
    def name(self):
        return ask(self.page, f"type(_shown[{self.id!r}]).__name__")

    def state(self):
        return ask(self.page, f"_shown[{self.id!r}].state()")

    def put(self, state):
        execute(self.page, f"_put({self.id!r}, {json.dumps(state)!r})")

    @property
    def node(self):
        """The cell's element, in view: JupyterLab may keep others out of the page."""
        self.page.evaluate(f"(cell) => {PANEL}.content.scrollToItem(cell)", self.cell)
        found = f"(cell) => {PANEL}.content.widgets[cell].node"
        return self.page.evaluate_handle(found, self.cell).as_element()

    def seen(self):
        return self.node.evaluate(SEEN)


def looked_up(page):
    """Return the cell and the id of each widget that is shown, and let the kernel find them."""
    execute(page, HELP)
    return page.evaluate(SHOWN)


def shown(page):
    """Return the live figures, and the controls of `interact`, in the order of the notebook."""
    figures = [Figure(page, *found) for found in looked_up(page)]
    return (
        [f for f in figures if f.name in explorables.__all__],
        [f for f in figures if f.name == "Interactive"],
    )


def meant(path):
    """Return the names of the live figures that a notebook's source ends a cell with."""
    cells = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    last = [ast.parse(source).body[-1:] for source in cells]
    calls = [n.value for (n,) in filter(None, last) if isinstance(n, ast.Expr)]
    names = [c.func.id for c in calls if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)]
    return [name for name in names if name in explorables.__all__]


def controls(figure):
    """Return the sliders and handles that a reader can move, or what he may guess before."""
    node = figure.node
    for kind in (".mc-live input[type=range]:enabled, .mc-handle[aria-label]", RADIO):
        found = [c for c in node.query_selector_all(kind) if c.is_visible()]
        if found:
            return found
    return []


def unmoved(figure):
    """Return what a reader moves in vain, and what does not go back when Python says so."""
    return [fault for k in range(len(controls(figure))) if (fault := moved_and_back(figure, k))]


def moved_and_back(figure, k):
    """Move a control by keys, then have Python undo it; return what went wrong."""
    control, before, seen = controls(figure)[k], figure.state(), figure.seen()
    label = f"{figure.name}: {control.get_attribute('aria-label') or f'answer {k}'}"
    if not any(pressed(figure, control, key, before) for key in ("ArrowRight", "ArrowLeft", " ")):
        return f"{label} does not move Python"
    if figure.seen() == seen:
        return f"{label} does not move the page"
    control.evaluate("(control) => control.blur()")
    figure.put({key: v for key, v in before.items() if v != figure.state()[key]})
    if not until(figure.page, lambda: figure.seen() == seen, 5):
        return f"{label} is not moved by Python"
    return None


def pressed(figure, control, key, before):
    """Press a key on a control until Python hears of it: some sliders are finer than a number."""
    control.focus()
    return any(heard(figure, key, before) for _ in range(8))


def heard(figure, key, before):
    figure.page.keyboard.press(key)
    return until(figure.page, lambda: figure.state() != before, 0.5)


def unanswered(figure):
    """Return which controls of an `interact` leave its picture as it is, or ruin it."""
    return [n for n in range(len(asked(figure))) if not answered(figure, n)]


def asked(figure):
    return figure.node.query_selector_all(".widget-interact .noUi-handle, .widget-interact select")


def picture(figure):
    node = figure.node.query_selector(".widget-interact svg[role=img]")
    return node and node.inner_html()


def answered(figure, n):
    """Choose another value of a control; tell whether another picture comes."""
    control, before = asked(figure)[n], picture(figure)
    if control.evaluate("(control) => control.matches('select')"):
        other = control.evaluate("(select) => (select.selectedIndex + 1) % select.length")
        control.select_option(index=other)
    else:
        last = control.evaluate("(e) => e.ariaValueNow === e.ariaValueMax")
        control.focus()
        figure.page.keyboard.press("ArrowLeft" if last else "ArrowRight")
    return until(figure.page, lambda: picture(figure) not in (None, before), 40)


def served(browser, folder, name):
    """A notebook of a folder in a JupyterLab of its own, after all of its cells have run."""
    home = folder / "home"
    home.mkdir()
    with jupyterlab(folder, home) as lab, opened(browser, lab, name) as page:
        run_all(page)
        yield page


@pytest.fixture(
    scope="module",
    params=[pytest.param(c, marks=pytest.mark.xdist_group(f"lab-{c.stem}")) for c in CHAPTERS],
    ids=lambda path: path.stem,
)
def chapter(request, browser, tmp_path_factory):
    """A chapter's path, and the page in which it has run."""
    folder = tmp_path_factory.mktemp("chapters") / "notebooks"
    shutil.copytree(ROOT / "notebooks", folder)
    for page in served(browser, folder, request.param.name):
        yield request.param, page


def test_every_cell_runs_without_a_complaint(chapter):
    _, page = chapter
    assert page.evaluate(ERRORS) == []
    assert page.evaluate(UNRUN) == 0


def test_every_figure_draws(chapter):
    path, page = chapter
    figures, _ = shown(page)
    assert [figure.name for figure in figures] == meant(path) != []
    drawn = [f.node.query_selector_all(".mc-live :is(svg, canvas, table)") for f in figures]
    assert [f.name for f, found in zip(figures, drawn, strict=True) if not found] == []


def test_page_and_python_move_each_other(chapter):
    _, page = chapter
    figures, _ = shown(page)
    assert all(controls(figure) for figure in figures)
    assert [fault for figure in figures for fault in unmoved(figure)] == []


def test_interact_answers(chapter):
    path, page = chapter
    _, interacts = shown(page)
    assert len(interacts) == path.read_text("utf8").count('"@interact(')
    assert [(f.cell, found) for f in interacts if (found := unanswered(f))] == []
    assert page.evaluate(ERRORS) == []


PLANTED = """
from mathcalc.explorables import DifferenceStep
class Deaf(DifferenceStep):
    def set_state(self, sync_data):
        "What the page says is not heard."
class Mute(DifferenceStep):
    def send_state(self, key=None):
        "What Python says is not said."
class Dead(DifferenceStep):
    _esm = "export default { render() { throw new Error('planted') } }"
"""
STUCK = """
from mathcalc.explorables.interact import interact
from mathcalc import plotting
import matplotlib.pyplot as plt
@interact(k=(0, 4))
def still(k):
    plotting.show(plt.figure(figsize=(2, 1)), alt="always the same")
"""


@pytest.mark.xdist_group("lab-planted")
def test_planted_faults_are_seen(browser, tmp_path):
    """A cell that fails, a figure that is dead, deaf or mute, an `interact` that does nothing."""
    cells = (PLANTED, "Deaf()", "Mute()", "Dead()", STUCK, "1 / 0")
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells], metadata=KERNEL)
    nbformat.write(notebook, tmp_path / "planted.ipynb")
    with pytest.raises(AssertionError, match="planted"):  # the console says so, too
        for page in served(browser, tmp_path, "planted.ipynb"):
            assert [error["ename"] for error in page.evaluate(ERRORS)] == ["ZeroDivisionError"]
            deaf, mute, dead, still = (Figure(page, *s) for s in looked_up(page))
            assert {fault.partition(" does ")[2] for fault in unmoved(deaf)} == {"not move Python"}
            assert {fault.partition(" is ")[2] for fault in unmoved(mute)} == {
                "not moved by Python"
            }
            assert controls(dead) == [] and unanswered(still) == [0]
