"""The machinery under `mathcalc.numerical`: whole stencils in one call.

A stencil is a matrix of points ``(n, k)``. Quotients come as ``(rungs, rows, *shape of f(x))``.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.checks import refuse
from mathcalc.evaluator import Evaluator
from mathcalc.extrapolation import LONGEST, refine
from mathcalc.ways import Ways, axes, columns, pairs, scaled

EPS = float(np.finfo(float).eps)
TINY = 1e-30  # the complex step: its square vanishes beside any number
METHODS = ("richardson", "central", "complex")
CACHED = 16000  # coordinates in a block of points: 128 kB, which the allocator has at hand


def first(
    at: Evaluator, ways: Ways, rows: np.ndarray, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Central quotients of the derivative along the chosen ways; error ``O(h²)``."""
    values = _values(at, ways, rows, steps)
    h = _column(steps, values[0])
    slope = (values[0] - values[1]) / (2 * h)
    noise = (_noise(at, values) + _shift(ways.along[rows], slope)) / h
    return _over(ways.factor[rows], slope), _over(ways.factor[rows], noise)


def second(
    at: Evaluator, ways: Ways, rows: np.ndarray, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Central quotients of the second derivative along ``a`` and ``b``; the ways are of `pairs`."""
    values = _values(at, ways, np.concatenate([rows, rows + ways.factor.size]), steps)
    corners = values.reshape(2, steps.size, 2, rows.size, *at.value.shape)
    (far, right), (near, left) = corners = corners.swapaxes(1, 2)
    h = _column(steps, far)
    bend = (far + near - right - left) / (4 * h**2)
    slope = np.maximum(np.abs(far - near), np.abs(right - left)) / (2 * h)
    noise = _noise(at, corners.reshape(4, *far.shape))
    noise = (noise + _shift(ways.along[rows], slope)) / h**2
    return _over(ways.factor[rows], bend), _over(ways.factor[rows], noise)


def _over(factor: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Divide each row of ``(rungs, rows, …)`` by the factor that its direction was stretched by."""
    return part / factor.reshape(-1, *(1,) * (part.ndim - 2))


def _shift(along: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Bound what the rounding of x ± h·a does to the values."""
    return EPS * along.reshape(-1, *(1,) * (slope.ndim - 2)) * np.abs(slope)


def _values(at: Evaluator, ways: Ways, rows: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Return f at x + h·a and at x - h·a: ``(2, rungs, rows, *shape of f(x))``.

    A large stencil goes in blocks that stay in the processor's cache.
    """
    both = np.concatenate([steps, -steps])
    size, most = both.size * rows.size, max(CACHED // at.flat.size - 1, 1)
    width = math.ceil(size / math.ceil(size / most))
    rows_of, steps_of = np.tile(rows, both.size), np.repeat(both, rows.size)
    cuts = [slice(k, k + width) for k in range(0, size, width)]
    found = at.each(ways.points(rows_of[cut], steps_of[cut]) for cut in cuts)
    shape = 2, steps.size, rows.size, *at.value.shape
    return np.concatenate(found, dtype=float).reshape(shape)


def _column(steps: np.ndarray, values: np.ndarray) -> np.ndarray:
    return steps.reshape(-1, *(1,) * (values.ndim - 1))


def _noise(at: Evaluator, values: np.ndarray) -> np.ndarray:
    """Bound what rounding does to the values: a few units in their last place.

    Zeros only may be what a cancellation within f has left: they are as uncertain as the largest.
    """
    size = np.abs(at.value) + np.abs(values).max(axis=0)
    if not size.all():
        size = np.where(size == 0, size.max(axis=0), size)
    return 2 * at.eps * size


@np.errstate(all="ignore")
def slopes(at: Evaluator, directions: np.ndarray | None, method: str, h: float | None) -> Any:
    """Return the derivatives along the columns, or else the axes, and their estimated errors."""
    checks.text(method, "method", METHODS)
    refuse(h is not None and method != "central", "h is for method='central' only")
    ways = axes(at.flat) if directions is None else columns(at.flat, directions)
    if method == "richardson":
        return refine(partial(first, at, ways), ways.factor.size, LONGEST, 1e-11)
    given = np.eye(at.flat.size) if directions is None else directions
    if method == "complex":
        return _complex(at, given)
    step = _step(h, 1 / 3, at, scaled(at.flat, given)[0])
    return _plain(partial(first, at, ways), ways.factor.size, step)


@np.errstate(all="ignore")
def curvatures(at: Evaluator, a: np.ndarray, b: np.ndarray, h: float | None) -> Any:
    """Return the second derivatives along pairs of columns, and their estimated errors."""
    ways = pairs(at.flat, a, b)
    if h is None:
        return refine(partial(second, at, ways), ways.factor.size, 2 * LONGEST, 1e-10)
    step = _step(h, 1 / 4, at, scaled(at.flat, a)[0])
    return _plain(partial(second, at, ways), ways.factor.size, step)


def _plain(rule: Callable, rows: int, h: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the quotients of one step; their distance to those of twice the step as error."""
    (wide, narrow), noise = rule(np.arange(rows), np.array([2 * h, h]))
    refuse(not np.isfinite(narrow).all(), f"h={h:g} is too long: f is not finite there")
    return narrow, np.abs(narrow - wide) + noise[1]


def _step(h: float | None, power: float, at: Evaluator, a: np.ndarray) -> float:
    """Return the relative step, which must move every point."""
    step = EPS**power if h is None else checks.number(h, "h", above=0)
    moved = (at.flat[:, None] + step * a != at.flat[:, None]) | (a == 0)
    refuse(not moved.all(), f"h={h} is too short: x + h is x in floating point")
    return step


def _complex(at: Evaluator, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return Im f(x + i·h·d)/h, exact to rounding where f is analytic."""
    points = np.column_stack([at.flat[:, None] + 1j * TINY * directions, at.flat])
    try:
        values = at(points)
    except TypeError as reason:
        raise ValueError(f"method='complex': f refuses complex numbers ({reason})") from None
    same = values.dtype.kind == "c" and np.allclose(values.real, at.value, rtol=1e-9)
    refuse(not same, "method='complex': f is not analytic here (abs, max, real or a comparison?)")
    slopes = values.imag / TINY
    return slopes, 4 * EPS * np.abs(slopes)
