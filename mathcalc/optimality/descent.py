"""Local solutions of constrained problems by SciPy, and their improvement to full accuracy."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.optimize import minimize

from mathcalc.optimality.multipliers import active_at, multipliers
from mathcalc.optimality.problems import Problem

FAR = (1.0, 10.0, 1e3, 1e6)


def descents(
    problem: Problem, start: Any = None, box: np.ndarray | None = None, tries: int = 4
) -> Iterator[np.ndarray]:
    """Yield end points of descents from a start, and from random starts at several distances."""
    rng = np.random.default_rng(0)
    if start is not None:
        yield from _ends(problem, np.asarray(start, dtype=float), box, box)
    for far in FAR if box is None else FAR[:1]:
        for _ in range(tries):
            low, high = (-far, far) if box is None else box.T
            edges = np.array([[-2 * far, 2 * far]] * problem.n) if box is None else box
            yield from _ends(problem, rng.uniform(low, high, problem.n), edges, box)


def _ends(
    problem: Problem, x: np.ndarray, edges: np.ndarray | None, box: np.ndarray | None
) -> Iterator[np.ndarray]:
    """Yield where a descent within edges ends, and where it goes on to without them."""
    with np.errstate(all="ignore"):
        if not np.isfinite(problem.f.field(x)):
            return
        found = _slsqp(problem, x, edges)
        if np.isfinite(found).all():
            yield found
        if _stuck(problem, found):
            further = _slsqp(problem, found, box)
            if np.isfinite(further).all():
                yield further


def _stuck(problem: Problem, x: np.ndarray) -> bool:
    """Say whether a descent gave up at a feasible point from which one can go on."""
    if not (np.isfinite(x).all() and feasible(problem, x, 1e-6)):
        return False
    return multipliers(problem, x, active_at(problem, x, 1e-6), 1e-4) is None


def _slsqp(problem: Problem, x: np.ndarray, edges: np.ndarray | None) -> np.ndarray:
    sets = [("eq", 1.0, 0, problem.h), ("ineq", -1.0, 1, problem.g)]
    constraints = [
        {
            "type": kind,
            "fun": lambda x, sign=sign, part=part: sign * problem.values(x)[part],
            "jac": lambda x, sign=sign, part=part: sign * problem.slopes(x)[part],
        }
        for kind, sign, part, chosen in sets
        if chosen
    ]
    options = {"ftol": 1e-14, "maxiter": 150}
    f, bounds = problem.f.field, None if edges is None else list(map(tuple, edges))
    try:
        found = minimize(
            f, x, jac=f.gradient, method="SLSQP", bounds=bounds, constraints=constraints,
            options=options,
        )  # fmt: skip
    except ValueError:  # a value outside the domain of f
        return np.full(problem.n, np.nan)
    return found.x


def feasible(problem: Problem, x: np.ndarray, tolerance: float = 1e-8) -> bool:
    """Say whether the constraints hold, each up to `tolerance` times its own scale."""
    with np.errstate(all="ignore"):
        h, g = problem.values(x)
        dh, dg = problem.slopes(x)
        scale = [np.abs(d) @ (1 + np.abs(x)) + tolerance for d in (dh, dg)]
        fine = [np.abs(h) <= tolerance * scale[0], g <= tolerance * scale[1]]
        constant = [not c.expression.free_symbols for c in problem.g]
        fine[1] = np.where(constant, g <= 0, fine[1])
        numbers = np.concatenate([[problem.f.field(x)], h, g, *scale])
    return bool(np.isfinite(numbers).all() and fine[0].all() and fine[1].all())


def polished(problem: Problem, x: np.ndarray) -> np.ndarray:
    """Improve a point by Newton's method on the KKT system of its active constraints."""
    active = active_at(problem, x, 1e-6)
    found = multipliers(problem, x, active, 1e-4)
    if found is None:
        return x
    mu, nu = found
    rows = active.which[mu[active.which] > 1e-9]
    best = x
    for _ in range(8):
        step = _newton(problem, best, mu, nu, rows)
        best = best + step[: problem.n]
        nu = nu + step[problem.n : problem.n + len(nu)]
        mu[rows] += step[problem.n + len(nu) :]
    moved = np.abs(best - x).max(initial=0)
    return best if np.isfinite(best).all() and moved < 1e-3 * (1 + np.abs(x).max()) else x


def _newton(
    problem: Problem, x: np.ndarray, mu: np.ndarray, nu: np.ndarray, rows: np.ndarray
) -> np.ndarray:
    h, g = problem.values(x)
    dh, dg = problem.slopes(x)
    A = np.concatenate([dh, dg[rows]])
    k = len(A)
    matrix = np.block([[problem.curvature(x, mu, nu), A.T], [A, np.zeros((k, k))]])
    slope = problem.f.field.gradient(x) + nu @ dh + mu[rows] @ dg[rows]
    return np.linalg.lstsq(matrix, -np.concatenate([slope, h, g[rows]]), rcond=1e-13)[0]
