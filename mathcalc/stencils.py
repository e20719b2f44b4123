"""The machinery under `mathcalc.numerical`: whole stencils in one call, and extrapolation.

A stencil is a matrix of points ``(n, k)``. Quotients come as ``(rungs, rows, *shape of f(x))``.
"""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

EPS = float(np.finfo(float).eps)
GOOD = 1e-11  # a relative error with which the short ladder's result is accepted
SHORT = 0.125 * 2.0 ** -np.arange(6)
LONG = 0.25 * 4.0 ** -np.arange(18)
PROBES = 3


class Evaluator:
    """A callable at one point, asked for all points of a stencil at once where it can be.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of ``x``; may also take batch axes after.
    x : array_like
        The point; integers become floats.
    """

    def __init__(self, f: Callable[[Any], Any], x: Any) -> None:
        self.x = np.array(x, dtype=float)
        refuse(not np.isfinite(self.x).all(), "x has an entry that is not finite")
        refuse(self.x.size == 0, "x is empty: a point has at least one coordinate")
        self.f = f
        self.flat = self.x.ravel()
        with np.errstate(all="ignore"):
            self.value = np.asarray(f(self.x.copy()))
        refuse(self.value.dtype.kind not in "biuf", f"f(x) is not real but {self.value.dtype}")
        refuse(not np.isfinite(self.value).all(), "f(x) is not finite at x: move the point")

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return the values at the columns of ``(n, k)``: shape ``(k, *shape of f(x))``."""
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            found = self._together(points)
            return self._one_by_one(points) if found is None else found

    def _together(self, points: np.ndarray) -> np.ndarray | None:
        """Return the values by one call; None unless they are those of single calls."""
        n, k = points.shape
        spare = np.repeat(points[:, :1], 1 + (k + 1 == n), axis=1)  # never a square by accident
        batch = np.concatenate([points, spare], axis=1)
        try:
            values = np.asarray(self.f(batch.reshape(*self.x.shape, -1)))
        except Exception:  # what f does with a batch is its own affair: it is asked point by point
            return None
        if values.shape != (*self.value.shape, batch.shape[1]):
            return None
        columns = np.linspace(0, k - 1, PROBES).astype(int)
        single = self._one_by_one(points[:, columns])
        together = np.moveaxis(values, -1, 0)[:k]
        same = np.allclose(together[columns], single, rtol=1e-12, atol=0, equal_nan=True)
        return together if same else None

    def _one_by_one(self, points: np.ndarray) -> np.ndarray:
        values = [np.asarray(self.f(column.reshape(self.x.shape))) for column in points.T]
        for value in values:
            wanted = self.value.shape
            refuse(value.shape != wanted, f"f gives shape {wanted} at x but {value.shape} near it")
        return np.array(values)


def refuse(bad: Any, sentence: str) -> None:
    """Raise a `ValueError` that says what is wrong."""
    if bad:
        raise ValueError(sentence)


def scaled(x: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Stretch directions ``(n, q)`` to the size of the point; return them and the factors."""
    room = np.maximum(np.abs(x), 1.0)[:, None]
    with np.errstate(divide="ignore"):
        factor = np.min(np.where(directions == 0, np.inf, room / np.abs(directions)), axis=0)
    factor[~np.isfinite(factor)] = 1.0
    return directions * factor, factor


def first(at: Evaluator, a: np.ndarray, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Central quotients of the derivative along the columns of ``a``; error ``O(h²)``."""
    plus, minus = _values(at, (a, -a), steps)
    h = _column(steps, plus)
    return (plus - minus) / (2 * h), _noise(at, plus, minus) / h


def second(
    at: Evaluator, a: np.ndarray, b: np.ndarray, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Central quotients of the second derivative along ``a`` and ``b``; error ``O(h²)``."""
    sums = _values(at, (a + b, -a - b, a - b, b - a), steps)
    h = _column(steps, sums[0])
    return (sums[0] + sums[1] - sums[2] - sums[3]) / (4 * h**2), _noise(at, *sums) / h**2


def _values(at: Evaluator, shifts: tuple, steps: np.ndarray) -> np.ndarray:
    """Return f at x + h·shift: shape ``(shifts, rungs, rows, *shape of f(x))``, by one call."""
    stack = np.stack(shifts, axis=1)  # (n, shifts, rows)
    points = at.flat[:, None, None, None] + stack[:, :, None, :] * steps[:, None]
    values = at(points.reshape(len(at.flat), -1))
    return values.reshape(points.shape[1:] + at.value.shape)


def _column(steps: np.ndarray, values: np.ndarray) -> np.ndarray:
    return steps.reshape(-1, *(1,) * (values.ndim - 1))


def _noise(at: Evaluator, *values: np.ndarray) -> np.ndarray:
    """Bound what rounding does to the values: a few units in their last place."""
    return (
        2
        * EPS
        * np.maximum.reduce([np.abs(at.value) * np.ones_like(v) + np.abs(v) for v in values])
    )


def extrapolate(
    quotients: np.ndarray, noise: np.ndarray, ratio: float
) -> tuple[np.ndarray, np.ndarray]:
    """Richardson's table of central quotients; the entry with the least estimated error.

    The estimate is Ridders' (the distance to the two entries it was made from) and what rounding
    contributes. Source: Ridders (1982), Advances in Engineering Software 4(2), 75-76 (unchecked).
    """
    best = quotients[-1].copy()
    error = np.full(best.shape, np.inf)
    column, noise = quotients, np.where(np.isfinite(noise), noise, np.inf)
    for order in range(1, len(quotients)):
        factor = ratio ** (2 * order)
        with np.errstate(all="ignore"):
            better = (factor * column[1:] - column[:-1]) / (factor - 1)
            apart = np.maximum(np.abs(better - column[1:]), np.abs(better - column[:-1]))
            estimate = np.where(np.isfinite(better), apart, np.inf) + noise[order:]
        row = np.argmin(estimate, axis=0)[None]
        least = np.take_along_axis(estimate, row, 0)[0]
        best = np.where(least < error, np.take_along_axis(better, row, 0)[0], best)
        error, column = np.minimum(least, error), better
    return best, error


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
