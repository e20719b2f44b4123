"""The monkey saddle unfolded into an extremum and three saddles: figure, twin, reference."""

from typing import Any

import numpy as np
import traitlets
from traitlets import Float, List, TraitError

from mathcalc import palette, plotting
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.symbolic import ScalarField

WINDOW = (-2.0, 2.0, -2.0, 2.0)
REACH = 2.0
KINDS = {(1, 1): "minimum", (-1, -1): "maximum", (-1, 1): "saddle"}
INKS = {"minimum": "constraint", "maximum": "gradient", "saddle": "path", "degenerate": "path"}
MARKERS = {"minimum": "o", "maximum": "^", "saddle": "x", "degenerate": "*"}


class MonkeyUnfolding(Explorable):
    r"""The function :math:`x^3 - 3xy^2 + t(x^2 + y^2)`, its critical points and their types.

    For :math:`t \ne 0` there are four: the origin, a minimum or a maximum, and three saddles at
    height :math:`4t^3/27`. They meet at :math:`t = 0` in a monkey saddle. The sum of their indices
    is −2 throughout.

    Parameters
    ----------
    t : float
        What unfolds, from -2 to 2.
    p : sequence of 2 floats
        The probe, each coordinate from -2 to 2.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range.
    """

    name = "monkey-unfolding"
    state_keys = ("t", "p")
    _esm = module_text("monkey_unfolding.mjs")

    t = Float(0.5, min=-REACH, max=REACH).tag(sync=True)
    p = List(Float(), [1.0, 0.8], minlen=2, maxlen=2).tag(sync=True)

    def __init__(self, t: float = 0.5, *, p: Any = (1.0, 0.8)):
        super().__init__(t=t, p=list(p))

    @traitlets.validate("p")
    def _inside(self, proposal: dict[str, Any]) -> list[float]:
        if not all(abs(coordinate) <= REACH for coordinate in proposal["value"]):
            raise TraitError(f"p={proposal['value']}: give two numbers from -2 to 2")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        points = reference(self.state())["points"]
        start = (
            f"Level sets of x cubed minus 3 x y squared plus {self.t:.3g} (x squared + y squared)"
        )
        if len(points) == 1:
            return f"{start}: three valleys and three ridges meet at the origin, a monkey saddle."
        return (
            f"{start}: a {points[0]['kind']} at the origin, and around it three saddles at the "
            "corners of a triangle of straight level lines. Right: the heights of the critical "
            "points over t, which meet at zero."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "A degenerate saddle, unfolded. Move t through zero: four critical points meet, and "
            "come out with the extremum turned over. Their indices add up to −2 all the way."
        )

    def twin(self) -> Any:
        """Draw the level sets and the heights over t: a Matplotlib figure."""
        return _draw(self.state(), reference(self.state()))


def field(t: float) -> ScalarField:
    """Return the function for one t."""
    return ScalarField(f"x**3 - 3*x*y**2 + ({float(t)!r})*(x**2 + y**2)", ("x", "y"))


def _places(t: float) -> list[list[float]]:
    """Solve 3x² − 3y² + 2tx = 0 and y(t − 3x) = 0: y is zero, or x a third of t."""
    if t == 0:
        return [[0.0, 0.0]]
    flat = [[float(x), 0.0] for x in sorted(np.roots([3, 2 * t, 0]), key=abs)]
    x = t / 3
    return [*flat, *([x, float(y)] for y in np.roots([-3, 0, 3 * x**2 + 2 * t * x]).real)]


def _described(t: float, at: list[float]) -> dict[str, Any]:
    known = field(t)
    low, high = np.linalg.eigvalsh(known.hessian(at))
    kind = KINDS.get((int(np.sign(low)), int(np.sign(high))), "degenerate")
    return {"at": at, "value": float(known(at)), "eigen": [float(low), float(high)], "kind": kind}


def _turns(t: float) -> float:
    angle = np.linspace(0, 2 * np.pi, 721)
    slopes = field(t).gradient(3 * np.array([np.cos(angle), np.sin(angle)]))
    turned = np.unwrap(np.arctan2(slopes[1], slopes[0]))
    return float((turned[-1] - turned[0]) / (2 * np.pi))


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by SymPy's derivatives and NumPy's algebra.

    Parameters
    ----------
    state : dict
        As `MonkeyUnfolding.state` returns it.

    Returns
    -------
    dict
        ``points``, the critical points, the origin first, each with ``at``, ``value``, ``eigen``
        (ascending) and ``kind``; ``turns``, the number of turns of the gradient on the circle of
        radius 3, which is the sum of the indices; ``level``, the saddles' height; and of the probe
        ``value``, ``gradient``, ``hessian`` and ``eigen``.
    """
    t, p = state["t"], np.array(state["p"], dtype=float)
    known = field(t)
    H = known.hessian(p)
    return {
        "points": [_described(t, at) for at in _places(t)],
        "turns": _turns(t),
        "level": 4 * t**3 / 27,
        "value": float(known(p)),
        "gradient": known.gradient(p).tolist(),
        "hessian": H.tolist(),
        "eigen": np.linalg.eigvalsh(H).tolist(),
    }


def _draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.4, 3.9), layout="constrained", width_ratios=[1.35, 1]
    )
    plotting.contours(left, field(state["t"]), WINDOW)
    for angle in 2 * np.pi / 3 * np.arange(3):
        n = np.array([np.cos(angle), np.sin(angle)])
        foot = n * state["t"] / 3
        left.axline(
            foot, foot + np.array([-n[1], n[0]]), color=palette.colour("tangent"), ls="--", lw=1
        )
    for point in known["points"]:
        kind = point["kind"]
        left.plot(*point["at"], MARKERS[kind], color=palette.colour(INKS[kind]), ms=8, mew=2.5)
    t = np.linspace(-2, 2, 81)
    right.plot(t, 4 * t**3 / 27, color=palette.colour("path"), label="three saddles")
    right.plot([-2, 0], [0, 0], color=palette.colour("gradient"), label="maximum")
    right.plot([0, 2], [0, 0], color=palette.colour("constraint"), label="minimum")
    right.axvline(state["t"], color=palette.colour("quiet"), ls=":", lw=1)
    right.set(xlabel="t", title="heights of the critical points")
    right.legend()
    return fig
