"""The directional derivative as a dial: the figure, its twin, and its reference."""

from math import atan2, isfinite, pi
from typing import Any

import numpy as np
import traitlets
from traitlets import Float, List, TraitError, Unicode

from mathcalc import palette, plotting
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.symbolic import ScalarField

WINDOW = (-4.0, 4.0, -4.0, 4.0)
REACH = 3.0
SPAN = 2.0
PIECES = 80
FLAT = 1e-12
TURN = 2 * pi

SURFACES = [
    {"name": "tilted bowl", "formula": "x**2 + x*y + y**2", "gradient": ["2*x + y", "x + 2*y"]},
    {"name": "anisotropic bowl", "formula": "(x**2 + 10*y**2)/2", "gradient": ["x", "10*y"]},
    {"name": "waves", "formula": "sin(x) + cos(y)", "gradient": ["cos(x)", "-sin(y)"]},
]


class DirectionalDial(Explorable):
    r"""The directional derivative :math:`D_u f(p) = \nabla f(p)\cdot u = \|\nabla f\|\cos\theta`.

    Parameters
    ----------
    surface : str
        A name in the menu: ``"tilted bowl"``, ``"anisotropic bowl"`` or ``"waves"``.
    formula : str, optional
        A formula in ``x`` and ``y`` of your own, such as ``"x*y"``; it is used in its stead.
    p : sequence of 2 floats
        The point, each coordinate from -3 to 3.
    phi : float
        The direction of :math:`u = (\cos\varphi, \sin\varphi)`, in radians; it is kept in
        :math:`[0, 2\pi)`.

    Raises
    ------
    ValueError
        If there is no such surface.
    traitlets.TraitError
        If a value is out of range or a formula cannot be read.
    """

    name = "directional-derivative-dial"
    state_keys = ("surfaces", "formula", "p", "phi")
    _esm = module_text("directional_dial.mjs")

    surfaces = List(SURFACES).tag(sync=True)
    formula = Unicode().tag(sync=True)
    p = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    phi = Float().tag(sync=True)

    def __init__(
        self,
        surface: str = "tilted bowl",
        *,
        formula: str | None = None,
        p: Any = (1.0, 2.0),
        phi: float = atan2(4, 3),
    ):
        chosen = _formula(surface) if formula is None else formula
        super().__init__(formula=chosen, p=list(p), phi=phi)

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
            raise TraitError(f"p={proposal['value']}: give two numbers from -3 to 3")
        return proposal["value"]

    @traitlets.validate("phi")
    def _turn(self, proposal: dict[str, Any]) -> float:
        if not isfinite(proposal["value"]):
            raise TraitError(f"phi={proposal['value']}: give a finite angle in radians")
        return proposal["value"] % TURN % TURN  # -1e-20 % TURN is TURN itself

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known = reference(self.state())
        point = f"({self.p[0]:.3g}, {self.p[1]:.3g})"
        if known["theta"] is None:
            lacks = "where its gradient vanishes or is missing"
            return f"Contours of {self.formula} and the point {point}, {lacks}."
        return (
            f"Contours of {self.formula} with the gradient and a unit vector u at {point}; "
            f"the slice along u with its tangent of slope {known['derivative']:.3f}; "
            "and |D_u f| in every direction: two circles that touch."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The directional derivative. Drag the point p and turn the unit vector u. The slope of "
            "the slice along u is the gradient's projection on u: the chord of a circle whose "
            "diameter is the gradient."
        )

    def twin(self) -> Any:
        """Draw the three pictures side by side: a Matplotlib figure."""
        return _draw(self.state(), reference(self.state()))


def _formula(surface: str) -> str:
    for entry in SURFACES:
        if entry["name"] == surface:
            return str(entry["formula"])
    raise ValueError(f"surface={surface!r}: choose one of {[s['name'] for s in SURFACES]}")


def _angle(a: np.ndarray, b: np.ndarray) -> float:
    """Return the angle between unit vectors; exact also near 0 and π, where arccos is not.

    W. Kahan, "How futile are mindless assessments of roundoff", 2006, section 12.
    """
    return float(2 * np.arctan2(np.linalg.norm(a - b), np.linalg.norm(a + b)))


