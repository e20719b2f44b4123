"""All zeros in a box, proved: interval branch-and-prune with Krawczyk's test.

``K(X) = m - Y F(m) + (I - Y J(X)) (X - m)`` holds every zero in the box ``X``. If it lies inside
``X``, there is exactly one; if it misses ``X``, there is none; otherwise ``X`` is cut in two.

References
----------
Neumaier, Interval Methods for Systems of Equations (1990), section 5.1 (unchecked).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import sympy as sp

from mathcalc.optimality.clusters import Cluster, clusters
from mathcalc.optimality.extension import extension
from mathcalc.optimality.intervals import Interval, interval

FINEST = 2.0**-24  # of the box's edges: what is still undecided then is reported so
MOST_AT_ONCE = 3000


@dataclass
class Search:
    """A search for the zeros of ``n`` equations in ``n`` variables.

    Attributes
    ----------
    points, radii : lists of ndarray, shape (n,)
        The zeros, and a bound of their error in each coordinate.
    undecided : list of Cluster
        Where nothing could be proved.
    """

    equations: Sequence[sp.Expr]
    symbols: Sequence[sp.Symbol]
    box: np.ndarray
    points: list[np.ndarray] = field(default_factory=list)
    radii: list[np.ndarray] = field(default_factory=list)
    zones: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)
    undecided: list[Cluster] = field(default_factory=list)

    def __post_init__(self) -> None:
        slopes = [sp.diff(e, s) for e in self.equations for s in self.symbols]
        self.F = extension(list(self.equations), self.symbols)
        self.J = extension(slopes, self.symbols)
        self.domain = extension(_not_negative(self.equations), self.symbols)

    def run(self) -> "Search":
        """Search the whole box; what overflows on the way is unbounded, and is no matter."""
        with np.errstate(all="ignore"):
            return self._run()

    def _run(self) -> "Search":
        low, high = self.box[:, :1].copy(), self.box[:, 1:].copy()
        finest = FINEST * (self.box[:, 1] - self.box[:, 0])
        small: list[Interval] = []
        while low.size:
            low, high = self._unexcluded(low, high)
            low, high = self._unproved(low, high)
            done = ((high - low) <= finest[:, None]).all(axis=0)
            if low.shape[1] > MOST_AT_ONCE:
                done[:] = True
            small.append(Interval(low[:, done], high[:, done]))
            low, high = _halves(low[:, ~done], high[:, ~done], finest)
        self.undecided = clusters(
            np.concatenate([s.low for s in small], axis=1),
            np.concatenate([s.high for s in small], axis=1),
        )
        return self

    def _unexcluded(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Drop the boxes where an equation has no zero, and those within a settled zone."""
        value = self.F(Interval(low, high))
        may = ((value.low <= 0) & (value.high >= 0)).all(axis=0)
        may &= (self.domain(Interval(low, high)).high >= 0).all(axis=0)
        for a, b in self.zones:
            may &= ~((low >= a[:, None]) & (high <= b[:, None])).all(axis=0)
        return low[:, may], high[:, may]

    def _unproved(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Apply Krawczyk's test to slightly larger boxes; return what is left undecided."""
        if not low.size:
            return low, high
        margin = 0.1 * (high - low) + 1e-300
        wide = Interval(low - margin, high + margin)
        K, whole = self._krawczyk(wide)
        inside = whole & (K.low > wide.low).all(axis=0) & (K.high < wide.high).all(axis=0)
        for i in np.flatnonzero(inside):
            self._settle(K.low[:, i], K.high[:, i], wide.low[:, i], wide.high[:, i])
        new_low, new_high = np.maximum(low, K.low), np.minimum(high, K.high)
        empty = whole & (new_low > new_high).any(axis=0)
        low, high = np.where(whole, new_low, low), np.where(whole, new_high, high)
        keep = ~(inside | empty)
        return low[:, keep], high[:, keep]

    def _krawczyk(self, X: Interval) -> tuple[Interval, np.ndarray]:
        """Return ``K(X)``, and whether all functions are defined and smooth on ``X``."""
        n, k = X.low.shape
        m = (X.low + X.high) / 2
        slopes, value = self.J(X), self.F(Interval(m, m))
        J = Interval(slopes.low.reshape(n, n, k), slopes.high.reshape(n, n, k))
        Y = _inverses((J.low + J.high) / 2)
        whole = slopes.whole.all(axis=0) & value.whole.all(axis=0) & np.isfinite(Y).all(axis=(0, 1))
        Y = np.where(whole, Y, 0.0)
        eye = np.eye(n)[:, :, None]
        rest = interval(eye) - _product(Y[:, :, None], Interval(J.low[None], J.high[None]))
        step = _product(Y, Interval(value.low[None], value.high[None]))
        swing = rest * Interval((X.low - m)[None], (X.high - m)[None])
        return interval(m) - step + _sum(swing, axis=1), whole

    def _settle(self, low: np.ndarray, high: np.ndarray, a: np.ndarray, b: np.ndarray) -> None:
        """Note the one zero of the zone ``[a, b]``, unless it is known."""
        low, high = self._narrowed(low, high)
        shrinking = True
        while shrinking:
            K, width = self._krawczyk(Interval(low[:, None], high[:, None]))[0], high - low
            low, high = np.maximum(low, K.low[:, 0]), np.minimum(high, K.high[:, 0])
            shrinking = bool((high - low < 0.9 * width).any())
        known = any(((low >= c) & (high <= d)).all() for c, d in self.zones)
        self.zones.append((a, b))
        if known or (high < self.box[:, 0]).any() or (low > self.box[:, 1]).any():
            return
        middle = np.where((low <= 0) & (high >= 0), 0.0, (low + high) / 2)
        self.points.append(middle)
        self.radii.append(np.nextafter(np.maximum(high - middle, middle - low), np.inf))

    def _narrowed(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return a small box around where Newton's method goes, if the zero is proved to be in it.

        On a thin box Krawczyk's operator is Newton's step.
        """
        m = (low + high)[:, None] / 2
        for _ in range(20):
            K = self._krawczyk(Interval(m, m))[0]
            m = (K.low + K.high) / 2
        near = 1e-9 * (1 + np.abs(m))
        K, whole = self._krawczyk(Interval(m - near, m + near))
        proved = whole.all() and (K.low > m - near).all() and (K.high < m + near).all()
        within = (m[:, 0] - near[:, 0] >= low).all() and (m[:, 0] + near[:, 0] <= high).all()
        return (K.low[:, 0], K.high[:, 0]) if proved and within else (low, high)


def _not_negative(equations: Sequence[sp.Expr]) -> list[sp.Expr]:
    """Return what must not be negative where the equations are defined."""
    parts = {e for f in equations for e in f.atoms(sp.Pow, sp.log, sp.asin, sp.acos)}
    needed = {1 - e.args[0] ** 2 if isinstance(e, sp.asin | sp.acos) else e.args[0]
              for e in parts if not (isinstance(e, sp.Pow) and e.exp.is_integer)}  # fmt: skip
    return [sp.Integer(1), *sorted((e for e in needed if e.free_symbols), key=str)]


def _inverses(M: np.ndarray) -> np.ndarray:
    """Return inverses of the matrices ``(n, n, k)``; not finite where there is none."""
    stack = np.moveaxis(M, -1, 0)
    fine = np.isfinite(stack).all(axis=(1, 2))
    with np.errstate(all="ignore"):
        fine &= np.abs(np.linalg.det(np.where(fine[:, None, None], stack, 0))) > 1e-250
    found = np.full_like(stack, np.nan)
    found[fine] = np.linalg.inv(stack[fine])
    return np.moveaxis(found, 0, -1)


def _product(Y: np.ndarray, A: Interval) -> Interval:
    """Return the sum over axis 1 of ``Y * A``, rounding included."""
    return _sum(interval(Y) * A, axis=1)


def _sum(A: Interval, axis: int) -> Interval:
    parts = [
        Interval(np.take(A.low, i, axis), np.take(A.high, i, axis))
        for i in range(A.low.shape[axis])
    ]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _halves(low: np.ndarray, high: np.ndarray, finest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cut each box in two across its relatively longest edge, a little off the middle."""
    if not low.size:
        return low, high
    longest = ((high - low) / finest[:, None]).argmax(axis=0)
    which = np.arange(low.shape[1])
    cut = low[longest, which] + 0.4927 * (high - low)[longest, which]
    left, right = high.copy(), low.copy()
    left[longest, which] = right[longest, which] = cut
    return np.concatenate([low, right], axis=1), np.concatenate([left, high], axis=1)
