"""Typed lists: from the text of a vector or a matrix to the texts of its entries."""

from typing import Any

from mathcalc.exercises.messages import DEEPEST, LARGEST
from mathcalc.grammar import SPACES

OPEN, CLOSE = "[(", "])"


class Unfit(Exception):
    """An answer that cannot be compared: the code of what is to be said, and its details."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def split(text: str, depth: int = 0) -> Any:
    """Return the text of a bracketed list as nested lists of texts; another text as it is."""
    if depth > DEEPEST:
        raise Unfit("deep")
    text = text.strip(SPACES)
    pieces = _pieces(text)
    if len(pieces) == 1:
        inside = _inside(text)
        pieces = [] if inside is None else _pieces(inside)
        if len(pieces) == 1 and text[0] == "(":  # (4) is a number, (4, 5) and [4] are lists
            pieces = []
    if len(pieces) > LARGEST:
        raise Unfit("long")
    return [split(piece, depth + 1) for piece in pieces] or text


def _pieces(text: str) -> list[str]:
    """Cut a text at the commas that stand in no bracket; one comma may stand at its end."""
    depth, start, pieces = 0, 0, []
    for at, sign in enumerate(text):
        depth += (sign in OPEN) - (sign in CLOSE)
        if sign == "," and depth == 0:
            pieces.append(text[start:at])
            start = at + 1
    last = text[start:]
    return pieces if pieces and not last.strip(SPACES) else [*pieces, last]


def _inside(text: str) -> str | None:
    """Return what stands in the one bracket that spans a text."""
    if not text or text[0] not in OPEN or text[-1] != CLOSE[OPEN.index(text[0])]:
        return None
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in OPEN) - (sign in CLOSE)
        if depth == 0:
            return text[1:-1] if at == len(text) - 1 else None
    return None
