"""Judgements of single points where rounding or underflow would deceive, in 30 digits."""

from typing import Any

import numpy as np
import sympy as sp
from scipy.linalg import null_space

from mathcalc.optimality.multipliers import active_at
from mathcalc.optimality.points import KKTPoint
from mathcalc.optimality.problems import Problem

DIGITS = 30


def _precisely(expressions: Any, problem: Problem, x: np.ndarray) -> np.ndarray:
    """Return the values of expressions at a point, as numbers of any size."""
    at = {s: sp.Rational(float(e)) for s, e in zip(problem.symbols, x, strict=True)}
    values = [sp.sympify(e).evalf(DIGITS, subs=at) for e in np.ravel(expressions)]
    return np.array(values, dtype=object).reshape(np.shape(expressions))


def is_firmly_below(problem: Problem, x: np.ndarray, value: float) -> bool:
    """Say whether `f` is below a value at a feasible point beside one that is so up to rounding.

    How far the nearest feasible point is, and how much `f` may rise on the way, is known to first
    order, where the gradients of what nearly holds with equality are clearly independent; ten
    times that much is allowed for.
    """
    active = active_at(problem, x, 1e-6)
    rows = active.rows
    if len(rows) and (len(rows) > problem.n or np.linalg.svd(rows)[1].min() <= 1e-3):
        return False
    sides = [c.expression for c in (*problem.h, *(problem.g[i] for i in active.which))]
    wrong = np.array([float(e) for e in _precisely(sides, problem, x)])
    wrong[active.p :] = np.maximum(wrong[active.p :], 0)
    way = np.linalg.pinv(rows) @ (wrong / active.lengths) if len(rows) else np.zeros(problem.n)
    rise = np.linalg.norm(problem.f.field.gradient(x)) * np.linalg.norm(way)
    return bool(_precisely(problem.f.expression, problem, x).item() + 10 * rise < value)


def is_settled(problem: Problem, point: KKTPoint) -> bool:
    """Say whether Newton's method would leave a KKT point where it is.

    A small gradient alone proves nothing: that of ``exp(-x)`` is small at 40 and zero, in
    floating-point numbers, at 800.
    """
    rows = problem.slopes(point.x)[1][point.mu > 0]
    rows = np.concatenate([problem.slopes(point.x)[0], rows])
    free = null_space(rows) if len(rows) else np.eye(problem.n)
    terms = [problem.f, *problem.g, *problem.h]
    weights = [1.0, *point.mu, *point.nu]
    used = [(t, w) for t, w in zip(terms, weights, strict=True) if w]
    slopes = [w * _precisely(t.gradient, problem, point.x) for t, w in used]
    bends = [w * _precisely(t.hessian.tolist(), problem, point.x) for t, w in used]
    slope, bend = free.T @ sum(slopes), free.T @ sum(bends) @ free
    summed = np.abs(free).T @ sum(np.abs(s) for s in slopes)
    slope = np.where(np.abs(slope) > 1e-12 * summed, slope, 0 * slope)
    size = np.maximum(np.abs(slope), np.abs(bend).max(axis=1, initial=0))
    size[size == 0] = 1
    steep, curved = (np.array(a, dtype=float) for a in (slope / size, bend / size[:, None]))
    step = free @ np.linalg.lstsq(curved, steep, rcond=1e-13)[0]
    return bool(np.abs(step).max(initial=0) <= 5e-7 * (1 + np.abs(point.x).max()))
