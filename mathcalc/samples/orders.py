"""Which order of polyharmonic splines, and which centres: what points allow, and the score."""

from math import comb

import numpy as np

from mathcalc.checks import refuse
from mathcalc.samples.kernels import spread
from mathcalc.samples.radial import RadialSpline, Undetermined

LEAST, FIRST, LAST = 2, 4, 6
MOST = 800  # centres
TRIAL = 400  # points on which orders are compared


def fit(points: np.ndarray, values: np.ndarray, order: int | None) -> RadialSpline:
    """Fit values ``(outputs, N)`` at points ``(n, N)`` of the cube ``[-1, 1]^n``.

    Raises
    ------
    ValueError
        If the points do not determine the order that is given, or any.
    """
    distinct = np.unique(points, axis=1).shape[1]
    plain = distinct == points.shape[1]
    if order is None:
        few = spread(points, min(distinct, TRIAL)) if distinct > TRIAL or not plain else slice(None)
        best = _best(points[:, few], values[:, few])
        if plain and distinct <= TRIAL:
            return best
        order = best.m
    if plain and distinct <= MOST:
        return _one(points, values, points, order)
    centres = points[:, spread(points, min(distinct, MOST))]
    return _one(points, values, centres, order)


def _one(points: np.ndarray, values: np.ndarray, centres: np.ndarray, m: int):
    try:
        return RadialSpline(points, values, centres, m)
    except Undetermined:
        n, degree = len(points), m - 1
        needed = f"more than {comb(n + degree, n)} points, on no surface of that degree"
        refuse(True, f"points: order {m} has polynomials of degree {degree} and needs {needed}")


def _best(points: np.ndarray, values: np.ndarray) -> RadialSpline:
    """Climb from the middle order to the one of the least score."""
    n, count = points.shape
    tried: dict[int, RadialSpline | None] = {}

    def score(m: int) -> float:
        if m not in tried:
            try:
                tried[m] = RadialSpline(points, values, points, m)
            except Undetermined:
                tried[m] = None
        found = tried[m]
        return np.inf if found is None else found.score

    allowed = [m for m in range(LEAST, LAST + 1) if comb(n + m - 1, n) <= count / 2]
    m = min(FIRST, max(allowed, default=LEAST))
    for step in (1, -1):
        while m + step in allowed and score(m + step) < score(m):
            m += step
    score(m)
    flat = "points: they lie so nearly on a line or plane that nothing is known across it"
    best = tried[m]
    refuse(best is None, flat)
    assert best is not None
    return best
