"""Zeros that are not isolated: curves, surfaces, and what is known of their real points."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import sympy as sp

from mathcalc.optimality.newton import newton_steps, system, unique
from mathcalc.optimality.rings import Basis, TooLarge


@dataclass(frozen=True)
class Component:
    """A set of zeros that are not isolated: a curve, a surface, or everything.

    Attributes
    ----------
    equations : tuple of sympy.Expr
        Their common zeros are the set; none stands for the whole space.
    dimension : int
        Of the complex set, which the real one reaches at most.
    sample : ndarray, shape (k, n)
        Real points of it that were found; none does not prove that there is none.
    """

    equations: tuple[sp.Expr, ...]
    dimension: int
    sample: np.ndarray

    def __str__(self) -> str:
        shape = {1: "curve", 2: "surface"}.get(self.dimension, f"{self.dimension}-dimensional set")
        unseen = "" if len(self.sample) else " (no real point of it was found)"
        where = ", ".join(f"{e} = 0" for e in self.equations) or "the whole space"
        return f"{shape}: {where}{unseen}"


@dataclass(frozen=True)
class Zeros:
    """Real zeros of polynomials: isolated points ``(k, n)`` and the sets that are not isolated."""

    points: np.ndarray
    components: tuple[Component, ...]


def component(basis: Basis, ring: Any, solve: Callable[..., Zeros] | None) -> Zeros:
    """Return a set of positive dimension; or its real points, where these are isolated.

    `solve` finds the zeros of other equations in the same variables; without it no real points
    are looked for.
    """
    equations = tuple(p.as_expr() for p in basis)
    dimension = _dimension(basis, ring)
    if solve is None:
        return Zeros(_none(ring), (Component(equations, dimension, _none(ring)),))
    nearest = _nearest(equations[0], ring, solve) if len(basis) == 1 else None
    if nearest is None:
        return Zeros(_none(ring), (Component(equations, dimension, _sampled(basis, ring)),))
    slopes = system(basis)[1](nearest)[:, 0] if len(nearest) else nearest
    if (np.abs(slopes) > 1e-7).any():
        sample = unique(np.concatenate([nearest, _sampled(basis, ring)]))
        return Zeros(_none(ring), (Component(equations, dimension, sample),))
    return Zeros(nearest, ())


def _none(ring: Any) -> np.ndarray:
    return np.empty((0, ring.ngens))


def _dimension(basis: Basis, ring: Any) -> int:
    """Return the size of the largest set of variables in which no leading monomial lies."""
    supports = [{i for i, e in enumerate(p.LM) if e} for p in basis]
    sizes = range(ring.ngens, -1, -1)
    subsets = (set(c) for k in sizes for c in combinations(range(ring.ngens), k))
    return len(next(c for c in subsets if not any(s <= c for s in supports)))


def _nearest(h: sp.Expr, ring: Any, solve: Callable[..., Zeros]) -> np.ndarray | None:
    """Return the real points of ``h = 0`` where the distance from a point is critical.

    Each connected piece of the real set holds one, the nearest; so none means that it is empty.
    """
    away = [s - sp.Rational((-1) ** i * (3 + 2 * i), 7) for i, s in enumerate(ring.symbols)]
    slope = [sp.diff(h, s) for s in ring.symbols]
    pairs = combinations(range(len(away)), 2)
    try:
        found = solve(
            [h, *(away[i] * slope[j] - away[j] * slope[i] for i, j in pairs)], ring.symbols
        )
    except TooLarge:
        return None
    return None if found.components else found.points


def _sampled(basis: Basis, ring: Any) -> np.ndarray:
    """Return real points of a set, found by Newton's method from 40 starts."""
    x = np.random.default_rng(1).normal(scale=2.0, size=(40, ring.ngens))
    if not basis:
        return x[:3]
    values, slopes, _ = system(basis)
    with np.errstate(all="ignore"):
        for _ in range(60):
            x = x - newton_steps(values(x), slopes(x))
        good = np.abs(values(x)).max(axis=1) < 1e-10
    return unique(x[good])


def distinct(components: Sequence[Component]) -> list[Component]:
    """Return each set once, without those that lie in another."""
    kept: list[Component] = []
    for c in sorted(components, key=lambda c: -c.dimension):
        if not any(set(k.equations) <= set(c.equations) for k in kept):
            kept.append(c)
    return kept


def on_component(component: Component, symbols: Sequence[sp.Symbol], x: np.ndarray) -> bool:
    """Say whether a point is on a component, up to rounding."""
    return all(_vanishes(sp.Poly(e, *symbols), x) for e in component.equations)


def _vanishes(poly: sp.Poly, x: np.ndarray) -> bool:
    terms = [float(c) * np.prod(x ** np.array(m)) for m, c in poly.terms()]
    return abs(sum(terms)) <= 1e-9 * sum(map(abs, terms))


def defined(below: Sequence[sp.Expr], symbols: Sequence[sp.Symbol], x: np.ndarray) -> bool:
    """Say whether no denominator vanishes at a point."""
    return not any(_vanishes(sp.Poly(b, *symbols), x) for b in below)
