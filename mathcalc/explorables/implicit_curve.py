"""The slope of a curve F(x, y) = 0: the figure, its twin, and its reference."""

from typing import Any

import numpy as np
from scipy.optimize import brentq
from traitlets import Float, List

from mathcalc import palette, plotting
from mathcalc.explorables.base import module_text
from mathcalc.explorables.surface_figure import SurfaceFigure, named
from mathcalc.symbolic import ScalarField

NEAR = 1e-7
CELLS = 120
SQUARE = [-2.0, 2.0, -2.0, 2.0]

CURVES = [
    {"name": "circle", "formula": "x**2 + y**2 - 1", "window": SQUARE, "point": [0.6, 0.8]},
    {"name": "y + y³ = x", "formula": "y + y**3 - x", "window": [-4, 4, -4, 4], "point": [2, 1]},
    {
        "name": "folium of Descartes",
        "formula": "x**3 + y**3 - 3*x*y",
        "window": [-3, 3, -3, 3],
        "point": [1.5, 1.5],
    },
    {"name": "y³ = x", "formula": "y**3 - x", "window": SQUARE, "point": [1, 1]},
    {"name": "cusp y² = x³", "formula": "y**2 - x**3", "window": SQUARE, "point": [1, 1]},
    {
        "name": "fixed point z = z²/4 + θ",
        "formula": "y - y**2/4 - x",
        "window": [-2, 4, -2, 4],
        "point": [0.75, 1],
    },
]


class ImplicitCurve(SurfaceFigure):
    r"""The slope :math:`dy/dx = -F_x/F_y` of a curve :math:`F(x, y) = 0`.

    By the implicit function theorem the curve is, near a point with :math:`F_y \neq 0`, the graph
    of one continuously differentiable function. Where :math:`F_y = 0` the theorem does not apply:
    there the tangent is vertical, or the point is singular, as in the folium's node.

    Parameters
    ----------
    curve : str
        A name in the menu, such as ``"circle"`` or ``"folium of Descartes"``.
    formula : str, optional
        An F in ``x`` and ``y`` of your own; it is used in its stead, in the window of the circle.
    point : sequence of 2 floats, optional
        A point on the curve, or near it.

    Raises
    ------
    ValueError
        If there is no such curve.
    traitlets.TraitError
        If a formula cannot be read.
    """

    name = "implicit-curve"
    state_keys = ("curves", "formula", "window", "point")
    _esm = module_text("implicit_curve.mjs")

    curves = List(CURVES).tag(sync=True)
    point = List(Float(), minlen=2, maxlen=2).tag(sync=True)

    def __init__(self, curve: str = "circle", *, formula: str | None = None, point: Any = None):
        entry = named(CURVES, curve)
        super().__init__(
            formula=entry["formula"] if formula is None else formula,
            window=[float(end) for end in entry["window"]],
            point=list(map(float, entry["point"] if point is None else point)),
        )

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        now = reference(self.state())
        if now["kind"] == "none":
            return f"The levels of {self.formula}, and no point of its zero level."
        point = f"({now['point'][0]:.3g}, {now['point'][1]:.3g})"
        says = {
            "graph": f"its tangent of slope {now['slope'] or 0:.4g}",
            "vertical": "its vertical tangent",
            "singular": "no tangent, for the point is singular",
        }[now["kind"]]
        return (
            f"The curve {self.formula} = 0 with a point at {point}, {says}, and the gradient of F."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "A curve F(x, y) = 0. Drag the point along it, or move it with the arrow keys. Its "
            "slope is −(∂F/∂x)/(∂F/∂y); at the marked points ∂F/∂y = 0, and the implicit function "
            "theorem does not apply."
        )

    def twin(self) -> Any:
        """Draw the curve, the tangent and the gradient: a Matplotlib figure."""
        return _draw(self.formula, self.window, reference(self.state()))


