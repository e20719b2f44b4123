"""The implicit curve in a browser: certified, and driven as a reader drives it."""

from functools import cache

import numpy as np
import pytest
from driving import (
    certified,
    compute,
    control,
    cost_of_a_step,
    is_wider_than_the_page,
    mutate,
    put,
    readout,
    state,
    violations,
    words,
)
from formulas import random_formula

from mathcalc.explorables import ImplicitCurve, base
from mathcalc.explorables.implicit_curve import CURVES, NEAR, reference

pytestmark = pytest.mark.browser

TOLERANCE = 1e-9
FILES = ("implicit_curve.mjs", "implicit_curve_points.mjs")
KEYS = ("point", "value", "gradient", "hessian", "slope", "solutions")
CIRCLE, CUBIC, FOLIUM, ROOT, CUSP, FIXED = range(6)


def steady(one, ours):
    """Whether the start's last digits do not matter: Newton's method can be chaotic far away.

    On a curve |g| = 0 the sign of the gradient is a matter of rounding.
    """
    if "abs(" in one["formula"]:
        return False
    moved = reference({**one, "point": (np.array(one["point"]) + 1e-12).tolist()})
    if ours["kind"] == "none" or moved["kind"] != ours["kind"]:
        return False
    if len(moved["solutions"]) != len(ours["solutions"]):
        return False
    same = np.abs(np.array(moved["point"]) - ours["point"]).max() < 1e-11
    size = np.abs(ours["hessian"]).max()
    return same and abs(ours["gradient"][1]) > 1e-3 * size


def states():
    """Points near the curves of the menu and near zero levels of random formulas."""
    rng = np.random.default_rng(47)
    for k in range(1200):
        entry = CURVES[k % len(CURVES)]
        formula = entry["formula"] if k % 3 else f"{random_formula(k, depth=3)} - {k % 7}/5"
        left, right, *_ = entry["window"]
        point = rng.uniform(left, right, 2).round(4).tolist()
        yield {
            "formula": formula,
            "window": [float(end) for end in entry["window"]],
            "point": point,
        }


@cache
def rows(count=300):
    made = []
    for one in states():
        ours = reference(one)
        if steady(one, ours):
            made.append((one, ours))
        if len(made) == count:
            break
    return made


def relative(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    return np.inf if a.shape != b.shape else np.max(np.abs(a - b) / (1 + np.abs(b)), initial=0)


def worst(page, chosen):
    found = 0.0
    for shown, (_, ours) in zip(compute(page, [s for s, _ in chosen]), chosen, strict=True):
        if shown["kind"] != ours["kind"]:
            return np.inf
        found = max([found, *(relative(shown[key], ours[key]) for key in KEYS)])
    return found


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text(FILES[0]))


def test_300_states_agree(numbers, record_property):
    own = sum(one["formula"] not in [c["formula"] for c in CURVES] for one, _ in rows())
    found = worst(numbers, rows())
    assert len(rows()) == 300
    assert own > 40
    certified(record_property, "implicit-curve", len(rows()), found)
    assert found < TOLERANCE


@pytest.mark.parametrize("k", range(len(CURVES)))
def test_wherever_one_points_the_invariants_hold(numbers, k):
    formula, window = CURVES[k]["formula"], CURVES[k]["window"]
    aims = np.random.default_rng(k).uniform(window[0], window[1], (60, 2)).tolist()
    found = numbers.evaluate(
        "([formula, window, aims]) => aims.map((at) => {"
        "const point = module.aim(formula, window, at);"
        "return { ...module.compute({ formula, window, point }), aimed: point }; })",
        [formula, window, aims],
    )
    for one in found:
        assert abs(one["value"]) < 1e-9
        assert one["point"] == pytest.approx(one["aimed"], abs=2 * NEAR)
        assert all(window[0] <= c <= window[1] for c in one["point"])
        if one["slope"] is not None and abs(one["slope"]) < 1e4:
            assert abs(one["gradient"][0] + one["gradient"][1] * one["slope"]) < 1e-9


