"""What figures on a function of the plane have in common: a formula and a window, checked."""

from typing import Any

import numpy as np
import traitlets
from traitlets import Float, List, TraitError, Unicode

from mathcalc.explorables.base import Explorable
from mathcalc.symbolic import ScalarField


class SurfaceFigure(Explorable):
    """A live figure with a formula in ``x`` and ``y`` and a window of the plane.

    Attributes
    ----------
    formula : str
        A formula that `mathcalc.expression.parse` can read.
    window : list of 4 floats
        What is shown, ``[left, right, bottom, top]``; as wide as it is high.
    """

    formula = Unicode().tag(sync=True)
    window = List(Float(), minlen=4, maxlen=4).tag(sync=True)

    @traitlets.validate("formula")
    def _readable(self, proposal: dict[str, Any]) -> str:
        try:
            ScalarField(proposal["value"], ("x", "y"))
        except ValueError as error:
            raise TraitError(f"formula={proposal['value']!r}: {error}") from error
        return proposal["value"]

    @traitlets.validate("window")
    def _square(self, proposal: dict[str, Any]) -> list[float]:
        left, right, bottom, top = proposal["value"]
        if not (
            np.isfinite(right - left) and right > left and np.isclose(right - left, top - bottom)
        ):
            raise TraitError(
                f"window={proposal['value']}: give [left, right, bottom, top], as wide as high"
            )
        return proposal["value"]


def named(surfaces: list[dict[str, Any]], surface: str) -> dict[str, Any]:
    """Return the menu's entry of this name.

    Raises
    ------
    ValueError
        If there is no such surface; the message lists the names.
    """
    for entry in surfaces:
        if entry["name"] == surface:
            return entry
    raise ValueError(f"surface={surface!r}: choose one of {[s['name'] for s in surfaces]}")
