"""Expressions as functions of intervals."""

import operator
from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
import sympy as sp

from mathcalc.optimality import intervals
from mathcalc.optimality.intervals import Interval, outward, power

NAMES = ["exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"]


def extension(entries: Sequence[sp.Expr], symbols: Sequence[sp.Symbol]) -> Callable:
    """Return the interval extension of expressions: a box ``(n, ...)`` to ``(m, ...)``.

    Constants are enclosed, not rounded. A function that is not in `NAMES` is a `ValueError`.
    """
    shared, last = sp.cse(entries)

    def evaluated(box: Interval) -> Interval:
        known = {s: Interval(box.low[i], box.high[i], True) for i, s in enumerate(symbols)}
        for name, part in shared:
            known[name] = _value(part, known)
        parts = [_value(part, known) for part in last]
        zero = np.zeros(box.low.shape[1:])
        ends = [np.stack([getattr(p, end) + zero for p in parts]) for end in ("low", "high")]
        whole = np.stack([p.whole & (zero == 0) for p in parts])
        return Interval(ends[0], ends[1], whole)

    return evaluated


def _value(e: sp.Expr, known: dict[sp.Symbol, Interval]) -> Interval:
    if e in known:
        return known[e]
    if e.is_number:
        return _constant(e)
    parts = [_value(a, known) for a in e.args] if not e.is_Pow else []
    if e.is_Add:
        return reduce(operator.add, parts)
    if e.is_Mul:
        return reduce(operator.mul, parts)
    if e.is_Pow:
        exponent = e.exp if e.exp.is_Integer or e.exp == sp.S.Half else _value(e.exp, known)
        return power(_value(e.base, known), exponent)
    if e.func.__name__ not in NAMES:
        raise ValueError(f"f: intervals cannot follow {e.func.__name__}")
    return getattr(intervals, e.func.__name__)(*parts)


def _constant(e: sp.Expr) -> Interval:
    """Enclose a number by the floating-point numbers beside it."""
    near = np.float64(sp.N(e, 30))
    exactly = e.is_Rational and sp.Rational(float(near)) == e
    return Interval(near, near) if exactly else outward(near, near, True)
