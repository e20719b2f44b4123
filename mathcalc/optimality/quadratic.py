"""Convex quadratic programs, solved by a primal-dual interior-point method.

SciPy has solvers for linear programs and for general ones, but none for this kind; the linear
programs that tell infeasible and unbounded problems are its own (HiGHS).

References
----------
Nocedal and Wright, Numerical Optimization (2006), section 16.6 (unchecked).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import LinAlgError, lstsq, lu_factor, lu_solve
from scipy.optimize import linprog

from mathcalc import checks

LARGEST = 1e100  # the products of larger numbers overflow


class Infeasible(ValueError):
    """No point satisfies the constraints."""


class Unbounded(ValueError):
    """The objective falls without bound on the feasible set."""


@dataclass(frozen=True)
class QuadraticProgram:
    """``min ½ xᵀPx + qᵀx`` subject to ``Gx <= h`` and ``Ax = b``, with `P` positive semidefinite.

    Attributes
    ----------
    P, q, G, h, A, b : ndarray
        Shapes ``(n, n)``, ``(n,)``, ``(m, n)``, ``(m,)``, ``(p, n)``, ``(p,)``.
    """

    P: np.ndarray
    q: np.ndarray
    G: np.ndarray
    h: np.ndarray
    A: np.ndarray
    b: np.ndarray

    def __post_init__(self) -> None:
        for name in ("q", "h", "b", "P", "G", "A"):
            given = checks.numbers(getattr(self, name), name, finite=True)
            wanted = (len(self.q),) if name in "PGA" else ()
            fits = given.ndim == 1 + len(wanted) and given.shape[1:] == wanted
            checks.refuse(not fits, f"{name} has shape {given.shape}: it does not fit to q")
            large = np.abs(given).max(initial=0) > LARGEST
            checks.refuse(large, f"{name} has an entry larger than {LARGEST:g}")
            object.__setattr__(self, name, given)
        for rows, sides in (("P", "q"), ("G", "h"), ("A", "b")):
            m, k = len(getattr(self, rows)), len(getattr(self, sides))
            checks.refuse(m != k, f"{rows} has {m} rows, but {sides} {k} entries")

    def solve(
        self, tolerance: float = 1e-11, *, solvable: bool = False
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return ``x, μ, ν``.

        With `solvable`, that there is a solution is known, and not examined first.

        Raises
        ------
        Infeasible, Unbounded
            If there is no solution.
        """
        tolerance = checks.number(tolerance, "tolerance", above=0)
        if not solvable:
            self._refuse_hopeless()
        x, mu, nu = _interior(self, tolerance)
        return _sharpened(self, x, mu, nu)

    def value(self, x: np.ndarray) -> float:
        """Return the objective."""
        x = self._vector("x", x, self.q)
        return float(x @ self.P @ x / 2 + self.q @ x)

    def _vector(self, name: str, value: Any, like: np.ndarray) -> np.ndarray:
        found = checks.numbers(value, name, finite=True)
        fits = found.shape == like.shape and np.abs(found).max(initial=0) <= LARGEST
        checks.refuse(not fits, f"{name}: give {len(like)} numbers below {LARGEST:g}")
        return found

    def residual(self, x: np.ndarray, mu: np.ndarray, nu: np.ndarray) -> float:
        """Return the worst violation of a KKT condition."""
        x = self._vector("x", x, self.q)
        return self._violation(x, self._vector("mu", mu, self.h), self._vector("nu", nu, self.b))

    def _violation(self, x: np.ndarray, mu: np.ndarray, nu: np.ndarray) -> float:
        slack = self.h - self.G @ x
        parts = (
            self.P @ x + self.q + mu @ self.G + nu @ self.A,
            self.A @ x - self.b,
            np.minimum(slack, 0),
            np.minimum(mu, 0),
            mu * slack,
        )
        return max(float(np.abs(part).max(initial=0)) for part in parts)

    def _refuse_hopeless(self) -> None:
        """Raise where a linear program shows that there is no solution."""
        n = len(self.q)
        free: Any = {"bounds": (None, None)}
        if linprog(np.zeros(n), self.G, self.h, self.A, self.b, **free).status == 2:
            raise Infeasible("no point satisfies all constraints")
        flat = np.concatenate([self.A, self.P])
        ray = linprog(
            self.q, self.G, np.zeros(len(self.h)), flat, np.zeros(len(flat)), bounds=(-1, 1)
        )
        if ray.status == 0 and ray.fun < -1e-9 * max(np.abs(self.q).max(initial=0), 1e-300):
            raise Unbounded("the objective falls without bound along a feasible ray")


