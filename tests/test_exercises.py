"""Exercises: what is right is accepted, what is wrong is told why, and each has its answers."""

import ast
import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from exercise_parts import ANSWERS, EQUIVALENTS
from mathbook.execution import home, notebooks
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
        chosen = list(part["answer"]) if part["kind"] == "choices" else part["answer"]
        for text in (chosen, *part.get("also", ())):
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


@pytest.mark.parametrize("path", notebooks(), ids=lambda p: p.stem)
def test_exercises_and_answers_are_one_to_one(path):
    labels, boxes = LABEL.findall(sources(path, "markdown")), BOX.findall(sources(path, "code"))
    assert mismatches(labels, boxes, answers.chapter(home(path))) == []


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
