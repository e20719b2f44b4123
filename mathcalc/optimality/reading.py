"""What is asked: formulas, read into expressions of the same real variables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Number
from typing import Any, TypeAlias

import numpy as np
import sympy as sp

from mathcalc import checks, exact
from mathcalc.expression import parse
from mathcalc.symbolic import ScalarField

Formula: TypeAlias = str | sp.Expr | ScalarField | float
KINKED = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.Piecewise, sp.Heaviside, sp.floor, sp.ceiling)
SPLIT = "split it into smooth cases, or bound it by a new variable: u <= t, -u <= t for abs(u)"


@dataclass(frozen=True)
class Smooth:
    """A smooth function of the problem's variables, with its derivatives."""

    expression: sp.Expr
    symbols: tuple[sp.Symbol, ...]

    @cached_property
    def field(self) -> ScalarField:
        """The function with its exact derivatives, for arrays."""
        return ScalarField(self.expression, [s.name for s in self.symbols])

    @cached_property
    def gradient(self) -> list[sp.Expr]:
        """The partial derivatives as expressions."""
        return [sp.diff(self.expression, s) for s in self.symbols]

    @cached_property
    def hessian(self) -> sp.Matrix:
        """The second derivatives as expressions."""
        return exact.hessian(self.expression, self.symbols)

    @property
    def is_affine(self) -> bool:
        """Whether the second derivatives vanish."""
        return all(entry == 0 for entry in self.hessian)


def read(
    f: Formula, variables: Sequence[str] | None = None, **others: Iterable[Formula]
) -> tuple[Smooth, ...]:
    """Return `f` and then all the others, as functions of the same variables.

    Parameters
    ----------
    f : formula
        A typed formula, a SymPy expression, a number or a `ScalarField`.
    variables : sequence of str, optional
        The order of the coordinates; if it is left out, that of `f` where `f` is a `ScalarField`,
        and alphabetical otherwise.
    **others : lists of formulas
        By the name of the argument, for messages.

    Raises
    ------
    ValueError
        If a formula cannot be read, has a kink, or no variable is left.
    """
    named = {"f": f}
    for name, formulas in others.items():
        one = isinstance(formulas, str | bytes | dict | sp.Basic | ScalarField | Number)
        _refuse(one, f"{name}: give a list of formulas, such as ['x + y - 1']")
        formulas = checks.listed(formulas, name)
        named |= {f"{name}[{i}]": formula for i, formula in enumerate(formulas)}
    expressions = [_expression(formula, name) for name, formula in named.items()]
    variables = checks.names(variables) or getattr(f, "variables", None)
    symbols = _symbols(expressions, variables)
    return tuple(Smooth(e, symbols) for e in expressions)


def _refuse(bad: Any, sentence: str) -> None:
    if bad:
        raise ValueError(sentence)


def _expression(formula: Any, name: str) -> sp.Expr:
    """Return an expression of real symbols in which decimals are fractions: 0.1 is one tenth."""
    relation = isinstance(formula, sp.core.relational.Relational) or (
        isinstance(formula, str) and any(sign in formula for sign in "<>=")
    )
    _refuse(relation, f"{name}: give the left side g of g <= 0 (or h of h = 0) alone")
    try:
        expression = rational(_parsed(formula))
        ScalarField(expression, sorted(s.name for s in expression.free_symbols) or ["x"])
    except ValueError as error:
        raise type(error)(f"{name}: {error}") from None
    expression = expression.xreplace({s: real(s.name) for s in expression.free_symbols})
    kinks = sorted(map(str, expression.atoms(*KINKED)))
    _refuse(kinks, f"{name}: {', '.join(kinks)} is not differentiable everywhere: {SPLIT}")
    return expression


def _parsed(formula: Any) -> sp.Expr:
    if isinstance(formula, ScalarField):
        return formula.expression
    if isinstance(formula, sp.Expr):
        return formula
    if isinstance(formula, Number) and not isinstance(formula, complex):
        return sp.sympify(formula)
    _refuse(callable(formula), "give a formula, not a Python function")
    return parse(formula)


def rational(expression: sp.Expr) -> sp.Expr:
    """Return the expression with each decimal replaced by the fraction that it writes."""
    decimals = expression.atoms(sp.Float)
    return expression.xreplace({d: sp.Rational(repr(float(d))) for d in decimals})


def real(name: str) -> sp.Symbol:
    """Return the real variable of that name."""
    return sp.Symbol(name, real=True)


def _symbols(expressions: Sequence[sp.Expr], variables: Any) -> tuple[sp.Symbol, ...]:
    free = {s.name for e in expressions for s in e.free_symbols}
    names = tuple(sorted(free) if variables is None else variables)
    missing = sorted(free - set(names))
    _refuse(missing, f"variables: {', '.join(missing)} occurs in a formula: add it")
    _refuse(not names, "f: no variable occurs, so name them: variables=('x',)")
    _refuse(len(set(names)) < len(names), "variables: a name occurs twice")
    return tuple(map(real, names))


def read_box(box: Any, n: int) -> np.ndarray:
    """Return a box as an array ``(n, 2)``; one pair is meant for every coordinate.

    Raises
    ------
    ValueError
        If it is not of that form, or empty, or not bounded.
    """
    try:
        edges = np.array(np.broadcast_to(checks.numbers(box, "box"), (n, 2)))
    except ValueError:
        raise ValueError(f"box: give (low, high), or {n} such pairs, as numbers") from None
    _refuse(not np.isfinite(edges).all(), "box: its edges must be finite numbers")
    _refuse((np.abs(edges) > 1e100).any(), "box: its edges must be below 1e100")
    _refuse((edges[:, 0] >= edges[:, 1]).any(), "box: each low edge must be below the high one")
    return edges
