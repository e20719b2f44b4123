"""Functions that a tape holds as one line: with a rule of their own, or run again later."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathcalc import checks, trees
from mathcalc.rules import Primitive, plain, shape
from mathcalc.sweeps import directional, recorded


class _Whole(Primitive):
    """A function of which only the whole is seen, so all that it depends on must be handed in.

    Its operands are the leaves of its arguments; the arguments' ``form`` is an option of the line.
    """

    __slots__ = ()

    def call(self, *args: Any, **options: Any) -> Any:
        """Apply it to arguments that may be trees."""
        if options:
            raise TypeError(f"{self.name} takes no keywords: hand all arguments over by position")
        y = self(*trees.leaves(args), form=trees.mapped(lambda _: None, args))
        if isinstance(y, tuple | list | dict) or isinstance(plain(y), tuple | list | dict):
            raise TypeError(f"{self.name} returns {trees.form(plain(y))}: return one array")
        level = getattr(y, "level", 0)
        if level and getattr(y.value, "level", 0) >= level:
            raise TypeError(f"{self.name} uses a traced value that is no argument: hand it over")
        return y


def _of_leaves(f: Callable) -> Callable:
    """Return a function of trees as one of their leaves and their form."""
    return lambda *leaves, form: f(*trees.rebuilt(form, leaves))


def custom_vjp(f: Callable, pullback: Callable) -> Callable:
    """Return ``f`` with a rule of its own for reverse mode.

    Parameters
    ----------
    f : callable
        Of arrays, or tuples, lists and dicts of them, given by position, to one array; it runs on
        plain values and is not recorded.
    pullback : callable
        ``pullback(u, y, *args)`` returns a tuple with an adjoint for each argument, of its form.

    Notes
    -----
    Forward mode has no rule for it, and so neither `jvp` nor `hvp` nor `hessian`. Where the
    pullback can be differentiated, ``jacrev(grad(…))`` is the Hessian.
    """
    checks.function(f, "f")
    checks.function(pullback, "pullback")
    name = getattr(f, "__name__", "custom")

    def rule(u: Any, y: Any, wanted: Any, *leaves: Any, form: tuple) -> Sequence:
        parts = pullback(u, y, *trees.rebuilt(form, leaves))
        if not isinstance(parts, tuple | list) or len(parts) != len(form):
            raise ValueError(f"pullback of {name}: return a tuple of {len(form)} adjoints")
        # None for a whole argument is none for each of its leaves.
        parts = tuple(
            where if part is None else part for part, where in zip(parts, form, strict=True)
        )
        if not trees.alike(parts, form):
            forms = f"have the form {trees.form(parts)}, the arguments {trees.form(form)}"
            raise ValueError(f"pullback of {name}: the adjoints {forms}")
        adjoints = trees.leaves(parts)
        for part, x, want in zip(adjoints, leaves, wanted, strict=True):
            if want and shape(part) != shape(x):
                found = f"has shape {shape(part)}, the argument {shape(x)}"
                raise ValueError(f"pullback of {name}: an adjoint {found}")
        # What it returns may be an array that it keeps.
        return [np.array(part) if isinstance(part, np.ndarray) else part for part in adjoints]

    return _Whole(name, _of_leaves(f), None, rule).call


def _by(
    f: Callable, leaves: Sequence, form: tuple, places: Sequence[int]
) -> tuple[Callable, list[Any]]:
    """Return ``f`` as a function of some of the leaves, and these."""
    some = [leaves[i] for i in places]
    return lambda *new: f(*trees.replaced(leaves, places, new), form=form), some


def checkpoint(f: Callable) -> Callable:
    """Return ``f`` with a short memory: nothing inside it is recorded, it runs again instead.

    A chain of n steps in segments of √n needs the memory of about 2√n steps, and the time of one
    more run.
    """
    checks.function(f, "f")
    of_leaves = _of_leaves(f)

    def jvp_rule(tangents: Sequence, y: Any, *leaves: Any, form: tuple) -> Any:
        moved = [i for i, t in enumerate(tangents) if t is not None]

        def slope(*both: Any) -> Any:
            points, ways = both[: len(leaves)], both[len(leaves) :]
            return directional(*_by(of_leaves, points, form, moved), ways)

        return checkpoint(slope)(*leaves, *(tangents[i] for i in moved))

    def rule(u: Any, y: Any, wanted: Any, *leaves: Any, form: tuple) -> Sequence:
        chosen = [i for i, want in enumerate(wanted) if want]
        found = recorded(*_by(of_leaves, leaves, form, chosen), once=True)[1](u)
        return trees.replaced([None] * len(leaves), chosen, found)

    return _Whole(getattr(f, "__name__", "segment"), of_leaves, jvp_rule, rule).call
