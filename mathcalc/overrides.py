"""NumPy's functions on traced values, each in terms of the primitives or of other functions."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from mathcalc import operators  # noqa: F401  (it gives traced values their operators)
from mathcalc.rules import shape
from mathcalc.rules_arrays import (
    BROADCAST,
    CONCATENATE,
    RESHAPE,
    TRANSPOSE,
    WHERE,
)
from mathcalc.traced import FUNCTIONS, PLAIN, Traced, operand, plain

Axis = int | tuple[int, ...] | None


def stands_for(*functions: Callable) -> Callable:
    """Register what stands for NumPy's functions."""

    def register(stand_in: Callable) -> Callable:
        FUNCTIONS.update(dict.fromkeys(functions, stand_in))
        return stand_in

    return register


@stands_for(np.reshape)
def _reshape(x: Any, shape: Any) -> Any:
    return RESHAPE(x, size=shape)


@stands_for(np.ravel)
def _ravel(x: Any) -> Any:
    return RESHAPE(x, size=(-1,))


@stands_for(np.transpose)
def _transpose(x: Any, axes: Sequence[int] | None = None) -> Any:
    rank = len(shape(x))
    return TRANSPOSE(
        x, axes=range(rank)[::-1] if axes is None else normalize_axis_tuple(axes, rank)
    )


@stands_for(np.swapaxes)
def _swapaxes(x: Any, axis1: int, axis2: int) -> Any:
    axes = list(range(len(shape(x))))
    axes[axis1], axes[axis2] = axes[axis2], axes[axis1]
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
def _broadcast_to(x: Any, shape: Any) -> Any:
    return BROADCAST(x, size=tuple(np.atleast_1d(shape)))


@stands_for(np.full_like)
def _full_like(x: Any, fill_value: Any) -> Any:
    filled = isinstance(fill_value, Traced)
    return _broadcast_to(fill_value, shape(x)) if filled else np.full(shape(x), fill_value, x.dtype)


@stands_for(np.flip)
def _flip(x: Any, axis: Axis = None) -> Any:
    back, rank = slice(None, None, -1), len(shape(x))
    axes = range(rank) if axis is None else normalize_axis_tuple(axis, rank)
    return x[tuple(back if i in axes else slice(None) for i in range(rank))]


@stands_for(np.concatenate)
def _concatenate(xs: Sequence, axis: int | None = 0) -> Any:
    xs = [operand(x) for x in xs]
    return CONCATENATE(*map(np.ravel, xs), axis=0) if axis is None else CONCATENATE(*xs, axis=axis)


@stands_for(np.stack)
def _stack(xs: Sequence, axis: int = 0) -> Any:
    return CONCATENATE(*(np.expand_dims(operand(x), axis) for x in xs), axis=axis)


@stands_for(np.vstack)
def _vstack(xs: Sequence) -> Any:
    rows = [np.reshape(x, (1, -1)) if len(shape(x)) < 2 else x for x in map(operand, xs)]
    return CONCATENATE(*rows, axis=0)


@stands_for(np.hstack)
def _hstack(xs: Sequence) -> Any:
    parts = [np.reshape(x, (1,)) if not shape(x) else x for x in map(operand, xs)]
    return CONCATENATE(*parts, axis=0 if len(shape(parts[0])) == 1 else 1)


@stands_for(np.where)
def _where(condition: Any, x: Any = None, y: Any = None) -> Any:
    if x is None or y is None:
        return np.where(plain(condition))
    mask = plain(condition)
    kind = np.result_type(*(plain(operand(a)) for a in (x, y)))
    x, y = (a if isinstance(a, Traced) else np.asarray(a, dtype=kind) for a in (x, y))
    size = np.broadcast_shapes(np.shape(mask), shape(x), shape(y))
    x, y = (a if shape(a) == size else BROADCAST(a, size=size) for a in (x, y))
    return WHERE(x, y, mask=mask)


@stands_for(np.clip)
def _clip(x: Any, a_min: Any = None, a_max: Any = None, *, min: Any = None, max: Any = None) -> Any:
    low, high = (a_min if min is None else min), (a_max if max is None else max)
    above = x if low is None else np.maximum(x, low)
    return above if high is None else np.minimum(above, high)


PLAIN.update((np.shape, np.ndim, np.size, np.result_type, np.isrealobj, np.iscomplexobj))
PLAIN.update((np.zeros_like, np.ones_like, np.empty_like))
PLAIN.update((np.round, np.fix))
PLAIN.update((np.argmax, np.argmin, np.argsort, np.nonzero, np.searchsorted))
PLAIN.update((np.any, np.all, np.isclose, np.allclose, np.array_equal))
