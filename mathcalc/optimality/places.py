"""Where a critical point is: in floating-point numbers and, if it can be told, exactly."""

import numbers as kinds
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp

from mathcalc import checks
from mathcalc.optimality import germs
from mathcalc.optimality.reading import Smooth, rational


@dataclass(frozen=True)
class Place:
    """A point as floating-point numbers and, if it is exactly critical, as SymPy numbers."""

    x: np.ndarray
    exact: tuple[sp.Expr, ...] | None


def function_point(function: Smooth, x: Any) -> Place:
    """Return the place of a critical point, exact if the numbers given are."""
    n, wanted = len(function.symbols), f"one for each of {_names(function)}"
    checks.refuse(np.ma.is_masked(x), "x has masked entries: fill them")
    array = _objects(x)
    given = list(array.ravel()) if array.ndim < 2 else []
    checks.refuse(len(given) != n, f"x: give {n} numbers, {wanted}")
    numbers = [_exact(e.item() if isinstance(e, np.generic) else e) for e in given]
    if not all(e.is_number and e.is_real and e.is_finite for e in numbers):
        raise ValueError("x: give finite real numbers")
    place = Place(np.array(numbers, dtype=float), tuple(map(rational, numbers)))
    return place if _is_exactly_critical(function, place) else _roughly(function, place.x)


def _objects(x: Any) -> np.ndarray:
    try:
        return np.asarray(x, dtype=object)
    except ValueError:
        raise ValueError("x: its rows have different lengths") from None


def _exact(entry: Any) -> sp.Expr:
    """Return a number as SymPy has it; nan for what is none."""
    number = isinstance(entry, sp.Expr | kinds.Number) and not isinstance(entry, bool)
    return sp.sympify(entry) if number else sp.nan


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
    if (np.abs(slope) > 1e-6 * size + 1e-12 * size.max()).any():
        shown = ", ".join(f"{e:.6g}" for e in slope)
        raise ValueError(f"x is no critical point: the gradient there is ({shown})")
    return Place(x, None)