def settle(field: ScalarField, start: Any) -> np.ndarray | None:
    """Return the point of F = 0 that Newton's method finds, each step the shortest possible."""
    p = np.asarray(start, dtype=float)
    for _ in range(200):
        value, row = float(field(p)), field.gradient(p)[None, :]
        if value == 0 or not row.any():
            return p if value == 0 else None
        step = np.linalg.pinv(row)[:, 0] * value
        p = p - step
        if not np.isfinite(p).all():
            return None
        if np.linalg.norm(step) <= 1e-15 * (1 + np.linalg.norm(p)):
            return p
    return None


def _kind(gradient: np.ndarray, hessian: np.ndarray) -> str:
    size = np.linalg.norm(gradient)
    if size <= NEAR * np.abs(hessian).max() or size == 0:
        return "singular"
    return "vertical" if abs(gradient[1]) <= NEAR * size else "graph"


def _solutions(field: ScalarField, x: float, bottom: float, top: float) -> list[float]:
    """Return the y between two ends at which F(x, y) changes its sign, by Brent's method."""
    ends = np.linspace(bottom, top, CELLS + 2)
    values = field(np.stack([np.full_like(ends, x), ends]))
    found = []
    for k in np.flatnonzero((values[:-1] > 0) != (values[1:] > 0)):
        if np.isfinite(values[k : k + 2]).all():
            root = brentq(
                lambda y: float(field(np.array([x, y]))), *ends[k : k + 2], xtol=1e-15, maxiter=1000
            )
            if abs(field(np.array([x, root]))) <= np.abs(values[k : k + 2]).max():
                found.append(float(root))
    return found


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by SymPy's derivatives and SciPy's zeros.

    Parameters
    ----------
    state : dict
        As `ImplicitCurve.state` returns it.

    Returns
    -------
    dict
        ``point`` on the curve, ``kind`` (``"graph"``, ``"vertical"``, ``"singular"``, or
        ``"none"`` where no point is found), ``slope`` (None but for a graph), ``solutions`` (all y
        in the window at this x), and where there is a point, ``value``, ``gradient``, ``hessian``.
    """
    field = ScalarField(state["formula"], ("x", "y"))
    with np.errstate(all="ignore"):
        p = settle(field, state["point"])
        if p is None:
            return {"point": None, "kind": "none", "slope": None, "solutions": []}
        value, gradient, hessian = float(field(p)), field.gradient(p), field.hessian(p)
        if not np.isfinite([value, *gradient, *hessian.ravel()]).all():
            return {"point": p.tolist(), "kind": "none", "slope": None, "solutions": []}
        solutions = _solutions(field, float(p[0]), *state["window"][2:])
    kind = _kind(gradient, hessian)
    slope = (
        float(np.linalg.solve(gradient[None, 1:], -gradient[:1])[0]) if kind == "graph" else None
    )
    jet = {"value": value, "gradient": gradient.tolist(), "hessian": hessian.tolist()}
    return {"point": p.tolist(), "kind": kind, "slope": slope, "solutions": solutions, **jet}


def _draw(formula: str, window: Any, now: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(4.4, 4.2), layout="constrained")
    field = ScalarField(formula, ("x", "y"))
    plotting.contours(ax, field, window, lines=False)
    left, right, bottom, top = window
    grid = np.stack(np.meshgrid(np.linspace(left, right, 161), np.linspace(bottom, top, 161)))
    with np.errstate(all="ignore"):
        values = np.ma.masked_invalid(np.broadcast_to(field(grid), grid.shape[1:]))
    ax.contour(*grid, values, levels=[0], colors=[palette.colour("constraint")], linewidths=2)
    if now["kind"] in ("graph", "vertical"):
        gradient = np.array(now["gradient"])
        across = np.array([gradient[1], -gradient[0]])
        ink = palette.colour("tangent")
        ax.axline(now["point"], np.array(now["point"]) + across, color=ink, linestyle="--")
        length = 0.15 * (right - left) / np.linalg.norm(gradient)
        plotting.arrow(ax, now["point"], length * gradient, label="∇F")
    if now["kind"] != "none":
        plotting.dot(ax, now["point"])
    ax.set(xlabel="x", ylabel="y")
    return fig
