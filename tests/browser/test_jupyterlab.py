"""The live figure in a real JupyterLab: the page moves Python, and Python moves the page."""

import json
import re

import pytest
from labs import IDLE, KERNEL, PANEL, jupyterlab, opened

pytestmark = pytest.mark.browser

CELLS = (
    "from mathcalc.explorables import GDSurface\nfigure = GDSurface()\nfigure",
    "print('eta is', figure.eta)",
    "figure.start = [-1.0, 0.5]",
    "import matplotlib.pyplot as plt\nfrom mathcalc import plotting\n"
    "from mathcalc.explorables.interact import interact\n\n"
    "@interact(k=(0, 4))\ndef own(k):\n"
    "    plotting.show(plt.figure(figsize=(2, 1)), alt=f'picture {k}')",
)


def notebook():
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{k}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": s,
        }
        for k, s in enumerate(CELLS)
    ]
    return json.dumps({"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """A JupyterLab with one notebook."""
    place = tmp_path_factory.mktemp("lab")
    (place / "figure.ipynb").write_text(notebook(), "utf8")
    with jupyterlab(place, place) as lab, opened(browser, lab, "figure.ipynb") as page:
        yield page


def run(page, number):
    """Run one cell, and wait until the kernel has."""
    page.locator(".jp-CodeCell .jp-InputPrompt").nth(number).click()
    page.wait_for_function(IDLE)
    page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")
    prompt = page.locator(".jp-CodeCell .jp-InputPrompt").nth(number)
    prompt.filter(has_text=re.compile(r"\[\d+\]")).wait_for(state="attached")


def test_the_page_moves_python_and_python_the_page(page):
    run(page, 0)
    page.wait_for_selector(".mc-live .mc-bands path, .mc-live .mc-bands polygon", state="attached")
    box = page.locator('.mc-live [data-box="eta"]')
    box.fill("0.1")
    box.press("Enter")
    run(page, 1)
    page.get_by_text("eta is 0.1", exact=True).wait_for()
    run(page, 2)
    page.wait_for_function(
        "document.querySelector('[data-readout=point]').textContent.includes('0.5')"
    )
    assert page.locator('[data-readout="point"]').text_content().startswith("(−1")


def test_interact_runs_python_again(page):
    run(page, 3)
    page.wait_for_selector('svg[aria-label="picture 2"]', state="attached")
    page.locator(".widget-interact .noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector('svg[aria-label="picture 3"]', state="attached")
    assert page.locator(".widget-interact svg[role=img]").count() == 1


def test_a_key_pressed_in_a_figure_stays_there_and_a_chord_does_not(page):
    """JupyterLab would go to another cell with an arrow, and must still save with Ctrl+S."""
    run(page, 0)
    slider = page.locator('.mc-live [data-control="eta"]').first
    before, cell = slider.input_value(), page.evaluate(f"{PANEL}.content.activeCellIndex")
    slider.press("ArrowRight")
    assert slider.input_value() != before
    assert page.evaluate(f"{PANEL}.content.activeCellIndex") == cell
    page.evaluate(f"{PANEL}.context.model.dirty = true")
    slider.press("Control+s")
    page.wait_for_function(f"!{PANEL}.context.model.dirty")
