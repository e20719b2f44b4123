"""The Jacobian's parallelogram in a browser: certified, driven by mouse and keys."""

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
    press,
    readout,
    state,
    step_time,
    violations,
    words,
)
from formulas import random_formula

from mathcalc.explorables import JacobianParallelogram, base
from mathcalc.explorables.jacobian_parallelogram import MAPS, reference

pytestmark = pytest.mark.browser

TOLERANCE = 1e-9
KEYS = ("value", "J", "det", "sigma", "ratio", "remainder")


def own(k):
    """Formulas without a kink, which no rule for integrals takes to ten digits."""
    seeds = (seed for seed in range(100 * k, 100 * k + 100))
    smooth = (f for f in (random_formula(s, depth=2) for s in seeds) if "abs" not in f)
    return {"first": next(smooth), "second": next(smooth)}


def states(count):
    """Seeded states: the menu at any size, small shapes for formulas of one's own."""
    rng = np.random.default_rng(31)
    for k in range(count):
        entry = {key: MAPS[k % 4][key] for key in ("first", "second")} if k % 3 else own(k)
        s = float(np.exp(rng.uniform(np.log(0.01), 0 if k % 3 else np.log(0.2))))
        p = rng.uniform(-2, 2, 2).round(3).tolist()
        yield {**entry, "p": p, "s": round(s, 4), "shape": ("square", "circle")[k % 2]}


@cache
def references():
    return [(each, reference(each)) for each in states(300)]


def turns(numbers):
    """The parts uₖvₖᵀ of J = σ₁u₁v₁ᵀ + σ₂u₂v₂ᵀ: the vectors' signs are free, these are not."""
    u, v = (np.array(numbers[key]) for key in "uv")
    return {"turns": np.einsum("ki,kj->kij", u, v)}


def worst(page, rows):
    found = 0.0
    for shown, (_, ours) in zip(compute(page, [s for s, _ in rows]), rows, strict=True):
        found = max(found, distance(shown, ours, KEYS))
        if (
            ours["sigma"][0] - ours["sigma"][1] > 1e-3 * ours["sigma"][0]
            and ours["sigma"][1] > 1e-3
        ):
            found = max(found, distance(turns(shown), turns(ours), ("turns",)))
    return found


def test_300_states_agree(module, record_property):
    rows = references()
    found = worst(module(base.module_text("jacobian_parallelogram.mjs")), rows)
    certified(record_property, "jacobian-parallelogram", len(rows), found)
    assert found < TOLERANCE


def test_known_numbers(module):
    page = module(base.module_text("jacobian_parallelogram.mjs"))
    for p, det in (([1, 2], 0), ([1, 1], 1)):
        (found,) = compute(page, [{**JacobianParallelogram().state(), "p": p}])
        assert found["J"] == [[2, 1], [p[1], 1]]
        assert found["det"] == det
        assert found["remainder"] == pytest.approx(0.5, abs=1e-12)


