"""The small language of typed formulas, read alike here and in ``explorables/expression.mjs``.

Numbers, variables, ``pi`` and ``e``, ``+ - * / **``, parentheses and the functions below. Text is
never evaluated: Python's own parser gives a tree, and a whitelist turns the tree into SymPy.
"""

import ast
import math
import re
import warnings
from collections.abc import Sequence
from itertools import accumulate

import sympy as sp

LONGEST = 500
DEEPEST = 100
LARGEST_EXPONENT = 64
LONGEST_NUMBER = 300
NUMERAL = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
FUNCTIONS = {
    "sin": sp.sin,
    "cos": sp.cos,
    "tan": sp.tan,
    "asin": sp.asin,
    "acos": sp.acos,
    "atan": sp.atan,
    "sinh": sp.sinh,
    "cosh": sp.cosh,
    "tanh": sp.tanh,
    "exp": sp.exp,
    "log": sp.log,
    "sqrt": sp.sqrt,
    "abs": sp.Abs,
}
CONSTANTS = {"pi": sp.pi, "e": sp.E}
OPERATORS = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}


class FormulaError(ValueError):
    """A text that is not a formula of this language; the message names the piece and the cure."""


def parse(text: str, variables: Sequence[str] | None = None) -> sp.Expr:
    """Read a formula.

    Parameters
    ----------
    text : str
        The formula, such as ``"x**2 + 3*sin(x*y)"``.
    variables : sequence of str, optional
        The names that may occur; any name that is no function or constant if it is left out.

    Returns
    -------
    sympy.Expr
        The expression; its variables are real symbols.

    Raises
    ------
    FormulaError
        If the text is too long or too deep, or holds anything but the language's pieces.

    Examples
    --------
    >>> parse("x**2 + x*y")
    x**2 + x*y
    """
    tree = _tree(text)
    _refuse(_depth(tree) > DEEPEST, f"the formula is nested more than {DEEPEST} deep")
    expression = sp.sympify(_build(tree, text, variables))
    _refuse(expression.has(sp.nan, sp.zoo, sp.oo), "the formula divides by zero or overflows")
    return expression


def variables_of(expression: sp.Expr) -> tuple[str, ...]:
    """Return the names of an expression's variables, sorted."""
    return tuple(sorted(symbol.name for symbol in expression.free_symbols))


def _refuse(bad, sentence):
    if bad:
        raise FormulaError(sentence)


def _tree(text):
    """Return the syntax tree of a text that is short, plain and one expression."""
    _refuse(not isinstance(text, str), f"a formula is a text, not {type(text).__name__}")
    text = text.strip()
    _refuse(not text, "the formula is empty: write one, such as x**2 + y**2")
    _refuse(len(text) > LONGEST, f"the formula is longer than {LONGEST} characters")
    odd = next((c for c in text if not " " <= c <= "~" or c in "#\\"), None)
    _refuse(odd is not None, f"{odd!r} is not part of a formula")
    _refuse("^" in text, "write ** for a power, not ^")
    _refuse("//" in text, "write / for a quotient, not //")
    _refuse(_brackets(text) > DEEPEST, f"the formula is nested more than {DEEPEST} deep")
    return _parsed(text)


def _brackets(text):
    """Return how deep the brackets nest."""
    return max(accumulate((c == "(") - (c == ")") for c in text))


def _parsed(text):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise FormulaError(f"cannot read {text[:60]!r}: is a sign or a bracket missing?") from None


def _depth(node):
    """Return how deep a tree is, without recursion."""
    depth, level = 0, [node]
    while level:
        depth, level = depth + 1, [c for n in level for c in ast.iter_child_nodes(n) if _is_part(c)]
    return depth


def _is_part(node):
    return isinstance(node, ast.expr)


def _build(node, text, variables):
    """Turn a whitelisted tree into SymPy, one kind of node a line."""
    again = lambda part: _build(part, text, variables)  # noqa: E731
    match node:
        case ast.Constant():
            return _number(node, text)
        case ast.Name():
            return _name(node.id, variables)
        case ast.UnaryOp(op=ast.USub()):
            return -again(node.operand)
        case ast.UnaryOp(op=ast.UAdd()):
            return again(node.operand)
        case ast.BinOp(op=ast.Pow()):
            return _real(_power(again(node.left), again(node.right)))
        case ast.BinOp() if type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](again(node.left), again(node.right))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
            return _real(_function(name)(again(argument)))
    piece = ast.get_source_segment(text.strip(), node) or text
    raise FormulaError(f"{piece[:60]!r} is not part of a formula")


def _number(node, text):
    """Return a number; whole ones stay exact, so that x**2 is a square."""
    value = node.value
    written = ast.get_source_segment(text.strip(), node) or ""
    plain = type(value) in (int, float) and NUMERAL.fullmatch(written) and value < 1e300
    _refuse(not plain, f"{written[:30]} is not a number of ordinary size")
    return sp.Integer(int(value)) if value == int(value) and value < 1e15 else sp.Float(value)


def _name(name, variables):
    if name in CONSTANTS:
        return CONSTANTS[name]
    _refuse(name in FUNCTIONS, f"{name} needs an argument: write {name}(x)")
    known = name.isidentifier() and "__" not in name and (variables is None or name in variables)
    hint = f"; the variables are {', '.join(variables)}" if variables else ""
    _refuse(not known, f"{name!r} is not known{hint}")
    return sp.Symbol(name, real=True)


def _function(name):
    known = ", ".join(FUNCTIONS)
    _refuse(name not in FUNCTIONS, f"{name!r} is not a known function; there are {known}")
    return FUNCTIONS[name]


def _power(base, exponent):
    """Return a power whose exponent cannot fill the memory."""
    if exponent.is_number:
        _refuse(not exponent.is_real, f"the exponent {str(exponent)[:30]} is not real")
        too_large = abs(_size(exponent)) > LARGEST_EXPONENT
        _refuse(too_large, f"the exponent {str(exponent)[:30]} is larger than {LARGEST_EXPONENT}")
    if base.is_number and exponent.is_number and base != 0:
        digits = sp.Float(_size(exponent)) * sp.log(sp.Abs(sp.Float(_size(base))), 10)
        _refuse(abs(digits) > LONGEST_NUMBER, f"{str(base)[:30]}**{exponent} is too large")
    return base**exponent


def _real(value):
    """Refuse a constant that is no real number."""
    bad = value.is_number and value.is_real is False and not value.has(sp.zoo, sp.oo)
    _refuse(bad, f"{str(value)[:60]} is not a real number: look at roots and logarithms")
    return value


def _size(number):
    """Return a number as a float; infinity if it does not fit."""
    try:
        return float(number)
    except (OverflowError, TypeError):
        return math.inf
