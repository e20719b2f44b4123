"""100,000 texts for the page's readers: the same are read and refused as in Python, at once."""

import re

import numpy as np
import pytest
from exercise_parts import PARTS
from hostile import POINTS, corpus, gentle, point

from mathcalc import grammar, terms
from mathcalc.exercises.judging import judge
from mathcalc.exercises.messages import table
from mathcalc.exercises.sheets import make
from mathcalc.explorables import base

pytestmark = pytest.mark.browser

COUNT = 100_000
SLOW = 50  # milliseconds
TRIED = """const seconds = (act) => {
    const start = performance.now();
    act();
    return performance.now() - start;
  };
  const slow = (act) => {
    for (let i = 0; i < 5; i++) if (seconds(act) <= limit) return false;
    return true;
  };"""
READ = """([texts, points, limit]) => {
  TRIED
  return texts.map((text) => {
    const read = () => {
      try {
        const formula = module.parse(text);
        return [null, points.map((p) => formula.value(p)), points.map((p) => formula.jet(p).value)];
      } catch (error) {
        return [error instanceof module.FormulaError ? error.message : `not ours: ${error}`];
      }
    };
    const found = read();
    return slow(read) ? ["slow"] : found;
  });
}""".replace("TRIED", TRIED)
JUDGE = """([sheets, texts, table, limit]) => {
  TRIED
  return texts.map((text, i) => {
    const judged = () => module.judge(sheets[i % sheets.length], text, table);
    const { code, message } = judged();
    return slow(judged) ? ["slow"] : [code, message];
  });
}""".replace("TRIED", TRIED)
SHEETS = [make(PARTS[kind], kind) for kind in ("number", "matrix", "formula", "formulas")]


@pytest.fixture(scope="module")
def texts():
    return corpus(COUNT)


def python_says(text):
    """Return None and the terms of what is read; else the refusal and None."""
    try:
        return None, grammar.read(text, ("x", "y"))
    except terms.FormulaError as refusal:
        return str(refusal), None


def plain(sentence):
    """Return a refusal without numbers and odd characters, which each language writes its way."""
    said = re.sub(r"^('.'|the character U\+\w+) is", "It is", sentence or "", flags=re.S)
    return re.sub(r"exponent \S+", "exponent", said)


def differ(text, row):
    """Say how a page's answer for a text differs from Python's; None if it does not."""
    refusal, term = python_says(text)
    if (refusal is None) != (row[0] is None) or plain(refusal) != plain(row[0]):
        return refusal, row[0]
    if term is None:
        return None
    with np.errstate(all="ignore"):
        values = [float(term.at(point(p))) for p in POINTS]
        fine = [gentle(term, point(p)) for p in POINTS]
    shown = np.array(row[1], dtype=float)[fine], np.array(row[2], dtype=float)[fine]
    same = all(np.allclose(s, np.array(values)[fine], 1e-9, 1e-9, equal_nan=True) for s in shown)
    return None if same else (values, row)


def differences(page, texts):
    rows = page.evaluate(READ, [texts, POINTS, SLOW])
    pairs = dict(zip(texts, rows, strict=True))
    return {text: off for text, row in pairs.items() if (off := differ(text, row))}


@pytest.fixture(scope="module")
def language(module):
    return module(base.module_text("expression.mjs"))


def test_both_languages_read_and_refuse_the_same_texts_and_agree_in_value(language, texts):
    assert differences(language, texts) == {}
    print(f"{len(texts)} texts, {sum(python_says(t)[0] is None for t in texts)} read")


def judged_apart(page, texts):
    found = page.evaluate(JUDGE, [SHEETS, texts, table(), SLOW])
    ours = [judge(SHEETS[i % len(SHEETS)], text) for i, text in enumerate(texts)]
    rows = zip(texts, found, ours, strict=True)
    return [(t, f, (o.code, o.message)) for t, f, o in rows if f != [o.code, o.message]]


def test_the_page_judges_each_text_as_the_notebook_does(module, texts):
    assert judged_apart(module(base.module_text("judge.mjs")), texts) == []


MUTATIONS = {
    "an attribute": (r"|([A-Za-z_]\w*)|", r"|([A-Za-z_][\w.]*)|"),
    "a quadratic expression": (r" *(?:(", r" *(?:[a-z]*[a-z]*[a-z]*[a-z]*!|("),
    "an engine's sentence": (
        "refuse(index < 0,",
        "this.variables.nothing.length;refuse(index < 0,",
    ),
    "a name that all objects have": ("Object.hasOwn(CONSTANTS, name)", "name in CONSTANTS"),
    "a large number": ("LARGEST = 1e300", "LARGEST = Infinity"),
    "what binds how": ('this.next("*", "/")', 'this.next("*")'),
    "the zero that rounding hides": ("<= noise ? 0", "<= noise ? value"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch, texts):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("expression.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda file: original(file).replace(line, wrong))
    assert differences(module(base.module_text("expression.mjs")), [*texts[:400], "z" * 250])
