"""Where formulas end: at zeros of denominators, of logarithms and of roots.

At a *closed* end, as that of a square root, the function has a value and no derivative, so that a
minimum may lie there without being a critical point. At an *open* end, as that of a logarithm, it
has no value, so that a minimum need not exist on a closed and bounded set.
"""

from collections.abc import Iterator

import numpy as np
import sympy as sp

from mathcalc.optimality.extension import extension
from mathcalc.optimality.intervals import Interval
from mathcalc.optimality.problems import Problem


def ends(problem: Problem, limits: np.ndarray) -> tuple[list[str], list[str]]:
    """Return the closed and the open ends that may lie within limits ``(n, 2)``, as text."""
    closed: dict[str, None] = {}
    open_: dict[str, None] = {}
    for c in (problem.f, *problem.g, *problem.h):
        for part, argument, is_closed in _parts(c.expression):
            if not _stays_away(argument, problem, limits):
                (closed if is_closed else open_)[str(part)] = None
    return list(closed), list(open_)


def _parts(expression: sp.Expr) -> Iterator[tuple[sp.Expr, sp.Expr, bool]]:
    """Yield functions with the arguments that must not be zero, and whether the end is closed."""
    for part in sorted(expression.atoms(sp.Pow, sp.log, sp.tan, sp.asin, sp.acos), key=str):
        argument = part.args[0]
        if isinstance(part, sp.Pow) and not part.exp.is_integer and argument.free_symbols:
            yield part, argument, not part.exp.is_negative
        elif (isinstance(part, sp.Pow) and part.exp.is_negative) or isinstance(part, sp.log):
            yield part, argument, False
        elif isinstance(part, sp.tan):
            yield part, sp.cos(argument), False
        elif isinstance(part, sp.asin | sp.acos):
            yield part, 1 - argument**2, True


def _stays_away(argument: sp.Expr, problem: Problem, limits: np.ndarray) -> bool:
    """Say whether an argument is seen not to reach zero."""
    if argument.is_positive or argument.is_negative:
        return True
    with np.errstate(all="ignore"):
        where = Interval(limits[:, :1], limits[:, 1:])
        value = extension([argument], problem.symbols)(where)
    return bool(value.whole.all() and (value.low[0, 0] > 0 or value.high[0, 0] < 0))
