"""Active and inactive constraints as a balance of forces: the figure, its twin, its reference."""

from typing import Any

import numpy as np
import traitlets
from traitlets import Bool, Float, List, TraitError

from mathcalc import palette, plotting
from mathcalc.explorables.base import Explorable, module_text

WINDOW = (-3.0, 3.0, -3.0, 3.0)
REACH = 2.0
SAMPLES = 60
FORCE = 0.45  # units of length for a unit of force


class KKTHalfPlane(Explorable):
    r"""The nearest point to a with :math:`x + y \ge c`, and with :math:`x \le d` if you like.

    Think of :math:`-\nabla f` as a pull on a ball, and of the multipliers as the pushes of walls.

    Parameters
    ----------
    c, d : float
        Where the walls stand, from -3 to 3.
    wall : bool
        Whether there is the second wall.
    a : sequence of 2 floats
        What draws the ball, each coordinate from -2 to 2.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range.
    """

    name = "kkt-half-plane"
    state_keys = ("c", "d", "wall", "a")
    _esm = module_text("kkt_half_plane.mjs")

    c = Float(1.0, min=-3.0, max=3.0).tag(sync=True)
    d = Float(0.25, min=-3.0, max=3.0).tag(sync=True)
    wall = Bool(False).tag(sync=True)
    a = List(Float(), [0.0, 0.0], minlen=2, maxlen=2).tag(sync=True)

    def __init__(self, c: float = 1.0, *, d: float = 0.25, wall: bool = False, a: Any = (0, 0)):
        super().__init__(c=c, d=d, wall=wall, a=[float(v) for v in a])

    @traitlets.validate("a")
    def _inside(self, proposal: dict[str, Any]) -> list[float]:
        if not all(abs(coordinate) <= REACH for coordinate in proposal["value"]):
            raise TraitError(f"a={proposal['value']}: give two numbers from -2 to 2")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known = reference(self.state())
        x, y = known["x"]
        pushed = [f"{m:.3g}" for m in known["mu"] if m > 0]
        held = f"held by walls that push with {' and '.join(pushed)}" if pushed else "free"
        return (
            f"Circles around ({self.a[0]:.3g}, {self.a[1]:.3g}), the allowed part of the plane, "
            f"and a ball at ({x:.3g}, {y:.3g}), {held}. Right: the least value over c, a curve of "
            f"slope {known['slope']:.3g} at c = {self.c:.3g}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "Conditions of optimality as a balance of forces. Drag the wall until it meets the "
            "ball: before, it is slack and does not push; after, it pushes and is not slack. Its "
            "push μ is the slope of the least value f*."
        )

    def twin(self) -> Any:
        """Draw the ball and the least value over c: a Matplotlib figure."""
        return _draw(self.state(), reference(self.state()))


def _walls(state: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows n and the offsets b of n·x ≤ b."""
    rows, offsets = [[-1.0, -1.0]], [-state["c"]]
    if state["wall"]:
        rows, offsets = [*rows, [1.0, 0.0]], [*offsets, state["d"]]
    return np.array(rows), np.array(offsets)


def _nearest(state: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest allowed point and the multipliers, as a least-distance problem.

    With z = x − a it is min ‖z‖ subject to Gz ≥ h, which is a problem of non-negative least squares
    in the multipliers: Lawson and Hanson, "Solving Least Squares Problems", 1974, chapter 23.
    """
    from scipy.optimize import nnls

    n, b = _walls(state)
    a = np.array(state["a"], dtype=float)
    G, h = -n, n @ a - b
    E, unit = np.vstack([G.T, h]), np.array([0.0, 0.0, 1.0])
    u, _ = nnls(E, unit)
    r = E @ u - unit
    return a - r[:2] / r[2], 2 * u / -r[2]


def _value(state: dict[str, Any]) -> float:
    return float(((_nearest(state)[0] - state["a"]) ** 2).sum())


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by SciPy's non-negative least squares.

    Parameters
    ----------
    state : dict
        As `KKTHalfPlane.state` returns it.

    Returns
    -------
    dict
        The minimiser ``x``; of each wall ``g`` (at most zero), ``mu`` (at least zero) and the push
        ``-mu ∇g`` in ``pushes``; ``gradient`` of f at x; ``value``, the least value; ``slope``, its
        derivative in c; ``curve``, the least values at 61 values of c from -3 to 3.
    """
    n, b = _walls(state)
    x, mu = _nearest(state)
    curve = [_value(state | {"c": c}) for c in np.linspace(-3, 3, SAMPLES + 1)]
    return {
        "x": x.tolist(),
        "g": (n @ x - b).tolist(),
        "mu": mu.tolist(),
        "pushes": (-mu[:, None] * n).tolist(),
        "gradient": (2 * (x - state["a"])).tolist(),
        "value": _value(state),
        "slope": float(mu[0]),
        "curve": curve,
    }


def _draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.4, 3.9), layout="constrained", width_ratios=[1.35, 1]
    )
    a, x, c = np.array(state["a"]), np.array(known["x"]), state["c"]
    plotting.contours(left, lambda p: (p[0] - a[0]) ** 2 + (p[1] - a[1]) ** 2, WINDOW)
    span = np.array([-3.0, 3.0])
    left.fill_between(span, -3, c - span, color=palette.colour("quiet"), alpha=0.22, lw=0)
    left.axline((0, c), slope=-1, color=palette.colour("constraint"), lw=2.5)
    if state["wall"]:
        left.axvspan(state["d"], 3, color=palette.colour("quiet"), alpha=0.22, lw=0)
        left.axvline(state["d"], color=palette.colour("adjoint"), lw=2.5)
    if np.any(known["gradient"]):
        plotting.arrow(left, x, -FORCE * np.array(known["gradient"]), label="−∇f")
    for push, kind in zip(known["pushes"], ("constraint", "adjoint"), strict=False):
        if np.any(push):
            plotting.arrow(left, x, FORCE * np.array(push), kind=kind)
    plotting.dot(left, a, label="a")
    plotting.dot(left, x, kind="path", label="x*")
    _draw_price(right, c, known)
    return fig


def _draw_price(ax: Any, c: float, known: dict[str, Any]) -> None:
    ax.plot(np.linspace(-3, 3, SAMPLES + 1), known["curve"], color=palette.colour("ink"))
    line = known["value"] + known["slope"] * np.array([-1, 1])
    ax.plot([c - 1, c + 1], line, "--", color=palette.colour("constraint"))
    plotting.dot(ax, (c, known["value"]), kind="path")
    ax.set(xlabel="c", title=f"least value, slope μ = {known['slope']:.3g}")
