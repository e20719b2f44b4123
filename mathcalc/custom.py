"""Functions that a tape holds as one line: with a rule of their own, or run again later."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.rules import Primitive, shape
from mathcalc.sweeps import directional, vjp


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

    return Primitive(name, f, None, rule)


def checkpoint(f: Callable) -> Callable:
    """Return ``f`` with a short memory: nothing inside it is recorded, it runs again instead.

    A chain of n steps in segments of √n needs the memory of about 2√n steps, and the time of one
    more run.
    """
    checks.function(f, "f")

    def jvp_rule(tangents: Sequence, y: Any, *args: Any) -> Any:
        still = [
            np.zeros(shape(x)) if t is None else t for t, x in zip(tangents, args, strict=True)
        ]
        return directional(f, args, still)

    def rule(u: Any, y: Any, wanted: Any, *args: Any) -> Sequence:
        return vjp(f, *args)[1](u)

    return Primitive(getattr(f, "__name__", "segment"), f, jvp_rule, rule)
