"""The still picture of the forward and backward pass: the graph with all its numbers."""

from typing import Any

from mathcalc import palette
from mathcalc.explorables import every_mode_twin as graphs


def draw(formula: str, now: dict[str, Any]) -> Any:
    """Draw the graph of a formula, from `reference`'s numbers: a Matplotlib figure."""
    import matplotlib.pyplot as plt

    titles, uses = graphs._graph({"formula": formula})
    places = graphs._places(uses)
    wide, deep = (max(abs(p[k]) for p in places) for k in (0, 1))
    fig, ax = plt.subplots(figsize=(2.2 + 2.4 * wide, 0.9 + 0.95 * deep), layout="constrained")
    for i, own in enumerate(now["shares"]):
        ends = [arrow["to"] for arrow in own]
        for k, arrow in enumerate(own):
            twins = ends.count(arrow["to"])
            aside = (ends[:k].count(arrow["to"]) - (twins - 1) / 2) * 0.16
            _arrow(ax, places[i], places[arrow["to"]], aside, arrow["partial"])
    for i, (x, y) in enumerate(places):
        ax.text(x, -y + 0.17, titles[i], ha="center", va="center", weight="bold", fontsize=9)
        ax.text(x, -y, f"{now['values'][i]:.4g}", ha="center", va="center", fontsize=9)
        ink: dict[str, Any] = {"color": palette.colour("adjoint"), "weight": "bold"}
        ax.text(
            x, -y - 0.17, f"{now['adjoints'][i]:.4g}", ha="center", va="center", fontsize=9, **ink
        )
    ax.set(xlim=(-wide - 0.6, wide + 0.6), ylim=(-deep - 0.4, 0.4))
    ax.axis("off")
    return fig


def _arrow(
    ax: Any, start: tuple[float, int], end: tuple[float, int], aside: float, partial: float
) -> None:
    """Draw an arrow with its local derivative; two between the same nodes run side by side."""
    (a, b), (x, y) = start, end
    line = {"arrowstyle": "->", "color": palette.colour("quiet"), "linewidth": 1.0}
    ax.annotate("", xy=(x + aside, -y + 0.3), xytext=(a + aside, -b - 0.3), arrowprops=line)
    at = ((a + x) / 2 + aside + 0.04, -(b + y) / 2)
    ax.text(*at, f"{partial:.3g}", fontsize=8, color=palette.colour("quiet"))
