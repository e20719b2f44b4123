"""The rules of functions that work entry by entry, by the name of NumPy's or SciPy's ufunc.

Where a function has no derivative, a choice is made: `sqrt` and `log` at 0 have the derivative
infinity, as in JAX; `absolute` at 0 has 0 (JAX: 1); ``x**0.0`` has 0 everywhere (JAX: not a number
at 0); where `maximum` or `minimum` has a tie, each operand gets one half, as in JAX; where
`remainder` and `fmod` jump, they have the slope that they have beside it, as in JAX; `hypot` and
`arctan2` have none at the origin, it is not a number there (JAX has one for `hypot`).
"""

import operator
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np

from mathcalc.rules import Primitive, entrywise, minus_one, one, plain

LN2, LN10 = float(np.log(2)), float(np.log(10))
ROOT_PI = float(np.sqrt(np.pi))


def _chosen(y: Any, x: Any, other: Any) -> Any:
    """Return 1 where ``y`` is ``x``, and one half where it is both."""
    share = np.where(np.equal(x, y), np.where(np.equal(other, y), 0.5, 1.0), 0.0)
    return share.astype(plain(y).dtype, copy=False)


def _power(x: Any, p: Any) -> Any:
    y = x**p
    if y.__class__ is complex:
        raise TypeError(f"({x})**{p} is complex: give real numbers, or take np.sqrt or np.cbrt")
    return y


def _base(y: Any, x: Any, p: Any) -> Any:
    if p.__class__ in (int, float) and p != 0:
        if x.__class__ is float and p < 1:
            return p * np.power(x, p - 1.0)  # infinite at 0, where Python would refuse
        return 2.0 * x if p == 2 else p * x ** (p - 1)
    # At p = 0 the derivative is 0, also where x is 0 and x**(p - 1) is infinite.
    return p * np.power(x, np.where(np.equal(p, 0), 1.0, p - 1))


def _exponent(y: Any, x: Any, p: Any) -> Any:
    # 0**p does not depend on p > 0. Python's numbers leave an array's precision as it is.
    if x.__class__ in (int, float):
        return y * float(np.log(x or 1.0))
    return y * np.log(np.where(np.equal(x, 0), 1.0, x))


def _expit(x: Any) -> Any:
    from scipy import special

    return special.expit(x)


@cache
def _polygamma(order: int) -> Primitive:
    """Return the derivative of that order of digamma, whose derivative is the next one."""
    from scipy import special

    value = partial(special.polygamma, order)
    return entrywise("polygamma", value, lambda y, x: _polygamma(order + 1)(x))


def _complement(y: Any) -> Any:
    square = np.square(y)
    return np.subtract(1.0, square, out=square) if square.__class__ is np.ndarray else 1.0 - square


#: The slope of tanh, as one line of the tape: it is asked for in every layer of a network.
one_minus_square = entrywise("one_minus_square", _complement, lambda s, y: -2.0 * y)

