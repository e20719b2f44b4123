"""The still picture of the changed ruler: the ball it has, and the descents that follow."""

from math import pi
from typing import Any

import numpy as np

from mathcalc import palette, plotting
from mathcalc.explorables.change_ruler_norms import length
from mathcalc.symbolic import ScalarField

WINDOW = (-2.0, 2.0, -2.0, 2.0)


def _edge(state: dict[str, Any]) -> np.ndarray:
    """Return the edge of the unit ball, shape (2, 361): each direction divided by its length."""
    turn = np.linspace(0, 2 * pi, 361)
    ways = np.stack([np.cos(turn), np.sin(turn)])
    return ways / [length(state, way) for way in ways.T]


def draw(state: dict[str, Any], known: dict[str, Any]) -> Any:
    """Draw the ball and both descents, from the figure's state and its reference."""
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.9), layout="constrained")
    _draw_ball(left, state, known)
    _draw_runs(right, state, known)
    for ax in (left, right):
        ax.set(xlim=WINDOW[:2], ylim=WINDOW[2:], aspect="equal")
    return fig


def _draw_ball(ax: Any, state: dict[str, Any], known: dict[str, Any]) -> None:
    ax.fill(*_edge(state), facecolor="none", edgecolor=palette.colour("constraint"), linewidth=2)
    ax.set(title="the unit ball and its farthest level line", xlabel="v₁", ylabel="v₂")
    if known["v"] is None:
        return
    g = np.array(known["gradient"])
    along = np.add(known["v"], [-g[1], g[0]])
    plotting.contours(ax, lambda v: g[0] * v[0] + g[1] * v[1], WINDOW)
    ax.axline(known["v"], along, color=palette.colour("tangent"), linestyle="--")
    if known["face"]:
        ax.plot(*np.array(known["face"]).T, color=palette.colour("path"), linewidth=5)
    plotting.arrow(ax, (0, 0), 1.6 * g / np.linalg.norm(g), label="g")
    plotting.arrow(ax, (0, 0), known["v"], kind="path", label="v", offset=(4, -12))


def _draw_runs(ax: Any, state: dict[str, Any], known: dict[str, Any]) -> None:
    plotting.contours(ax, ScalarField(state["formula"], ("x", "y")), WINDOW)
    plain = np.array(known["euclid"]["path"]).T
    ax.plot(*plain, "--", color=palette.colour("ink"), linewidth=1.2, label="with the circle")
    plotting.path(ax, known["run"]["path"], label="with this ruler")
    plotting.dot(ax, state["x"], label="x")
    ax.set(title=f"{state['steps']} steps of descent")
    ax.legend(loc="lower left", fontsize="small")
