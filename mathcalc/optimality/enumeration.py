"""All candidates for a minimiser of a small polynomial problem, one support at a time.

A minimiser satisfies Fritz John's conditions: it is a KKT point, or the active gradients are
dependent with signs. By Carathéodory's theorem at most ``n`` inequalities carry a multiplier, so
every candidate solves one of finitely many polynomial systems.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

import numpy as np
import sympy as sp
from sympy.polys.groebnertools import groebner
from sympy.polys.orderings import ProductOrder, grevlex

from mathcalc.optimality.algebra import real_zeros
from mathcalc.optimality.components import Component, distinct
from mathcalc.optimality.newton import unique
from mathcalc.optimality.problems import Problem
from mathcalc.optimality.rings import Budget, TooLarge, fraction

MOST_SYSTEMS = 400


def candidates(problem: Problem) -> tuple[np.ndarray, tuple[Component, ...]]:
    """Return all points ``(k, n)`` that satisfy Fritz John's conditions but perhaps for signs.

    Raises
    ------
    NotPolynomial, TooLarge
        If exact elimination cannot be used.
    """
    varying = [i for i, c in enumerate(problem.g) if c.expression.free_symbols]
    sizes = range(min(problem.n, len(varying)) + 1)
    if sum(comb(len(varying), k) for k in sizes) > MOST_SYSTEMS:
        raise TooLarge("there are too many possible active sets to try them all")
    points, components = [np.empty((0, problem.n))], []
    for support in (s for k in sizes for s in combinations(varying, k)):
        for equations, weights in _systems(problem, support):
            x, sets = _projected(equations, problem.symbols, weights)
            points.append(x)
            components += sets
    return unique(np.concatenate(points)), tuple(distinct(components))


def _systems(problem: Problem, support: Sequence[int]) -> Iterator[tuple[list, list]]:
    """Yield the KKT system of a support, and that of dependent gradients."""
    chosen = [*problem.h, *(problem.g[i] for i in support)]
    weights = [sp.Dummy(f"w{i}") for i in range(len(chosen))]
    held = [c.expression for c in chosen]
    pulls = [
        sum(w * c.gradient[i] for w, c in zip(weights, chosen, strict=True))
        for i in range(problem.n)
    ]
    balance = [a + b for a, b in zip(problem.f.gradient, pulls, strict=True)]
    yield balance + held, weights
    if not all(c.is_affine for c in chosen):
        normal = sum(w * sp.Rational(5 + 2 * i, 7) for i, w in enumerate(weights)) - 1
        yield [*pulls, normal, *held], weights


def _projected(
    equations: list, symbols: Sequence[sp.Symbol], weights: list
) -> tuple[np.ndarray, list[Component]]:
    """Return the points ``x`` of all zeros ``(x, w)``; the weights need not be unique."""
    n = len(symbols)
    zeros = real_zeros(equations, (*symbols, *weights), sampled=not weights)
    if not zeros.components or not weights:
        return zeros.points[:, :n], list(zeros.components)
    shadow = real_zeros(_eliminated(equations, symbols, weights), symbols)
    return shadow.points, list(shadow.components)


def _eliminated(equations: list, symbols: Sequence[sp.Symbol], weights: list) -> list[sp.Expr]:
    """Return generators of the ideal of the polynomials in ``x`` alone."""
    k = len(weights)
    order = ProductOrder((grevlex, lambda m: m[:k]), (grevlex, lambda m: m[k:]))
    ring = sp.ring([*weights, *symbols], sp.QQ, Budget(order))[0]
    polys = [ring.from_expr(fraction(e)[0]) for e in equations]
    basis = groebner([p for p in polys if p], ring)
    return [p.as_expr() for p in basis if not any(any(m[:k]) for m in p.monoms())]
