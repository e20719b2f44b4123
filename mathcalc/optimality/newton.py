"""Newton's method for polynomial systems at many points at once, and sets of points."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Map = Callable[[np.ndarray], np.ndarray]


def system(polys: Sequence[Any]) -> tuple[Map, Map, Map]:
    """Return functions of points ``(k, n)``: values ``(k, m)`` and Jacobians ``(k, m, n)``.

    The third bounds the rounding of the values. The polynomials are elements of a ring of SymPy's.
    """
    values = [_terms(p) for p in polys]
    slopes = [[_terms(p.diff(x)) for x in p.ring.gens] for p in polys]

    def jacobian(x: np.ndarray) -> np.ndarray:
        return np.stack([np.stack([_at(t, x) for t in row], axis=1) for row in slopes], axis=1)

    def rounding(x: np.ndarray) -> np.ndarray:
        sizes = [_at((m, np.abs(c) * (2 + m.sum(axis=1))), np.abs(x)) for m, c in values]
        return np.finfo(float).eps * np.stack(sizes, axis=1)

    return (lambda x: np.stack([_at(t, x) for t in values], axis=1)), jacobian, rounding


def _terms(poly: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return exponents and coefficients as arrays."""
    monomials = np.array(list(poly), dtype=int).reshape(-1, poly.ring.ngens)
    return monomials, np.array([float(c) for c in poly.values()])


def _at(terms: tuple[np.ndarray, np.ndarray], x: np.ndarray) -> np.ndarray:
    return np.prod(x[:, None, :] ** terms[0], axis=2) @ terms[1]


def newton_steps(values: np.ndarray, slopes: np.ndarray, *, largest: bool = False) -> np.ndarray:
    """Solve in the least-squares sense, each row scaled to length one.

    If `largest`, bound each coordinate of the step whatever the signs of the values are.
    """
    length = np.linalg.norm(slopes, axis=2, keepdims=True)
    length[length == 0] = 1
    try:
        inverse = np.linalg.pinv(slopes / length)
        inverse = np.abs(inverse) if largest else inverse
        return np.einsum("kij,kj->ki", inverse, values / length[..., 0])
    except np.linalg.LinAlgError:
        return np.full(slopes.shape[::2], np.nan)


def unique(points: np.ndarray, apart: float = 1e-7) -> np.ndarray:
    """Return the points that differ, in lexicographic order."""
    kept: list[np.ndarray] = []
    for x in points:
        near = apart * (1 + np.abs(x))
        if not any((np.abs(x - y) <= near).all() for y in kept):
            kept.append(x)
    rows = np.array(kept).reshape(-1, points.shape[-1])
    return rows[np.lexsort(np.round(rows.real, 9).T[::-1])] + 0.0  # no -0.0
