"""The still picture of a head of attention: its matrices, drawn by Matplotlib."""

from typing import Any

from mathcalc import palette


def draw(head: dict[str, Any]) -> Any:
    """Draw the inputs and `reference`'s matrices: a Matplotlib figure."""
    import matplotlib.pyplot as plt

    names = (("Q", "K", "V", "S", "P", "O"), ("dO", "dV", "dP", "dS", "dQ", "dK"))
    T, d = len(head["Q"]), len(head["Q"][0])
    fig, axes = plt.subplots(2, 6, figsize=(7.4, 0.9 + 0.5 * T), layout="constrained")
    for line, row in zip(axes, names, strict=True):
        for ax, name in zip(line, row, strict=True):
            ink = palette.colour("adjoint" if name.startswith("d") else "ink")
            ax.set_title(name, fontsize=10, color=ink)
            _table(ax, head[name], max(T, d))
    return fig


def _table(ax: Any, rows: list[list[Any]], side: int) -> None:
    most = max(abs(x or 0.0) for row in rows for x in row) or 1.0
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            ink = palette.colour("tangent" if (x or 0.0) < 0 else "gradient")
            alpha = 0.4 * abs(x or 0.0) / most
            ax.add_patch(_square(j, -i, ink, alpha))
            text = "−∞" if x is None else f"{x + 0.0:.2f}".replace("-", "−")
            ax.text(j, -i, text, ha="center", va="center", fontsize=7)
    ax.set(xlim=(-0.6, side - 0.4), ylim=(0.4 - side, 0.6))
    ax.axis("off")


def _square(x: float, y: float, ink: str, alpha: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.48, y - 0.45), 0.96, 0.9, facecolor=ink, alpha=alpha, linewidth=0)
