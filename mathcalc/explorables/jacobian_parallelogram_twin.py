"""The still picture of the Jacobian's parallelogram, drawn by Matplotlib."""

from typing import Any

import numpy as np

from mathcalc import palette, plotting
from mathcalc.symbolic import VectorField

FIELD = (-2.4, 3.4)


def draw(state: dict[str, Any], known: dict[str, Any], h: np.ndarray) -> Any:
    """Draw both panes, from a state, its numbers and the outline's displacements from p."""
    import matplotlib.pyplot as plt

    fig, (before, after) = plt.subplots(1, 2, figsize=(7.4, 3.7), layout="constrained")
    field, p = VectorField([state["first"], state["second"]], ("x", "y")), np.array(state["p"])
    s, value, J = state["s"], np.array(known["value"]), np.array(known["J"])
    _mesh(before, after, field, p, s)
    h = np.concatenate([h, h[:, :1]], axis=1)
    with np.errstate(all="ignore"):
        image = field(p[:, None] + h)
    ink = {"color": palette.colour("path"), "linewidth": 1.8}
    before.plot(*(p[:, None] + h), **ink)
    after.plot(*image, **ink)
    plotting.dot(before, p, label="p", offset=(-14, -12))
    if known["v"] is None:
        return fig
    after.plot(*(value[:, None] + J @ h), "--", color=palette.colour("tangent"))
    plotting.dot(after, value, label="f(p)")
    half = 1.9 * s * max(float(np.linalg.norm(J)), 0.05)
    middle = value + (0 if state["shape"] == "circle" else s / 2) * J.sum(axis=1)
    (x, y), window = middle, np.array([-half, half])
    after.set(xlim=x + window, ylim=y + window, aspect="equal", title="after it")
    before.set(aspect="equal", title="before the map")
    return fig


def _mesh(before: Any, after: Any, field: VectorField, p: np.ndarray, s: float) -> None:
    """Draw the lines through p a side apart, and their images."""
    low, high = p + s * (FIELD[0] - p), p + s * (FIELD[1] - p)
    t = np.linspace(0, 1, 41)
    ink = {"color": palette.colour("quiet"), "linewidth": 0.5, "alpha": 0.6}
    for axis in (0, 1):
        for k in range(int(np.ceil((low[axis] - p[axis]) / s - 1e-9)), 6):
            at = p[axis] + k * s
            if at > high[axis] + 1e-9:
                break
            along = low[1 - axis] + t * (high - low)[1 - axis]
            line = np.stack([np.full(41, at), along][:: 1 if axis == 0 else -1])
            before.plot(*line, **ink)
            with np.errstate(all="ignore"):
                after.plot(*field(line), **ink)
    before.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
