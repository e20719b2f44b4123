"""The machinery under `mathcalc.numerical`: whole stencils in one call, and extrapolation.

A stencil is a matrix of points ``(n, k)``. Quotients come as ``(rungs, rows, *shape of f(x))``.
"""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.checks import refuse
from mathcalc.evaluator import Evaluator

EPS = float(np.finfo(float).eps)
GOOD = 1e-11  # a relative error with which the short ladder's result is accepted
SHORT = 0.125 * 2.0 ** -np.arange(4)
LONG = 0.25 * 4.0 ** -np.arange(18)
TINY = 1e-30  # the complex step: its square vanishes beside any number
METHODS = ("richardson", "central", "complex")
CACHED = 12000  # how many coordinates a block of points has


def scaled(x: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Stretch directions ``(n, q)`` to the size of the point; return them and the factors."""
    room = np.maximum(np.abs(x), 1.0)[:, None]
    with np.errstate(divide="ignore", over="ignore"):
        factor = 1.0 / np.max(np.abs(directions) / room, axis=0)
    factor[~np.isfinite(factor)] = 1.0
    return directions * factor, factor


def first(at: Evaluator, a: np.ndarray, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Central quotients of the derivative along the columns of ``a``; error ``O(h²)``."""
    values = _values(at, [a], steps)
    h = _column(steps, values[0])
    return (values[0] - values[1]) / (2 * h), _noise(at, values) / h


def second(
    at: Evaluator, a: np.ndarray, b: np.ndarray, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Central quotients of the second derivative along ``a`` and ``b``; error ``O(h²)``."""
    sums = _values(at, [a + b, a - b], steps)
    h = _column(steps, sums[0])
    return (sums[0] + sums[1] - sums[2] - sums[3]) / (4 * h**2), _noise(at, sums) / h**2


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
    """Return x + h·shift as columns."""
    moves = shifts * steps[:, None]
    moves += x[:, None, None, None]
    return moves.reshape(len(x), -1)


def _column(steps: np.ndarray, values: np.ndarray) -> np.ndarray:
    return steps.reshape(-1, *(1,) * (values.ndim - 1))


def _noise(at: Evaluator, values: np.ndarray) -> np.ndarray:
    """Bound what rounding does to the values: a few units in their last place.

    Zeros only may be what a cancellation within f has left: they are as uncertain as the largest.
    """
    size = np.abs(at.value) + np.abs(values).max(axis=0)
    return 2 * EPS * np.where(size == 0, size.max(axis=0), size)


@cache
def richardson(rungs: int, ratio: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return Richardson's table for any quotients of error ``O(h²)``, since it is linear in them.

    Returns
    -------
    entries, shape (m, rungs)
        The weights of each entry above the first order.
    parents, shape (2, m, rungs)
        Those of the two entries that it is made from.
    narrowest, shape (m,)
        The rung of the smallest step in it, whose rounding is the largest.
    """
    column, table = np.eye(rungs), []
    narrowest: list[int] = []
    for order in range(1, rungs):
        factor = ratio ** (2 * order)
        better = (factor * column[1:] - column[:-1]) / (factor - 1)
        table += [(e, *pair) for e, *pair in zip(better, column[1:], column[:-1], strict=True)]
        narrowest += range(order, rungs)
        column = better
    entries, *parents = np.array(table).swapaxes(0, 1)
    return entries, np.array(parents), np.array(narrowest)


def extrapolate(
    quotients: np.ndarray, noise: np.ndarray, ratio: float
) -> tuple[np.ndarray, np.ndarray]:
    """Richardson's table of central quotients; the entry with the least estimated error.

    The estimate is Ridders' (the distance to the two entries it was made from) and what rounding
    contributes. Source: Ridders (1982), Advances in Engineering Software 4(2), 75-76 (unchecked).
    """
    entries, parents, narrowest = richardson(len(quotients), ratio)
    flat = quotients.reshape(len(quotients), -1)
    missing = ~np.isfinite(flat)
    if missing.any():
        flat = np.where(missing, 0.0, flat)
    values = entries @ flat
    apart = np.abs(values - parents @ flat).max(axis=0)
    estimate = apart + noise.reshape(flat.shape)[narrowest]
    if missing.any():
        estimate[((entries != 0) @ missing) | ~np.isfinite(estimate)] = np.inf
    chosen = estimate.argmin(axis=0), np.arange(flat.shape[1])
    shape = quotients.shape[1:]
    return values[chosen].reshape(shape), estimate[chosen].reshape(shape)


def refine(
    rule: Callable[..., tuple[np.ndarray, np.ndarray]], rows: int
) -> tuple[np.ndarray, np.ndarray]:
    """Extrapolate over a short ladder of steps; over a long one for rows that it leaves unsure.

    Parameters
    ----------
    rule : callable
        ``rule(chosen rows, steps) -> (quotients, noise)``.
    rows : int
        How many rows there are.
    """
    value, error = extrapolate(*rule(slice(None), SHORT), ratio=2.0)
    unsure = error > GOOD * np.maximum(np.abs(value), np.abs(value).max(initial=0) * 0.1)
    chosen = np.flatnonzero(
        ~np.isfinite(value).reshape(rows, -1).all(1) | unsure.reshape(rows, -1).any(1)
    )
    if chosen.size:
        again, anew = extrapolate(*rule(chosen, LONG), ratio=4.0)
        closer = anew < error[chosen]
        value[chosen] = np.where(closer, again, value[chosen])
        error[chosen] = np.where(closer, anew, error[chosen])
    refuse(not np.isfinite(error).all(), "f is not finite around x: no difference can be formed")
    return value, error


@np.errstate(all="ignore")
def slopes(at: Evaluator, directions: np.ndarray, method: str, h: float | None) -> Any:
    """Return the derivatives along the columns, rows first, and their estimated errors."""
    checks.text(method, "method", METHODS)
    refuse(h is not None and method != "central", "h is for method='central' only")
    if method == "complex":
        return _complex(at, directions)
    a, factor = scaled(at.flat, directions)
    if method == "central":
        found = _plain(lambda steps: first(at, a, steps), _step(h, 1 / 3, at, a))
    else:
        found = refine(lambda rows, steps: first(at, a[:, rows], steps), a.shape[1])
    return _divided(found, factor)


@np.errstate(all="ignore")
def curvatures(at: Evaluator, a: np.ndarray, b: np.ndarray, h: float | None) -> Any:
    """Return the second derivatives along pairs of columns, and their estimated errors."""
    (a, fa), (b, fb) = scaled(at.flat, a), scaled(at.flat, b)
    if h is None:
        found = refine(lambda rows, steps: second(at, a[:, rows], b[:, rows], steps), a.shape[1])
    else:
        found = _plain(lambda steps: second(at, a, b, steps), _step(h, 1 / 4, at, a))
    return _divided(found, fa * fb)


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
    points = at.flat[:, None] + 1j * TINY * directions
    try:
        values = at(points)
    except TypeError as reason:
        raise ValueError(f"method='complex': f refuses complex numbers ({reason})") from None
    same = values.dtype.kind == "c" and np.allclose(values.real, at.value, rtol=1e-9)
    refuse(not same, "method='complex': f is not analytic here (abs, max, real or a comparison?)")
    slopes = values.imag / TINY
    return slopes, 4 * EPS * np.abs(slopes)


def _divided(found: tuple[np.ndarray, np.ndarray], factor: np.ndarray) -> tuple:
    return tuple(e / factor.reshape(-1, *(1,) * (e.ndim - 1)) for e in found)
