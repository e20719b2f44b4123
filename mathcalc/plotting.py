"""Pictures for the page: drawn by Matplotlib, inked by the page's theme, told in words.

A figure becomes inline SVG whose colours are the palette's CSS properties, so that one picture is
right in the light and in the dark theme, and on paper.
"""

import hashlib
import html
import io
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from mathcalc import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ID = re.compile(r'(\bid="|xlink:href="#|url\(#)')
_PATH = re.compile(r'(?<= d=")[^"]*')
_FINE = re.compile(r"(\.\d)\d+")
_BLACK = re.compile(r"#000000\b")
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)pt"[^>]*?viewBox="([^"]*)"[^>]*>', re.S)


def svg(fig: "Figure", *, alt: str) -> str:
    """Return a figure as inline SVG that follows the page's theme, and close it.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The picture. Black and the palette's light colours become the theme's.
    alt : str
        What is to be seen, for those who do not see it.

    Raises
    ------
    ValueError
        If ``alt`` is empty.
    """
    import matplotlib.pyplot as plt

    if not isinstance(alt, str) or not alt.strip():
        raise ValueError("alt is empty: say what is to be seen in the figure")
    buffer = io.StringIO()
    with plt.rc_context({"svg.fonttype": "path", "svg.hashsalt": "mathcalc"}):
        fig.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    plt.close(fig)
    return _inline(buffer.getvalue(), alt)


def _inline(text: str, alt: str) -> str:
    """Cut a file down to its picture: named, themed, with ids that no other figure has."""
    body = text[text.index("<svg ") :]
    width, view = _SIZE.match(body).groups()  # type: ignore[union-attr]
    inner = re.sub(r"<metadata>.*?</metadata>\s*", "", body[body.index(">") + 1 :], flags=re.S)
    # A tenth of a point is finer than any screen; Matplotlib writes a millionth.
    inner = _PATH.sub(lambda path: _FINE.sub(r"\1", path[0]), inner)
    mark = hashlib.sha256((alt + inner).encode()).hexdigest()[:8]
    opening = (
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink" role="img"'
        f' aria-label="{html.escape(alt)}"'
        f' viewBox="{view}" style="width: {float(width):.0f}pt; max-width: 100%; height: auto">'
    )
    return opening + _themed(_ID.sub(rf"\g<1>m{mark}-", inner)).strip()


def _themed(text: str) -> str:
    """Replace colours by the palette's properties, and Matplotlib's default black by the ink."""
    text = _BLACK.sub(f"var(--mc-ink, {palette.colour('ink')})", text)
    for name in palette.OBJECTS:
        light = palette.colour(name)
        text = text.replace(f": {light}", f": var(--mc-{name}, {light})")
    # An unstyled glyph is black by default.
    return text.replace('<g id="', '<g fill="var(--mc-ink, #1d2733)" id="', 1)


class _Picture:
    """A figure as an output of a notebook: HTML where it can be shown, else its words."""

    def __init__(self, markup: str, alt: str) -> None:
        self._markup, self._alt = markup, alt

    def _repr_html_(self) -> str:
        return f'<div class="picture">{self._markup}</div>'

    def __repr__(self) -> str:
        return self._alt


def show(fig: "Figure", *, alt: str) -> None:
    """Show a figure in a notebook or a page; there is none without words.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The picture; it is closed.
    alt : str
        What is to be seen, for those who do not see it.

    Raises
    ------
    ValueError
        If ``alt`` is empty.
    """
    from IPython.display import display

    display(_Picture(svg(fig, alt=alt), alt))


def contours(ax: "Axes", f: Any, window: Any, *, levels: int = 12) -> None:
    """Draw quiet filled level sets of a function of the plane.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    f : callable
        Takes points of shape ``(2, ...)``, returns values of shape ``(...)``.
    window : sequence of 4 floats
        ``left, right, bottom, top``.
    levels : int
        How many; they are quantiles of the values, so that steep parts do not use them up.
    """
    left, right, bottom, top = window
    grid = np.stack(np.meshgrid(np.linspace(left, right, 101), np.linspace(bottom, top, 101)))
    values = np.ma.masked_invalid(np.broadcast_to(f(grid), grid.shape[1:]))
    steps = np.unique(np.quantile(values.compressed(), np.linspace(0, 1, levels + 1)))
    if steps.size > 1:
        tint = palette.colour("tangent")
        for level in steps[1:]:  # each lower set adds one more veil
            ax.contourf(*grid, values, levels=[steps[0], level], colors=[tint], alpha=0.055)
        ax.contour(*grid, values, levels=steps[1:-1], colors=[tint], linewidths=0.6, alpha=0.5)
    ax.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")


def arrow(ax: "Axes", at: Any, vector: Any, *, kind: str = "gradient", label: str = "") -> None:
    """Draw a vector at a point in the colour of its kind (a name in the palette)."""
    tip = np.asarray(at, dtype=float) + np.asarray(vector, dtype=float)
    ink = palette.colour(kind)
    style = {"arrowstyle": "-|>", "color": ink, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=tip, xytext=at, arrowprops=style | {"mutation_scale": 13})
    if label:
        ax.annotate(label, tip, xytext=(6, 3), textcoords="offset points", color=ink)


def path(ax: "Axes", points: Any, *, kind: str = "path", label: str | None = None) -> None:
    """Draw a sequence of points, shape ``(k, 2)``, as a path."""
    columns = np.asarray(points, dtype=float).T
    ax.plot(*columns, ".-", color=palette.colour(kind), markersize=5, linewidth=1.4, label=label)


def dot(ax: "Axes", at: Any, *, kind: str = "point", label: str = "") -> None:
    """Mark a point, with its name beside it."""
    ax.plot(*at, "o", color=palette.colour(kind), markersize=6, markeredgecolor="none", zorder=5)
    if label:
        ax.annotate(label, at, xytext=(8, -12), textcoords="offset points")
