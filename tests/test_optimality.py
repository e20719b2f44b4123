"""The ledger's facts on optima, by the public functions."""

import numpy as np
import pytest
import sympy as sp

from mathcalc.optimality import (
    argmin_jacobian,
    classify,
    critical_points,
    kkt,
    kkt_residual,
    lagrange,
    shadow_price,
    svm_dual,
)


def test_nearest_point_of_a_line():
    (point,) = lagrange("x**2 + y**2", ["x + 2*y - 5"])
    assert (point.x.tolist(), point.value, point.nu.tolist()) == ([1, 2], 5, [-2])
    assert point.kind == "minimum"


def test_nearest_point_of_a_triangle():
    found = kkt("(x - 2)**2 + (y - 1)**2", inequalities=["x + y - 2", "-x", "-y"])
    assert found.status == "minimum"
    np.testing.assert_allclose(found[0].x, [1.5, 0.5])
    np.testing.assert_allclose(found[0].mu, [1, 0, 0], atol=1e-12)
    assert found[0].residual.within(1e-12)


def test_a_bound_on_the_norm_is_weight_decay():
    (point,) = kkt("(w - 3)**2", inequalities=["w**2 - 4"])
    assert (point.x.tolist(), point.mu.tolist()) == ([2], [0.5])


def test_a_wrong_multiplier_shows_in_the_residual():
    right = kkt_residual("(w - 3)**2", inequalities=["w**2 - 4"], x=[2], mu=[0.5])
    wrong = kkt_residual("(w - 3)**2", inequalities=["w**2 - 4"], x=[2], mu=[-0.5])
    assert right.within(0)
    assert (wrong.stationarity, wrong.dual) == (4, 0.5)


def test_prices():
    prices = shadow_price("x**2 + y**2", inequalities=["1 - x - y"])
    np.testing.assert_allclose(prices.mu, [1])
    np.testing.assert_allclose(prices.mu_by_differences, [1], rtol=1e-7)


def test_the_ledgers_types():
    names = ["x**2 + y**2", "-x**2 - y**2", "x**2 - y**2", "x**2 + y**4"]
    tests = [classify(f, [0, 0]).hessian_test for f in names]
    assert tests == ["minimum", "maximum", "saddle", "inconclusive"]
    assert classify("x**2 - y**2", [0, 0, 0], variables="xyz").kind == "saddle"
    assert classify("sin(x) + cos(y)", [-sp.pi / 2, 0]).kind == "saddle"
    with pytest.raises(ValueError, match="no critical point"):
        classify("x + x**2", [0])


def test_the_monkey_saddle_unfolds():
    found = critical_points("x**3 - 3*x*y**2 + (x**2 + y**2)/2")
    assert [p.kind for p in found] == ["saddle", "minimum", "saddle", "saddle"]
    assert [p.value for p in found if p.kind == "saddle"] == pytest.approx([1 / 54] * 3)


def test_three_points():
    machine = svm_dual([[1, 1], [-1, -1], [3, 1]], [1, -1, 1])
    np.testing.assert_allclose(machine.alpha, [0.25, 0.25, 0], atol=1e-12)
    assert (machine.width, machine.dual) == pytest.approx((2 * 2**0.5, 0.25))


def test_the_derivative_of_an_argmin():
    assert argmin_jacobian("(y - x)**2/2 + y**4/4", [2.0])[0, 0] == pytest.approx(0.25)
