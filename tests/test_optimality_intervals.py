"""Interval arithmetic encloses, and Krawczyk's test proves what is there."""

import mpmath
import numpy as np
import pytest
import sympy as sp
from formulas import random_formula
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mathcalc.expression import parse
from mathcalc.optimality import intervals
from mathcalc.optimality.extension import extension
from mathcalc.optimality.intervals import Interval
from mathcalc.optimality.pruning import Search

X, Y = sp.symbols("x y", real=True)
number = st.floats(-6, 6)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 400), number, number, st.floats(0, 2), st.floats(0, 1), st.floats(0, 1))
def test_values_lie_in_the_enclosure(seed, x, y, width, s, t):
    expression = parse(random_formula(seed), ("x", "y"))
    assume(not expression.has(sp.Abs))
    box = Interval(np.array([x, y]), np.array([x + width, y + width / 3]))
    with np.errstate(all="ignore"):
        found = extension([expression], (X, Y))(box)
    inside = {X: min(x + s * width, x + width), Y: min(y + t * width / 3, y + width / 3)}
    exact = {k: sp.Rational(v) for k, v in inside.items()}
    value = sp.N(expression.subs(exact), 40, maxn=2000)
    if value.is_real and value.is_finite:
        assert float(found.low[0]) <= value <= float(found.high[0])
    else:
        assert not found.whole[0]


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos",
                                  "atan", "sinh", "cosh", "tanh"])  # fmt: skip
def test_elementary_functions_at_points(name):
    """A thin interval encloses the value to 60 digits, and tightly."""
    x = np.random.default_rng(0).uniform(0.01, 0.99, 200)
    found = getattr(intervals, name)(Interval(x, x))
    with mpmath.workdps(60):
        true = [getattr(mpmath, name)(mpmath.mpf(float(v))) for v in x]
        assert all(lo <= v <= hi for lo, v, hi in zip(found.low, true, found.high, strict=True))
    assert (found.high - found.low <= 1e-13 * (1 + np.abs(found.high))).all()


def test_a_rounded_bound_would_be_found(monkeypatch):
    monkeypatch.setattr(intervals, "SLACK", 0.0)
    monkeypatch.setattr(intervals, "outward", Interval)
    with pytest.raises(AssertionError):
        test_elementary_functions_at_points("exp")


def test_extremes_inside_are_seen():
    wide = Interval(np.array([1.0]), np.array([7.0]))
    assert (intervals.cos(wide).low, intervals.cos(wide).high) == (-1, 1)
    assert intervals.sin(Interval(np.array([1.0]), np.array([2.0]))).high == 1
    square = Interval(np.array([-1.0]), np.array([2.0])) ** 2
    assert square.low == 0
    assert square.high >= 4


def test_outside_the_domain():
    below = Interval(np.array([-2.0]), np.array([-1.0]))
    assert intervals.log(below).low == np.inf
    partly = intervals.sqrt(Interval(np.array([-1.0]), np.array([4.0])))
    assert not partly.whole
    assert partly.high >= 2
    across = Interval(np.array([1.0]), np.array([1.0])) / Interval(
        np.array([-1.0]), np.array([1.0])
    )
    assert (across.low, across.high) == (-np.inf, np.inf)


def search(texts, box):
    equations = [parse(t, ("x", "y")) for t in texts]
    symbols = sorted({s for e in equations for s in e.free_symbols}, key=str)
    return Search(equations, symbols, np.array(box, dtype=float)).run()


def test_zeros_of_a_sine():
    found = search(["sin(x)"], [[0.1, 31.5]])
    roots = np.arange(1, 11) * np.pi
    np.testing.assert_allclose(sorted(p[0] for p in found.points), roots, rtol=1e-15)
    assert not found.undecided
    with mpmath.workdps(40):
        for p, r in zip(found.points, found.radii, strict=True):
            nearest = round(p[0] / np.pi) * mpmath.pi
            assert abs(mpmath.mpf(float(p[0])) - nearest) <= float(r[0])


def test_close_zeros_are_told_apart():
    found = search(["(x - 1)*(x - 1.0001)"], [[-3, 4]])
    assert len(found.points) == 2
    assert not found.undecided


def test_a_double_zero_stays_undecided():
    found = search(["(x - 1)**2"], [[-3, 4]])
    assert not found.points
    assert any(c.low <= 1 <= c.high for c in found.undecided)
    assert all(abs(c.middle - 1) < 1e-2 for c in found.undecided)


def test_near_misses_are_excluded():
    found = search(["x**2 + 0.000001"], [[-3, 4]])
    assert not found.points
    assert not found.undecided


def test_the_hundred_digit_challenge_corner():
    """Trefethen's fourth problem, in a small box, against a dense grid of Newton starts."""
    f = parse("exp(sin(50*x)) + sin(60*exp(y)) + sin(70*sin(x)) + sin(sin(80*y)) - sin(10*(x+y))"
              " + (x**2 + y**2)/4")  # fmt: skip
    box = np.array([[-0.06, 0.02], [0.17, 0.24]])
    found = Search([sp.diff(f, s) for s in (X, Y)], (X, Y), box).run()
    assert not found.undecided
    values = [float(f.subs({X: p[0], Y: p[1]})) for p in found.points]
    assert min(values) == pytest.approx(-3.306868647475237, abs=1e-13)
