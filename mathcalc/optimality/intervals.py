"""Interval arithmetic on arrays: what comes out encloses every value, rounding included.

NumPy's arithmetic is correctly rounded, so one step outward encloses the true result. Its
elementary functions are not; they are good to 4 units in the last place (what NumPy's own tests
allow), and are widened by 8. Outside its domain a function is not defined: what comes out then
encloses its values on the part inside, and `whole` is False there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

SLACK = 8 * np.finfo(float).eps
TINY = 5e-324


@dataclass(frozen=True)
class Interval:
    """Arrays of lower and upper ends, and whether all was defined everywhere on the way."""

    low: Any
    high: Any
    whole: Any = True

    __array_ufunc__ = None  # NumPy's scalars leave the operators to this class

    def __add__(self, other: Any) -> "Interval":
        b = interval(other)
        return outward(self.low + b.low, self.high + b.high, self.whole & b.whole)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low, self.whole)

    def __sub__(self, other: Any) -> "Interval":
        return self + -interval(other)

    def __mul__(self, other: Any) -> "Interval":
        b = interval(other)
        ends = [_times(x, y) for x in (self.low, self.high) for y in (b.low, b.high)]
        return outward(np.minimum.reduce(ends), np.maximum.reduce(ends), self.whole & b.whole)

    def __truediv__(self, other: Any) -> "Interval":
        return self * reciprocal(interval(other))

    def __rtruediv__(self, other: Any) -> "Interval":
        return interval(other) * reciprocal(self)

    def __rsub__(self, other: Any) -> "Interval":
        return interval(other) + -self

    def __pow__(self, exponent: Any) -> "Interval":
        return power(self, exponent)

    def __rpow__(self, base: Any) -> "Interval":
        return exp(self * log(interval(base)))

    __radd__ = __add__
    __rmul__ = __mul__


def interval(x: Any) -> Interval:
    """Return a number, or a pair of ends, as an interval."""
    return x if isinstance(x, Interval) else Interval(np.asarray(x, float), np.asarray(x, float))


def _times(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return products of ends, where 0 times infinity is 0."""
    with np.errstate(invalid="ignore", over="ignore", under="ignore"):
        return np.where((x == 0) | (y == 0), 0.0, x * y)


def outward(low: Any, high: Any, whole: Any) -> Interval:
    """Widen by one floating-point number; what is no number may be anything."""
    low, high = np.nextafter(low, -np.inf), np.nextafter(high, np.inf)
    return Interval(
        np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high), whole
    )


def _loose(low: Any, high: Any, whole: Any) -> Interval:
    """Widen by more than the error of an elementary function."""
    with np.errstate(invalid="ignore"):
        wider = low - SLACK * np.abs(low) - TINY, high + SLACK * np.abs(high) + TINY
    return outward(*wider, whole)


def _rising(f: Callable, lowest: float = -np.inf, highest: float = np.inf) -> Callable:
    """Return the extension of an increasing function with the domain ``[lowest, highest]``."""

    def extension(x: Any) -> Interval:
        x = interval(x)
        inside = (x.low >= lowest) & (x.high <= highest)
        with np.errstate(all="ignore"):
            low, high = f(np.clip(x.low, lowest, highest)), f(np.clip(x.high, lowest, highest))
        out = (x.high < lowest) | (x.low > highest)
        found = _loose(low, high, x.whole & inside)
        return Interval(
            np.where(out, np.inf, found.low), np.where(out, -np.inf, found.high), found.whole
        )

    return extension


exp, atan, sinh, tanh = map(_rising, (np.exp, np.arctan, np.sinh, np.tanh))
sqrt, asin = _rising(np.sqrt, 0.0), _rising(np.arcsin, -1.0, 1.0)


def log(x: Any) -> Interval:
    """Return the logarithm of the positive part; at 0 there is none."""
    x = interval(x)
    found = _rising(np.log, 0.0)(x)
    return replace(found, whole=found.whole & (x.low > 0))


def acos(x: Any) -> Interval:
    """Return the arc cosine."""
    return Interval(_PI_LOW / 2, _PI_HIGH / 2) - asin(x)


def reciprocal(x: Interval) -> Interval:
    """Return ``1/x``; the whole line if zero is inside."""
    with np.errstate(divide="ignore"):
        low, high = 1 / x.high, 1 / x.low
    low, high = np.where(x.high == 0, -np.inf, low), np.where(x.low == 0, np.inf, high)
    across = (x.low < 0) & (x.high > 0)
    low, high = np.where(across, -np.inf, low), np.where(across, np.inf, high)
    return outward(low, high, x.whole & ((x.low > 0) | (x.high < 0)))


def power(x: Interval, exponent: Any) -> Interval:
    """Return a power; an even one is never negative."""
    if isinstance(exponent, Interval) or float(exponent) != int(exponent):
        half = not isinstance(exponent, Interval) and float(exponent) == 0.5
        return sqrt(x) if half else _real_power(x, exponent)
    k = int(exponent)
    if k < 0:
        return reciprocal(power(x, -k))
    with np.errstate(over="ignore", under="ignore"):
        a, b = x.low**k, x.high**k
    if k % 2:
        return _loose(a, b, x.whole)
    least = np.where((x.low <= 0) & (x.high >= 0), 0.0, np.minimum(a, b))
    found = _loose(least, np.maximum(a, b), x.whole)
    return replace(found, low=np.maximum(found.low, 0.0))


def _real_power(x: Interval, exponent: Any) -> Interval:
    """Return a power of a positive base; where the exponent is positive also of zero."""
    found = exp(interval(exponent) * log(x))
    fine = (x.low >= 0) & (interval(exponent).low > 0)
    return replace(found, whole=found.whole | (fine & interval(x).whole))


_PI_LOW, _PI_HIGH = np.pi, np.nextafter(np.pi, 4)  # the true number lies between


def cos(x: Any) -> Interval:
    """Return the cosine; where a multiple of π lies inside, an extreme value."""
    x = interval(x)
    with np.errstate(invalid="ignore"):
        ends = np.cos(x.low), np.cos(x.high)
        found = _loose(np.minimum(*ends), np.maximum(*ends), x.whole)
        top, bottom = _holds_multiple(x, 0.0), _holds_multiple(x, 1.0)
    low = np.where(bottom, -1.0, np.maximum(found.low, -1.0))
    return Interval(low, np.where(top, 1.0, np.minimum(found.high, 1.0)), x.whole)


def _holds_multiple(x: Interval, odd: float) -> np.ndarray:
    """Say whether some ``(2k + odd) π`` may lie in the interval."""
    slack = 1e-14 * (1 + np.maximum(np.abs(x.low), np.abs(x.high)))
    first = np.ceil((x.low - slack) / (2 * np.pi) - odd / 2)
    held = (first + odd / 2) * 2 * np.pi <= x.high + slack
    return held | ~np.isfinite(x.low) | ~np.isfinite(x.high)


def sin(x: Any) -> Interval:
    """Return the sine, a shifted cosine."""
    return cos(interval(x) - Interval(np.float64(_PI_LOW / 2), np.float64(_PI_HIGH / 2)))


def tan(x: Any) -> Interval:
    """Return the tangent."""
    return sin(x) / cos(x)


def cosh(x: Any) -> Interval:
    """Return the hyperbolic cosine."""
    return (exp(x) + exp(-interval(x))) * 0.5
