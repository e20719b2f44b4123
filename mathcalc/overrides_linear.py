"""NumPy's products and its linear algebra on traced values."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc.overrides import stands_for
from mathcalc.rules import shape
from mathcalc.rules_arrays import EINSUM, MATMUL
from mathcalc.rules_reductions import CHOLESKY, DET, INV, LOGDET, SOLVE
from mathcalc.traced import FUNCTIONS, plain


@stands_for(np.dot)
def _dot(a: Any, b: Any) -> Any:
    if not shape(a) or not shape(b):
        return a * b
    if len(shape(b)) <= 2:
        return MATMUL(a, b)
    return np.tensordot(a, b, axes=(-1, -2))


@stands_for(np.vdot, np.inner)
def _inner(a: Any, b: Any) -> Any:
    return (
        a * b
        if not shape(a) or not shape(b)
        else MATMUL(a, np.moveaxis(b, -1, 0) if len(shape(b)) > 1 else b)
    )


@stands_for(np.outer)
def _outer(a: Any, b: Any) -> Any:
    return np.ravel(a)[:, None] * np.ravel(b)[None, :]


@stands_for(np.tensordot)
def _tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    letters = "abcdefghijklmnopqrstuvwxyz"
    last, first = (
        (range(-axes, 0), range(axes)) if isinstance(axes, int) else map(np.atleast_1d, axes)
    )
    left = list(letters[: len(shape(a))])
    right = list(letters[len(left) : len(left) + len(shape(b))])
    for i, j in zip(last, first, strict=True):
        right[j] = left[i]
    shared = set(left) & set(right)
    result = [x for x in left + right if x not in shared]
    return EINSUM(a, b, subscripts=f"{''.join(left)},{''.join(right)}->{''.join(result)}")


@stands_for(np.einsum)
def _einsum(subscripts: str, *xs: Any) -> Any:
    rule = subscripts.replace(" ", "")
    if "." in rule or any(len(set(term)) < len(term) for term in rule.split("->")[0].split(",")):
        raise TypeError(f"np.einsum({subscripts!r}): ellipses and repeated letters have no rule")
    if "->" not in rule:
        once = sorted(x for x in set(rule) - {","} if rule.count(x) == 1)
        rule += "->" + "".join(once)
    return EINSUM(*xs, subscripts=rule)


@stands_for(np.trace)
def _trace(x: Any) -> Any:
    return np.sum(np.diagonal(x))


@stands_for(np.diagonal, np.diag)
def _diagonal(x: Any) -> Any:
    i = np.arange(min(shape(x)))
    return x[i, i] if len(shape(x)) == 2 else x[:, None] * np.eye(shape(x)[0])


@stands_for(np.linalg.norm)
def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    if ord in (None, 2, "fro") and not (ord == 2 and axis is None and len(shape(x)) > 1):
        return np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))
    if len(shape(x)) == 1 or isinstance(axis, int):
        sizes: dict[Any, Callable] = {1: np.sum, np.inf: np.max}
        if ord in sizes:
            return sizes[ord](np.abs(x), axis=axis, keepdims=keepdims)
    raise TypeError(f"np.linalg.norm with ord={ord} has no rule: take the norm of singular values")


@stands_for(np.linalg.slogdet)
def _slogdet(a: Any) -> Any:
    return np.linalg.slogdet(plain(a))[0], LOGDET(a)


@stands_for(np.linalg.solve)
def _solve(a: Any, b: Any) -> Any:
    return SOLVE(a, b)


FUNCTIONS[np.linalg.inv] = INV
FUNCTIONS[np.linalg.det] = DET
FUNCTIONS[np.linalg.cholesky] = CHOLESKY
