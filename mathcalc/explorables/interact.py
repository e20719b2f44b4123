"""`interact` for what only Python can compute: live with a kernel, frames to flip through without.

It is ``ipywidgets.interact``. Where the environment says ``MATHCALC_FRAMES=1``, as the book's build
does, the output also holds the function's picture at every position of its controls, and the page
flips between them. At a desk nothing is drawn beforehand: sixty pictures would make a reader wait
some ten seconds for what his kernel draws when he moves the slider.
"""

import os
from typing import Any

import ipywidgets

from mathcalc.explorables.interact_frames import Frames

__all__ = ["Frames", "Interactive", "interact"]

FLAG = "MATHCALC_FRAMES"


class Interactive(ipywidgets.interactive):
    """A function with a control for each of its arguments, as `ipywidgets.interactive` makes it."""

    def update(self, *args: Any) -> None:
        """Run the function for the controls' values; in the build there is nobody to see it."""
        if not _in_build():
            super().update(*args)

    def frames(self) -> Frames:
        """Run the function at every position of the controls.

        Raises
        ------
        ValueError
            If they have too many positions for a page, or the function does not show one figure.
        """
        return Frames.of(self.f, self.kwargs_widgets)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """Return the live controls, and in the book's build the frames for its page, too."""
        data = super()._repr_mimebundle_(**kwargs) or {}
        if not _in_build():
            return data
        frames = self.frames()
        return {**data, "text/plain": frames.alt, "text/html": frames.to_html()}


def _in_build() -> bool:
    return os.environ.get(FLAG) == "1"


#: ``interact(f, x=(0, 10), kind=["a", "b"])``, or ``@interact(x=(0, 10))`` before the function.
#:
#: It has the signature of `ipywidgets.interact`. The function shows one figure with
#: `mathcalc.plotting.show`; with ``layout="none"`` and margins of its own no axes move between the
#: frames, and drawing takes half the time. The first paragraph of its docstring is the caption on
#: the page. In the book's build it has at most two controls (tuples, lists, dicts, booleans,
#: sliders, menus; hold others still with `ipywidgets.fixed`), at most 60 positions in all, and at
#: most 250 kB of frames; beyond that it raises a ValueError that names the argument.
interact = Interactive.factory()
