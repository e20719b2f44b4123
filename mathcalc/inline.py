"""A Matplotlib figure as inline SVG: inked by the page's theme, told in words.

The palette's light colours become its CSS properties, so that one picture is right in the light
and in the dark theme, and on paper.
"""

import hashlib
import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from mathcalc import palette
from mathcalc.pathdata import compact

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ID = re.compile(r'(\bid="|xlink:href="#|url\(#)')
_PATH = re.compile(r'(?<= d=")[^"]*')
_BLACK = re.compile(r"#000000\b")
_EMPTY = re.compile(r"<path (?![^>]*\bd=)")  # the glyph of a space
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
    inner = re.sub(r"<!--.*?-->\s*", "", inner, flags=re.S)
    inner = _PATH.sub(lambda path: compact(path[0]), _EMPTY.sub('<path d="" ', inner))
    mark = hashlib.sha256((alt + inner).encode()).hexdigest()[:8]
    opening = (
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink" role="img"'
        f' aria-label="{html.escape(alt)}"'
        f' viewBox="{view}" style="width: {float(width):.0f}pt; max-width: 100%; height: auto">'
    )
    return opening + _themed(_ID.sub(rf"\g<1>m{mark}-", inner)).strip()


_INKS = palette.properties()
_INK = re.compile("|".join(_INKS))


def _themed(text: str) -> str:
    """Replace colours by the palette's properties, and Matplotlib's default black by the ink."""
    text = _INK.sub(lambda ink: _INKS[ink[0]], _BLACK.sub(palette.colour("ink"), text))
    # An unstyled glyph is black by default.
    return text.replace('<g id="', f'<g fill="{_INKS[palette.colour("ink")]}" id="', 1)


class Picture:
    """A figure as an output of a notebook: HTML where it can be shown, else its words."""

    def __init__(self, markup: str, alt: str) -> None:
        self.markup, self.alt = markup, alt

    def _repr_html_(self) -> str:
        return f'<div class="picture">{self.markup}</div>'

    def __repr__(self) -> str:
        return self.alt


_GATHERED: ContextVar[list[Picture] | None] = ContextVar("_GATHERED", default=None)


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

    picture, gathered = Picture(svg(fig, alt=alt), alt), _GATHERED.get()
    if gathered is None:
        display(picture)
    else:
        gathered.append(picture)


@contextmanager
def gathered() -> Iterator[list[Picture]]:
    """Keep the pictures that are shown inside, instead of showing them."""
    pictures: list[Picture] = []
    token = _GATHERED.set(pictures)
    try:
        yield pictures
    finally:
        _GATHERED.reset(token)
