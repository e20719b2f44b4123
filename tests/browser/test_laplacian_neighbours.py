"""The circle of neighbours in a browser: certified, driven by mouse and keys."""

from functools import cache

import numpy as np
import pytest
from driving import (
    box,
    certified,
    compute,
    control,
    distance,
    drag,
    give,
    grip,
    mutate,
    press,
    readout,
    state,
    step_time,
    violations,
    words,
)
from formulas import random_formula

from mathcalc.explorables import LaplacianNeighbours, base
from mathcalc.explorables.laplacian_neighbours import SURFACES, reference

pytestmark = pytest.mark.browser

MODULE = "laplacian_neighbours.mjs"
TOLERANCE = 1e-9
KEYS = ("value", "laplacian", "excess", "mean", "forecast")


def own(k):
    """A formula without a kink, whose mean both rules take to ten digits."""
    seeds = range(100 * k, 100 * k + 100)
    return next(f for f in (random_formula(s, depth=3) for s in seeds) if "abs" not in f)


def states(count):
    """Seeded states: the menu at any radius, formulas of one's own on smaller circles."""
    rng = np.random.default_rng(53)
    for k in range(count):
        r = float(np.exp(rng.uniform(np.log(0.01), np.log(1 if k % 2 else 0.4))))
        p = rng.uniform(-2, 2, 2).round(3).tolist()
        formula = SURFACES[k // 2 % 4]["formula"] if k % 2 else own(k)
        yield {"formula": formula, "p": p, "r": round(r, 4)}


@cache
def references():
    return [(each, reference(each)) for each in states(300)]


def worst(page, rows):
    shown = compute(page, [s for s, _ in rows])
    return max(distance(s, ours, KEYS) for s, (_, ours) in zip(shown, rows, strict=True))


def test_300_states_agree(module, record_property):
    rows = references()
    found = worst(module(base.module_text(MODULE)), rows)
    certified(record_property, "laplacian-neighbours", len(rows), found)
    assert found < TOLERANCE


def test_the_known_number(module):
    page = module(base.module_text(MODULE))
    (found,) = compute(page, [{"formula": "x**2 + y**2", "p": [1, 1], "r": 0.5}])
    assert found["mean"] == pytest.approx(0.25, abs=1e-12)
    assert found["forecast"] == 0.25


MUTATIONS = {
    "one second derivative": ("hessian[0][0] + hessian[1][1]", "hessian[0][0] + hessian[0][1]"),
    "the quarter": ("(r * r * laplacian) / 4", "(r * r * laplacian) / 2"),
    "the middle": ("Math.sin(angle)]) - value", "Math.sin(angle)])"),
    "the circle": ("y + r * Math.sin(angle)", "y + r * Math.cos(angle)"),
    "the count": ("0) / COUNT", "0) / (COUNT - 1)"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    mutate(monkeypatch, [MODULE], line, wrong)
    page = module(base.module_text(MODULE))
    assert worst(page, references()[:40]) > 1e-6


@pytest.fixture
def figure(live):
    return live(LaplacianNeighbours())


def test_it_starts_with_the_known_numbers(figure):
    shown = [readout(figure, key) for key in ("value", "laplacian", "mean", "forecast", "gap")]
    assert shown == ["2", "4", "0.25", "0.25", "0"]
    assert "0.25 higher than the middle, exactly what" in words(figure)


def test_the_point_and_the_radius_are_dragged(figure):
    before = grip(figure, 1)
    drag(figure, 0, -50, 30)
    x, y = state(figure, "p")
    assert x < 0.6
    assert y < 0.8
    assert state(figure, "r") == 0.5
    after = grip(figure, 1)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((-50, 30), abs=2)
    drag(figure, 1, 20, 0)
    assert state(figure, "r") > 0.65
    drag(figure, 1, -300, 0)
    assert 0.01 <= state(figure, "r") <= 1
    assert state(figure, "p") == [x, y]


def test_keys_move_both(figure):
    press(figure, 1, "ArrowRight")
    assert state(figure, "r") == pytest.approx(0.51)
    press(figure, 1, "Shift+ArrowDown")
    assert state(figure, "r") == pytest.approx(0.36)
    press(figure, 0, "ArrowUp")
    assert state(figure, "p")[1] > 1
    control(figure, "r").focus()
    figure.keyboard.press("ArrowLeft")
    assert state(figure, "r") < 0.36


def test_a_harmonic_function_has_no_difference_anywhere(figure):
    control(figure, "surface").select_option(label="monkey saddle")
    for p, r in (([1, 1], 0.5), ([-1.3, 0.4], 1), ([0, 0], 0.01)):
        give(figure, "p", p)
        box(figure, "r", r)
        assert readout(figure, "mean") == readout(figure, "forecast") == "0"
        assert "Δf = 0 here" in words(figure)


def test_the_rest_of_a_curved_function_is_told(figure):
    control(figure, "surface").select_option(label="egg box")
    box(figure, "r", 1)
    far = float(readout(figure, "gap"))
    box(figure, "r", 0.5)
    assert far / float(readout(figure, "gap")) == pytest.approx(16, rel=0.1)
    assert "falls with r⁴" in words(figure)
    control(figure, "formula").fill("x**4")
    give(figure, "p", [0, 0])
    assert "though Δf = 0 here" in words(figure)


def test_a_small_circle_shows_no_dust(figure):
    box(figure, "r", 0.01)
    give(figure, "p", [2, -2])
    assert readout(figure, "mean") == readout(figure, "forecast") == "1.00×10⁻⁴"
    assert readout(figure, "gap") == "0"


def test_missing_values_are_sentences(figure):
    control(figure, "formula").fill("log(x) + y")
    give(figure, "p", [-1, 0])
    assert "no value here" in words(figure)
    give(figure, "p", [0.2, 0])
    assert "take a smaller one" in words(figure)
    control(figure, "formula").fill("sqrt(x**2 + y**2)")
    give(figure, "p", [0, 0])
    assert "no Laplacian here" in words(figure)
    control(figure, "formula").fill("x^2")
    assert figure.locator(".mc-error").text_content().strip()
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").count() == 24
    assert "NaN" not in figure.locator("figure").inner_html()


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(LaplacianNeighbours(), width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_is_quick(figure):
    took = step_time(figure, "p", [[k / 40 - 1, 1 - k / 50] for k in range(80)])
    print(f"a step takes {took:.1f} ms")
    assert took < 8
