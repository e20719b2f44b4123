"""The rules of functions that move, add or multiply the entries of arrays."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from mathcalc.rules import Primitive, filled, linear, multilinear, shape, unbroadcast

SMALL = 5000  # entries; of larger arrays a copy would take room


def _spread(u: Any, x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Repeat the adjoint of a sum along the axes that were summed."""
    return BROADCAST(opened(u, x, axis, keepdims), size=shape(x))


def _repeated(x: Any, size: tuple[int, ...]) -> Any:
    """Broadcast; for small arrays a copy takes less than half the time of a view."""
    if math.prod(size) > SMALL or len(shape(x)) > len(size):  # an assignment would drop axes
        return np.broadcast_to(x, size)
    whole = np.empty(size, x.dtype if x.__class__ is np.ndarray else np.result_type(x))
    whole[...] = x
    return whole


def _reshaped(x: Any, size: tuple[int, ...]) -> Any:
    return x.reshape(size) if x.__class__ is np.ndarray else np.reshape(x, size)


def _averaged(x: Any, axis: Any, keepdims: bool) -> Any:
    if getattr(x, "dtype", None) != np.float64:
        return np.mean(x, axis=axis, keepdims=keepdims)
    return SUM.value(x, axis=axis, keepdims=keepdims) / _count(x, axis)  # as NumPy does it


def _count(x: Any, axis: Any) -> int:
    """Return how many entries go into one entry of a reduction."""
    size = shape(x)
    if isinstance(axis, tuple):
        return math.prod(size[i] for i in axis)
    return math.prod(size) if axis is None or not size else size[axis]


def opened(u: Any, x: Any, axis: Any, keepdims: bool) -> Any:
    """Give what belongs to a reduction of ``x`` the reduced axes back, with one entry each."""
    if keepdims or axis is None or not shape(x):
        return u
    size = list(shape(x))
    for i in axis if isinstance(axis, tuple) else (axis,):
        size[i] = 1
    return RESHAPE(u, size=tuple(size))


def _back_in(u: Any, x: Any, index: Any = None) -> Any:
    """Put the adjoint of a part back into its place; a place that was read twice gets both."""
    return SCATTER(u, size=shape(x), index=index)


def _scatter(u: Any, size: Any, index: Any) -> np.ndarray:
    fine = getattr(u, "dtype", None) == np.float64  # the zeros are as fine as u, but no integers
    whole = np.zeros(size, np.float64 if fine else np.result_type(np.asarray(u), np.float16))
    if _plain(index):
        whole[index] = u
    else:
        np.add.at(whole, index, u)
    return whole


def _plain(index: Any) -> bool:
    """Say whether an index reads no place twice: integers, slices, masks."""
    parts = index if isinstance(index, tuple) else (index,)
    kinds = (int, np.integer, slice, type(None), type(Ellipsis))
    return all(isinstance(p, kinds) or getattr(p, "dtype", None) == np.bool_ for p in parts)


def _pieces(u: Any, xs: Sequence, axis: int) -> list:
    edges = np.cumsum([0, *(shape(x)[axis] for x in xs)])
    before = (slice(None),) * (axis % len(shape(u)))
    return [u[(*before, slice(a, b))] for a, b in pairwise(edges)]


def _matmul_left(u: Any, a: Any, b: Any) -> Any:
    """Return ū bᵀ, for vectors, matrices and stacks of them."""
    if len(shape(b)) == 1:
        return unbroadcast(np.expand_dims(u, -1) * b if len(shape(a)) > 1 else u * b, a)
    if len(shape(a)) == 1:
        return unbroadcast(np.matmul(b, np.expand_dims(u, -1))[..., 0], a)
    return unbroadcast(MATMUL(u, np.swapaxes(b, -1, -2)), a)


def _matmul_right(u: Any, a: Any, b: Any) -> Any:
    """Return aᵀ ū, for vectors, matrices and stacks of them."""
    if len(shape(a)) == 1:
        return unbroadcast(a[:, None] * np.expand_dims(u, -2) if len(shape(b)) > 1 else a * u, b)
    if len(shape(b)) == 1:
        return unbroadcast(np.matmul(np.swapaxes(a, -1, -2), np.expand_dims(u, -1))[..., 0], b)
    return unbroadcast(MATMUL(np.swapaxes(a, -1, -2), u), b)


def _einsum_pullback(u: Any, y: Any, wanted: Any, *xs: Any, subscripts: str) -> list:
    """Swap an operand's letters with the result's; letters that it alone has are spread out."""
    inputs, result = subscripts.split("->")
    terms = inputs.split(",")
    return [
        _einsum_adjoint(u, k, terms, result, xs) if want else None for k, want in enumerate(wanted)
    ]


def _einsum_adjoint(u: Any, k: int, terms: list[str], result: str, xs: Sequence) -> Any:
    others = [i for i in range(len(terms)) if i != k]
    seen = set(result).union(*(terms[i] for i in others))
    kept = "".join(letter for letter in terms[k] if letter in seen)
    rule = ",".join([result, *(terms[i] for i in others)]) + "->" + kept
    found = EINSUM(u, *(xs[i] for i in others), subscripts=rule)
    lone = tuple(i for i, letter in enumerate(terms[k]) if letter not in seen)
    return np.broadcast_to(np.expand_dims(found, lone), shape(xs[k])) if lone else found


def _einsum_jvp(tangents: Sequence, y: Any, *xs: Any, subscripts: str) -> Any:
    moved = [(*xs[:i], t, *xs[i + 1 :]) for i, t in enumerate(tangents) if t is not None]
    terms = [EINSUM(*operands, subscripts=subscripts) for operands in moved]
    return sum(terms[1:], terms[0])


SUM = linear("sum", np.add.reduce, _spread)
MEAN = linear(
    "mean",
    _averaged,
    lambda u, x, axis, keepdims: _spread(u / _count(x, axis), x, axis, keepdims),
)
RESHAPE: Primitive = linear("reshape", _reshaped, lambda u, x, size: RESHAPE(u, size=shape(x)))
TRANSPOSE = linear(
    "transpose",
    lambda x, axes: np.transpose(x, axes),
    lambda u, x, axes: np.transpose(u, np.argsort(axes)),
)
BROADCAST = linear(
    "broadcast_to",
    _repeated,
    lambda u, x, size: unbroadcast(u, x),
)
INDEX = linear("index", lambda x, index: x[index], _back_in)
SCATTER = linear("scatter", _scatter, lambda u, x, size, index: u[index])
CUMSUM = linear(
    "cumsum",
    lambda x, axis: np.cumsum(x, axis=axis),
    lambda u, x, axis: np.flip(np.cumsum(np.flip(u, axis), axis=axis), axis),
)
WHERE: Primitive = Primitive(
    "where",
    lambda a, b, mask: np.where(mask, a, b),
    lambda tangents, y, *xs, mask: WHERE(*filled(tangents, xs), mask=mask),
    lambda u, y, wanted, a, b, mask: [np.where(mask, u, 0.0), np.where(mask, 0.0, u)],
)
MATMUL = multilinear("matmul", np.matmul, _matmul_left, _matmul_right)
EINSUM = Primitive(
    "einsum", lambda *xs, subscripts: np.einsum(subscripts, *xs), _einsum_jvp, _einsum_pullback
)
CONCATENATE: Primitive = Primitive(
    "concatenate",
    lambda *xs, axis: np.concatenate(xs, axis=axis),
    lambda tangents, y, *xs, axis: CONCATENATE(*filled(tangents, xs), axis=axis),
    lambda u, y, wanted, *xs, axis: _pieces(u, xs, axis),
)
