"""The small language of typed formulas, read alike here and in ``explorables/expression.mjs``.

Numbers, variables, ``pi`` and ``e``, ``+ - * / **``, parentheses and the functions below. Text is
never evaluated: `mathcalc.grammar` reads it into terms, and these are turned into SymPy.
"""

import math
from collections.abc import Callable, Sequence

import sympy as sp

from mathcalc.grammar import read
from mathcalc.terms import LARGEST_EXPONENT, FormulaError, Term

__all__ = ["CONSTANTS", "FUNCTIONS", "FormulaError", "parse", "variables_of"]

LONGEST_NUMBER = 300  # digits
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
        The expression; its variables are real symbols. ``nan`` if SymPy, which simplifies, finds
        that the formula has no value anywhere, such as ``x/(x - x)``.

    Raises
    ------
    FormulaError
        If the text is too long or too deep, or holds anything but the language's pieces.

    Examples
    --------
    >>> parse("x**2 + x*y")
    x**2 + x*y
    """
    expression = _built(read(text, variables))
    return sp.nan if expression.has(sp.nan, sp.zoo, sp.oo, -sp.oo) else expression


def variables_of(expression: sp.Expr) -> tuple[str, ...]:
    """Return the names of an expression's variables, sorted."""
    return tuple(sorted(symbol.name for symbol in expression.free_symbols))


def _built(term: Term) -> sp.Expr:
    """Turn a term into SymPy."""
    if term.op == "number":
        return _number(float(term.piece))
    if term.op == "constant":
        return CONSTANTS[term.piece]
    if term.op == "variable":
        return sp.Symbol(term.piece, real=True)
    return _applied(term.op, *map(_built, term.parts))


def _number(value: float) -> sp.Expr:
    """Return a number; whole ones stay exact, so that x**2 is a square."""
    return sp.Integer(int(value)) if value == int(value) and value < 1e15 else sp.Float(value)


def _applied(op: str, *parts: sp.Expr) -> sp.Expr:
    if any(part is sp.nan for part in parts):
        return sp.nan
    a, b = parts[0], parts[-1]
    match op:
        case "negative":
            return -a
        case "positive":
            return a
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b
        case "**":
            return _real(_power(a, b))
    return _real(_function(op, a))


def _function(name: str, argument: sp.Expr) -> sp.Expr:
    if name == "exp" and argument.is_number:
        return _within(_float(argument) / math.log(10), sp.exp, argument)
    return FUNCTIONS[name](argument)


def _power(base: sp.Expr, exponent: sp.Expr) -> sp.Expr:
    if not exponent.is_number:
        return base**exponent
    power = _float(exponent)
    if not abs(power) <= LARGEST_EXPONENT:
        return sp.nan
    size = abs(_float(base)) if base.is_number else 1.0
    digits = power * math.log10(size) if size > 0 else 0.0
    return _within(digits, sp.Pow, base, exponent)


def _within(digits: float, f: Callable[..., sp.Expr], *parts: sp.Expr) -> sp.Expr:
    """Return a value of so many digits: exact ones of SymPy's could fill the memory."""
    if digits < -LONGEST_NUMBER:
        return sp.Integer(0)
    return f(*parts) if digits <= LONGEST_NUMBER else sp.nan


def _real(value: sp.Expr) -> sp.Expr:
    """Return a value; none for a constant that is no real number."""
    return sp.nan if value.is_number and value.is_real is False else value


def _float(number: sp.Expr) -> float:
    """Return a number as a float; nan if it is none, or does not fit."""
    try:
        return float(number)
    except (OverflowError, TypeError):
        return math.nan
