"""The numbers of the figure of every mode, by the package's tape and dual numbers."""

from typing import Any

import numpy as np

from mathcalc.autodiff import Tape
from mathcalc.explorables.every_mode import completed
from mathcalc.explorables.every_mode_cost import costs
from mathcalc.explorables.recording import Recording, variables
from mathcalc.forward import Dual


def _pulled(tape: Tape, outputs: list[int], u: list[float]) -> list[float]:
    """Return u-weighted adjoints of all lines, by one backward sweep for each output."""
    total = np.zeros(len(tape.lines))
    for weight, output in zip(u, outputs, strict=True):
        tape.backward(tape.lines[output])
        total += [weight * (0.0 if a is None else a) for a in tape.adjoints]
    return total.tolist()


def _cut(tape: Tape, first: int) -> Tape:
    """Return a tape on which the lines before ``first`` are inputs, and the rest runs again."""
    again = Tape()
    for line in tape.lines:
        if line.index < first or line.primitive is None:
            again.variable(line.value)
        else:
            operands = [
                again.lines[x.index] if getattr(x, "lines", None) is tape.lines else x
                for x in line.operands
            ]
            line.primitive(*operands, **line.options)
    return again


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by the package's tape and dual numbers.

    Parameters
    ----------
    state : dict
        As `EveryMode.state` returns it.

    Returns
    -------
    dict
        ``values``, ``tangents`` and ``adjoints`` of all lines; ``soFar``, the adjoints after as
        many lines of the way back as the step says; ``y``, ``jv``, ``uj`` and ``duality``, the
        numbers u·(Jv) and (uJ)·v; and ``costs``.
    """
    state = completed(state)
    names, tape = variables(state["formula"]), Tape()
    inputs = [tape.variable(x, name) for name, x in zip(names, state["at"], strict=True)]
    run = Recording(state["formula"], dict(zip(names, inputs, strict=True)))
    duals: Any = map(Dual, state["at"], state["v"])
    forward: Any = Recording(state["formula"], dict(zip(names, duals, strict=True)))
    outputs, length = [run.index(y) for y in run.outputs], len(tape.lines)
    swept = max(state["step"] - length, 0)
    adjoints = _pulled(tape, outputs, state["u"])
    tangents = [float(line.tangent) for line in forward.lines]
    jv, uj = [tangents[i] for i in outputs], adjoints[: len(names)]
    return {
        "values": [float(line.value) for line in tape.lines],
        "tangents": tangents,
        "adjoints": adjoints,
        "soFar": _pulled(_cut(tape, length - swept), outputs, state["u"]),
        "y": [float(y.value) for y in run.outputs],
        "jv": jv,
        "uj": uj,
        "duality": [float(np.dot(state["u"], jv)), float(np.dot(uj, state["v"]))],
        "costs": costs(tape, len(names), outputs),
    }
