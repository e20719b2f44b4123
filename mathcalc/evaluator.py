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
            self.value = np.asarray(f(self.x.copy()))
        refuse(self.value.dtype.kind not in "biuf", f"f(x) is not real but {self.value.dtype}")
        refuse(not np.isfinite(self.value).all(), "f(x) is not finite at x: move the point")

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return the values at the columns of ``(n, k)``: shape ``(k, *shape of f(x))``."""
        return self.each([points])[0]

    def each(self, batches: Iterable[np.ndarray]) -> list[np.ndarray]:
        """Return the values of several batches of points."""
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return [self._values(points) for points in batches]

    def _values(self, points: np.ndarray) -> np.ndarray:
        batched = self._takes_batches(points)
        return self._together(points) if batched else self._one_by_one(points)

    def _takes_batches(self, points: np.ndarray) -> bool:
        """Say whether f of a few points at once is what it is of each; asked once.

        One of them is x, where the value is known.
        """
        if self.batched is None:
            few = np.column_stack([self.flat, points[:, points.shape[1] // 2], points[:, -1]])
            try:
                together = self._together(few)
            except Exception:  # what f does with a batch is its own affair: it is asked one by one
                self.batched = False
            else:
                each = [self.value, *self._one_by_one(few[:, 1:])]
                self.batched = _same(together, np.array(each))
        return self.batched

    def _together(self, points: np.ndarray) -> np.ndarray:
        """Return the values by one call; a batch is never as long as the point, by accident."""
        k = points.shape[1]
        if k in (*self.x.shape, *self.value.shape):
            points = np.concatenate([points, points[:, :1]], axis=1)
            return self._together(points)[:k]
        values = np.asarray(self.f(points.reshape(*self.x.shape, k)))
        refuse(values.shape != (*self.value.shape, k), f"f of {k} points has shape {values.shape}")
        return values if values.ndim == 1 else np.moveaxis(values, -1, 0)

    def _one_by_one(self, points: np.ndarray) -> np.ndarray:
        values = [np.asarray(self.f(column.reshape(self.x.shape))) for column in points.T]
        for value in values:
            wanted = self.value.shape
            refuse(value.shape != wanted, f"f gives shape {wanted} at x but {value.shape} near it")
        return np.array(values)


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    alike = (a == b) | (np.abs(a - b) <= 1e-12 * np.abs(b)) | (np.isnan(a) & np.isnan(b))
    return bool(alike.all())
