"""A callable at one point, asked for many points at once where that is safe."""

import warnings
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.checks import refuse


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
        self.x = np.array(checks.numbers(x, "x", finite=True))
        checks.function(f, "f")
        refuse(self.x.size == 0, "x is empty: a point has at least one coordinate")
        self.f = f
        self.batched: bool | None = None
        self.flat = self.x.ravel()
        with np.errstate(all="ignore"):
            self.value = np.array(f(self.x.copy()))
        if self.value.dtype.kind not in "biuf":  # to write a type down takes long
            raise ValueError(f"f(x) is not real but {self.value.dtype}")
        refuse(not np.isfinite(self.value).all(), "f(x) is not finite at x: move the point")
        self.eps = np.finfo(self.value.dtype if self.value.dtype.kind == "f" else float).eps

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return the values at the columns of ``(n, k + 1)``, of which the last is x.

        Their shape is ``(k, *shape of f(x))``; x serves to compare.
        """
        return self.each([points])[0]

    def each(self, batches: Iterable[np.ndarray]) -> list[np.ndarray]:
        """Return the values of several batches of points."""
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return [self._values(points) for points in batches]

    def _values(self, points: np.ndarray) -> np.ndarray:
        return self._one_by_one(points[:, :-1]) if self.batched is False else self._tried(points)

    def _tried(self, points: np.ndarray) -> np.ndarray:
        """Return the values, by one call if f of all points at once is what it is of each.

        They are compared at x, where the value is known; the first time at another one, in the
        middle, as well.
        """
        k = points.shape[1] - 1
        middle = self._one_by_one(points[:, [k // 2]])[0] if self.batched is None else None
        try:
            together = self._together(points)
            same = _same(together[-1], self.value)
            self.batched = same and (middle is None or _same(together[k // 2], middle))
        except Exception:  # what f does with a batch is its own affair: it is asked one by one
            self.batched = False
        return together[:k] if self.batched else self._one_by_one(points[:, :-1])

    def _together(self, points: np.ndarray) -> np.ndarray:
        k = points.shape[1]
        values = np.array(self.f(points.reshape(*self.x.shape, k)))
        if values.shape != (*self.value.shape, k):
            raise ValueError(f"f of {k} points has shape {values.shape}")
        return values if values.ndim == 1 else np.moveaxis(values, -1, 0)

    def _one_by_one(self, points: np.ndarray) -> np.ndarray:
        return np.array([self._one(column.reshape(self.x.shape)) for column in points.T])

    def _one(self, point: np.ndarray) -> np.ndarray:
        """Return a copy of the value, for f may use its array again; NaN where f refuses."""
        try:
            value = np.array(self.f(point))
        except (ArithmeticError, ValueError):
            return np.full(self.value.shape, np.nan)
        wanted = self.value.shape
        refuse(value.shape != wanted, f"f gives shape {wanted} at x but {value.shape} near it")
        return value


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    if a.dtype.kind == "c":  # a complex step lies in an imaginary part too small to be seen
        return _same(a.real, b.real) and _same(a.imag, b.imag)
    alike = np.abs(a - b) <= 1e-12 * np.abs(b)
    return bool(np.all(alike)) or bool(np.all(alike | (a == b) | (np.isnan(a) & np.isnan(b))))
