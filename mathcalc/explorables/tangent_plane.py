"""A surface and its tangent plane: the figure, its twin, and its reference."""

from math import cos, radians, sin
from typing import Any

import numpy as np
import traitlets
from traitlets import Float, List, TraitError

from mathcalc.explorables.base import module_text
from mathcalc.explorables.surface_figure import SurfaceFigure, named
from mathcalc.explorables.tangent_plane_twin import draw
from mathcalc.symbolic import ScalarField


def _surface(name: str, formula: str, half: float, point: list[float]) -> dict[str, Any]:
    window = [-half, half, -half, half]
    return {"name": name, "formula": formula, "window": window, "point": point}


SURFACES = [
    _surface("hill", "2*exp(-(x**2 + y**2)/2)", 2.0, [0.4, -0.7]),
    _surface("bowl", "x**2 + x*y + y**2", 3.0, [1.0, 2.0]),
    _surface("saddle", "(x**2 - y**2)/2", 2.0, [-0.8, -0.6]),
    _surface("waves", "sin(x) + cos(y)", 4.0, [0.5, -1.0]),
    _surface("cone", "sqrt(x**2 + y**2)", 2.0, [0.6, -0.8]),
    _surface("fold", "abs(x) + y**2/4", 2.0, [0.5, -1.0]),
]


class TangentPlane(SurfaceFigure):
    r"""A surface :math:`z = f(x, y)` with its tangent plane at a point.

    The plane is :math:`f(p) + \nabla f(p)\cdot(q - p)`. It is tangent if what it misses at
    :math:`q`, divided by :math:`\|q - p\|`, tends to 0; so the figure magnifies both.

    Parameters
    ----------
    surface : str
        A name in the menu: its formula, window and point are the defaults below.
    zoom : float
        The window is shrunk ``2**zoom`` times towards the point; from 0 to 8.
    turn, tilt : float
        Where it is seen from, in degrees: around (-180 to 180), and above the horizon (-40 to 85).
    formula : str, optional
        A formula in ``x`` and ``y`` of your own.
    window : sequence of 4 floats, optional
        ``[left, right, bottom, top]``; as wide as it is high.
    point : sequence of 2 floats, optional
        Where the plane touches, inside of the window.

    Raises
    ------
    ValueError
        If there is no such surface or parameter.
    traitlets.TraitError
        If a value is out of range or a formula cannot be read.
    """

    name = "tangent-plane"
    state_keys = ("surfaces", "formula", "window", "point", "zoom", "turn", "tilt")
    _esm = module_text("tangent_plane.mjs")

    surfaces = List(SURFACES).tag(sync=True)
    point = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    zoom = Float(0.0, min=0.0, max=8.0).tag(sync=True)
    turn = Float(28.0, min=-180.0, max=180.0).tag(sync=True)
    tilt = Float(28.0, min=-40.0, max=85.0).tag(sync=True)

    def __init__(
        self,
        surface: str = "hill",
        *,
        zoom: float = 0.0,
        turn: float = 28.0,
        tilt: float = 28.0,
        **own: Any,
    ):
        unknown = own.keys() - {"formula", "window", "point"}
        if unknown:
            raise ValueError(f"{sorted(unknown)} are no parameters: see help(TangentPlane)")
        chosen = {**named(SURFACES, surface), **{k: v for k, v in own.items() if v is not None}}
        view = {key: chosen[key] for key in ("formula", "window", "point")}
        super().__init__(zoom=zoom, turn=turn, tilt=tilt, **view)

    @traitlets.validate("point")
    def _inside(self, proposal: dict[str, Any]) -> list[float]:
        (x, y), window = proposal["value"], self.window
        if window and not (window[0] <= x <= window[1] and window[2] <= y <= window[3]):
            raise TraitError(f"point={proposal['value']}: give a point in the window {window}")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        now, (x, y) = reference(self.state()), self.point
        seen = f"The surface z = {self.formula} over the plane, with the point ({x:.3g}, {y:.3g})"
        if now["gradient"] is None:
            return f"{seen}, where it has no tangent plane."
        fx, fy = now["gradient"]
        return (
            f"{seen} and its tangent plane there. Two slices through the point, along x and along "
            f"y, have tangents of slope {fx:.3g} and {fy:.3g} in that plane."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The tangent plane holds the tangents of the slices along x and along y. Turn the "
            "picture, move the point on the floor, then go nearer: the surface becomes its plane."
        )

    def twin(self) -> Any:
        """Draw the surface, the plane and the two slices: a Matplotlib figure."""
        return draw(self.state(), reference(self.state()))


def _miss(field: ScalarField, state: dict[str, Any], zoom: float) -> dict[str, Any]:
    """Return the plane at the probe of a zoom, and by how much it misses the surface there."""
    p, ends = np.array(state["point"]), np.reshape(state["window"], (2, 2))
    inward = np.where(p > ends.mean(1), -1, 1)
    step = np.array([0.25, 0.15]) * inward * np.diff(ends).ravel() / 2**zoom
    plane = float(field(p) + field.directional_derivative(p, step))
    surface, distance = float(field(p + step)), float(np.linalg.norm(step))
    return {
        "probe": (p + step).tolist(),
        "distance": distance,
        "plane": plane,
        "surface": surface,
        "remainder": surface - plane,
        "ratio": abs(surface - plane) / distance,
    }


def _camera(turn: float, tilt: float) -> dict[str, list[float]]:
    """Return the camera's basis as the columns of two rotations: about z, then about right."""
    a, b = radians(turn), radians(tilt)
    about_z = np.array([[cos(a), -sin(a), 0], [sin(a), cos(a), 0], [0, 0, 1]])
    about_x = np.array([[1, 0, 0], [0, cos(b), -sin(b)], [0, sin(b), cos(b)]])
    # Seen from the south: right is x, the viewer is at -y; then the camera rises by its tilt.
    right, toward, up = (about_z @ about_x.T @ np.array([[1, 0, 0], [0, -1, 0], [0, 0, 1]])).T
    return {"right": right.tolist(), "up": up.tolist(), "toward": toward.tolist()}


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, computed by SymPy's derivatives.

    Parameters
    ----------
    state : dict
        As `TangentPlane.state` returns it.

    Returns
    -------
    dict
        ``value`` and ``gradient`` at the point (None where they do not exist); ``at``: the probe,
        its distance, the plane and the surface there, remainder and ratio; ``ratios``: distance
        and ratio for the zooms 0 to 8; ``camera``: its basis ``right``, ``up``, ``toward``.
    """
    field, p = ScalarField(state["formula"], ("x", "y")), np.array(state["point"])
    view = _camera(state["turn"], state["tilt"])
    with np.errstate(all="ignore"):
        value, gradient = float(field(p)), field.gradient(p)
        if not np.isfinite([value, *gradient]).all():
            known = value if np.isfinite(value) else None
            return {"value": known, "gradient": None, "at": None, "ratios": [], "camera": view}
        rows = [_miss(field, state, zoom) for zoom in range(9)]
        at = _miss(field, state, state["zoom"])
    ratios = [[row["distance"], row["ratio"]] for row in rows]
    return {
        "value": value,
        "gradient": gradient.tolist(),
        "at": at,
        "ratios": ratios,
        "camera": view,
    }
