"""All candidates for a minimiser in a box, where the formulas are no polynomials: by intervals.

Fritz John's conditions on a support of ``k`` constraints in ``n`` variables: the constraints hold,
and the gradients of `f` and of the constraints are dependent. For ``k = n`` that is no condition,
for ``k = n - 1`` one determinant, so no multiplier is needed; otherwise the multipliers are
unknowns too, scaled so that they lie in a box.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

import numpy as np
import sympy as sp

from mathcalc.optimality.clusters import Cluster
from mathcalc.optimality.extension import extension
from mathcalc.optimality.intervals import Interval
from mathcalc.optimality.newton import unique
from mathcalc.optimality.problems import Problem
from mathcalc.optimality.pruning import Search
from mathcalc.optimality.rings import TooLarge

MOST_SYSTEMS = 60
MOST_UNKNOWNS = 5


def candidates_in(problem: Problem, box: np.ndarray) -> tuple[np.ndarray, list[Cluster]]:
    """Return all candidates ``(k, n)`` in a box, and where nothing could be decided.

    Raises
    ------
    TooLarge
        If there are too many active sets or unknowns.
    """
    varying = [i for i, c in enumerate(problem.g) if c.expression.free_symbols]
    most = problem.n - len(problem.h)
    sizes = range(min(most, len(varying)) + 1)
    if most < 0 or sum(comb(len(varying), k) for k in sizes) > MOST_SYSTEMS:
        raise TooLarge("there are too many possible active sets to try them all")
    searches = [
        Search(*system).run()
        for k in sizes
        for support in combinations(varying, k)
        for system in _systems(problem, support, box)
    ]
    points = [x[: problem.n] for s in searches for x in s.points]
    clusters = [_shadow(c, problem.n) for s in searches for c in s.undecided]
    may = [c for c in clusters if not _is_excluded(problem, c)]
    return unique(np.array(points).reshape(-1, problem.n)), may


def _systems(
    problem: Problem, support: Sequence[int], box: np.ndarray
) -> Iterator[tuple[list, list, np.ndarray]]:
    """Yield equations, unknowns and box of one support."""
    chosen = [*problem.h, *(problem.g[i] for i in support)]
    held, n, k = [c.expression for c in chosen], problem.n, len(chosen)
    rows = [problem.f.gradient, *(c.gradient for c in chosen)]
    if k >= n - 1 or k == 0:
        dependent = [] if k == n else [sp.Matrix(rows).det()] if k else problem.f.gradient
        yield [*held, *dependent], list(problem.symbols), box
        return
    if n + k + 1 > MOST_UNKNOWNS:
        raise TooLarge("there are too many unknowns for intervals")
    w = sp.symbols(f"w:{k + 1}", cls=sp.Dummy, real=True)
    balance = [sum(a * row[i] for a, row in zip(w, rows, strict=True)) for i in range(n)]
    signed = w[1 : 1 + len(problem.h)]
    size = w[0] + sum(a**2 for a in signed) + sum(w[1 + len(problem.h) :]) - 1
    edges = [(-1.0 if a in signed else 0.0, 1.0) for a in w]
    yield [*held, *balance, size], [*problem.symbols, *w], np.concatenate([box, edges])


def _shadow(cluster: Cluster, n: int) -> Cluster:
    return Cluster(cluster.low[:n], cluster.high[:n], cluster.boxes)


def _is_excluded(problem: Problem, cluster: Cluster) -> bool:
    """Say whether a constraint is violated in the whole box."""
    where = Interval(cluster.low[:, None], cluster.high[:, None])
    for part, sign in ((problem.g, 0), (problem.h, 1)):
        if part:
            value = extension([c.expression for c in part], problem.symbols)(where)
            if (value.low > 0).any() or (sign and (value.high < 0).any()):
                return True
    return False
