"""The still picture of the tangent plane, drawn by Matplotlib."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc import palette
from mathcalc.symbolic import ScalarField


def nearer(window: Any, point: Any, zoom: float) -> list[float]:
    """Return the window shrunk ``2**zoom`` times towards the point."""
    ends = np.reshape(window, (2, 2))
    at = np.reshape(point, (2, 1))
    return (at + (ends - at) / 2**zoom).ravel().tolist()


def _drawable(field: ScalarField) -> Callable[[np.ndarray], np.ndarray]:
    """Return the field with a gap where it has no finite value: Matplotlib cannot place ∞."""

    def value(p: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            found = field(p)
        return np.where(np.isfinite(found), found, np.nan)

    return value


def draw(state: dict[str, Any], now: dict[str, Any]) -> Any:
    """Draw the surface, its plane and the two slices, from a state and its numbers."""
    import matplotlib.pyplot as plt

    fig = plt.figure(figsize=(4.8, 4.0))
    ax: Any = fig.add_subplot(projection="3d", computed_zorder=False)
    field = _drawable(ScalarField(state["formula"], ("x", "y")))
    left, right, bottom, top = nearer(state["window"], state["point"], state["zoom"])
    (x, y), z = state["point"], now["value"]
    grid = np.stack(np.meshgrid(np.linspace(left, right, 25), np.linspace(bottom, top, 25)))
    ax.plot_wireframe(*grid, field(grid), color=palette.colour("quiet"), linewidth=0.4)
    for p in ((grid[0, 0], np.full(25, y)), (np.full(25, x), grid[1, :, 0])):
        ax.plot(*p, field(np.stack(p)), color=palette.colour("gradient"), linewidth=1.4)
    if now["gradient"] is not None:
        _draw_plane(ax, state["point"], z, now["gradient"], (right - left) / 3)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0, 0, 0, 0))
    ax.set(xlabel="x", ylabel="y", zlabel="z")
    ax.view_init(elev=state["tilt"], azim=state["turn"] - 90)
    return fig


def _draw_plane(ax: Any, point: Any, z: float, gradient: Any, half: float) -> None:
    (x, y), (fx, fy) = point, gradient
    side = np.array([-half, half])
    u, v = np.meshgrid(side, side)
    ax.plot_surface(x + u, y + v, z + fx * u + fy * v, color=palette.colour("tangent"), alpha=0.35)
    ink = {"color": palette.colour("gradient"), "linewidth": 2.4}
    ax.plot(x + side, [y, y], z + fx * side, **ink)
    ax.plot([x, x], y + side, z + fy * side, **ink)
    ax.plot([x], [y], [z], "o", color=palette.colour("point"))
