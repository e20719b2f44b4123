"""Typed formulas run on the package's own engines, line by line.

The formula's syntax tree is walked, and every operation done by NumPy on variables of a tape or on
dual numbers, so what comes out is what the engines do. A line that would repeat an earlier one is
used again.
"""

import ast
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from mathcalc import expression
from mathcalc.traced import Traced

OPERATORS: dict[type, Callable] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}
FUNCTIONS = {
    name: getattr(np, {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}.get(name, name))
    for name in expression.FUNCTIONS
}
CONSTANTS = {"pi": np.pi, "e": np.e}


def formulas(text: str) -> list[str]:
    """Return the formulas of a text: one to a line, or separated by semicolons."""
    return [f.strip() for f in re.split(r"[;\n]", text) if f.strip()]


@cache
def _tree(formula: str) -> ast.expr:
    expression.parse(formula)  # it refuses whatever is no formula of the language
    return ast.parse(formula, mode="eval").body


def variables(text: str) -> list[str]:
    """Return the variables of a text in natural order: x1, x2, x10, y.

    Raises
    ------
    FormulaError
        If a formula cannot be read, or a variable is not a letter, or a letter and a number.
    """
    nodes = (node for formula in formulas(text) for node in ast.walk(_tree(formula)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)} - {*FUNCTIONS, *CONSTANTS}
    odd = min((name for name in names if not re.fullmatch(r"[A-Za-z]\d*", name)), default=None)
    if odd:
        raise expression.FormulaError(
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
        result = self._run(_tree(formula))
        if not isinstance(result, Traced):
            raise expression.FormulaError(f"{formula} is a constant: it needs an input, such as x1")
        return result

    def _run(self, node: ast.AST) -> Any:
        match node:
            case ast.Constant(value=int() | float() as value):
                return float(value)
            case ast.Name(id=name):
                return CONSTANTS.get(name) or self.inputs[name]
            case ast.UnaryOp(op=ast.UAdd(), operand=part):
                return self._run(part)
            case ast.UnaryOp(operand=part):
                return self._line(np.negative, self._run(part))
            case ast.BinOp(left=left, op=op, right=right):
                return self._line(OPERATORS[type(op)], self._run(left), self._run(right))
            case ast.Call(func=ast.Name(id=name), args=[part]):
                return self._line(FUNCTIONS[name], self._run(part))
        raise AssertionError(f"{ast.dump(node)} is not in the language")

    def _line(self, f: Callable, *operands: Any) -> Any:
        if not any(isinstance(x, Traced) for x in operands):
            return float(f(*operands))
        key = (f, *((id(x),) if isinstance(x, Traced) else x for x in operands))
        if key not in self._known:
            self._known[key] = f(*operands)
            self.lines.append(self._known[key])
        return self._known[key]

    def index(self, value: Traced) -> int:
        """Return the number of the line that computed a value."""
        return next(i for i, line in enumerate(self.lines) if line is value)
