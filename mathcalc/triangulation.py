"""One derivative by independent roads: a formula is shown once they have met."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.roads import CLAIM, roads_of, travelled
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
        The roads that were taken; the claim itself is not one of them.
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
        ``f(x, *parameters)``, written with operators, NumPy's functions or those of `jax.numpy`;
        parameters are arrays or numbers that are not used as sizes. Operators alone keep all
        roads open, NumPy's functions those of the book's engines, `jax.numpy` those of JAX; a
        field brings SymPy's, too.
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
    points, seed = checks.whole(points, "points", 1, 10**6), checks.whole(seed, "seed", 0, 2**63)
    checks.function(f, "f")
    checks.function(sample, "sample")
    if claimed is not None:
        checks.function(claimed, "claimed")
    import jax

    rng = np.random.default_rng(seed)
    roads, draws = roads_of(f, claimed), [_drawn(sample(rng)) for _ in range(points)]
    for x, *parameters in draws:
        f(x, *parameters)  # an error of its own is not taken for a road that is closed
    with jax.enable_x64(True):
        found = [travelled(roads, x, parameters) for x, *parameters in draws]
    taken = [road for road in roads if road != CLAIM]
    largest = max(_apart(name, draw, v) for draw, v in zip(draws, found, strict=True))
    shapes = sorted({x.shape for x, *_ in draws})
    return Agreement(name, tuple(taken), points, tuple(shapes), largest)


def _drawn(sample: Any) -> tuple:
    x, *parameters = sample if isinstance(sample, tuple) else (sample,)
    return (checks.numbers(x, "sample(rng)"), *parameters)


def _apart(name: str, draw: tuple, found: dict[str, np.ndarray]) -> float:
    """Return the largest distance between the first road, or the claim, and the others."""
    roads = [road for road in found if road != CLAIM]
    if len(roads) < FEWEST:
        raise ValueError(f"{name}: only {', '.join(roads)} can be taken, but {FEWEST} are needed")
    first, *others = found.items()
    return max(_distance(name, draw, first, other) for other in others)


def _distance(name: str, draw: tuple, first: tuple[str, Any], other: tuple[str, Any]) -> float:
    (trusted, expected), (road, value) = first, other
    same = value.shape == expected.shape
    size = max(float(np.abs(expected).max()), SMALLEST)
    distance = float(np.abs(value - expected).max()) / size if same else np.inf
    if not distance <= (APPROXIMATE if road == "differences" else EXACT):
        at = ", ".join(map(str, draw))
        raise Disagreement(f"{name}: at {at}, {trusted} gives {expected} but {road} {value}")
    return distance
