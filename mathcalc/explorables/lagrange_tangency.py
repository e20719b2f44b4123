"""A Lagrange multiplier as tangency: the figure, its twin, and its reference."""

from functools import cache
from typing import Any

import numpy as np
from traitlets import Enum, Float

from mathcalc import palette, plotting
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.symbolic import ScalarField

WINDOW = (-4.0, 4.0, -4.0, 4.0)
PROBLEMS = {  # f and h, where the constraint is g = h - c = 0
    "line": ("x**2 + y**2", "x + 2*y"),
    "ellipse": ("(x - 1.5)**2 + (y - 1)**2", "x**2/2 + 2*y**2"),
}
ARROW = 0.28  # units of length for a unit of gradient


class LagrangeTangency(Explorable):
    r"""A point on the curve :math:`g = 0`, and the part of :math:`\nabla f` along it.

    Parameters
    ----------
    curve : str
        ``"line"``, :math:`x + 2y = c` with :math:`f = x^2 + y^2`; or ``"ellipse"``,
        :math:`x^2/2 + 2y^2 = c` with :math:`f = (x - 1.5)^2 + (y - 1)^2`.
    c : float
        Which curve of the family, from 1 to 8.
    s : float
        Where on the curve, from -4 to 4: the distance from the line's nearest point to the
        origin, or eight for a whole turn round the ellipse.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range, or there is no such curve.
    """

    name = "lagrange-tangency"
    state_keys = ("curve", "c", "s")
    _esm = module_text("lagrange_tangency.mjs")

    curve = Enum(list(PROBLEMS), "line").tag(sync=True)
    c = Float(5.0, min=1.0, max=8.0).tag(sync=True)
    s = Float(1.5, min=-4.0, max=4.0).tag(sync=True)

    def __init__(self, curve: str = "line", *, c: float = 5.0, s: float = 1.5):
        super().__init__(curve=curve, c=c, s=s)

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known = reference(self.state())
        x, y = known["x"]
        return (
            f"The {self.curve} g = 0 with c = {self.c:.3g}, and a circle of f through a point of "
            f"it, ({x:.3g}, {y:.3g}). There the gradient of f has a part of "
            f"{abs(known['along']):.3g} along the curve. The dashed line, where both gradients are "
            f"parallel, meets the curve in {len(known['points'])} point(s). "
            "Right: f along the curve."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "Lagrange's multiplier. Drag the point along the curve until no part of ∇f is left "
            "along it: there the level line of f touches the curve, and ∇f + ν∇g = 0. Then move c."
        )

    def twin(self) -> Any:
        """Draw the curve with its gradients and f along it: a Matplotlib figure."""
        return _draw(self.state(), reference(self.state()))


@cache
def fields(curve: str) -> tuple[ScalarField, ScalarField]:
    """Return f and h."""
    f, h = PROBLEMS[curve]
    return ScalarField(f, ("x", "y")), ScalarField(h, ("x", "y"))


def place(curve: str, c: float, s: Any) -> np.ndarray:
    """Return the points of a curve at values of s, coordinates first."""
    s = np.asarray(s, dtype=float)
    if curve == "line":
        way = np.array([2.0, -1.0]) / np.sqrt(5)
        return (np.array([c, 2 * c]) / 5).reshape(2, *[1] * s.ndim) + np.multiply.outer(way, s)
    turn = np.pi * s / 4
    return np.array([np.sqrt(2 * c) * np.cos(turn), np.sqrt(c / 2) * np.sin(turn)])


def _tangencies(curve: str, c: float) -> np.ndarray:
    """Solve det[∇f, ∇g] = 0 with g = 0: linear for the line, a quartic in x for the ellipse.

    On the ellipse the determinant says y = x/(6 - 3x).
    """
    if curve == "line":
        return np.linalg.solve([[2.0, -1.0], [1.0, 2.0]], [0.0, c])[None]
    square = np.polymul([-3, 6], [-3, 6])
    roots = np.roots(np.polyadd(np.polymul([0.5, 0, -c], square), [2, 0, 0]))
    x = roots[np.abs(roots.imag) < 1e-9].real
    return np.stack([x, x / (6 - 3 * x)], 1)


def _multiplier(gradient: np.ndarray, normal: np.ndarray) -> float:
    """Return the ν for which ∇f + ν∇g is shortest."""
    return -float(np.linalg.lstsq(normal[:, None], gradient, rcond=None)[0][0])


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by SymPy's derivatives and NumPy's algebra.

    Parameters
    ----------
    state : dict
        As `LagrangeTangency.state` returns it.

    Returns
    -------
    dict
        At the point ``x``: ``value`` of f, ``gradient`` of f and ``normal`` of g, the ``unit``
        tangent in the direction of growing s, the part of the gradient ``along`` it, and ``nu``,
        the multiplier that leaves least of the gradient. ``points``, where both are parallel, the
        least value first, each with ``x``, ``value`` and ``nu``; the ``least`` value, and its
        derivative in c, the ``price``.
    """
    f, h = fields(state["curve"])
    x = place(state["curve"], state["c"], state["s"])
    gradient, normal = f.gradient(x), h.gradient(x)
    unit = np.array([normal[1], -normal[0]]) / np.linalg.norm(normal)
    unit *= 1 if state["curve"] == "line" else -1  # the ellipse is walked to the left of ∇g
    touch = [
        {"x": p.tolist(), "value": float(f(p)), "nu": _multiplier(f.gradient(p), h.gradient(p))}
        for p in _tangencies(state["curve"], state["c"])
    ]
    touch.sort(key=lambda point: point["value"])
    return {
        "x": x.tolist(),
        "value": float(f(x)),
        "gradient": gradient.tolist(),
        "normal": normal.tolist(),
        "unit": unit.tolist(),
        "along": float(gradient @ unit),
        "nu": _multiplier(gradient, normal),
        "points": touch,
        "least": touch[0]["value"],
        "price": -touch[0]["nu"],
    }


def _draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.4, 3.9), layout="constrained", width_ratios=[1.35, 1]
    )
    f, _ = fields(state["curve"])
    x, s = np.array(known["x"]), np.linspace(-4, 4, 161)
    plotting.contours(left, f, WINDOW)
    left.plot(*place(state["curve"], state["c"], s), color=palette.colour("constraint"), lw=2.5)
    left.plot(*_locus(state["curve"]), "--", color=palette.colour("quiet"), lw=1.2)
    level = {"fill": False, "ec": palette.colour("tangent"), "lw": 1.6}
    centre = x - np.array(known["gradient"]) / 2
    left.add_patch(plt.Circle((centre[0], centre[1]), known["value"] ** 0.5, **level))
    for point in known["points"]:
        plotting.dot(left, point["x"])
    plotting.arrow(left, x, ARROW * np.array(known["gradient"]), label="∇f")
    plotting.arrow(left, x, ARROW * np.array(known["normal"]), kind="constraint", label="∇g")
    if abs(known["along"]) > 1e-9:
        part = ARROW * known["along"] * np.array(known["unit"])
        plotting.arrow(left, x, part, kind="path")
    right.plot(s, f(place(state["curve"], state["c"], s)), color=palette.colour("ink"))
    plotting.dot(right, (state["s"], known["value"]))
    right.set(xlabel="s", title="f along the curve", ylim=(0, None))
    return fig


def _locus(curve: str) -> tuple[np.ndarray, np.ndarray]:
    x = np.linspace(-4, 4, 801)
    if curve == "line":
        return x, 2 * x
    with np.errstate(divide="ignore"):
        y = x / (6 - 3 * x)
    return x, np.where(np.abs(y) < 9, y, np.nan)
