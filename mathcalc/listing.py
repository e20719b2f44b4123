"""A tape as text: the Wengert list with its values and adjoints."""

import html
from typing import Any

import numpy as np

from mathcalc.rules import plain

HEADS = ("line", "operation", "value", "adjoint")


def rows(lines: list, adjoints: list, names: dict[int, str]) -> list[tuple[str, str, str, str]]:
    """Return the lines of a tape as text: name, operation, value, adjoint."""

    def called(x: Any) -> str:
        if getattr(x, "lines", None) is lines:
            return names.get(x.index, f"v{x.index + 1}")
        return _short(x)

    def operation(line: Any) -> str:
        if line.primitive is None:
            return "input"
        said = [called(x) for x in line.operands]
        return f"{line.primitive.name}({', '.join([*said, *_options(line.options)])})"

    pairs = zip(lines, adjoints or [None] * len(lines), strict=True)
    return [(called(line), operation(line), _short(line.value), _short(u)) for line, u in pairs]


def _options(options: dict[str, Any]) -> list[str]:
    """Return what was asked for beside the operands; what says nothing is left out."""
    asked = {k: v for k, v in options.items() if k != "form" and v is not None and v is not False}
    return [_place(v) if k == "index" else f"{k}={_asked(v)}" for k, v in asked.items()]


def _asked(value: Any) -> str:
    if isinstance(value, range):
        return str(tuple(value))
    return _short(value) if isinstance(value, np.ndarray) else str(value)


def _place(index: Any) -> str:
    """Return an index as one writes it."""
    if isinstance(index, tuple):
        return ", ".join(map(_place, index)).join("()")
    if isinstance(index, slice):
        parts = [index.start, index.stop] + [index.step] * (index.step is not None)
        return ":".join("" if part is None else str(part) for part in parts)
    return "..." if index is Ellipsis else _short(index) or "None"


def _short(value: Any) -> str:
    """Return a value in one line."""
    if value is None:
        return ""
    text = np.array2string(np.asarray(plain(value)), precision=6, threshold=4, edgeitems=2)
    return " ".join(text.split()).replace("[ ", "[")


def text(rows: list[tuple[str, str, str, str]]) -> str:
    """Return rows as columns of text."""
    table = [HEADS, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def table(rows: list[tuple[str, str, str, str]]) -> str:
    """Return rows as a table of HTML."""
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    body = "".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table class='wengert'><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
