"""The signs of a polynomial in two variables near a zero of it, exactly.

The set where a polynomial is positive meets all small enough circles in the same pattern (it is a
cone over any of them). How small is small enough is known: no point where the zero set touches a
circle may lie within. On one circle, a rational parameter leaves a polynomial in one variable.

References
----------
Milnor, Singular Points of Complex Hypersurfaces (1968), section 2, for the cone (unchecked).
"""

from itertools import pairwise

import numpy as np
import sympy as sp

from mathcalc.optimality.algebra import real_zeros
from mathcalc.optimality.rings import TooLarge


def signs_of_form_in_two(form: sp.Poly) -> set[int]:
    """Return which of -1, 0, 1 a homogeneous polynomial takes away from the origin."""
    t = sp.Dummy("t")
    first, second = form.gens
    slice_ = sp.Poly(form.as_expr().subs({first: 1, second: t}), t, domain="QQ")
    end = form.as_expr().subs({first: 0, second: 1})
    return _signs_on_line(slice_) | {int(sp.sign(end))}


def signs_near_origin(poly: sp.Poly) -> set[int]:
    """Return which of -1, 0, 1 a polynomial without constant term takes on small circles."""
    if poly.is_zero:
        return {0}
    x, y = poly.gens
    r, t = _small_radius(poly), sp.Dummy("t")
    point = {x: r * (1 - t**2) / (1 + t**2), y: 2 * r * t / (1 + t**2)}
    on_circle = sp.fraction(sp.cancel(poly.as_expr().subs(point)))[0]
    opposite = poly.as_expr().subs({x: -r, y: 0})
    return _signs_on_line(sp.Poly(on_circle, t, domain="QQ")) | {int(sp.sign(opposite))}


def _small_radius(poly: sp.Poly) -> sp.Rational:
    """Return a radius below which the zero set crosses every circle and touches none."""
    x, y = poly.gens
    curve = sp.Mul(*[q.as_expr() for q, _ in poly.factor_list()[1]])
    touching = x * sp.diff(curve, y) - y * sp.diff(curve, x)
    zeros = real_zeros([curve, touching], (x, y))
    if any(not len(c.sample) for c in zeros.components):
        raise TooLarge("the zero set has a part on which no real point was found")
    far = np.linalg.norm(
        np.concatenate([zeros.points, *(c.sample for c in zeros.components)]), axis=1
    )
    nearest = min(far[far > 1e-9], default=1.0)
    return sp.Rational(min(nearest, 1.0) / 2).limit_denominator(10**12)


def _signs_on_line(poly: sp.Poly) -> set[int]:
    """Return which signs a polynomial in one variable takes, by isolating its real zeros."""
    if poly.is_zero:
        return {0}
    if poly.degree() == 0:
        return {int(sp.sign(poly.LC()))}
    zeros = [ends for ends, _ in poly.sqf_part().intervals(eps=sp.Rational(1, 10**12))]
    if not zeros:
        return {int(sp.sign(poly(0)))}
    between = [(b + c) / 2 for (_, b), (c, _) in pairwise(zeros)]
    tested = [zeros[0][0] - 1, *between, zeros[-1][1] + 1]
    return {int(sp.sign(poly(e))) for e in tested} | {0}
