"""What is said of a candidate: its multipliers, its qualification, its second-order condition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from mathcalc.optimality.clusters import Cluster
from mathcalc.optimality.components import Component
from mathcalc.optimality.curvature import second_order
from mathcalc.optimality.multipliers import active_at, multipliers, qualification
from mathcalc.optimality.problems import KKTResidual, Problem


@dataclass(frozen=True)
class KKTPoint:
    """A point that satisfies the KKT conditions, with its multipliers.

    Attributes
    ----------
    x : ndarray, shape (n,)
        The point.
    value : float
        ``f(x)``.
    mu, nu : ndarray
        A multiplier for each inequality (``μ >= 0``) and for each equality.
    active : tuple of int
        The inequalities that hold with equality.
    residual : KKTResidual
        How exactly the conditions hold in floating-point numbers.
    licq : bool
        Whether the active gradients are linearly independent; then the multipliers are unique.
    qualification : str
        ``"LICQ"``, ``"affine"`` (all active constraints are), ``"MFCQ"`` or ``"none"``.
    kind : str
        ``"minimum"``, ``"maximum"``, ``"saddle"`` (there are feasible points with smaller and
        with larger values nearby) or ``"inconclusive"``; local, of `f` on the feasible set.
    reason : str
        Why.
    curvatures : ndarray
        The eigenvalues of the Lagrangian's Hessian on the directions that keep the equalities
        and the inequalities with ``μ > 0``.
    """

    x: np.ndarray
    value: float
    mu: np.ndarray
    nu: np.ndarray
    active: tuple[int, ...]
    residual: KKTResidual
    licq: bool
    qualification: str
    kind: str
    reason: str
    curvatures: np.ndarray

    def __str__(self) -> str:
        parts = [f"x = {_row(self.x)}", f"f = {self.value:.6g}"]
        parts += [f"{name} = {_row(v)}" for name, v in (("μ", self.mu), ("ν", self.nu)) if v.size]
        return f"{self.kind} at {', '.join(parts)}"


@dataclass(frozen=True)
class AbnormalPoint:
    """A feasible point without multipliers where no constraint qualification holds.

    The KKT conditions are not necessary there, so it may be a minimiser all the same.
    """

    x: np.ndarray
    value: float
    active: tuple[int, ...]

    def __str__(self) -> str:
        place = f"x = {_row(self.x)}, f = {self.value:.6g}"
        return f"no multipliers, no constraint qualification at {place}"


@dataclass(frozen=True)
class KKTPoints(Sequence):
    """The KKT points of a problem: a sequence of `KKTPoint`, the lowest value first.

    Attributes
    ----------
    points : tuple of KKTPoint
        What the sequence holds.
    abnormal : tuple of AbnormalPoint
        Other candidates for a minimiser.
    components : tuple of Component
        Sets of candidates that are not isolated.
    complete : bool
        Whether nothing else can be a minimiser.
    status : str
        ``"minimum"``: the first candidate is the global minimiser, proved or by the comparison
        that `reason` tells; ``"unattained"``: there is a feasible point below all candidates,
        or no candidate, so that no minimiser exists; ``"infeasible"``; ``"candidates"``: only
        what is in the lists is known.
    reason : str
        What was done, and what it guarantees.
    lower : ndarray or None
        A feasible point with a lower value than all candidates.
    undecided : tuple of Cluster
        With intervals: small boxes about which nothing could be proved.
    """

    points: tuple[KKTPoint, ...]
    abnormal: tuple[AbnormalPoint, ...] = ()
    components: tuple[Component, ...] = ()
    complete: bool = True
    status: str = "candidates"
    reason: str = ""
    lower: np.ndarray | None = None
    undecided: tuple[Cluster, ...] = ()

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, i: Any) -> Any:
        return self.points[i]

    def __iter__(self) -> Iterator[KKTPoint]:
        return iter(self.points)

    def __str__(self) -> str:
        lists = (self.points, self.abnormal, self.components, self.undecided)
        lines = [*chain.from_iterable(lists), f"{self.status}: {self.reason}"]
        return "\n".join(map(str, lines))


def _row(v: np.ndarray) -> str:
    return "(" + ", ".join(f"{e:.6g}" for e in v) + ")"


def judged(problem: Problem, x: np.ndarray) -> KKTPoint | AbnormalPoint | None:
    """Return what a feasible point is, or None where it is no candidate for a minimiser.

    Nothing is said where the formulas have no derivatives, as ``x log x`` at 0.
    """
    with np.errstate(all="ignore"):
        slopes = [problem.f.field.gradient(x), *problem.slopes(x)]
        bends = [c.field.hessian(x) for c in (problem.f, *problem.g, *problem.h)]
        smooth = all(np.isfinite(part).all() for part in [*slopes, *bends])
        return _judged(problem, x) if smooth else None


def _judged(problem: Problem, x: np.ndarray) -> KKTPoint | AbnormalPoint | None:
    active = active_at(problem, x)
    value, which = float(problem.f.field(x)), tuple(map(int, active.which))
    found, quality = multipliers(problem, x, active), qualification(problem, active)
    if found is None:
        return AbnormalPoint(x, value, which) if quality == "none" else None
    kind, reason, curvatures = second_order(problem, x, active, *found, quality)
    return KKTPoint(
        x=x,
        value=value,
        mu=found[0],
        nu=found[1],
        active=which,
        residual=problem.residual(x, *found),
        licq=bool(active.licq),
        qualification=quality,
        kind=kind,
        reason=reason,
        curvatures=curvatures,
    )
