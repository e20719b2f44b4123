"""The tangent plane: certified, and driven as a reader drives it."""

from functools import cache

import numpy as np
import pytest
from driving import certified
from formulas import random_formula

from mathcalc.explorables import TangentPlane, base
from mathcalc.explorables.tangent_plane import SURFACES, reference

pytestmark = pytest.mark.browser

TOLERANCE = 1e-9


@cache
def rows(count=300):
    """Seeded states, half of them with formulas of one's own, each with the package's numbers."""
    rng = np.random.default_rng(23)
    made = []
    for k in range(count):
        surface = SURFACES[k % len(SURFACES)]
        half = surface["window"][1]
        own = {"point": rng.uniform(-half, half, 2).round(6).tolist()}
        own |= {"formula": random_formula(k, depth=3)} if k % 2 else {}
        turn, tilt = float(rng.uniform(-180, 180)), float(rng.uniform(-40, 85))
        zoom = float(rng.uniform(0, 8))
        state = TangentPlane(surface["name"], zoom=zoom, turn=turn, tilt=tilt, **own).state()
        made.append((state, reference(state)))
    return made


def compute(page, states):
    return page.evaluate("(states) => states.map((s) => module.compute(s))", states)


def flat(result):
    """Return all numbers of a result in a fixed order; what is missing is NaN."""
    at, view = result["at"] or {}, result["camera"]
    keys = ("distance", "plane", "surface", "remainder", "ratio")
    numbers = [result["value"], *(result["gradient"] or [None, None]), *np.ravel(result["ratios"])]
    numbers += [at.get(key) for key in keys] + list(at.get("probe", []))
    numbers += [part for name in ("right", "up", "toward") for part in view[name]]
    return np.array(numbers, dtype=float)


def distance(shown, ours):
    a, b = flat(shown), flat(ours)
    if a.shape != b.shape or (np.isnan(a) != np.isnan(b)).any():
        return np.inf
    return np.nanmax(np.abs(a - b) / (1 + np.abs(b)))


def worst(page, chosen):
    shown = compute(page, [state for state, _ in chosen])
    return max(distance(s, ours) for s, (_, ours) in zip(shown, chosen, strict=True))


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text("tangent_plane.mjs"))


def test_300_states_agree(numbers, record_property):
    assert sum(ours["gradient"] is not None for _, ours in rows()) > 290
    found = worst(numbers, rows())
    certified(record_property, "tangent-plane", len(rows()), found)
    assert found < TOLERANCE


def test_known_points(numbers):
    states = [TangentPlane("bowl").state(), TangentPlane("cone", point=[0.0, 0.0]).state()]
    bowl, tip = compute(numbers, states)
    assert (bowl["value"], bowl["gradient"]) == (7, [4, 5])
    assert (tip["value"], tip["gradient"], tip["at"]) == (0, None, None)


MUTATIONS = {
    "the plane's slope": ("gradient[1] * dy;", "gradient[0] * dy;"),
    "the sign of the remainder": ("surface - plane;", "plane - surface;"),
    "the place of the probe": ("0.15 * inward(y, bottom, top)", "0.15 * inward(x, bottom, top)"),
    "a tip that passes for smooth": ("...hessian.flat()", ""),
    "the camera": ("up: [-s * st, c * st, ct]", "up: [s * st, c * st, ct]"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original, files = base._read, ("tangent_plane.mjs", "space.mjs")
    assert sum(original(f).count(line) for f in files) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    tip = TangentPlane("cone", point=[0.0, 0.0]).state()
    page = module(base.module_text("tangent_plane.mjs"))
    assert worst(page, [*rows()[:40], (tip, reference(tip))]) > 1e-6


@pytest.fixture
def figure(live):
    return live(TangentPlane("bowl"))


def readout(page, name):
    return page.locator(f'[data-readout="{name}"]').text_content()


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def state(page, key):
    return page.evaluate("(key) => document.querySelector('figure').explorable.model.get(key)", key)


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start, by):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0], start[1] + by[1], steps=4)
    page.mouse.up()


def test_it_starts_with_the_known_numbers(figure):
    assert [readout(figure, name) for name in ("value", "fx", "fy")] == ["7", "4", "5"]
    assert "goes to 0" in words(figure)
    assert figure.locator(".mc-tile").count() > 50


def test_the_picture_turns_by_mouse_and_keys(figure):
    box = figure.locator(".mc-space").bounding_box()
    drag(figure, (box["x"] + 20, box["y"] + 20), (-60, 0))
    assert state(figure, "turn") > 40
    drag(figure, (box["x"] + 20, box["y"] + 20), (0, 60))
    assert state(figure, "tilt") > 40
    before = state(figure, "turn"), state(figure, "tilt")
    figure.locator(".mc-stand").focus()
    figure.keyboard.press("ArrowRight")
    figure.keyboard.press("ArrowDown")
    assert state(figure, "turn") < before[0]
    assert state(figure, "tilt") < before[1]
    assert readout(figure, "value") == "7"


def test_the_point_follows_the_pointer_on_the_floor(figure):
    handle = figure.locator(".mc-handle")
    x, y = middle(handle)
    drag(figure, (x, y), (-60, 25))
    assert middle(handle) == pytest.approx((x - 60, y + 25), abs=4)
    assert state(figure, "point") != [1.0, 2.0]


def test_the_point_is_moved_by_keys_and_sliders(figure):
    figure.locator(".mc-handle").focus()
    figure.keyboard.press("ArrowRight")
    figure.keyboard.press("ArrowDown")
    x, y = state(figure, "point")
    assert x > 1
    assert y < 2
    figure.locator('[data-box="x"]').fill("-1")
    assert state(figure, "point") == pytest.approx([-1, y])
    figure.locator('[data-control="y"]').focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "point")[1] > y


def test_nearer_the_surface_becomes_its_plane(figure):
    ratio = float(readout(figure, "ratio"))
    figure.locator('[data-box="zoom"]').fill("5")
    assert readout(figure, "zoom") == "32 ×"
    assert float(readout(figure, "ratio")) == pytest.approx(ratio / 32, rel=1e-3)


def test_a_kink_has_no_tangent_plane(figure):
    figure.locator('[data-control="surface"]').select_option("5")
    figure.locator('[data-box="x"]').fill("0")
    assert "a kink here" in words(figure)
    figure.locator('[data-control="formula"]').fill("sqrt(x**2 + (y + 1)**2)")
    assert "no slope" in words(figure)
    assert figure.locator(".mc-tile").count() == 0


@pytest.mark.parametrize("text", ["x**", "alert(1)", "x^2", ""])
def test_a_bad_formula_is_explained_and_loses_nothing(figure, text):
    figure.locator('[data-control="formula"]').fill(text)
    assert figure.locator(".mc-error").text_content().strip()
    assert readout(figure, "value") == "7"


def test_every_surface_draws_from_all_sides(figure):
    for index in range(len(SURFACES)):
        figure.locator('[data-control="surface"]').select_option(str(index))
        figure.locator(".mc-stand").focus()
        for _ in range(4):
            figure.keyboard.press("Shift+ArrowRight")
        assert figure.locator(".mc-quad").count() > 300
        assert "NaN" not in figure.locator("figure").inner_html()


def test_a_pole_and_a_missing_half_draw(figure):
    for formula in ("1/x", "log(y)", "3", "exp(9*x)"):
        figure.locator('[data-control="formula"]').fill(formula)
        assert figure.locator(".mc-quad").count() > 100
        assert "NaN" not in figure.locator("figure").inner_html()
