"""`critical_points`: all of them, with what is guaranteed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy as sp

from mathcalc.optimality.algebra import real_zeros
from mathcalc.optimality.classification import classified
from mathcalc.optimality.clusters import Cluster
from mathcalc.optimality.components import Component
from mathcalc.optimality.places import nearby
from mathcalc.optimality.pruning import Search
from mathcalc.optimality.reading import Formula, Smooth, read, read_box
from mathcalc.optimality.rings import NotPolynomial, TooLarge

ALGEBRA = "all critical points, by elimination: every complex zero of the gradient was found"
PROVED = "all critical points in the box: each proved to exist alone, the rest excluded"
OPEN = "all critical points in the box are in the list or in an undecided place"


@dataclass(frozen=True)
class CriticalPoint:
    """A point where the gradient vanishes.

    Attributes
    ----------
    x : ndarray, shape (n,)
        The point, correct to rounding.
    value : float
        ``f(x)``.
    kind : str
        ``"minimum"``, ``"maximum"``, ``"saddle"`` or ``"inconclusive"``, from `classify`.
    strict : bool or None
        Whether the extremum is strict.
    test : str
        What decided.
    eigenvalues : ndarray, shape (n,)
        Of the Hessian, ascending.
    exact : tuple of sympy.Expr or None
        The coordinates as exact numbers, where they are simple and were verified.
    radius : float
        With intervals, a proved bound of the error in each coordinate; otherwise 0.
    """

    x: np.ndarray
    value: float
    kind: str
    strict: bool | None
    test: str
    eigenvalues: np.ndarray
    exact: tuple[sp.Expr, ...] | None
    radius: float = 0.0

    def __str__(self) -> str:
        place = ", ".join(map(str, self.exact)) if self.exact else _row(self.x)
        return f"{self.kind} at ({place}), f = {self.value:.6g} ({self.test})"


def _row(x: np.ndarray) -> str:
    return ", ".join(f"{e:.6g}" for e in x)


@dataclass(frozen=True)
class CriticalPoints(Sequence):
    """The critical points of a function: a sequence of `CriticalPoint`, by coordinates.

    Attributes
    ----------
    points : tuple of CriticalPoint
        The isolated ones.
    components : tuple of Component
        Curves and other sets of critical points that are not isolated.
    undecided : tuple of Cluster
        Small boxes about which nothing could be proved.
    complete : bool
        Whether every critical point is in `points` or `components`.
    guarantee : str
        The same in words, and how it was found.
    """

    points: tuple[CriticalPoint, ...]
    components: tuple[Component, ...]
    undecided: tuple[Cluster, ...]
    complete: bool
    guarantee: str

    @property
    def x(self) -> np.ndarray:
        """The points as an array ``(k, n)``."""
        return np.array([p.x for p in self.points])

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, i: Any) -> Any:
        return self.points[i]

    def __iter__(self) -> Iterator[CriticalPoint]:
        return iter(self.points)

    def __str__(self) -> str:
        lines = [*self.points, *self.components, *self.undecided, self.guarantee]
        return "\n".join(map(str, lines))


def critical_points(
    f: Formula, box: Any = None, *, variables: Sequence[str] | None = None
) -> CriticalPoints:
    """Return all real critical points of a function, and what is guaranteed.

    Polynomials, quotients of them, and their products with exponentials: a Gröbner basis of the
    gradient, the eigenvalues of multiplication in the quotient, and Newton's method. The number
    of complex zeros is known exactly, and all are found. Other functions, in a box: interval
    branch-and-prune with Krawczyk's test, rounding included.

    Parameters
    ----------
    f : formula
        Typed text, a SymPy expression or a `ScalarField`; decimals are read as fractions.
    box : pair, or n pairs, of numbers, optional
        Where to look. Needed if the gradient is no quotient of polynomials.
    variables : sequence of str, optional
        The order of the coordinates; alphabetical if it is left out.

    Raises
    ------
    ValueError
        If the formula cannot be read or has a kink, or a box is needed.

    Examples
    --------
    >>> found = critical_points("x**3 - 3*x + y**2")
    >>> print(found)
    saddle at (-1, 0), f = 2 (second order)
    minimum at (1, 0), f = -2 (second order)
    all critical points, by elimination: every complex zero of the gradient was found
    """
    (function,) = read(f, variables)
    edges = None if box is None else read_box(box, len(function.symbols))
    try:
        zeros = real_zeros(function.gradient, function.symbols)
    except (NotPolynomial, TooLarge) as why:
        if edges is None:
            raise ValueError(f"box: give one, such as box=(-5, 5): {why}") from None
        return _searched(function, edges)
    inside = [x for x in zeros.points if edges is None or _within(x, edges)]
    points = tuple(_described(function, x, 0.0) for x in inside)
    return CriticalPoints(points, zeros.components, (), True, ALGEBRA)


def _within(x: np.ndarray, edges: np.ndarray) -> bool:
    near = 1e-12 * (1 + np.abs(edges))
    return bool(((x >= edges[:, 0] - near[:, 0]) & (x <= edges[:, 1] + near[:, 1])).all())


def _described(function: Smooth, x: np.ndarray, radius: float) -> CriticalPoint:
    place = nearby(function, x)
    found = classified(function, place)
    return CriticalPoint(
        x=place.x,
        value=float(function.field(place.x)),
        kind=found.kind,
        strict=found.strict,
        test=found.test,
        eigenvalues=found.eigenvalues,
        exact=place.exact,
        radius=radius,
    )


def _searched(function: Smooth, edges: np.ndarray) -> CriticalPoints:
    search = Search(function.gradient, function.symbols, edges).run()
    order = sorted(range(len(search.points)), key=lambda i: tuple(search.points[i].round(9)))
    points = tuple(
        _described(function, search.points[i], float(search.radii[i].max())) for i in order
    )
    undecided = tuple(_inspected(function, c, edges) for c in search.undecided)
    return CriticalPoints(points, (), undecided, not undecided, OPEN if undecided else PROVED)


def _inspected(function: Smooth, cluster: Cluster, edges: np.ndarray) -> Cluster:
    """Look for an exact critical point in a small undecided place."""
    size = cluster.high - cluster.low
    if (size > 1e-2 * (edges[:, 1] - edges[:, 0])).any():
        return cluster
    for x in (cluster.middle, np.where(np.abs(cluster.middle) <= size, 0.0, cluster.middle)):
        place = nearby(function, x, size)
        if place.exact:
            return replace(cluster, holds=_described(function, place.x, float(size.max())))
    return cluster