def test_every_point_where_the_theorem_fails_is_found(numbers):
    two, three = 2 ** (1 / 3), 4 ** (1 / 3)
    known = {
        CIRCLE: [([-1, 0], "vertical"), ([1, 0], "vertical")],
        CUBIC: [],
        FOLIUM: [([0, 0], "singular"), ([three, two], "vertical")],
        ROOT: [([0, 0], "vertical")],
        CUSP: [([0, 0], "singular")],
        FIXED: [([1, 2], "vertical")],
    }
    for k, expected in known.items():
        shown = numbers.evaluate(
            "([formula, window]) => module.map(formula, window).failures",
            [CURVES[k]["formula"], CURVES[k]["window"]],
        )
        assert [one["kind"] for one in shown] == [kind for _, kind in expected], k
        for one, (point, _) in zip(shown, expected, strict=True):
            assert one["point"] == pytest.approx(point, abs=1e-6)
    lemniscate = "(x**2 + y**2)**2 - 2*(x**2 - y**2)"
    shown = numbers.evaluate(
        "(formula) => module.map(formula, [-2, 2, -2, 2]).failures", lemniscate
    )
    assert [one["kind"] for one in shown] == ["vertical", "singular", "vertical"]


MUTATIONS = {
    "the sign of the slope": ("-gradient[0] / gradient[1]", "gradient[0] / gradient[1]"),
    "the slope turned over": ("-gradient[0] / gradient[1]", "-gradient[1] / gradient[0]"),
    "the shortest step": ("(value * gy) / square", "(value * gx) / square"),
    "too few steps": ("const ROUNDS = 200", "const ROUNDS = 3"),
    "the wrong coordinate solved for": (
        "f.value([x, y]), bottom, top)",
        "f.value([y, x]), bottom, top)",
    ),
    "half a bisection": ("k < 100; k++", "k < 10; k++"),
    "the end that stays": ("=== rising) high = middle", "!== rising) high = middle"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    mutate(monkeypatch, FILES, *MUTATIONS[name])
    assert worst(module(base.module_text(FILES[0])), rows()[:60]) > 1e-7


@pytest.fixture
def figure(live):
    return live(ImplicitCurve())


def handle(page):
    return page.locator(".mc-handle").first


def at(page, x, y):
    """Where on the screen a point of the circle's window is."""
    inner = page.locator(".mc-inner").evaluate(
        "(e) => [e.x, e.y, e.width, e.height].map((v) => v.baseVal.value)"
    )
    box = page.locator(".mc-plane").bounding_box()
    scale = box["width"] / page.locator(".mc-plane").evaluate("(e) => e.viewBox.baseVal.width")
    across, down = (x + 2) / 4, (2 - y) / 4
    return (
        box["x"] + (inner[0] + across * inner[2]) * scale,
        box["y"] + (inner[1] + down * inner[3]) * scale,
    )


def test_it_starts_with_the_known_numbers(figure):
    shown = {key: readout(figure, key) for key in ("slope", "fx", "fy", "value", "check")}
    assert shown == {"slope": "−0.75", "fx": "1.2", "fy": "1.6", "value": "0", "check": "0"}
    assert "holds one more" in words(figure)


def test_the_point_is_dragged_along_the_curve(figure):
    figure.mouse.move(*at(figure, 0.6, 0.8))
    figure.mouse.down()
    for target in ((-0.2, 1.3), (-1.2, 0.8), (-1.4, -0.9)):
        figure.mouse.move(*at(figure, *target), steps=4)
        x, y = state(figure, "point")
        assert x * x + y * y == pytest.approx(1, abs=1e-12)
        assert [x, y] == pytest.approx(np.array(target) / np.hypot(*target), abs=0.02)
    figure.mouse.up()
    figure.mouse.click(*at(figure, 0.1, -1.5))
    assert state(figure, "point")[1] < -0.9


def test_near_a_vertical_tangent_the_point_falls_on_it(figure):
    figure.mouse.click(*at(figure, 0.98, 0.02))
    assert state(figure, "point") == pytest.approx([1, 0], abs=1e-12)
    assert readout(figure, "slope") == "none"
    assert "the tangent is vertical, and the theorem does not apply" in words(figure)
    assert "on the other none" in words(figure)
    assert figure.locator(".mc-is-vertical").count() == 1


def test_keys_lead_all_round_the_circle_over_both_vertical_tangents(figure):
    handle(figure).focus()
    angles, kinds = [], set()
    for _ in range(80):
        figure.keyboard.press("Shift+ArrowRight")
        x, y = state(figure, "point")
        angles.append(np.arctan2(y, x))
        kinds.add(figure.locator(".mc-implicit").get_attribute("class").split("mc-is-")[1])
    turns = np.unwrap(angles)
    assert (np.diff(turns) < 0).all()
    assert turns[0] - turns[-1] > 2 * np.pi
    assert kinds == {"graph", "vertical"}
    figure.keyboard.press("ArrowLeft")
    assert np.arctan2(*state(figure, "point")[::-1]) > angles[-1]


def test_keys_cross_the_folium_at_its_node(figure):
    control(figure, "curve").select_option(str(FOLIUM))
    put(figure, point=[0.3, 0.0301])
    handle(figure).focus()
    seen = []
    for _ in range(30):
        figure.keyboard.press("ArrowLeft")
        seen.append(state(figure, "point"))
        if "A singular point" in words(figure):
            assert "Two branches cross" in words(figure)
            assert readout(figure, "slope") == "none"
    assert pytest.approx(min(seen, key=lambda p: np.hypot(*p)), abs=1e-9) == [0, 0]
    assert seen[-1][0] < -0.2
    assert seen[-1][1] > 0


def test_what_the_words_say_of_each_failure(figure):
    control(figure, "curve").select_option(str(ROOT))
    put(figure, point=[0.0, 0.0])
    assert "there may still be one solution y(x), but it has no finite slope" in words(figure)
    control(figure, "curve").select_option(str(CUSP))
    put(figure, point=[0.0, 0.0])
    assert "it may have a cusp" in words(figure)
    put(figure, formula="x**2 + y**2", point=[0.0, 0.0])
    assert "stands alone" in words(figure)


def test_an_F_of_ones_own(figure):
    control(figure, "formula").fill("x*y - 1/2")
    x, y = state(figure, "point")
    assert x * y == pytest.approx(0.5, abs=1e-12)
    assert control(figure, "curve").input_value() == "-1"
    assert float(readout(figure, "slope").replace("−", "-")) == pytest.approx(-y / x, rel=1e-3)


@pytest.mark.parametrize("text", ["x**", "x^2 - 1", "", "x**2 + y**2 + 1", "z - x"])
def test_a_bad_F_is_explained_and_loses_nothing(figure, text):
    control(figure, "formula").fill(text)
    assert figure.locator(".mc-error").text_content().strip()
    assert state(figure, "formula") == "x**2 + y**2 - 1"
    assert readout(figure, "slope") == "−0.75"


def test_where_there_is_no_curve_nothing_is_shown(figure):
    put(figure, formula="x**2 + y**2 + 1")
    assert "no point of the curve" in words(figure)
    assert not handle(figure).is_visible()
    assert "NaN" not in figure.locator("figure").inner_html()


@pytest.mark.parametrize("width", [1000, 390])
def test_axe_finds_nothing(live, width):
    page = live(ImplicitCurve("folium of Descartes"), width=width)
    assert not is_wider_than_the_page(page)
    assert violations(page) == []


def test_a_drag_step_is_quick(figure):
    turn = np.linspace(0.1, 3, 20)
    assert cost_of_a_step(figure, [{"point": [np.cos(t), np.sin(t)]} for t in turn]) < 8
