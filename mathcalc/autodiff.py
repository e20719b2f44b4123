"""Derivatives of functions as functions: short compositions of forward and reverse mode.

The names and conventions are JAX's: `grad` takes a function and returns one. Functions are
written in plain NumPy. All of them nest to any order.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathcalc import trees
from mathcalc.reverse import Tape
from mathcalc.rules import Primitive, shape
from mathcalc.sweeps import jvp, vjp

__all__ = [
    "Tape",
    "checkpoint",
    "custom_vjp",
    "grad",
    "hessian",
    "hvp",
    "jacfwd",
    "jacrev",
    "jvp",
    "value_and_grad",
    "vjp",
]


def value_and_grad(f: Callable, argnums: int | Sequence[int] = 0) -> Callable:
    """Return a function that computes the value and the gradient of ``f``, by one sweep.

    Parameters
    ----------
    f : callable
        Returns one number.
    argnums : int or sequence of int
        By which arguments to differentiate; with a sequence the gradient is a tuple.

    Raises
    ------
    TypeError
        (From the function.) If ``f`` does not return one number, or is not given floats.
    """
    chosen = (argnums,) if isinstance(argnums, int) else tuple(argnums)

    def both(*args: Any, **options: Any) -> tuple[Any, Any]:
        def of_chosen(*some: Any) -> Any:
            full = list(args)
            for i, x in zip(chosen, some, strict=True):
                full[i] = x
            return f(*full, **options)

        y, pullback = vjp(of_chosen, *(args[i] for i in chosen))
        if shape(y) != ():
            raise TypeError(f"grad is for a function with one number as value, not {shape(y)}")
        found = pullback(1.0)
        return y, (found[0] if isinstance(argnums, int) else found)

    return both


def grad(f: Callable, argnums: int | Sequence[int] = 0) -> Callable:
    """Return the gradient of ``f`` as a function; see `value_and_grad`.

    Examples
    --------
    >>> grad(lambda x: np.sum(x**2))(np.array([3.0, -1.0]))
    array([ 6., -2.])
    """
    both = value_and_grad(f, argnums)
    return lambda *args, **options: both(*args, **options)[1]


def _with_chosen(f: Callable, argnums: int | Sequence[int], args: Sequence) -> tuple[Any, Callable]:
    """Return the arguments by which to differentiate, and ``f`` as a function of them alone."""
    one = isinstance(argnums, int)
    chosen = (argnums,) if isinstance(argnums, int) else tuple(argnums)

    def of_chosen(x: Any) -> Any:
        full = list(args)
        for i, part in zip(chosen, (x,) if one else x, strict=True):
            full[i] = part
        return f(*full)

    some = tuple(args[i] for i in chosen)
    return (some[0] if one else some), of_chosen


def _units(x: Any) -> list[Any]:
    """Return the arrays of the shape of ``x`` with a single one."""
    return list(np.eye(int(np.prod(shape(x), dtype=int))).reshape(-1, *shape(x))) or [1.0]


def _one_leaf(leaves: list[Any], k: int, e: Any) -> list[Any]:
    """Return zeros of the leaves' shapes, with ``e`` in place ``k``."""
    return [e if i == k else np.zeros(shape(x)) for i, x in enumerate(leaves)]


def jacfwd(f: Callable, argnums: int | Sequence[int] = 0) -> Callable:
    """Return the Jacobian of ``f``, by one forward run for each input.

    Parameters
    ----------
    f : callable
        Of arrays, or tuples, lists and dicts of them; its value may be one, too.
    argnums : int or sequence of int
        By which arguments to differentiate.

    Returns
    -------
    callable
        Its result has the form of the value and, in each leaf, that of the argument (a tuple for
        a sequence of ``argnums``); a block has the shape of the output, then that of the input.
    """

    def jacobian(*args: Any) -> Any:
        x, of_x = _with_chosen(f, argnums, args)
        leaves = trees.leaves(x)
        runs = [
            [jvp(of_x, (x,), (trees.rebuilt(x, _one_leaf(leaves, k, e)),))[1] for e in _units(leaf)]
            for k, leaf in enumerate(leaves)
        ]

        def blocks(out: int) -> Any:
            columns = [[trees.leaves(run)[out] for run in some] for some in runs]
            return trees.rebuilt(
                x, [_joined(c, p, -1) for c, p in zip(columns, leaves, strict=True)]
            )

        outputs = range(len(trees.leaves(runs[0][0])))
        return trees.rebuilt(runs[0][0], list(map(blocks, outputs)))

    return jacobian


def _joined(parts: list[Any], x: Any, axis: int) -> Any:
    """Stack the columns (axis -1) or rows (axis 0) of a Jacobian, and give it its shape."""
    size = (*shape(parts[0]), *shape(x)) if axis else (*shape(x), *shape(parts[0]))
    return np.reshape(np.stack(parts, axis=axis), size)


def jacrev(f: Callable, argnums: int | Sequence[int] = 0) -> Callable:
    """Return the Jacobian of ``f``, by one backward sweep for each output.

    The value of ``f`` is one array; arguments, ``argnums`` and result are those of `jacfwd`.
    """

    def jacobian(*args: Any) -> Any:
        x, of_x = _with_chosen(f, argnums, args)
        y, pullback = vjp(of_x, x)
        rows = [trees.leaves(pullback(e if shape(y) else 1.0)[0]) for e in _units(y)]
        return trees.rebuilt(x, [_joined(list(part), y, 0) for part in zip(*rows, strict=True)])

    return jacobian


def hessian(f: Callable, argnums: int | Sequence[int] = 0) -> Callable:
    """Return the Hessian of ``f``: forward over reverse; ``argnums`` as for `jacfwd`.

    For a tree of arguments it is a tree of trees: ``H["a"]["b"]`` has the second derivatives by
    ``a`` and ``b``.
    """
    return jacfwd(grad(f, argnums), argnums)


def hvp(f: Callable) -> Callable:
    """Return ``(x, v) -> H_f(x) v``, without the Hessian: the gradient's derivative along ``v``."""
    return lambda x, v, *rest: jvp(lambda p: grad(f)(p, *rest), (x,), (v,))[1]


def custom_vjp(f: Callable, pullback: Callable) -> Callable:
    """Return ``f`` with a rule of its own for reverse mode.

    Parameters
    ----------
    f : callable
        Of arrays; it runs on plain values and is not recorded.
    pullback : callable
        ``pullback(u, y, *args)`` returns a tuple with an adjoint for each argument.
    """

    def rule(u: Any, y: Any, wanted: Any, *args: Any) -> Sequence:
        # What it returns may be an array that it keeps.
        return [
            np.array(part) if isinstance(part, np.ndarray) else part
            for part in pullback(u, y, *args)
        ]

    return Primitive(getattr(f, "__name__", "custom"), f, None, rule)


def checkpoint(f: Callable) -> Callable:
    """Return ``f`` with a short memory: nothing inside it is recorded, it runs again instead.

    A chain of n steps in segments of √n needs the memory of about 2√n steps, and the time of one
    more run.
    """

    def jvp_rule(tangents: Sequence, y: Any, *args: Any) -> Any:
        still = [
            np.zeros(shape(x)) if t is None else t for t, x in zip(tangents, args, strict=True)
        ]
        return jvp(f, args, still)[1]

    def rule(u: Any, y: Any, wanted: Any, *args: Any) -> Sequence:
        return vjp(f, *args)[1](u)

    return Primitive(getattr(f, "__name__", "segment"), f, jvp_rule, rule)
