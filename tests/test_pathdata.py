"""Outlines in few bytes are the same outlines: read back, point by point."""

import re
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcalc.pathdata import compact

SIZES = {"m": 2, "l": 2, "q": 4, "c": 6, "z": 0}
ROUNDED = 0.0708  # a corner that is rounded by a twentieth along both axes
NUMBER = r"-?(?:\d+\.\d+|\.\d+|\d+)"


def read(data):
    """Follow a relative path as the SVG standard says; return each command with its points."""
    at = start = np.zeros(2)
    found = []
    for command, text in re.findall(rf"([mlqcz])((?:{NUMBER}|\s)*)", data):
        numbers = np.array(re.findall(NUMBER, text), float)
        groups = numbers.reshape(-1, SIZES[command] // 2, 2) if len(numbers) else [None]
        for group in groups:
            points = [] if group is None else [at + step for step in group]
            at = points[-1] if points else start
            start = at if command == "m" else start
            found.append((command, points))
    return found


def written(steps):
    """As Matplotlib writes a path."""
    return "\n".join(
        " ".join([command, *(f"{x:.6f}" for point in points for x in point)])
        for command, points in steps
    )


number = st.floats(-500, 500, allow_nan=False).map(lambda x: round(x, 6))
point = st.tuples(number, number)
steps = st.one_of(
    st.tuples(st.just("L"), st.lists(point, min_size=1, max_size=1)),
    st.tuples(st.just("Q"), st.lists(point, min_size=2, max_size=2)),
    st.tuples(st.just("C"), st.lists(point, min_size=3, max_size=3)),
    st.just(("z", [])),
)
outlines = st.tuples(st.just("M"), st.lists(point, min_size=1, max_size=1)).flatmap(
    lambda first: st.lists(steps, max_size=12).map(lambda rest: [first, *rest])
)


def runs(outline):
    """The outline's lines, each run with the point that it starts from; its other commands."""
    last = None
    for straight, steps in groupby(outline, key=lambda step: step[0] == "L"):
        points = [point for _, some in steps for point in some]
        yield straight, last, points
        last = points[-1] if points else None


def distance(p, corners):
    """How far a point is from a path of straight lines."""
    a, b = np.array(corners[:-1]), np.array(corners[1:])
    along, to = b - a, np.array(p) - a
    square = np.maximum((along**2).sum(1), 1e-30)
    share = np.clip((along * to).sum(1) / square, 0, 1)
    return np.linalg.norm(to - share[:, None] * along, axis=1).min()


@given(outlines)
def test_an_outline_is_kept(outline):
    """Points to a twentieth along each axis; of lines each corner is near what is drawn."""
    back = list(runs([(c.upper(), p) for c, p in read(compact(written(outline)))]))
    for (straight, at, ours), (_, start, theirs) in zip(back, runs(outline), strict=True):
        if straight and start is not None:
            assert all(distance(p, [at, *ours]) < 0.08 + ROUNDED for p in theirs)
            assert all(distance(p, [start, *theirs]) < ROUNDED for p in ours)
            ours, theirs = ours[-1:], theirs[-1:]
        np.testing.assert_allclose(ours, theirs, atol=0.0501) if theirs else None


def test_corners_on_a_line_are_left_out():
    data = "M 0 0\nL 1 1\nL 2 2\nL 3 3\nL 3 9\nL 3 5\nz"
    assert compact(data) == "m0 0l3 3 0 6 0-4z"  # the turn back at (3, 9) stays


def test_numbers_are_short():
    assert compact("M 0.5 -0.5 L 10.04 0.26") == "m.5-.5l9.5 .8"


def test_what_is_no_such_path_is_returned_as_it_is():
    assert compact("M 0 0 A 1 1 0 0 0 2 2") == "M 0 0 A 1 1 0 0 0 2 2"


def test_the_area_of_a_polygon_is_kept():
    turn = np.linspace(0, 2 * np.pi, 200)
    ring = np.stack([300 + 100 * np.cos(turn), 200 + 90 * np.sin(turn)], 1)
    data = written([("M", [ring[0]]), *(("L", [p]) for p in ring[1:]), ("z", [])])
    x, y = np.array([p[0] for _, p in read(compact(data)) if p]).T
    area = abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2
    assert area == pytest.approx(np.pi * 9000, rel=1e-3)
    assert len(compact(data)) < 0.5 * len(data)
