"""The Laplacian as the mean of the neighbours: the figure, its twin, and its reference."""

from math import isfinite
from typing import Any

import numpy as np
import traitlets
from traitlets import Float, List, TraitError, Unicode

from mathcalc import palette, plotting
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.surface_figure import named
from mathcalc.symbolic import ScalarField

WINDOW = (-3.3, 3.3, -3.3, 3.3)
REACH = 2.0
COUNT = 240
PANELS, NODES = 8, 24

SURFACES = [
    {"name": "bowl", "formula": "x**2 + y**2", "laplacian": "4"},
    {"name": "monkey saddle", "formula": "x**3 - 3*x*y**2", "laplacian": "0"},
    {"name": "uneven saddle", "formula": "x**2 - y**2/2", "laplacian": "1"},
    {"name": "egg box", "formula": "cos(x)*cos(y)", "laplacian": "-2*cos(x)*cos(y)"},
]


class LaplacianNeighbours(Explorable):
    r"""The mean of a function on a small circle, less its value in the middle.

    For a function with continuous fourth derivatives this is
    :math:`\tfrac{r^2}{4}\Delta f(p) + O(r^4)`; for a quadratic there is no rest, and a harmonic
    function has no difference at all.

    Parameters
    ----------
    surface : str
        A name in the menu: ``"bowl"``, ``"monkey saddle"``, ``"uneven saddle"`` or ``"egg box"``.
    formula : str, optional
        A formula in ``x`` and ``y`` of your own; it is used in its stead.
    p : sequence of 2 floats
        The middle, each coordinate from -2 to 2.
    r : float
        The radius of the circle, from 0.01 to 1.

    Raises
    ------
    ValueError
        If there is no such function.
    traitlets.TraitError
        If a value is out of range or a formula cannot be read.
    """

    name = "laplacian-neighbours"
    state_keys = ("surfaces", "formula", "p", "r")
    _esm = module_text("laplacian_neighbours.mjs")

    surfaces = List(SURFACES).tag(sync=True)
    formula = Unicode().tag(sync=True)
    p = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    r = Float(0.5, min=0.01, max=1.0).tag(sync=True)

    def __init__(
        self,
        surface: str = "bowl",
        *,
        formula: str | None = None,
        p: Any = (1.0, 1.0),
        r: float = 0.5,
    ):
        chosen = named(SURFACES, surface)["formula"] if formula is None else formula
        super().__init__(formula=chosen, p=list(p), r=r)

    @traitlets.validate("formula")
    def _readable(self, proposal: dict[str, Any]) -> str:
        try:
            ScalarField(proposal["value"], ("x", "y"))
        except ValueError as error:
            raise TraitError(f"formula={proposal['value']!r}: {error}") from error
        return proposal["value"]

    @traitlets.validate("p")
    def _inside(self, proposal: dict[str, Any]) -> list[float]:
        if not all(abs(coordinate) <= REACH for coordinate in proposal["value"]):
            raise TraitError(f"p={proposal['value']}: give two numbers from -2 to 2")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known = reference(self.state())
        place = f"({self.p[0]:.3g}, {self.p[1]:.3g})"
        if not (isfinite(known["mean"]) and isfinite(known["laplacian"])):
            return f"Contours of {self.formula}, which has no value or no Laplacian round {place}."
        return (
            f"Contours of {self.formula} with a circle of radius {self.r:.3g} round {place}, "
            "coloured by how much higher or lower the function is there than in the middle: on "
            f"average by {_tidy(known['mean']):.3g}, where r²Δf/4 is {known['forecast']:.3g}. "
            "Beside it the same differences, unrolled."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The Laplacian measures how much higher the neighbours are on average. Drag p, draw "
            "the circle in: the mean of the differences (solid) approaches r²Δf/4 (dashed). Where "
            "the function is harmonic, orange and blue cancel on every circle."
        )

    def twin(self) -> Any:
        """Draw the circle and the differences: a Matplotlib figure."""
        return _draw(self.state(), reference(self.state()))


def _tidy(value: float) -> float:
    return 0.0 if abs(value) < 1e-13 else value


def _excess(field: ScalarField, state: dict[str, Any], angle: np.ndarray) -> np.ndarray:
    p = np.reshape(state["p"], (2,) + (1,) * angle.ndim)
    with np.errstate(all="ignore"):
        return field(p + state["r"] * np.stack([np.cos(angle), np.sin(angle)])) - field(p)


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by SymPy's Laplacian and Gauss's rule.

    Parameters
    ----------
    state : dict
        As `LaplacianNeighbours.state` returns it.

    Returns
    -------
    dict
        ``value`` and ``laplacian`` at p; ``excess``, f less f(p) at 240 angles; ``mean``, its mean
        over the circle, by Gauss's rule on eighths of it; ``forecast``, r²Δf/4.
    """
    field, p = ScalarField(state["formula"], ("x", "y")), np.array(state["p"], dtype=float)
    with np.errstate(all="ignore"):
        value, laplacian = float(field(p)), float(field.laplacian(p))
    if not isfinite(value):  # SymPy's derivative goes on where the function has ended
        laplacian = np.nan
    x, w = np.polynomial.legendre.leggauss(NODES)
    angle = (np.arange(PANELS)[:, None] + (x + 1) / 2) * 2 * np.pi / PANELS
    mean = float(np.sum(_excess(field, state, angle) * w / 2) / PANELS)
    even = np.arange(COUNT) * 2 * np.pi / COUNT
    return {
        "value": value,
        "laplacian": laplacian,
        "excess": _excess(field, state, even).tolist(),
        "mean": mean,
        "forecast": state["r"] ** 2 * laplacian / 4,
    }


def _draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.7), layout="constrained")
    field, excess = ScalarField(state["formula"], ("x", "y")), np.array(known["excess"])
    plotting.contours(left, field, WINDOW)
    angle = np.arange(COUNT) * 2 * np.pi / COUNT
    ring = np.reshape(state["p"], (2, 1)) + state["r"] * np.stack([np.cos(angle), np.sin(angle)])
    for here, ink in ((excess > 0, "gradient"), (excess <= 0, "tangent")):
        left.plot(*ring[:, here], ".", color=palette.colour(ink), markersize=5)
    plotting.dot(left, state["p"], label="p")
    degrees = np.degrees(angle)
    for limit, ink in ((np.maximum, "gradient"), (np.minimum, "tangent")):
        heights = np.nan_to_num(limit(excess, 0))
        right.fill_between(degrees, heights, color=palette.colour(ink), alpha=0.35, linewidth=0)
    right.plot(degrees, excess, color=palette.colour("ink"), linewidth=1)
    _draw_levels(right, known)
    right.set(xlabel="angle", title="f on the circle, less f(p)", xticks=[0, 90, 180, 270, 360])
    return fig


def _draw_levels(ax: Any, known: dict[str, Any]) -> None:
    if isfinite(known["mean"]):
        ax.axhline(known["mean"], color=palette.colour("path"), label="mean")
    if isfinite(known["forecast"]):
        ink = palette.colour("constraint")
        ax.axhline(known["forecast"], color=ink, linestyle="--", label="r²Δf/4")
    if ax.get_legend_handles_labels()[0]:
        ax.legend(loc="upper right")
