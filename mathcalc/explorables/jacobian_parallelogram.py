"""A Jacobian as the image of a small square: the figure, its twin, and its reference."""

from math import isfinite
from typing import Any

import numpy as np
import traitlets
from traitlets import Enum, Float, List, TraitError, Unicode

from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.jacobian_parallelogram_twin import draw
from mathcalc.explorables.surface_figure import named
from mathcalc.symbolic import VectorField

REACH = 2.0
PIECES = 24
NODES = 24
TURN = 2 * np.pi

SOFTMAX = "1 + exp(x) + exp(y)"
MAPS = [
    {"name": "(x² + y, xy)", "first": "x**2 + y", "second": "x*y", "p": [1.0, 1.0]},
    {"name": "polar", "first": "x*cos(y)", "second": "x*sin(y)", "p": [1.5, 0.5]},
    {
        "name": "softmax of (x, y, 0)",
        "first": f"exp(x)/({SOFTMAX})",
        "second": f"exp(y)/({SOFTMAX})",
        "p": [0.5, -0.5],
    },
    {"name": "complex square", "first": "x**2 - y**2", "second": "2*x*y", "p": [1.0, 0.5]},
]


class JacobianParallelogram(Explorable):
    r"""The image of a small square, and the parallelogram on the columns of the Jacobian.

    For a differentiable map, :math:`f(p + h) = f(p) + Jh + r(h)` with
    :math:`\|r(h)\|/\|h\| \to 0`: under a stronger and stronger glass the image becomes the
    parallelogram, whose signed area is :math:`\det J` times that of the square. A circle becomes
    the ellipse with half-axes :math:`\sigma_1 u_1, \sigma_2 u_2`.

    Parameters
    ----------
    name_of_map : str
        A name in the menu: ``"(x² + y, xy)"``, ``"polar"``, ``"softmax of (x, y, 0)"`` or
        ``"complex square"``.
    first, second : str, optional
        Formulas in ``x`` and ``y`` of your own for the two components.
    p : sequence of 2 floats, optional
        The point, each coordinate from -2 to 2; the square has its first corner there.
    s : float
        The side of the square, or the radius of the circle, from 0.01 to 1.
    shape : str
        ``"square"`` or ``"circle"``.

    Raises
    ------
    ValueError
        If there is no such map.
    traitlets.TraitError
        If a value is out of range or a formula cannot be read.
    """

    name = "jacobian-parallelogram"
    state_keys = ("maps", "first", "second", "p", "s", "shape")
    _esm = module_text("jacobian_parallelogram.mjs")

    maps = List(MAPS).tag(sync=True)
    first = Unicode().tag(sync=True)
    second = Unicode().tag(sync=True)
    p = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    s = Float(0.5, min=0.01, max=1.0).tag(sync=True)
    shape = Enum(["square", "circle"], "square").tag(sync=True)

    def __init__(self, name_of_map: str = "(x² + y, xy)", **own: Any):
        unknown = own.keys() - {"first", "second", "p", "s", "shape"}
        if unknown:
            raise ValueError(
                f"{sorted(unknown)} are no parameters: see help(JacobianParallelogram)"
            )
        chosen = {k: v for k, v in named(MAPS, name_of_map).items() if k != "name"}
        super().__init__(**{**chosen, **{k: v for k, v in own.items() if v is not None}})

    @traitlets.validate("first", "second")
    def _readable(self, proposal: dict[str, Any]) -> str:
        try:
            VectorField([proposal["value"]], ("x", "y"))
        except ValueError as error:
            name = proposal["trait"].name
            raise TraitError(f"{name}={proposal['value']!r}: {error}") from error
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
        at = f"a {self.shape} of size {self.s:.3g} at ({self.p[0]:.3g}, {self.p[1]:.3g})"
        if not isfinite(known["det"]):
            return f"Left: {at}. The map ({self.first}, {self.second}) has no Jacobian there."
        rows = "; ".join(f"{a:.3g}, {b:.3g}" for a, b in known["J"])
        return (
            f"Left: {at}. Right: its image under ({self.first}, {self.second}), and the image "
            f"under the Jacobian [{rows}], of determinant {known['det']:.3g}; the two differ by at "
            f"most {known['remainder']:.3g} of the distance from p."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "A Jacobian is what a map looks like under a strong glass. Drag p, and make s smaller: "
            "the true image of the square (solid) turns into the parallelogram on the columns of J "
            "(dashed), whose signed area is det J. A circle turns into the ellipse of the singular "
            "values."
        )

    def twin(self) -> Any:
        """Draw both panes: a Matplotlib figure."""
        return draw(self.state(), reference(self.state()), _outline(self.shape, self.s))


