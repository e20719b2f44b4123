"""What a KKT point is, by the curvature of the Lagrangian along the critical directions."""

import numpy as np

from mathcalc.optimality.cones import extreme_curvatures, reduced_eigenvalues
from mathcalc.optimality.convexity import is_convex
from mathcalc.optimality.multipliers import Active
from mathcalc.optimality.problems import Problem

MOST_LOOSE = 10  # weakly active constraints: the faces of the critical cone are their subsets


def second_order(
    problem: Problem, x: np.ndarray, active: Active, mu: np.ndarray, nu: np.ndarray, quality: str
) -> tuple[str, str, np.ndarray]:
    """Return kind, reason and curvatures by the second-order condition on the critical cone."""
    W = problem.curvature(x, mu, nu)
    sizes = mu[active.which] * active.lengths[active.p :]
    strong = sizes > 1e-7 * max(float(np.linalg.norm(problem.f.field.gradient(x))), 1e-300)
    g = active.rows[active.p :]
    tight, loose = np.concatenate([active.rows[: active.p], g[strong]]), g[~strong]
    curvatures = reduced_eigenvalues(W, tight)
    ends = None
    if curvatures.size:
        positive = curvatures[0] > 1e-8 * np.abs(W).max() or len(loose) > MOST_LOOSE
        span = (float(curvatures[0]), float(curvatures[-1]))
        ends = span if positive or not len(loose) else extreme_curvatures(W, tight, loose)
    if ends is None:
        return "minimum", "no direction is critical", curvatures
    return (*_by_curvature(problem, W, ends, bool(strong.any()), quality), curvatures)


def _by_curvature(
    problem: Problem, W: np.ndarray, ends: tuple[float, float], uphill: bool, quality: str
) -> tuple[str, str]:
    """Decide by the least and the largest curvature on the critical cone."""
    near = 1e-8 * max(float(np.abs(W).max()), 1e-300)
    low, high = ends
    if low > near:
        return "minimum", "the Lagrangian curves upwards along all critical directions"
    if low < -near and (quality not in ("LICQ", "affine")):
        return "inconclusive", "the multipliers are not unique, so that curvature does not refute"
    if low < -near and (uphill or high > near):
        return "saddle", "the Lagrangian curves downwards along a critical direction"
    if high < -near:
        return "maximum", "the Lagrangian curves downwards along all feasible directions"
    if is_convex(problem):
        return "minimum", "the problem is convex"
    return "inconclusive", "the curvature along a critical direction is zero"
