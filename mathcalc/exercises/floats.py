"""A typed formula computed in floats, step by step as it is written.

SymPy would simplify first, and give ``log(x) - log(x)`` a value where the page's parser has none.
"""

import ast
import operator
from collections.abc import Callable

import numpy as np

from mathcalc.expression import CONSTANTS, FUNCTIONS

OPERATORS: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.divide,
    ast.Pow: np.float_power,
}


def as_written(text: str, point: dict[str, float]) -> float:
    """Return the value at a point of a formula that `mathcalc.expression.parse` has accepted.

    Parameters
    ----------
    text : str
        The formula.
    point : dict of str to float
        Its variables' values.

    Returns
    -------
    float
        The value; infinite or nan where there is none, as IEEE 754 has it.

    Examples
    --------
    >>> as_written("x**2 + sqrt(y)", {"x": 3.0, "y": 4.0})
    11.0
    """
    names = {name: float(value) for name, value in CONSTANTS.items()} | point
    with np.errstate(all="ignore"):
        return float(_value(ast.parse(text.strip(), mode="eval").body, names))


def _value(node: ast.AST, names: dict[str, float]) -> np.float64:
    match node:
        case ast.Constant(value=int() | float() as number):
            return np.float64(number)
        case ast.Name(id=name):
            return np.float64(names[name])
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return -_value(part, names)
        case ast.UnaryOp(op=ast.UAdd(), operand=part):
            return _value(part, names)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.Call(func=ast.Name(id=name), args=[part]) if name in FUNCTIONS:
            return getattr(np, name)(_value(part, names))
    raise ValueError(f"{ast.dump(node)[:60]} is no part of a formula")
