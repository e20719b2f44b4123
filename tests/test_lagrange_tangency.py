"""The multiplier as tangency: known points, the price by differences, what is refused."""

import numpy as np
import pytest
from traitlets import TraitError

from mathcalc.explorables import LagrangeTangency
from mathcalc.explorables.lagrange_tangency import fields, place, reference
from mathcalc.optimality import lagrange


@pytest.mark.parametrize("c", [1.0, 2.5, 5.0, 8.0])
def test_the_line_touches_at_the_known_point(c):
    found = reference({"curve": "line", "c": c, "s": 0.0})
    np.testing.assert_allclose(found["x"], [c / 5, 2 * c / 5], atol=1e-12)
    assert found["along"] == pytest.approx(0, abs=1e-12)
    assert found["nu"] == pytest.approx(-2 * c / 5)
    assert found["value"] == pytest.approx(c**2 / 5)
    assert found["price"] == pytest.approx(2 * c / 5)


def test_the_part_along_the_line_vanishes_nowhere_else():
    for s in (-3.0, -0.1, 0.01, 2.0):
        found = reference({"curve": "line", "c": 5.0, "s": s})
        assert found["along"] == pytest.approx(2 * s, abs=1e-12)


@pytest.mark.parametrize("curve", ["line", "ellipse"])
def test_the_points_lie_on_the_curve_and_the_price_is_a_slope(curve):
    h = 1e-5
    for c in (1.0, 3.3, 7.9):
        here = reference({"curve": curve, "c": c, "s": 1.0})
        for point in [here, *here["points"]]:
            assert fields(curve)[1](point["x"]) == pytest.approx(c)
        for point in here["points"]:
            f, g = fields(curve)
            x = np.array(point["x"])
            np.testing.assert_allclose(f.gradient(x) + point["nu"] * g.gradient(x), 0, atol=1e-9)
        either = [reference({"curve": curve, "c": c + s * h, "s": 1.0})["least"] for s in (1, -1)]
        assert (either[0] - either[1]) / (2 * h) == pytest.approx(here["price"], abs=1e-6)


def test_the_least_point_is_the_least_on_the_whole_ellipse():
    for c in (1.0, 4.0, 8.0):
        found = reference({"curve": "ellipse", "c": c, "s": 1.0})
        values = fields("ellipse")[0](place("ellipse", c, np.linspace(-4, 4, 4001)))
        assert found["least"] == pytest.approx(values.min(), abs=1e-4)
        assert found["points"][-1]["value"] == pytest.approx(values.max(), abs=1e-4)


def test_the_package_finds_the_same_points():
    (point,) = lagrange("x**2 + y**2", ["x + 2*y - 5"])
    found = reference({"curve": "line", "c": 5.0, "s": 0.0})
    np.testing.assert_allclose(np.array(point.x, dtype=float), found["x"])
    assert float(point.nu[0]) == pytest.approx(found["nu"])


@pytest.mark.parametrize("wrong", [{"curve": "circle"}, {"c": 0.5}, {"s": 9}, {"c": "x"}])
def test_a_bad_value_is_refused(wrong):
    with pytest.raises(TraitError):
        LagrangeTangency(**wrong)


def test_the_words_fit_the_picture():
    assert "has a part of 3 along the curve" in LagrangeTangency().alt
    assert "The ellipse g = 0 with c = 4" in LagrangeTangency("ellipse", c=4).alt
    assert "<svg" in LagrangeTangency("ellipse").to_html()
