"""A constrained problem in the book's form, and how far a point is from its KKT conditions.

``min f(x)`` subject to ``g_i(x) <= 0`` and ``h_j(x) = 0``, with the Lagrangian
``L = f + Σ μ_i g_i + Σ ν_j h_j`` and ``μ_i >= 0``.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from mathcalc import checks
from mathcalc.optimality.reading import Formula, Smooth, read


@dataclass(frozen=True)
class KKTResidual:
    """Violation of each KKT condition at one point; all zero at a KKT point.

    Attributes
    ----------
    stationarity : float
        ``‖∇f + Σ μ_i ∇g_i + Σ ν_j ∇h_j‖``.
    primal : float
        The worst of ``max(0, g_i)`` and ``|h_j|``.
    dual : float
        The worst of ``max(0, -μ_i)``.
    complementarity : float
        The worst of ``|μ_i g_i|``.

    Examples
    --------
    >>> KKTResidual(0.0, 0.0, 0.0, 2e-9).within(1e-8)
    True
    """

    stationarity: float
    primal: float
    dual: float
    complementarity: float

    def within(self, tolerance: float) -> bool:
        """Return whether every residual is at most `tolerance`."""
        return max(astuple(self)) <= tolerance


@dataclass(frozen=True)
class Problem:
    """``min f`` subject to ``g <= 0`` and ``h = 0``, all functions of the same variables."""

    f: Smooth
    h: tuple[Smooth, ...]
    g: tuple[Smooth, ...]

    @property
    def symbols(self) -> tuple[sp.Symbol, ...]:
        """The variables."""
        return self.f.symbols

    @property
    def n(self) -> int:
        """How many variables there are."""
        return len(self.f.symbols)

    @cached_property
    def is_affine(self) -> bool:
        """Whether all constraints are affine: then every minimiser is a KKT point."""
        return all(c.is_affine for c in (*self.h, *self.g))

    def values(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return ``h(x)`` and ``g(x)``."""
        h, g = (np.array([c.field(x) for c in part], dtype=float) for part in (self.h, self.g))
        return h, g

    def slopes(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the Jacobians of ``h`` and ``g``, one row a constraint."""
        h, g = ([c.field.gradient(x) for c in part] for part in (self.h, self.g))
        return np.reshape(h, (-1, self.n)), np.reshape(g, (-1, self.n))

    def curvature(self, x: np.ndarray, mu: np.ndarray, nu: np.ndarray) -> np.ndarray:
        """Return the Hessian of the Lagrangian in ``x``."""
        pairs = [*zip(mu, self.g, strict=True), *zip(nu, self.h, strict=True)]
        return self.f.field.hessian(x) + sum(
            weight * c.field.hessian(x) for weight, c in pairs if weight
        )

    def residual(self, x: np.ndarray, mu: np.ndarray, nu: np.ndarray) -> KKTResidual:
        """Return the violation of each condition."""
        h, g = self.values(x)
        dh, dg = self.slopes(x)
        return KKTResidual(
            stationarity=float(np.linalg.norm(self.f.field.gradient(x) + mu @ dg + nu @ dh)),
            primal=float(max(np.max(g, initial=0.0), np.max(np.abs(h), initial=0.0))),
            dual=float(np.max(-mu, initial=0.0)) + 0.0,
            complementarity=float(np.max(np.abs(mu * g), initial=0.0)),
        )


def problem(
    f: Formula,
    equalities: Sequence[Formula] = (),
    inequalities: Sequence[Formula] = (),
    variables: Sequence[str] | None = None,
) -> Problem:
    """Read a problem; the arguments are those of `mathcalc.optimality.kkt`."""
    first, *rest = read(f, variables, equalities=equalities, inequalities=inequalities)
    return Problem(first, tuple(rest[: len(equalities)]), tuple(rest[len(equalities) :]))


def kkt_residual(
    f: Formula,
    equalities: Sequence[Formula] = (),
    inequalities: Sequence[Formula] = (),
    *,
    x: Any,
    mu: Any = (),
    nu: Any = (),
    variables: Sequence[str] | None = None,
) -> KKTResidual:
    """Return how far a point with multipliers is from the KKT conditions.

    Parameters
    ----------
    f, equalities, inequalities, variables
        The problem, as for `mathcalc.optimality.kkt`.
    x : array_like, shape (n,)
        The point.
    mu, nu : array_like
        One multiplier for each inequality, and one for each equality.

    Raises
    ------
    ValueError
        If a formula cannot be read, or a length does not fit.

    Examples
    --------
    >>> kkt_residual("x**2 + y**2", ["x + 2*y - 5"], x=[1, 2], nu=[-2])
    KKTResidual(stationarity=0.0, primal=0.0, dual=0.0, complementarity=0.0)
    """
    asked = problem(f, equalities, inequalities, variables)
    sizes = {"x": (x, asked.n), "mu": (mu, len(asked.g)), "nu": (nu, len(asked.h))}
    vectors = [vector(name, value, size) for name, (value, size) in sizes.items()]
    return asked.residual(*vectors)


def vector(name: str, value: Any, size: int) -> np.ndarray:
    """Return finite numbers, as many as there must be."""
    found = checks.numbers(value, name, finite=True)
    checks.refuse(found.shape != (size,), f"{name} has shape {found.shape}, but needs ({size},)")
    checks.refuse((np.abs(found) > 1e100).any(), f"{name} has an entry larger than 1e100")
    return found
