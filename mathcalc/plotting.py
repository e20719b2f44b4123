"""What the book draws with Matplotlib: level sets, fields, surfaces, planes, paths, arrows."""

from typing import TYPE_CHECKING, Any

import numpy as np

from mathcalc import checks, palette
from mathcalc.inline import show, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from mpl_toolkits.mplot3d import Axes3D

__all__ = ["arrow", "contours", "dot", "field", "path", "plane", "show", "surface", "svg"]

BANDS = 12
LARGEST = 1e100  # a picture of more overflows
FINEST, MOST = 500, 10**5  # points along each axis, and of a path
GRID = 97  # points along each axis: finer ones weigh more than they show


def contours(ax: "Axes", f: Any, window: Any, *, lines: bool = True) -> None:
    """Draw quiet filled level sets of a function of the plane, pale in the valleys.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    f : callable
        Takes points of shape ``(2, ...)``, returns values of shape ``(...)``.
    window : sequence of 4 floats
        ``left, right, bottom, top``.
    lines : bool
        Draw the level curves between the bands, too.
    """
    grid, values = _sampled(f, window, GRID)
    checks.refuse(values.mask.all(), "f has no value in the window: move it")
    window = checks.numbers(window, "window")
    steps = _levels(values)
    if len(steps):
        top = float(values.max()) + 1  # what has no value counts as high, as in the live figures
        filled = values.filled(top)
        for k, level in enumerate([values.min() - 1, *steps]):  # each is painted over the one below
            tone = palette.tone(k / (BANDS - 1))
            ax.contourf(*grid, filled, levels=[level, top], colors=[tone], zorder=0.5)
        if lines:
            ink = palette.colour("tangent")
            ax.contour(*grid, values, levels=steps, colors=[ink], linewidths=0.5, alpha=0.45)
    ax.set(xlim=window[:2], ylim=window[2:], aspect="equal")


def _sampled(f: Any, window: Any, count: int) -> tuple[np.ndarray, np.ma.MaskedArray]:
    left, right, bottom, top = _window(window)
    axes = np.linspace(left, right, count), np.linspace(bottom, top, count)
    grid = np.stack(np.meshgrid(*axes))
    with np.errstate(all="ignore"):
        values = checks.numbers(checks.function(f, "f")(grid), "f(points)")
    fits = values.shape in ((), grid.shape[1:])
    checks.refuse(not fits, f"f of points {grid.shape} has shape {values.shape}")
    values = np.where(np.abs(values) < LARGEST, values, np.nan)  # no picture is as high
    return grid, np.ma.masked_invalid(np.broadcast_to(values, grid.shape[1:]))


def _ink(kind: Any) -> str:
    return palette.colour(checks.text(kind, "kind", palette.OBJECTS))


def _window(window: Any) -> np.ndarray:
    """Return the edges of a window that can be drawn."""
    edges = checks.numbers(window, "window", finite=True)
    fits = edges.shape == (4,) and edges[0] < edges[1] and edges[2] < edges[3]
    checks.refuse(not fits, "window: give left < right, bottom < top")
    sizes = edges[1::2] - edges[::2]
    drawn = (np.abs(edges) < LARGEST).all() and (sizes > 1e-9 * np.abs(edges).max()).all()
    checks.refuse(not drawn, "window: its edges are too large, or too near each other")
    return edges


def _place(at: Any, name: str) -> np.ndarray:
    """Return a point, or a vector, of the plane that can be drawn."""
    found = checks.numbers(at, name, finite=True)
    checks.refuse(found.shape != (2,), f"{name} has shape {found.shape}, but must have (2,)")
    checks.refuse((np.abs(found) > LARGEST).any(), f"{name} is too far away to be drawn")
    return found


def _levels(values: np.ma.MaskedArray) -> np.ndarray:
    """Return levels dense where the function is flat, as the live figures choose them.

    Their spacing is a power law that puts the median in the middle of the colours.
    """
    low, middle, high = np.quantile(values.compressed(), (0.001, 0.5, 0.985))
    if not high > low:
        return np.array([])
    exponent = np.log(max((middle - low) / (high - low), 1e-9)) / np.log(0.55)
    shares = np.arange(1, BANDS) / BANDS
    return np.unique(low + (high - low) * shares ** np.clip(exponent, 1, 5))


def field(ax: "Axes", F: Any, window: Any, *, count: int = 11, kind: str = "gradient") -> None:
    """Draw arrows of a field of the plane; the longest is as long as the grid is wide.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    F : callable
        Takes points of shape ``(2, ...)``, returns vectors of shape ``(2, ...)``.
    window : sequence of 4 floats
        ``left, right, bottom, top``.
    count : int
        How many arrows along each axis.
    kind : str
        A name in the palette.
    """
    count = checks.whole(count, "count", 2, FINEST)
    left, right, bottom, top = _window(window)
    half = (right - left) / (2 * count)
    grid, _ = _sampled(
        lambda p: p[0], (left + half, right - half, bottom + half, top - half), count
    )
    vectors = checks.numbers(checks.function(F, "F")(grid), "F(points)")
    checks.refuse(vectors.shape != grid.shape, f"F of points {grid.shape} has {vectors.shape}")
    with np.errstate(over="ignore"):
        longest = float(np.nanmax(np.hypot(*vectors), initial=0.0))
    checks.refuse(not 0 < longest < LARGEST, "F is zero, or too large, at all arrows")
    style = {"angles": "xy", "scale_units": "xy", "scale": longest / (2 * half), "width": 0.005}
    ax.quiver(*grid, *vectors, color=_ink(kind), pivot="mid", **style)