def _outline(shape: str, s: float) -> np.ndarray:
    """Return the displacements of the outline's 96 points from p: shape ``(2, 96)``."""
    if shape == "circle":
        angle = np.arange(4 * PIECES) * TURN / (4 * PIECES)
        return s * np.stack([np.cos(angle), np.sin(angle)])
    t, one = np.arange(PIECES) / PIECES, np.ones(PIECES)
    sides = [(t, 0 * t), (one, t), (1 - t, one), (0 * t, 1 - t)]
    return s * np.concatenate([np.stack(side) for side in sides], axis=1)


def _inside(shape: str, s: float) -> tuple[np.ndarray, np.ndarray]:
    """Return points of the shape and weights of sum 1 that give a function's mean over it."""
    x, w = np.polynomial.legendre.leggauss(NODES)
    x, w = (x + 1) / 2, w / 2
    if shape == "square":
        return s * np.stack(np.meshgrid(x, x)), np.outer(w, w)
    angle = np.arange(128) * TURN / 128
    r, a = np.meshgrid(s * x, angle)
    return np.stack([r * np.cos(a), r * np.sin(a)]), np.outer(np.ones(128) / 128, 2 * w * x)


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by SymPy's Jacobian and NumPy's SVD.

    The image's area is the integral of det J over the shape (the figure goes around it instead).

    Parameters
    ----------
    state : dict
        As `JacobianParallelogram.state` returns it.

    Returns
    -------
    dict
        ``value``, ``J`` and ``det`` at p; ``sigma``, ``u`` and ``v`` of its singular value
        decomposition (v₁ points to the right; rows are vectors); ``ratio``, the image's signed area
        by that of the shape; ``remainder``, the largest ‖f(p + h) - f(p) - Jh‖/‖h‖ on the outline.
    """
    field, p = VectorField([state["first"], state["second"]], ("x", "y")), np.array(state["p"])
    h = _outline(state["shape"], state["s"])
    with np.errstate(all="ignore"):
        value, J = field(p), _jacobian(field, p)
        rest = field(p[:, None] + h) - value[:, None] - J @ h
        length = np.linalg.norm(h, axis=0)
        remainder = np.max(np.linalg.norm(rest, axis=0)[length > 0] / length[length > 0])
        inside, weights = _inside(state["shape"], state["s"])
        area = _jacobian(field, p[:, None, None] + inside)
        ratio = np.sum(weights * (area[0, 0] * area[1, 1] - area[0, 1] * area[1, 0]))
    known = {"value": value.tolist(), "J": J.tolist(), "ratio": float(ratio)}
    return {**known, "remainder": float(remainder), **_decomposed(J)}


def _jacobian(field: VectorField, at: np.ndarray) -> np.ndarray:
    """Return J; none where a component has no value, where SymPy's derivative may go on."""
    known = np.isfinite(field(at))
    return np.where(known[:, None], field.jacobian(at), np.nan)


def _decomposed(J: np.ndarray) -> dict[str, Any]:
    if not np.isfinite(J).all():
        return {"det": np.nan, "sigma": [np.nan] * 2, "u": None, "v": None}
    u, sigma, vt = np.linalg.svd(J)
    sign = np.where(vt[0, 0] < 0, -1.0, 1.0)
    v = sign * vt[0]
    pair = np.array([v, [-v[1], v[0]]])
    signs = np.sign(np.sum(u.T * (pair @ J.T), axis=1))
    return {
        "det": float(np.linalg.det(J)),
        "sigma": sigma.tolist(),
        "u": (u.T * signs[:, None]).tolist(),
        "v": pair.tolist(),
    }
