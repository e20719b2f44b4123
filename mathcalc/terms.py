"""The parts of a typed formula, and the arithmetic that both languages do alike.

Constant parts are computed in floats as they are read, so that what has no value is refused at
once; what rounding leaves of an exact zero, as in ``sin(pi)``, counts as zero.
"""

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

DEEPEST = 100
LARGEST_EXPONENT = 64
LARGEST = 1e300
ROUNDING = 2.0**-51  # two units in the last place
TURNS = 1e6  # a larger angle is a number like any other
CONSTANTS = {"pi": math.pi, "e": math.e}
FUNCTIONS: dict[str, Callable] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
}


def _power(a: Any, b: Any) -> Any:
    """Return a power as JavaScript has it: 1 to no number is none."""
    none = np.isnan(b) or (abs(a) == 1 and np.isinf(b))
    return np.float64(np.nan) if none else np.float_power(a, b)


OPERATORS: dict[str, Callable] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": _power,
    "negative": operator.neg,
    "positive": operator.pos,
}


class FormulaError(ValueError):
    """A text that is not a formula of this language; the message names the piece and the cure."""


def refuse(bad: Any, sentence: str) -> None:
    """Raise a `FormulaError` that says what is wrong."""
    if bad:
        raise FormulaError(sentence)


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a formula.

    Attributes
    ----------
    op : str
        ``"number"``, ``"constant"``, ``"variable"``, an operator or a function.
    parts : tuple of Term
        What it is applied to.
    piece : str
        A number or a name as it is written.
    value : float or None
        Of a constant part.
    depth : int
        How many parts lie in each other.
    """

    op: str
    parts: tuple["Term", ...] = ()
    piece: str = ""
    value: float | None = None
    depth: int = 1

    def at(self, point: Mapping[str, Any]) -> Any:
        """Return the value at a point of NumPy's floats, computed as it is written."""
        if self.value is not None:
            return np.float64(self.value)
        if self.op == "variable":
            return point[self.piece]
        return _function(self.op)(*(part.at(point) for part in self.parts))

    def variables(self) -> set[str]:
        """Return the names of the variables."""
        if self.op == "variable":
            return {self.piece}
        return {name for part in self.parts for name in part.variables()}


def number(text: str) -> Term:
    """Return a number as it is written, without a sign."""
    bad = float(text) > LARGEST or (text[0] == "0" and text[1:2].isdigit())
    refuse(bad, f"{text[:30]} is not a number of ordinary size")
    return Term("number", piece=text, value=float(text))


def constant(name: str) -> Term:
    """Return π or e."""
    return Term("constant", piece=name, value=CONSTANTS[name])


def variable(name: str) -> Term:
    """Return a variable."""
    return Term("variable", piece=name)


def applied(op: str, *parts: Term) -> Term:
    """Return an operator or a function of parts; of constants, with its value.

    Raises
    ------
    FormulaError
        If it is nested too deep, the exponent is too large, or a constant has no value.
    """
    depth = 1 + max(part.depth for part in parts)
    refuse(depth > DEEPEST, f"the formula is nested more than {DEEPEST} deep")
    values = [part.value for part in parts]
    _refuse_hopeless(op, values)
    known = [v for v in values if v is not None]
    return Term(op, parts, "", _folded(op, known) if len(known) == len(values) else None, depth)


def _refuse_hopeless(op: str, values: list[float | None]) -> None:
    """Refuse what has no value, or no ordinary one, whatever the variables are."""
    first, last = values[0], values[-1]
    refuse(op == "/" and last == 0, "the formula divides by zero or overflows")
    refuse(op == "**" and first == 0 and last is None, "zero has no power that varies")
    large = op == "**" and last is not None and abs(last) > LARGEST_EXPONENT
    refuse(large, f"the exponent {last} is larger than {LARGEST_EXPONENT}")


def _folded(op: str, values: list[float]) -> float:
    """Return the value of an operator or a function of constants, if it has one."""
    with np.errstate(all="ignore"):
        value = float(_function(op)(*map(np.float64, values)))
    no_number = "the formula has a part that is not a real number: look at roots and logarithms"
    refuse(math.isnan(value), no_number)
    value = _settled(op, value, max(map(abs, values)))
    refuse(abs(value) > LARGEST, "the formula divides by zero or overflows")
    return value


def _settled(op: str, value: float, size: float) -> float:
    """Return zero where only rounding keeps a value from it, and a tangent's pole."""
    noise = ROUNDING * size
    if op in ("+", "-") or (op in ("sin", "cos", "tan") and 1 < size < TURNS):
        value = 0.0 if abs(value) <= noise else value
    return math.inf if op == "tan" and size < TURNS and abs(value) * noise >= 1 else value


def _function(op: str) -> Callable:
    return OPERATORS.get(op) or FUNCTIONS[op]
