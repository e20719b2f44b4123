"""Exercises: what is right is accepted, what is wrong is told why, and nothing breaks the judge."""

import ast
import base64
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from exercise_parts import ANSWERS, EQUIVALENTS, FOUND, PARTS, UNREADABLE
from hypothesis import given, settings
from hypothesis import strategies as st
from mathbook.exercises import load_where_needed

from mathcalc import answers
from mathcalc.exercises import box, check
from mathcalc.exercises.judging import judge
from mathcalc.exercises.messages import MESSAGES
from mathcalc.exercises.sheets import CHOICES, payload, sheet

ROOT = Path(__file__).resolve().parents[1]
SHEETS = {(name, letter): sheet(name, letter) for name, letter, _ in ANSWERS}
FEWEST = 3


@pytest.mark.parametrize(
    ("name", "letter", "part"), ANSWERS, ids=lambda v: v if isinstance(v, str) else ""
)
class TestAnswers:
    def test_the_right_answers_are_accepted(self, name, letter, part):
        for text in (part["answer"], *part.get("also", ())):
            assert judge(SHEETS[name, letter], text).message == MESSAGES["right"], text

    def test_typical_wrong_answers_are_refused_with_their_hint(self, name, letter, part):
        assert len(part["wrong"]) >= FEWEST
        for text, hint in part["wrong"].items():
            found = judge(SHEETS[name, letter], text)
            assert not found.right, text
            assert hint in (found.code, found.message), (text, found)

    def test_no_hint_holds_the_answer(self, name, letter, part):
        said = " ".join(judge(SHEETS[name, letter], text).message for text in part["wrong"])
        if part["kind"] not in CHOICES:
            pieces = re.split(r"[\[\],]\s*", part["answer"])
            assert not [
                p for p in pieces if len(p) > 2 and p.replace(" ", "") in said.replace(" ", "")
            ]

    def test_every_option_has_its_say(self, name, letter, part):
        if part["kind"] in CHOICES:
            assert set(part["options"]) == {*part["answer"], *part["wrong"]}


@pytest.mark.parametrize("key", EQUIVALENTS)
def test_equivalent_forms_are_right(key):
    for text in EQUIVALENTS[key]:
        assert judge(sheet(*key.split()), text).right, text


def test_the_sentences_of_the_brief():
    matrix = own("matrix")
    assert judge(matrix, [[1, 3], [2, 4]]).message == "This is the transpose."
    assert judge(matrix, [[1, 2], [3, 5]]).message == "One component is off: row 2, column 2."
    found = judge(own("function"), lambda p: p[0])
    assert re.fullmatch(r"At \(\S+, \S+\) expected 2 components, got one value\.", found.message)
    assert judge(own("number"), -math.sqrt(5)).message == "Right up to sign."


def own(kind):
    from mathcalc.exercises.sheets import make

    return make(PARTS[kind], kind)


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


def test_a_verdict_is_a_truth_and_a_text():
    verdict = check("ex-x01-6", {"a": [4, 8], "b": "b"})
    assert verdict
    assert str(verdict) == "ex-x01-6 a: Right.\nex-x01-6 b: Right."
    half = check("ex-x01-6", [6, 6], b="b")
    assert not half
    assert "symmetric" in str(half)
    assert half._repr_html_().count("<p>") == 2
    assert not check("ex-x01-6")
    assert "There is no such part" in str(check("ex-x01-6", z=1))
    assert (
        "&lt;i&gt;" in check("ex-x01-1", a="<i>")._repr_html_()
        or "<i>" not in check("ex-x01-1", a="<i>")._repr_html_()
    )


@pytest.mark.parametrize("act", [check, box, payload])
def test_an_unknown_exercise_is_refused(act):
    with pytest.raises(ValueError, match="ex-x01-1"):
        act("ex-nothing")


def test_the_page_shows_no_answer_at_a_glance():
    shown = box("ex-x01-2")._repr_html_()
    assert "sqrt" not in shown and "6.4" not in shown
    assert 'check("ex-x01-2", a=…' in shown
    assert json.loads(base64.b64decode(payload("ex-x01-2")))["b"]["right"] == [[[6.4]]]


def test_points_are_the_same_in_every_run_and_can_be_said():
    own_sheet = sheet("ex-x01-1", "a")
    assert own_sheet == sheet("ex-x01-1", "a")
    points = np.array(own_sheet["points"])
    assert points.shape == (6, 3)
    assert np.abs(points).min() >= 0.05
    said = [list(ast.literal_eval(text)) for text in own_sheet["said"]]
    assert said == own_sheet["points"]
    assert sheet("ex-x01-5", "a")["points"] != points.tolist()


LABEL = re.compile(r"^:label: (ex-\S+)", re.M)
BOX = re.compile(r"""\bbox\(["'](ex-[^"']+)""")


def sources(path, kind):
    cells = json.loads(path.read_text("utf8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == kind)


def mismatches(labels, boxes, named):
    """Return what is wrong between a chapter's exercises, its boxes and its answers."""
    faults = [f"label twice: {n}" for n in set(labels) if labels.count(n) > 1]
    faults += [f"no answers: {n}" for n in labels if n not in named]
    faults += [f"no exercise: {n}" for n in named if labels and n not in labels]
    faults += [f"box of nothing: {n}" for n in boxes if n not in labels]
    return faults + [f"box twice: {n}" for n in set(boxes) if boxes.count(n) > 1]


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/*.ipynb")), ids=lambda p: p.stem)
def test_exercises_and_answers_are_one_to_one(path):
    labels, boxes = LABEL.findall(sources(path, "markdown")), BOX.findall(sources(path, "code"))
    assert mismatches(labels, boxes, answers.chapter(path.stem[:2])) == []


def test_a_mismatch_is_found():
    named = ["ex-1", "ex-2"]
    assert mismatches(["ex-1", "ex-2"], ["ex-1"], named) == []
    assert mismatches([], [], named) == []
    assert mismatches(["ex-1"], [], named) == ["no exercise: ex-2"]
    assert mismatches(["ex-1", "ex-2", "ex-3"], [], named) == ["no answers: ex-3"]
    assert mismatches(["ex-1", "ex-2"], ["ex-3"], named) == ["box of nothing: ex-3"]
    assert mismatches(["ex-1", "ex-1", "ex-2"], [], named) == ["label twice: ex-1"]


class Page:
    def __init__(self):
        self.files = []

    def add_css_file(self, name):
        self.files.append(name)

    def add_js_file(self, name, loading_method):
        self.files.append(name)


@pytest.mark.parametrize(
    ("body", "files"),
    [
        ("<p>nothing</p>", []),
        (check("ex-x01-1", a=1)._repr_html_(), ["exercises.css"]),
        (box("ex-x01-1")._repr_html_(), ["exercises.css", "exercises.js"]),
    ],
    ids=["plain", "verdict", "box"],
)
def test_only_pages_that_need_it_load_the_script(body, files):
    page = Page()
    load_where_needed(page, "name", "page.html", {"body": body}, None)
    assert page.files == files
