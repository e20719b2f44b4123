"""NumPy's products and its linear algebra on traced values."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc import overrides_einsum, overrides_moves  # noqa: F401  (they teach NumPy, too)
from mathcalc.overrides import stands_for
from mathcalc.rules import shape
from mathcalc.rules_arrays import MATMUL, SCATTER
from mathcalc.rules_reductions import CHOLESKY, DET, INV, LOGDET, SOLVE
from mathcalc.traced import FUNCTIONS, HOW, operand, plain


@stands_for(np.dot)
def _dot(a: Any, b: Any) -> Any:
    a, b = operand(a), operand(b)
    if not shape(a) or not shape(b):
        return a * b
    return MATMUL(a, b) if len(shape(b)) <= 2 else np.tensordot(a, b, axes=(-1, -2))


@stands_for(np.vdot)
def _vdot(a: Any, b: Any) -> Any:
    return MATMUL(np.ravel(operand(a)), np.ravel(operand(b)))


@stands_for(np.inner)
def _inner(a: Any, b: Any) -> Any:
    a, b = operand(a), operand(b)
    return a * b if not shape(a) or not shape(b) else np.tensordot(a, b, axes=(-1, -1))


@stands_for(np.outer)
def _outer(a: Any, b: Any) -> Any:
    return np.ravel(operand(a))[:, None] * np.ravel(operand(b))[None, :]


@stands_for(np.trace)
def _trace(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    return np.sum(_diagonal(x, offset, axis1, axis2), axis=-1)


@stands_for(np.diagonal)
def _diagonal(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    places = np.arange(x.size).reshape(shape(x))
    return np.ravel(x)[np.diagonal(places, offset, axis1, axis2)]


@stands_for(np.diag)
def _diag(x: Any, k: int = 0) -> Any:
    if len(shape(x)) != 1:
        return _diagonal(x, k) if len(shape(x)) == 2 else np.diag(np.empty(shape(x)))
    places = np.arange(shape(x)[0])
    index = (places + max(-k, 0), places + max(k, 0))
    return SCATTER(x, size=2 * (shape(x)[0] + abs(k),), index=index)


@stands_for(np.linalg.norm)
def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    np.linalg.norm(np.ones((1,) * len(shape(x))), ord, axis)  # NumPy knows which there are
    many = len(shape(x)) > 1 if axis is None else isinstance(axis, tuple) and len(axis) > 1
    if ord in (None, 2, "fro") and not (ord == 2 and many):
        return np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))
    if len(shape(x)) == 1 or isinstance(axis, int):
        sizes: dict[Any, Callable] = {1: np.sum, np.inf: np.max}
        if ord in sizes:
            return sizes[ord](np.abs(x), axis=axis, keepdims=keepdims)
    raise TypeError(f"np.linalg.norm with ord={ord} has no rule: {HOW}")


@stands_for(np.linalg.slogdet)
def _slogdet(a: Any) -> Any:
    return np.linalg.slogdet(plain(a))._replace(logabsdet=LOGDET(a))


@stands_for(np.linalg.solve)
def _solve(a: Any, b: Any) -> Any:
    a, b = operand(a), operand(b)
    return SOLVE(a, b[:, None])[..., 0] if len(b.shape) == 1 else SOLVE(a, b)


for _function, _primitive in (
    (np.linalg.inv, INV),
    (np.linalg.det, DET),
    (np.linalg.cholesky, CHOLESKY),
):
    FUNCTIONS[_function] = lambda a, _primitive=_primitive: _primitive(a)
