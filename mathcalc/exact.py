"""Exact derivatives of SymPy expressions, and expressions compiled to functions of arrays."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import sympy as sp


class _Size(sp.Function):
    """``|u|`` of a real ``u``.

    SymPy's own rule for `Abs` asks whether ``u`` is real for every real point; where it cannot
    tell, as in ``abs(sqrt(x) - y)``, it leaves a derivative that nothing can compute.
    """

    is_extended_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return _Way(self.args[0])


class _Way(sp.Function):
    """The sign of a real ``u``: constant wherever it has a derivative."""

    is_extended_real = True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return sp.Integer(0)


def derivative(expression: sp.Expr, *symbols: sp.Symbol) -> sp.Expr:
    """Return the partial derivative in the given symbols, one after the other.

    The derivative of ``|u|`` is ``sign(u) u'``: right wherever ``u`` is not zero. Where it is
    zero there is none, and the number given is zero, one choice of many: JAX gives ``u'``.
    """
    inner = expression.replace(sp.Abs, _Size).replace(sp.sign, _Way).diff(*symbols)
    return inner.replace(_Size, sp.Abs).replace(_Way, sp.sign)


def jacobian(expressions: Sequence[sp.Expr], symbols: Sequence[sp.Symbol]) -> sp.Matrix:
    """Return the matrix of partial derivatives, a row for each expression."""
    return sp.Matrix([[derivative(e, s) for s in symbols] for e in expressions])


def hessian(expression: sp.Expr, symbols: Sequence[sp.Symbol]) -> sp.Matrix:
    """Return the second derivatives; those above the diagonal are those below it."""
    first, n = [derivative(expression, s) for s in symbols], len(symbols)
    upper = {(i, j): derivative(first[i], symbols[j]) for i in range(n) for j in range(i, n)}
    return sp.Matrix(n, n, lambda i, j: upper[min(i, j), max(i, j)])


def compiled(
    symbols: Sequence[sp.Symbol], entries: Any, modules: str = "numpy"
) -> Callable[[Any], Any]:
    """Return ``p -> array`` with the entries' axes first and the batch axes of ``p`` after.

    Parameters
    ----------
    symbols : sequence of sympy.Symbol
        The coordinates, in the order of the first axis of ``p``.
    entries : sympy.Expr, or nested lists of them
        What to compute.
    modules : {"numpy", "jax"}
        Whose functions to call.
    """
    table = np.array(entries, dtype=object)
    values = sp.lambdify(symbols, table.ravel().tolist(), modules=modules, cse=True)
    xp = np if modules == "numpy" else _jax_numpy()

    def at(p: Any) -> Any:
        with np.errstate(all="ignore"):  # where there is no value, nan says so
            return _stack(xp, values(*p), table.shape, 0 * p[0])

    return at


def _stack(xp: Any, values: list, shape: tuple[int, ...], zero: Any) -> Any:
    """Give constants the batch's shape, and put the entries in their places."""
    return xp.reshape(xp.stack([value + zero for value in values]), shape + zero.shape)


def _jax_numpy() -> Any:
    import jax.numpy as jnp

    return jnp
