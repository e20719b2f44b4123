"""The derivative of an argmin, by its formula, differences, unrolled descent and JAX."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from mathcalc import autodiff, numerical
from mathcalc.optimality import argmin, argmin_jacobian

A = np.array([[2.0, 0.3], [0.3, 1.5]])
B = np.array([[1.0, -0.4, 0.2], [0.5, 0.7, -1.0]])
X = np.array([0.3, -0.8, 0.5])


def objective(x, y):
    """A strictly convex function of y, smoothly depending on x."""
    return y @ A @ y / 2 - (B @ x) @ y + ((y**4) * np.exp(x[0])).sum() / 4


def in_jax(x, y):
    return y @ A @ y / 2 - (B @ x) @ y + ((y**4) * jnp.exp(x[0])).sum() / 4


def test_the_ledgers_scalar():
    assert argmin_jacobian("(y - x)**2/2 + y**4/4", [2.0])[0, 0] == pytest.approx(0.25, abs=1e-14)


def test_the_formula_with_hessian_blocks():
    y = argmin(objective, np.zeros(2))(X)
    H = numerical.hessian(lambda z: objective(z[:3], z[3:]), np.r_[X, y])
    expected = -np.linalg.solve(H[3:, 3:], H[3:, :3])
    np.testing.assert_allclose(argmin_jacobian(objective, X, np.zeros(2)), expected, rtol=1e-8)


def test_differences_of_the_solution():
    solution, v = argmin(objective, np.zeros(2)), np.array([0.6, -0.3, 1.1])
    expected = numerical.directional_derivative(solution, X, v)
    found = argmin_jacobian(objective, X, np.zeros(2)) @ v
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def unrolled_jacobian():
    def unrolled(x):
        y = np.zeros(2)
        for _ in range(150):
            y = y - 0.3 * (A @ y - B @ x + y**3 * np.exp(x[0]))
        return y

    return autodiff.jacfwd(unrolled)(X)


def test_unrolled_descent():
    found = argmin_jacobian(objective, X, np.zeros(2))
    np.testing.assert_allclose(found, unrolled_jacobian(), rtol=1e-10)


def test_both_modes_and_jax():
    solution, ours = argmin(objective, np.zeros(2)), argmin_jacobian(objective, X, np.zeros(2))
    np.testing.assert_allclose(autodiff.jacrev(solution)(X), ours, rtol=1e-12)
    with jax.enable_x64(True):
        theirs = argmin(in_jax, np.zeros(2))
        np.testing.assert_allclose(jax.jit(jax.jacrev(theirs))(jnp.array(X)), ours, rtol=1e-10)


def test_second_derivatives():
    """``y + y³ = x`` at ``y = 1``: ``y' = 1/4`` and ``y'' = -6y y'³ = -3/32``."""

    def scalar(x, y):
        return ((y - x) ** 2 / 2 + y**4 / 4).sum()

    solution = argmin(scalar, [0.5])
    ours = autodiff.jacfwd(autodiff.jacrev(solution))(np.array([2.0]))
    assert ours.item() == pytest.approx(-3 / 32, rel=1e-12)
    with jax.enable_x64(True):
        theirs = jax.hessian(lambda x: solution(x)[0])(jnp.array([2.0]))
    assert theirs.item() == pytest.approx(-3 / 32, rel=1e-12)


def test_ridge_regression_in_its_weight():
    """``w = (XᵀX + λI)⁻¹Xᵀy``, so ``dw/dλ = -(XᵀX + λI)⁻¹ w``."""
    rng = np.random.default_rng(0)
    M, y = rng.normal(size=(8, 3)), rng.normal(size=8)

    def loss(lam, w):
        return ((M @ w - y) ** 2).sum() / 2 + lam[0] * (w**2).sum() / 2

    K = M.T @ M + 0.7 * np.eye(3)
    expected = -np.linalg.solve(K, np.linalg.solve(K, M.T @ y))
    found = argmin_jacobian(loss, [0.7], np.zeros(3))
    np.testing.assert_allclose(found[:, 0], expected, rtol=1e-10)


def test_implicit_maml():
    """Ledger: inner Hessian 3 and λ = 1 give 1/(1 + 3)."""
    found = argmin_jacobian(lambda th, ph: (1.5 * ph**2 + (ph - th) ** 2 / 2).sum(), [2.0], [0.0])
    assert found[0, 0] == pytest.approx(0.25)


def test_the_envelope_theorem():
    solution = argmin(objective, np.zeros(2))
    total = autodiff.grad(lambda x: objective(x, solution(x)))(X)
    partial = autodiff.grad(lambda x: objective(x, solution(X)))(X)
    np.testing.assert_allclose(total, partial, rtol=1e-10)


def test_a_wrong_sign_would_be_found():
    wrong = -argmin_jacobian(objective, X, np.zeros(2))
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(wrong, unrolled_jacobian(), rtol=1e-10)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: argmin_jacobian("y**4", [1.0], variables="xy"), "not positive definite"),
        (lambda: argmin_jacobian("x*y + y**2 - z**2", [0.0]), "not positive definite"),
        (lambda: argmin_jacobian("x*y", [1.0]), "not positive definite|no minimiser"),
        (lambda: argmin_jacobian("x**2", [1.0]), "fewer numbers"),
        (lambda: argmin_jacobian(objective, X), "y: give a start"),
        (lambda: argmin_jacobian("(y - x)**2", [1.0], [1.0, 2.0]), r"must have \(1,\)"),
        (lambda: argmin_jacobian("abs(y - x)", [1.0]), "not differentiable"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
