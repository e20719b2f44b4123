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
        return f"{line.primitive.name}({', '.join(map(called, line.operands))})"

    pairs = zip(lines, adjoints or [None] * len(lines), strict=True)
    return [(called(line), operation(line), _short(line.value), _short(u)) for line, u in pairs]


def _short(value: Any) -> str:
    if value is None:
        return ""
    return np.array2string(np.asarray(plain(value)), precision=6, threshold=4)


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
