"""The outlines of an SVG picture in few bytes: tenths of a point, each counted from the last.

A tenth of a point is finer than any screen; Matplotlib writes a millionth, and every corner from
the picture's own.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import hypot

_COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")
_SLACK = 0.8  # tenths of a point: how far a corner may be from the line that leaves it out

Point = tuple[int, int]
Step = tuple[str, list[Point]]


def compact(data: str) -> str:
    """Return the same outline in relative coordinates, without corners that nobody sees.

    Parameters
    ----------
    data : str
        The ``d`` of a path as Matplotlib writes it: the commands M, L, Q, C and z, in absolute
        coordinates. What holds any other is returned as it is.

    Returns
    -------
    str
        The same path: corners to a twentieth of a unit along each axis, and each that is left out
        is nearer than a sixth of one to the line that passes it.
    """
    if re.search(r"[^MLQCz\d\s.eE+-]", data):
        return data
    steps = _simplified(_joined(_absolute(data)))
    return "".join(_written(*step) for step in _relative(steps))


def _absolute(data: str) -> Iterator[Step]:
    """Read the commands, each with its points in tenths."""
    for command, numbers in _COMMAND.findall(data):
        tenths = [round(10 * float(number)) for number in numbers.split()]
        yield command, list(zip(tenths[::2], tenths[1::2], strict=True))


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Give a run of lines one command."""
    for straight, run in groupby(steps, key=lambda step: step[0] == "L"):
        if straight:
            yield "L", [point for _, points in run for point in points]
        else:
            yield from run


def _simplified(steps: Iterable[Step]) -> Iterator[Step]:
    """Leave out the corners of lines that lie on the way between their neighbours."""
    last: Point | None = None
    for command, points in steps:
        if command == "L" and last is not None:
            points = _corners(last, points)
        last = points[-1] if points else None
        yield command, points


def _corners(start: Point, run: list[Point]) -> list[Point]:
    """Return the end of each line that goes as far as it passes all points near enough."""
    kept, first = [], 0
    while first < len(run):
        last = first
        while last + 1 < len(run) and all(
            _apart(start, run[last + 1], point) <= _SLACK for point in run[first : last + 1]
        ):
            last += 1
        start = run[last]
        kept.append(start)
        first = last + 1
    return kept


def _apart(a: Point, b: Point, p: Point) -> float:
    """Return how far the point p is from the line between a and b."""
    along, to = (b[0] - a[0], b[1] - a[1]), (p[0] - a[0], p[1] - a[1])
    square = along[0] ** 2 + along[1] ** 2
    share = (along[0] * to[0] + along[1] * to[1]) / square if square else 0.0
    share = min(max(share, 0.0), 1.0)
    return hypot(to[0] - share * along[0], to[1] - share * along[1])


def _relative(steps: Iterable[Step]) -> Iterator[tuple[str, list[int]]]:
    """Count each point from the last; the control points of a curve from its beginning."""
    at = start = (0, 0)
    for command, points in steps:
        moves: list[int] = []
        for point in points:
            moves += [point[0] - at[0], point[1] - at[1]]
            at = point if command in "ML" else at
        at = start if command == "z" else points[-1]
        start = at if command == "M" else start
        yield command.lower(), moves


def _written(command: str, moves: list[int]) -> str:
    numbers = [_number(move) for move in moves]
    glue = ["" if text.startswith("-") or k == 0 else " " for k, text in enumerate(numbers)]
    return command + "".join(space + text for space, text in zip(glue, numbers, strict=True))


def _number(tenths: int) -> str:
    whole, part = divmod(abs(tenths), 10)
    digits = f"{whole or ''}.{part}" if part else str(whole)
    return f"-{digits}" if tenths < 0 else digits
