"""Differences: against known derivatives, against JAX, and told what they cannot do."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import rosen_der, rosen_hess

from mathcalc import numerical, stencils
from mathcalc.stencils import richardson

FINITE = st.floats(-3, 3, allow_subnormal=False)


def rosen(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum(axis=0)


HARD = {  # f, its derivative, a point
    "oscillating": (lambda x: np.sin(100 * x[0]), lambda t: 100 * np.cos(100 * t), 0.3),
    "tiny argument": (lambda x: np.sin(1e8 * x[0]), lambda t: 1e8 * np.cos(1e8 * t), 1e-8),
    "near a pole": (lambda x: 1 / x[0], lambda t: -1 / t**2, 1e-3),
    "near a boundary": (lambda x: np.log(x[0]), lambda t: 1 / t, 1e-6),
    "large argument": (lambda x: np.sin(x[0]), np.cos, 1e6),
    "steep": (lambda x: np.exp(x[0]), np.exp, 20.0),
    "at zero": (lambda x: np.exp(x[0]), np.exp, 0.0),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_derivatives_and_their_error_estimates(name):
    f, derivative, t = HARD[name]
    (value,), (error,) = numerical.gradient(f, [t], with_error=True)
    assert value == pytest.approx(derivative(t), rel=1e-9)
    assert abs(value - derivative(t)) <= error


@pytest.mark.parametrize("n", [2, 10, 40])
def test_rosenbrock(n):
    x = np.random.default_rng(n).uniform(-2, 2, n)
    gradient, hessian, v = rosen_der(x), rosen_hess(x), np.arange(1.0, n + 1)
    np.testing.assert_allclose(
        numerical.gradient(rosen, x), gradient, rtol=0, atol=1e-11 * abs(gradient).max()
    )
    np.testing.assert_allclose(numerical.gradient(rosen, x, method="complex"), gradient, rtol=1e-12)
    np.testing.assert_allclose(
        numerical.gradient(rosen, x, method="central"),
        gradient,
        rtol=0,
        atol=1e-8 * abs(gradient).max(),
    )
    np.testing.assert_allclose(
        numerical.hessian(rosen, x), hessian, rtol=0, atol=1e-9 * abs(hessian).max()
    )
    np.testing.assert_allclose(
        numerical.hvp(rosen, x, v), hessian @ v, rtol=0, atol=1e-8 * abs(hessian @ v).max()
    )
    assert numerical.laplacian(rosen, x) == pytest.approx(np.trace(hessian), rel=1e-9)


def test_the_plain_step_has_order_two():
    def error(h):
        return abs(
            numerical.gradient(lambda x: np.sin(x[0]), [1.0], method="central", h=h)[0]
            - np.cos(1.0)
        )

    assert error(2e-2) / error(1e-2) == pytest.approx(4, rel=1e-3)
    wide, narrow = (
        abs(numerical.hessian(lambda x: np.sin(x[0]), [1.0], h=h)[0, 0] + np.sin(1.0))
        for h in (4e-2, 2e-2)
    )
    assert wide / narrow == pytest.approx(4, rel=1e-2)


@given(arrays(float, (3, 4), elements=FINITE), arrays(float, 4, elements=FINITE))
@settings(max_examples=60, deadline=None)
def test_a_linear_map_is_its_own_jacobian(A, x):
    np.testing.assert_allclose(numerical.jacobian(lambda p: A @ p, x), A, rtol=1e-11, atol=1e-11)


@given(arrays(float, 3, elements=FINITE), arrays(float, 3, elements=FINITE))
@settings(max_examples=60, deadline=None)
def test_a_direction_is_a_row_of_the_jacobian(x, v):
    def f(p):
        return jnp.stack([jnp.sin(p[0] * p[1]), p[2] ** 2 * p[0]])

    with jax.enable_x64(True):
        J = np.asarray(jax.jacfwd(f)(x))
        np.testing.assert_allclose(numerical.jacobian(f, x), J, rtol=0, atol=1e-9)
        along = numerical.directional_derivative(f, x, v)
    np.testing.assert_allclose(along, J @ v, rtol=0, atol=1e-8)


def test_a_gradient_has_the_shape_of_its_point():
    A = np.arange(6.0).reshape(2, 3)
    np.testing.assert_allclose(numerical.gradient(lambda X: (X**2).sum(), A), 2 * A, atol=1e-10)
    assert numerical.jacobian(lambda X: X.sum(axis=0), A).shape == (3, 2, 3)


CANNOT_BATCH = {
    "sum": (lambda x: (x**2).sum(), lambda x: 2 * x),
    "quadratic form": (lambda x: x @ x, lambda x: 2 * x),
    "mean of all": (lambda x: x[0] * x.mean(), lambda x: np.eye(3)[0] * x.mean() + x[0] / 3),
    "branch": (lambda x: x[0] ** 2 if x[0] > 0 else x[1], lambda x: np.eye(3)[0] * 2 * x[0]),
}


@pytest.mark.parametrize("name", CANNOT_BATCH)
def test_a_function_of_one_point_only_is_asked_point_by_point(name):
    f, gradient = CANNOT_BATCH[name]
    x = np.array([0.7, -0.2, 1.1])
    np.testing.assert_allclose(numerical.gradient(f, x), gradient(x), rtol=0, atol=1e-10)


def test_a_batched_function_is_asked_few_times():
    calls = []
    numerical.gradient(lambda x: calls.append(x.shape) or rosen(x), np.ones(10) * 0.3)
    assert len(calls) < 12


BAD = [
    ("not finite", lambda: numerical.gradient(rosen, [np.nan, 1.0])),
    ("empty", lambda: numerical.gradient(rosen, [])),
    ("one number", lambda: numerical.gradient(lambda x: x, [1.0, 2.0])),
    ("not finite at x", lambda: numerical.gradient(lambda x: np.log(x[0]), [0.0])),
    ("too short", lambda: numerical.gradient(rosen, [1.0, 1.0], method="central", h=1e-20)),
    ("positive", lambda: numerical.hessian(rosen, [1.0, 1.0], h=-1.0)),
    ("choose one of", lambda: numerical.gradient(rosen, [1.0, 1.0], method="magic")),
    ("central", lambda: numerical.gradient(rosen, [1.0, 1.0], h=1e-3)),
    ("analytic", lambda: numerical.gradient(lambda x: abs(x[0]), [1.0], method="complex")),
    ("v has shape", lambda: numerical.hvp(rosen, [1.0, 1.0], [1.0])),
    ("v has an entry", lambda: numerical.directional_derivative(rosen, [1.0, 1.0], [np.inf, 0])),
    ("vector", lambda: numerical.hessian(lambda X: X.sum(), np.eye(2))),
]


@pytest.mark.parametrize(("sentence", "call"), BAD)
def test_bad_input_is_named(sentence, call):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_check_gradient_finds_a_wrong_sign():
    assert numerical.check_gradient(rosen, rosen_der, [0.3, 0.8]) < 1e-9
    with pytest.raises(ValueError, match=r"grad\(x\)\[1\]"):
        numerical.check_gradient(rosen, lambda x: rosen_der(x) * [1, -1], [0.3, 0.8])
    with pytest.raises(ValueError, match="shape"):
        numerical.check_gradient(rosen, lambda x: 1.0, [0.3, 0.8])


@pytest.mark.parametrize("cached", [1, 7, 50, 333])
def test_a_stencil_in_blocks_is_the_same(monkeypatch, cached):
    """However it is cut, along the steps, the rows or both."""
    x = np.linspace(-1, 2, 11)

    def f(z):
        return np.stack([rosen(z), (z**3).sum(axis=0), np.sin(z[0] * z[-1])])

    whole = numerical.jacobian(f, x, with_error=True), numerical.hessian(rosen, x, with_error=True)
    monkeypatch.setattr(stencils, "CACHED", cached)
    parts = numerical.jacobian(f, x, with_error=True), numerical.hessian(rosen, x, with_error=True)
    for a, b in zip(whole, parts, strict=True):
        np.testing.assert_allclose(a[0], b[0], rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(a[1], b[1], rtol=1, atol=1e-7)


def test_no_direction_has_no_slope():
    assert numerical.directional_derivative(rosen, [0.3, 0.8], [0.0, 0.0]) == 0


def test_a_cancellation_within_the_function_is_not_taken_for_zero_curvature():
    """1 - 1 is 0 without a trace of rounding: at short steps all values are zeros."""
    found = numerical.hessian(lambda p: np.cos(p[0]) - np.cos(p[1]), [0.0, 0.0])
    np.testing.assert_allclose(found, np.diag([-1.0, 1.0]), atol=1e-9)
    flat = numerical.hessian(lambda p: np.maximum(p[0], 0) * p[1], [-0.2, 1.0])
    np.testing.assert_allclose(flat, np.zeros((2, 2)), atol=1e-9)


@pytest.mark.parametrize(("rungs", "ratio"), [(4, 2.0), (18, 4.0)])
def test_extrapolation_takes_off_one_even_power_after_the_other(rungs, ratio):
    """An entry of order k finds L in L + a h² + … up to h^2k; one of a lower order does not."""
    entries, (later, earlier), narrowest = richardson(rungs, ratio)
    steps, orders = (
        ratio ** -np.arange(rungs),
        [k for k in range(1, rungs) for _ in range(k, rungs)],
    )
    np.testing.assert_allclose(entries.sum(axis=1), 1, rtol=1e-12)
    for weights, order in zip(entries, orders, strict=True):
        for power in range(1, min(order, 6) + 1):
            left = weights * steps ** (2 * power)
            assert abs(left.sum()) <= 1e-12 * np.abs(left).max()
    first = [k for k, order in enumerate(orders) if order == 1]
    assert (np.abs(entries[first] @ steps**4) > 1e-3 * steps[1:] ** 4).all()
    assert narrowest.tolist() == [np.flatnonzero(w).max() for w in entries]
    assert np.abs(later.sum(axis=1) - 1).max() < 1e-12 > np.abs(earlier.sum(axis=1) - 1).max()