def _level(gradient: np.ndarray) -> np.ndarray:
    """Return the unit tangent of the level curve, a quarter turn to the left of the gradient."""
    tangent = np.linalg.svd(gradient[None])[2][1]  # the null space of ∇fᵀ
    return tangent * np.sign(np.linalg.det(np.stack([gradient, tangent])))


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by SymPy's derivatives and NumPy's algebra.

    Parameters
    ----------
    state : dict
        As `DirectionalDial.state` returns it.

    Returns
    -------
    dict
        ``value``, ``gradient``, ``norm``, ``u``, ``derivative`` and ``slice``, 161 values of
        f(p + tu) for t from -2 to 2; ``theta`` in radians, ``projection`` (‖∇f‖ cos θ) and the
        level curve's unit ``tangent``, which are None where there is no gradient or it vanishes.
    """
    field, p = ScalarField(state["formula"], ("x", "y")), np.asarray(state["p"], dtype=float)
    u = np.array([np.cos(state["phi"]), np.sin(state["phi"])])
    line = p[:, None] + SPAN * np.linspace(-1, 1, 2 * PIECES + 1) * u[:, None]
    with np.errstate(all="ignore"):
        value, gradient, values = float(field(p)), field.gradient(p), field(line)
        slope = float(field.directional_derivative(p, u))
    if not isfinite(value):  # SymPy's derivative goes on where the function has ended
        gradient, slope = np.full(2, np.nan), np.nan
    norm = float(np.linalg.norm(gradient))
    known = {"value": value, "gradient": gradient.tolist(), "norm": norm, "u": u.tolist()}
    return {**known, "derivative": slope, "slice": values.tolist(), **_turned(gradient, u)}


def _turned(gradient: np.ndarray, u: np.ndarray) -> dict[str, Any]:
    norm = float(np.linalg.norm(gradient))
    if not FLAT < norm < np.inf:
        return {"theta": None, "projection": None, "tangent": None}
    theta = _angle(gradient / norm, u)
    tangent = _level(gradient).tolist()
    return {"theta": theta, "projection": norm * np.cos(theta), "tangent": tangent}


def _draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    shape: dict[str, Any] = {
        "figsize": (7.4, 4.6),
        "width_ratios": [1.5, 1],
        "height_ratios": [1, 1.25],
    }
    fig, axes = plt.subplot_mosaic("ps;pc", layout="constrained", **shape)
    _draw_plane(axes["p"], state, known)
    _draw_slice(axes["s"], known)
    _draw_polar(axes["c"], known)
    return fig


def _draw_plane(ax: Any, state: dict[str, Any], known: dict[str, Any]) -> None:
    p = np.array(state["p"])
    plotting.contours(ax, ScalarField(state["formula"], ("x", "y")), WINDOW)
    if known["tangent"]:
        ax.axline(p, p + known["tangent"], color=palette.colour("tangent"), linestyle="--")
        length = 0.5 + 2 * known["norm"] / (known["norm"] + 4)  # damped, as in the live figure
        plotting.arrow(ax, p, length * np.array(known["gradient"]) / known["norm"], label="∇f")
    plotting.arrow(ax, p, known["u"], kind="path", label="u", offset=(-12, 4))
    plotting.dot(ax, p, label="p")
    ax.set(xlabel="x", ylabel="y")


def _draw_slice(ax: Any, known: dict[str, Any]) -> None:
    t = np.linspace(-SPAN, SPAN, len(known["slice"]))
    ax.plot(t, known["slice"], color=palette.colour("path"))
    limits = ax.get_ylim()
    tangent = known["value"] + known["derivative"] * t
    ax.plot(t, tangent, "--", color=palette.colour("tangent"))
    if np.isfinite(known["value"]):
        plotting.dot(ax, (0, known["value"]))
    ax.set(title="f(p + tu)", xlabel="t", ylim=limits)


def _draw_polar(ax: Any, known: dict[str, Any]) -> None:
    turn = np.linspace(0, TURN, 181)
    way = np.stack([np.cos(turn), np.sin(turn)])
    slopes, ink = np.array(known["gradient"]) @ way, palette.colour("gradient")
    for side, style in ((slopes > 0, "-"), (slopes < 0, ":")):
        ax.plot(*np.where(side, np.abs(slopes) * way, np.nan), style, color=ink)
    if known["tangent"]:
        plotting.arrow(ax, (0, 0), known["gradient"])
        chord = np.outer([0, abs(known["derivative"])], known["u"])
        ax.plot(*chord.T, color=palette.colour("path"), linewidth=3)
    ax.set(title="$|D_u f|$ in every direction", aspect="equal")
    ax.set_axis_off()
