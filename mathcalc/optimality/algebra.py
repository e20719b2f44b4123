"""All real zeros of polynomials in several variables, by Gröbner bases."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any

import numpy as np
import sympy as sp
from sympy.polys.groebnertools import groebner

from mathcalc.optimality.components import Zeros, component, defined, distinct, on_component
from mathcalc.optimality.newton import unique
from mathcalc.optimality.quotients import finite_zeros
from mathcalc.optimality.rings import Basis, Budget, TooLarge, element, fraction

LARGEST_BEZOUT = 100_000


def real_zeros(
    equations: Sequence[sp.Expr], symbols: Sequence[sp.Symbol], *, sampled: bool = True
) -> Zeros:
    """Return all common real zeros of rational functions whose denominators are not zero there.

    Without `sampled` no real points are looked for on sets that are not isolated.

    Raises
    ------
    NotPolynomial
        If a numerator is no polynomial with rational coefficients.
    TooLarge
        If the number of zeros could be too large for exact elimination.
    """
    ring = sp.ring(symbols, sp.QQ, Budget())[0]
    fractions = [fraction(e) for e in equations]
    polys = [element(top, ring) for top, _ in fractions]
    polys = [p for p in polys if p]
    degrees = [max(map(sum, p.monoms())) for p in polys]
    if prod(sorted(degrees)[-len(symbols) :]) > LARGEST_BEZOUT:
        raise TooLarge("too many zeros are possible for exact elimination: give a box")
    below = [b for _, b in fractions if b.free_symbols]
    found = [_leaf(basis, [*polys, *cut], ring, sampled) for basis, cut in _bases(polys, (), ring)]
    points = [x for leaf in found for x in leaf.points if defined(below, symbols, x)]
    components = distinct([c for leaf in found for c in leaf.components])
    free = [x for x in points if not any(on_component(c, symbols, x) for c in components)]
    return Zeros(unique(np.array(free).reshape(-1, len(symbols))), tuple(components))


def _bases(polys: list, cut: tuple, ring: Any) -> Iterator[tuple[Basis, tuple]]:
    """Yield Gröbner bases whose zeros together are those of the polynomials.

    A basis of finitely many zeros is left whole; any other is split by its factors, and comes
    with the factors that were chosen.
    """
    basis = groebner(polys, ring) if polys else []
    if any(p.is_ground for p in basis):
        return
    split = [] if _is_finite(basis, ring) else _factors(basis)
    for q in split:
        yield from _bases([*basis, q], (*cut, q), ring)
    if not split:
        yield basis, cut


def _factors(basis: Basis) -> list:
    """Return the different factors of the first element that is no irreducible polynomial."""
    for p in basis:
        found = p.factor_list()[1]
        if len(found) > 1 or found[0][1] > 1:
            return [q for q, _ in found]
    return []


def _is_finite(basis: Basis, ring: Any) -> bool:
    """Say whether some power of every variable leads an element."""
    pure = {m.index(sum(m)) for m in (p.LM for p in basis) if max(m) == sum(m)}
    return len(pure) == ring.ngens


def _leaf(basis: Basis, given: list, ring: Any, sampled: bool) -> Zeros:
    if _is_finite(basis, ring):
        return Zeros(finite_zeros(basis, given, ring), ())
    return component(basis, ring, real_zeros if sampled else None)
