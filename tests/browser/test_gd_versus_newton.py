"""Gradient descent against Newton in a browser: certified, driven by mouse and keys."""

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
    mutate,
    press,
    readout,
    state,
    step_time,
    violations,
    words,
)

from mathcalc.explorables import GDVersusNewton, base
from mathcalc.explorables.gd_versus_newton import reference

pytestmark = pytest.mark.browser

MODULE = "gd_versus_newton.mjs"
TOLERANCE = 1e-9
KEYS = ("point", "newton", "factors", "rate", "limit")


def states(count):
    """Seeded states: any condition, calm and wild steps, starts on an axis."""
    rng = np.random.default_rng(41)
    for k in range(count):
        kappa = float(np.exp(rng.uniform(0, np.log(100))))
        x0 = rng.uniform(-2, 2, 2).round(2)
        x0[0] *= k % 7 != 0
        x0[1] *= k % 11 != 0
        eta = float(rng.uniform(0, 2.5)) / kappa
        t = int(rng.integers(0, 201))
        yield {"kappa": kappa, "eta": eta, "x0": x0.tolist(), "t": t}


@cache
def references():
    return [(each, reference(each)) for each in states(300)]


def worst(page, rows):
    found = 0.0
    for shown, (_, ours) in zip(compute(page, [s for s, _ in rows]), rows, strict=True):
        assert shown["steps"] == ours["steps"]
        best = distance(shown["best"], ours["best"], ("eta", "rate"))
        paths = zip(shown["path"], ours["path"], strict=True)
        far = [distance({"x": a}, {"x": b}, "x") for a, b in paths]
        norms = zip(shown["norms"], ours["norms"], strict=True)
        far += [distance({"x": a}, {"x": b}, "x") for a, b in norms]
        found = max(found, best, distance(shown, ours, KEYS), *far)
    return found


def test_300_states_agree(module, record_property):
    rows = references()
    found = worst(module(base.module_text(MODULE)), rows)
    certified(record_property, "gd-versus-newton", len(rows), found)
    assert {ours["steps"] is None for _, ours in rows} == {True, False}
    assert found < TOLERANCE


@pytest.mark.parametrize(("kappa", "eta", "t", "x"), [
    (10, 0.1, 1, [0.9, 0]),
    (10, 0.18181818181818182, 2, [0.6694214876033058, 0.6694214876033058]),
    (10, 0.25, 1, [0.75, -1.5]),
])  # fmt: skip
def test_known_points(module, kappa, eta, t, x):
    page = module(base.module_text(MODULE))
    (found,) = compute(page, [{"kappa": kappa, "eta": eta, "x0": [1, 1], "t": t}])
    assert found["point"] == pytest.approx(x, abs=1e-12)
    assert found["newton"] == [0, 0]


MUTATIONS = {
    "the curvature in the gradient": ("y - eta * (kappa * y)", "y - eta * (kappa * x)"),
    "Newton's division": ("-gradient[1] / kappa", "-gradient[1] / (kappa + 0.01)"),
    "the steep factor": ("1 - eta * kappa]", "1 + eta * kappa]"),
    "the best step": ("2 / (1 + kappa)", "1 / (1 + kappa)"),
    "the limit": ("limit: 2 / kappa", "limit: 1 / kappa"),
    "the count of steps": ("return high;", "return low;"),
    "a coordinate at rest": ("x0[k] !== 0 && Math.abs", "Math.abs"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    mutate(monkeypatch, [MODULE], line, wrong)
    page = module(base.module_text(MODULE))
    try:
        found = worst(page, references()[:40])
    except AssertionError:  # another count of steps
        return
    assert found > 1e-6


@pytest.fixture
def figure(live):
    return live(GDVersusNewton())


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "steps") == "132"
    assert readout(figure, "newton") == "1"
    assert readout(figure, "rate") == "0.9"
    assert "0.900. Newton takes one step" in words(figure)


def test_steps_are_taken(figure):
    control(figure, "step").click()
    assert readout(figure, "point") == "(0.900, 0.000)"
    figure.emulate_media(reduced_motion="reduce")
    control(figure, "play").click()
    assert state(figure, "t") == 200
    assert control(figure, "step").is_disabled()
    control(figure, "reset").click()
    assert state(figure, "t") == 0
    figure.emulate_media(reduced_motion="no-preference")
    control(figure, "play").click()
    figure.wait_for_function("document.querySelector('figure').explorable.model.get('t') > 2")
    assert control(figure, "play").text_content() == "Pause"
    control(figure, "play").click()
    assert control(figure, "play").text_content() == "Play"


def test_the_start_is_dragged_and_moved_by_keys(figure):
    control(figure, "step").click()
    drag(figure, 0, -120, 0)
    x, y = state(figure, "x0")
    assert x < 0.2
    assert y == 1
    assert state(figure, "t") == 0
    press(figure, 0, "ArrowDown")
    assert state(figure, "x0")[1] == pytest.approx(0.98)


def test_the_named_steps(figure):
    control(figure, "best").click()
    assert state(figure, "eta") == pytest.approx(2 / 11)
    assert readout(figure, "rate") == "0.8182"
    control(figure, "limit").click()
    assert readout(figure, "steps") == "never"
    assert "on the limit" in words(figure)
    control(figure, "inverse").click()
    assert state(figure, "eta") == pytest.approx(0.1)


def test_a_wild_step_grows_and_no_step_moves(figure):
    box(figure, "stride", 2.5)
    assert "it grows, as with every step size above 2/κ = 0.2" in words(figure)
    assert readout(figure, "steps") == "never"
    box(figure, "stride", 0)
    assert "nothing moves" in words(figure)
    give(figure, "x0", [0, 0])
    assert "nothing to do" in words(figure)
    box(figure, "stride", 1)
    give(figure, "x0", [0, 1])
    assert "the steep coordinate holds it up, of which a step leaves 0.000" in words(figure)
    box(figure, "kappa", 1)
    box(figure, "stride", 2.2)
    give(figure, "x0", [1, 0])
    assert "multiplies the flat coordinate by −1.200: it never settles" in words(figure)
    assert "NaN" not in figure.locator("figure").inner_html()


def test_the_condition_keeps_the_stride(figure):
    box(figure, "kappa", 50)
    assert state(figure, "eta") == pytest.approx(0.02)
    assert figure.locator('[data-box="stride"]').input_value() == "1.00"
    control(figure, "stride").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "eta") == pytest.approx(1.01 / 50)
    box(figure, "kappa", 1)
    assert "Gradient descent comes within" in words(figure)


def test_the_bars_end_at_the_factors(figure):
    box(figure, "stride", 1.5)
    bar, limit = (figure.locator(f".mc-{kind}") for kind in ("steep-bar", "limit"))
    right, left = bar.bounding_box(), limit.first.bounding_box()["x"]
    zero = right["x"] + right["width"]
    assert (zero - right["x"]) / (zero - left) == pytest.approx(0.5, abs=0.02)


def test_the_table_has_the_steps(figure):
    box(figure, "t", 3)
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").last.locator("td").all_text_contents() == [
        "3", "0.729000", "0.000000", "0.729",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(GDVersusNewton(), width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_is_quick(figure):
    took = step_time(figure, "x0", [[k / 40 - 1, 1 - k / 50] for k in range(80)])
    print(f"a step takes {took:.1f} ms")
    assert took < 8


def test_the_bar_of_the_stable_steps_is_drawn(figure):
    bar = figure.locator(".mc-bound i").evaluate("i => i.getBoundingClientRect().toJSON()")
    assert bar["width"] > 40 and bar["height"] > 3
