"""The roads to a derivative; each takes ``(x, parameters)`` and fails if it is closed to ``f``."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc import autodiff, numerical
from mathcalc.symbolic import ScalarField, VectorField

CLAIM = "formula"
#: A program here runs a few times only: to compile it fast matters more than that it runs fast.
BRIEFLY: Any = {"xla_backend_optimization_level": 0, "xla_cpu_use_fusion_emitters": False}


def travelled(roads: dict[str, Callable], x: np.ndarray, rest: list) -> dict[str, np.ndarray]:
    """Return where each open road leads, and take those that are closed off the map."""
    found = {}
    for road, go in list(roads.items()):
        try:
            found[road] = go(x, rest)
        except (ValueError, TypeError) as closed:  # such a program cannot take this road
            if road == CLAIM:
                raise ValueError(f"claimed: it fails at x = {x}, {rest}; {closed}") from closed
            del roads[road]
    return found


def roads_of(f: Any, claimed: Callable | None) -> dict[str, Callable]:
    """Return the roads, the most trusted first; each takes ``(x, parameters)``."""
    roads: dict[str, Callable] = {}
    if claimed is not None:
        roads[CLAIM] = lambda x, rest: np.asarray(claimed(x, *rest), dtype=float)
    if isinstance(f, ScalarField | VectorField):
        exact = f.gradient if isinstance(f, ScalarField) else f.jacobian
        roads["SymPy"] = lambda x, rest: exact(x)
        return roads | _own_roads(f) | _jax_roads(f.jax)
    return roads | _own_roads(f) | _jax_roads(f)


def _own_roads(f: Callable) -> dict[str, Callable]:
    """Return the roads by the book's own engines: ``f`` has operators and NumPy's functions."""
    reverse, forward = autodiff.jacrev(f), autodiff.jacfwd(f)
    return {
        "reverse mode": lambda x, rest: np.asarray(reverse(x, *rest)),
        "forward mode": lambda x, rest: np.asarray(forward(x, *rest)),
    }


def _jax_roads(f: Callable) -> dict[str, Callable]:
    """Return the roads that run ``f`` as a JAX program, each compiled once for each shape."""
    import jax

    value, reverse, forward = _value(f), _compiled(jax.jacrev(f)), _compiled(jax.jacfwd(f))
    return {
        "JAX reverse": lambda x, rest: np.asarray(reverse(x, *rest)),
        "JAX forward": lambda x, rest: np.asarray(forward(x, *rest)),
        "complex step": lambda x, rest: _by(value, x, rest, method="complex"),
        "differences": lambda x, rest: _by(value, x, rest),
    }


def _compiled(f: Callable) -> Callable:
    import jax

    return jax.jit(f, compiler_options=BRIEFLY)


def _value(f: Callable) -> Callable:
    """Return the compiled program, or the function itself if it turns out not to compile."""
    programs: list[Callable] = [f, _compiled(f)]

    def value(x: np.ndarray, *rest: Any) -> Any:
        try:
            return programs[-1](x, *rest)
        except TypeError:
            if len(programs) == 1:
                raise
            programs.pop()
            return f(x, *rest)

    return value


def _by(value: Callable, x: np.ndarray, rest: list, **options: Any) -> np.ndarray:
    """Return the derivative from values alone."""

    def at(p: np.ndarray) -> np.ndarray:
        if p.shape != x.shape:  # each shape of a batch would be compiled anew
            raise ValueError("one point at a time")
        return np.asarray(value(p, *rest))

    return np.asarray(numerical.jacobian(at, x, **options))
