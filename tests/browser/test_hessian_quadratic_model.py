"""The quadratic form in a browser: certified, driven by mouse and keys."""

from functools import cache
from math import degrees, hypot, pi

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

from mathcalc.explorables import HessianQuadraticModel, base
from mathcalc.explorables.hessian_quadratic_model import reference

pytestmark = pytest.mark.browser

MODULE = "hessian_quadratic_model.mjs"
TOLERANCE = 1e-9
KEYS = ("u", "eigen", "trace", "det", "curvature", "twist", "centre", "radius")


def states(count):
    """Seeded states: any matrix, matrices of the sliders' grid, singular ones."""
    rng = np.random.default_rng(17)
    for k in range(count):
        a, b, c = rng.uniform(-3, 3, 3)
        if k % 3 == 1:
            a, b, c = np.round(np.array([a, b, c]) * 4) / 4
        if k % 3 == 2:
            b, c = a * b / 3, a * b * b / 9
        yield {"a": float(a), "b": float(b), "c": float(c), "phi": float(rng.uniform(0, 2 * pi))}


@cache
def references():
    return [(each, reference(each)) for each in states(300)]


def projections(numbers):
    """The eigenvectors' signs are free, the projections on them are not."""
    return {"p": [np.outer(v, v) for v in numbers["vectors"]]}


def worst(page, rows):
    found = 0.0
    for shown, (_, ours) in zip(compute(page, [s for s, _ in rows]), rows, strict=True):
        assert shown["kind"] == ours["kind"]
        found = max(found, distance(shown, ours, KEYS))
        if ours["radius"] > 1e-3:
            found = max(found, distance(projections(shown), projections(ours), "p"))
    return found


def test_300_states_agree(module, record_property):
    rows = references()
    found = worst(module(base.module_text(MODULE)), rows)
    certified(record_property, "hessian-quadratic-model", len(rows), found)
    assert len({ours["kind"] for _, ours in rows}) >= 5
    assert found < TOLERANCE


def test_known_numbers(module):
    page = module(base.module_text(MODULE))
    first, second = compute(
        page, [{"a": 2, "b": 1, "c": 2, "phi": pi / 4}, {"a": 2, "b": 0, "c": -2, "phi": 0}]
    )
    assert first["eigen"] == pytest.approx([1, 3])
    assert (first["trace"], first["det"]) == (4, 3)
    assert first["curvature"] == pytest.approx(3)
    assert second["eigen"] == [-2, 2]
    assert second["kind"] == "indefinite"


MUTATIONS = {
    "the radius": ("radius = Math.hypot((a - c) / 2, b);", "radius = Math.hypot(a - c, b);"),
    "an eigenvalue": ("(a * c - b * b) / large", "(a * c - b) / large"),
    "the eigenvector's angle": ("Math.atan2(b, (a - c) / 2) / 2", "Math.atan2(b, a - c) / 2"),
    "the twist's sign": ("u[1] * Hu[0] - u[0] * Hu[1]", "u[0] * Hu[1] - u[1] * Hu[0]"),
    "the symmetric entry": ("b * u[0] + c * u[1]", "-b * u[0] + c * u[1]"),
    "what is flat": ("const FLAT = 1e-9", "const FLAT = 0"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    mutate(monkeypatch, [MODULE], line, wrong)
    page = module(base.module_text(MODULE))
    try:
        found = worst(page, references()[:60])
    except AssertionError:  # another kind of matrix
        return
    assert found > 1e-6


@pytest.fixture
def figure(live):
    return live(HessianQuadraticModel())


def test_it_starts_with_the_known_numbers(figure):
    assert [readout(figure, k) for k in ("low", "high", "trace", "det")] == ["1", "3", "4", "3"]
    assert readout(figure, "curvature") == "2.5"
    assert readout(figure, "kind") == "positive definite"
    assert "between λmin = 1 and λmax = 3" in words(figure)


def test_the_direction_is_dragged_and_both_pictures_follow(figure):
    (ux, uy), before = grip(figure, 0), grip(figure, 1)
    drag(figure, 0, 0, -150)
    assert state(figure, "phi") > 0.5
    assert grip(figure, 1) != pytest.approx(before, abs=3)
    x, y = grip(figure, 0)
    assert (x, y) != pytest.approx((ux, uy), abs=3)


def test_the_point_of_the_circle_is_dragged_and_stays_on_it(figure):
    give(figure, "phi", pi / 4 + 0.3)
    ring = figure.locator(".mc-ring").bounding_box()
    middle = ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2
    x, y = grip(figure, 1)
    drag(figure, 1, middle[0] - x, middle[1] - y - 90)
    px, py = grip(figure, 1)
    assert (px, py) == pytest.approx((middle[0], middle[1] - ring["height"] / 2), abs=2)
    assert float(readout(figure, "curvature")) == pytest.approx(2, abs=0.02)
    assert hypot(px - middle[0], py - middle[1]) == pytest.approx(ring["width"] / 2, abs=2)


def test_a_drag_round_the_circle_turns_u_steadily(figure):
    """Both u and −u have the point: the nearer one is taken, so u never leaps."""
    give(figure, "phi", 0.1)
    before, ring = 0.1, figure.locator(".mc-ring").bounding_box()
    figure.mouse.move(*grip(figure, 1))
    figure.mouse.down()
    for k in range(1, 25):
        angle = -pi / 2 + 0.2 + k * pi / 6
        x = ring["x"] + ring["width"] / 2 * (1 + 1.3 * np.cos(angle))
        figure.mouse.move(x, ring["y"] + ring["height"] / 2 * (1 - 1.3 * np.sin(angle)))
        now = state(figure, "phi")
        assert abs((now - before + pi) % (2 * pi) - pi) < 0.4
        before = now
    figure.mouse.up()


@pytest.mark.parametrize("index", [0, 1])
def test_keys_turn_it(figure, index):
    for key, turned in (("ArrowLeft", -1), ("ArrowUp", 1), ("Shift+ArrowRight", 15)):
        before = state(figure, "phi")
        press(figure, index, key)
        assert degrees(state(figure, "phi") - before) == pytest.approx(turned, abs=0.06)


def test_the_buttons_find_the_eigenvectors(figure):
    control(figure, "most").click()
    assert readout(figure, "curvature") == "3"
    assert "the largest" in words(figure)
    control(figure, "least").click()
    assert readout(figure, "curvature") == "1"
    assert "the smallest" in words(figure)


@pytest.mark.parametrize(("entries", "kind", "zero"), [
    ((2, 1, -2), "indefinite", "inside the circle"),
    ((-2, 1, -2), "negative definite", "to the right"),
    ((1, 1, 1), "positive semidefinite", "passes through zero"),
    ((-1, -1, -1), "negative semidefinite", "passes through zero"),
    ((0, 0, 0), "zero", "flat"),
])  # fmt: skip
def test_each_kind_has_its_sentence(figure, entries, kind, zero):
    for key, value in zip("abc", entries, strict=True):
        box(figure, key, value)
    assert readout(figure, "kind") == kind
    assert zero in words(figure)
    assert control(figure, "most").is_disabled() == (kind == "zero")
    assert "NaN" not in figure.locator("figure").inner_html()


def test_sliders_move_by_keys(figure):
    control(figure, "b").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "b") == 1.05
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").count() == 13


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(HessianQuadraticModel(), width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_is_quick(figure):
    turning = step_time(figure, "phi", [k / 7 for k in range(40)])
    bending = step_time(figure, "a", [k / 40 - 1 for k in range(80)])
    print(f"a turn takes {turning:.1f} ms, another H {bending:.1f} ms")
    assert max(turning, bending) < 8
