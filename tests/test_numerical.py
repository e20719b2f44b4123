"""Differences: against known derivatives, against JAX, and told what they cannot do."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import rosen_der, rosen_hess

from mathcalc import numerical, stencils
from mathcalc.extrapolation import richardson

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
    "whole waves to a step of a power of two": (
        lambda x: np.sin(32 * np.pi * x[0]),
        lambda t: 32 * np.pi * np.cos(32 * np.pi * t),
        0.3,
    ),
    "a power of two waves away": (lambda x: np.sin(x[0] + 1), lambda t: np.cos(t + 1), 32 * np.pi),
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


class Counted:
    """A function that counts the points it is asked for."""

    def __init__(self, f):
        self.f, self.points = f, 0

    def __call__(self, x):
        self.points += x[0].size
        return self.f(x)


@pytest.mark.parametrize(
    ("f", "derivative", "most"),
    [
        (lambda x: (x**4 - x).sum(axis=0), lambda x: 4 * x**3 - 1, 6),
        (lambda x: np.sin(x).sum(axis=0), np.cos, 12),
        (lambda x: np.tanh(x).sum(axis=0), lambda x: 1 / np.cosh(x) ** 2, 13),
    ],
)
def test_a_smooth_function_is_asked_for_few_points(f, derivative, most):
    x, counted = np.linspace(-2, 2, 60), Counted(f)
    np.testing.assert_allclose(numerical.gradient(counted, x), derivative(x), rtol=0, atol=1e-11)
    assert counted.points <= most * len(x) + 5


def test_only_what_is_unsure_is_asked_again():
    x, asked = np.linspace(-1, 1, 40), []
    for frequency in (1, 50):
        wave = Counted(lambda x, k=frequency: (x[:-1] ** 2).sum(axis=0) + np.sin(k * x[-1]))
        expected = np.append(2 * x[:-1], frequency * np.cos(frequency))
        np.testing.assert_allclose(numerical.gradient(wave, x), expected, rtol=1e-9)
        asked.append(wave.points)
    assert asked[0] < asked[1] < asked[0] + 60


@pytest.mark.parametrize("n", range(6, 12))
def test_a_batch_as_long_as_the_point_is_no_accident(n):
    w, x, v = np.arange(1.0, n + 1), np.linspace(-1, 2, n), np.cos(np.arange(n))
    along = numerical.directional_derivative(lambda z: (z.T * w).T ** 2 @ np.ones(n), x, v)
    assert along == pytest.approx((2 * w**2 * x * v).sum(), rel=1e-10)
    products = numerical.directional_derivative(lambda z: z * w, x, v)
    np.testing.assert_allclose(products, v * w, rtol=1e-10)
    ones, two = np.ones(2), np.array([3.0, -1.0])
    steep = numerical.directional_derivative(lambda z: z @ two, ones, two, method="complex")
    assert steep == pytest.approx(10, rel=1e-12)


def test_points_that_meddle_with_each_other_are_asked_one_by_one():
    """Seen at no single point, in the whole block only; and in no real part."""
    found = numerical.gradient(lambda x: x[0] ** 2 + 99 * x[0] * (x[0] > 1.04).any(), [1.0])
    assert found == pytest.approx([2.0], rel=1e-9)
    found = numerical.gradient(lambda x: x[0] * x.mean(), np.ones(3), method="complex")
    np.testing.assert_allclose(found, np.array([4, 1, 1]) / 3, rtol=1e-12)


def test_a_function_may_use_its_array_again():
    shared = np.zeros(2)

    def f(x):
        shared[0], shared[1] = x[0] * x[1], x[0] ** 2
        return shared

    np.testing.assert_allclose(numerical.jacobian(f, [1.0, 2.0]), [[2, 1], [2, 0]], atol=1e-10)


@pytest.mark.parametrize("outside", [1e3, np.nan])
@pytest.mark.parametrize("n", [1, 5, 20, 100])
def test_a_batch_is_compared_each_time(n, outside):
    """The long ladder leaves the domain of the logarithm, which the first points do not."""

    def f(x):
        if np.any(x <= 0):
            return np.full(x.shape[1:], outside)
        return np.log(x).sum(axis=0) + np.sin(50 * x[-1])

    x = np.append(np.ones(n - 1), 0.2)
    expected = 1 / x + np.append(np.zeros(n - 1), 50 * np.cos(10.0))
    np.testing.assert_allclose(numerical.gradient(f, x), expected, rtol=1e-9)


def test_what_a_function_refuses_near_the_point_is_left_out():
    assert numerical.gradient(lambda x: math.log(x[0]), [0.05]) == pytest.approx([20], rel=1e-9)
    found = numerical.gradient(lambda x: 1 / float(x[0]), [59 / 1024])
    assert found == pytest.approx([-((1024 / 59) ** 2)], rel=1e-9)


def test_single_precision_is_estimated_as_such():
    x = np.array([0.3, 0.4])
    value, error = numerical.gradient(
        lambda z: np.tanh(np.float32(z[0] * z[1])), x, with_error=True
    )
    exact = x[::-1] / np.cosh(x[0] * x[1]) ** 2
    assert (np.abs(value - exact) <= error).all() and error.max() < 1e-3


@pytest.mark.parametrize("far", [1e4, 1e6])
def test_a_large_variable_does_not_hide_the_curvature_along_another(far):
    x = np.array([far, 0.5])
    found = numerical.hessian(lambda z: (z[0] - far) ** 2 + np.sin(45 * z[1]), x)
    assert found[1, 1] == pytest.approx(-(45**2) * np.sin(22.5), rel=1e-8)


def test_the_rounding_of_a_far_point_is_estimated():
    covered = [
        abs(value - np.cos(t)) <= error
        for t in np.linspace(100, 1000, 90)
        for (value,), (error,) in [numerical.gradient(lambda x: np.sin(x[0]), [t], with_error=True)]
    ]
    assert np.mean(covered) > 0.95


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
    assert (
        numerical.check_gradient(lambda x: np.exp(x[0]) - x[0], lambda x: np.exp(x) - 1, [0]) == 0
    )
    with pytest.raises(ValueError, match="differences"):  # which are unsure by more than that
        numerical.check_gradient(lambda x: np.float32(x[0] ** 2), lambda x: 2 * x + 1e-5, [1.3])
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
    entries, apart, narrowest = richardson(rungs, ratio)
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
    later, earlier = entries - apart[: len(entries)], entries - apart[len(entries) :]
    made_of = {tuple(row) for row in np.concatenate([np.eye(rungs), entries]).round(12)}
    for parent in (later, earlier):
        assert {tuple(row) for row in parent.round(12)} < made_of
    assert [np.flatnonzero(w.round(12)).max() for w in later] == narrowest.tolist()
    assert [np.flatnonzero(w.round(12)).max() + 1 for w in earlier] == narrowest.tolist()
