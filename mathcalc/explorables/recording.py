"""Typed formulas run on the package's own engines, line by line.

The formula's terms are gone through, and every operation done by NumPy on variables of a tape or on
dual numbers, so what comes out is what the engines do. A line that would repeat an earlier one is
used again.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from mathcalc import grammar
from mathcalc.terms import FUNCTIONS, OPERATORS, FormulaError, Term
from mathcalc.traced import Traced

OPERATIONS: dict[str, Callable] = {
    **OPERATORS,
    **FUNCTIONS,
    "**": np.power,
    "negative": np.negative,
}


def formulas(text: str) -> list[str]:
    """Return the formulas of a text: one to a line, or separated by semicolons."""
    return [f for part in re.split(r"[;\n]", text) if (f := part.strip(grammar.SPACES))]


_read = cache(grammar.read)


def variables(text: str) -> list[str]:
    """Return the variables of a text in natural order: x1, x2, x10, y.

    Raises
    ------
    FormulaError
        If a formula cannot be read, or a variable is not a letter, or a letter and a number.
    """
    names = {name for formula in formulas(text) for name in _read(formula).variables()}
    odd = min((name for name in names if not re.fullmatch(r"[A-Za-z]\d*", name)), default=None)
    if odd:
        raise FormulaError(
            f"{odd!r} is not known: an input is a letter, such as x, or a letter and a number"
        )
    return sorted(names, key=lambda name: re.sub(r"\d+", lambda m: m[0].zfill(12), name))


class Recording:
    """The lines of a text's formulas, as an engine ran them.

    Parameters
    ----------
    text : str
        One formula, or several.
    inputs : dict of str to Traced
        The variables: lines of a tape, or dual numbers.

    Attributes
    ----------
    lines, outputs : list of Traced
        What each line computed, inputs first; and what the formulas end in.

    Raises
    ------
    FormulaError
        If a formula cannot be read, or does not depend on an input.
    """

    def __init__(self, text: str, inputs: dict[str, Traced]) -> None:
        self.inputs = inputs
        self.lines: list[Traced] = list(inputs.values())
        self._known: dict[tuple, Traced] = {}
        self.outputs = [self._output(formula) for formula in formulas(text)]

    def _output(self, formula: str) -> Traced:
        result = self._run(_read(formula))
        if not isinstance(result, Traced):
            raise FormulaError(f"{formula} is a constant: it needs an input, such as x1")
        return result

    def _run(self, term: Term) -> Any:
        if term.value is not None:
            return term.value
        if term.op == "variable":
            return self.inputs[term.piece]
        parts = [self._run(part) for part in term.parts]
        return parts[0] if term.op == "positive" else self._line(OPERATIONS[term.op], *parts)

    def _line(self, f: Callable, *operands: Any) -> Any:
        key = (f, *((id(x),) if isinstance(x, Traced) else x for x in operands))
        if key not in self._known:
            self._known[key] = f(*operands)
            self.lines.append(self._known[key])
        return self._known[key]

    def index(self, value: Traced) -> int:
        """Return the number of the line that computed a value."""
        return next(i for i, line in enumerate(self.lines) if line is value)
