"""What a critical point is: by the Hessian, and where that decides nothing, by higher order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import sympy as sp

from mathcalc import checks
from mathcalc.optimality import germs
from mathcalc.optimality.places import Place, function_point
from mathcalc.optimality.reading import Formula, Smooth, read

NEAR_ZERO = 1e-8


@dataclass(frozen=True)
class Classification:
    """The type of a critical point.

    Attributes
    ----------
    kind : str
        ``"minimum"``, ``"maximum"``, ``"saddle"`` or ``"inconclusive"``; local.
    strict : bool or None
        Whether the minimum or maximum is strict; None where it is not known.
    test : str
        ``"second order"``, or the test along the null space that decided, or that did not.
    eigenvalues : ndarray, shape (n,)
        Of the Hessian, ascending.
    eigenvectors : ndarray, shape (n, n)
        Unit eigenvectors, as columns; at a saddle with a negative eigenvalue the first one is the
        direction of steepest escape.
    hessian_test : str
        What the Hessian alone says: ``"inconclusive"`` where it is semidefinite and singular.
    """

    kind: str
    strict: bool | None
    test: str
    eigenvalues: np.ndarray
    eigenvectors: np.ndarray
    hessian_test: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.test})"


def classify(
    f: Formula,
    x: Any,
    *,
    variables: Sequence[str] | None = None,
    tolerance: float = NEAR_ZERO,
    order: int = 8,
) -> Classification:
    """Return the type of a critical point.

    First the signs of the Hessian's eigenvalues: both signs make a saddle, also where some are
    zero; all of one sign an extremum. A semidefinite Hessian with a zero eigenvalue decides
    nothing. Then the variables in which it is definite are eliminated (the splitting lemma), and
    the lowest terms in the others decide if they can.

    Parameters
    ----------
    f : formula
        Typed text, a SymPy expression or a `ScalarField`.
    x : array_like, shape (n,)
        The point; entries may be exact, as ``sympy.pi/2``. Where the gradient vanishes exactly
        at the decimals given, all is done in exact arithmetic.
    variables : sequence of str, optional
        The order of the coordinates; alphabetical if it is left out.
    tolerance : float
        At an inexact point an eigenvalue counts as zero if it is below `tolerance` times the
        largest, of the Hessian scaled to a unit diagonal: congruence changes no sign
        (Sylvester), and the scale of the variables then does not matter. An error ``δ`` in the
        Hessian's entries moves no eigenvalue by more than ``‖δ‖`` (Weyl), so rounding, about
        ``1e-16``, and a point good to ten digits are covered. At an exact point zero means zero.
    order : int
        The highest order of terms looked at.

    Raises
    ------
    ValueError
        If the gradient at `x` is not zero: definiteness says nothing there; or `x` does not fit.

    References
    ----------
    Poston and Stewart, Catastrophe Theory and its Applications (1978), for the splitting lemma
    (unchecked).

    Examples
    --------
    >>> classify("x**2 - y**2", [0, 0]).kind
    'saddle'
    >>> print(classify("(y - x**2)*(y - 3*x**2)", [0, 0]))
    saddle (terms of order 4 along the null space)
    """
    tolerance, order = (
        checks.number(tolerance, "tolerance", above=0),
        checks.whole(order, "order", 2, 50),
    )
    (function,) = read(f, variables)
    return classified(function, function_point(function, x), tolerance, order)


def classified(
    function: Smooth, place: Place, tolerance: float = NEAR_ZERO, order: int = 8
) -> Classification:
    """Return the type of a critical point at a place that is known to be critical."""
    H = function.field.hessian(place.x)
    values, vectors = np.linalg.eigh(H)
    signs = _signs(function, place, H, tolerance)
    said = {(True, True): "saddle", (True, False): "minimum", (False, True): "maximum"}
    up, down = signs.count(1) > 0, signs.count(-1) > 0
    hessian_test = said.get((up, down), "inconclusive")
    if 0 in signs and hessian_test != "saddle":
        hessian_test = "inconclusive"
        kind, strict, test = germs.decided(function, place.x, place.exact, signs, order)
    else:
        kind, strict, test = hessian_test, hessian_test != "saddle" or None, "second order"
    return Classification(kind, strict, test, values, vectors, hessian_test)


def _signs(function: Smooth, place: Place, H: np.ndarray, tolerance: float) -> list[int]:
    """Return the sign of each eigenvalue."""
    if place.exact is not None:
        exact = function.hessian.subs(dict(zip(function.symbols, place.exact, strict=True)))
        if all(entry.is_rational for entry in exact):
            return _inertia(exact)
    size = np.sqrt(np.abs(H.diagonal()))
    size[size <= 1e-8 * size.max(initial=0)] = size.max(initial=0) or 1.0
    scaled = np.linalg.eigvalsh(H / np.outer(size, size))
    blur = _blur(function, place, H) / np.outer(size, size)
    near = tolerance * max(np.abs(scaled).max(), 1e-300) + np.linalg.norm(blur)
    return [int(np.sign(v)) if abs(v) > near else 0 for v in scaled]


def _blur(function: Smooth, place: Place, H: np.ndarray) -> np.ndarray:
    """Return how much the Hessian changes within the accuracy of a place."""
    if place.exact is not None:
        return np.zeros_like(H)
    step = 1e-9 * (1 + np.abs(place.x))
    turned = step * (-1.0) ** np.arange(len(step))
    return np.max([np.abs(function.field.hessian(place.x + s) - H) for s in (step, turned)], axis=0)


def _inertia(H: sp.Matrix) -> list[int]:
    """Return the signs of the eigenvalues of a rational symmetric matrix.

    All zeros of its characteristic polynomial are real, so Descartes' rule counts exactly.
    """
    terms = H.charpoly().all_coeffs()
    n = H.rows
    zero = next((k for k, c in enumerate(reversed(terms)) if c != 0), n)
    kept = [sp.sign(c) for c in terms if c != 0]
    up = sum(a != b for a, b in pairwise(kept))
    return [-1] * (n - zero - up) + [0] * zero + [1] * up
