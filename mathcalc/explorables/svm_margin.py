"""A support vector machine with points to drag: the figure, its twin, and its reference."""

from math import inf
from typing import Any

import numpy as np
import traitlets
from traitlets import Bool, Float, List, TraitError

from mathcalc import palette, plotting
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.optimality import svm_dual

REACH = 4.0
NONE = 1e-11  # mixed classes and cheap slack: no direction is better than another
START = [
    [1.0, 1.0, 1.0],
    [3.0, 1.0, 1.0],
    [2.0, 2.8, 1.0],
    [0.6, 2.4, 1.0],
    [-1.0, -1.0, -1.0],
    [-2.4, 0.2, -1.0],
    [-1.6, -2.6, -1.0],
    [0.8, -2.2, -1.0],
]


class SVMMargin(Explorable):
    r"""The widest street between two classes, and the multipliers that hold it.

    Parameters
    ----------
    points : sequence of 6 to 12 triples
        Coordinates from -4 to 4, and the class, 1 or -1; both classes occur.
    C : float
        The price of slack, from 0.01 to 100.
    hard : bool
        No slack at any price.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range.
    """

    name = "svm-margin"
    state_keys = ("points", "C", "hard")
    _esm = module_text("svm_margin.mjs")

    points = List(List(Float()), START).tag(sync=True)
    C = Float(1.0, min=0.01, max=100.0).tag(sync=True)
    hard = Bool(False).tag(sync=True)

    def __init__(self, points: Any = START, *, C: float = 1.0, hard: bool = False):
        super().__init__(points=[[float(v) for v in p] for p in points], C=C, hard=hard)

    @traitlets.validate("points")
    def _two_classes(self, proposal: dict[str, Any]) -> list[list[float]]:
        points = proposal["value"]
        if not 6 <= len(points) <= 12 or any(len(p) != 3 for p in points):
            raise TraitError("points: give 6 to 12 triples of x, y and the class, 1 or -1")
        if any(abs(x) > REACH or abs(y) > REACH for x, y, _ in points):
            raise TraitError("points: give coordinates from -4 to 4")
        if {label for _, _, label in points} != {1.0, -1.0}:
            raise TraitError("points: both classes must occur, 1 and -1, and no other")
        return points

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known = reference(self.state())
        start = f"{len(self.points)} points of two classes"
        if known["alpha"] is None:
            return f"{start} that no line parts."
        support = sum(a > 0 for a in known["alpha"])
        return (
            f"{start}, the line between them and a street of width {known['width']:.3g}; "
            f"{support} support vectors are ringed. Right: their multipliers as bars."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The widest street between two classes. Drag a point: while its α is zero nothing "
            "happens. Only the ringed points hold the street, each with the force α; no force is "
            "larger than C."
        )

    def twin(self) -> Any:
        """Draw the street and the multipliers: a Matplotlib figure."""
        return _draw(self.state(), reference(self.state()))


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by the package's quadratic program.

    Parameters
    ----------
    state : dict
        As `SVMMargin.state` returns it.

    Returns
    -------
    dict
        ``alpha``, ``w``, ``b``, ``margins``, ``slack``, ``width``, ``primal``, ``dual``, ``gap``
        as in `mathcalc.optimality.SVM`, and ``balance``, Σ αᵢyᵢ. Where no line parts the classes
        and the margin is hard, ``alpha`` is None, and nothing else is there.
    """
    points = np.array(state["points"])
    try:
        found = svm_dual(points[:, :2], points[:, 2], inf if state["hard"] else state["C"])
    except ValueError:
        return {"alpha": None}
    assert found.w is not None
    street = np.linalg.norm(found.w) > NONE
    return {
        "alpha": found.alpha.tolist(),
        "w": found.w.tolist() if street else [0.0, 0.0],
        "b": found.b,
        "margins": found.margins.tolist(),
        "slack": found.slack.tolist(),
        "width": float(found.width) if street else inf,
        "primal": found.primal,
        "dual": found.dual,
        "gap": found.gap,
        "balance": float(found.alpha @ points[:, 2]),
    }


def _draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.4, 3.9), layout="constrained", width_ratios=[1.35, 1]
    )
    points = np.array(state["points"])
    alpha = np.zeros(len(points)) if known["alpha"] is None else np.array(known["alpha"])
    if known["alpha"] is not None and np.any(known["w"]):
        _draw_street(left, np.array(known["w"]), known["b"])
    sizes = 130 + 500 * alpha / max(alpha.max(), 1e-300)
    ringed = alpha > 0
    left.scatter(*points[ringed, :2].T, s=sizes[ringed], fc="none", ec=palette.colour("path"), lw=2)
    for label, marker, kind in ((1, "o", "constraint"), (-1, "s", "gradient")):
        left.plot(*points[points[:, 2] == label, :2].T, marker, color=palette.colour(kind), ms=8)
    left.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), aspect="equal")
    inks = [palette.colour("constraint" if label > 0 else "gradient") for label in points[:, 2]]
    right.bar(range(1, len(points) + 1), alpha, color=inks)
    right.set(title="multipliers α", xticks=range(1, len(points) + 1))
    return fig


def _draw_street(ax: Any, w: np.ndarray, b: float) -> None:
    for level, style in ((-1, "--"), (0, "-"), (1, "--")):
        foot = w * (level - b) / (w @ w)
        along = foot + np.array([-w[1], w[0]])
        ax.axline(foot, along, color=palette.colour("tangent"), ls=style)
    plotting.dot(ax, -b * w / (w @ w), kind="tangent")
