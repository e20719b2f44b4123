"""`SampledField`: one smooth function fitted to samples, and its analytic derivatives."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.checks import refuse
from mathcalc.samples import data, orders
from mathcalc.samples.functionals import deviations, estimates
from mathcalc.samples.orders import LAST, LEAST
from mathcalc.samples.radial import RadialSpline
from mathcalc.samples.tensor import TensorSpline


class SampledField:
    """A function of n variables that is known by samples, and its derivatives.

    Made by `fit`. Points have shape ``(n, ...)``: coordinates first, batch axes after. Every
    derivative is that of one smooth function of all coordinates together, mixed ones included.

    Attributes
    ----------
    noise : float or ndarray, shape (m,)
        The estimated standard deviation of the noise in a value.
    freedom : float or ndarray, shape (m,)
        The effective number of parameters of the fit.
    order : int or None
        Of the polyharmonic spline; None on a grid.

    Examples
    --------
    >>> x, y = np.linspace(-2, 2, 20), np.linspace(-2, 2, 20)
    >>> f = SampledField.fit((x, y), x[:, None] * y)
    >>> print(f.gradient([1, 2]).round(9), f.hessian([1, 2])[0, 1].round(9))
    [2. 1.] 1.0
    """

    def __init__(self, samples: data.Samples, spline: RadialSpline | TensorSpline) -> None:
        self._samples, self._spline = samples, spline
        self.order = spline.m if isinstance(spline, RadialSpline) else None
        self.noise = self._plain([np.sqrt(s.variance) for s in spline.smoothed] * samples.size)
        self.freedom = self._plain([s.kept.sum() for s in spline.smoothed])

    @classmethod
    def fit(cls, points: Any, values: Any, *, order: int | None = None) -> "SampledField":
        """Fit samples, which may be noisy, by a function as smooth as they suggest.

        Parameters
        ----------
        points : array_like, shape (n, N), or tuple of n arrays
            Scattered points of up to six dimensions; or a tuple of increasing axes: a grid. Points
            that fill a grid are treated as one.
        values : array_like
            Of shape ``(N,)``, or ``(m, N)`` for m functions; on a grid ``(N_1, ..., N_n)``, in the
            order of the axes (``indexing="ij"``), or ``(m, N_1, ..., N_n)``.
        order : int, optional
            Of the spline of scattered points, 2 to 6; chosen by the score if left out.

        Raises
        ------
        ValueError
            If the samples cannot be used; the message says which and why.

        Notes
        -----
        On a grid: products of splines of degree 7 with a penalty on each axis's fourth derivative.
        At scattered points: polyharmonic splines ``r^(2 order - 1)``. The amount of smoothing, and
        the order, have the least score of generalised cross-validation; samples whose roughest
        parts hold no noise are met exactly. See `mathcalc.samples.tensor`,
        `mathcalc.samples.radial` and `mathcalc.samples.smoothing` for the sources.
        """
        samples = data.read(points, values)
        order = None if order is None else checks.whole(order, "order", LEAST, LAST)
        if samples.axes:
            return cls(samples, TensorSpline(samples.axes, samples.values))
        assert samples.points is not None
        return cls(samples, orders.fit(samples.points, samples.values, order))

    def smoothed(self, factor: float) -> "SampledField":
        """Return the fit of the same samples with a multiple of the penalty that the score chose.

        Less than 1 follows the samples more closely, more than 1 less; the estimate of the noise
        stays. It is for experiments, and costs little: the decompositions of the fit are kept.

        Raises
        ------
        ValueError
            If the factor is not a positive number.
        """
        factor = checks.number(factor, "factor", above=0)
        with np.errstate(over="ignore", invalid="ignore"):
            return type(self)(self._samples, self._spline.scaled(factor))

    def __repr__(self) -> str:
        kind = "a grid" if self.order is None else f"scattered points, order {self.order}"
        return f"<SampledField of {self._samples.n} variables from {kind}>"

    def __call__(self, x: Any, *, with_error: bool = False) -> Any:
        """Return the value at points ``(n, ...)``: shape ``(...)``, or ``(m, ...)``.

        With ``with_error``, here and below, return ``(value, standard error)``: what the noise, and
        on average the smoothing, do to it; not what may happen between the samples.
        """
        return self._answer(x, (), [{(): 1.0}], with_error)

    def jacobian(self, x: Any, *, with_error: bool = False) -> Any:
        """Return ``J[i, j] = ∂f_i/∂x_j`` at points ``(n, ...)``: shape ``(m, n, ...)``.

        For one function, fitted to values ``(N,)``, it is the gradient, ``(n, ...)``.
        """
        n = self._samples.n
        return self._answer(x, (n,), [{(i,): 1.0} for i in range(n)], with_error)

    def gradient(self, x: Any, *, with_error: bool = False) -> Any:
        """Return the gradient at points ``(n, ...)``: shape ``(n, ...)``.

        Raises
        ------
        ValueError
            If several functions were fitted: together they have a `jacobian`.
        """
        several = f"{len(self._samples.size)} functions were fitted: use jacobian"
        refuse(not self._samples.single, several)
        return self.jacobian(x, with_error=with_error)

    def hessian(self, x: Any, *, with_error: bool = False) -> Any:
        """Return the second derivatives at points ``(n, ...)``: shape ``(n, n, ...)``.

        For m functions one Hessian each, ``(m, n, n, ...)``.
        """
        n = self._samples.n
        return self._answer(
            x, (n, n), [{(i, j): 1.0} for i in range(n) for j in range(n)], with_error
        )

    def laplacian(self, x: Any, *, with_error: bool = False) -> Any:
        """Return the sum of the pure second derivatives: shape ``(...)``, or ``(m, ...)``."""
        return self._answer(x, (), [{(i, i): 1.0 for i in range(self._samples.n)}], with_error)

    def directional_derivative(self, x: Any, v: Any, *, with_error: bool = False) -> Any:
        """Return ``Df(x)[v]``, linear in ``v``: the slope along ``v`` if ``v`` has length one.

        ``v`` has shape ``(n,)``, or that of ``x``.
        """
        x, v = self._point(x), self._point(v, "v")
        fits = v.shape in (x.shape, x.shape[:1])
        refuse(not fits, f"v has shape {v.shape}, but must have {x.shape}, or {x.shape[:1]}")
        v = np.broadcast_to(v.reshape(v.shape + (1,) * (x.ndim - v.ndim)), x.shape)
        flat = v.reshape(len(v), math.prod(v.shape[1:]))
        return self._answer(x, (), [{(i,): c for i, c in enumerate(flat)}], with_error)

    def extrapolates(self, x: Any) -> Any:
        """Say which points lie outside the convex hull of the samples' points: shape ``(...)``.

        There the derivatives are guesses, and soon wild ones.
        """
        at = self._point(x)
        out = self._samples.outside(
            self._samples.to_cube(at.reshape(len(at), math.prod(at.shape[1:])))
        )
        return out.reshape(at.shape[1:])[()]

    def _plain(self, numbers: list) -> Any:
        scaled = np.array(numbers)
        return float(scaled[0]) if self._samples.single else scaled

    def _point(self, x: Any, name: str = "x") -> np.ndarray:
        return checks.points(x, name, self._samples.n, finite=True)

    def _answer(self, x: Any, shape: tuple[int, ...], asked: list, with_error: bool) -> Any:
        """Return what is asked, the axes of ``shape`` after that of several functions."""
        at, known = self._point(x), self._samples
        with np.errstate(over="ignore", invalid="ignore"):  # very far from the samples
            u = known.to_cube(at.reshape(len(at), math.prod(at.shape[1:])))
            found = [self._computed(f, u, asked) for f in (estimates, deviations)[: 1 + with_error]]
        answers = [self._formed(numbers, shape + at.shape[1:]) for numbers in found]
        return tuple(answers) if with_error else answers[0]

    def _computed(self, f: Callable, u: np.ndarray, asked: list) -> np.ndarray:
        if u.shape[1]:
            return f(self._spline, u, self._samples.half, asked)
        return np.zeros((len(self._samples.size), len(asked), 0))

    def _formed(self, numbers: np.ndarray, shape: tuple[int, ...]) -> Any:
        with np.errstate(over="ignore", invalid="ignore"):
            scaled = numbers * self._samples.size[:, None, None]
        return scaled.reshape(shape if self._samples.single else (len(scaled), *shape))[()]
