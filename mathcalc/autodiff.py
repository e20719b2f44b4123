"""Derivatives of functions as functions: short compositions of forward and reverse mode.

The names and conventions are JAX's: `grad` takes a function and returns one. Functions are
written in plain NumPy. All of them nest to any order.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from mathcalc import trees
from mathcalc.forward import Dual
from mathcalc.reverse import Tape, Var
from mathcalc.rules import Primitive, shape
from mathcalc.traced import Traced, plain

_levels = [0]  # the differentiations under way, the innermost last


@contextmanager
def _deeper() -> Iterator[int]:
    """Open a differentiation within those under way."""
    _levels.append(_levels[-1] + 1)
    try:
        yield _levels[-1]
    finally:
        _levels.pop()


def _floats(tree: Any, name: str) -> Any:
    """Return the leaves as floating-point arrays or numbers; integers have no neighbours."""

    def check(x: Any) -> Any:
        x = x if isinstance(x, Traced | float) else np.asarray(x)
        if not isinstance(x, Traced | float) and x.dtype.kind != "f":
            raise TypeError(f"{name} has {x.dtype} entries: differentiate at floats, such as 1.0")
        return x

    return trees.mapped(check, tree)


def jvp(f: Callable, primals: Sequence, tangents: Sequence) -> tuple[Any, Any]:
    """Return ``f(*primals)`` and its derivative along the tangents, by one run of forward mode.

    Parameters
    ----------
    f : callable
        Of arrays, or tuples, lists and dicts of them.
    primals, tangents : sequences of the same form
        The arguments, and the direction.

    Examples
    --------
    >>> jvp(lambda x: x**3, (2.0,), (1.0,))
    (8.0, 12.0)
    """
    points, ways = _floats(tuple(primals), "primals"), trees.leaves(tuple(tangents))
    leaves = trees.leaves(points)
    if [shape(p) for p in leaves] != [np.shape(plain(w)) for w in ways]:
        raise ValueError("tangents: give one for each of the primals, of the same shape")
    with _deeper() as level:
        duals = [Dual(p, w, level) for p, w in zip(leaves, ways, strict=True)]
        y = f(*trees.rebuilt(points, duals))
    mine = lambda x: getattr(x, "level", 0) == level  # noqa: E731
    value = trees.mapped(lambda x: x.value if mine(x) else x, y)
    return value, trees.mapped(lambda x: x.tangent if mine(x) else 0.0 * x, y)


def vjp(f: Callable, *primals: Any) -> tuple[Any, Callable]:
    """Return ``f(*primals)`` and the map from an adjoint of it to those of the arguments.

    The program runs once; each call of the map is one backward sweep, and returns a tuple.

    Examples
    --------
    >>> y, pull = vjp(lambda x, y: x * y, 2.0, 5.0)
    >>> y, pull(1.0)
    (10.0, (5.0, 2.0))
    """
    points = _floats(primals, "primals")
    with _deeper() as level:
        tape = Tape(level)
        inputs = [tape.variable(x) for x in trees.leaves(points)]
        y = f(*trees.rebuilt(points, inputs))
    if not isinstance(y, Traced) and np.asarray(y).dtype.kind != "f":
        raise TypeError(f"f returns {type(y).__name__}: it must return one array of floats")

    def pullback(u: Any) -> tuple:
        return trees.rebuilt(points, _swept(tape, inputs, y, u))

    return (y.value if _on(tape, y) else y), pullback


def _on(tape: Tape, y: Any) -> bool:
    return isinstance(y, Var) and y.lines is tape.lines


def _swept(tape: Tape, inputs: list[Var], y: Any, u: Any) -> list[Any]:
    if _on(tape, y):
        tape.backward(y, u, keep=False)
    found = tape.adjoints if _on(tape, y) else [None] * len(inputs)
    tape.adjoints = []
    return [_whole(found[x.index], x.value) for x in inputs]


def _whole(adjoint: Any, x: Any) -> Any:
    """Give an adjoint that is missing, or a read-only view, an array of its own."""
    if adjoint is None:
        return np.zeros(shape(x)) if shape(x) else 0.0
    return np.array(adjoint) if isinstance(adjoint, np.ndarray) else adjoint


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


def jacfwd(f: Callable) -> Callable:
    """Return the Jacobian of ``f`` in its first argument, by one forward run for each input.

    The result has the shape of ``f(x)``, then that of ``x``.
    """

    def jacobian(x: Any, *rest: Any) -> Any:
        units = np.eye(int(np.prod(shape(x), dtype=int))).reshape(-1, *shape(x))
        columns = [jvp(lambda p: f(p, *rest), (x,), (e if shape(x) else 1.0,))[1] for e in units]
        joined = np.stack(columns, axis=-1)
        return np.reshape(joined, (*shape(columns[0]), *shape(x)))

    return jacobian


def jacrev(f: Callable) -> Callable:
    """Return the Jacobian of ``f`` in its first argument, by one backward sweep for each output."""

    def jacobian(x: Any, *rest: Any) -> Any:
        y, pullback = vjp(lambda p: f(p, *rest), x)
        units = np.eye(int(np.prod(shape(y), dtype=int))).reshape(-1, *shape(y))
        rows = [pullback(e if shape(y) else 1.0)[0] for e in units]
        return np.reshape(np.stack(rows), (*shape(y), *shape(x)))

    return jacobian


def hessian(f: Callable) -> Callable:
    """Return the Hessian of ``f`` in its first argument: forward over reverse."""
    return jacfwd(grad(f))


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
        return pullback(u, y, *args)

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