# Where a slope may be infinite stands `reciprocal`: Python refuses to divide by the float 0.0.
_TABLE: dict[str, tuple[Callable, ...]] = {
    "add": (operator.add, one, one),
    "subtract": (operator.sub, one, minus_one),
    "multiply": (operator.mul, lambda y, a, b: b, lambda y, a, b: a),
    "divide": (operator.truediv, lambda y, a, b: 1.0 / b, lambda y, a, b: -y / b),
    "remainder": (operator.mod, one, lambda y, a, b: -np.floor_divide(a, b)),
    "fmod": (np.fmod, one, lambda y, a, b: -np.trunc(a / b)),
    "power": (_power, _base, _exponent),
    "float_power": (np.float_power, _base, _exponent),
    "negative": (operator.neg, minus_one),
    "positive": (operator.pos, one),
    "square": (np.square, lambda y, x: 2.0 * x),
    "reciprocal": (np.reciprocal, lambda y, x: -y * y),
    "sqrt": (np.sqrt, lambda y, x: 0.5 / y),
    "cbrt": (np.cbrt, lambda y, x: 1.0 / (3.0 * y * y)),
    "absolute": (np.absolute, lambda y, x: np.sign(x)),
    "fabs": (np.fabs, lambda y, x: np.sign(x)),
    "exp": (np.exp, lambda y, x: y),
    "exp2": (np.exp2, lambda y, x: LN2 * y),
    "expm1": (np.expm1, lambda y, x: y + 1.0),
    "log": (np.log, lambda y, x: np.reciprocal(x)),
    "log2": (np.log2, lambda y, x: np.reciprocal(LN2 * x)),
    "log10": (np.log10, lambda y, x: np.reciprocal(LN10 * x)),
    "log1p": (np.log1p, lambda y, x: np.reciprocal(1.0 + x)),
    "sin": (np.sin, lambda y, x: np.cos(x)),
    "cos": (np.cos, lambda y, x: -np.sin(x)),
    "tan": (np.tan, lambda y, x: 1.0 + y * y),
    "arcsin": (np.arcsin, lambda y, x: 1.0 / np.sqrt(1.0 - x * x)),
    "arccos": (np.arccos, lambda y, x: -1.0 / np.sqrt(1.0 - x * x)),
    "arctan": (np.arctan, lambda y, x: 1.0 / (1.0 + x * x)),
    "sinh": (np.sinh, lambda y, x: np.cosh(x)),
    "cosh": (np.cosh, lambda y, x: np.sinh(x)),
    "tanh": (np.tanh, lambda y, x: one_minus_square(y)),
    "arcsinh": (np.arcsinh, lambda y, x: 1.0 / np.sqrt(x * x + 1.0)),
    "arccosh": (np.arccosh, lambda y, x: 1.0 / np.sqrt(x * x - 1.0)),
    "arctanh": (np.arctanh, lambda y, x: np.reciprocal(1.0 - x * x)),
    "degrees": (np.degrees, lambda y, x: 180.0 / np.pi),
    "radians": (np.radians, lambda y, x: np.pi / 180.0),
    "maximum": (np.maximum, lambda y, a, b: _chosen(y, a, b), lambda y, a, b: _chosen(y, b, a)),
    "minimum": (np.minimum, lambda y, a, b: _chosen(y, a, b), lambda y, a, b: _chosen(y, b, a)),
    "hypot": (np.hypot, lambda y, a, b: a / y, lambda y, a, b: b / y),
    "arctan2": (
        np.arctan2,
        lambda y, a, b: b * np.reciprocal(a * a + b * b),
        lambda y, a, b: -a * np.reciprocal(a * a + b * b),
    ),
    "logaddexp": (np.logaddexp, lambda y, a, b: np.exp(a - y), lambda y, a, b: np.exp(b - y)),
}
_SPECIAL: dict[
    str, tuple[Callable, ...]
] = {  # SciPy's: the function is imported when it is first met
    "expit": (lambda y, x: y * (1.0 - y),),
    "log_expit": (lambda y, x: _expit(-x),),
    "erf": (lambda y, x: 2.0 / ROOT_PI * np.exp(-x * x),),
    "erfc": (lambda y, x: -2.0 / ROOT_PI * np.exp(-x * x),),
    "gammaln": (lambda y, x: _polygamma(0)(x),),
    "psi": (lambda y, x: _polygamma(1)(x),),
}
ENTRYWISE: dict[str, Primitive] = {name: entrywise(name, *row) for name, row in _TABLE.items()}

# For Python's numbers the operators are Python's own, which is faster; the functions are NumPy's.
_FUNCTIONS: dict[str, tuple[Callable, ...]] = {
    "divide": (np.divide, lambda y, a, b: np.divide(1.0, b), lambda y, a, b: np.divide(-y, b)),
    "power": (np.power, _base, _exponent),
    "remainder": (np.remainder, *_TABLE["remainder"][1:]),
}

#: What is constant wherever it has a derivative: the result is a plain array.
CONSTANT = {
    "sign",
    "floor",
    "floor_divide",
    "ceil",
    "rint",
    "trunc",
    "isfinite",
    "isnan",
    "isinf",
    "signbit",
}
CONSTANT |= {"equal", "not_equal", "less", "less_equal", "greater", "greater_equal"}
CONSTANT |= {"logical_and", "logical_or", "logical_not", "logical_xor"}


#: The primitives by their ufuncs; those of SciPy are added when they are first met.
UFUNCS: dict[Any, Primitive] = {getattr(np, name): rule for name, rule in ENTRYWISE.items()}
UFUNCS |= {getattr(np, name): entrywise(name, *row) for name, row in _FUNCTIONS.items()}


def of_ufunc(ufunc: Any) -> Primitive | None:
    """Return the primitive of a NumPy or SciPy ufunc, if there is a rule for it."""
    name = ufunc.__name__
    if ufunc not in UFUNCS and name in _SPECIAL:
        UFUNCS[ufunc] = entrywise(name, ufunc, *_SPECIAL[name])
    return UFUNCS.get(ufunc)
