"""How an answer is judged: right, or what is wrong with it.

``explorables/judge.mjs`` does the same on the page, rule by rule; the tests compare them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mathcalc.exercises.messages import EXACT, NEAR, place_in_words, say, shape_in_words
from mathcalc.exercises.reading import Unfit, read
from mathcalc.exercises.sheets import CHOICES


@dataclass(frozen=True)
class Judgement:
    """What was found.

    Attributes
    ----------
    right : bool
        Whether the answer is right.
    code : str
        The key of the sentence in `MESSAGES`; ``"hint"`` for what a typical wrong answer earns.
    message : str
        The sentence.
    """

    right: bool
    code: str
    message: str


def judge(sheet: dict[str, Any], answer: Any) -> Judgement:
    """Judge an answer by a part's sheet; whatever the answer is, this does not raise."""
    try:
        code, details = (
            _choice(sheet, answer) if sheet["kind"] in CHOICES else _values(sheet, answer)
        )
    except Unfit as unfit:
        code, details = unfit.code, unfit.details
    except Exception:  # an object that breaks when it is looked at
        code, details = "type", {"got": type(answer).__name__}
    message = details["hint"] if code == "hint" else say(code, **details)
    return Judgement(code == "right", code, message)


def _values(sheet: dict[str, Any], answer: Any) -> tuple[str, dict]:
    if sheet["kind"] == "function" and answer is not None and not callable(answer):
        return "callable", {}
    shape, values = read(answer, sheet)
    expected = tuple(sheet["shape"])
    if expected in (_column(shape), _row(shape)):
        shape = expected
    if shape == expected[::-1] != expected and _turned(sheet, shape, values):
        return "transpose", {}
    if shape != expected:
        return "shape", {"expected": shape_in_words(expected), "got": shape_in_words(shape)}
    bad = np.flatnonzero(~np.isfinite(values).all(axis=0))
    if bad.size:
        return ("finite_at", {"point": sheet["said"][bad[0]]}) if sheet["said"] else ("finite", {})
    return _compared(sheet, values)


def _column(shape):
    """Return the vector that a matrix of one column stands for."""
    return shape[:1] if shape[1:] == (1,) else None


def _row(shape):
    """Return the matrix of one row that a vector stands for."""
    return (1, *shape) if len(shape) == 1 else None


def _turned(sheet, shape, values):
    return _Ruler(sheet).same(_flipped(values, shape), np.array(sheet["right"][0]))


def _flipped(values, shape):
    """Return the entries of a matrix's transpose."""
    return values.reshape(*shape, -1).swapaxes(0, 1).reshape(values.shape)


class _Ruler:
    """Nearness, relative to the right answer's largest entry; absolute if that is zero."""

    def __init__(self, sheet):
        self.scale = np.abs(sheet["right"][0]).max() or 1.0
        self.tolerance = sheet["tolerance"]

    def same(self, a, b, factor=1.0):
        """Tell whether two arrays are equal within the tolerance."""
        return bool(np.abs(a - b).max() <= self.tolerance * self.scale * factor)


def _compared(sheet: dict[str, Any], values: np.ndarray) -> tuple[str, dict]:
    """Return what is to be said of finite values of the right shape."""
    ruler = _Ruler(sheet)
    if any(ruler.same(values, np.array(right)) for right in sheet["right"]):
        return "right", {}
    for typical in sheet["wrong"]:
        if typical["shape"] == sheet["shape"] and ruler.same(values, np.array(typical["values"])):
            return "hint", {"hint": typical["hint"]}
    right = np.array(sheet["right"][0])
    for code, holds in WHOLE.items():
        if holds(ruler, values, right, tuple(sheet["shape"])):
            return code, {}
    return _by_entries(sheet, ruler, values, right)


def _by_entries(sheet, ruler, values, right):
    """Say which entries are off, or at which points."""
    shape, total = tuple(sheet["shape"]), len(values)
    off = [i for i in range(total) if not ruler.same(values[i], right[i])]
    if len(off) == 1 < total:
        code = "only_sign" if ruler.same(values[off[0]], -right[off[0]]) else "only"
        return code, {"which": place_in_words(off[0], shape)}
    if len(off) < total:
        return "several", {"count": len(off), "total": total}
    return _by_points(sheet["said"], ruler, values, right)


def _by_points(said, ruler, values, right):
    if not said:
        return "wrong", {}
    agrees = [ruler.same(a, b) for a, b in zip(values.T, right.T, strict=True)]
    first = said[agrees.index(False)]
    if any(agrees):
        return "some", {"point": first, "agree": said[agrees.index(True)]}
    return "differs", {"point": first}


def _sign(ruler, values, right, shape):
    return ruler.same(values, -right)


def _factor(ruler, values, right, shape):
    if np.count_nonzero(right) < 2 or (len(right) == 1 and np.ptp(right) == 0):
        return False  # one number is a multiple of any other
    c = (values * right).sum() / (right * right).sum()
    return c != 0 and ruler.same(values, c * right, factor=abs(c))


def _constant(ruler, values, right, shape):
    if right.shape[1] == 1 or not np.ptp(right, axis=1).any():
        return False
    return ruler.same(values - right, (values - right)[:, :1])


def _transpose(ruler, values, right, shape):
    square = len(shape) == 2 and shape[0] == shape[1]
    return square and ruler.same(_flipped(values, shape), right)


def _order(ruler, values, right, shape):
    left = list(values)
    for entry in right:
        match = next((i for i, own in enumerate(left) if ruler.same(own, entry)), None)
        if match is None or len(shape) != 1:
            return False
        left.pop(match)
    return True


def _close(ruler, values, right, shape):
    if right.shape[1] > 1 or ruler.tolerance < EXACT:
        return False  # what is counted is right or wrong
    return bool(np.abs(values - right).max() <= NEAR * ruler.scale)


WHOLE = {
    "sign": _sign,
    "transpose": _transpose,
    "order": _order,
    "close": _close,
    "factor": _factor,
    "constant": _constant,
}


def _choice(sheet: dict[str, Any], answer: Any) -> tuple[str, dict]:
    chosen, right = set(letters(answer)), set(sheet["right"])
    if not chosen:
        return "none", {}
    if not chosen <= set(sheet["options"]):
        listed = (f"{letter}: {text}" for letter, text in sheet["options"].items())
        return "option", {"options": "; ".join(listed)}
    if sheet["kind"] == "choice" and len(chosen) > 1:
        return "one_option", {}
    if chosen == right:
        return "right", {}
    extra = sorted(chosen - right)
    if len(extra) == 1 and extra[0] in sheet["wrong"]:
        return "hint", {"hint": sheet["wrong"][extra[0]]}
    return ("extra" if extra else "missing"), {}


def letters(answer: Any) -> Iterable[str]:
    """Return the letters of a choice: from a text such as "a, c", or from any collection."""
    if answer is None:
        return []
    texts = [answer] if isinstance(answer, str) else list(answer)
    return [word for text in texts for word in re.findall(r"\w+", str(text).lower())]
