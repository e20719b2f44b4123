"""Degenerate critical points: the splitting lemma, and the lowest terms along the null space."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sympy as sp
from scipy.linalg import qr

from mathcalc.optimality.algebra import real_zeros
from mathcalc.optimality.circles import signs_near_origin, signs_of_form_in_two
from mathcalc.optimality.reading import Smooth, rational
from mathcalc.optimality.rings import NotPolynomial, TooLarge

Verdict = tuple[str, bool | None, str]
Exact = tuple[sp.Expr, ...] | None
OPPOSITE = {"minimum": "maximum", "maximum": "minimum"}


def is_zero(number: sp.Expr) -> bool:
    """Say whether an exact number is zero: at once if SymPy sees it, else to 60 digits."""
    if number.is_Rational:
        return bool(number == 0)
    if not number.is_finite:
        return False
    return bool(number.is_zero) or bool(abs(sp.N(number, 60, maxn=500)) < sp.Float("1e-50"))


def decided(
    function: Smooth, x: np.ndarray, exact: Exact, signs: Sequence[int], order: int
) -> Verdict:
    """Return kind, strictness and test where the Hessian is semidefinite and singular.

    In the variables where the Hessian is definite, ``∇f = 0`` is solved for them; what is left,
    ``φ(z)``, is a minimum exactly where `f` is, if the Hessian is positive semidefinite.
    """
    flip, rank = (-1 if -1 in signs else 1), sum(map(abs, signs))
    jet = Jet.at(function, x, exact, order, flip)
    verdict = _by_lowest_form(jet.reduced(rank, order), rank)
    verdict = verdict or _by_circle(function, exact, flip) or _by_sign(function, exact, flip)
    if verdict is None:
        return "inconclusive", None, f"terms up to order {order} along the null space do not decide"
    kind, strict, test = verdict
    return (OPPOSITE.get(kind, kind) if flip < 0 else kind), strict, test


# ── the Taylor polynomial, and what is left of it along the null space ──────────────────────


@dataclass(frozen=True)
class Jet:
    """A Taylor polynomial in the displacement, with fractions as coefficients.

    `fuzz` is the size below which a coefficient is taken for zero: 0 where all is exact.
    """

    poly: sp.Poly
    fuzz: float

    @classmethod
    def at(cls, function: Smooth, x: np.ndarray, exact: Exact, order: int, flip: int) -> "Jet":
        """Return the jet of ``flip * f`` at a point."""
        t, away = sp.Dummy("t"), function.symbols
        start = exact or tuple(sp.Rational(float(e)) for e in x)
        path = {s: a + t * s for s, a in zip(away, start, strict=True)}
        along = flip * function.expression.subs(path, simultaneous=True)
        terms: sp.Expr = sp.Integer(0)
        for k in range(1, order + 1):
            along = sp.diff(along, t) / k
            terms += sp.expand(along.subs(t, 0))
        found = sp.Poly(terms, *away)
        values = [c if c.is_Rational else sp.Rational(sp.N(c, 50)) for c in found.coeffs()]
        exactly = exact and all(c.is_Rational for c in found.coeffs())
        size = max(map(abs, values), default=sp.Integer(1))
        fuzz = 0.0 if exactly else float(size) * (1e-30 if exact else 1e-7)
        terms_by_monomial = dict(zip(found.monoms(), values, strict=True))
        return cls(sp.Poly(terms_by_monomial or {(0,) * len(away): 0}, *away, domain="QQ"), fuzz)

    def reduced(self, rank: int, order: int) -> sp.Poly:
        """Return ``φ``, a polynomial in as many variables as the null space has dimensions."""
        symbols = self.poly.gens
        H = sp.hessian(self._cut(self.poly, 2).as_expr(), symbols)
        solved = _pivots(np.array(H.tolist(), dtype=float), rank)
        free = [s for i, s in enumerate(symbols) if i not in solved]
        inverse = H.extract(solved, solved).inv() if solved else sp.zeros(0, 0)
        pulls = sp.Matrix([self.poly.diff(symbols[i]).as_expr() for i in solved])
        y = sp.zeros(len(solved), 1)
        for degree in range(1, order // 2 + 1):
            at = {symbols[i]: e for i, e in zip(solved, y, strict=True)}
            step = [self._tidy(e.subs(at), free, degree) for e in inverse * pulls]
            y = y - sp.Matrix(step) if solved else y
        at = {symbols[i]: e for i, e in zip(solved, y, strict=True)}
        return self._cut(sp.Poly(self.poly.as_expr().subs(at), *free, domain="QQ"), order)

    def _tidy(self, expression: sp.Expr, free: list, degree: int) -> sp.Expr:
        return self._cut(sp.Poly(expression, *free, domain="QQ"), degree).as_expr()

    def _cut(self, poly: sp.Poly, degree: int) -> sp.Poly:
        """Return the terms up to a degree that are not below the fuzz."""
        kept = {m: c for m, c in poly.terms() if sum(m) <= degree and abs(c) > self.fuzz}
        return sp.Poly(kept or {(0,) * len(poly.gens): 0}, *poly.gens, domain="QQ")


def _pivots(H: np.ndarray, rank: int) -> list[int]:
    """Return `rank` variables in which the semidefinite matrix is definite."""
    size = np.sqrt(np.abs(H.diagonal()))
    size[size == 0] = 1
    return sorted(map(int, qr(H / np.outer(size, size), pivoting=True)[2][:rank]))


# ── tests ───────────────────────────────────────────────────────────────────────────────────


def _by_lowest_form(phi: sp.Poly, rank: int) -> Verdict | None:
    """Decide by the terms of the lowest degree, if they do."""
    if phi.is_zero:
        return None
    degree = min(map(sum, phi.monoms()))
    form = sp.Poly({m: c for m, c in phi.terms() if sum(m) == degree}, *phi.gens, domain="QQ")
    test = f"terms of order {degree} along the null space"
    signs = {1, -1} if degree % 2 else _signs_of_form(form, degree)
    if signs >= {1, -1} or (rank and -1 in signs):
        return "saddle", None, test
    if signs == {1}:
        return "minimum", True, test
    return ("maximum", True, test) if signs == {-1} else None


def _signs_of_form(form: sp.Poly, degree: int) -> set[int]:
    """Return the signs that a form takes away from the origin; {0} if that is not known."""
    if len(form.gens) == 1:
        return {int(sp.sign(form.LC()))}
    if len(form.gens) == 2:
        return signs_of_form_in_two(form)
    w = sp.Dummy("w")
    balance = [form.diff(s).as_expr() - w * s for s in form.gens]
    try:
        zeros = real_zeros([*balance, sum(s**2 for s in form.gens) - 1], (*form.gens, w))
    except TooLarge:
        return {0}
    samples = [c.sample for c in zeros.components]
    if not all(len(s) for s in samples):
        return {0}
    points = np.concatenate([zeros.points, *samples])
    values = np.array([float(form(*x[:-1])) for x in points])
    size = 1e-9 * float(max(map(abs, form.coeffs())))
    return {int(np.sign(v)) if abs(v) > size else 0 for v in values}


def _by_circle(function: Smooth, exact: Exact, flip: int) -> Verdict | None:
    """Decide a polynomial in two variables at a point with rational coordinates: always."""
    if exact is None or len(exact) != 2 or not all(e.is_Rational for e in exact):
        return None
    shift = {s: s + a for s, a in zip(function.symbols, exact, strict=True)}
    moved = flip * function.expression.subs(shift, simultaneous=True)
    try:
        rise = sp.Poly(moved - moved.subs(dict.fromkeys(function.symbols, 0)), *function.symbols)
        signs = signs_near_origin(rise)
    except (sp.PolynomialError, NotPolynomial, TooLarge):
        return None
    test = "the signs on a small circle, which are those on all smaller ones"
    if signs >= {1, -1}:
        return "saddle", None, test
    return ("maximum" if -1 in signs else "minimum"), 0 not in signs, test


def _by_sign(function: Smooth, exact: Exact, flip: int) -> Verdict | None:
    """Decide where SymPy sees that ``f - f(x)`` never changes its sign."""
    if exact is None:
        return None
    value = function.expression.subs(dict(zip(function.symbols, exact, strict=True)))
    rise = flip * (rational(function.expression) - value)
    for form in (rise, sp.factor(rise)):
        if form.is_nonnegative:
            return "minimum", None, "the sign of f - f(x) as it is written"
        if form.is_nonpositive:
            return "maximum", None, "the sign of f - f(x) as it is written"
    return None