def surface(ax: "Axes3D", f: Any, window: Any, *, count: int = 17) -> None:
    """Draw the graph of a function of the plane, in the tones of its level sets."""
    count = checks.whole(count, "count", 2, FINEST)
    grid, values = _sampled(f, window, count)
    checks.refuse(values.mask.all(), "f has no value in the window: move it")
    height = values.filled(np.nan)
    share = (height - np.nanmin(height)) / max(float(np.nanmax(height) - np.nanmin(height)), 1e-300)
    tones = np.vectorize(palette.tone, otypes=[object])(np.nan_to_num(share))
    style = {"rcount": count, "ccount": count, "linewidth": 0.25, "shade": False}
    ax.plot_surface(*grid, height, facecolors=tones, edgecolor=palette.colour("tangent"), **style)
    _quiet(ax)


def plane(ax: "Axes3D", f: Any, at: Any, *, size: float = 1.0) -> None:
    """Draw the tangent plane of a field with a ``gradient`` at a point, ``2 size`` wide."""
    at, size = _place(at, "at"), checks.number(size, "size", above=0)
    checks.refuse(size > LARGEST, f"size={size:g} is too large to be drawn")
    checks.refuse(not hasattr(f, "gradient"), "f: give a field with a gradient")
    shifts = size * np.array([[[-1, 1], [-1, 1]], [[-1, -1], [1, 1]]])
    height = f(at) + np.tensordot(f.gradient(at), shifts, 1)
    ink = palette.colour("gradient")
    ax.plot_surface(
        *(at[:, None, None] + shifts), height, color=ink, alpha=0.35, shade=False, zorder=2
    )
    ax.plot(*at, f(at), "o", color=palette.colour("point"), zorder=9)


def _quiet(ax: "Axes3D") -> None:
    ax.set(xlabel="x", ylabel="y", zlabel="z")
    ax.computed_zorder = False  # the renderer's own order would hide a plane behind its surface
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.pane.set_visible(False)
        axis.line.set_color(palette.colour("quiet"))
        axis._axinfo["grid"].update(color=palette.colour("quiet"), linewidth=0.2)


def _named(ax: "Axes", label: str, at: Any, offset: tuple[int, int], ink: str) -> None:
    """Write a name with a rim in the page's colour, so that it is read on any tone."""
    from matplotlib.patheffects import withStroke

    text = ax.annotate(label, at, xytext=offset, textcoords="offset points", color=ink)
    text.set_path_effects([withStroke(linewidth=3, foreground=palette.PAGE["light"])])


def arrow(
    ax: "Axes", at: Any, vector: Any, *, kind: str = "gradient", label: str = "", **place: Any
) -> None:
    """Draw a vector at a point in the colour of its kind (a name in the palette).

    ``offset=(6, 3)`` says where its name stands from the tip, in points.
    """
    at = _place(at, "at")
    tip = at + _place(vector, "vector")
    ink = _ink(kind)
    style = {"arrowstyle": "-|>", "color": ink, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=tip, xytext=at, arrowprops=style | {"mutation_scale": 13})
    if checks.text(label, "label"):
        _named(ax, label, tip, place.get("offset", (6, 3)), ink)


def path(ax: "Axes", points: Any, *, kind: str = "path", label: str = "") -> None:
    """Draw a sequence of points, shape ``(k, 2)``, as a path."""
    found = checks.numbers(points, "points")
    fits = found.ndim == 2 and found.shape[1] == 2 and len(found) <= MOST
    checks.refuse(not fits, f"points: shape {found.shape}; give (k, 2), k up to {MOST}")
    columns = np.where(np.abs(found) < LARGEST, found, np.nan).T
    style: dict[str, Any] = {"color": _ink(kind), "markersize": 5, "linewidth": 1.4}
    ax.plot(*columns, ".-", label=checks.text(label, "label") or None, **style)


def dot(ax: "Axes", at: Any, *, kind: str = "point", label: str = "", **place: Any) -> None:
    """Mark a point, with its name beside it, ``offset=(8, -12)`` points away."""
    at = _place(at, "at")
    ax.plot(*at, "o", color=_ink(kind), markersize=6, markeredgecolor="none", zorder=5)
    if checks.text(label, "label"):
        _named(ax, label, at, place.get("offset", (8, -12)), palette.colour("ink"))
