"""Smoothing of scattered points in any dimension: polyharmonic splines.

The function is a sum of kernels ``r^(2m - 1)`` at centres and a polynomial of degree ``m - 1``; the
penalty is the quadratic form of the kernels, which the polynomial does not enter. Where every
point is a centre this is the smoothing spline. With fewer centres, far apart, all points are met
by least squares, block by block, in bounded memory.

Sources: Duchon (1977), Lecture Notes in Mathematics 571, 85-100 (unchecked); Wahba (1990), Spline
Models for Observational Data, SIAM, for the algebra (unchecked); Wood (2003), Journal of the Royal
Statistical Society B 65, 95-114, for few centres (unchecked).
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh, qr, solve_triangular, svd

from mathcalc.samples.kernels import exponents, kernel, monomials
from mathcalc.samples.smoothing import Spectrum

BLOCK = 2_000_000  # numbers in a block of a matrix
FLAT = 1e-16  # kernels' eigenvalues below this share of the largest are rounding
DEPENDENT = 1e-9  # polynomials that differ by less, on the points, are not told apart


class Undetermined(ValueError):
    """The points do not determine the polynomial of an order."""


@dataclass(frozen=True)
class Functions:
    """Functions of one order, and the data in their coordinates, which penalty and points share."""

    kernels: np.ndarray  # (K, coordinates): the weights of the kernels in each function
    polynomials: np.ndarray  # (M, coordinates): and of the monomials
    roughness: np.ndarray  # (coordinates,)
    z: np.ndarray  # (outputs, coordinates)
    outside: np.ndarray  # (outputs,): the squares that no function reaches


class RadialSpline:
    """The smooth functions, of one order, of some sets of values at scattered points.

    Parameters
    ----------
    points : ndarray, shape (n, N)
        In the cube ``[-1, 1]^n``.
    values : ndarray, shape (outputs, N)
        The data.
    centres : ndarray, shape (n, K)
        Distinct, among the points; the same object as ``points`` if all of them are meant.
    m : int
        The order, at least 2.

    Raises
    ------
    Undetermined
        If the points do not determine the polynomial.
    """

    def __init__(self, points: np.ndarray, values: np.ndarray, centres: np.ndarray, m: int) -> None:
        self.centres, self.m = centres, m
        self.powers = exponents(len(points), m - 1)
        at = self._met(values) if centres is points else self._reduced(points, values)
        self.functions = at
        self.spectra = [
            Spectrum(z, [at.roughness], outside, points.shape[1])
            for z, outside in zip(at.z, at.outside, strict=True)
        ]
        self._smooth(1.0)

    def scaled(self, factor: float) -> "RadialSpline":
        """Return the same with a multiple of the smoothing that the score chooses."""
        other = copy(self)
        other._smooth(factor)
        return other

    def _smooth(self, factor: float) -> None:
        at = self.functions
        self.smoothed = [s.chosen(factor) for s in self.spectra]
        fitted = np.array([z * s.kept for z, s in zip(at.z, self.smoothed, strict=True)]).T
        self.weights = (at.kernels @ fitted, at.polynomials @ fitted)

    @property
    def score(self) -> float:
        """The mean logarithm of the outputs' scores."""
        return float(np.mean(np.log([s.score for s in self.smoothed])))

    def derivative(self, x: np.ndarray, orders: tuple[int, ...]) -> np.ndarray:
        """Return a partial derivative of each output at points ``(n, k)``: ``(outputs, k)``."""
        parts = (self._design(x[:, b], orders) for b in self._blocks(x))
        kernels, flat = self.weights
        return np.concatenate([k @ kernels + p @ flat for k, p in parts]).T

    def covariance(self, x: np.ndarray, a: tuple[int, ...], b: tuple[int, ...]) -> np.ndarray:
        """Return the covariance of two partial derivatives at points ``(n, k)``."""
        scale = np.array([s.variance * s.kept for s in self.smoothed]).T
        parts = (self._basis(x[:, c], a) * self._basis(x[:, c], b) for c in self._blocks(x))
        return np.concatenate([p @ scale for p in parts]).T

    def _blocks(self, x: np.ndarray) -> Iterator[slice]:
        """Cut points so that the matrix of one block is not too large."""
        step = max(BLOCK // self.centres.shape[1], 1)
        return (slice(i, i + step) for i in range(0, x.shape[1], step))

    def _design(self, x: np.ndarray, orders: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        return kernel(x, self.centres, self.m, orders), monomials(x, self.powers, orders)

    def _basis(self, x: np.ndarray, orders: tuple[int, ...]) -> np.ndarray:
        """Return a derivative of every coordinate's function: shape ``(k, coordinates)``."""
        kernels, flat = self._design(x, orders)
        return kernels @ self.functions.kernels + flat @ self.functions.polynomials

    def _split(self) -> tuple[np.ndarray, ...]:
        """Return what the centres say: kernels, polynomials' q and r, and weights with their form.

        The columns of the weights are not seen by the polynomials; the form is diagonal in them.
        """
        kernels, flat = self._design(self.centres, (0,) * len(self.centres))
        q, r = qr(flat)
        count = flat.shape[1]
        size = np.abs(np.diag(r))
        if len(flat) <= count or size.min() < DEPENDENT * size.max():
            raise Undetermined
        across = q[:, count:]
        values, turned = eigh(across.T @ kernels @ across, driver="evd", overwrite_a=True)
        return (
            kernels,
            q[:, :count],
            r[:count],
            across @ turned,
            np.maximum(values, FLAT * values[-1]),
        )

    def _met(self, values: np.ndarray) -> Functions:
        """Return functions that can meet every value."""
        kernels, q, r, weights, form = self._split()
        return _functions(
            weights / form,
            q.T @ kernels @ weights / form,
            r,
            form,
            values @ np.hstack([weights, q]),
            np.zeros(len(values)),
        )

    def _reduced(self, points: np.ndarray, values: np.ndarray) -> Functions:
        """Return functions of fewer centres than points, by least squares in blocks."""
        *_, weights, form = self._split()
        weights = weights / np.sqrt(form)
        r = np.zeros((0, len(self.powers) + weights.shape[1] + len(values)))
        for b in self._blocks(points):
            kernels, flat = self._design(points[:, b], (0,) * len(points))
            r = qr(np.vstack([r, np.hstack([flat, kernels @ weights, values[:, b].T])]), mode="r")[
                0
            ]
            r = r[: r.shape[1]]
        i, j = len(self.powers), -len(values)
        u, size, turned = svd(r[i:j, i:j], full_matrices=False)
        size = np.maximum(size, np.sqrt(FLAT) * size[0])
        z = np.vstack([u.T @ r[i:j, j:], r[:i, j:]]).T
        mixed = turned.T / size
        return _functions(
            weights @ mixed, r[:i, i:j] @ mixed, r[:i, :i], size**2, z, (r[j:, j:] ** 2).sum(axis=0)
        )


def _functions(
    kernels: np.ndarray,
    seen: np.ndarray,
    r: np.ndarray,
    form: np.ndarray,
    z: np.ndarray,
    outside: np.ndarray,
) -> Functions:
    """Complete kernels by what polynomials must take off, and by the polynomials themselves."""
    own = solve_triangular(r, np.eye(len(r)))
    none = np.zeros((len(kernels), len(r)))
    roughness = np.concatenate([1 / form, np.zeros(len(r))])
    return Functions(
        np.hstack([kernels, none]), np.hstack([-own @ seen, own]), roughness, z, outside
    )
