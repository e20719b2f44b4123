"""Differentiating through an optimum: ``∂y*/∂x = -H_yy⁻¹ H_yx`` at ``y*(x) = argmin_y g(x, y)``.

The optimisation is not unrolled. Newton's step ``y - H_yy⁻¹ ∇_y g(x, y)``, taken from the solution,
does not move it, but its derivative in ``x`` is that of ``y*``: so the differentiation engines
differentiate the optimum by differentiating one step, and JAX by its own rule for roots.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize

from mathcalc import autodiff, checks
from mathcalc.optimality.reading import read
from mathcalc.traced import Traced, plain

MOST = 2000  # variables of a minimisation: its Hessian is computed
Objective = Callable[[Any, Any], Any]


def argmin(g: Objective, start: Any) -> Callable[[Any], Any]:
    """Return ``x -> y*(x)``, a local minimiser of ``y -> g(x, y)``, as a differentiable function.

    It can be differentiated by `mathcalc.autodiff` if `g` is written in NumPy, and by JAX (also
    twice, and under ``jit``) if it is written in ``jax.numpy``.

    Parameters
    ----------
    g : callable
        Takes arrays ``x`` and ``y``, returns a number; smooth in both.
    start : array_like, shape (m,)
        Where the minimisation starts.

    Raises
    ------
    ValueError
        When it is called, if no local minimiser with an invertible Hessian is found.

    Examples
    --------
    >>> solution = argmin(lambda x, y: ((y - x) ** 2 / 2 + y**4 / 4).sum(), [0.5])
    >>> solution(np.array([2.0])).round(9), autodiff.jacfwd(solution)(np.array([2.0])).round(9)
    (array([1.]), array([[0.25]]))
    """
    checks.function(g, "g")
    begin = checks.numbers(start, "start", finite=True)
    checks.refuse(begin.size == 0, "start is empty: give the first point of the minimisation")
    checks.refuse(begin.size > MOST, f"start has {begin.size} entries: give at most {MOST}")

    def solution(x: Any) -> Any:
        if type(x).__module__.startswith(("jax", "jaxlib")):
            return _in_jax(g, begin, x)
        if not isinstance(x, Traced):
            x = checks.numbers(x, "x", finite=True)
        y = _solved(g, plain(x), begin)
        return _newton(g, x, _newton(g, x, y)) if isinstance(x, Traced) else y

    return solution


def argmin_jacobian(
    g: Any, x: Any, y: Any = None, *, variables: Sequence[str] | None = None
) -> np.ndarray:
    """Return ``∂y*/∂x`` at the minimiser ``y*`` of ``y -> g(x, y)``: shape of ``y``, then of ``x``.

    Parameters
    ----------
    g : callable or formula
        A NumPy function of arrays ``x`` and ``y``; or a formula, whose first variables are the
        ``x`` and the others the ``y``.
    x : array_like
        The parameters.
    y : array_like, optional
        Where the minimisation starts. For a formula, zeros if it is left out.
    variables : sequence of str, optional
        The order of a formula's variables.

    Raises
    ------
    ValueError
        If no local minimiser is found, or the Hessian in ``y`` is not invertible there: then the
        minimiser need not be a differentiable function of ``x``.

    Examples
    --------
    >>> argmin_jacobian("(y - x)**2/2 + y**4/4", [2.0]).round(9)
    array([[0.25]])
    """
    at = checks.numbers(x, "x", finite=True)
    checks.refuse(at.size == 0, "x is empty: there is nothing to differentiate by")
    objective, start = _objective(g, at, y, variables)
    return np.asarray(autodiff.jacfwd(argmin(objective, start))(at))


def _objective(g: Any, x: np.ndarray, y: Any, variables: Any) -> tuple[Objective, np.ndarray]:
    """Return a function of ``x`` and ``y``, and a start."""
    if callable(g) and not hasattr(g, "expression"):
        if y is None:
            raise ValueError("y: give a start for the minimisation, of the shape of the minimiser")
        return g, checks.numbers(y, "y", finite=True)
    try:
        field = read(g, variables)[0].field
    except ValueError as error:
        raise ValueError(f"g: {str(error).removeprefix('f: ')}") from None
    count = len(field.variables) - x.size
    if x.ndim != 1 or count < 1:
        names = ", ".join(field.variables)
        raise ValueError(f"x: give a vector of fewer numbers than there are variables: {names}")
    start = np.zeros(count) if y is None else checks.numbers(y, "y", finite=True)
    if start.shape != (count,):
        raise ValueError(f"y has shape {start.shape}, but must have ({count},)")
    return (lambda x, y: field(np.concatenate([x, y]))), start


def _solved(g: Objective, x: Any, start: np.ndarray) -> np.ndarray:
    """Return a local minimiser with a positive definite Hessian, to full accuracy."""
    shape, f = start.shape, lambda v: g(x, v.reshape(start.shape))
    slope = autodiff.grad(f)
    with np.errstate(all="ignore"):
        first = np.append(slope(start.ravel()), f(start.ravel()))
    if not np.isfinite(first).all():
        raise ValueError("y: g or its gradient is not finite at the start: give another one")
    bend = lambda v: np.reshape(autodiff.hessian(f)(v), (v.size, v.size))  # noqa: E731
    with np.errstate(all="ignore"):
        found = minimize(
            lambda v: float(f(v)), start.ravel(), jac=slope, hess=bend, method="trust-exact"
        ).x
        for _ in range(4):
            H = bend(found)
            _refuse_singular(H)
            found = found - np.linalg.solve(H, slope(found))
    rest = np.abs(slope(found)).max()
    if not rest <= 1e-8 * max(1.0, np.abs(H).max() * (1 + np.abs(found).max())):
        raise ValueError("y: no minimiser was found from this start; is g bounded below in y?")
    return found.reshape(shape)


def _refuse_singular(H: np.ndarray) -> None:
    values = np.linalg.eigvalsh(H) if np.isfinite(H).all() else np.array([np.nan])
    if not values[0] > 1e-9 * abs(values[-1]):
        raise ValueError(
            "y: the Hessian in y is not positive definite where the minimisation ended, so that "
            "the minimiser need not be a differentiable function of x"
        )


def _newton(g: Objective, x: Any, y: Any) -> Any:
    """Return ``y - H_yy⁻¹ ∇_y g(x, y)``."""
    f = lambda v: g(x, v)  # noqa: E731
    shape, size = np.shape(plain(y)), int(np.prod(np.shape(plain(y))))
    H = np.reshape(autodiff.hessian(f)(y), (size, size))
    step = np.linalg.solve(H, np.reshape(autodiff.grad(f)(y), (size,)))
    return y - np.reshape(step, shape)


def _in_jax(g: Objective, start: np.ndarray, x: Any) -> Any:
    """Return the minimiser by JAX's rule for roots, which can be differentiated again."""
    import jax
    import jax.numpy as jnp

    shape = start.shape
    slope = lambda v: jax.grad(g, 1)(x, v.reshape(shape)).ravel()  # noqa: E731

    def solve(f: Callable, guess: Any) -> Any:
        step = lambda v: v - jnp.linalg.solve(jax.jacfwd(f)(v), f(v))  # noqa: E731
        return jax.lax.fori_loop(0, 30, lambda _, v: step(v), guess)

    def tangent_solve(linear: Callable, right: Any) -> Any:
        return jnp.linalg.solve(jax.jacfwd(linear)(jnp.zeros_like(right)), right)

    guess = jnp.asarray(start.ravel(), dtype=jnp.result_type(x, float))
    return jax.lax.custom_root(slope, guess, solve, tangent_solve).reshape(shape)
