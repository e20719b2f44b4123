"""Monomials and the kernels ``r^(2m - 1)``, with their derivatives up to the second."""

from functools import reduce
from itertools import combinations_with_replacement

import numpy as np


def exponents(n: int, degree: int) -> np.ndarray:
    """Return the exponents of all monomials of n variables up to a degree: shape ``(M, n)``."""
    lists = [
        np.bincount(np.array(chosen, dtype=int), minlength=n)
        for d in range(degree + 1)
        for chosen in combinations_with_replacement(range(n), d)
    ]
    return np.array(lists)


def monomials(u: np.ndarray, powers: np.ndarray, orders: tuple[int, ...]) -> np.ndarray:
    """Return a partial derivative of monomials at points ``(n, k)``: shape ``(k, M)``."""
    total = np.ones((u.shape[1], len(powers)))
    for x, p, order in zip(u, powers.T, orders, strict=True):
        ladder = x[:, None] ** np.arange(p.max() + 1)
        falling = np.prod([p - step for step in range(order)], axis=0)
        total *= falling * ladder[:, np.maximum(p - order, 0)]
    return total


def kernel(u: np.ndarray, centres: np.ndarray, m: int, orders: tuple[int, ...]) -> np.ndarray:
    """Return a partial derivative, of order two at most, of kernels: shape ``(k, centres)``.

    The sign is such that the form is positive on weights that polynomials of degree ``m - 1`` do
    not see.
    """
    apart = [a[:, None] - c for a, c in zip(u, centres, strict=True)]
    squares = sum(a**2 for a in apart)
    along = [i for i, order in enumerate(orders) for _ in range(order)]
    k = 2 * m - 1
    if not along:
        return (-1) ** m * _power(squares, k)
    slope = (-1) ** m * k * _power(squares, k - 2)
    if len(along) == 1:
        return slope * apart[along[0]]
    i, j = along
    squares[squares == 0] = 1.0  # there the product of the differences is zero, also for m = 2
    bend = (-1) ** m * k * (k - 2) * apart[i] * apart[j] * _power(squares, k - 4)
    return bend + slope if i == j else bend


def _power(squares: np.ndarray, k: int) -> np.ndarray:
    """Return r to an odd power from r squared."""
    root = np.sqrt(squares)
    return reduce(np.multiply, [squares] * ((k - 1) // 2), root) if k > 0 else 1 / root


def spread(points: np.ndarray, count: int) -> np.ndarray:
    """Return the indices of points far apart: each next one is the farthest from those before."""
    chosen = [int(np.argmin((points**2).sum(axis=0)))]
    away = np.full(points.shape[1], np.inf)
    while len(chosen) < count:
        away = np.minimum(away, ((points - points[:, chosen[-1:]]) ** 2).sum(axis=0))
        chosen.append(int(np.argmax(away)))
    return np.sort(chosen)
