"""The dial in a browser: certified against the package, driven by mouse and keys."""

from functools import cache
from math import atan2, degrees, hypot, pi

import axe_playwright_python
import numpy as np
import pytest
from driving import certified
from formulas import random_formula

from mathcalc.explorables import DirectionalDial, base
from mathcalc.explorables.directional_dial import SURFACES, reference

pytestmark = pytest.mark.browser

TOLERANCE = 1e-9
KEYS = ("value", "gradient", "norm", "u", "derivative", "slice", "theta", "projection", "tangent")


def states(count):
    """Seeded states: the menu and formulas of one's own, any point, any direction."""
    rng = np.random.default_rng(23)
    for k in range(count):
        formula = SURFACES[k % 3]["formula"] if k % 2 else random_formula(k, depth=3)
        p = rng.uniform(-3, 3, 2).round(3).tolist()
        yield {"formula": formula, "p": p, "phi": float(rng.uniform(0, 2 * pi))}


@cache
def references():
    return [(state, reference(state)) for state in states(300)]


def distance(shown, ours):
    """The largest relative distance of all numbers; where one has none the other has none."""
    worst = 0.0
    for key in KEYS:
        if shown[key] is None or ours[key] is None:
            assert shown[key] is ours[key] is None, (key, shown[key], ours[key])
            continue
        a, b = (np.array(numbers[key], dtype=float) for numbers in (shown, ours))
        a, b = (np.where(np.isfinite(v), v, np.nan) for v in (a, b))
        assert (np.isnan(a) == np.isnan(b)).all(), key
        scale = 1 + np.nanmax(np.abs(b), initial=0)
        worst = max(worst, np.nanmax(np.abs(a - b), initial=0) / scale)
    return worst


def worst(page, rows):
    shown = page.evaluate("(s) => s.map((state) => module.compute(state))", [s for s, _ in rows])
    return max(distance(s, ours) for s, (_, ours) in zip(shown, rows, strict=True))


def test_300_states_agree(module, record_property):
    page = module(base.module_text("directional_dial.mjs"))
    rows = references()
    assert sum(ours["theta"] is not None for _, ours in rows) > 200
    found = worst(page, rows)
    certified(record_property, "directional-derivative-dial", len(rows), found)
    assert found < TOLERANCE


