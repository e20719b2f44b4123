"""The still picture of the orders of multiplication, drawn by Matplotlib."""

from typing import Any

import numpy as np

from mathcalc import palette

INKS = {"output": "adjoint", "input": "tangent", "best": "constraint"}
TITLES = {"output": "from the output", "input": "from the input", "best": "cheapest order"}


def draw(widths: list[int], now: dict[str, Any]) -> Any:
    """Draw the three trees, from the widths and `reference`'s numbers."""
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(1, 3, figsize=(7.4, 2.9), sharey=True, layout="constrained")
    for ax, (kind, ink) in zip(axes, INKS.items(), strict=True):
        _place(ax, now[kind]["tree"], widths, palette.colour(ink))
        cost = f"{now[kind]['cost']:,}".replace(",", "\u2009")
        ax.set_title(f"{TITLES[kind]}\n{cost}", fontsize=10, color=palette.colour(ink))
        count = len(widths) - 1
        ax.set(xlim=(-0.6, count - 0.4), ylim=(0.6 - count, 0.6), aspect="equal")
        ax.set_axis_off()
    return fig


def _place(ax: Any, tree: Any, widths: list[int], ink: str) -> tuple[float, int, int, int]:
    """Draw a tree; return where its product lies, its level, and its first and last matrix."""
    if isinstance(tree, int):
        _box(ax, tree, 0, widths[tree], widths[tree + 1], palette.colour("quiet"), 0.0)
        return tree, 0, tree, tree
    left, right = (_place(ax, part, widths, ink) for part in tree)
    x, level = (left[0] + right[0]) / 2, 1 + max(left[1], right[1])
    for part in (left, right):
        line = {"color": palette.colour("quiet"), "linewidth": 0.6, "zorder": 0}
        ax.plot([part[0], x], [-part[1], -level], **line)
    _box(ax, x, level, widths[left[2]], widths[right[3] + 1], ink, 0.55)
    return x, level, left[2], right[3]


def _box(ax: Any, x: float, level: int, rows: int, columns: int, ink: str, share: float) -> None:
    from matplotlib.patches import Rectangle

    high, wide = (0.84 * (0.12 + 0.88 * np.log10(n) / 3) for n in (rows, columns))
    corner = (x - wide / 2, -level - high / 2)
    ax.add_patch(Rectangle(corner, wide, high, facecolor=palette.PAGE["light"], zorder=1))
    ax.add_patch(Rectangle(corner, wide, high, facecolor=ink, alpha=share, zorder=2))
    ax.add_patch(Rectangle(corner, wide, high, fill=False, edgecolor=ink, zorder=3))
