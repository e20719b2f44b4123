"""One derivative by independent roads: a formula is shown once they have met."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mathcalc import numerical
from mathcalc.symbolic import ScalarField, VectorField

EXACT, APPROXIMATE = 1e-10, 1e-7
FEWEST = 3
SMALLEST = 1e-6  # below this size a derivative is compared absolutely, at this scale


class Disagreement(AssertionError):
    """Two roads to one derivative lead to different places."""


@dataclass(frozen=True)
class Agreement:
    """What was compared, and how far apart the roads were at most.

    Attributes
    ----------
    name : str
        What the formula states.
    roads : tuple of str
        The roads that were taken.
    points : int
        At how many random points.
    shapes : tuple of tuple of int
        The shapes of the variable that occurred.
    largest : float
        The largest disagreement, relative to the largest entry of the derivative.
    """

    name: str
    roads: tuple[str, ...]
    points: int
    shapes: tuple[tuple[int, ...], ...]
    largest: float

    def __str__(self) -> str:
        met = f"{len(self.roads)} roads ({', '.join(self.roads)}) met at {self.points} points"
        return f"{self.name}: {met} in {len(self.shapes)} shapes, at most {self.largest:.0e} apart"

    def _repr_html_(self) -> str:
        return f'<p class="triangulated">△ {html.escape(str(self))}</p>'


def agree(
    name: str,
    f: Callable | ScalarField | VectorField,
    *,
    sample: Callable[[np.random.Generator], Any],
    claimed: Callable | None = None,
    points: int = 12,
    seed: int = 0,
) -> Agreement:
    """Compute the derivative of ``f`` in its first argument by every road that is open.

    Parameters
    ----------
    name : str
        What is claimed, in words.
    f : callable, ScalarField or VectorField
        ``f(x, *parameters)``, written with operators or `jax.numpy`; parameters are arrays or
        numbers that are not used as sizes. A field brings SymPy's road.
    sample : callable
        ``sample(rng)`` draws ``x``, or a tuple ``(x, *parameters)``, in a random shape.
    claimed : callable, optional
        The formula: ``claimed(x, *parameters)`` has the shape of ``f(x)``, then that of ``x``.
    points, seed : int
        How many draws, and from which seed.

    Returns
    -------
    Agreement
        It shows itself as a badge in a notebook.

    Raises
    ------
    ValueError
        If fewer than three roads are open.
    Disagreement
        If two roads differ; the message names them, the point and both values.

    Examples
    --------
    >>> agree("gradient of xᵀx", lambda x: x @ x, claimed=lambda x: 2 * x,
    ...       sample=lambda rng: rng.normal(size=rng.integers(2, 6))).points
    12
    """
    if points < 1:
        raise ValueError(f"points={points}: take at least one")
    rng = np.random.default_rng(seed)
    roads, draws = _roads(f, claimed), [_drawn(sample(rng)) for _ in range(points)]
    found = [_travelled(roads, x, parameters) for x, *parameters in draws]
    taken = tuple(road for road in roads if all(road in values for values in found))
    largest = max(_apart(name, x, v) for (x, *_), v in zip(draws, found, strict=True))
    shapes = sorted({x.shape for x, *_ in draws})
    return Agreement(name, taken, points, tuple(shapes), largest)


def _drawn(sample: Any) -> tuple:
    x, *parameters = sample if isinstance(sample, tuple) else (sample,)
    return (np.asarray(x, dtype=float), *parameters)


def _travelled(roads: dict[str, Callable], x: np.ndarray, rest: list) -> dict[str, np.ndarray]:
    """Return where each open road leads."""
    found = {road: go(x, rest) for road, go in roads.items()}
    return {road: value for road, value in found.items() if value is not None}


def _roads(f: Any, claimed: Callable | None) -> dict[str, Callable]:
    """Return the roads, the most trusted first; each takes ``(x, parameters)``."""
    roads: dict[str, Callable] = {}
    if claimed is not None:
        roads["formula"] = lambda x, rest: np.asarray(claimed(x, *rest), dtype=float)
    if isinstance(f, ScalarField | VectorField):
        exact = f.gradient if isinstance(f, ScalarField) else f.jacobian
        roads["SymPy"] = lambda x, rest: exact(x)
        f = f.jax
    return roads | _jax_roads(f)


def _jax_roads(f: Callable) -> dict[str, Callable]:
    """Return the roads that run ``f`` as a JAX program, each compiled once for each shape."""
    import jax

    value, reverse, forward = jax.jit(f), jax.jit(jax.jacrev(f)), jax.jit(jax.jacfwd(f))
    return {
        "JAX reverse": lambda x, rest: _exactly(reverse, x, rest),
        "JAX forward": lambda x, rest: _exactly(forward, x, rest),
        "complex step": lambda x, rest: _complex_step(value, x, rest),
        "differences": lambda x, rest: _by(numerical.jacobian, value, x, rest),
    }


def _exactly(f: Callable, x: np.ndarray, rest: list) -> np.ndarray:
    import jax

    with jax.enable_x64(True):
        return np.asarray(f(x, *rest))


def _by(derivative: Callable, f: Callable, x: np.ndarray, rest: list, **options: Any) -> np.ndarray:
    def at(p: np.ndarray) -> np.ndarray:
        if p.shape != x.shape:  # each shape of a batch would be compiled anew
            raise ValueError("one point at a time")
        return _exactly(f, p, rest)

    return np.asarray(derivative(at, x, **options))


def _complex_step(f: Callable, x: np.ndarray, rest: list) -> np.ndarray | None:
    """Return the derivative where ``f`` is analytic; this road is closed elsewhere."""
    try:
        return _by(numerical.jacobian, f, x, rest, method="complex")
    except (ValueError, TypeError):
        return None


def _apart(name: str, x: np.ndarray, found: dict[str, np.ndarray]) -> float:
    """Return the largest distance between the first road and the others."""
    roads = [road for road in found if road != "formula"]  # the claim itself is not a road
    if len(roads) < FEWEST:
        raise ValueError(f"{name}: only {', '.join(roads)} can be taken, but {FEWEST} are needed")
    (first, expected), *others = found.items()
    return max(_distance(name, x, first, expected, road, value) for road, value in others)


def _distance(name: str, x: np.ndarray, first: str, expected: Any, road: str, value: Any) -> float:
    same = value.shape == expected.shape
    size = max(float(np.abs(expected).max()), SMALLEST)
    distance = float(np.abs(value - expected).max()) / size if same else np.inf
    if not distance <= (APPROXIMATE if road == "differences" else EXACT):
        raise Disagreement(f"{name}: at x = {x}, {first} gives {expected} but {road} {value}")
    return distance