MUTATIONS = {
    "the product ∇f · u": ("gx * u[0] + gy * u[1], slice", "gx * u[0] - gy * u[1], slice"),
    "the order of the tangent's parts": ("[-gy / norm, gx / norm]", "[gy / norm, gx / norm]"),
    "the angle's sine": ("Math.abs(a * d - b * c)", "Math.abs(a * d + b * c)"),
    "the cosine": ("norm * Math.cos(theta)", "norm * Math.sin(theta)"),
    "the slice's direction": ("x + t * u, y + t * v", "x + t * v, y + t * u"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("directional_dial.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    page = module(base.module_text("directional_dial.mjs"))
    assert worst(page, references()[1:40:2]) > 1e-6


@pytest.fixture
def figure(live):
    return live(DirectionalDial())


def readout(page, name):
    return page.locator(f'[data-readout="{name}"]').text_content()


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def control(page, name):
    return page.locator(f'[data-control="{name}"]')


def state(page, key):
    return page.evaluate("(key) => document.querySelector('figure').explorable.model.get(key)", key)


def grip(page, index):
    box = page.locator(".mc-handle").nth(index).locator(".mc-start").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, index, dx, dy):
    x, y = grip(page, index)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "gradient") == "(4, 5)"
    assert readout(figure, "gradient-norm") == "6.403"
    assert readout(figure, "derivative") == readout(figure, "projection") == "6.4"
    assert readout(figure, "theta") == f"{degrees(atan2(4, 3) - atan2(5, 4)):.1f}°"
    assert figure.locator('[data-box="phi"]').input_value() == "53.1"
    assert "(0.60, 0.80)" in words(figure)
    assert "f rises by 6.4 for" in words(figure)


def test_the_point_is_dragged_and_the_direction_stays(figure):
    before = state(figure, "phi")
    drag(figure, 0, -60, 40)
    x, y = state(figure, "p")
    assert x < 0.5
    assert y < 1.7
    assert state(figure, "phi") == before
    drag(figure, 0, 600, 0)
    assert state(figure, "p")[0] == 3


def test_the_direction_is_dragged_and_the_point_stays(figure):
    (px, py), (ux, uy) = grip(figure, 0), grip(figure, 1)
    length = hypot(ux - px, uy - py)
    drag(figure, 1, px - 2 * length - ux, py - uy)
    assert state(figure, "phi") == pytest.approx(pi, abs=0.02)
    assert state(figure, "p") == [1, 2]
    (_, py), (ux, uy) = grip(figure, 0), grip(figure, 1)
    assert (px - ux, py - uy) == pytest.approx((length, 0), abs=1)


def test_both_are_moved_by_keys(figure):
    figure.locator(".mc-handle").nth(1).focus()
    for key, turned in (("ArrowLeft", -1), ("ArrowUp", 1), ("Shift+ArrowRight", 15)):
        before = state(figure, "phi")
        figure.keyboard.press(key)
        assert degrees(state(figure, "phi") - before) == pytest.approx(turned, abs=0.06)
    figure.locator(".mc-handle").first.focus()
    figure.keyboard.press("ArrowDown")
    assert state(figure, "p") == [1, 1.98]
    assert figure.locator(".mc-handle").nth(1).get_attribute("aria-valuetext").endswith("°")


def test_the_three_ways(figure):
    control(figure, "level").click()
    assert readout(figure, "derivative") == "0"
    assert "tangent to the level curve" in words(figure)
    control(figure, "up").click()
    assert readout(figure, "derivative") == readout(figure, "gradient-norm")
    assert "rises fastest" in words(figure)
    control(figure, "down").click()
    assert readout(figure, "derivative") == "−6.403"
    assert "falls fastest" in words(figure)


def test_the_slider_turns_it(figure):
    control(figure, "phi").focus()
    figure.keyboard.press("ArrowRight")
    assert degrees(state(figure, "phi")) == pytest.approx(53.2)
    figure.locator('[data-box="phi"]').fill("180")
    assert readout(figure, "derivative") == "−4"
    assert "f falls by 4 for" in words(figure)


def test_a_critical_point_and_a_place_without_a_value_are_sentences(figure):
    control(figure, "formula").fill("x**2 + y**2")
    figure.evaluate("document.querySelector('figure').explorable.model.set('p', [0, 0])")
    assert "critical point" in words(figure)
    assert readout(figure, "theta") == "none"
    assert control(figure, "up").is_disabled()
    control(figure, "formula").fill("log(x) + y")
    figure.evaluate("document.querySelector('figure').explorable.model.set('p', [-1, 0])")
    assert "no value here" in words(figure)
    assert readout(figure, "derivative") == readout(figure, "gradient") == "none"
    assert "=" not in figure.locator(".mc-chart").last.text_content()
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").first.locator("td").last.text_content() == "none"
    assert "NaN" not in figure.locator("figure").inner_html()


def test_a_bad_formula_is_explained_and_loses_nothing(figure):
    control(figure, "formula").fill("x^2")
    assert figure.locator(".mc-error").text_content().strip()
    assert state(figure, "formula") == "x**2 + x*y + y**2"
    assert readout(figure, "derivative") == "6.4"


def test_the_table_and_the_menu(figure):
    control(figure, "surface").select_option("2")
    assert state(figure, "formula") == "sin(x) + cos(y)"
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").count() == 24
    assert figure.locator("tbody tr").first.locator("td").last.text_content() == "0.5403"


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(DirectionalDial(), width=width)
    page.evaluate(
        "document.documentElement.lang = 'en'; document.title = 'dial';"
        "document.body.prepend(Object.assign(document.createElement('h1'), { textContent: 'd' }))"
    )
    page.add_script_tag(path=str(axe_playwright_python.__path__[0]) + "/axe.min.js")
    found = page.evaluate("axe.run(document.querySelector('figure')).then((r) => r.violations)")
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
