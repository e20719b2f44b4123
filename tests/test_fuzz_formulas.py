"""100,000 texts for the readers of formulas and of answers: read or refused, and in no time."""

import math
import random
import re
import time
from functools import cache

import numpy as np
import pytest
import sympy as sp
from exercise_parts import PARTS
from hostile import POINTS, corpus, gentle, point

from mathcalc import expression, grammar, terms
from mathcalc.exercises import reading
from mathcalc.exercises.brackets import Unfit
from mathcalc.exercises.judging import judge
from mathcalc.exercises.sheets import make
from mathcalc.symbolic import ScalarField

COUNT = 100_000
SAMPLE = 1_000  # of those that SymPy is asked about, which takes long
SLOW = 0.05  # seconds
ENGINE = re.compile(r"undefined|null\b|object|Error|Traceback|NoneType|recursion|argument of type")


@cache
def texts():
    return corpus(COUNT)


def seconds(act, text):
    start = time.perf_counter()
    act(text)
    return time.perf_counter() - start


def slow(act, some, limit=SLOW, tries=5):
    """Return the texts that take too long, each time that they are tried."""
    once = [text for text in some if seconds(act, text) > limit]
    return [t for t in once if min(seconds(act, t) for _ in range(tries)) > limit]


def said(text):
    """Return what the refusal of a formula says; None if it is read."""
    try:
        grammar.read(text, ("x", "y"))
    except terms.FormulaError as refusal:
        return str(refusal)
    return None


def obscure(text, sentence):
    """Say whether a sentence is an engine's, or quotes what is not in the text."""
    quoted = re.findall(r"'(.*?)'(?= is | is$)", sentence, re.S)
    strange = any(piece not in text for piece in quoted)
    return (
        strange
        or not 10 < len(sentence) < 200
        or bool(ENGINE.search(re.sub("'.*'", "", sentence, flags=re.S)))
    )


def test_each_text_is_read_or_refused_in_plain_words_and_at_once():
    sentences = {text: said(text) for text in texts()}
    read = [text for text, sentence in sentences.items() if sentence is None]
    assert len(read) > 10_000
    assert [t for t, s in sentences.items() if s is not None and obscure(t, s)] == []
    assert slow(said, texts()) == []
    print(f"{COUNT} texts, {len(sentences)} different ones, {len(read)} read")


def test_what_is_read_has_a_value_or_none_at_every_point():
    with np.errstate(all="ignore"):
        for text in filter(lambda t: said(t) is None, set(texts())):
            term = grammar.read(text, ("x", "y"))
            values = [term.at(point(at)) for at in POINTS]
            assert {type(v) for v in values} == {np.float64}, text
            assert term.variables() <= {"x", "y"}


def apart(text):
    """Return by how much SymPy's value differs from that of the text as it is written."""
    found, read = expression.parse(text, ("x", "y")), grammar.read(text, ("x", "y"))
    symbols = {name: sp.Symbol(name, real=True) for name in "xy"}
    largest = 0.0
    for at in POINTS:
        with np.errstate(all="ignore"):
            value, fine = float(read.at(point(at))), gentle(read, point(at))
        if fine and math.isfinite(value):
            exact = found.evalf(subs={symbols[k]: v for k, v in point(at).items()})
            largest = max(largest, abs(float(exact) - value) / max(abs(value), 1.0))
    return largest


def sample():
    read = sorted({text for text in texts() if said(text) is None})
    return random.Random(1).sample(read, SAMPLE)


def test_sympy_turns_what_is_read_into_the_same_function():
    off = [(text, distance) for text in sample() if not (distance := apart(text)) < 1e-7]
    assert off == []


def test_a_field_of_what_is_read_has_numbers_or_says_that_it_has_none():
    for text in sample()[:100]:
        try:
            field = ScalarField(text, ("x", "y"))
        except terms.FormulaError as refusal:
            assert "no value" in str(refusal) or "no real function" in str(refusal), text
            continue
        with np.errstate(all="ignore"):
            assert field(np.transpose(POINTS)).shape == (len(POINTS),)
            assert field.gradient(np.transpose(POINTS)).shape == (2, len(POINTS))


KINDS = ("number", "matrix", "formula", "formulas")


def test_each_text_is_judged_as_an_answer_and_at_once():
    sheets = [make(PARTS[kind], kind) for kind in KINDS]
    for i, text in enumerate(texts()):
        found = judge(sheets[i % len(KINDS)], text)
        assert found.code != "type" and found.message, (text, found)
    assert slow(lambda text: judge(sheets[3], text), sorted(set(texts()), key=len)[-8000:]) == []


def test_each_text_is_read_as_an_answer_or_told_why_not():
    part = make(PARTS["formulas"], "formulas")
    for text in sorted(set(texts()))[::5]:
        try:
            shape, values = reading.read(text, part)
        except Unfit:
            continue
        assert values.shape == (math.prod(shape), len(part["points"])), text


def plant(monkeypatch, **changes):
    for name, change in changes.items():
        monkeypatch.setattr(grammar, name, change)


def test_a_reader_that_lets_an_attribute_through_is_found(monkeypatch):
    plant(monkeypatch, TOKEN=re.compile(grammar.TOKEN.pattern.replace(r"\w*)", r"[\w.]*)")))
    with pytest.raises(AssertionError):
        for text in ("x.real", "1/x.real"):
            assert said(text) is not None and "x.real" not in said(text)


def test_a_reader_that_lets_a_type_error_through_is_found(monkeypatch):
    plant(monkeypatch, number=lambda digits: terms.Term("number", piece=digits, value=digits))
    with pytest.raises(TypeError):
        for text in texts()[:200]:
            said(text)


def test_an_engines_sentence_and_a_wrong_piece_are_found():
    assert obscure("x", "Cannot read properties of undefined (reading 'x')")
    assert obscure("x", "'y' is not known; the variables are x")
    assert not obscure("y", "'y' is not known; the variables are x")


def test_a_quadratic_expression_is_found():
    pattern = re.compile(r"(?:[a-z]+[0-9]*)+!")
    assert slow(lambda text: pattern.match(text[:21]), ["x" * 500], tries=2)


def test_a_value_that_sympy_changes_is_found(monkeypatch):
    monkeypatch.setitem(expression.FUNCTIONS, "tanh", sp.sinh)
    assert apart("tanh(x) + y") > 1e-3
