"""The pictures of a function, one for each position of its controls, packed for a page."""

import hashlib
import html
import inspect
import io
import itertools
import re
import zlib
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import ipywidgets
import numpy as np

from mathcalc.explorables.base import module_text, page_figure
from mathcalc.explorables.interact_positions import Positions, all_positions
from mathcalc.inline import Picture, gathered

WEIGHT = 250_000  # bytes, compressed; a whole page may weigh 900 000

_PIECE = re.compile(r"[^>]*>(?:\s*</\w+>)*\s*")
_WANTED = re.compile(r'(?:xlink:href="#|url\(#)([^")]*)')
_NAMED = re.compile(r' id="([^"]*)"')
_MARK = re.compile(r' id="(m[0-9a-f]{8}-)')


class Frames:
    """A picture for each position of one or two controls, as the page needs them.

    What is alike in many pictures is stored once: each is a list of runs of shared pieces of SVG.

    Parameters
    ----------
    controls : list of Positions
        One or two.
    pictures : list of Picture
        One for each position, the last control's changing fastest.
    caption : str
        The sentence under the figure.

    Raises
    ------
    ValueError
        If the pictures together are too heavy for a page.
    """

    name = "interact"
    _esm = module_text("interact.mjs")

    def __init__(self, controls: list[Positions], pictures: list[Picture], caption: str) -> None:
        at, shape = [c.at for c in controls], [len(c) for c in controls]
        self._still = pictures[int(np.ravel_multi_index(at, shape))]
        self.caption = caption
        mark = hashlib.sha256("".join(p.markup for p in pictures).encode()).hexdigest()[:8]
        pieces, runs = _shared([bare(picture, f"f{mark}-") for picture in pictures])
        self._state: dict[str, Any] = {
            "controls": [control.described() for control in controls],
            "at": at,
            "pieces": pieces,
            "runs": runs,
            "words": [picture.alt for picture in pictures],
        }
        self._refuse_heavy()

    @classmethod
    def of(cls, f: Callable[..., Any], controls: list[Any]) -> "Frames":
        """Run a function at every position of its controls, the widgets of `interactive`."""
        still, moving = {}, {}
        for control in controls:
            if isinstance(control, ipywidgets.fixed):
                still[control._kwarg] = control.value
            else:
                moving[control._kwarg] = control
        positions = all_positions(moving)
        states = itertools.product(*(control.values for control in positions))
        pictures = [_drawn(f, dict(zip(moving, state, strict=True)), still) for state in states]
        caption = (inspect.getdoc(f) or "").split("\n\n")[0].replace("\n", " ")
        return cls(positions, pictures, caption)

    def _refuse_heavy(self) -> None:
        weight, count = len(zlib.compress(self.to_html().encode())), len(self._state["words"])
        if weight > WEIGHT:
            raise ValueError(
                f"the {count} frames weigh {weight // 1000} kB compressed, and {WEIGHT // 1000} is"
                " the limit: take fewer positions, or draw what is dense with rasterized=True"
            )

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture, the one at the controls' first positions."""
        return self._still.alt

    def state(self) -> dict[str, Any]:
        """Return all that the page needs, as plain JSON values."""
        return self._state

    def to_html(self) -> str:
        """Return the figure for a page without a kernel."""
        return page_figure(self.name, self.state(), self._still.markup, self.caption)


def _drawn(f: Callable[..., Any], moved: dict[str, Any], still: dict[str, Any]) -> Picture:
    """Return the one picture that a function shows."""
    place = f"{f.__name__}({', '.join(f'{name}={value!r}' for name, value in moved.items())})"
    with gathered() as pictures, redirect_stdout(io.StringIO()) as printed:
        returned = f(**moved, **still)
    if len(pictures) != 1:
        raise ValueError(f"{place} showed {len(pictures)} figures: show one with plotting.show")
    if returned is not None or printed.getvalue():
        raise ValueError(f"{place} prints or returns something: a page shows only its figure")
    return pictures[0]


def bare(picture: Picture, common: str) -> str:
    """Return a picture's markup without its words, its ids beginning with a common mark.

    The page says the words itself, and holds one frame at a time.
    """
    words = f'role="img" aria-label="{html.escape(picture.alt)}"'
    text = picture.markup.replace(words, 'aria-hidden="true"', 1)
    wanted = set(_WANTED.findall(text))
    text = _NAMED.sub(lambda name: name[0] if name[1] in wanted else "", text)
    mark = _MARK.search(text)
    return text.replace(mark[1], common) if mark else text


def _shared(texts: list[str]) -> tuple[list[str], list[list[int]]]:
    """Store each piece once; a text becomes runs of them: where one begins, how long it is."""
    numbers: dict[str, int] = {}
    lists = [[numbers.setdefault(p, len(numbers)) for p in _PIECE.findall(t)] for t in texts]
    return list(numbers), [_runs(places) for places in lists]


def _runs(places: list[int]) -> list[int]:
    runs: list[int] = []
    for place in places:
        if runs and runs[-2] + runs[-1] == place:
            runs[-1] += 1
        else:
            runs += [place, 1]
    return runs
