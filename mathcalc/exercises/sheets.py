"""The sheet by which a part is judged: the same plain data for the notebook and for the page."""

import base64
import json
import zlib
from typing import Any

import numpy as np

from mathcalc import answers
from mathcalc.exercises.messages import MESSAGES
from mathcalc.exercises.reading import read

POINTS = 6
DOMAIN = (-2.0, 2.0)
SMALLEST = 0.05  # nearer to zero a point would hide a factor
TOLERANCE = {"number": 1e-3, "vector": 1e-3, "matrix": 1e-3, "formula": 1e-8, "function": 1e-8}
CHOICES = ("choice", "choices")


def sheet(name: str, letter: str) -> dict[str, Any]:
    """Return the sheet of one part of an exercise, which JSON can carry.

    Formulas are compared at random points, seeded by the part's name and rounded to two decimals,
    so that they can be said. ``right`` holds the right answers' values, an array
    (entries, points) each; ``wrong`` those of typical wrong answers, each with what is said.
    """
    return make(answers.parts(name)[letter], f"{name} {letter}")


def make(part: dict[str, Any], seed: str) -> dict[str, Any]:
    """Return the sheet of a part; the text ``seed`` decides its points."""
    if part["kind"] in CHOICES:
        return _choice(part)
    own = {
        "kind": part["kind"],
        "asks": part["asks"],
        "variables": list(part.get("variables", ())),
        "tolerance": part.get("tolerance", TOLERANCE[part["kind"]]),
    }
    own |= _points(part, seed)
    own["shape"] = list(read(part["answer"], own)[0])
    own["right"] = [_plain(text, own)["values"] for text in (part["answer"], *part.get("also", ()))]
    hints = {text: hint for text, hint in part["wrong"].items() if hint not in MESSAGES}
    own["wrong"] = [_plain(text, own) | {"hint": hint} for text, hint in hints.items()]
    return own


def payload(name: str) -> str:
    """Return an exercise's sheets for its page.

    The page judges without a kernel, so it has to hold what it compares with. Base64 keeps that
    from the eye of who looks at the page's source, and from nobody who wants to know.
    """
    sheets = {letter: sheet(name, letter) for letter in answers.parts(name)}
    text = json.dumps(sheets, ensure_ascii=False, allow_nan=False)
    return base64.b64encode(text.encode()).decode("ascii")


def _choice(part: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": part["kind"],
        "asks": part["asks"],
        "options": part["options"],
        "right": sorted(part["answer"]),
        "wrong": part["wrong"],
    }


def _points(part: dict[str, Any], seed: str) -> dict[str, Any]:
    """Return random points, and how they are said; for numbers one point without coordinates."""
    rng = np.random.default_rng(zlib.crc32(seed.encode()))
    low, high = part.get("domain", DOMAIN)
    count = len(part.get("variables", ()))
    points = rng.uniform(low, high, (POINTS if count else 1, count)).round(2)
    points = np.where(np.abs(points) < SMALLEST, points + 2 * SMALLEST, points).round(2)
    said = [_said(point) for point in points] if count else []
    return {"points": points.tolist(), "said": said}


def _said(point: np.ndarray) -> str:
    coordinates = ", ".join(f"{c:g}" for c in point)
    return f"({coordinates})" if len(point) > 1 else coordinates


def _plain(text: str, own: dict[str, Any]) -> dict[str, Any]:
    shape, values = read(text, own)
    return {"shape": list(shape), "values": values.tolist()}
