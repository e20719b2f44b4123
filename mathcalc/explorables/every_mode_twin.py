"""The still picture of the figure on every mode: the graph with all its numbers."""

from typing import Any

from mathcalc import palette
from mathcalc.autodiff import Tape
from mathcalc.explorables.every_mode_reference import reference
from mathcalc.explorables.recording import Recording, variables

SIGNS = {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷", "power": "^", "log": "ln"}


def _graph(state: dict[str, Any]) -> tuple[list[str], list[list[int]]]:
    """Return the title of each line, and the lines that it uses."""
    names, tape = variables(state["formula"]), Tape()
    Recording(state["formula"], {n: tape.variable(1.0, n) for n in names})
    uses = [
        [x.index for x in line.operands if getattr(x, "lines", None) is tape.lines]
        for line in tape.lines
    ]
    titles = [
        f"{tape.names[i]}" if line.primitive is None else f"$v_{{{i + 1}}}$  {_symbol(line)}"
        for i, line in enumerate(tape.lines)
    ]
    return titles, uses


def _symbol(line: Any) -> str:
    name = line.primitive.name
    return SIGNS.get(name, name)


def _places(uses: list[list[int]]) -> list[tuple[float, int]]:
    """Return where each line stands: across, and its layer, the longest way from an input."""
    layer: list[int] = []
    for used in uses:
        layer.append(1 + max((layer[j] for j in used), default=-1))
    across = [0.0] * len(uses)
    for row in range(max(layer) + 1):
        there = [i for i, k in enumerate(layer) if k == row]
        mean = {i: sum(across[j] for j in uses[i]) / max(len(uses[i]), 1) for i in there}
        for place, i in enumerate(sorted(there, key=lambda i: (mean[i], i))):
            across[i] = place - (len(there) - 1) / 2
    return list(zip(across, layer, strict=True))


def draw(state: dict[str, Any]) -> Any:
    """Return the Matplotlib figure."""
    import matplotlib.pyplot as plt

    now, (titles, uses) = reference(state), _graph(state)
    places = _places(uses)
    wide, deep = (max(abs(p[k]) for p in places) for k in (0, 1))
    fig, ax = plt.subplots(figsize=(2.2 + 2.4 * wide, 0.9 + 0.95 * deep), layout="constrained")
    for i, used in enumerate(uses):
        for j in used:
            (x, y), (a, b) = places[i], places[j]
            line = {"arrowstyle": "->", "color": palette.colour("quiet"), "linewidth": 1.0}
            ax.annotate("", xy=(x, -y + 0.3), xytext=(a, -b - 0.3), arrowprops=line)
    for i, (x, y) in enumerate(places):
        ax.text(x, -y + 0.17, titles[i], ha="center", va="center", weight="bold", fontsize=9)
        ax.text(x, -y, f"{now['values'][i]:.5g}", ha="center", va="center", fontsize=9)
        for side, key, kind in ((-0.16, "tangents", "tangent"), (0.16, "adjoints", "adjoint")):
            text = f"{now[key][i]:.3g}"
            ink = palette.colour(kind)
            ax.text(x + side, -y - 0.17, text, ha="center", va="center", fontsize=8, color=ink)
    ax.set(xlim=(-wide - 0.6, wide + 0.6), ylim=(-deep - 0.4, 0.4))
    ax.axis("off")
    return fig
