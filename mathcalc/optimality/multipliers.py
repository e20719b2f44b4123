"""The multipliers at a point, and which constraint qualification holds there."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog, nnls

from mathcalc.optimality.problems import Problem

DEPENDENT = 1e-7  # unit gradients whose smallest singular value is below it count as dependent
POOR = 1e-5  # how far, relatively, a degenerate point may be from where a descent ends


@dataclass(frozen=True)
class Active:
    """The constraints that hold with equality at a point, and their gradients.

    Attributes
    ----------
    which : ndarray of int
        The active inequalities.
    rows : ndarray, shape (p + a, n)
        The gradients of all equalities and then of the active inequalities, scaled to length
        one; zero where a gradient is zero up to the accuracy of the point.
    lengths : ndarray, shape (p + a,)
        What they were divided by.
    p : int
        How many of them belong to equalities.
    """

    which: np.ndarray
    rows: np.ndarray
    lengths: np.ndarray
    p: int

    @property
    def licq(self) -> bool:
        """Whether the active gradients are linearly independent."""
        k, n = self.rows.shape
        return k <= n and (k == 0 or np.linalg.svd(self.rows)[1].min() > DEPENDENT)


def active_at(problem: Problem, x: np.ndarray, tolerance: float = 1e-8) -> Active:
    """Return what is active at a feasible point: ``g_i >= -tolerance`` times its own scale."""
    g = problem.values(x)[1]
    dh, dg = problem.slopes(x)
    scale = np.linalg.norm(dg, axis=1) * (1 + np.abs(x).max(initial=0)) + _noise(problem, x)
    varies = np.array([bool(c.expression.free_symbols) for c in problem.g], dtype=bool)
    which = np.flatnonzero(varies & (g >= -tolerance * np.maximum(scale, 1e-12)))
    rows = np.concatenate([dh, dg[which]])
    chosen = [*problem.h, *(problem.g[i] for i in which)]
    lengths = np.linalg.norm(rows, axis=1)
    fuzz = [1e-9 * (1 + np.abs(x).max()) * np.abs(c.field.hessian(x)).max() for c in chosen]
    zero = lengths <= np.array(fuzz)
    lengths = np.where(zero, 1.0, lengths)
    return Active(which, np.where(zero[:, None], 0, rows / lengths[:, None]), lengths, len(dh))


def _noise(problem: Problem, x: np.ndarray) -> np.ndarray:
    """Return how much second-order terms move each inequality within the accuracy of a point."""
    return np.array([np.abs(c.field.hessian(x)).max() for c in problem.g]).reshape(-1)


def _bend(problem: Problem, x: np.ndarray) -> np.ndarray:
    """Bound the Hessian of f within the accuracy of a point, which is poor where it vanishes."""
    shifts = np.diag(POOR * (1 + np.abs(x)))
    near = np.concatenate([x[None], x + shifts, x - shifts])
    with np.errstate(all="ignore"):
        bends = np.abs(np.moveaxis(problem.f.field.hessian(near.T), -1, 0))
    return np.fmax.reduce(np.broadcast_to(bends, (len(near), problem.n, problem.n)))


def multipliers(
    problem: Problem, x: np.ndarray, active: Active, tolerance: float = 1e-7
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return ``(μ, ν)`` with ``μ >= 0`` that balance the gradient, or None where there are none.

    Each component must balance up to `tolerance` times what is summed in it, and what an error
    of the point in its last digits would make of it.
    """
    slope, p, a = problem.f.field.gradient(x), active.p, len(active.which)
    columns = np.concatenate([active.rows, -active.rows[:p]]).T
    scale = float(np.linalg.norm(slope)) or 1.0
    size = nnls(columns, -slope / scale)[0] * scale if columns.size else np.zeros(0)
    summed = np.abs(slope) + np.abs(columns) @ size
    fuzz = _bend(problem, x) @ (1 + np.abs(x)) * tolerance / 100
    if (np.abs(slope + columns @ size) > tolerance * summed + fuzz).any():
        return None
    both = np.concatenate([size[:p] - size[p + a :], size[p : p + a]]) / active.lengths
    mu = np.zeros(len(problem.g))
    mu[active.which] = both[p:]
    return mu, both[:p]


def mfcq(active: Active) -> bool:
    """Say whether Mangasarian and Fromovitz's qualification holds.

    The equalities' gradients are independent, and some direction keeps the equalities and points
    strictly into all active inequalities.
    """
    h, g = active.rows[: active.p], active.rows[active.p :]
    if len(h) and (len(h) > h.shape[1] or np.linalg.svd(h)[1].min() <= DEPENDENT):
        return False
    n = active.rows.shape[1]
    found = linprog(
        [0] * n + [-1],
        A_ub=np.column_stack([g, np.ones(len(g))]) if len(g) else None,
        b_ub=np.zeros(len(g)) if len(g) else None,
        A_eq=np.column_stack([h, np.zeros(len(h))]) if len(h) else None,
        b_eq=np.zeros(len(h)) if len(h) else None,
        bounds=[(-1, 1)] * (n + 1),
    )
    return found.status == 0 and -found.fun > DEPENDENT


def qualification(problem: Problem, active: Active) -> str:
    """Name the constraint qualification that holds: LICQ, affine, MFCQ, or none."""
    if active.licq:
        return "LICQ"
    if all(c.is_affine for c in (*problem.h, *(problem.g[i] for i in active.which))):
        return "affine"
    return "MFCQ" if mfcq(active) else "none"
