"""The Python half of the implicit curve."""

import json

import numpy as np
import pytest
import sympy as sp
from lxml import html
from scipy.optimize import brentq
from traitlets import TraitError

from mathcalc.explorables import ImplicitCurve, explorable
from mathcalc.explorables.implicit_curve import CURVES, reference

NAMES = [curve["name"] for curve in CURVES]


def numbers(curve="circle", **own):
    return reference(ImplicitCurve(curve, **own).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("implicit-curve") is ImplicitCurve
    figure = html.fragment_fromstring(ImplicitCurve().to_html())
    assert json.loads(figure.get("data-state"))["point"] == [0.6, 0.8]
    assert "slope -0.75" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


def test_state_is_checked():
    with pytest.raises(ValueError, match="choose one of"):
        ImplicitCurve("square")
    for wrong in ({"formula": "x^2"}, {"point": [1.0]}):
        with pytest.raises(TraitError):
            ImplicitCurve(**wrong)


@pytest.mark.parametrize(
    ("curve", "point", "slope"),
    [
        ("circle", [0.6, 0.8], -0.75),
        ("y + y³ = x", [2, 1], 0.25),
        ("folium of Descartes", [1.5, 1.5], -1.0),
        ("fixed point z = z²/4 + θ", [0.75, 1], 2.0),
    ],
)
def test_the_ledgers_slopes(curve, point, slope):
    now = numbers(curve, point=point)
    np.testing.assert_allclose(now["point"], point, atol=1e-12)
    assert now["slope"] == pytest.approx(slope, rel=1e-9)


@pytest.mark.parametrize("curve", NAMES)
def test_the_slope_is_that_of_the_solved_equation(curve):
    """The equation solved for y beside the point, by Brent's method: a difference quotient."""
    rng = np.random.default_rng(5)
    F = sp.lambdify(
        sp.symbols("x y"), sp.sympify(next(c["formula"] for c in CURVES if c["name"] == curve))
    )
    tried = 0
    for _ in range(40):
        now = numbers(curve, point=rng.uniform(-1.8, 1.8, 2))
        if now["kind"] != "graph" or abs(now["gradient"][1]) < 0.5:
            continue
        (x, y), h = now["point"], 1e-5
        near = [
            brentq(lambda v, at=at: F(at, v), y - 1e-3, y + 1e-3, xtol=1e-15)
            for at in (x - h, x + h)
        ]
        assert (near[1] - near[0]) / (2 * h) == pytest.approx(now["slope"], abs=1e-6)
        tried += 1
    assert tried > 5


@pytest.mark.parametrize("curve", NAMES)
def test_the_ledgers_invariants(curve):
    rng = np.random.default_rng(6)
    seen = 0
    for _ in range(30):
        now = numbers(curve, point=rng.uniform(-2, 2, 2))
        if now["kind"] == "none":
            continue
        seen += 1
        assert abs(now["value"]) < 1e-9
        if now["slope"] is not None and abs(now["slope"]) < 1e4:
            fx, fy = now["gradient"]
            assert abs(fx + fy * now["slope"]) < 1e-9
    assert seen > 10


def test_where_the_theorem_fails():
    assert numbers("circle", point=[1, 0])["kind"] == "vertical"
    assert numbers("folium of Descartes", point=[0, 0])["kind"] == "singular"
    assert numbers("folium of Descartes", point=[2 ** (2 / 3), 2 ** (1 / 3)])["kind"] == "vertical"
    assert numbers("fixed point z = z²/4 + θ", point=[1, 2])["kind"] == "vertical"
    assert numbers("y³ = x", point=[0, 0])["kind"] == "vertical"
    assert numbers("cusp y² = x³", point=[0, 0])["kind"] == "singular"
    for failed in (numbers("circle", point=[1, 0]), numbers("cusp y² = x³", point=[0, 0])):
        assert failed["slope"] is None


def test_the_solutions_above_a_point_are_all_there_are():
    assert numbers("circle")["solutions"] == pytest.approx([-0.8, 0.8])
    cubic = numbers("folium of Descartes", point=[1.5, 1.5])
    roots = np.sort(np.roots([1, 0, -4.5, 1.5**3]).real)
    assert cubic["solutions"] == pytest.approx(roots.tolist(), abs=1e-12)


def test_a_curve_that_is_nowhere():
    now = numbers(formula="x**2 + y**2 + 1", point=[0.5, 0.5])
    assert (now["kind"], now["point"]) == ("none", None)
    assert "no point" in ImplicitCurve(formula="x**2 + y**2 + 1").alt


@pytest.mark.parametrize("curve", NAMES)
def test_the_menu_draws(curve):
    assert "<svg" in ImplicitCurve(curve).to_html()
