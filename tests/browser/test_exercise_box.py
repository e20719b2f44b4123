"""The answer boxes in a browser: Python's verdicts word for word, typed, remembered, forgotten."""

import json
from pathlib import Path

import axe_playwright_python
import pytest
from exercise_parts import ANSWERS, EQUIVALENTS, FOUND, PARTS, UNREADABLE
from mathbook import exercises

from mathcalc import palette
from mathcalc.answers import gradients
from mathcalc.exercises import box
from mathcalc.exercises.judging import judge
from mathcalc.exercises.messages import MESSAGES, table
from mathcalc.exercises.sheets import CHOICES, make, sheet
from mathcalc.explorables import base

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf8")
JUDGE = """([sheets, asked, table]) => asked.map(([key, answer]) => {
  const { code, message } = module.judge(sheets[key], answer, table);
  return [code, message];
})"""
SHEETS = {f"{name} {letter}": sheet(name, letter) for name, letter, _ in ANSWERS}
SHEETS |= {kind: make(part, kind) for kind, part in PARTS.items()}
TEXTS = [key for key, own in SHEETS.items() if own["kind"] not in (*CHOICES, "function")]


def asked():
    """Return every answer that both judges are asked about: (sheet, answer)."""
    for name, letter, part in ANSWERS:
        typed = [part["answer"], *part.get("also", ()), *part["wrong"]]
        choice = part["kind"] in CHOICES
        yield from ((f"{name} {letter}", [t] if choice else t) for t in typed)
    yield from ((kind, text) for kind, texts in FOUND.items() for text in texts)
    yield from ((key, text) for key, texts in EQUIVALENTS.items() for text in texts)
    yield from ((key, text) for key in TEXTS for text in UNREADABLE)
    yield from (("choices", list(letters)) for letters in ("", "a", "ac", "b", "abc", "acd", "z"))
    yield from (("choice", list(letters)) for letters in ("", "a", "b", "c", "ab", "z"))


def python_says(questions):
    found = [judge(SHEETS[key], answer) for key, answer in questions]
    return [[f.code, f.message] for f in found]


def apart(page, questions):
    """Return the questions that the two judges answer differently."""
    shown = page.evaluate(JUDGE, [SHEETS, questions, table()])
    rows = zip(questions, shown, python_says(questions), strict=True)
    return [row for row in rows if row[1] != row[2]]


@pytest.fixture(scope="module")
def judged(module):
    return module(base.module_text("judge.mjs"))


def test_the_page_judges_as_the_notebook_does(judged):
    questions = list(asked())
    codes = {code for code, _ in python_says(questions)}
    kernel_only = {"type", "finite", "shape_at", "callable", "raises", "notebook"}
    assert set(MESSAGES) - codes == kernel_only
    assert apart(judged, questions) == []
    print(f"{len(questions)} answers, {len(codes)} kinds of verdict")


def test_a_function_waits_for_a_notebook(judged):
    found = judged.evaluate(JUDGE, [SHEETS, [["function", "x"]], table()])
    assert found == [["notebook", MESSAGES["notebook"]]]


