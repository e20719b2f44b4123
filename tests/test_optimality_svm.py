"""Support vector machines: exact small ones, random ones against another solver, no-answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from mathcalc.optimality import Infeasible, QuadraticProgram, Unbounded, svm_dual


def test_the_ledgers_three_points():
    machine = svm_dual([[1, 1], [-1, -1], [3, 1]], [1, -1, 1])
    np.testing.assert_allclose(machine.w, [0.5, 0.5], atol=1e-14)
    np.testing.assert_allclose(machine.alpha, [0.25, 0.25, 0], atol=1e-14)
    assert machine.support.tolist() == [0, 1]
    assert (machine.b, machine.width) == pytest.approx((0, 8**0.5), abs=1e-14)
    assert (machine.primal, machine.dual) == pytest.approx((0.25, 0.25), abs=1e-14)


def test_the_ledgers_soft_margin_has_many_offsets():
    machine = svm_dual([[1, 1], [-1, -1]], [1, -1], C=0.1)
    np.testing.assert_allclose(machine.alpha, [0.1, 0.1])
    np.testing.assert_allclose(machine.w, [0.2, 0.2])
    assert machine.b_range == pytest.approx((-0.6, 0.6))
    np.testing.assert_allclose(machine.slack, [0.6, 0.6])
    assert (machine.primal, machine.dual) == pytest.approx((0.16, 0.16))


def violations(machine, y, C):
    """Return the violation of each of the conditions of the soft-margin problem."""
    alpha, m = machine.alpha, machine.margins
    inside = (alpha > 1e-9 * C) & (alpha < C * (1 - 1e-9))
    return {
        "balance": abs(alpha @ y) / C,
        "bounds": max(0, -alpha.min(), alpha.max() - C) / C,
        "alpha zero": max(0, (1 - m)[alpha <= 1e-9 * C].max(initial=0)),
        "alpha between": np.abs(1 - m)[inside].max(initial=0),
        "alpha C": max(0, (m - 1)[alpha >= C * (1 - 1e-9)].max(initial=0)),
        "gap": abs(machine.gap) / machine.primal,
    }


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(4, 30), st.sampled_from([0.01, 1.0, 100.0]))
def test_conditions_and_gap(seed, N, C):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(N, 2))
    y = np.where(X[:, 0] + rng.normal(size=N) > 0, 1.0, -1.0)
    y[:2] = 1, -1
    machine = svm_dual(X, y, C)
    worst = violations(machine, y, C)
    assert max(worst.values()) < 1e-8, worst


def test_a_wrong_multiplier_would_be_found():
    from dataclasses import replace

    X, y = [[1.0, 1], [-1, -1], [3, 1], [0, 0]], np.array([1.0, -1, 1, -1])
    machine = svm_dual(X, y, 1.0)
    assert max(violations(machine, y, 1.0).values()) < 1e-9
    moved = replace(machine, alpha=machine.alpha + 0.01)
    assert violations(moved, y, 1.0)["bounds"] + violations(moved, y, 1.0)["alpha zero"] > 1e-3


@pytest.mark.parametrize("seed", range(4))
def test_against_the_primal_by_another_solver(seed):
    rng = np.random.default_rng(seed)
    X, C = rng.normal(size=(12, 2)), 0.7
    y = np.where(X.sum(axis=1) + 0.7 * rng.normal(size=12) > 0, 1.0, -1.0)
    y[:2] = 1, -1
    machine = svm_dual(X, y, C)
    found = minimize(
        lambda v: v[:2] @ v[:2] / 2 + C * v[3:].sum(),
        np.r_[np.zeros(3), np.ones(12)],
        constraints=[{"type": "ineq", "fun": lambda v: y * (X @ v[:2] + v[2]) - 1 + v[3:]}],
        bounds=[(None, None)] * 3 + [(0, None)] * 12,
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert machine.primal == pytest.approx(found.fun, abs=1e-8)
    np.testing.assert_allclose(machine.w, found.x[:2], atol=1e-6)


def test_a_gram_matrix_is_enough():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 3)), np.where(np.arange(20) % 2, 1, -1)
    one, two = svm_dual(X, y, 2.0), svm_dual(None, y, 2.0, gram=X @ X.T)
    np.testing.assert_allclose(one.margins, two.margins, atol=1e-8)
    assert two.w is None
    ring = np.array([[np.cos(t), np.sin(t)] for t in range(8)])
    X, y = np.r_[ring, 3 * ring], np.r_[np.ones(8), -np.ones(8)]
    kernel = (1 + X @ X.T) ** 2  # a circle parts the rings, no line does
    assert svm_dual(None, y, gram=kernel).margins.min() == pytest.approx(1, abs=1e-9)
    with pytest.raises(ValueError, match="hard margin is impossible"):
        svm_dual(X, y)


@pytest.mark.parametrize("scale", [1e-4, 1, 1e5])
def test_the_scale_of_the_data_does_not_matter(scale):
    X, y = np.array([[1.0, 1], [-1, -1], [3, 1], [-4, 2]]) * scale, [1, -1, 1, -1]
    machine = svm_dual(X, y)
    assert abs(machine.gap) <= 1e-10 * machine.primal
    np.testing.assert_allclose(machine.margins.min(), 1, atol=1e-10)


@pytest.mark.parametrize(
    ("X", "y", "more", "message"),
    [
        ([[0.0], [1], [2]], [1, -1, 1], {}, "hard margin is impossible"),
        ([[1.0], [1]], [1, -1], {}, "hard margin is impossible"),
        ([[1.0], [2]], [1, 1], {}, "all labels are equal"),
        ([[1.0], [2]], [1, 0], {}, r"must be \+1 and -1"),
        ([[1.0], [2]], [1, -1, 1], {}, "N = 3"),
        ([[1.0], [2]], [1, -1], {"C": 0}, "C must be positive"),
        ([[1.0], [np.nan]], [1, -1], {}, "not finite"),
        (None, [1, -1], {}, "X or gram"),
        (None, [1, -1], {"gram": [[1, 2], [0, 1]]}, "not symmetric"),
        (None, [1, -1], {"gram": [[1, 2], [2, 1]]}, "not positive semidefinite"),
    ],
)
def test_bad_data(X, y, more, message):
    with pytest.raises(ValueError, match=message):
        svm_dual(X, y, **more)


def program(P, q, G=(), h=(), A=(), b=()):
    n = len(q)
    parts = [(P, (n, n)), (q, n), (G, (-1, n)), (h, -1), (A, (-1, n)), (b, -1)]
    return QuadraticProgram(*(np.reshape(np.array(a, float), shape) for a, shape in parts))


def test_quadratic_programs_without_a_solution():
    with pytest.raises(Infeasible):
        program([[1]], [0], [[1], [-1]], [-1, -1]).solve()
    with pytest.raises(Unbounded):
        program([[1, 0], [0, 0]], [0, 1], [[1, 0]], [1]).solve()
    with pytest.raises(Infeasible):
        program([[1, 0], [0, 1]], [0, 0], A=[[1, 1], [1, 1]], b=[1, 2]).solve()


def test_a_linear_program_and_a_flat_one():
    x, mu, _ = program(
        [[0, 0], [0, 0]], [-1, -1], [[1, 2], [3, 1], [-1, 0], [0, -1]], [4, 6, 0, 0]
    ).solve()
    np.testing.assert_allclose(x, [1.6, 1.2], atol=1e-10)
    np.testing.assert_allclose(mu, [0.4, 0.2, 0, 0], atol=1e-10)
    x, _, nu = program([[1, 0], [0, 1]], [0, 0], A=[[1, 2], [2, 4]], b=[5, 10]).solve()
    np.testing.assert_allclose(x, [1, 2], atol=1e-9)
    np.testing.assert_allclose(x + nu @ [[1, 2], [2, 4]], 0, atol=1e-8)


@pytest.mark.parametrize("shift", [0.0, 1e6, 1e8])
def test_where_the_origin_is_does_not_matter(shift):
    machine = svm_dual([[shift, 0], [shift + 1, 0]], [1, -1])
    np.testing.assert_allclose(machine.w, [-2, 0], atol=1e-9)
    assert machine.b == pytest.approx(2 * shift + 1, rel=1e-12)
    assert machine.gap == pytest.approx(0, abs=1e-9)
