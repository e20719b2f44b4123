"""Multipliers as prices: how the optimal value moves when a constraint is moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.optimality.constrained import kkt
from mathcalc.optimality.descent import descents, feasible, polished
from mathcalc.optimality.points import KKTPoint
from mathcalc.optimality.problems import Problem, problem
from mathcalc.optimality.reading import Formula, Smooth


@dataclass(frozen=True)
class ShadowPrices:
    """What one unit more of each right-hand side saves: ``-df*/db`` for ``g <= b``, ``h = b``.

    Attributes
    ----------
    point : KKTPoint
        The minimiser.
    mu, nu : ndarray
        The prices by the multipliers.
    mu_by_differences, nu_by_differences : ndarray
        The prices by central differences of the optimal value, solved anew on both sides; not a
        number where one side has no solution nearby.
    """

    point: KKTPoint
    mu: np.ndarray
    nu: np.ndarray
    mu_by_differences: np.ndarray
    nu_by_differences: np.ndarray


def shadow_price(
    f: Formula,
    equalities: Sequence[Formula] = (),
    inequalities: Sequence[Formula] = (),
    *,
    variables: Sequence[str] | None = None,
    start: Any = None,
    h: float = 1e-4,
) -> ShadowPrices:
    """Return the multipliers of a minimiser beside differences of the optimal value.

    Parameters
    ----------
    f, equalities, inequalities, variables, start
        The problem, as for `mathcalc.optimality.kkt`.
    h : float
        By how much each right-hand side is moved to both sides; the error is ``O(h²)`` where the
        active constraints stay the same, and ``O(1)`` where they change.

    Raises
    ------
    ValueError
        If the problem has no minimiser with multipliers.

    Examples
    --------
    >>> prices = shadow_price("x**2 + y**2", ["x + 2*y - 5"])
    >>> print(prices.nu, prices.nu_by_differences.round(6))
    [-2.] [-2.]
    """
    h = checks.number(h, "h", above=0)
    checks.refuse(not 1e-12 < h < 1e12, f"h={h:g}: give a small positive number")
    found = kkt(f, equalities, inequalities, variables=variables, start=start)
    minima = [p for p in found if p.kind == "minimum"]
    if not minima or found.status in ("unattained", "infeasible"):
        raise ValueError(f"f: there is no minimiser with multipliers ({found.reason})")
    point, asked = minima[0], problem(f, equalities, inequalities, variables)
    return ShadowPrices(
        point,
        point.mu,
        point.nu,
        np.array([_slope(asked, point.x, "g", i, h) for i in range(len(asked.g))]),
        np.array([_slope(asked, point.x, "h", j, h) for j in range(len(asked.h))]),
    )


def _slope(asked: Problem, x: np.ndarray, part: str, i: int, h: float) -> float:
    """Return ``-(f*(b + h) - f*(b - h)) / 2h`` for one right-hand side."""
    ends = [_optimal_value(_moved(asked, part, i, step), x) for step in (h, -h)]
    return -(ends[0] - ends[1]) / (2 * h)


def _moved(asked: Problem, part: str, i: int, step: float) -> Problem:
    constraints = list(getattr(asked, part))
    constraints[i] = Smooth(constraints[i].expression - step, asked.symbols)
    moved = tuple(constraints)
    return replace(asked, g=moved) if part == "g" else replace(asked, h=moved)


def _optimal_value(asked: Problem, x: np.ndarray) -> float:
    """Return the value of the minimiser near a point, or no number."""
    near = next(descents(asked, x, tries=0), None)
    if near is None:
        return np.nan
    near = polished(asked, near)
    return float(asked.f.field(near)) if feasible(asked, near, 1e-7) else np.nan
