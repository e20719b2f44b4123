"""Sums of partial derivatives of a spline, and their standard errors."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

import numpy as np

# Weights (numbers, or arrays over the points) of partial derivatives, named by their indices:
# {(0, 0): 1.0, (1, 1): 1.0} is the Laplacian in the plane, {(): 1.0} the value.
Functional: TypeAlias = dict[tuple[int, ...], Any]


def estimates(spline: Any, u: np.ndarray, half: np.ndarray, asked: Sequence[Functional]) -> Any:
    """Return functionals at points ``(n, k)`` of the cube: shape ``(outputs, functionals, k)``.

    ``half`` are the units of the cube, by which derivatives are divided.
    """
    partial = cache(lambda orders: spline.derivative(u, orders))
    sums = [sum(w * partial(o) for o, w in _terms(f, half)) for f in asked]
    return np.stack(sums, axis=1)


def deviations(spline: Any, u: np.ndarray, half: np.ndarray, asked: Sequence[Functional]) -> Any:
    """Return the standard errors of what `estimates` returns."""
    shared = cache(lambda a, b: spline.covariance(u, a, b))

    def variance(terms: list) -> Any:
        return sum(v * w * shared(*sorted((a, b))) for a, v in terms for b, w in terms)

    sums = [variance(_terms(f, half)) for f in asked]
    return np.sqrt(np.maximum(np.stack(sums, axis=1), 0.0))


def _terms(functional: Functional, half: np.ndarray) -> list[tuple[tuple[int, ...], Any]]:
    """Return orders along each variable with weights, in the units of the cube."""
    return [
        (tuple(indices.count(i) for i in range(len(half))), w / half[list(indices)].prod())
        for indices, w in functional.items()
    ]
