"""NumPy's functions on traced values, each in terms of the primitives or of other functions."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathcalc import operators  # noqa: F401  (it gives traced values their operators)
from mathcalc.rules import shape
from mathcalc.rules_arrays import (
    BROADCAST,
    CONCATENATE,
    CUMSUM,
    RESHAPE,
    SUM,
    TRANSPOSE,
    WHERE,
)
from mathcalc.rules_reductions import MAX, MIN, PROD
from mathcalc.traced import FUNCTIONS, PLAIN, REDUCTIONS, plain

Axis = int | tuple[int, ...] | None


def stands_for(*functions: Callable) -> Callable:
    """Register what stands for NumPy's functions."""

    def register(stand_in: Callable) -> Callable:
        FUNCTIONS.update(dict.fromkeys(functions, stand_in))
        return stand_in

    return register


@stands_for(np.sum)
def _sum(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    return SUM(x, axis=axis, keepdims=keepdims)


@stands_for(np.mean)
def _mean(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    total = SUM(x, axis=axis, keepdims=keepdims)
    return total * (math.prod(shape(total)) / math.prod(shape(x)))


@stands_for(np.var)
def _var(x: Any, axis: Axis = None, ddof: int = 0, keepdims: bool = False) -> Any:
    square = (x - _mean(x, axis=axis, keepdims=True)) ** 2
    total = SUM(square, axis=axis, keepdims=keepdims)
    return total / (math.prod(shape(x)) / math.prod(shape(total)) - ddof)


@stands_for(np.std)
def _std(x: Any, axis: Axis = None, ddof: int = 0, keepdims: bool = False) -> Any:
    return np.sqrt(_var(x, axis=axis, ddof=ddof, keepdims=keepdims))


def _along_one_axis(primitive: Callable) -> Callable:
    def reduce(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
        rank = len(shape(x))
        axes = range(rank) if axis is None else np.atleast_1d(axis) % max(rank, 1)
        y = primitive(x, axis=axes[0]) if len(axes) == 1 else of_several(x, rank, axes)
        full = tuple(1 if i in axes else n for i, n in enumerate(shape(x)))
        return RESHAPE(y, size=full) if keepdims else y

    def of_several(x: Any, rank: int, axes: Any) -> Any:
        kept = [i for i in range(rank) if i not in axes]
        order = (*kept, *(i for i in range(rank) if i in axes))
        flat = RESHAPE(TRANSPOSE(x, axes=order), size=(*(shape(x)[i] for i in kept), -1))
        return primitive(flat, axis=len(kept))

    return reduce


for _primitive, _functions in (
    (MAX, (np.max, np.amax)),
    (MIN, (np.min, np.amin)),
    (PROD, (np.prod,)),
):
    stands_for(*_functions)(_along_one_axis(_primitive))


@stands_for(np.cumsum)
def _cumsum(x: Any, axis: int | None = None) -> Any:
    return CUMSUM(_ravel(x), axis=0) if axis is None else CUMSUM(x, axis=axis)


@stands_for(np.reshape)
def _reshape(x: Any, size: Any) -> Any:
    return RESHAPE(x, size=size)


@stands_for(np.ravel)
def _ravel(x: Any) -> Any:
    return RESHAPE(x, size=(-1,))


@stands_for(np.transpose)
def _transpose(x: Any, axes: Sequence[int] | None = None) -> Any:
    return TRANSPOSE(x, axes=tuple(range(len(shape(x))))[::-1] if axes is None else tuple(axes))


@stands_for(np.swapaxes)
def _swapaxes(x: Any, a: int, b: int) -> Any:
    axes = list(range(len(shape(x))))
    axes[a], axes[b] = axes[b], axes[a]
    return TRANSPOSE(x, axes=tuple(axes))


@stands_for(np.moveaxis)
def _moveaxis(x: Any, source: Any, destination: Any) -> Any:
    axes = np.moveaxis(np.empty(range(len(shape(x))), "b"), source, destination).shape
    return TRANSPOSE(x, axes=tuple(axes))


@stands_for(np.expand_dims)
def _expand_dims(x: Any, axis: Any) -> Any:
    return RESHAPE(x, size=np.expand_dims(np.empty(shape(x), "b"), axis).shape)


@stands_for(np.squeeze)
def _squeeze(x: Any, axis: Any = None) -> Any:
    return RESHAPE(x, size=np.squeeze(np.empty(shape(x), "b"), axis).shape)


@stands_for(np.broadcast_to)
def _broadcast_to(x: Any, size: Any) -> Any:
    return BROADCAST(x, size=tuple(np.atleast_1d(size)))


@stands_for(np.flip)
def _flip(x: Any, axis: int | None = None) -> Any:
    back = slice(None, None, -1)
    axes = range(len(shape(x))) if axis is None else [axis % len(shape(x))]
    return x[tuple(back if i in axes else slice(None) for i in range(len(shape(x))))]


@stands_for(np.concatenate)
def _concatenate(xs: Sequence, axis: int | None = 0) -> Any:
    return CONCATENATE(*map(_ravel, xs), axis=0) if axis is None else CONCATENATE(*xs, axis=axis)


@stands_for(np.stack)
def _stack(xs: Sequence, axis: int = 0) -> Any:
    return CONCATENATE(*(np.expand_dims(x, axis) for x in xs), axis=axis)


@stands_for(np.vstack)
def _vstack(xs: Sequence) -> Any:
    return CONCATENATE(*(x[None, :] if len(shape(x)) == 1 else x for x in xs), axis=0)


@stands_for(np.hstack)
def _hstack(xs: Sequence) -> Any:
    return CONCATENATE(*xs, axis=0 if len(shape(xs[0])) == 1 else 1)


@stands_for(np.where)
def _where(condition: Any, a: Any, b: Any) -> Any:
    mask = plain(condition)
    size = np.broadcast_shapes(np.shape(mask), shape(a), shape(b))
    a, b = (x if shape(x) == size else BROADCAST(x, size=size) for x in (a, b))
    return WHERE(a, b, mask=mask)


@stands_for(np.clip)
def _clip(x: Any, low: Any = None, high: Any = None) -> Any:
    above = x if low is None else np.maximum(x, low)
    return above if high is None else np.minimum(above, high)


def _logaddexp(x: Any, axis: Axis = 0, keepdims: bool = False) -> Any:
    top = np.max(plain(x), axis=axis, keepdims=True)
    y = np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True)) + top
    return y if keepdims else np.squeeze(y, axis=axis)


def _with_axis_0(function: Callable) -> Callable:
    return lambda x, axis=0, keepdims=False: function(x, axis=axis, keepdims=keepdims)


REDUCTIONS.update(
    add=_with_axis_0(np.sum),
    multiply=_with_axis_0(np.prod),
    maximum=_with_axis_0(np.max),
    minimum=_with_axis_0(np.min),
    logaddexp=_logaddexp,
)
PLAIN.update((np.shape, np.ndim, np.size, np.result_type, np.isrealobj, np.iscomplexobj))
PLAIN.update((np.zeros_like, np.ones_like, np.full_like, np.empty_like))
PLAIN.update((np.round, np.fix))
PLAIN.update((np.argmax, np.argmin, np.argsort, np.nonzero, np.searchsorted))
PLAIN.update((np.any, np.all, np.isclose, np.allclose, np.array_equal))
