"""Directions from a point, and the points along them: the columns of a stencil."""

from collections.abc import Callable

import numpy as np


class Ways:
    """Directions from a point, stretched to its size.

    Attributes
    ----------
    factor : array, shape (q,)
        By how much each was stretched.
    along : array, shape (q,)
        How large the point is along each, relative to itself: by so many units in the last place
        does rounding move x ± h·a.
    points : callable
        ``points(chosen, steps)`` returns ``x + h·a`` for so many directions and as many steps, as
        columns, and x itself as the last one. Both may repeat.
    """

    def __init__(self, factor: np.ndarray, along: np.ndarray, points: Callable) -> None:
        self.factor, self.along, self.points = factor, along, points


def axes(x: np.ndarray) -> Ways:
    """Return the ways along the axes; only one coordinate of each point is moved."""
    size = _size(x)

    def points(chosen: np.ndarray, steps: np.ndarray) -> np.ndarray:
        found = np.repeat(x[:, None], chosen.size + 1, axis=1)
        found[chosen, np.arange(chosen.size)] += size[chosen] * steps
        return found

    return Ways(size, np.abs(x) / size, points)


def columns(x: np.ndarray, directions: np.ndarray) -> Ways:
    """Return the ways along the columns of a matrix ``(n, q)``."""
    a, factor = scaled(x, directions)
    return Ways(factor, _along(x, np.abs(a)), _beside(x, a))


def pairs(x: np.ndarray, a: np.ndarray, b: np.ndarray) -> Ways:
    """Return the ways along ``a + b`` for all pairs of columns, then those along ``a - b``."""
    (a, fa), (b, fb) = scaled(x, a), scaled(x, b)
    points = _beside(x, np.concatenate([a + b, a - b], axis=1))
    return Ways(fa * fb, _along(x, np.abs(a) + np.abs(b)), points)


def scaled(x: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Stretch directions ``(n, q)`` to the size of the point; return them and the factors."""
    relative = directions / _size(x)[:, None]
    factor = 1.0 / np.abs(relative).max(axis=0)
    factor[~np.isfinite(factor)] = 1.0
    return directions * factor, factor


def _size(x: np.ndarray) -> np.ndarray:
    return np.maximum(np.abs(x), 1.0)


def _along(x: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    return (np.abs(x) / _size(x) ** 2) @ lengths


def _beside(x: np.ndarray, a: np.ndarray) -> Callable:
    def points(chosen: np.ndarray, steps: np.ndarray) -> np.ndarray:
        found = np.empty((x.size, chosen.size + 1))
        np.multiply(a.take(chosen, axis=1), steps, out=found[:, :-1])
        found[:, :-1] += x[:, None]
        found[:, -1] = x
        return found

    return points
