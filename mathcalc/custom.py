"""Functions that a tape holds as one line: with a rule of their own, or run again later."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathcalc import checks, trees
from mathcalc.rules import Primitive, shape
from mathcalc.sweeps import directional, recorded


class _Whole(Primitive):
    """A function of which only the whole is seen, so all that it depends on must be handed in."""

    __slots__ = ()

    def __call__(self, *operands: Any, **options: Any) -> Any:
        if options:
            raise TypeError(f"{self.name} takes no keywords: hand all arguments over by position")
        y = super().__call__(*operands)
        level = getattr(y, "level", 0)
        if level and getattr(y.value, "level", 0) >= level:
            raise TypeError(f"{self.name} uses a traced value that is no argument: hand it over")
        return y


def custom_vjp(f: Callable, pullback: Callable) -> Callable:
    """Return ``f`` with a rule of its own for reverse mode.

    Parameters
    ----------
    f : callable
        Of arrays; it runs on plain values and is not recorded.
    pullback : callable
        ``pullback(u, y, *args)`` returns a tuple with an adjoint for each argument.
    """
    checks.function(f, "f")
    checks.function(pullback, "pullback")
    name = getattr(f, "__name__", "custom")

    def rule(u: Any, y: Any, wanted: Any, *args: Any) -> Sequence:
        parts = pullback(u, y, *args)
        if not isinstance(parts, tuple | list) or len(parts) != len(args):
            raise ValueError(f"pullback of {name}: return a tuple of {len(args)} adjoints")
        for part, x, want in zip(parts, args, wanted, strict=True):
            if want and shape(part) != shape(x):
                found = f"has shape {shape(part)}, the argument {shape(x)}"
                raise ValueError(f"pullback of {name}: an adjoint {found}")
        # What it returns may be an array that it keeps.
        return [np.array(part) if isinstance(part, np.ndarray) else part for part in parts]

    return _Whole(name, f, None, rule)


def _by(f: Callable, args: Sequence, places: Sequence[int]) -> tuple[Callable, list[Any]]:
    """Return ``f`` as a function of some of the arguments, and these."""
    return lambda *some: f(*trees.replaced(args, places, some)), [args[i] for i in places]


def checkpoint(f: Callable) -> Callable:
    """Return ``f`` with a short memory: nothing inside it is recorded, it runs again instead.

    A chain of n steps in segments of √n needs the memory of about 2√n steps, and the time of one
    more run.
    """
    checks.function(f, "f")

    def jvp_rule(tangents: Sequence, y: Any, *args: Any) -> Any:
        moved = [i for i, t in enumerate(tangents) if t is not None]

        def slope(*both: Any) -> Any:
            points, ways = both[: len(args)], both[len(args) :]
            return directional(*_by(f, points, moved), ways)

        return checkpoint(slope)(*args, *(tangents[i] for i in moved))

    def rule(u: Any, y: Any, wanted: Any, *args: Any) -> Sequence:
        chosen = [i for i, want in enumerate(wanted) if want]
        found = recorded(*_by(f, args, chosen), once=True)[1](u)
        return trees.replaced([None] * len(args), chosen, found)

    return _Whole(getattr(f, "__name__", "segment"), f, jvp_rule, rule)
