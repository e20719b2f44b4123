"""`kkt` and `lagrange`: the KKT points of a problem, and what is known of its minimum."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.optimize import linprog

from mathcalc.optimality.conclusions import affine_rows, collected, concluded, enclosed
from mathcalc.optimality.convexity import (
    is_convex,
    is_quadratic,
    is_strictly_convex_quadratic,
)
from mathcalc.optimality.descent import descents, feasible, polished
from mathcalc.optimality.enclosures import candidates_in
from mathcalc.optimality.enumeration import candidates
from mathcalc.optimality.firmness import is_settled
from mathcalc.optimality.newton import unique
from mathcalc.optimality.points import KKTPoints
from mathcalc.optimality.problems import Problem, problem, vector
from mathcalc.optimality.quadratic import Infeasible, QuadraticProgram, Unbounded
from mathcalc.optimality.reading import Formula, read_box
from mathcalc.optimality.rings import NotPolynomial, TooLarge

NEAR = 1e-6  # ends of descents that are nearer, relatively, are one degenerate point


def lagrange(
    f: Formula,
    equalities: Sequence[Formula],
    *,
    variables: Sequence[str] | None = None,
    box: Any = None,
    start: Any = None,
) -> KKTPoints:
    """Return the critical points of `f` on ``h_j(x) = 0``, with their multipliers.

    `kkt` without inequalities; each point says whether it is a minimum, a maximum or a saddle of
    `f` on the constraint set. The Lagrangian is ``f + Σ ν_j h_j``.

    Examples
    --------
    >>> point = lagrange("x**2 + y**2", ["x + 2*y - 5"])[0]
    >>> print(point)
    minimum at x = (1, 2), f = 5, ν = (-2)
    """
    return kkt(f, equalities, (), variables=variables, box=box, start=start)


def kkt(
    f: Formula,
    equalities: Sequence[Formula] = (),
    inequalities: Sequence[Formula] = (),
    *,
    variables: Sequence[str] | None = None,
    box: Any = None,
    start: Any = None,
) -> KKTPoints:
    """Return the KKT points of ``min f(x)`` subject to ``h_j(x) = 0`` and ``g_i(x) <= 0``.

    The Lagrangian is ``L = f + Σ μ_i g_i + Σ ν_j h_j`` with ``μ_i >= 0``. To maximise, give ``-f``.

    Parameters
    ----------
    f : formula
        Typed text, a SymPy expression or a `ScalarField`; decimals are read as fractions.
    equalities, inequalities : sequences of formulas
        The left sides ``h_j`` of ``h_j = 0`` and ``g_i`` of ``g_i <= 0``.
    variables : sequence of str, optional
        The order of the coordinates; alphabetical if it is left out.
    box : pair, or n pairs, of numbers, optional
        Where to look, if the formulas are no polynomials. The box is no constraint.
    start : array_like, optional
        Where the first descent starts, if descents are used.

    Returns
    -------
    KKTPoints
        Polynomials, not too many: all KKT points and all other candidates for a minimiser, by
        elimination over all active sets. Convex quadratic programs: a minimiser. Other formulas
        with a box: all candidates in it, by intervals. Otherwise what descents from several
        starts found. `reason` says which.

    Raises
    ------
    ValueError
        If a formula cannot be read, or has a kink; the message says what to do.

    Examples
    --------
    >>> found = kkt("(x - 2)**2 + (y - 1)**2", inequalities=["x + y - 2", "-x", "-y"])
    >>> print(found[0])
    minimum at x = (1.5, 0.5), f = 0.5, μ = (1, 0, 0)
    """
    asked = problem(f, equalities, inequalities, variables)
    edges = None if box is None else read_box(box, asked.n)
    start = None if start is None else vector("start", start, asked.n)
    if wrong := _impossible(asked):
        return KKTPoints((), status="infeasible", reason=f"{wrong} can never hold")
    if is_strictly_convex_quadratic(asked):
        return _quadratic(asked)
    try:
        points, components = candidates(asked)
    except (NotPolynomial, TooLarge) as why:
        return _without_elimination(asked, start, edges, str(why))
    return concluded(asked, collected(asked, points, components))


def _impossible(asked: Problem) -> str:
    """Return a constraint that is constant and wrong, as text."""
    constant = lambda c: not c.expression.free_symbols  # noqa: E731
    wrong = [f"{h.expression} = 0" for h in asked.h if constant(h) and h.expression != 0]
    wrong += [f"{g.expression} <= 0" for g in asked.g if constant(g) and g.expression > 0]
    return next(iter(wrong), "")


def _without_elimination(asked: Problem, start: Any, box: np.ndarray | None, why: str) -> KKTPoints:
    """Choose another way: a quadratic program, intervals in a box, or descents."""
    if linprog(np.zeros(asked.n), bounds=(None, None), **affine_rows(asked)).status == 2:
        return KKTPoints((), status="infeasible", reason="the affine constraints exclude another")
    if is_quadratic(asked):
        return _quadratic(asked)
    if box is not None:
        try:
            return enclosed(asked, box, *candidates_in(asked, box))
        except TooLarge as too:
            why = str(too)
    return _locally(asked, start, box, why)


def _quadratic(asked: Problem) -> KKTPoints:
    """Solve a convex quadratic program."""
    origin, f = np.zeros(asked.n), asked.f.field
    (dh, dg), (h, g) = asked.slopes(origin), asked.values(origin)
    program = QuadraticProgram(f.hessian(origin), f.gradient(origin), dg, -g, dh, -h)
    try:
        x = program.solve()[0]
    except Infeasible as why:
        return KKTPoints((), status="infeasible", reason=str(why))
    except Unbounded as why:
        return KKTPoints((), status="unattained", reason=str(why))
    found = collected(asked, x[None, :])
    unique_ = is_strictly_convex_quadratic(asked)
    reason = "the problem is convex" + ("" if unique_ else "; there may be more minimisers")
    return replace(found, complete=unique_, status="minimum", reason=reason)


def _locally(asked: Problem, start: Any, box: np.ndarray | None, why: str) -> KKTPoints:
    """Return the KKT points at which descents end."""
    ends = [x for x in descents(asked, start, box) if feasible(asked, x, 1e-6)]
    with np.errstate(all="ignore"):
        better = [polished(asked, x) for x in ends]
    points = (
        unique(np.array(better).reshape(-1, asked.n), NEAR) if better else np.empty((0, asked.n))
    )
    found = replace(collected(asked, points), complete=False)
    if not ends:
        return replace(found, reason=f"no descent reached a feasible point ({why})")
    found = replace(found, points=tuple(p for p in found.points if is_settled(asked, p)))
    if not (found.points or found.abnormal):
        return replace(found, reason=f"no descent came to rest at a candidate ({why})")
    if found.points and is_convex(asked):
        return replace(found, status="minimum", reason="the problem is convex")
    return replace(found, reason=f"descents from several starts; there may be more ({why})")
