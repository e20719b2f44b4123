"""One SymPy expression as value, gradient, Jacobian, Hessian and Laplacian, in NumPy and in JAX.

Coordinates come first and batch axes after, as in SciPy: a point is ``(n,)``, a grid ``(n, r, c)``.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import sympy as sp
from sympy.core.function import AppliedUndef

from mathcalc import checks, exact
from mathcalc.expression import FormulaError, parse
from mathcalc.traced import Traced

Formula: TypeAlias = str | sp.Expr


class _Field:
    """What scalar and vector fields share: their variables, and arrays of compiled entries."""

    variables: tuple[str, ...]
    symbols: tuple[sp.Symbol, ...]
    _entries: Any  # one expression, or a tuple of them

    @property
    def latex(self) -> str:
        """The formula, or the column of formulas, as LaTeX."""
        return sp.latex(
            sp.Matrix(self._entries) if isinstance(self._entries, tuple) else self._entries
        )

    @cached_property
    def jax(self) -> Callable[[Any], Any]:
        """The function for JAX, compiled: it takes an array of shape ``(n, ...)``."""
        import jax

        return jax.jit(exact.compiled(self.symbols, self._entries, "jax"))

    @cached_property
    def _value(self) -> Callable[[Any], Any]:
        return exact.compiled(self.symbols, self._entries)

    def _settle(self, expressions: Sequence[sp.Expr], variables: Iterable[str] | None) -> None:
        if any(e is sp.nan for e in expressions):
            raise FormulaError("formula: it has no value anywhere: look at divisions by zero")
        for strange in (atom for e in expressions for atom in e.atoms(AppliedUndef, type(sp.I))):
            raise FormulaError(f"formula: {strange} is no real function that can be computed")
        free = {symbol.name: symbol for e in expressions for symbol in e.free_symbols}
        self.variables = checks.names(variables) or tuple(sorted(free))
        missing = sorted(set(free) - set(self.variables))
        if missing:
            raise FormulaError(f"variables: {', '.join(missing)} occurs in the formula: add it")
        if not self.variables:
            raise FormulaError("variables: the formula has none, so name them: variables=('x',)")
        self.symbols = tuple(free.get(v, sp.Symbol(v, real=True)) for v in self.variables)

    def _point(self, p: Any, name: str = "p") -> Any:
        point: Any = p if isinstance(p, Traced) else checks.numbers(p, name, also="c")
        if point.ndim == 0 or point.shape[0] != len(self.variables):
            names = ", ".join(self.variables)
            wanted = f"({len(self.variables)}, ...): one entry each for {names}, batch axes after"
            raise ValueError(f"{name} has shape {point.shape}, but must have {wanted}")
        return point


def _read(formula: Formula, variables: Iterable[str] | None, name: str = "formula") -> sp.Expr:
    if isinstance(formula, sp.Expr):
        return formula
    try:
        return parse(formula, checks.names(variables))
    except FormulaError as error:
        raise FormulaError(f"{name}: {error}") from None


class ScalarField(_Field):
    """A real function of several variables, with its exact derivatives.

    Parameters
    ----------
    formula : str or sympy.Expr
        The function; text is read by `mathcalc.expression.parse` and never evaluated.
    variables : sequence of str, optional
        The order of the coordinates; alphabetical if it is left out.

    Raises
    ------
    FormulaError
        If the text is no formula, or a variable is not among those given.

    Examples
    --------
    >>> f = ScalarField("x**2 + x*y + y**2")
    >>> print(f([1, 2]), f.gradient([1, 2]), f.laplacian([1, 2]))
    7.0 [4. 5.] 4.0
    """

    def __init__(self, formula: Formula, variables: Sequence[str] | None = None) -> None:
        self.expression = self._entries = _read(formula, variables)
        self._settle([self.expression], variables)

    def __repr__(self) -> str:
        return f"ScalarField({str(self.expression)!r}, variables={self.variables})"

    def __call__(self, p: Any) -> Any:
        """Return the value at points of shape ``(n, ...)``: shape ``(...)``."""
        return self._value(self._point(p))

    def gradient(self, p: Any) -> np.ndarray:
        """Return the gradient at points of shape ``(n, ...)``: shape ``(n, ...)``."""
        return self._gradient(self._point(p))

    def hessian(self, p: Any) -> np.ndarray:
        """Return the Hessian at points of shape ``(n, ...)``: shape ``(n, n, ...)``."""
        return self._hessian(self._point(p))

    def laplacian(self, p: Any) -> Any:
        """Return the Laplacian, the trace of the Hessian: shape ``(...)``."""
        return np.einsum("ii...->...", self.hessian(p))

    def directional_derivative(self, p: Any, v: Any) -> Any:
        """Return ``Df(p)[v]``, linear in ``v``: the slope along ``v`` if ``v`` has length one."""
        p, v = self._point(p), self._point(v, "v")
        fits = v.shape in (p.shape, p.shape[:1])
        checks.refuse(not fits, f"v has shape {v.shape}, but must have {p.shape}, or {p.shape[:1]}")
        return np.einsum("i...,i...->...", self.gradient(p), v)

    @property
    def gradient_expression(self) -> sp.Matrix:
        """The gradient as a SymPy column."""
        return exact.jacobian([self.expression], self.symbols).T

    @property
    def hessian_expression(self) -> sp.Matrix:
        """The Hessian as a SymPy matrix."""
        return exact.hessian(self.expression, self.symbols)

    @cached_property
    def _gradient(self) -> Callable[[Any], Any]:
        return exact.compiled(self.symbols, list(self.gradient_expression))

    @cached_property
    def _hessian(self) -> Callable[[Any], Any]:
        return exact.compiled(self.symbols, self.hessian_expression.tolist())


class VectorField(_Field):
    """A map from R^n to R^m, with its exact Jacobian.

    Parameters
    ----------
    formulas : sequence of str or sympy.Expr
        The components.
    variables : sequence of str, optional
        The order of the coordinates; alphabetical if it is left out.

    Raises
    ------
    FormulaError
        If there is no component, or one cannot be read.

    Examples
    --------
    >>> VectorField(["x**2 + y", "x*y"]).jacobian([1, 2])
    array([[2., 1.],
           [2., 1.]])
    """

    def __init__(self, formulas: Sequence[Formula], variables: Sequence[str] | None = None) -> None:
        if isinstance(formulas, str) or not (each := checks.listed(formulas, "formulas")):
            raise FormulaError("formulas: give a list of at least one formula")
        named = [_read(f, variables, f"formulas[{i}]") for i, f in enumerate(each)]
        self.expressions = tuple(named)
        self._entries = self.expressions
        self._settle(self.expressions, variables)

    def __repr__(self) -> str:
        return f"VectorField({[str(e) for e in self.expressions]}, variables={self.variables})"

    def __call__(self, p: Any) -> np.ndarray:
        """Return the values at points of shape ``(n, ...)``: shape ``(m, ...)``."""
        return self._value(self._point(p))

    def jacobian(self, p: Any) -> np.ndarray:
        """Return the Jacobian, ``J[i, j] = ∂f_i/∂x_j``: shape ``(m, n, ...)``."""
        return self._jacobian(self._point(p))

    def divergence(self, p: Any) -> Any:
        """Return the divergence, the trace of the Jacobian: shape ``(...)``.

        Raises
        ------
        ValueError
            If there are not as many components as variables.
        """
        if len(self.expressions) != len(self.variables):
            size = f"{len(self.expressions)} components of {len(self.variables)} variables"
            raise ValueError(f"a divergence needs as many components as variables, not {size}")
        return np.einsum("ii...->...", self.jacobian(p))

    @property
    def jacobian_expression(self) -> sp.Matrix:
        """The Jacobian as a SymPy matrix."""
        return exact.jacobian(self.expressions, self.symbols)

    @cached_property
    def _jacobian(self) -> Callable[[Any], Any]:
        return exact.compiled(self.symbols, self.jacobian_expression.tolist())
