"""A formula of one's own in every mode: the figure, and its reference by the package's engines."""

from typing import Any

import numpy as np
import traitlets
from traitlets import Float, Int, List, TraitError, Unicode

from mathcalc.autodiff import Tape
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.recording import Recording, formulas, variables
from mathcalc.expression import FormulaError

LARGEST = {"inputs": 6, "outputs": 4, "lines": 40}
EXAMPLES: list[dict[str, Any]] = [
    {
        "name": "the chapter's: ln x₁ + x₁x₂ − sin x₂",
        "formula": "log(x1) + x1*x2 - sin(x2)",
        "at": [2.0, 5.0],
    },
    {"name": "a cube: x³", "formula": "x**3", "at": [2.0]},
    {"name": "a quotient: x/(1 + x²)", "formula": "x/(1 + x**2)", "at": [2.0]},
    {
        "name": "two outputs: x² + y and xy",
        "formula": "x**2 + y; x*y",
        "at": [1.0, 2.0],
        "v": [1.0, -2.0],
        "u": [1.0, 1.0],
    },
    {
        "name": "something used twice: exp(xy) sin(xy)",
        "formula": "exp(x*y)*sin(x*y)",
        "at": [0.5, 1.2],
    },
    {
        "name": "many inputs: a product of six",
        "formula": "x1*x2*x3*x4*x5*x6",
        "at": [1.5, -1.0, 2.0, 0.5, 3.0, 1.2],
    },
    {
        "name": "one input, many outputs: a helix",
        "formula": "cos(t); sin(t); t/2",
        "at": [0.8],
        "u": [1.0, 0.0, 0.0],
    },
]


class EveryMode(Explorable):
    """A typed formula as a list and as a graph, differentiated in both modes line by line.

    Parameters
    ----------
    formula : str
        One formula, or several separated by semicolons or lines: the outputs. The inputs are
        its letters, or letters with a number.
    at : sequence of float, optional
        The inputs in natural order of their names; ones if left out.
    v : sequence of float, optional
        The direction of forward mode, one number an input; the first basis vector if left out.
    u : sequence of float, optional
        The adjoint of reverse mode, one number an output; ones if left out.
    step : int, optional
        How many lines have been dealt with, first forwards, then backwards; all if left out.

    Raises
    ------
    ValueError
        If the numbers are not as many as the inputs or outputs.
    traitlets.TraitError
        If the formula cannot be read, or is too large to be drawn.
    """

    name = "every-mode"
    state_keys = ("examples", "formula", "at", "v", "u", "step")
    _esm = module_text("every_mode.mjs")

    examples = List(EXAMPLES).tag(sync=True)
    formula = Unicode(EXAMPLES[0]["formula"]).tag(sync=True)
    at = List(Float()).tag(sync=True)
    v = List(Float()).tag(sync=True)
    u = List(Float()).tag(sync=True)
    step = Int(2 * LARGEST["lines"], min=0, max=2 * LARGEST["lines"]).tag(sync=True)

    def __init__(
        self,
        formula: str = EXAMPLES[0]["formula"],
        at: Any = None,
        v: Any = None,
        u: Any = None,
        step: int = 2 * LARGEST["lines"],
    ):
        sizes = sizes_of(formula)
        known = next((e for e in EXAMPLES if e["formula"] == formula), {})
        given = {
            key: known.get(key) if numbers is None else numbers
            for key, numbers in (("at", at), ("v", v), ("u", u))
        }
        wanted = {"at": sizes["inputs"], "v": sizes["inputs"], "u": sizes["outputs"]}
        for key, numbers in given.items():
            if numbers is not None and len(numbers) != wanted[key]:
                raise ValueError(f"{key} has {len(numbers)} numbers: give {wanted[key]}")
        some = {key: list(map(float, x)) for key, x in given.items() if x is not None}
        full = completed({"formula": formula, "at": [], "v": [], "u": [], "step": step} | some)
        super().__init__(**full)

    @traitlets.validate("formula")
    def _readable(self, proposal: dict[str, Any]) -> str:
        try:
            sizes_of(proposal["value"])
        except ValueError as error:
            raise TraitError(f"formula: {error}") from None
        return proposal["value"]

    @traitlets.validate("at", "v", "u")
    def _finite(self, proposal: dict[str, Any]) -> list[float]:
        if not np.isfinite(proposal["value"]).all():
            raise TraitError(f"{proposal['trait'].name}={proposal['value']}: give finite numbers")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        state = completed(self.state())
        from mathcalc.explorables.every_mode_reference import reference

        now = reference(state)
        inputs = ", ".join(
            f"{name} = {x:.4g}"
            for name, x in zip(variables(state["formula"]), state["at"], strict=True)
        )
        return (
            f"Computation graph of {self.formula.strip()} at {inputs}, with the value, the tangent "
            f"and the adjoint of each of its {len(now['values'])} lines. Forward mode along "
            f"{_vector(state['v'])} ends in {_vector(now['jv'])}; reverse mode from "
            f"{_vector(state['u'])} ends in {_vector(now['uj'])}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "Your function in every mode. Type a formula, or several separated by semicolons, and "
            "go through it line by line: forwards with values and tangents, backwards with "
            "adjoints. What is computed twice is written once."
        )

    def twin(self) -> Any:
        """Draw the graph with all its numbers: a Matplotlib figure."""
        from mathcalc.explorables.every_mode_twin import draw

        return draw(completed(self.state()))


def _vector(numbers: Any) -> str:
    texts = [f"{x:.4g}" for x in numbers]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def sizes_of(text: str) -> dict[str, int]:
    """Return how many inputs, outputs and lines a text has.

    Raises
    ------
    FormulaError
        If it cannot be read, or one of them is too large to be drawn.
    """
    names, tape = variables(text), Tape()
    with np.errstate(all="ignore"):
        Recording(text, {name: tape.variable(1.0) for name in names})
    sizes = {"inputs": len(names), "outputs": len(formulas(text)), "lines": len(tape.lines)}
    if not sizes["outputs"]:
        raise FormulaError("the formula is empty: write one, such as x1*x2 + sin(x1)")
    for what, most in LARGEST.items():
        if sizes[what] > most:
            raise FormulaError(f"{sizes[what]} {what} are too many to be drawn: at most {most}")
    return sizes


def completed(state: dict[str, Any]) -> dict[str, Any]:
    """Return the state with as many numbers as there are inputs and outputs, and a step there is.

    Missing inputs are 1; the missing rest of a direction is that of the first basis vector, and
    missing adjoints are 1.
    """
    sizes = sizes_of(state["formula"])
    n, m = sizes["inputs"], sizes["outputs"]
    fit = lambda key, missing: [*state[key], *missing[len(state[key]) :]][: len(missing)]  # noqa: E731
    return {
        **state,
        "at": fit("at", [1.0] * n),
        "v": fit("v", [1.0] + [0.0] * (n - 1)),
        "u": fit("u", [1.0] * m),
        "step": min(state["step"], 2 * sizes["lines"]),
    }
