"""Polynomials with rational coefficients, read from expressions."""

from typing import Any

import sympy as sp
from sympy.polys.orderings import MonomialOrder, grevlex

Basis = list[Any]


MOST_STEPS = 1_000_000


class NotPolynomial(ValueError):
    """The equations are not polynomials with rational coefficients."""


class TooLarge(ValueError):
    """The system is too large for exact elimination."""


class Budget(MonomialOrder):
    """A monomial order that can be asked a limited number of times.

    How long the computation of a Gröbner basis takes cannot be told beforehand; this ends it,
    after the same number of steps on every machine.
    """

    def __init__(self, inner: MonomialOrder = grevlex, steps: int = MOST_STEPS) -> None:
        self.inner, self.left = inner, steps

    def __call__(self, monomial: tuple) -> Any:
        """Return the key by which a monomial is sorted."""
        self.left -= 1
        if self.left < 0:
            raise TooLarge("exact elimination takes too many steps: give a box")
        return self.inner(monomial)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def fraction(expression: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return numerator and denominator, without factors that have no real zero as exponentials."""
    if expression.is_polynomial():
        return expression, sp.Integer(1)
    top, below = (_without_exponentials(e) for e in sp.fraction(sp.together(expression)))
    if not below.is_polynomial():
        raise NotPolynomial(f"{below} is no polynomial")
    return top, below


def _without_exponentials(expression: sp.Expr) -> sp.Expr:
    factors = sp.Mul.make_args(sp.factor(expression) if expression.has(sp.exp) else expression)
    kept = [a for a in factors if not isinstance(a, sp.exp)]
    return sp.Mul(*kept)


def element(expression: sp.Expr, ring: Any) -> Any:
    """Return an expression as an element of a polynomial ring over the rational numbers."""
    try:
        poly = sp.Poly(expression, *ring.symbols)
    except sp.PolynomialError as error:
        raise NotPolynomial(str(error)) from None
    if not (poly.domain.is_ZZ or poly.domain.is_QQ):
        raise NotPolynomial(f"{expression} has coefficients that are not fractions")
    return ring.from_dict({m: sp.QQ.from_sympy(c) for m, c in poly.as_dict().items()})
