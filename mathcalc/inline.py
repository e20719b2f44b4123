"""A Matplotlib figure as inline SVG: inked by the page's theme, told in words.

The palette's light colours become its CSS properties, so that one picture is right in the light
and in the dark theme, and on paper.
"""

import hashlib
import html
import io
import re
from typing import TYPE_CHECKING

from mathcalc import palette

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ID = re.compile(r'(\bid="|xlink:href="#|url\(#)')
_PATH = re.compile(r'(?<= d=")[^"]*')
_FINE = re.compile(r"(\.\d)\d+")
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
    # A tenth of a point is finer than any screen; Matplotlib writes a millionth.
    inner = _PATH.sub(lambda path: _FINE.sub(r"\1", path[0]), _EMPTY.sub('<path d="" ', inner))
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
