"""Smoothing on a grid: products of splines of degree 7, each axis with its own penalty.

A spline of an axis has a knot at each point but the outermost, and the penalty is the integral of
its squared fourth derivative: the pair of the smoothing spline of order four, which leaves cubics
alone. Each axis is brought to its own diagonal coordinates once; on the grid, products of them do.

Sources: O'Sullivan (1986), Statistical Science 1, 502-518, for the penalty of splines with few
knots (unchecked); Eilers, Currie and Durban (2006), Computational Statistics and Data Analysis 50,
61-76, for working along the axes (unchecked).
"""

from copy import copy
from functools import reduce

import numpy as np
from scipy.interpolate import BSpline, NdBSpline
from scipy.linalg import qr, solve_triangular, svd

from mathcalc.samples.smoothing import Spectrum

DEGREE = 7
MOST = 512  # knots along an axis; with more points, these are spread evenly among them
BLOCK = 2_000_000  # numbers in a block of a matrix
GAUSS = {m: np.polynomial.legendre.leggauss(m) for m in range(1, (DEGREE + 1) // 2 + 1)}


class Axis:
    """The splines of one axis, in the coordinates that its penalty and its points share.

    Parameters
    ----------
    x : ndarray, shape (N,)
        Increasing, four or more.
    """

    def __init__(self, x: np.ndarray) -> None:
        self.degree = min(DEGREE, (len(x) - 2) // 2 * 2 + 1)
        self.order = (self.degree + 1) // 2
        self.knots = _knots(x, self.degree)
        design = BSpline.design_matrix(x, self.knots, self.degree).toarray()
        q, r = qr(design, mode="economic")
        bent = qr(solve_triangular(r, self._bending().T, trans="T").T, mode="r")[0][: len(r)]
        _, values, turned = svd(bent)
        self.roughness = np.zeros(len(r))
        self.roughness[: len(values)] = values**2
        self.roughness[len(r) - self.order :] = 0.0  # polynomials of a lower degree bend in no way
        self.coefficients = solve_triangular(r, turned.T)
        self.at_points = q @ turned.T

    def basis(self, x: np.ndarray, order: int) -> np.ndarray:
        """Return a derivative of every coordinate's function: shape ``(len(x), coordinates)``."""
        return BSpline(self.knots, self.coefficients, self.degree)(x, nu=order)

    def _bending(self) -> np.ndarray:
        """Return rows whose squares add up to the integral of the squared derivative: by Gauss."""
        nodes, weights = GAUSS[self.order]
        ends = np.unique(self.knots)
        half = np.diff(ends)[:, None] / 2
        at = (ends[:-1, None] + half * (1 + nodes)).ravel()
        each = BSpline(self.knots, np.eye(len(self.knots) - self.degree - 1), self.degree)
        return np.sqrt(half * weights).ravel()[:, None] * each(at, nu=self.order)


def _knots(x: np.ndarray, degree: int) -> np.ndarray:
    """Return knots at the points, without those next to the ends, which are repeated."""
    half = (degree + 1) // 2
    inner = x[half:-half]
    if len(inner) > MOST:
        inner = inner[np.linspace(0, len(inner) - 1, MOST).round().astype(int)]
    ends = np.ones(degree + 1)
    return np.concatenate([x[0] * ends, inner, x[-1] * ends])


class TensorSpline:
    """The smooth functions of some sets of values on one grid.

    Parameters
    ----------
    grid : sequence of ndarray
        The axes.
    values : ndarray, shape (outputs, N_1, ..., N_n)
        The data.
    """

    def __init__(self, grid: list[np.ndarray], values: np.ndarray) -> None:
        known = {x.tobytes(): Axis(x) for x in grid}
        self.axes = [known[x.tobytes()] for x in grid]
        spread = np.ix_(*(a.roughness for a in self.axes))
        self.coordinates = [_along(v, [a.at_points.T for a in self.axes]) for v in values]
        self.spectra = [
            Spectrum(z, list(spread), _outside(v, z), v.size)
            for v, z in zip(values, self.coordinates, strict=True)
        ]
        self._smooth(1.0)

    def scaled(self, factor: float) -> "TensorSpline":
        """Return the same with a multiple of the smoothing that the score chooses."""
        other = copy(self)
        other._smooth(factor)
        return other

    def _smooth(self, factor: float) -> None:
        self.smoothed = [s.chosen(factor) for s in self.spectra]
        fitted = [z * s.kept for z, s in zip(self.coordinates, self.smoothed, strict=True)]
        bases = [a.coefficients for a in self.axes]
        self.splines = [
            NdBSpline(
                tuple(a.knots for a in self.axes), _along(c, bases), [a.degree for a in self.axes]
            )
            for c in fitted
        ]

    def derivative(self, x: np.ndarray, orders: tuple[int, ...]) -> np.ndarray:
        """Return a partial derivative of each output at points ``(n, k)``: ``(outputs, k)``."""
        return np.array([s(x.T, nu=orders, extrapolate=True) for s in self.splines])

    def covariance(self, x: np.ndarray, a: tuple[int, ...], b: tuple[int, ...]) -> np.ndarray:
        """Return the covariance of two partial derivatives at points ``(n, k)``."""
        step = max(BLOCK * len(self.axes[0].roughness) // self.smoothed[0].kept.size, 1)
        parts = [self._covariance(x[:, i : i + step], a, b) for i in range(0, x.shape[1], step)]
        return np.concatenate(parts, axis=1)

    def _covariance(self, x: np.ndarray, a: tuple[int, ...], b: tuple[int, ...]) -> np.ndarray:
        products = [
            axis.basis(c, i) * axis.basis(c, j)
            for axis, c, i, j in zip(self.axes, x, a, b, strict=True)
        ]
        return np.array([s.variance * _contracted(s.kept, products) for s in self.smoothed])


def _outside(values: np.ndarray, z: np.ndarray) -> float:
    """Return the squares of the data that the coordinates do not reach."""
    return 0.0 if z.size == values.size else max(float((values**2).sum() - (z**2).sum()), 0.0)


def _along(values: np.ndarray, matrices: list[np.ndarray]) -> np.ndarray:
    """Apply a matrix along each axis."""
    return reduce(lambda v, m: np.moveaxis(np.tensordot(m, v, (1, 0)), 0, -1), matrices, values)


def _contracted(kept: np.ndarray, products: list[np.ndarray]) -> np.ndarray:
    """Sum over all coordinates, axis by axis, for each point."""
    total = products[0] @ kept.reshape(len(kept), -1)
    for p in products[1:]:
        total = np.einsum("ki,kij->kj", p, total.reshape(*p.shape, -1))
    return total[:, 0]