MUTATIONS = {
    "the order of J's rows": ("J: [slopes(one), slopes(two)]", "J: [slopes(two), slopes(one)]"),
    "the determinant's sign": ("cross(here.J[0], here.J[1])", "cross(here.J[1], here.J[0])"),
    "the angle of v₁": ("a * a + c * c - b * b - d * d", "a * a + b * b - c * c - d * d"),
    "a half": ("sum += 0.5 * weight", "sum += 0.501 * weight"),
    "the remainder's model": ("minus(minus([f.value(at), g.value(at)], value), times(J, h))",
                              "minus([f.value(at), g.value(at)], value)"),
    "the orientation": ("det < 0 ? -1 : 1", "det < 0 ? 1 : 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("jacobian_parallelogram.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    page = module(base.module_text("jacobian_parallelogram.mjs"))
    assert worst(page, references()[:40]) > 1e-6


@pytest.fixture
def figure(live):
    return live(JacobianParallelogram())


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "jacobian") == "[2  1; 1  1]"
    assert readout(figure, "det") == "1"
    assert readout(figure, "remainder") == "0.5"


def test_a_singular_jacobian_is_told(figure):
    give(figure, "p", [1, 2])
    assert readout(figure, "jacobian") == "[2  1; 2  1]"
    assert readout(figure, "det") == "0"
    assert "squeezes the plane onto a line" in words(figure)


@pytest.mark.parametrize("s", [1, 0.05])
def test_the_point_is_dragged_under_the_glass_and_stays_under_the_hand(figure, s):
    box(figure, "s", s)
    before = grip(figure)
    drag(figure, 0, -60, 40)
    after = grip(figure)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((-60, 40), abs=1.5)
    x, y = state(figure, "p")
    assert (x, y) != (1, 1)
    assert readout(figure, "det") == f"{2 * x * x - y:.4g}".replace("-", "−")
    drag(figure, 0, 900, -900)
    assert state(figure, "p") == [2, 2]


def test_keys_move_the_point(figure):
    for key, moved in (
        ("ArrowLeft", [-0.02, 0]),
        ("ArrowUp", [0, 0.02]),
        ("ArrowDown", [0, -0.02]),
    ):
        give(figure, "p", [0.5, 0.5])
        give(figure, "s", 1)
        press(figure, 0, key)
        assert np.subtract(state(figure, "p"), [0.5, 0.5]).tolist() == pytest.approx(moved)


def test_the_smaller_the_square_the_closer_the_parallelogram(figure):
    give(figure, "p", [1, 1])
    for s in (1, 0.1, 0.01):
        box(figure, "s", s)
        assert float(readout(figure, "remainder")) == pytest.approx(s)
    control(figure, "s").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "s") > 0.01


def gap(page):
    """How far apart, in pixels, the two outlines on the right are."""
    numbers = "(e) => e.getAttribute('d').match(/[\\d.]+/g).map(Number)"
    real, model = (
        page.locator(f"path.mc-{kind}").last.evaluate(numbers) for kind in ("true", "model")
    )
    return max(abs(a - b) for a, b in zip(real, model, strict=True))


def test_the_outlines_meet_on_the_screen(figure):
    give(figure, "p", [1, 1])
    gaps = []
    for s in (1, 0.1, 0.01):
        box(figure, "s", s)
        gaps.append(gap(figure))
    assert gaps[0] > 20
    assert gaps[2] < 1
    assert gaps == sorted(gaps, reverse=True)


def test_the_circle_shows_singular_values(figure):
    control(figure, "map").select_option(label="polar")
    control(figure, "shape-1").click()
    assert state(figure, "shape") == "circle"
    assert readout(figure, "sigma") == "1.5, 1"
    assert "1.5 times one way and 1 times across" in words(figure)
    assert "σ₁u₁" in figure.locator(".mc-panes").text_content()


def test_a_pair_of_ones_own(figure):
    control(figure, "first").fill("3*x")
    control(figure, "second").fill("-2*y")
    assert readout(figure, "det") == "−6"
    assert "turns it over" in words(figure)
    assert control(figure, "map").input_value() == "-1"
    control(figure, "second").fill("y^2")
    assert figure.locator(".mc-error").last.text_content().strip()
    assert state(figure, "second") == "-2*y"


def test_no_value_and_no_jacobian_are_sentences(figure):
    control(figure, "first").fill("log(x)")
    give(figure, "p", [-1, 0])
    assert "no value here" in words(figure)
    give(figure, "p", [0.3, 0])
    control(figure, "shape-1").click()
    box(figure, "s", 1)
    assert "take a smaller one" in words(figure)
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").count() == 7
    assert "NaN" not in figure.locator("figure").inner_html()


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(JacobianParallelogram(), width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_is_quick(figure):
    took = step_time(figure, "p", [[k / 20 - 1, 1 - k / 30] for k in range(41)])
    print(f"a step takes {took:.1f} ms")
    assert took < 8
