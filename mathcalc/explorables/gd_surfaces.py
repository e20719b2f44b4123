"""The surfaces in the menu of gradient descent, written in the formula language of the book."""

from math import pi
from typing import Any


def _surface(
    name: str,
    formula: str,
    gradient: tuple[str, str],
    minimisers: list[list[float]],
    **view: Any,
) -> dict[str, Any]:
    """Gather one entry; a view is a square window, a start and a step size that suits."""
    default = {"window": [-2.0, 2.0, -2.0, 2.0], "start": [1.0, 1.0], "eta": 0.05}
    known = {"name": name, "formula": formula, "gradient": [*gradient], "minimisers": minimisers}
    return {**known, **default, **view}


ORIGIN = [[0.0, 0.0]]

SURFACES = [
    _surface("round bowl", "(x**2 + y**2)/2", ("x", "y"), ORIGIN),
    _surface("anisotropic bowl", "(x**2 + 10*y**2)/2", ("x", "10*y"), ORIGIN),
    _surface("ravine", "(x**2 + 25*y**2)/2", ("x", "25*y"), ORIGIN),
    _surface(
        "saddle",
        "(x**2 - y**2)/2 + y**4/4",
        ("x", "y**3 - y"),
        [[0.0, 1.0], [0.0, -1.0]],
        start=[1.5, 0.1],
    ),
    _surface(
        "Rosenbrock",
        "(1 - x)**2 + 100*(y - x**2)**2",
        ("2*(x - 1) - 400*x*(y - x**2)", "200*(y - x**2)"),
        [[1.0, 1.0]],
        window=[-2.0, 2.0, -1.0, 3.0],
        start=[-1.2, 1.0],
        eta=0.001,
    ),
    _surface(
        "Himmelblau",
        "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        ("4*x*(x**2 + y - 11) + 2*(x + y**2 - 7)", "2*(x**2 + y - 11) + 4*y*(x + y**2 - 7)"),
        [
            [3.0, 2.0],
            [-2.805118086952745, 3.131312518250573],
            [-3.779310253377747, -3.283185991286169],
            [3.584428340330492, -1.848126526964404],
        ],
        window=[-5.0, 5.0, -5.0, 5.0],
        start=[0.0, 0.0],
        eta=0.01,
    ),
    _surface(
        "waves",
        "sin(x) + cos(y)",
        ("cos(x)", "-sin(y)"),
        [[-pi / 2, pi], [-pi / 2, -pi]],
        window=[-6.0, 4.0, -5.0, 5.0],
        start=[0.0, 0.5],
    ),
]
