"""How an answer is judged: what is found in good ones, bad ones, and whatever else there is."""

import math
import re

import numpy as np
import pytest
import sympy as sp
from exercise_parts import FOUND, PARTS, UNREADABLE
from hypothesis import given, settings
from hypothesis import strategies as st

from mathcalc.exercises import check
from mathcalc.exercises.judging import judge
from mathcalc.exercises.sheets import make


def own(kind):
    return make(PARTS[kind], kind)


def test_sentences_say_what_is_wrong():
    matrix = own("matrix")
    assert judge(matrix, [[1, 3], [2, 4]]).message == "This is the transpose."
    assert judge(matrix, [[1, 2], [3, 5]]).message == "One component is off: row 2, column 2."
    found = judge(own("function"), lambda p: p[0])
    assert re.fullmatch(r"At \(\S+, \S+\) expected 2 components, got one value\.", found.message)
    assert judge(own("number"), -math.sqrt(5)).message == "Right up to sign."


@pytest.mark.parametrize("kind", FOUND)
def test_what_is_found(kind):
    for text, code in FOUND[kind].items():
        assert judge(own(kind), text).code == code, (text, judge(own(kind), text))


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_is_said(text):
    found = [judge(own(kind), text) for kind in ("number", "formulas")]
    assert not any(f.right or f.code in ("type", "hint") for f in found)


x, y = sp.symbols("x y")


@pytest.mark.parametrize(
    ("kind", "answer", "code"),
    [
        ("number", 2.2360679, "right"),
        ("number", np.float32(2.2360679), "right"),
        ("number", np.array(2.2360679), "right"),
        ("number", sp.sqrt(5), "right"),
        ("number", 2 + 1j, "type"),
        ("number", True, "type"),
        ("number", math.nan, "finite"),
        ("number", sp.oo, "finite"),
        ("number", sp.sqrt(-5), "finite"),
        ("number", x, "name_alone"),
        ("number", math.sqrt, "type"),
        ("matrix", np.array([[1, 2], [3, 4]]), "right"),
        ("matrix", sp.Matrix([[1, 2], [3, 4]]), "right"),
        ("matrix", [["1", sp.Integer(2)], "[3, 4]"], "right"),
        ("matrix", np.ones((2, 2, 2)), "deep"),
        ("matrix", np.ones(1000), "long"),
        ("formula", 2 * x + y, "right"),
        ("formula", x + sp.Symbol("w"), "name"),
        ("formula", lambda x, y: 2 * x + y, "right"),
        ("formulas", sp.Matrix([2 * x + y, x + 2 * y]), "right"),
        ("formulas", [2 * x + y, "x + 2*y"], "right"),
        ("function", lambda p: [2 * p[0] + p[1], p[0] + 2 * p[1]], "right"),
        ("function", lambda p: [-2 * p[0] - p[1], -p[0] - 2 * p[1]], "sign"),
        ("function", lambda p: [p[0]], "shape_at"),
        ("function", lambda p: 1 / 0, "raises"),
        ("function", lambda p: np.log(-(p**2)), "finite_at"),
        ("function", lambda: 0, "raises"),
        ("function", lambda p: None, "shape_at"),
        ("function", "2*x + y", "callable"),
        ("function", None, "none"),
        ("choice", "b", "right"),
        ("choice", ["B"], "right"),
        ("choice", "a", "hint"),
        ("choice", "c", "extra"),
        ("choice", "a, b", "one_option"),
        ("choice", "z", "option"),
        ("choice", None, "none"),
        ("choices", {"a", "c"}, "right"),
        ("choices", "c, a", "right"),
        ("choices", "a", "missing"),
        ("choices", "a b c", "hint"),
        ("choices", "d a c", "extra"),
        ("choices", 3, "type"),
    ],
)
def test_answers_of_a_kernel(kind, answer, code):
    assert judge(own(kind), answer).code == code


class Hostile:
    def __getattr__(self, name):
        if name == "tolist":
            raise RuntimeError(name)
        raise AttributeError(name)

    def __iter__(self):
        raise RuntimeError


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=30)
    | st.text(alphabet="[](),+-*/. 019exyz^sin", max_size=30)
    | st.binary(max_size=5)
    | st.sampled_from(
        [Hostile(), Hostile, object, len, sp.nan, sp.zoo, sp.I, sp.true, x, math.inf, b"", {1}, ...]
    ),
    lambda part: (
        st.lists(part, max_size=4) | st.tuples(part, part) | st.dictionaries(st.text(), part)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(JUNK, st.sampled_from(sorted(PARTS)))
def test_no_answer_breaks_the_judge(answer, kind):
    found = judge(own(kind), answer)
    assert isinstance(found.right, bool)
    assert found.message and "{" not in found.message


@settings(max_examples=50, deadline=None)
@given(JUNK)
def test_no_answer_breaks_check(answer):
    verdict = check("ex-x01-1", answer)
    assert str(verdict)
    assert verdict._repr_html_()
    assert not check("ex-x01-2", a=answer, b="[", zz=answer)
