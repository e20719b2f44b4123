"""The rules of extremes, products and the functions of linear algebra.

Where several entries are the extreme, they share its derivative equally, as in JAX. `det` is
differentiated by the inverse, so a singular matrix is refused, though the cofactors exist there
(JAX has them); the norm of a vector of zeros has the derivative not a number, as in JAX.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mathcalc.rules import Primitive, plain, shape, unbroadcast
from mathcalc.rules_arrays import SUM, opened


def _share(y: Any, x: Any, axis: Any, keepdims: bool) -> Any:
    """Return which entries are the extreme; where several are, they share it equally."""
    x, y = plain(x), plain(y)  # the share is constant wherever it has a derivative
    is_extreme = np.equal(x, opened(y, x, axis, keepdims))
    if np.count_nonzero(is_extreme) == getattr(y, "size", 1) and not np.isnan(y).any():
        return is_extreme  # one for each: no ties
    share = is_extreme / np.add.reduce(is_extreme, axis=axis, keepdims=True)
    return share.astype(np.asarray(x).dtype, copy=False)


def _extreme(name: str, value: Any) -> Primitive:
    """Return a reduction that picks entries."""

    def jvp(tangents: Sequence, y: Any, x: Any, axis: Any, keepdims: bool) -> Any:
        return SUM(_share(y, x, axis, keepdims) * tangents[0], axis=axis, keepdims=keepdims)

    def pullback(u: Any, y: Any, wanted: Any, x: Any, axis: Any, keepdims: bool) -> list:
        return [opened(u, x, axis, keepdims) * _share(y, x, axis, keepdims)]

    return Primitive(name, value, jvp, pullback)


def _others(y: Any, x: Any, axis: int) -> Any:
    """Return, for each entry, the product of all others; also where one of them is zero."""
    product = plain(y)
    if np.all(np.isfinite(product) & np.not_equal(product, 0)):
        return np.expand_dims(y, axis) / x
    x = np.moveaxis(x, axis, 0)
    rest = [np.concatenate([x[:i], x[i + 1 :]]) for i in range(shape(x)[0])]
    return np.moveaxis(np.stack([np.prod(r, axis=0) for r in rest]), 0, axis)


def _turned(a: Any) -> Any:
    return np.swapaxes(a, -1, -2)


def _solve_pullback(u: Any, y: Any, wanted: Sequence[bool], a: Any, b: Any) -> list:
    back = np.linalg.solve(_turned(a), u)
    return [unbroadcast(-np.matmul(back, _turned(y)), a), unbroadcast(back, b)]


def _solve_jvp(tangents: Sequence, y: Any, a: Any, b: Any) -> Any:
    da, db = tangents
    moved = 0.0 if da is None else np.matmul(da, y)
    return np.linalg.solve(a, -moved if db is None else db - moved)


def _inverse_pullback(u: Any, y: Any, wanted: Sequence[bool], a: Any) -> list:
    return [-np.matmul(_turned(y), np.matmul(u, _turned(y)))]


def _slope_of_logdet(t: Any, a: Any) -> Any:
    return np.sum(_turned(np.linalg.inv(a)) * t, axis=(-1, -2))


def _stacked(u: Any) -> Any:
    return np.reshape(u, (*shape(u), 1, 1))


def _lower_half(a: Any) -> Any:
    """Return the lower triangle with half the diagonal."""
    n, kind = shape(a)[-1], a.dtype
    return a * (np.tri(n, dtype=kind) - kind.type(0.5) * np.eye(n, dtype=kind))


def _cholesky_jvp(tangents: Sequence, y: Any, a: Any) -> Any:
    inner = np.linalg.solve(y, _turned(np.linalg.solve(y, _symmetric(tangents[0]))))
    return np.matmul(y, _lower_half(inner))


def _cholesky_pullback(u: Any, y: Any, wanted: Sequence[bool], a: Any) -> list:
    inner = _symmetric(_lower_half(np.matmul(_turned(y), u)))
    half = np.linalg.solve(_turned(y), inner)
    return [_turned(np.linalg.solve(_turned(y), _turned(half)))]


def _symmetric(a: Any) -> Any:
    return 0.5 * (a + _turned(a))


MAX = _extreme("max", np.maximum.reduce)
MIN = _extreme("min", np.minimum.reduce)
PROD = Primitive(
    "prod",
    lambda x, axis: np.prod(x, axis=axis),
    lambda t, y, x, axis: np.sum(_others(y, x, axis) * t[0], axis=axis),
    lambda u, y, wanted, x, axis: [np.expand_dims(u, axis) * _others(y, x, axis)],
)
SOLVE = Primitive("solve", np.linalg.solve, _solve_jvp, _solve_pullback)
INV = Primitive(
    "inv",
    np.linalg.inv,
    lambda t, y, a: -np.matmul(y, np.matmul(t[0], y)),
    _inverse_pullback,
)
DET = Primitive(
    "det",
    np.linalg.det,
    lambda t, y, a: y * _slope_of_logdet(t[0], a),
    lambda u, y, wanted, a: [_stacked(u * y) * _turned(np.linalg.inv(a))],
)
LOGDET = Primitive(
    "logdet",
    lambda a: np.linalg.slogdet(a)[1],
    lambda t, y, a: _slope_of_logdet(t[0], a),
    lambda u, y, wanted, a: [_stacked(u) * _turned(np.linalg.inv(a))],
)
CHOLESKY = Primitive("cholesky", np.linalg.cholesky, _cholesky_jvp, _cholesky_pullback)
