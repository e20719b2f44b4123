"""One sweep of either mode: `jvp` runs forward along a direction, `vjp` back from the outputs."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathcalc import checks, trees
from mathcalc.forward import Dual
from mathcalc.levels import deeper
from mathcalc.reverse import Tape, Var
from mathcalc.rules import shape, zeros
from mathcalc.traced import Traced, ordinary, plain


def _floats(tree: Any, name: str) -> Any:
    """Return the leaves as floating-point arrays or numbers; integers have no neighbours."""

    def check(x: Any) -> Any:
        x = x if isinstance(x, Traced | float) else np.asarray(ordinary(x, name))
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
    checks.function(f, "f")
    y, level = _run(f, primals, tangents)
    return trees.mapped(lambda x: x.value if _of(level, x) else x, y), _tangent(y, level)


def directional(f: Callable, primals: Sequence, tangents: Sequence) -> Any:
    """Return the derivative along the tangents alone."""
    return _tangent(*_run(f, primals, tangents))


def _run(f: Callable, primals: Sequence, tangents: Sequence) -> tuple[Any, int]:
    """Run a function on dual numbers; return what it returns, and the level of its duals."""
    points, ways = _floats(tuple(primals), "primals"), trees.leaves(tuple(tangents))
    numeric = all(isinstance(w, Traced) or np.asarray(w).dtype.kind in "fiu" for w in ways)
    checks.refuse(not numeric, "tangents: give floats, or arrays of them")
    leaves = trees.leaves(points)
    alike = [shape(p) for p in leaves] == [np.shape(plain(w)) for w in ways]
    if not alike or not trees.alike(points, tuple(tangents)):
        raise ValueError("tangents: give one for each of the primals, of the same form and shape")
    with deeper() as level:
        duals = [Dual(p, _like(p, w), level) for p, w in zip(leaves, ways, strict=True)]
        y = f(*trees.rebuilt(points, duals))
    _refuse_others(trees.leaves(y))
    return y, level


def _like(x: Any, tangent: Any) -> Any:
    """Return the tangent of NumPy's numbers as one of these: they may be given axes."""
    ours, theirs = tangent.__class__ in (int, float), plain(x).__class__ is not float
    return plain(x).dtype.type(tangent) if ours and theirs else tangent


def _refuse_others(outputs: list[Any]) -> None:
    """Refuse what is neither real and traced nor an array of floats, or a constant number."""
    for x in outputs:
        found = np.asarray(plain(x)).dtype
        if found.kind not in "fiu":
            raise TypeError(
                f"f returns {type(x).__name__} of {found}: it must return arrays of floats"
            )


def _of(level: int, x: Any) -> bool:
    return getattr(x, "level", 0) == level


def _tangent(y: Any, level: int) -> Any:
    return trees.mapped(lambda x: x.tangent if _of(level, x) else zeros(x), y)


def vjp(f: Callable, *primals: Any) -> tuple[Any, Callable]:
    """Return ``f(*primals)`` and the map from an adjoint of it to those of the arguments.

    The program runs once; each call of the map is one backward sweep, and returns a tuple. Where
    ``f`` returns a tuple, list or dict of arrays, the adjoint has the same form; None in it
    stands for zeros.

    Examples
    --------
    >>> y, pull = vjp(lambda x, y: x * y, 2.0, 5.0)
    >>> y, pull(1.0)
    (10.0, (5.0, 2.0))
    """
    return recorded(f, primals)


def recorded(f: Callable, primals: Sequence, once: bool = False) -> tuple[Any, Callable]:
    """Return what `vjp` does; with ``once`` the map may be called once, and frees the tape."""
    checks.function(f, "f")
    points = _floats(tuple(primals), "primals")
    with deeper() as level:
        tape = Tape(level)
        inputs = [tape.variable(x) for x in trees.leaves(points)]
        y = f(*trees.rebuilt(points, inputs))
    outputs = trees.leaves(y)
    _refuse_others(outputs)

    def pullback(u: Any) -> tuple:
        if not trees.alike(u, y):
            raise ValueError(f"the adjoint has the form {trees.form(u)}, f {trees.form(y)}")
        _refuse_adjoints(trees.leaves(u), outputs)
        return trees.rebuilt(points, _swept(tape, inputs, outputs, trees.leaves(u), once))

    return trees.mapped(lambda x: x.value if _on(tape, x) else x, y), pullback


def _refuse_adjoints(adjoints: list[Any], outputs: list[Any]) -> None:
    for u, y in zip(adjoints, outputs, strict=True):
        fine = u is None or isinstance(u, Traced) or np.asarray(u).dtype.kind in "fiu"
        if not fine or (u is not None and shape(u) != shape(y)):
            found = f"{np.asarray(plain(u)).dtype} entries and shape {shape(u)}"
            raise ValueError(f"the adjoint has {found}, but must be like the value {shape(y)}")


def _on(tape: Tape, y: Any) -> bool:
    return isinstance(y, Var) and y.lines is tape.lines


def _swept(
    tape: Tape, inputs: list[Var], outputs: list[Any], seeds: list[Any], once: bool
) -> list[Any]:
    pairs = zip(outputs, seeds, strict=True)
    some = [(y, u) for y, u in pairs if u is not None and _on(tape, y)]
    tape.backward([y for y, _ in some], [u for _, u in some], keep=False, once=once)
    found, tape.adjoints = tape.adjoints, []
    handed = {id(u) for u in seeds}
    return [_whole(found[x.index], x.value, handed) for x in inputs]


def _whole(adjoint: Any, x: Any, handed: set[int]) -> Any:
    """Give an adjoint an array of its own, if it has none or shares it."""
    if adjoint is None:
        return zeros(x)
    if not isinstance(adjoint, np.ndarray):
        return adjoint
    own = adjoint.flags.owndata and id(adjoint) not in handed
    handed.add(id(adjoint))
    return adjoint if own else np.array(adjoint)
