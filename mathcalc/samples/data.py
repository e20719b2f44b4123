"""Samples as they are given: read, checked, brought to one form; grids are recognised."""

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from scipy.optimize import nnls

from mathcalc import checks
from mathcalc.checks import refuse

LARGEST = 6  # variables
SHORTEST = 4  # points along an axis: three always lie on a parabola, and check nothing
TINIEST = 1e-290  # half the width of the points: less overflows
BEYOND = 1e-9  # how far outside, in the cube that the points fill, is outside


@dataclass(frozen=True)
class Samples:
    """Samples in the cube ``[-1, 1]^n``, with values of size one.

    ``axes`` are those of a grid, or None; ``points`` has shape ``(n, N)``, or is None on a grid;
    ``values`` has shape ``(m, N)`` or ``(m, N_1, ..., N_n)``.
    """

    axes: list[np.ndarray] | None
    points: np.ndarray | None
    values: np.ndarray
    single: bool  # one function, without an axis for it
    middle: np.ndarray  # (n,): of the cube, and half its width
    half: np.ndarray
    size: np.ndarray  # (m,): by which the values are divided

    @property
    def n(self) -> int:
        """How many variables there are."""
        return len(self.middle)

    def to_cube(self, x: np.ndarray) -> np.ndarray:
        """Bring points ``(n, k)`` to the cube."""
        return (x - self.middle[:, None]) / self.half[:, None]

    def outside(self, u: np.ndarray) -> np.ndarray:
        """Say which points ``(n, k)`` of the cube no mean of the samples' points reaches."""
        out = np.abs(u).max(axis=0) > 1 + BEYOND
        if self.points is not None:
            inside = np.flatnonzero(~out)
            out[inside] = [self._distance(u[:, i]) > BEYOND for i in inside]
        return out

    def _distance(self, x: np.ndarray) -> float:
        """Return how far a point is from the means, with weights that add up to nearly one."""
        return nnls(self._means, np.append(x, 1.0))[1]

    @cached_property
    def _means(self) -> np.ndarray:
        assert self.points is not None
        return np.vstack([self.points, np.ones(self.points.shape[1])])


def read(points: Any, values: Any) -> Samples:
    """Read points (an array, or a tuple of axes) and values; recognise a grid.

    Raises
    ------
    ValueError
        If they do not fit together, or cannot show derivatives.
    """
    if isinstance(points, tuple):
        refuse(not points, "points: there is no axis in the tuple")
        refuse(len(points) > LARGEST, f"points: {len(points)} axes; this is for 1 to {LARGEST}")
        axes = [_axis(x, i) for i, x in enumerate(points)]
        given = _numbers(values, "values")
        shape = tuple(len(x) for x in axes)
        hint = "a tuple is read as axes; scattered points are one array (n, N)"
    else:
        scattered = _points(points)
        given, shape = _numbers(values, "values"), scattered.shape[1:]
        axes, hint = None, "one value for each column of points"
    single = given.ndim == len(shape)
    fits = given.shape[given.ndim - len(shape) :] == shape and given.ndim - len(shape) in (0, 1)
    refuse(not fits or given.size == 0, f"values: shape {given.shape}, not {shape}: {hint}")
    stacked = given[None] if single else given
    if axes is None:
        axes, order = _grid(scattered)
        stacked = stacked[:, order].reshape(-1, *(len(x) for x in axes)) if axes else stacked
    return _settled(axes, None if axes else scattered, stacked, single)


def _settled(axes: Any, points: Any, values: np.ndarray, single: bool) -> Samples:
    each = axes or list(points)
    low, high = (np.array([f(x) for x in each]) for f in (np.min, np.max))
    for i in np.flatnonzero(high <= low):
        refuse(True, f"points: coordinate {i} never changes, so nothing is known along it")
    middle, half = low / 2 + high / 2, high / 2 - low / 2
    refuse((half < TINIEST).any(), "points: they lie too near each other to be told apart")
    size = np.abs(values).reshape(len(values), -1).max(axis=1)
    size = np.where(size > 0, size, 1.0)
    cube = [(x - m) / h for x, m, h in zip(each, middle, half, strict=True)]
    scaled = values / size.reshape(-1, *(1,) * (values.ndim - 1))
    grid, cloud = (cube, None) if axes else (None, np.array(cube))
    return Samples(grid, cloud, scaled, single, middle, half, size)


def _numbers(given: Any, name: str) -> np.ndarray:
    array = checks.numbers(given, name)
    lost = int((~np.isfinite(array)).sum())
    refuse(lost, f"{name}: {lost} of {array.size} are not finite; leave those samples out")
    return array


def _axis(x: Any, i: int) -> np.ndarray:
    axis = _numbers(x, f"axis {i}")
    refuse(axis.ndim != 1, f"axis {i}: shape {axis.shape}; an axis of a grid has shape (N,)")
    short = f"axis {i}: {len(axis)} points; a grid needs {SHORTEST} or more along each axis"
    refuse(len(axis) < SHORTEST, short)
    refuse(not (np.diff(axis) > 0).all(), f"axis {i}: not increasing, so it is no axis of a grid")
    return axis


def _points(given: Any) -> np.ndarray:
    points = _numbers(given, "points")
    wrong = f"points: shape {points.shape}; give (n, N), one column each, or a tuple of axes"
    refuse(points.ndim != 2, wrong)
    n = len(points)
    refuse(not 1 <= n <= LARGEST, f"points: {n} variables (rows); this is for 1 to {LARGEST}")
    distinct, fewest = np.unique(points, axis=1).shape[1], (n + 1) * (n + 2) // 2
    few = f"points: {distinct} distinct ones; second derivatives need {fewest} or more"
    refuse(distinct < max(fewest, SHORTEST), few)
    return points


def _grid(points: np.ndarray) -> tuple[list[np.ndarray] | None, np.ndarray | None]:
    """Return the axes, if the points are all of a grid, and the order in which they fill it."""
    found = [np.unique(x, return_inverse=True) for x in points]
    axes, places = [x for x, _ in found], [i for _, i in found]
    shape = tuple(len(x) for x in axes)
    if min(shape) < SHORTEST or prod(shape) != points.shape[1]:
        return None, None
    order = np.argsort(np.ravel_multi_index(places, shape), kind="stable")
    filled = np.diff(np.ravel_multi_index(places, shape)[order]).all()
    return (axes, order) if filled else (None, None)
