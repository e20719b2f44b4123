"""From an answer, whatever it is, to its shape and its values at the points of a sheet."""

import inspect
import re
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from numbers import Real
from typing import Any

import numpy as np
import sympy as sp

from mathcalc import grammar
from mathcalc.exercises.brackets import Unfit, split
from mathcalc.exercises.messages import (
    DEEPEST,
    LARGEST,
    LONGEST,
    REWRITTEN,
    SPELLINGS,
    shape_in_words,
)
from mathcalc.terms import CONSTANTS, FUNCTIONS, FormulaError, Term

NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*", re.ASCII)
BARE_PRODUCT = re.compile(r"\d *[A-Za-z_(]|\) *[\w(]|(?<!\w)[A-Za-z] +[A-Za-z_]", re.ASCII)
HUGE = 1e300  # beyond it a number overflows

Leaf = Callable[[dict[str, float]], float]
Values = tuple[tuple[int, ...], np.ndarray]


def read(answer: Any, sheet: dict[str, Any]) -> Values:
    """Return an answer's shape, and its entries' values at the points: an array (entries, points).

    Raises
    ------
    Unfit
        If it cannot be read.
    """
    if answer is None:
        raise Unfit("none")
    if callable(answer) and not isinstance(answer, sp.Basic):
        return _called(answer, sheet)
    nested = _nested(answer, sheet["variables"], 0)
    shape, leaves = _shape(nested), _flat(nested)
    points = [dict(zip(sheet["variables"], p, strict=True)) for p in sheet["points"]]
    return shape, np.array([[leaf(point) for point in points] for leaf in leaves], dtype=float)


def _nested(answer: Any, variables: Sequence[str], depth: int) -> Any:
    """Return nested lists of leaves, each of which gives its value at a point."""
    if depth > DEEPEST:
        raise Unfit("deep")
    if isinstance(answer, str):
        answer = split(_spelt(answer))
    elif isinstance(answer, sp.MatrixBase):  # SymPy writes a vector as a matrix with one column
        answer = list(answer) if answer.shape[1] == 1 else answer.tolist()
    elif hasattr(answer, "tolist"):
        answer = answer.tolist()
    if isinstance(answer, list | tuple):
        if len(answer) > LARGEST:
            raise Unfit("long")
        return [_nested(part, variables, depth + 1) for part in answer]
    return _leaf(answer, variables)


def _spelt(text: str) -> str:
    if len(text) > LONGEST:
        raise Unfit("long")
    for pattern, instead in REWRITTEN:
        text = re.sub(pattern, instead.replace("$1", r"\1"), text)
    return "".join(SPELLINGS.get(sign, sign) for sign in text)


def _leaf(answer: Any, variables: Sequence[str]) -> Leaf:
    match answer:
        case str():
            return _parsed(answer, variables)
        case sp.Expr():
            return partial(_of_sympy, _known(answer, variables))
        case Real() if not isinstance(answer, bool):
            return partial(_of_sympy, sp.Float(float(answer)))
    raise Unfit("type", got=type(answer).__name__)


def _parsed(text: str, variables: Sequence[str]) -> Leaf:
    try:
        return partial(_as_written, grammar.read(text, variables))
    except FormulaError:
        raise _slip(text, variables) from None


def _as_written(term: Term, point: dict[str, float]) -> float:
    """Return the value at a point: SymPy would give ``log(x) - log(x)`` one everywhere."""
    with np.errstate(all="ignore"):
        return float(term.at({name: np.float64(x) for name, x in point.items()}))


def _slip(text: str, variables: Sequence[str]) -> Unfit:
    """Tell why a text is no formula: the parser's own words differ from language to language."""
    if not text.strip(grammar.SPACES):
        return Unfit("none")
    if "^" in text:
        return Unfit("power")
    for name in NAME.findall(text):
        if name not in {*variables, *FUNCTIONS, *CONSTANTS}:
            product = set(name) <= set(variables)  # of variables with one letter each
            return Unfit("product") if product else _unknown(name, variables)
    return Unfit("product" if BARE_PRODUCT.search(text) else "read")


def _unknown(name: str, variables: Sequence[str]) -> Unfit:
    code = "name" if variables else "name_alone"
    return Unfit(code, got=name[:30], variables=", ".join(variables))


def _known(expression: sp.Expr, variables: Sequence[str]) -> sp.Expr:
    for symbol in sorted(expression.free_symbols, key=str):
        if str(symbol) not in variables:
            raise _unknown(str(symbol), variables)
    return expression


def _shape(nested: Any) -> tuple[int, ...]:
    if not isinstance(nested, list):
        return ()
    shapes = {_shape(part) for part in nested}
    if not shapes:
        raise Unfit("none")
    if len(shapes) > 1:
        raise Unfit("ragged")
    return (len(nested), *shapes.pop())


def _flat(nested: Any) -> list[Leaf]:
    flat = isinstance(nested, list)
    return [leaf for part in nested for leaf in _flat(part)] if flat else [nested]


def _of_sympy(expression: sp.Expr, point: dict[str, float]) -> float:
    """Return an expression's value at a point; nan where it has no finite real one."""
    number = expression.evalf(subs={s: point[str(s)] for s in expression.free_symbols})
    ordinary = number.is_real and number.is_finite and abs(number) <= HUGE
    return float(number) if ordinary else np.nan


def _called(function: Callable, sheet: dict[str, Any]) -> Values:
    """Call a function at each point; every value must have the expected shape."""
    if not sheet["variables"]:
        raise Unfit("type", got=type(function).__name__)
    columns = []
    for point, said in zip(sheet["points"], sheet["said"], strict=True):
        value = _call(function, point, said)
        if value.shape != tuple(sheet["shape"]):
            expected, got = (shape_in_words(s) for s in (tuple(sheet["shape"]), value.shape))
            raise Unfit("shape_at", point=said, expected=expected, got=got)
        columns.append(value.ravel())
    return tuple(sheet["shape"]), np.array(columns, dtype=float).T


def _call(function: Callable, point: Sequence[float], said: str) -> np.ndarray:
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            value = np.asarray(function(*_arguments(function, point)), dtype=float)
    except Exception as error:
        raise Unfit("raises", point=said, got=type(error).__name__) from None
    if value.ndim > DEEPEST:
        raise Unfit("deep")
    return value


def _arguments(function: Callable, point: Sequence[float]) -> list[Any]:
    """Return a point as one array, or as its coordinates where a function takes as many."""
    try:
        count = len(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        count = 1
    return list(point) if count == len(point) > 1 else [np.array(point)]
