"""Sums that stand in the text, in numbers alone, are right: each ``=`` and ``≈`` is worked out."""

import ast
import math
import re

import numpy as np
import pytest
from test_concepts import book

MATHS = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$]+)\$", re.S)
APART = re.compile(r"\\\\|&(?!\s*(?:=|\\approx))|\\qquad|\\quad|\\text\{[^}]*\}|\\;|;")
RELATION = re.compile(r"(=|\\approx)")
SPACE = re.compile(r"&|\\[,! ]|\\[Bb]igg?[lr]?|\\left|\\right|\s|\{,\}|~")
ARGUMENT = r"(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\d))"
RULES = (  # LaTeX, and Python
    (re.compile(rf"\\[dt]?frac{ARGUMENT}{ARGUMENT}"), r"((\1\2)/(\3\4))"),
    (re.compile(rf"\\sqrt{ARGUMENT}"), r"Σ(\1\2)"),
    (re.compile(rf"\^{ARGUMENT}"), r"**(\1\2)"),
    (re.compile(r"\\ln(?=\()|\\log(?=\()"), "Λ"),
    (re.compile(r"\\cdot|\\times"), "*"),
    (re.compile(r"\\pi"), "Π"),
    (re.compile(r"[−–]"), "-"),
    (re.compile(r"(?<=[\d.)Π])(?=[ΣΛΠ(])|(?<=[)Π])(?=\d)"), "*"),
)
PYTHON = re.compile(r"[\d.+\-*/(),ΣΛΠ]*\d[\d.+\-*/(),ΣΛΠ]*")
DECIMALS = re.compile(r"\d+\.(\d+)|^\d+()")
NAMES = {"Σ": math.sqrt, "Λ": math.log, "Π": math.pi, "vector": np.array}


def translated(side):
    """Return the Python of a side, or None if it holds more than numbers."""
    text = SPACE.sub("", side).rstrip(".")
    for _ in range(3):  # fractions in fractions
        for pattern, python in RULES:
            text = pattern.sub(python, text)
    return text if PYTHON.fullmatch(text) else None


class Vectors(ast.NodeTransformer):
    """Read (1, 2) as a vector."""

    def visit_Tuple(self, node):
        self.generic_visit(node)
        return ast.Call(ast.Name("vector", ast.Load()), [ast.List(node.elts, ast.Load())], [])


def value(python):
    tree = ast.fix_missing_locations(Vectors().visit(ast.parse(python, mode="eval")))
    return np.array(eval(compile(tree, "", "eval"), {"__builtins__": {}}, NAMES), dtype=float)


def slack(python):
    """Return by how much a rounded number may be off: half a unit of its last digit."""
    nudged = DECIMALS.sub(lambda m: f"({m[0]}+{0.5 * 10.0 ** -len(m[1] or '')!r})", python)
    return 1.01 * np.abs(value(nudged) - value(python))


def agrees(left, relation, right):
    """Say whether two sides are equal, or nearly so."""
    a, b = value(left), value(right)
    if a.shape != b.shape:
        return False
    near = slack(right) if relation == r"\approx" else 0
    return bool((np.abs(a - b) <= near + 1e-12 * np.abs(b) + 1e-15).all())


def parted(text):
    """Part a formula at the commas that stand in no bracket."""
    depth = np.cumsum([(c in "([{") - (c in ")]}") for c in text])
    cuts = [k for k, c in enumerate(text) if c == "," and depth[k] == 0 and text[k - 1] != "\\"]
    return [text[a:b] for a, b in zip([0, *(k + 1 for k in cuts)], [*cuts, None], strict=True)]


def sums(text):
    """Return what relates two sides of numbers alone: left, relation, right, as written."""
    for match in MATHS.finditer(text):
        for part in (p for cell in APART.split(match[1] or match[2]) for p in parted(cell)):
            sides = RELATION.split(part)
            for left, relation, right in zip(sides[::2], sides[1::2], sides[2::2], strict=False):
                if readable(left) and readable(right):
                    yield left, relation, right


def readable(side):
    """Say whether a side is made of numbers alone."""
    python = translated(side)
    try:
        return python is not None and bool(np.isfinite(value(python)).all())
    except (SyntaxError, TypeError, ValueError, ArithmeticError):
        return False


def wrong(text):
    return [
        f"{left}{relation}{right}"
        for left, relation, right in sums(text)
        if not agrees(translated(left), relation, translated(right))
    ]


@pytest.mark.parametrize("page", sorted(book()))
def test_written_sums_are_right(page):
    assert wrong(book()[page]) == []


def test_many_sums_are_read():
    assert sum(1 for text in book().values() for _ in sums(text)) > 60


@pytest.mark.parametrize(
    "text",
    [
        r"$(4\cdot3 + 5\cdot4)/5 = 32/5$",
        r"$2^{-3/2} = \sqrt2/4$ and $\tfrac12\cdot\tfrac{2}{3} = \frac{1}{3}$",
        r"$x = 2\cdot3 = 6$, $f(1, 2) = 1 + 2 + 4 = 7$",
        r"$3\cdot0.8^{20} \approx 0.034588$, $(2\cdot3,\ 1\cdot3) = (6, 3)$",
        r"$\ln(300)/\ln(1.25) \approx 25.56$, $\pi/2 \approx 1.5708$",
        r"$$1 + 1 &= 2 \\ 2 + 2 &= 4$$",
    ],
)
def test_right_sums_are_right_and_a_change_of_any_last_digit_is_found(text):
    found = list(sums(text))
    assert found and wrong(text) == []
    for left, relation, right in found:
        at = max(k for k, c in enumerate(right) if c.isdigit())
        other = right[:at] + str((int(right[at]) + 3) % 10) + right[at + 1 :]
        assert wrong(f"${left}{relation}{other}$")
