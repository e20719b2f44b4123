"""Finitely many zeros: eigenvalues of multiplication in the quotient by the ideal.

The quotient of the polynomials by a zero-dimensional ideal is a vector space; multiplication by
``x_i`` is linear on it, and its eigenvalues are the values of ``x_i`` at the zeros. So the number
of complex zeros is known exactly beforehand, and that all of them were found can be checked.

References
----------
Cox, Little and O'Shea, Using Algebraic Geometry, chapter 2 (unchecked).
"""

from typing import Any

import numpy as np
import sympy as sp
from sympy.polys.groebnertools import groebner

from mathcalc.optimality.newton import newton_steps, system, unique
from mathcalc.optimality.rings import Basis, TooLarge, element

MOST_ZEROS = 120
MOST_MULTIPLE = 80


def finite_zeros(basis: Basis, given: list, ring: Any) -> np.ndarray:
    """Return the real zeros of a Gröbner basis of the given polynomials.

    If they are not all simple, they are first made so by Seidenberg's lemma: the square-free
    parts of the polynomials in one variable are added.
    """
    zeros = _simple_zeros(basis, given, ring)
    if zeros is None:
        more = [_squarefree(i, basis, ring) for i in range(ring.ngens)]
        simple = groebner([*basis, *more], ring)
        zeros = _simple_zeros(simple, [*more, *simple], ring)
    if zeros is None:
        raise TooLarge("the zeros lie too close together to be told apart: give a box")
    found = zeros[_is_real(zeros)].real
    found[np.abs(found) < 1e-30] = 0.0  # where Newton's method went to zero quadratically
    return np.array([_exactly(basis, ring, x) for x in found]).reshape(-1, ring.ngens)


def _exactly(basis: Basis, ring: Any, x: np.ndarray) -> np.ndarray:
    """Return simple fractions beside the coordinates, if they are an exact zero."""
    near = [sp.Rational(float(e)).limit_denominator(1000) for e in x]
    if any(abs(float(a) - b) > 1e-9 * (1 + abs(b)) for a, b in zip(near, x, strict=True)):
        return x
    at = list(zip(ring.gens, map(sp.QQ.from_sympy, near), strict=True))
    return x if any(p.evaluate(at) for p in basis) else np.array(near, dtype=float)


def _is_real(zeros: np.ndarray) -> np.ndarray:
    """Tell the real zeros: those that are their own conjugate among all zeros."""
    apart = np.abs(zeros[:, None, :] - zeros.conj()[None, :, :]).sum(axis=2)
    return apart.argmin(axis=0) == np.arange(len(zeros))


def _standard(basis: Basis, ring: Any) -> list[tuple[int, ...]]:
    """Return the monomials that no leading monomial divides: a basis of the quotient."""
    leads, n = [p.LM for p in basis], ring.ngens
    found, level = [], [(0,) * n]
    while level:
        level = [m for m in level if not any(_divides(lead, m) for lead in leads)]
        found += level
        if len(found) > MOST_ZEROS:
            raise TooLarge(f"there are more than {MOST_ZEROS} complex zeros: give a box")
        level = sorted({_times(m, i) for m in level for i in range(n)})
    return found


def _divides(a: tuple, b: tuple) -> bool:
    return all(i <= j for i, j in zip(a, b, strict=True))


def _times(monomial: tuple, i: int) -> tuple[int, ...]:
    return tuple(e + (j == i) for j, e in enumerate(monomial))


def _multiplication(i: int, basis: Basis, ring: Any, standard: list) -> list[list]:
    """Return the columns of multiplication by variable ``i`` in the quotient."""
    columns = []
    for m in standard:
        rest = ring.from_dict({_times(m, i): sp.QQ(1)}).rem(basis)
        columns.append([rest.get(s, sp.QQ(0)) for s in standard])
    return columns


def _simple_zeros(basis: Basis, given: list, ring: Any) -> np.ndarray | None:
    """Return all complex zeros ``(d, n)``, or None if they are not as many as the dimension."""
    standard = _standard(basis, ring)
    tables = [_multiplication(i, basis, ring, standard) for i in range(ring.ngens)]
    maps = np.array([[[float(e) for e in column] for column in table] for table in tables])
    weights = np.random.default_rng(0).uniform(0.5, 1.5, ring.ngens)
    vectors = np.linalg.eig(np.einsum("i,ijk->jk", weights, maps))[1]
    with np.errstate(all="ignore"):
        starts = np.einsum("ij,jk->ki", maps[:, 0, :], vectors) / vectors[0][:, None]
    zeros = _polished(given, starts)
    return zeros if zeros is not None and len(unique(zeros)) == len(standard) else None


def _polished(given: list, starts: np.ndarray) -> np.ndarray | None:
    """Improve zeros by Newton's method; None if one is not simple, or blurred by rounding."""
    values, slopes, rounding = system(given)
    x = starts.astype(complex)
    with np.errstate(all="ignore"):
        for _ in range(12):
            steps = newton_steps(values(x), slopes(x))
            if not np.isfinite(steps).all():
                return None
            x = x - steps
        blur = newton_steps(rounding(x), slopes(x), largest=True)
    size = (1e-3 + np.abs(x).max(axis=1))[:, None]
    return x if (np.abs(steps) <= 1e-10 * size).all() and (blur <= 1e-8 * size).all() else None


def _squarefree(i: int, basis: Basis, ring: Any) -> Any:
    """Return the square-free part of the lowest polynomial in variable ``i`` of the ideal."""
    standard = _standard(basis, ring)
    if len(standard) > MOST_MULTIPLE:
        raise TooLarge("multiple zeros among so many take too long: give a box")
    table = _multiplication(i, basis, ring, standard)
    poly = sp.Poly(_lowest_relation(table)[::-1], ring.symbols[i], domain=sp.QQ)
    return element(poly.sqf_part().as_expr(), ring)


def _lowest_relation(table: list[list]) -> list:
    """Return the coefficients of the first combination of 1, x, x², ... that is zero."""
    d = len(table)
    power = [sp.QQ(int(j == 0)) for j in range(d)]
    rows: list[tuple[int, list]] = []  # reduced vectors with what made them, by their pivots
    for k in range(d + 1):
        row = [*power, *(sp.QQ(int(j == k)) for j in range(d + 1))]
        for pivot, other in rows:
            if row[pivot]:
                row = _minus(row, row[pivot], other)
        pivot = next((j for j in range(d) if row[j]), d)
        if pivot == d:
            return row[d : d + k + 1]
        rows.append((pivot, [e / row[pivot] for e in row]))
        power = [sum(power[b] * table[b][j] for b in range(d) if power[b]) for j in range(d)]
    raise ArithmeticError("more than d vectors of length d are dependent")


def _minus(row: list, factor: Any, other: list) -> list:
    return [a - factor * b if b else a for a, b in zip(row, other, strict=True)]
