"""NumPy's sums, means, products and extremes on traced values."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from mathcalc.overrides import Axis, stands_for
from mathcalc.rules import plain, shape
from mathcalc.rules_arrays import CUMSUM, MEAN, RESHAPE, SUM, TRANSPOSE
from mathcalc.rules_reductions import MAX, MIN, PROD
from mathcalc.traced import REDUCTIONS


@stands_for(np.sum)
def _sum(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    return SUM(x, axis=axis, keepdims=keepdims)


@stands_for(np.mean)
def _mean(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    return MEAN(x, axis=axis, keepdims=keepdims)


@stands_for(np.var)
def _var(x: Any, axis: Axis = None, ddof: int = 0, keepdims: bool = False) -> Any:
    square = (x - _mean(x, axis=axis, keepdims=True)) ** 2
    total = SUM(square, axis=axis, keepdims=keepdims)
    return total / x.dtype.type(max(math.prod(shape(x)) / math.prod(shape(total)) - ddof, 0))


@stands_for(np.std)
def _std(x: Any, axis: Axis = None, ddof: int = 0, keepdims: bool = False) -> Any:
    return np.sqrt(_var(x, axis=axis, ddof=ddof, keepdims=keepdims))


@stands_for(np.max, np.amax)
def _max(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    return MAX(x, axis=axis, keepdims=keepdims)


@stands_for(np.min, np.amin)
def _min(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    return MIN(x, axis=axis, keepdims=keepdims)


@stands_for(np.prod)
def _prod(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    rank = len(shape(x))
    axes = range(rank) if axis is None else normalize_axis_tuple(axis, rank)
    y = PROD(x, axis=axes[0]) if len(axes) == 1 else _prod_of_several(x, rank, axes)
    full = tuple(1 if i in axes else n for i, n in enumerate(shape(x)))
    return RESHAPE(y, size=full) if keepdims else y


def _prod_of_several(x: Any, rank: int, axes: Any) -> Any:
    kept = [i for i in range(rank) if i not in axes]
    order = (*kept, *(i for i in range(rank) if i in axes))
    flat = RESHAPE(TRANSPOSE(x, axes=order), size=(*(shape(x)[i] for i in kept), -1))
    return PROD(flat, axis=len(kept))


@stands_for(np.cumsum)
def _cumsum(x: Any, axis: int | None = None) -> Any:
    return CUMSUM(np.ravel(x), axis=0) if axis is None else CUMSUM(x, axis=axis)


def _logaddexp(x: Any, axis: Axis = 0, keepdims: bool = False) -> Any:
    top = np.max(plain(x), axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
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
