"""The curvature of a quadratic form: the figure, its twin, and its reference."""

from math import isfinite, pi
from typing import Any

import numpy as np
import traitlets
from traitlets import Float, TraitError

from mathcalc import palette, plotting
from mathcalc.explorables.base import Explorable, module_text

WINDOW = (-2.0, 2.0, -2.0, 2.0)
REACHES = (3.8, 6.6)
FLAT = 1e-9
TURN = 2 * pi


class HessianQuadraticModel(Explorable):
    r"""The quadratic form :math:`\tfrac12 x^\mathsf{T} H x` and its curvature in every direction.

    For a unit vector :math:`u = (\cos\varphi, \sin\varphi)`, and :math:`w` a quarter turn to its
    right, the point :math:`(u^\mathsf{T}Hu, w^\mathsf{T}Hu)` goes round a circle, by
    :math:`2\varphi`. Its centre is half the trace; it crosses the axis at the eigenvalues; zero
    lies inside exactly where the determinant is negative (O. Mohr, 1882).

    Parameters
    ----------
    a, b, c : float
        The entries of :math:`H = \begin{pmatrix} a & b \\ b & c \end{pmatrix}`, from -3 to 3.
    phi : float
        The direction of u in radians; it is kept in :math:`[0, 2\pi)`.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range.
    """

    name = "hessian-quadratic-model"
    state_keys = ("a", "b", "c", "phi")
    _esm = module_text("hessian_quadratic_model.mjs")

    a = Float(2.0, min=-3.0, max=3.0).tag(sync=True)
    b = Float(1.0, min=-3.0, max=3.0).tag(sync=True)
    c = Float(2.0, min=-3.0, max=3.0).tag(sync=True)
    phi = Float(pi / 12).tag(sync=True)

    def __init__(self, a: float = 2.0, b: float = 1.0, c: float = 2.0, *, phi: float = pi / 12):
        super().__init__(a=a, b=b, c=c, phi=phi)

    @traitlets.validate("a", "b", "c", "phi")
    def _finite(self, proposal: dict[str, Any]) -> float:
        value, name = proposal["value"], proposal["trait"].name
        if not isfinite(value):
            raise TraitError(f"{name}={value}: give a finite number")
        return value % TURN % TURN if name == "phi" else value

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known = reference(self.state())
        low, high = known["eigen"]
        return (
            f"Left: contours of the quadratic form of H = [{self.a:.3g}, {self.b:.3g}; "
            f"{self.b:.3g}, {self.c:.3g}] with its eigenvectors and a direction u. Right: the "
            f"circle of the curvatures, which crosses the axis at the eigenvalues {low:.3g} and "
            f"{high:.3g}; along u the curvature is {known['curvature']:.3g}. H is {known['kind']}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The curvature of a quadratic form. Turn u, and the curvature uᵀHu goes round a "
            "circle; where that crosses the axis u is an eigenvector. Change H until the circle "
            "swallows zero: the bowl becomes a saddle."
        )

    def twin(self) -> Any:
        """Draw the contours and the circle: a Matplotlib figure."""
        return _draw(self.state(), reference(self.state()))


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by LAPACK's symmetric eigenvalues.

    Parameters
    ----------
    state : dict
        As `HessianQuadraticModel.state` returns it.

    Returns
    -------
    dict
        ``u``; ``eigen`` (ascending) and ``vectors`` (rows; None where every direction is one),
        ``trace``, ``det``, ``curvature`` (uᵀHu), ``twist`` (wᵀHu), ``centre`` and ``radius`` of the
        circle, and ``kind``, the definiteness of H in words.
    """
    H = np.array([[state["a"], state["b"]], [state["b"], state["c"]]])
    u = np.array([np.cos(state["phi"]), np.sin(state["phi"])])
    w = np.array([u[1], -u[0]])
    eigen, vectors = np.linalg.eigh(H)
    same = state["a"] == state["c"] and state["b"] == 0
    return {
        "u": u.tolist(),
        "eigen": eigen.tolist(),
        "vectors": None if same else vectors.T.tolist(),
        "trace": float(np.trace(H)),
        "det": float(np.linalg.det(H)),
        "curvature": float(u @ H @ u),
        "twist": float(w @ H @ u),
        "centre": float(eigen.mean()),
        "radius": float(np.ptp(eigen)) / 2,
        "kind": _kind(eigen),
    }


def _kind(eigen: np.ndarray) -> str:
    signs = set(np.sign(np.where(np.abs(eigen) > FLAT * np.abs(eigen).max(), eigen, 0)).tolist())
    names = {
        frozenset({1.0}): "positive definite",
        frozenset({-1.0}): "negative definite",
        frozenset({-1.0, 1.0}): "indefinite",
        frozenset({0.0, 1.0}): "positive semidefinite",
        frozenset({-1.0, 0.0}): "negative semidefinite",
        frozenset({0.0}): "zero",
    }
    return names[frozenset(signs)]


def _draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.7), layout="constrained")
    a, b, c = (state[key] for key in "abc")
    plotting.contours(
        left, lambda p: (a * p[0] ** 2 + 2 * b * p[0] * p[1] + c * p[1] ** 2) / 2, WINDOW
    )
    for vector, ink, line in zip(
        known["vectors"] or [], ("constraint", "gradient"), ("--", "-"), strict=False
    ):
        left.axline((0, 0), vector, color=palette.colour(ink), linestyle=line)
    plotting.arrow(left, (0, 0), known["u"], kind="path", label="u")
    _draw_ring(right, known)
    return fig


def _draw_ring(ax: Any, known: dict[str, Any]) -> None:
    import matplotlib.pyplot as plt

    centre, radius, ink = known["centre"], known["radius"], palette.colour("path")
    ax.add_patch(plt.Circle((centre, 0), radius, fill=False, color=ink, linewidth=1.6))
    ax.axhline(0, color=palette.colour("quiet"), linewidth=0.8)
    ax.plot([centre, known["curvature"]], [0, known["twist"]], color=ink)
    for value, kind, label in zip(
        known["eigen"], ("constraint", "gradient"), ("λmin", "λmax"), strict=True
    ):
        plotting.dot(ax, (value, 0), kind=kind, label=label, offset=(4, 6))
    plotting.dot(ax, (known["curvature"], known["twist"]), kind="path", label="u", offset=(6, 4))
    ax.plot(0, 0, "+", color=palette.colour("ink"), markersize=10)
    reach = REACHES[int(np.abs(known["eigen"]).max() > 3.3)]
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", xlabel="curvature uᵀHu")
