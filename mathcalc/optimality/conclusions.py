"""What a list of candidates says of the minimum: attained, unattained, or no feasible point."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import sympy as sp
from scipy.optimize import linprog

from mathcalc.optimality.clusters import Cluster
from mathcalc.optimality.components import Component
from mathcalc.optimality.convexity import is_convex
from mathcalc.optimality.descent import descents, feasible
from mathcalc.optimality.domains import ends
from mathcalc.optimality.enumeration import candidates
from mathcalc.optimality.firmness import is_firmly_below
from mathcalc.optimality.points import AbnormalPoint, KKTPoint, KKTPoints, judged
from mathcalc.optimality.problems import Problem
from mathcalc.optimality.reading import Smooth
from mathcalc.optimality.rings import TooLarge

PROVED = "all candidates are known"
ALL_IN_BOX = "all candidates in the box are listed, each proved by intervals"
COMPARED = "no feasible point below was found by descents from many starts, also far away"


def collected(
    asked: Problem, points: np.ndarray, components: Sequence[Component] = ()
) -> KKTPoints:
    """Judge all points; keep of each component what is a candidate."""
    judgements = [judged(asked, x) for x in points if feasible(asked, x)]

    def order(p: Any) -> tuple:
        return (round(p.value, 9), *p.x.round(9))

    kept = (_kept(asked, c) for c in components)
    return KKTPoints(
        tuple(sorted((j for j in judgements if isinstance(j, KKTPoint)), key=order)),
        tuple(sorted((j for j in judgements if isinstance(j, AbnormalPoint)), key=order)),
        tuple(c for c in kept if len(c.sample)),
        complete=all(len(c.sample) for c in components),
    )


def _kept(asked: Problem, c: Component) -> Component:
    good = [x for x in c.sample if feasible(asked, x) and judged(asked, x) is not None]
    return replace(c, sample=np.reshape(good, (-1, asked.n)))


def concluded(asked: Problem, found: KKTPoints) -> KKTPoints:
    """Say whether the lowest of all candidates is the minimum."""
    if is_convex(asked) and found.points:
        return replace(found, status="minimum", reason="the problem is convex")
    closed, open_ = ends(asked, reach(asked))
    if closed:
        return _unlooked(found, closed)
    lowest = _lowest(asked, found)
    if lowest == np.inf:
        return _without_candidates(asked, found)
    if is_bounded(asked) and not open_:
        return _attained(found, lowest, f"{PROVED}, and a minimum exists")
    below = _below(asked, lowest)
    if below is None:
        return replace(found, status="minimum", reason=f"{PROVED}; {COMPARED}")
    value = float(asked.f.field(below))
    reason = f"{PROVED}, but a feasible point has the lower value {value:.6g}: no minimum exists"
    return replace(found, status="unattained", reason=reason, lower=below)


def _attained(found: KKTPoints, lowest: float, reason: str) -> KKTPoints:
    """Say that the lowest value is the minimum; so the points that have it need no other test."""
    points = tuple(
        replace(p, kind="minimum", reason="no candidate is lower, and a minimum exists")
        if p.kind == "inconclusive" and p.value <= lowest + 1e-12 * (1 + abs(lowest))
        else p
        for p in found.points
    )
    return replace(found, points=points, status="minimum", reason=reason)


def _unlooked(found: KKTPoints, closed: Sequence[str]) -> KKTPoints:
    reason = f"not looked at: where {', '.join(closed)} ends and has no derivative"
    return replace(found, complete=False, reason=reason)


def enclosed(
    asked: Problem, box: np.ndarray, points: np.ndarray, undecided: Sequence[Cluster]
) -> KKTPoints:
    """Conclude from all candidates in a box."""
    found = replace(collected(asked, points), undecided=tuple(undecided), complete=not undecided)
    if found.points and is_convex(asked):
        return replace(found, status="minimum", reason="the problem is convex")
    if undecided:
        return replace(found, reason="all candidates in the box are listed or in undecided places")
    limits = reach(asked)
    closed, open_ = ends(
        asked,
        np.stack(
            [np.maximum(limits[:, 0], box[:, 0]), np.minimum(limits[:, 1], box[:, 1])], axis=1
        ),
    )
    if closed:
        return _unlooked(found, closed)
    if open_:
        return replace(found, reason=ALL_IN_BOX)
    if (limits[:, 0] >= box[:, 0]).all() and (limits[:, 1] <= box[:, 1]).all():
        known = bool(found.points or found.abnormal)
        status = "minimum" if known else "infeasible"
        return replace(found, status=status, reason=f"{PROVED}, by intervals")
    return replace(found, reason=ALL_IN_BOX)


def _lowest(asked: Problem, found: KKTPoints) -> float:
    values = [p.value for p in found.points] + [p.value for p in found.abnormal]
    values += [float(asked.f.field(x)) for c in found.components for x in c.sample]
    return min(values, default=np.inf)


def _without_candidates(asked: Problem, found: KKTPoints) -> KKTPoints:
    """Tell an infeasible problem from one without a minimum: the nearest point always exists."""
    shifts = [sp.Rational(3 * i + 2, 7) * (-1) ** i for i in range(asked.n)]
    square = sum((s - a) ** 2 for s, a in zip(asked.symbols, shifts, strict=True))
    nearest = replace(asked, f=Smooth(sp.expand(square), asked.symbols))
    try:
        near = collected(nearest, *candidates(nearest))
    except TooLarge as why:
        return replace(found, complete=False, reason=str(why))
    if _lowest(nearest, near) == np.inf:
        reason = "no feasible point is nearest to a given one, so there is none"
        return replace(found, status="infeasible", reason=reason)
    reason = "there are feasible points, but none can be a minimiser: f has no minimum on them"
    return replace(found, status="unattained", reason=reason, lower=_below(asked, np.inf))


def _below(asked: Problem, value: float) -> np.ndarray | None:
    """Return a feasible point with a lower value, if descents find one."""
    least = value - 1e-6 * (1 + abs(value)) if np.isfinite(value) else np.inf
    low = (x for x in descents(asked) if asked.f.field(x) < least)
    firm = (x for x in low if feasible(asked, x, 1e-9) and is_firmly_below(asked, x, least))
    return next(firm, None)


def is_bounded(asked: Problem) -> bool:
    """Say whether a minimum is seen to exist wherever a feasible point does.

    So it does if `f` or a constraint is a quadratic function whose Hessian is positive definite,
    or the affine constraints bound every variable.
    """
    round_ = [asked.f.hessian, *(g.hessian for g in asked.g)]
    round_ += [sign * h.hessian for h in asked.h for sign in (1, -1)]
    if any(not H.free_symbols and H.is_positive_definite for H in round_):
        return True
    return bool(np.isfinite(reach(asked)).all())


def reach(asked: Problem) -> np.ndarray:
    """Return bounds ``(n, 2)`` of the variables by the affine constraints alone."""
    ends = [[sign * _furthest(asked, sign * e) for sign in (-1, 1)] for e in np.eye(asked.n)]
    return np.array(ends)


def _furthest(asked: Problem, direction: np.ndarray) -> float:
    """Return how far the affine constraints let a point go in a direction."""
    given = affine_rows(asked)
    found = linprog(-direction, bounds=[(None, None)] * asked.n, **given)
    return {0: -(found.fun or 0.0), 2: -np.inf}.get(found.status, np.inf)


def affine_rows(asked: Problem) -> dict[str, np.ndarray | None]:
    """Return the affine constraints as SciPy's linear programs take them."""
    origin = np.zeros(asked.n)
    given: dict[str, np.ndarray | None] = {}
    for name, chosen in (("ub", asked.g), ("eq", asked.h)):
        flat = [c for c in chosen if c.is_affine]
        rows = np.reshape([c.field.gradient(origin) for c in flat], (-1, asked.n))
        given[f"A_{name}"] = rows if flat else None
        given[f"b_{name}"] = -np.array([c.field(origin) for c in flat]) if flat else None
    return given
