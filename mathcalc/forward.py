"""Forward mode: numbers that carry their derivative along.

A `Dual` is a pair ``a + b ε`` with ``ε² = 0``. Plain NumPy code works on it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc import overrides_linear  # noqa: F401  (it teaches NumPy's functions)
from mathcalc.rules import Primitive, shape
from mathcalc.rules_arrays import BACK_MATMUL
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

    __slots__ = ("later", "level", "tangent", "value")
    later: tuple[Callable, list]

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
        if primitive is BACK_MATMUL:
            return Dual._waiting(apply, values, primitive.jvp(tangents, None, *values), level)
        y = apply(*values, **options)
        return Dual(y, primitive.jvp(tangents, y, *values, **options), level)

    @classmethod
    def _waiting(cls, apply: Callable, values: list, tangent: Any, level: int) -> "Dual":
        """Return a dual number whose value waits until it is asked for.

        In a Hessian-vector product nobody asks for the gradient itself, and the products of
        matrices on the way back to it cost most.
        """
        product = cls.__new__(cls)
        product.later, product.tangent, product.level = (apply, values), tangent, level
        return product

    def __getattr__(self, name: str) -> Any:
        if name != "value":
            raise AttributeError(f"a dual number has no {name}")
        apply, values = self.later
        self.value = apply(*values)
        del self.later
        return self.value

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value, and of the tangent."""
        return shape(self.tangent)

    def __repr__(self) -> str:
        # One number reads as the algebra writes it.
        if np.shape(self.value) == ():
            return f"{self.value} + {self.tangent} ε"
        return f"Dual({self.value!r}, {self.tangent!r})"
