"""Computation graphs as drawings: a box for each node, an arrow from an input to its consumer."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mathcalc import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 2  # points between a node's box and the end of an arrow

Place = tuple[float, float]
Edge = tuple[str, str]


def graph(
    ax: "Axes",
    places: Mapping[str, Place],
    edges: Mapping[Edge, str] | Iterable[Edge],
    *,
    names: Mapping[str, str] | None = None,
    kind: str = "tangent",
    bends: Mapping[Edge, float] | None = None,
) -> None:
    """Draw a graph; the arrows and their labels have the colour of their kind.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw; its frame is taken away.
    places : mapping
        The place of each node, by name.
    edges : mapping or iterable
        The pairs ``(input, consumer)``; a mapping gives each a label.
    names : mapping, optional
        What stands in a node's box, instead of its name.
    kind : str
        A name in the palette.
    bends : mapping, optional
        How far an arrow bends to its left, as a share of its length: its middle goes half as far.

    Raises
    ------
    ValueError
        If an edge leads from or to a node that has no place.
    """
    labels = dict(edges) if isinstance(edges, Mapping) else dict.fromkeys(edges, "")
    lost = sorted({node for edge in labels for node in edge} - set(places))
    if lost:
        raise ValueError(f"edges: there is no place for {', '.join(lost)}: add it to places")
    boxes = {node: _node(ax, at, (names or {}).get(node, node)) for node, at in places.items()}
    for (start, end), label in labels.items():
        bend = (bends or {}).get((start, end), 0.0)
        ends = {"xytext": places[start], "xy": places[end]}
        boxed = {"patchA": boxes[start], "patchB": boxes[end]}
        _arrow(ax, ends, boxed, palette.colour(kind), bend)
        _label(ax, _middle(places[start], places[end], bend), label, palette.colour(kind))
    ax.set_aspect("equal", adjustable="datalim")  # so that a bend is one on paper, too
    ax.margins(0.14, 0.22)
    ax.set_axis_off()


def _node(ax: "Axes", place: Place, name: str) -> Any:
    """Draw a node below the arrows, so that these find where its box is; return the box."""
    ink = palette.colour("ink")
    box = {"boxstyle": "round,pad=0.35", "facecolor": palette.PAGE["light"], "edgecolor": ink}
    ax.plot(*place, alpha=0)
    text = ax.text(*place, name, ha="center", va="center", color=ink, bbox=box, zorder=2)
    text.set_in_layout(False)  # else the layout shrinks the axes until the boxes fit beside them
    return text.get_bbox_patch()


def _arrow(ax: "Axes", ends: dict, boxed: dict, ink: str, bend: float) -> None:
    style = {"arrowstyle": "-|>", "color": ink, "linewidth": 1.3, "mutation_scale": 12}
    style |= {"shrinkA": GAP, "shrinkB": GAP, "connectionstyle": f"arc3,rad={-bend}"}
    ax.annotate("", **ends, arrowprops=style | boxed, zorder=3).set_in_layout(False)


def _middle(start: Place, end: Place, bend: float) -> Place:
    """Return the middle of an arrow: a parabola, half as far off as its control point."""
    (x0, y0), (x1, y1), up = start, end, bend / 2
    return (x0 + x1) / 2 - up * (y1 - y0), (y0 + y1) / 2 + up * (x1 - x0)


def _label(ax: "Axes", place: Place, label: str, ink: str) -> None:
    from matplotlib.patheffects import withStroke

    ax.plot(*place, alpha=0)  # so that the axes make room for the arrow
    rim = [withStroke(linewidth=4, foreground=palette.PAGE["light"])]
    style: dict[str, Any] = {"ha": "center", "va": "center", "color": ink, "fontsize": "small"}
    if label:
        ax.text(*place, label, path_effects=rim, zorder=4, **style).set_in_layout(False)
