"""The forward and the backward pass on a graph: the figure, and its reference by a tape."""

from typing import Any

import numpy as np
import traitlets
from traitlets import Float, Int, List, TraitError, Unicode

from mathcalc.autodiff import Tape
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.recording import Recording, formulas, variables
from mathcalc.expression import FormulaError

LINES, INPUTS = 24, 6
EXAMPLES: list[dict[str, Any]] = [
    {"name": "(ab + b)²", "formula": "(a*b + b)**2", "at": [2.0, 3.0]},
    {"name": "a residual block", "formula": "x + tanh(w*x)", "at": [1.5, 0.5]},
    {
        "name": "one neuron with its loss",
        "formula": "(tanh(w*x + b) - t)**2/2",
        "at": [0.5, 1.0, 1.0, -2.0],
    },
    {"name": "a fan-out of three", "formula": "x*y + sin(x) + x**2", "at": [1.0, 2.0]},
    {
        "name": "doubling three times",
        "formula": "((x + x) + (x + x)) + ((x + x) + (x + x))",
        "at": [1.0],
    },
]


class ComputationGraph(Explorable):
    r"""Values forward, adjoints backward: :math:`\bar z = \sum_w \bar w\,\partial w/\partial z`.

    The sum runs over the consumers :math:`w` of a node :math:`z`. On the way back the reader
    predicts each adjoint before it is shown.

    Parameters
    ----------
    formula : str
        A formula whose variables are letters, or letters with a number: the loss.
    at : sequence of float, optional
        The inputs, in natural order of their names; ones if left out.
    stage : int
        How many steps have been taken: first an operation each, then an adjoint each.

    Raises
    ------
    traitlets.TraitError
        If the formula cannot be read, or is too large to be drawn.
    """

    name = "computation-graph"
    state_keys = ("examples", "formula", "at", "stage")
    _esm = module_text("computation_graph.mjs")

    examples = List(EXAMPLES).tag(sync=True)
    formula = Unicode(EXAMPLES[0]["formula"]).tag(sync=True)
    at = List(Float(), maxlen=INPUTS).tag(sync=True)
    stage = Int(0, min=0, max=2 * LINES).tag(sync=True)

    def __init__(self, formula: str = EXAMPLES[0]["formula"], at: Any = None, *, stage: int = 0):
        known: list[float] = next((e["at"] for e in EXAMPLES if e["formula"] == formula), [])
        super().__init__(
            formula=formula, at=list(map(float, known if at is None else at)), stage=stage
        )

    @traitlets.validate("formula")
    def _drawable(self, proposal: dict[str, Any]) -> str:
        try:
            _check(proposal["value"])
        except ValueError as error:
            raise TraitError(f"formula={proposal['value']!r}: {error}") from error
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        now, names = reference(self.state()), variables(self.formula)
        inputs = ", ".join(f"{n} = {x:.4g}" for n, x in zip(names, now["point"], strict=True))
        slopes = ", ".join(
            f"∂L/∂{n} = {a:.4g}" for n, a in zip(names, now["adjoints"], strict=False)
        )
        return (
            f"Computation graph of L = {self.formula} at {inputs}, with the value and the adjoint "
            f"of each of its {len(now['values'])} nodes. L = {now['values'][-1]:.4g}; {slopes}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "Forward and backward pass. Step forward to the loss; then predict each adjoint before "
            "you see it: the sum, over the arrows that leave a node, of the adjoint at the arrow's "
            "end times the local derivative on it. Or type a loss of your own."
        )

    def twin(self) -> Any:
        """Draw the graph with all values and adjoints: a Matplotlib figure."""
        from mathcalc.explorables.computation_graph_twin import draw

        return draw(self.formula, reference(self.state()))


def _recorded(formula: str, point: list[float]) -> tuple[Tape, Recording]:
    tape = Tape()
    names = variables(formula)
    inputs: dict[str, Any] = {n: tape.variable(x, n) for n, x in zip(names, point, strict=True)}
    return tape, Recording(formula, inputs)


def _check(formula: str) -> None:
    if len(formulas(formula)) != 1:
        raise FormulaError("write one formula: the graph ends in one loss")
    names = variables(formula)
    with np.errstate(all="ignore"):
        tape, _ = _recorded(formula, [1.0] * len(names))
    if len(names) > INPUTS or len(tape.lines) > LINES:
        raise FormulaError(f"too large to be drawn: at most {INPUTS} inputs and {LINES} nodes")


def _partials(line: Any, tape: Tape) -> dict[int, float]:
    """Return the local derivatives of a line in the lines that it uses, by their place in it.

    The line's operation runs alone, on a tape of its own, on which each operand is an input.
    """
    if line.primitive is None:
        return {}
    alone, own = Tape(), {}
    operands = list(line.operands)
    for k, x in enumerate(operands):
        if getattr(x, "lines", None) is tape.lines:
            own[k] = operands[k] = alone.variable(x.value)
    alone.backward(line.primitive(*operands, **line.options))
    return {k: float(alone.adjoints[x.index]) for k, x in own.items()}


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by the package's tape.

    Parameters
    ----------
    state : dict
        As `ComputationGraph.state` returns it.

    Returns
    -------
    dict
        ``point``, the inputs; ``values`` and ``adjoints`` of all nodes, inputs first; and
        ``shares``, for each node the arrows that leave it, each with ``to``, its ``partial`` and
        its ``share`` of the adjoint.
    """
    count = len(variables(state["formula"]))
    point = [*state["at"], *[1.0] * count][:count]
    with np.errstate(all="ignore"):
        tape, run = _recorded(state["formula"], point)
        tape.backward(tape.lines[run.index(run.outputs[0])])
        adjoints = [0.0 if a is None else float(a) for a in tape.adjoints]
        shares: list[list[dict[str, Any]]] = [[] for _ in tape.lines]
        for line in tape.lines:
            for k, partial in _partials(line, tape).items():
                share = {
                    "to": line.index,
                    "partial": partial,
                    "share": adjoints[line.index] * partial,
                }
                shares[line.operands[k].index].append(share)
    values = [float(line.value) for line in tape.lines]
    return {"point": point, "values": values, "adjoints": adjoints, "shares": shares}