MUTATIONS = {
    "the tolerance": ("sheet.tolerance * scale * factor", "sheet.tolerance * factor"),
    "the sign": ("same(values, times(right, -1))", "same(values, times(right, 1))"),
    "the transpose": ("(i % m) * n + Math.floor(i / m)", "i"),
    "the entry counted from one": ('ordinal", { i: index + 1 }', 'ordinal", { i: index }'),
    "the other right answers": (
        "sheet.right.some((other) => same(values, other))",
        "same(values, right)",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("judge.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda file: original(file).replace(line, wrong))
    page = module(base.module_text("judge.mjs"))
    questions = [q for q in asked() if q[1] not in UNREADABLE]
    assert apart(page, questions)


NAMES = ("ex-x01-1", "ex-x01-4", "ex-x01-6")


def written(folder, names=NAMES):
    """Write a page with boxes, and return its address."""
    book = (ROOT / "book" / "assets" / "book.css").read_text("utf8")
    own = (ROOT / "book" / "assets" / "exercises.css").read_text("utf8")
    colours = "body { background: var(--pst-color-background); color: var(--pst-color-text-base); }"
    boxes = "".join(f"<h2>{n}</h2>{box(n)._repr_html_()}" for n in names)
    text = (
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Exercises</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<script>document.documentElement.dataset.theme = location.hash.slice(1)</script>"
        f"<style>{palette.css()}{book}{own}{colours}</style>"
        f"<main class='bd-article'><h1>Exercises</h1>{boxes}</main>"
        f"<script>{exercises.script()}</script></html>"
    )
    (folder / "page.html").write_text(text, "utf8")
    return f"file://{folder}/page.html"


@pytest.fixture
def opened(browser, tmp_path):
    """A silent page with boxes, from a file: ``opened(theme, width)``."""
    said, contexts = [], []

    def load(theme="light", width=1000, script=True, init=""):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        contexts.append(context)
        context.add_init_script(init)
        page = context.new_page()
        page.on("console", lambda m: said.append(m.text))
        page.on("pageerror", lambda e: said.append(str(e)))
        page.goto(f"{written(tmp_path)}#{theme}")
        if script:
            page.wait_for_function(
                "document.querySelectorAll('.exercise-box[data-live]').length === 3"
            )
        return page

    yield load
    for context in contexts:
        context.close()
    assert [s for s in said if "font" not in s and "ERR_FILE_NOT_FOUND" not in s] == []


def answer(page, label, text):
    page.get_by_label(label).fill(text)
    page.keyboard.press("Enter")


def found(page, part):
    return page.locator(f"#{part}-found").inner_text()


def test_an_answer_is_typed_and_judged(opened):
    page = opened()
    answer(page, "(a) the gradient of f", "[y*z, x*z, y*x]")
    assert found(page, "ex-x01-1-a") == "✓ Right."
    answer(page, "(b) the gradient at (1, 2, 3)", "(6, 3)")
    assert found(page, "ex-x01-1-b") == "✗ Expected 3 components, got 2 components."
    assert page.locator("#ex-x01-1-b").get_attribute("aria-invalid") == "true"
    assert page.get_by_text("1 of 2 right").is_visible()
    assert page.locator("#ex-x01-1-a-found").get_attribute("role") == "status"


def test_a_choice_is_made_by_keyboard(opened):
    page = opened()
    page.locator("#ex-x01-6-b-a").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert found(page, "ex-x01-6-b") == "✓ Right."


def test_answers_are_remembered_and_forgotten_on_demand(opened):
    page = opened()
    answer(page, "(b) the gradient at (1, 2, 3)", "[6, 3, 2]")
    page.locator("#ex-x01-4-c-b").check()
    page.locator("form:has(#ex-x01-4-c-b) button").click()
    page.reload()
    page.wait_for_function("document.querySelectorAll('.exercise-box[data-live]').length === 3")
    assert page.locator("#ex-x01-1-b").input_value() == "[6, 3, 2]"
    assert found(page, "ex-x01-1-b") == "✓ Right."
    assert page.locator("#ex-x01-4-c-b").is_checked()
    assert found(page, "ex-x01-1-a") == ""
    page.get_by_role("button", name="Forget my answers").first.click()
    assert page.evaluate("Object.keys(localStorage)") == ["mathcalc.exercise.ex-x01-4"]
    assert page.evaluate("document.activeElement.id") == "ex-x01-1-a"
    page.reload()
    assert page.locator("#ex-x01-1-b").input_value() == ""


@pytest.mark.parametrize(
    "kept", ["5", "null", "[1]", "{", '{"a": 3, "b": ["x"], "z": 1}', '{"a": "["}']
)
def test_a_spoilt_memory_does_no_harm(opened, kept):
    page = opened(init=f"localStorage.setItem('mathcalc.exercise.ex-x01-1', {json.dumps(kept)})")
    answer(page, "(b) the gradient at (1, 2, 3)", "[6, 3, 2]")
    assert found(page, "ex-x01-1-b") == "✓ Right."


def test_without_storage_it_still_judges(opened):
    forbid = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    page = opened(init=forbid)
    answer(page, "(b) the gradient at (1, 2, 3)", "[6, 3, 2]")
    assert found(page, "ex-x01-1-b") == "✓ Right."


def test_without_javascript_a_sentence_says_so(opened):
    page = opened(script=False)
    assert page.get_by_text("need JavaScript").first.is_visible()
    assert page.locator("input").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(opened, theme, width):
    page = opened(theme, width)
    answer(page, "(a) the gradient of f", "[y*z, x*z, y*x]")
    answer(page, "(b) the gradient at (1, 2, 3)", "(6, 3)")
    page.evaluate(AXE)
    violations = page.evaluate(
        "axe.run(document).then((r) => r.violations.map((v) => v.id + v.nodes[0].html))"
    )
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_kind_has_its_box(opened, monkeypatch):
    kinds = {"a": "function", "b": "choices", "c": "matrix"}
    parts = {letter: PARTS[kind] for letter, kind in kinds.items()}
    monkeypatch.setitem(gradients.ANSWERS, "ex-x01-1", parts)
    page = opened()
    assert page.get_by_text(MESSAGES["notebook"]).is_visible()
    assert page.locator("#ex-x01-1-a").count() == 0
    for letter in "ac":
        page.locator(f"#ex-x01-1-b-{letter}").check()
    page.keyboard.press("Enter")
    assert found(page, "ex-x01-1-b") == "✓ Right."
    page.locator("#ex-x01-1-c").fill("[[1, 3], [2, 4]]")
    page.keyboard.press("Enter")
    assert found(page, "ex-x01-1-c") == "✗ This is the transpose."
    assert page.get_by_text("1 of 2 right").is_visible()
    page.evaluate(AXE)
    assert page.evaluate("axe.run(document).then((r) => r.violations.map((v) => v.id))") == []
