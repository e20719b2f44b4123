"""The live figure in a real JupyterLab: the page moves Python, and Python moves the page."""

import json
import os
import re
import subprocess
import sys
import threading

import pytest

pytestmark = pytest.mark.browser

TOKEN = "calculus"
CELLS = (
    "from mathcalc.explorables import GDSurface\nfigure = GDSurface()\nfigure",
    "print('eta is', figure.eta)",
    "figure.start = [-1.0, 0.5]",
    "import matplotlib.pyplot as plt\nfrom mathcalc import plotting\n"
    "from mathcalc.explorables.interact import interact\n\n"
    "@interact(k=(0, 4))\ndef own(k):\n"
    "    plotting.show(plt.figure(figsize=(2, 1)), alt=f'picture {k}')",
)
IDLE = "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


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
def lab(tmp_path_factory):
    """The address of a JupyterLab with one notebook, which keeps its settings to itself."""
    home = tmp_path_factory.mktemp("lab")
    (home / "figure.ipynb").write_text(notebook(), "utf8")
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "HOME")
    env = {**os.environ, **{p: str(home / p.lower()) for p in places}}
    options = [
        "--no-browser",
        "--allow-root",
        "--port=0",
        "--expose-app-in-browser",
        f"--IdentityProvider.token={TOKEN}",
    ]
    quiet = [
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    command = [sys.executable, "-m", "jupyterlab", *options, *quiet, f"--notebook-dir={home}"]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        yield address(server)
        server.terminate()


def address(server):
    seen = []
    for line in server.stderr:
        seen.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            # What it goes on to say must be read, or it waits for a reader.
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return found[0]
    pytest.fail("JupyterLab did not start: " + "".join(seen[-20:]))


@pytest.fixture(scope="module")
def page(browser, lab):
    page, foreign = browser.new_page(viewport={"width": 1400, "height": 1400}), []
    allowed = (lab, lab.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda r: r.url.startswith(allowed) or foreign.append(r.url))
    page.set_default_timeout(120_000)
    page.goto(f"{lab}lab/tree/figure.ipynb?token={TOKEN}&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_function(IDLE)
    yield page
    assert foreign == []
    page.close()


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
