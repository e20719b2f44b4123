"""Derivatives of functions as functions: short compositions of forward and reverse mode.

The names and conventions are JAX's: `grad` takes a function and returns one. Functions are
written in plain NumPy. All of them nest to any order. A tape keeps the arrays that the program
used, and not copies of them: do not write into one before its derivative has been taken. A traced
value is never written into: ``y *= 2`` gives the name ``y`` to another, and what was called ``x``
as well keeps its value.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathcalc import checks, trees
from mathcalc.custom import checkpoint, custom_vjp
from mathcalc.levels import unsearched
from mathcalc.reverse import Tape
from mathcalc.rules import plain, shape, zeros
from mathcalc.sweeps import directional, jvp, recorded, vjp

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


MOST = 10**4  # columns, or rows, of a Jacobian


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
    checks.function(f, "f")

    @unsearched()  # until the tape is swept, and gone
    def both(*args: Any, **options: Any) -> tuple[Any, Any]:
        one, chosen = _places(argnums, args)

        def of_chosen(*some: Any) -> Any:
            return f(*trees.replaced(args, chosen, some), **options)

        y, pullback = recorded(of_chosen, [args[i] for i in chosen], once=True)
        if isinstance(y, tuple | list | dict) or shape(y) != ():
            form = shape(y) or trees.form(y)
            raise TypeError(f"grad is for a function with one number as value, not {form}")
        found = pullback(_one_like(y))
        return y, (found[0] if one else found)

    return both


def _one_like(y: Any) -> Any:
    """Return one, as precise as a number: what it multiplies takes its precision."""
    kind = getattr(plain(y), "dtype", np.dtype(float))
    return kind.type(1) if kind.kind == "f" and kind != np.float64 else 1.0


def grad(f: Callable, argnums: int | Sequence[int] = 0) -> Callable:
    """Return the gradient of ``f`` as a function; see `value_and_grad`.

    Examples
    --------
    >>> grad(lambda x: np.sum(x**2))(np.array([3.0, -1.0]))
    array([ 6., -2.])
    """
    both = value_and_grad(f, argnums)
    return lambda *args, **options: both(*args, **options)[1]


def _places(argnums: int | Sequence[int], args: Sequence) -> tuple[bool, list[int]]:
    """Return whether there is one, and the places of the arguments; -1 is the last."""
    one = isinstance(argnums, int | np.integer)
    some: Any = [argnums] if one else argnums
    try:
        found = [range(len(args))[i] for i in some]
    except IndexError:
        given = f"{len(args)} given by position"
        raise ValueError(f"argnums={argnums}: there is no such argument among {given}") from None
    checks.refuse(len(set(found)) < len(found), f"argnums={argnums}: give each argument once")
    return one, found


def _with_chosen(f: Callable, argnums: int | Sequence[int], args: Sequence) -> tuple[Any, Callable]:
    """Return the arguments by which to differentiate, and ``f`` as a function of them alone."""
    one, chosen = _places(argnums, args)

    def of_chosen(x: Any) -> Any:
        return f(*trees.replaced(args, chosen, (x,) if one else x))

    some = tuple(args[i] for i in chosen)
    leaves = trees.leaves(some)
    none = not leaves or any(0 in shape(x) for x in leaves)
    checks.refuse(none, "primals: an argument is empty, so there is nothing to differentiate by")
    return (some[0] if one else some), of_chosen


def _units(x: Any) -> list[Any]:
    """Return the arrays of the shape of ``x`` with a single one."""
    size = math.prod(shape(x))
    checks.refuse(size > MOST, f"primals: {size} entries make too large a Jacobian: use vjp or jvp")
    if not shape(x):
        return [_one_like(x)]
    return list(np.eye(size, dtype=type(_one_like(x))).reshape(-1, *shape(x)))


def _one_leaf(leaves: list[Any], k: int, e: Any) -> list[Any]:
    """Return zeros of the leaves' shapes, with ``e`` in place ``k``."""
    return [e if i == k else zeros(x) for i, x in enumerate(leaves)]


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
    checks.function(f, "f")

    def jacobian(*args: Any) -> Any:
        x, of_x = _with_chosen(f, argnums, args)
        leaves = trees.leaves(x)
        runs = [
            [
                directional(of_x, (x,), (trees.rebuilt(x, _one_leaf(leaves, k, e)),))
                for e in _units(leaf)
            ]
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

    Arguments, ``argnums`` and result are those of `jacfwd`.
    """
    checks.function(f, "f")

    def jacobian(*args: Any) -> Any:
        x, of_x = _with_chosen(f, argnums, args)
        y, pullback = vjp(of_x, x)
        outputs = trees.leaves(y)

        def blocks(k: int) -> Any:
            seeds = [[None] * k + [e] + [None] * (len(outputs) - k - 1) for e in _units(outputs[k])]
            rows = [trees.leaves(pullback(trees.rebuilt(y, seed))[0]) for seed in seeds]
            joined = [_joined(list(part), outputs[k], 0) for part in zip(*rows, strict=True)]
            return trees.rebuilt(x, joined)

        return trees.rebuilt(y, list(map(blocks, range(len(outputs)))))

    return jacobian


def hessian(f: Callable, argnums: int | Sequence[int] = 0) -> Callable:
    """Return the Hessian of ``f``: forward over reverse; ``argnums`` as for `jacfwd`.

    For a tree of arguments it is a tree of trees: ``H["a"]["b"]`` has the second derivatives by
    ``a`` and ``b``.
    """
    return jacfwd(grad(f, argnums), argnums)


def hvp(f: Callable) -> Callable:
    """Return ``(x, v) -> H_f(x) v``, without the Hessian: the gradient of the slope along ``v``.

    It is reverse over forward mode. Forward over reverse, ``jvp(grad(f), (x,), (v,))[1]``, is the
    same product where the Hessian is symmetric; but it computes the gradient as well.
    """
    checks.function(f, "f")
    return lambda x, v, *rest: grad(lambda p: directional(lambda q: f(q, *rest), (p,), (v,)))(x)
