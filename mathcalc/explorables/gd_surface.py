"""Gradient descent with momentum on a surface: the figure, its twin, and its reference."""

from typing import Any

import numpy as np
import traitlets
from traitlets import Float, Int, List, TraitError

from mathcalc import plotting
from mathcalc.explorables.base import module_text
from mathcalc.explorables.gd_surfaces import SURFACES
from mathcalc.explorables.surface_figure import SurfaceFigure, named
from mathcalc.symbolic import ScalarField

HORIZON = 500
CEILING = 1e12


class GDSurface(SurfaceFigure):
    r"""Gradient descent with momentum on a function of the plane.

    The path is that of the heavy ball,
    :math:`x_{t+1} = x_t - \eta\nabla f(x_t) + \beta(x_t - x_{t-1})` with :math:`x_{-1} = x_0`
    (Polyak 1964); :math:`\beta = 0` is gradient descent.

    Parameters
    ----------
    surface : str
        A name in the menu: its formula, window, start and step size are the defaults below.
    formula : str, optional
        A formula in ``x`` and ``y`` of your own, such as ``"x**2 + 3*y**2"``.
    window : sequence of 4 floats, optional
        What is shown, ``[left, right, bottom, top]``; as wide as it is high.
    start : sequence of 2 floats, optional
        Where the path starts.
    eta : float, optional
        The step size, from 0.001 to 1.
    beta : float
        The momentum, from 0 to 0.99.
    t : int
        The iteration that is shown, from 0 to 500.

    Raises
    ------
    ValueError
        If there is no such surface.
    traitlets.TraitError
        If a value is out of range or a formula cannot be read.
    """

    name = "gd-surface"
    state_keys = ("surfaces", "formula", "start", "window", "eta", "beta", "t")
    _esm = module_text("gd_surface.mjs")

    surfaces = List(SURFACES).tag(sync=True)
    start = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    eta = Float(min=0.001, max=1.0).tag(sync=True)
    beta = Float(min=0.0, max=0.99).tag(sync=True)
    t = Int(min=0, max=HORIZON).tag(sync=True)

    def __init__(
        self, surface: str = "anisotropic bowl", *, beta: float = 0.0, t: int = 0, **own: Any
    ):
        unknown = own.keys() - {"formula", "window", "start", "eta"}
        if unknown:
            raise ValueError(f"{sorted(unknown)} are no parameters: see help(GDSurface)")
        chosen = {**named(SURFACES, surface), **{k: v for k, v in own.items() if v is not None}}
        view = {key: chosen[key] for key in ("formula", "window", "start", "eta")}
        super().__init__(beta=beta, t=t, **view)

    @traitlets.validate("start")
    def _finite(self, proposal: dict[str, Any]) -> list[float]:
        if not np.isfinite(proposal["value"]).all():
            raise TraitError(f"start={proposal['value']}: give two finite numbers")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        run = reference(self.state())
        x, y = run["path"][min(self._shown(), run["last"])] if run["last"] >= 0 else self.start
        return (
            f"Filled contours of {self.formula} with the path of gradient descent from "
            f"({self.start[0]:.3g}, {self.start[1]:.3g}) to ({x:.3g}, {y:.3g}) "
            f"with step size {self.eta:.3f} and momentum {self.beta:.2f}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "Gradient descent with momentum. Drag the start, or click; change the step size η and "
            "the momentum β, and watch where the path goes before you play it."
        )

    def _shown(self) -> int:
        # A still picture of the start alone would show no descent.
        return self.t or 100

    def twin(self) -> Any:
        """Draw the contours and the path: a Matplotlib figure."""
        return _draw(self.state(), self._shown())


def _draw(state: dict[str, Any], steps: int) -> Any:
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(4.6, 4.4), layout="constrained")
    with np.errstate(all="ignore"):
        plotting.contours(ax, ScalarField(state["formula"], ("x", "y")), state["window"])
    plotting.path(ax, np.array(reference(state)["path"][: steps + 1]).reshape(-1, 2))
    ax.set(xlabel="x", ylabel="y")
    return fig


def _standing(value: float, gradient: np.ndarray) -> str:
    if abs(value) > CEILING:
        return "diverged"
    return "ran" if np.isfinite([value, *gradient]).all() else "undefined"


def descend(
    field: ScalarField, start: Any, eta: float, beta: float, steps: int = HORIZON
) -> dict[str, Any]:
    """Run the heavy ball, and stop before the first point that cannot be shown.

    Parameters
    ----------
    field : ScalarField
        The loss, a function of two variables.
    start : array_like, shape (2,)
        The first point; the ball starts at rest.
    eta, beta : float
        Step size and momentum.
    steps : int
        How many steps at most.

    Returns
    -------
    dict
        ``path`` (points), ``losses`` and ``norms``, one for each point, and ``status``:
        ``"ran"``, ``"diverged"`` (the loss left ±10¹²) or ``"undefined"`` (no value there).
    """
    run: dict[str, Any] = {"path": [], "losses": [], "norms": [], "status": "ran"}
    x, velocity = np.asarray(start, dtype=float), np.zeros(2)
    while len(run["path"]) <= steps:
        value, gradient = float(field(x)), np.asarray(field.gradient(x), dtype=float)
        run["status"] = _standing(value, gradient)
        if run["status"] != "ran":
            break
        run["path"].append(x.tolist())
        run["losses"].append(value)
        run["norms"].append(float(np.hypot(*gradient)))
        velocity = beta * velocity - eta * gradient
        x = x + velocity
    return run


def _stability(field: ScalarField, state: dict[str, Any]) -> dict[str, Any]:
    start = np.asarray(state["start"], dtype=float)
    known = [s["minimisers"] for s in SURFACES if s["formula"] == state["formula"]]
    near = min(known[0], key=lambda m: np.hypot(*(start - m))) if known else None
    everywhere = all(not expression.free_symbols for expression in field.hessian_expression)
    if near is None and not everywhere:
        return {"scope": "unknown", "near": None, "limit": None}
    least, most = np.linalg.eigvalsh(field.hessian(start if everywhere else np.array(near)))
    stable = least >= 0 < most
    return {
        "scope": "everywhere" if everywhere else "minimum",
        "near": near,
        "limit": 2 * (1 + state["beta"]) / float(most) if stable else None,
    }


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, computed by SymPy's derivatives.

    Parameters
    ----------
    state : dict
        As `GDSurface.state` returns it.

    Returns
    -------
    dict
        What `descend` returns, with ``last`` (the index of the last point), ``t`` (the one that
        is shown) and ``stability`` (scope, nearest minimiser, largest stable step size).
    """
    field = ScalarField(state["formula"], ("x", "y"))
    with np.errstate(all="ignore"):
        run = descend(field, state["start"], state["eta"], state["beta"])
    last = len(run["path"]) - 1
    shown = {"last": last, "t": min(state["t"], last)}
    return {**run, **shown, "stability": _stability(field, state)}
