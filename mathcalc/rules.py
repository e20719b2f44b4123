"""Primitives and their derivatives: each rule stands once, and both modes read it.

A rule is written with NumPy's functions, so it can itself be differentiated: that is how the modes
nest. The derivative of ``y = f(x_1, …, x_k)`` is described in one of three ways:

``partials``
    for functions that work entry by entry: ``∂y/∂x_i`` as a function of ``(y, *x)``;
``transposes``
    for functions that are linear, in their one operand or in each of several: the tangent goes
    through the function itself, and the transposes say what each operand gets from an adjoint;
``jvp``, ``pullback``
    for all others: the tangent from the tangents, all adjoints from the adjoint.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


class Primitive:
    """A function whose derivative is known.

    Parameters
    ----------
    name : str
        How a trace calls it.
    value : callable
        The function, of plain arrays.
    jvp : callable, optional
        ``jvp(tangents, y, *operands, **options)``; a tangent is None where it is zero.
    pullback : callable, optional
        ``pullback(u, y, wanted, *operands, **options)`` returns one adjoint for each operand, of
        its shape; ``wanted`` says which of them are asked for, and the others may be None.
    """

    __slots__ = ("jvp", "name", "pullback", "value")

    def __init__(
        self,
        name: str,
        value: Callable,
        jvp: Callable | None = None,
        pullback: Callable | None = None,
    ) -> None:
        self.name, self.value, self.jvp, self.pullback = name, value, jvp, pullback

    def __repr__(self) -> str:
        return f"Primitive({self.name})"

    def __call__(self, *operands: Any, **options: Any) -> Any:
        """Apply the function; the innermost differentiation that is under way takes notice."""
        top, level = None, 0
        for x in operands:
            if x.__class__ not in UNTRACED:
                own = getattr(x, "level", 0)
                if own > level:
                    top, level = x, own
        return (
            self.value(*operands, **options) if top is None else top.lift(self, operands, options)
        )


#: What is surely not followed by a differentiation; to ask the others takes longer.
UNTRACED = frozenset((float, int, np.ndarray, np.float64))


def one(y: Any, *xs: Any) -> float:
    """Return the derivative of a sum in a summand."""
    return 1.0


def minus_one(y: Any, *xs: Any) -> float:
    """Return the derivative of a difference in what is taken away."""
    return -1.0


def entrywise(name: str, value: Callable, *partials: Callable) -> Primitive:
    """Return a primitive that works entry by entry, broadcasting its operands.

    The partial of a function of one operand returns ``y``, a number, or a new array.
    """
    both_ways = _of_one if len(partials) == 1 else _of_two
    return Primitive(name, value, *both_ways(*partials))


def _of_one(partial: Callable) -> tuple[Callable, Callable]:
    """Return both rules of a function of one operand, whose shape is that of the result."""
    return (
        lambda tangents, y, x: _scaled(tangents[0], partial(y, x), y),
        lambda u, y, wanted, x: (_scaled(u, partial(y, x), y),),
    )


def _scaled(u: Any, slope: Any, y: Any) -> Any:
    """Return the product with a slope, in the slope's own memory where nobody else reads it."""
    plainly = u.__class__ is np.ndarray and slope.__class__ is np.ndarray
    if plainly and slope is not y and slope.dtype == u.dtype:
        return np.multiply(u, slope, out=slope)
    return u * slope


def _of_two(left: Callable, right: Callable) -> tuple[Callable, Callable]:
    """Return both rules of a function of two operands, each of which may be broadcast."""

    def jvp(tangents: Sequence, y: Any, a: Any, b: Any) -> Any:
        s, t = tangents
        if s is not None:
            s = s if left is one else s * left(y, a, b)
        if t is not None:
            t = t if right is one else t * right(y, a, b)
        if s is not None and t is not None:
            return s + t
        alone = t if s is None else s
        return alone if shape(alone) == shape(y) else np.broadcast_to(alone, shape(y))

    def pullback(u: Any, y: Any, wanted: Sequence[bool], a: Any, b: Any) -> tuple:
        for_a = for_b = None
        if wanted[0]:
            for_a = unbroadcast(u if left is one else u * left(y, a, b), a)
        if wanted[1]:
            for_b = unbroadcast(u if right is one else u * right(y, a, b), b)
        return for_a, for_b

    return jvp, pullback


def linear(name: str, value: Callable, transpose: Callable) -> Primitive:
    """Return a primitive that is linear in its one operand.

    ``transpose(u, x, **options)`` is the adjoint of the operand.
    """
    primitive = Primitive(
        name,
        value,
        lambda tangents, y, x, **options: primitive(tangents[0], **options),
        lambda u, y, wanted, x, **options: (transpose(u, x, **options),),
    )
    return primitive


def multilinear(name: str, value: Callable, *transposes: Callable) -> Primitive:
    """Return a primitive that is linear in each operand while the others are held still.

    ``transposes[i](u, *operands, **options)`` is the adjoint of operand ``i``.
    """

    def jvp(tangents: Sequence, y: Any, *xs: Any, **options: Any) -> Any:
        moved = [(*xs[:i], t, *xs[i + 1 :]) for i, t in enumerate(tangents) if t is not None]
        terms = [primitive(*operands, **options) for operands in moved]
        return sum(terms[1:], terms[0])

    def pullback(u: Any, y: Any, wanted: Sequence[bool], *xs: Any, **options: Any) -> list:
        pairs = zip(transposes, wanted, strict=True)
        return [turn(u, *xs, **options) if want else None for turn, want in pairs]

    primitive = Primitive(name, value, jvp, pullback)
    return primitive


def filled(tangents: Sequence, xs: Sequence) -> list:
    """Return the tangents, with zeros for those that are none."""
    return [zeros(x) if t is None else t for t, x in zip(tangents, xs, strict=True)]


def zeros(x: Any) -> Any:
    """Return zeros of the shape and precision of ``x``."""
    return np.zeros(shape(x), x.dtype) if shape(x) else 0.0


def unbroadcast(u: Any, x: Any) -> Any:
    """Sum an adjoint over the axes along which ``x`` was repeated."""
    have, want = getattr(u, "shape", ()), getattr(x, "shape", ())
    if have == want:
        return u
    if len(have) > len(want):
        u = u.sum(axis=tuple(range(len(have) - len(want))))
    repeated = tuple(i for i, n in enumerate(want) if n == 1 and shape(u)[i] != 1)
    if repeated:
        u = u.sum(axis=repeated, keepdims=True)
    return u if shape(u) == want else np.broadcast_to(u, want)


def plain(x: Any) -> Any:
    """Return the value beneath all differentiations."""
    while hasattr(x, "level"):
        x = x.value
    return x


def shape(x: Any) -> tuple[int, ...]:
    """Return the shape of an array or a traced value; a Python number has none."""
    return getattr(x, "shape", ())
