"""Derivatives of any callable at a point, by differences or by the complex step.

``f`` takes an array of the shape of ``x``. If it also takes batch axes after (as in
``lambda x: x[0]**2 + x[1]``), the whole stencil is one call; this is found out, and checked.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.checks import refuse
from mathcalc.evaluator import Evaluator
from mathcalc.stencils import curvatures, slopes

MOST = 4000  # coordinates: the work grows with their square


def gradient(
    f: Callable,
    x: Any,
    *,
    method: str = "richardson",
    h: float | None = None,
    with_error: bool = False,
) -> Any:
    """Return the gradient of a scalar function, an array of the shape of ``x``.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of ``x``, returns a number.
    x : array_like
        The point, of any shape; also a matrix.
    method : {"richardson", "central", "complex"}
        ``"richardson"`` extrapolates central differences to the order that rounding allows;
        ``"central"`` has error ``O(h²)``; ``"complex"`` has no cancellation, but needs an ``f``
        that is analytic and accepts complex numbers.
    h : float, optional
        The step of ``"central"``, relative to ``max(|x_i|, 1)``; ``eps**(1/3)`` if left out.
    with_error : bool
        Return ``(gradient, estimated absolute error)`` instead.

    Raises
    ------
    ValueError
        If ``f`` is not scalar or not finite at ``x``, or an argument cannot be used.

    Notes
    -----
    The steps begin at about ``max(|x_i|, 1) / 17``; others, from four times that down, are taken
    where the values tell that they are needed. A bump much narrower than a step can be missed by
    all that are taken, and so can what cancels in a mixed second difference: there the estimated
    error is too small. An ``f`` that iterates until a batch as a whole has converged is not what
    it is of one point.

    References
    ----------
    Squire and Trapp (1998), SIAM Review 40(1), 110-112, for the complex step (unchecked).

    Examples
    --------
    >>> gradient(lambda x: x[0] ** 2 + x[0] * x[1], [1.0, 2.0]).round(9)
    array([4., 1.])
    """
    at = _few(_scalar(f, x))
    value, error = slopes(at, None, method, h)
    return _given([value.reshape(at.x.shape), error.reshape(at.x.shape)], with_error)


def jacobian(
    f: Callable,
    x: Any,
    *,
    method: str = "richardson",
    h: float | None = None,
    with_error: bool = False,
) -> Any:
    """Return the Jacobian ``J[i, j] = ∂f_i/∂x_j``: the shape of ``f(x)``, then that of ``x``.

    The parameters are those of `gradient`, but ``f`` may return an array.

    Examples
    --------
    >>> jacobian(lambda x: np.stack([x[0] ** 2 + x[1], x[0] * x[1]]), [1.0, 2.0]).round(9)
    array([[2., 1.],
           [2., 1.]])
    """
    at = _few(Evaluator(f, x))
    value, error = slopes(at, None, method, h)
    turned = (np.moveaxis(e, 0, -1).reshape(at.value.shape + at.x.shape) for e in (value, error))
    return _given(list(turned), with_error)


def directional_derivative(
    f: Callable,
    x: Any,
    v: Any,
    *,
    method: str = "richardson",
    h: float | None = None,
    with_error: bool = False,
) -> Any:
    """Return ``Df(x)[v]``, linear in ``v``; it is the slope along ``v`` if ``v`` has length one.

    The parameters are those of `gradient`; ``v`` has the shape of ``x``, and ``f`` may return an
    array.
    """
    at = Evaluator(f, x)
    value, error = slopes(at, _direction(v, at)[:, None], method, h)
    return _given([value[0], error[0]], with_error)


def hessian(f: Callable, x: Any, *, h: float | None = None, with_error: bool = False) -> Any:
    """Return the Hessian of a scalar function of a vector: shape ``(n, n)``, symmetric.

    Extrapolated central second differences; with ``h``, plain ones of error ``O(h²)``, the step
    relative to ``max(|x_i|, 1)``.

    Raises
    ------
    ValueError
        If ``f`` is not scalar, ``x`` no vector, or the step too short.
    """
    at = _scalar(f, x)
    refuse(at.x.ndim != 1, f"x has shape {at.x.shape}: the Hessian is for a vector (n,)")
    unit, n = _axes(at, MOST // 10), at.flat.size
    i, j = np.triu_indices(n)
    found = curvatures(at, unit[:, i], unit[:, j], h)
    return _given([_symmetric(entries, n, i, j) for entries in found], with_error)


def laplacian(f: Callable, x: Any, *, h: float | None = None, with_error: bool = False) -> Any:
    """Return the Laplacian of a scalar function, the sum of its pure second derivatives."""
    at = _scalar(f, x)
    unit = _axes(at)
    value, error = curvatures(at, unit, unit, h)
    return _given([value.sum(), error.sum()], with_error)


def hvp(f: Callable, x: Any, v: Any, *, h: float | None = None, with_error: bool = False) -> Any:
    """Return the Hessian times ``v``, an array of the shape of ``x``, without the Hessian."""
    at = _scalar(f, x)
    unit = _axes(at)
    along = np.repeat(_direction(v, at)[:, None], at.flat.size, axis=1)
    found = curvatures(at, unit, along, h)
    return _given([entries.reshape(at.x.shape) for entries in found], with_error)


def check_gradient(f: Callable, grad: Callable, x: Any, *, rtol: float = 1e-7) -> float:
    """Compare a gradient with differences of the function; return the largest relative error.

    Raises
    ------
    ValueError
        If the shapes differ, or the error is above ``rtol``; the message names the worst entry.
    """
    rtol = checks.number(rtol, "rtol", above=0)
    expected, unsure = map(np.asarray, gradient(f, x, with_error=True))
    given = checks.numbers(checks.function(grad, "grad")(np.array(x, dtype=float)), "grad(x)")
    refuse(given.shape != expected.shape, f"grad(x) has shape {given.shape}, x {expected.shape}")
    unsure = np.minimum(unsure, rtol)  # at a minimum rounding is all there is; no more is let pass
    beyond = np.maximum(np.abs(given - expected) - unsure, 0)
    errors = beyond / max(float(np.abs(expected).max()), 1e-300)
    where = np.unravel_index(np.argmax(errors), errors.shape)
    place = f"grad(x)[{', '.join(map(str, where))}] is {given[where]:.9g}"
    refuse(not errors.max() <= rtol, f"{place}, but differences of f give {expected[where]:.9g}")
    return float(errors.max())


def _scalar(f: Callable, x: Any) -> Evaluator:
    at = Evaluator(f, x)
    refuse(at.value.shape != (), f"f(x) has shape {at.value.shape}, but must be one number")
    return at


def _few(at: Evaluator, most: int = MOST) -> Evaluator:
    n = at.flat.size
    refuse(n > most, f"x has {n} entries: differences are for {most} or fewer; see autodiff")
    return at


def _axes(at: Evaluator, most: int = MOST) -> np.ndarray:
    """Return the unit vectors, as columns."""
    return np.eye(_few(at, most).flat.size)


def _direction(v: Any, at: Evaluator) -> np.ndarray:
    direction = checks.numbers(v, "v", finite=True)
    refuse(direction.shape != at.x.shape, f"v has shape {direction.shape}, x {at.x.shape}")
    return direction.ravel()


def _symmetric(entries: np.ndarray, n: int, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    full = np.empty((n, n))
    full[i, j] = full[j, i] = entries
    return full


def _given(found: Sequence[Any], with_error: bool) -> Any:
    value, error = (float(e) if np.ndim(e) == 0 else e for e in found)
    return (value, error) if with_error else value
