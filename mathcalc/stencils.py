"""The machinery under `mathcalc.numerical`: whole stencils in one call.

A stencil is a matrix of points ``(n, k)``. Quotients come as ``(rungs, rows, *shape of f(x))``.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.checks import refuse
from mathcalc.evaluator import Evaluator
from mathcalc.extrapolation import LONGEST, refine

EPS = float(np.finfo(float).eps)
TINY = 1e-30  # the complex step: its square vanishes beside any number
METHODS = ("richardson", "central", "complex")
CACHED = 12000  # how many coordinates a block of points has


def scaled(x: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Stretch directions ``(n, q)`` to the size of the point; return them and the factors."""
    relative = directions / np.maximum(np.abs(x), 1.0)[:, None]
    factor = 1.0 / np.abs(relative).max(axis=0)
    factor[~np.isfinite(factor)] = 1.0
    return directions * factor, factor


def first(
    at: Evaluator, a: np.ndarray, factor: np.ndarray, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Central quotients of the derivative along the columns of ``a / factor``; error ``O(h²)``."""
    values = _values(at, [a], steps)
    h = _column(steps, values[0])
    slope = (values[0] - values[1]) / (2 * h)
    noise = (_noise(at, values) + _shift(at, a, slope)) / h
    return _over(factor, slope), _over(factor, noise)


def second(
    at: Evaluator, a: np.ndarray, b: np.ndarray, factor: np.ndarray, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Central quotients of the second derivative along ``a`` and ``b``, over ``factor``."""
    sums = _values(at, [a + b, a - b], steps)
    h = _column(steps, sums[0])
    bend = (sums[0] + sums[1] - sums[2] - sums[3]) / (4 * h**2)
    slope = np.maximum(np.abs(sums[0] - sums[1]), np.abs(sums[2] - sums[3])) / (2 * h)
    noise = (_noise(at, sums) + _shift(at, np.abs(a) + np.abs(b), slope)) / h**2
    return _over(factor, bend), _over(factor, noise)


def _over(factor: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Divide each row of ``(rungs, rows, …)`` by the factor that its direction was stretched by."""
    return part / factor.reshape(-1, *(1,) * (part.ndim - 2))


def _shift(at: Evaluator, a: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Bound what the rounding of x ± h·a does to the values, by how large x is along ``a``."""
    size = np.abs(at.flat)
    along = (size / np.maximum(size, 1.0) ** 2) @ np.abs(a)
    return EPS * along.reshape(-1, *(1,) * (slope.ndim - 2)) * np.abs(slope)


def _values(at: Evaluator, shifts: list[np.ndarray], steps: np.ndarray) -> np.ndarray:
    """Return f at x + h·shift and at x - h·shift, for each shift in turn.

    The shape is ``(2 · shifts, rungs, rows, *shape of f(x))``. A large stencil goes in blocks that
    stay in the processor's cache.
    """
    stack, both = np.stack(shifts, axis=1), np.concatenate([steps, -steps])
    n, count, rows = stack.shape
    width = math.ceil(rows / math.ceil(n * count * rows / CACHED))
    some = max(CACHED // (n * count * width), 1)
    cuts = [(j, k) for k in range(0, rows, width) for j in range(0, len(both), some)]
    blocks = ((stack[:, :, None, k : k + width], both[j : j + some]) for j, k in cuts)
    found = at.each(_points(at.flat, *block) for block in blocks)
    values = np.empty((count, len(both), rows, *at.value.shape))
    for (j, k), part in zip(cuts, found, strict=True):
        place = values[:, j : j + some, k : k + width]
        place[...] = part.reshape(place.shape)
    return values.reshape(2 * count, len(steps), rows, *at.value.shape)


def _points(x: np.ndarray, shifts: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Return x + h·shift as columns, and x itself as the last one."""
    n, count, _, width = shifts.shape
    points = np.empty((n, count * len(steps) * width + 1))
    moved = points[:, :-1].reshape(n, count, len(steps), width)  # a view
    np.multiply(shifts, steps[:, None], out=moved)
    moved += x[:, None, None, None]
    points[:, -1] = x
    return points


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
def slopes(at: Evaluator, directions: np.ndarray, method: str, h: float | None) -> Any:
    """Return the derivatives along the columns, rows first, and their estimated errors."""
    checks.text(method, "method", METHODS)
    refuse(h is not None and method != "central", "h is for method='central' only")
    if method == "complex":
        return _complex(at, directions)
    a, factor = scaled(at.flat, directions)
    if method == "central":
        return _plain(lambda steps: first(at, a, factor, steps), _step(h, 1 / 3, at, a))
    return refine(
        lambda rows, steps: first(at, a[:, rows], factor[rows], steps),
        *(a.shape[1], LONGEST, 1e-11),
    )


@np.errstate(all="ignore")
def curvatures(at: Evaluator, a: np.ndarray, b: np.ndarray, h: float | None) -> Any:
    """Return the second derivatives along pairs of columns, and their estimated errors."""
    (a, fa), (b, fb) = scaled(at.flat, a), scaled(at.flat, b)
    factor = fa * fb
    if h is None:
        return refine(
            lambda rows, steps: second(at, a[:, rows], b[:, rows], factor[rows], steps),
            *(a.shape[1], 2 * LONGEST, 1e-10),
        )
    return _plain(lambda steps: second(at, a, b, factor, steps), _step(h, 1 / 4, at, a))


def _plain(rule: Callable, h: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the quotients of one step; their distance to those of twice the step as error."""
    (wide, narrow), noise = rule(np.array([2 * h, h]))
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
