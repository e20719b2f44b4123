"""Gradient descent against Newton's method on a quadratic: the figure, its twin, its reference."""

from bisect import bisect_left
from typing import Any

import numpy as np
import traitlets
from traitlets import Float, Int, List, TraitError

from mathcalc import palette, plotting
from mathcalc.explorables.base import Explorable, module_text

WINDOW = (-2.0, 2.0, -2.0, 2.0)
REACH = 2.0
HORIZON = 200
NEAR = 1e-6
STRIDE = 2.5
FAR = 2**52


class GDVersusNewton(Explorable):
    r"""Both methods on :math:`\tfrac12(x^2 + \kappa y^2)`, whose condition number is κ.

    A step of gradient descent multiplies the coordinates by :math:`1 - \eta` and
    :math:`1 - \eta\kappa`; it is stable for :math:`0 < \eta < 2/\kappa`, and the best step
    :math:`2/(1+\kappa)` leaves :math:`(\kappa-1)/(\kappa+1)` of the distance. Newton's step leads
    to the minimum at once.

    Parameters
    ----------
    kappa : float
        The condition number, from 1 to 100.
    eta : float
        The step size, from 0 to 2.5/κ.
    x0 : sequence of 2 floats
        The start of both, each coordinate from -2 to 2.
    t : int
        The step of gradient descent that is shown, from 0 to 200.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range.
    """

    name = "gd-versus-newton"
    state_keys = ("kappa", "eta", "x0", "t")
    _esm = module_text("gd_versus_newton.mjs")

    kappa = Float(10.0, min=1.0, max=100.0).tag(sync=True)
    eta = Float(0.1, min=0.0).tag(sync=True)
    x0 = List(Float(), [1.0, 1.0], minlen=2, maxlen=2).tag(sync=True)
    t = Int(0, min=0, max=HORIZON).tag(sync=True)

    def __init__(self, kappa: float = 10.0, eta: float = 0.1, *, x0: Any = (1.0, 1.0), t: int = 0):
        super().__init__(kappa=kappa, eta=eta, x0=list(x0), t=t)

    @traitlets.validate("eta")
    def _short(self, proposal: dict[str, Any]) -> float:
        if not proposal["value"] * self.kappa <= STRIDE * (1 + 1e-9):
            raise TraitError(f"eta={proposal['value']}: give a step from 0 to 2.5/kappa")
        return proposal["value"]

    @traitlets.validate("x0")
    def _inside(self, proposal: dict[str, Any]) -> list[float]:
        if not all(abs(coordinate) <= REACH for coordinate in proposal["value"]):
            raise TraitError(f"x0={proposal['value']}: give two numbers from -2 to 2")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known = reference(self.state())
        flat, steep = known["factors"]
        end = (
            "it does not settle"
            if known["steps"] is None
            else f"it needs {known['steps']} steps to come within a millionth of the minimum"
        )
        return (
            f"Contours of a quadratic with condition number {self.kappa:.3g}. Gradient descent "
            f"with step {self.eta:.3g} multiplies the coordinates by {flat:.3g} and {steep:.3g}; "
            f"{end}. Newton's method goes there in one straight step."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "Gradient descent against Newton's method. Lengthen the step until the steep "
            "coordinate bounces, then until it grows; raise κ, and see how the flat coordinate "
            "falls behind. Newton's step divides each slope by its curvature, and is there."
        )

    def twin(self) -> Any:
        """Draw both paths and the distances: a Matplotlib figure."""
        return _draw(self.state(), reference(self.state()))


def _steps(x0: np.ndarray, factors: np.ndarray) -> int | None:
    moving = x0 != 0
    sizes, shares = np.abs(x0[moving]), np.abs(factors[moving])
    if (shares >= 1).any():
        return None

    def near(t: int) -> bool:
        return np.hypot.reduce(sizes * shares**t) <= NEAR

    return bisect_left(range(FAR), True, key=near) if near(FAR) else None


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, from the closed form of both methods.

    Parameters
    ----------
    state : dict
        As `GDVersusNewton.state` returns it.

    Returns
    -------
    dict
        ``path`` and ``norms`` of gradient descent, 201 each; ``point``, the one at t; ``newton``,
        Newton's first point; ``factors`` of a step, the larger of them in modulus as ``rate``;
        ``steps``, the first with a distance of at most 1e-6 (None where there is none); the
        ``limit`` of stable step sizes; the ``best`` step's ``eta`` and ``rate``.
    """
    x0, kappa = np.array(state["x0"], dtype=float), state["kappa"]
    H = np.diag([1.0, kappa])
    factors = 1 - state["eta"] * np.diag(H)
    path = x0 * factors ** np.arange(HORIZON + 1)[:, None]
    best = 2 / np.linalg.eigvalsh(H).sum()
    return {
        "path": path.tolist(),
        "norms": np.hypot(*path.T).tolist(),
        "point": path[state["t"]].tolist(),
        "newton": (x0 - np.linalg.solve(H, H @ x0)).tolist(),
        "factors": factors.tolist(),
        "rate": float(np.abs(factors).max()),
        "steps": _steps(x0, factors),
        "limit": 2 / kappa,
        "best": {"eta": float(best), "rate": float(np.abs(1 - best * np.diag(H)).max())},
    }


def _draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.7), layout="constrained")
    plotting.contours(left, lambda p: (p[0] ** 2 + state["kappa"] * p[1] ** 2) / 2, WINDOW)
    plotting.path(left, np.clip(known["path"][:60], -9, 9), label="gradient descent")
    x0, end = np.array(state["x0"]), np.array(known["newton"])
    if np.any(x0 != end):
        plotting.arrow(left, x0, end - x0, kind="tangent", label="Newton", offset=(-30, 10))
    plotting.dot(left, x0, label="x₀")
    norms = np.array(known["norms"])
    right.semilogy(np.where(norms > 0, norms, np.nan), color=palette.colour("path"))
    if norms[0] > 0:
        right.semilogy(
            [0, 1], [norms[0], max(norms.min(), 1e-16 * norms[0])], color=palette.colour("tangent")
        )
    right.set(xlabel="t", ylabel="distance from the minimum")
    return fig
