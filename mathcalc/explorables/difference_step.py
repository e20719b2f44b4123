"""Choosing the step of a difference quotient: the figure, its twin, and its reference."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from traitlets import Enum, Float, List, TraitError

from mathcalc import numerical, palette
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.symbolic import ScalarField

EPS = float(np.finfo(float).eps)

FUNCTIONS = [
    {"key": "sin", "name": "sin x at 1", "formula": "sin(x)", "slope": "cos(x)", "at": [1.0, 0.0]},
    {"key": "exp", "name": "exp x at 1", "formula": "exp(x)", "slope": "exp(x)", "at": [1.0, 0.0]},
    {
        "key": "quadratic",
        "name": "x² + xy + y² along x, at (1, 2)",
        "formula": "x**2 + x*y + y**2",
        "slope": "2*x + y",
        "at": [1.0, 2.0],
    },
]
# Plain products and libm, in the order in which the formula is written: NumPy's own sine may
# differ from it in the last bit, which is what this figure is about.
_PLAIN: dict[str, Callable[[Any], Any]] = {
    "sin": lambda p: math.sin(p[0]),
    "exp": lambda p: math.exp(p[0]),
    "quadratic": lambda p: p[0] * p[0] + p[0] * p[1] + p[1] * p[1],
}


class DifferenceStep(Explorable):
    r"""The error of difference quotients against the step, on two logarithmic axes.

    The central quotient errs by about :math:`h^2|f'''|/6 + \varepsilon|f|/h`, the one-sided one
    by :math:`h|f''|/2 + \varepsilon|f|/h`.

    Parameters
    ----------
    f : {"sin", "exp", "quadratic"}
        The function: sin or exp at 1, or x² + xy + y² along x at (1, 2).
    log10_h : float
        The logarithm of the step, from -15 to 0.

    Raises
    ------
    traitlets.TraitError
        If there is no such function, or the step is out of range.
    """

    name = "difference-step"
    state_keys = ("functions", "f", "log10_h")
    _esm = module_text("difference_step.mjs")

    functions = List(FUNCTIONS).tag(sync=True)
    f = Enum(tuple(_PLAIN), "sin").tag(sync=True)
    log10_h = Float(-8.0).tag(sync=True)

    def __init__(self, f: str = "sin", log10_h: float = -8.0):
        super().__init__(f=f, log10_h=log10_h)

    @traitlets.validate("log10_h")
    def _in_range(self, proposal: dict[str, Any]) -> float:
        if not -15 <= proposal["value"] <= 0:
            raise TraitError(f"log10_h={proposal['value']}: give a number from -15 to 0")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        now = reference(self.state())
        best = now["best"]["central"]
        valley = (
            f"the central one is best near h = {best:.1g}"
            if best
            else "the central one has no truncation error, so a shorter step only adds rounding"
        )
        return (
            f"Error of two difference quotients of {_entry(self.f)['name']} against the step h, "
            "both axes logarithmic. Errors fall with h until rounding makes them rise again; "
            f"{valley}. At h = {now['h']:.3g} it errs by {now['central']['error']:.1e}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The step of a difference quotient. Each dot is a quotient computed in floating point, "
            "each line what theory predicts. Drag h: too long a step truncates, too short a one "
            "subtracts two numbers that are almost the same."
        )

    def twin(self) -> Any:
        """Draw both errors, measured and predicted: a Matplotlib figure."""
        return _draw(self.state())


def _entry(key: str) -> dict[str, Any]:
    return next(entry for entry in FUNCTIONS if entry["key"] == key)


def step_of(log10_h: float) -> float:
    """Return the step of an exponent: three decimal digits, the same number in every language."""
    return float(f"{10**log10_h:.2e}")


def _derivatives(key: str) -> list[float]:
    """Return f and its first three derivatives along x at the point, by SymPy."""
    entry = _entry(key)
    field = ScalarField(entry["formula"], ("x", "y"))
    at = dict(zip(field.symbols, entry["at"], strict=True))
    x = field.symbols[0]
    return [float(field.expression.diff(x, k).subs(at)) for k in range(4)]


def _outcome(quotient: float, slope: float, predicted: float) -> dict[str, float]:
    return {"quotient": quotient, "error": abs(quotient - slope), "predicted": predicted}


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by `numerical.gradient` and SymPy.

    Parameters
    ----------
    state : dict
        As `DifferenceStep.state` returns it.

    Returns
    -------
    dict
        ``h``, ``slope`` (the derivative), ``central`` and ``onesided`` (each with ``quotient``,
        ``error`` and ``predicted``), and ``best``: for each the step at which truncation and
        rounding balance, None where there is no truncation.
    """
    f, (x, y) = _PLAIN[state["f"]], _entry(state["f"])["at"]
    size, slope, second, third = np.abs(_derivatives(state["f"])).tolist()
    slope = math.copysign(slope, _derivatives(state["f"])[1])
    h = step_of(state["log10_h"])
    central = float(numerical.gradient(f, [x, y], method="central", h=h)[0])
    onesided = float((f((x + h, y)) - f((x, y))) / h)
    return {
        "h": h,
        "slope": slope,
        "central": _outcome(central, slope, h * h * third / 6 + EPS * size / h),
        "onesided": _outcome(onesided, slope, h * second / 2 + EPS * size / h),
        "best": {
            "central": (3 * EPS * size / third) ** (1 / 3) if third else None,
            "onesided": (2 * EPS * size / second) ** (1 / 2) if second else None,
        },
    }


def _draw(state: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(5.4, 3.8), layout="constrained")
    rows = [reference({**state, "log10_h": k}) for k in np.linspace(-15, 0, 151)]
    h = [row["h"] for row in rows]
    for rule, kind, label in (
        ("onesided", "tangent", "one-sided"),
        ("central", "gradient", "central"),
    ):
        ink = palette.colour(kind)
        ax.loglog(h, [max(r[rule]["error"], 1e-17) for r in rows], ".", color=ink, markersize=4)
        ax.loglog(h, [r[rule]["predicted"] for r in rows], color=ink, linewidth=1.4, label=label)
    ax.axvline(step_of(state["log10_h"]), color=palette.colour("point"), linestyle=":")
    ax.set(xlabel="step h", ylabel="error of the quotient", ylim=(5e-18, 30))
    ax.legend(frameon=False)
    return fig
