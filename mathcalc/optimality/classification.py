"""What a critical point is: by the Hessian, and where that decides nothing, by higher order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import sympy as sp

from mathcalc.optimality import germs
from mathcalc.optimality.reading import Formula, Smooth, rational, read

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
    (function,) = read(f, variables)
    return classified(function, function_point(function, x), tolerance, order)


@dataclass(frozen=True)
class Place:
    """A point as floating-point numbers and, if it is exactly critical, as SymPy numbers."""

    x: np.ndarray
    exact: tuple[sp.Expr, ...] | None


def function_point(function: Smooth, x: Any) -> Place:
    """Return the place of a critical point, exact if the numbers given are."""
    given = list(np.atleast_1d(np.asarray(x, dtype=object)))
    n = len(function.symbols)
    if len(given) != n:
        raise ValueError(f"x: give {n} numbers, one for each of {_names(function)}")
    numbers = [sp.sympify(e.item() if isinstance(e, np.generic) else e) for e in given]
    if not all(e.is_number and e.is_real and e.is_finite for e in numbers):
        raise ValueError("x: give finite real numbers")
    place = Place(np.array(numbers, dtype=float), tuple(map(rational, numbers)))
    return place if _is_exactly_critical(function, place) else _roughly(function, place.x)


def nearby(function: Smooth, x: np.ndarray, size: Any = 1e-11) -> Place:
    """Return the place of a critical point; simple numbers within `size` of it are recognised."""
    sizes = np.broadcast_to(size, x.shape) * (1 + np.abs(x))
    near = tuple(_recognised(float(e), float(s)) for e, s in zip(x, sizes, strict=True))
    if None not in near:
        place = Place(np.array(near, dtype=float), near)
        if _is_exactly_critical(function, place):
            return place
    return Place(x, None)


def _recognised(number: float, size: float) -> sp.Expr | None:
    """Return a simple exact number close to a computed one: a fraction, a root, a part of π."""
    for unit, value in ((sp.Integer(1), number), (sp.pi, number / np.pi)):
        simple = sp.Rational(value).limit_denominator(1000)
        if abs(float(simple * unit) - number) <= size:
            return simple * unit
    square = sp.Rational(number**2).limit_denominator(1000)
    root = sp.sqrt(square) * (1 if number > 0 else -1)
    return root if abs(float(root) - number) <= size else None


def _names(function: Smooth) -> str:
    return ", ".join(s.name for s in function.symbols)


def _is_exactly_critical(function: Smooth, place: Place) -> bool:
    at = dict(zip(function.symbols, place.exact or (), strict=True))
    return all(germs.is_zero(slope.subs(at)) for slope in function.gradient)


def _roughly(function: Smooth, x: np.ndarray) -> Place:
    """Return an inexact place, if the gradient vanishes there up to rounding."""
    with np.errstate(all="ignore"):
        slope, H = function.field.gradient(x), function.field.hessian(x)
    if not (np.isfinite(slope).all() and np.isfinite(H).all()):
        raise ValueError("x: f has no finite second derivatives there")
    size = np.abs(H) @ (1 + np.abs(x)) + 1e-300
    if (np.abs(slope) > 1e-6 * size.max()).any():
        shown = ", ".join(f"{e:.6g}" for e in slope)
        raise ValueError(f"x is no critical point: the gradient there is ({shown})")
    return Place(x, None)


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
    near = tolerance * max(np.abs(scaled).max(), 1e-300)
    return [int(np.sign(v)) if abs(v) > near else 0 for v in scaled]


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
