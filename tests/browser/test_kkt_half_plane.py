"""The ball between walls in a browser: certified, driven by mouse and keys."""

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
    mutate,
    press,
    readout,
    state,
    step_time,
    violations,
    words,
)

from mathcalc.explorables import KKTHalfPlane, base
from mathcalc.explorables.kkt_half_plane import reference

pytestmark = pytest.mark.browser

MODULE = "kkt_half_plane.mjs"
TOLERANCE = 1e-9
KEYS = ("x", "g", "mu", "pushes", "gradient", "value", "slope", "curve")


def states(count):
    """Seeded states: one wall and two, slack and pushing, and walls that just touch."""
    rng = np.random.default_rng(29)
    for k in range(count):
        c, d = rng.uniform(-3, 3, 2).round(2).tolist()
        a = rng.uniform(-2, 2, 2).round(2).tolist()
        if k % 10 == 0:
            c = round(a[0] + a[1], 2) if abs(a[0] + a[1]) <= 3 else c
        yield {"c": c, "d": d, "wall": k % 3 > 0, "a": a}


@cache
def references():
    return [(each, reference(each)) for each in states(300)]


def worst(page, rows):
    pairs = zip(compute(page, [s for s, _ in rows]), rows, strict=True)
    return max(distance(shown, ours, KEYS) for shown, (_, ours) in pairs)


def test_300_states_agree(module, record_property):
    rows = references()
    found = worst(module(base.module_text(MODULE)), rows)
    certified(record_property, "kkt-half-plane", len(rows), found)
    assert {tuple(m > 1e-9 for m in ours["mu"]) for _, ours in rows} >= {
        (True,),
        (False,),
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    }
    assert found < TOLERANCE


MUTATIONS = {
    "the sign of a wall": ("n: [-1, -1], b: -c", "n: [-1, -1], b: c"),
    "the gap": ("2 * (dot(n, a) - b)", "dot(n, a) - b"),
    "one wall": ("gap[0] / dot(active[0].n, active[0].n)", "gap[0]"),
    "two walls": ("qq * gap[0] - pq * gap[1]", "qq * gap[0] + pq * gap[1]"),
    "negative pushes": ("...mu.map((m) => -m), ", ""),
    "feasibility": ("!set.includes(k)))", "set.includes(k)))"),
    "the gradient": ("2 * (v - state.a[k])", "v - state.a[k]"),
    "a wall left out": ("[0, 1]];", "[1]];"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    mutate(monkeypatch, [MODULE], line, wrong)
    assert worst(module(base.module_text(MODULE)), references()[:60]) > 1e-6


@pytest.fixture
def figure(live):
    return live(KKTHalfPlane())


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "x") == "(0.50, 0.50)"
    assert readout(figure, "first") == "0, 1, 0"
    assert readout(figure, "second") == "none"
    assert "pushes with μ = 1" in words(figure)


def test_a_slack_wall_does_not_push(figure):
    box(figure, "c", -2)
    assert readout(figure, "first") == "−2, 0, 0"
    assert "slack by 2" in words(figure)
    box(figure, "c", 0)
    assert "g = 0 and μ = 0 at once" in words(figure)


def test_the_wall_is_dragged_and_moved_by_keys(figure):
    drag(figure, 1, 40, -40)
    assert state(figure, "c") > 1.5
    before = state(figure, "c")
    press(figure, 1, "ArrowDown")
    assert state(figure, "c") == pytest.approx(before - 0.02)
    assert readout(figure, "slope") == readout(figure, "first").split(", ")[1]


def test_what_draws_the_ball_is_dragged(figure):
    drag(figure, 0, 50, 0)
    assert state(figure, "a")[0] > 0.5
    assert state(figure, "a")[1] == 0


def test_the_second_wall_comes_and_goes(figure):
    assert not figure.locator('[data-box="d"]').is_visible()
    control(figure, "wall").check()
    assert readout(figure, "first") == "0, 1.5, 0"
    assert readout(figure, "second") == "0, 1, 0"
    assert "and  x ≤ d" in figure.locator(".mc-statement").text_content()
    press(figure, 2, "ArrowRight")
    assert state(figure, "d") == pytest.approx(0.27)
    box(figure, "d", 2)
    assert readout(figure, "second") == "−1.5, 0, 0"
    control(figure, "wall").uncheck()
    assert readout(figure, "second") == "none"


def test_the_table_has_the_conditions(figure):
    control(figure, "wall").check()
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").first.locator("td").all_text_contents() == [
        "x + y ≥ c", "0", "1.5", "0", "yes",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(KKTHalfPlane(wall=True), width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_is_quick(figure):
    took = step_time(figure, "c", [k / 15 - 2.5 for k in range(76)])
    print(f"a step takes {took:.1f} ms")
    assert took < 8
