"""The budgets of `budgets.py`, kept with room for a machine that has other things to do."""

import pytest
from budgets import IMPORT, READY, STEP, import_time, loading, slowest, steps
from mathbook.execution import notebooks

from mathcalc.explorables import REGISTRY, explorable

pytestmark = pytest.mark.browser

ROOM = 8  # other tests run beside these, on as few processors


@pytest.mark.parametrize(
    "name", sorted(set(REGISTRY) - {"interact"})
)  # that one is given its pictures
def test_every_step_is_quick(live, name):
    page = live(explorable(name)())
    times = min((steps(page) for _ in range(3)), key=slowest)
    assert len(times) >= 25
    assert slowest(times) < ROOM * STEP


def test_a_slow_step_is_found(browser, tmp_path):
    slow = (
        "step.oninput = () => { const t = performance.now(); while (performance.now() < t + 80); }"
    )
    body = f"<figure><input type=range id=step></figure><script>{slow}</script>"
    page = browser.new_page()
    page.set_content(body)
    assert slowest(steps(page)) > ROOM * STEP
    page.close()


@pytest.mark.parametrize("chapter", [p.stem for p in notebooks() if p.stem[0].isdigit()])
def test_a_chapter_is_soon_ready(browser, served, chapter):
    address = f"{served}notebooks/{chapter}.html"
    reached = [loading(browser, address) for _ in range(2)]
    for what in ("formulas in sight", "first figure"):
        assert 0 < min(times[what] for times in reached) < ROOM * READY, what


def test_the_package_is_soon_imported():
    assert 0 < import_time() < ROOM * IMPORT
