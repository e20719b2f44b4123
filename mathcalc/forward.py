"""Forward mode: numbers that carry their derivative along.

A `Dual` is a pair ``a + b ε`` with ``ε² = 0``. Plain NumPy code works on it.
"""

from typing import Any

import numpy as np

from mathcalc import overrides_linear, overrides_reductions  # noqa: F401  (they teach NumPy)
from mathcalc.rules import Primitive
from mathcalc.traced import NONE, Traced


class Dual(Traced):
    """A value and its tangent, the derivative along one direction.

    Parameters
    ----------
    value : array_like
        The value ``a``.
    tangent : array_like
        The derivative ``b``, of the same shape.
    level : int
        Which differentiation it belongs to; duals of different levels have different ``ε``.

    Examples
    --------
    >>> x = Dual(2.0, 1.0)
    >>> x**3
    8.0 + 12.0 ε
    """

    __slots__ = ("level", "tangent", "value")

    def __init__(self, value: Any, tangent: Any, level: int = 1) -> None:
        self.value, self.tangent, self.level = value, tangent, level

    def lift(self, primitive: Primitive, operands: tuple, options: dict = NONE) -> Any:
        """Apply a primitive to the values, and its rule to the tangents."""
        if primitive.jvp is None:
            raise TypeError(f"{primitive.name} has no rule for forward mode: use reverse mode")
        level, values, tangents = self.level, [], []
        for x in operands:
            dual = x.__class__ is Dual and x.level == level
            values.append(x.value if dual else x)
            tangents.append(x.tangent if dual else None)
        # Beneath the outermost differentiation there are plain values, and none to take notice.
        apply = primitive.value if level == 1 else primitive
        y = apply(*values, **options)
        return Dual(y, primitive.jvp(tangents, y, *values, **options), level)

    def __repr__(self) -> str:
        # One number reads as the algebra writes it.
        if np.shape(self.value) == ():
            return f"{self.value} + {self.tangent} ε"
        return f"Dual({self.value!r}, {self.tangent!r})"
