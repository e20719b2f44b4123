"""The multiplier as tangency in a browser: certified, driven by mouse and keys."""

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

from mathcalc.explorables import LagrangeTangency, base
from mathcalc.explorables.lagrange_tangency import reference

pytestmark = pytest.mark.browser

MODULE = "lagrange_tangency.mjs"
TOLERANCE = 1e-9
KEYS = ("x", "value", "gradient", "normal", "unit", "along", "nu", "least", "price")


def states(count):
    rng = np.random.default_rng(23)
    for k in range(count):
        c, s = float(rng.uniform(1, 8)), float(rng.uniform(-4, 4))
        yield {"curve": ("line", "ellipse")[k % 2], "c": round(c, 3), "s": round(s, 3)}


@cache
def references():
    return [(each, reference(each)) for each in states(300)]


def worst(page, rows):
    found = 0.0
    for shown, (_, ours) in zip(compute(page, [s for s, _ in rows]), rows, strict=True):
        pairs = zip(shown["points"], ours["points"], strict=True)
        far = [distance(a, b, ("x", "value", "nu")) for a, b in pairs]
        found = max(found, distance(shown, ours, KEYS), *far)
    return found


def test_300_states_agree(module, record_property):
    rows = references()
    found = worst(module(base.module_text(MODULE)), rows)
    certified(record_property, "lagrange-tangency", len(rows), found)
    assert {len(ours["points"]) for _, ours in rows} >= {1, 2}
    assert found < TOLERANCE


MUTATIONS = {
    "the line's slope": ("[1, 2],", "[2, 1],"),
    "the line's point": ("(2 * c) / 5 - s", "(2 * c) / 5 + s"),
    "the ellipse's slope": ("[x, 4 * y]", "[x, 2 * y]"),
    "the ellipse's centre": ("[1.5, 1]", "[1.5, 1.01]"),
    "the gradient": ("v) => 2 * v)", "v) => v)"),
    "the multiplier": ("-dot(gradient, normal) / dot(normal, normal)", "-dot(gradient, normal)"),
    "the order": ("a.value - b.value", "b.value - a.value"),
    "the price": ("-points[0].nu", "points[0].nu"),
    "the halving": ("k < 60", "k < 9"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    mutate(monkeypatch, [MODULE], line, wrong)
    page = module(base.module_text(MODULE))
    try:
        found = worst(page, references()[:40])
    except ValueError:  # another number of points
        return
    assert found > 1e-7


@pytest.fixture
def figure(live):
    return live(LagrangeTangency())


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "value") == "7.25"
    assert readout(figure, "along") == "3.000"
    assert readout(figure, "price") == "2.000"
    assert "a step backwards along it makes f smaller" in words(figure)


def test_at_the_tangency_nothing_is_left(figure):
    box(figure, "s", 0)
    assert readout(figure, "along") == "0.000"
    assert readout(figure, "nu") == "−2.000"
    assert "∇f is parallel to ∇g" in words(figure)


def test_the_level_line_goes_through_the_point(figure):
    box(figure, "s", -2.5)
    known = reference({"curve": "line", "c": 5.0, "s": -2.5})
    pixels = 50  # for a unit of length
    radius = float(figure.locator("circle.mc-through").get_attribute("r"))
    assert radius == pytest.approx(pixels * np.linalg.norm(known["x"]), abs=0.06)
    control(figure, "curve-1").check()
    circle = figure.locator("circle.mc-through")
    centre = [float(circle.get_attribute(name)) / pixels for name in ("cx", "cy")]
    np.testing.assert_allclose(centre, [4 + 1.5, 4 - 1])


def test_the_point_is_dragged_and_walked_by_keys(figure):
    drag(figure, 0, -80, -40)
    assert state(figure, "s") < 0.5
    before = state(figure, "s")
    press(figure, 0, "ArrowRight")
    assert state(figure, "s") == pytest.approx(before + 0.04)
    control(figure, "curve-1").check()
    box(figure, "s", 3.98)
    press(figure, 0, "ArrowRight")
    assert state(figure, "s") == pytest.approx(-3.98)  # once around


def test_a_tangency_need_not_be_the_least(figure):
    control(figure, "curve-1").check()
    far = reference({"curve": "ellipse", "c": 5.0, "s": 0.0})["points"][-1]["x"]
    s = 4 / np.pi * np.arctan2(far[1] / np.sqrt(2.5), far[0] / np.sqrt(10))
    figure.evaluate(
        "(s) => document.querySelector('figure').explorable.model.set('s', s)", round(s, 3)
    )
    assert "It is not the least value all the same" in words(figure)


def test_the_table_has_the_points(figure):
    control(figure, "curve-1").check()
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").count() == 2


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(LagrangeTangency("ellipse"), width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_is_quick(figure):
    control(figure, "curve-1").check()
    took = step_time(figure, "s", [k / 15 - 2.5 for k in range(76)])
    print(f"a step takes {took:.1f} ms")
    assert took < 8