def _interior(qp: QuadraticProgram, tolerance: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mehrotra's predictor and corrector."""
    n, m, p = len(qp.q), len(qp.h), len(qp.b)
    x, nu = np.zeros(n), np.zeros(p)
    scale = 1 + max(np.abs(qp.q).max(initial=0), np.abs(qp.h).max(initial=0))
    s, mu = np.full(m, scale), np.full(m, scale)
    for _ in range(100):
        gap = float(s @ mu) / max(m, 1)
        dual = qp.P @ x + qp.q + mu @ qp.G + nu @ qp.A
        primal, equal = qp.G @ x + s - qp.h, qp.A @ x - qp.b
        worst = max(np.abs(v).max(initial=0) for v in (dual, primal, equal))
        if max(gap, worst) <= tolerance * scale:
            break
        solve = _factored(qp, s, mu)
        step = solve(dual, primal, equal, s * mu)
        reach = _reach(s, step[1], 1.0), _reach(mu, step[2], 1.0)
        ahead = float((s + reach[0] * step[1]) @ (mu + reach[1] * step[2])) / max(m, 1)
        centre = (ahead / gap) ** 3 * gap if gap > 0 else 0.0
        step = solve(dual, primal, equal, s * mu + step[1] * step[2] - centre)
        reach_both = min(_reach(s, step[1], 0.99), _reach(mu, step[2], 0.99))
        x, s, mu, nu = (v + reach_both * d for v, d in zip((x, s, mu, nu), step, strict=True))
    return x, mu, nu


def _reach(v: np.ndarray, d: np.ndarray, share: float) -> float:
    """Return the longest step that keeps ``v + t d`` positive, at most 1."""
    falling = d < 0
    return min(1.0, share * float(np.min(-v[falling] / d[falling], initial=np.inf)))


def _factored(qp: QuadraticProgram, s: np.ndarray, mu: np.ndarray) -> Any:
    """Return the map from right sides to Newton steps ``(dx, ds, dμ, dν)``."""
    n, p = len(qp.q), len(qp.b)
    weight = mu / s
    H = qp.P + (qp.G.T * weight) @ qp.G + 1e-13 * np.eye(n)
    matrix = np.block([[H, qp.A.T], [qp.A, -1e-13 * np.eye(p)]])
    factors = lu_factor(matrix, check_finite=False)

    def solve(dual: Any, primal: Any, equal: Any, product: Any) -> tuple:
        inner = dual + qp.G.T @ (weight * primal - product / s)
        found = lu_solve(factors, -np.concatenate([inner, equal]), check_finite=False)
        dx = found[:n]
        ds = -primal - qp.G @ dx
        return dx, ds, -(product + mu * ds) / s, found[n:]

    return solve


def _sharpened(
    qp: QuadraticProgram, x: np.ndarray, mu: np.ndarray, nu: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Solve once more with the active set that was found; keep what is better."""
    held = mu > qp.h - qp.G @ x
    k, n, p = int(held.sum()), len(x), len(nu)
    C = np.concatenate([qp.A, qp.G[held]])
    matrix = np.block([[qp.P, C.T], [C, np.zeros((k + p, k + p))]])
    now = np.concatenate([x, nu, mu[held]])
    right = np.concatenate([-qp.q, qp.b, qp.h[held]])
    try:
        found = now + lstsq(matrix, right - matrix @ now)[0]
    except (LinAlgError, ValueError):
        return x, mu, nu
    better = np.zeros_like(mu)
    better[held] = found[n + p :]
    after = found[:n], better, found[n : n + p]
    return after if qp._violation(*after) < qp._violation(x, mu, nu) else (x, mu, nu)
