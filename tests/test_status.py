"""The page that says how the book was checked: its tables say what was found, and nothing else."""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from lxml import html
from mathbook import execution, reports, status
from mathbook.runs import LOG, runs
from nbformat.v4 import new_code_cell, new_notebook, new_output

import make
from mathcalc import answers
from mathcalc.explorables import REGISTRY
from mathcalc.triangulation import Agreement

KEY = "0123"
BADGES = (
    Agreement("∇|x|_1 = *s*", ("SymPy", "differences"), 12, ((2,), (3, 4)), 2.6e-13),
    Agreement("∇(aᵀx) = a", ("SymPy",), 12, ((),), 0.0),
)

# ── the reports of the tests ────────────────────────────────────────────────────────────────


def case(**noted):
    properties = "".join(f'<property name="{n}" value="{v}"/>' for n, v in noted.items())
    return f"<testcase><properties>{properties}</properties></testcase>"


def planted(folder, part, *cases, tests=10, failures=0, errors=0, skipped=1):
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    text = f"<testsuites><testsuite {counts}>{''.join(cases)}</testsuite></testsuites>"
    (folder / f"tests-{part}.xml").write_text(text, "utf8")


@pytest.fixture
def good(tmp_path):
    planted(tmp_path, 1, case(sources=KEY))
    figures = [
        case(figure=f, states=300, largest=v)
        for f, v in (("svm-margin", 2.6e-13), ("gd-surface", 0.0))
    ]
    planted(tmp_path, 2, case(sources=KEY), case(other=1), *figures, tests=5, skipped=0)
    return tmp_path


def test_both_reports_are_read(good):
    found = reports.read(good, KEY)
    assert (found.passed, found.skipped) == (14, 1)
    assert found.comparisons == (
        reports.Comparison("gd-surface", 300, 0.0),
        reports.Comparison("svm-margin", 300, 2.6e-13),
    )


SPOILT = {
    "other sources": lambda folder: planted(folder, 1, case(sources="4567")),
    "two sources": lambda folder: planted(folder, 1, case(sources=KEY), case(sources="4567")),
    "unnamed sources": lambda folder: planted(folder, 2, case(figure="a", states=3, largest=0)),
    "a failure": lambda folder: planted(folder, 1, case(sources=KEY), failures=1),
    "an error": lambda folder: planted(folder, 2, case(sources=KEY), errors=1),
    "one part is missing": lambda folder: (folder / "tests-1.xml").unlink(),
    "half a report": lambda folder: (folder / "tests-2.xml").write_text("<testsuites><tests"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_report_that_tells_nothing_of_these_sources_is_not_shown(good, how):
    SPOILT[how](good)
    assert reports.read(good, KEY) is None


def test_without_a_report_the_page_says_so(monkeypatch):
    monkeypatch.setattr(reports, "read", lambda: None)
    assert status.figures() == [status.UNTESTED]
    assert status.figures(reports.Report(8, 0, ())) == [status.UNTESTED]  # there was no browser


def test_the_figures_of_a_report(good, monkeypatch):
    monkeypatch.setattr(status, "homes", lambda: {"gd-surface": "chapter 1"})
    text = "\n".join(status.figures(reports.read(good, KEY)))
    assert "14 tests passed; 1 were skipped." in text
    assert f"2 of the {len(REGISTRY)} kinds" in text
    assert "| GD Surface | chapter 1 | 300 | equal |\n| SVM Margin |  | 300 | 3·10⁻¹³ |" in text


def test_any_source_changes_the_hash(tmp_path):
    (tmp_path / "tests").mkdir()
    known = set()
    for name, text in (("make.py", "1"), ("tests/test_x.py", "1"), ("tests/test_x.py", "2")):
        (tmp_path / name).write_text(text, "utf8")
        known.add(reports.sources(tmp_path))
    (tmp_path / "tests" / "__pycache__").mkdir()
    (tmp_path / "tests" / "__pycache__" / "x.pyc").write_text("3", "utf8")
    assert len(known | {reports.sources(tmp_path)}) == 3


def test_pytest_writes_what_is_read(tmp_path):
    small = "from driving import certified\n\ndef test_small(record_property):\n"
    (tmp_path / "test_small.py").write_text(
        f'{small}    certified(record_property, "planted", 3, 0.25)\n\ndef test_more(): pass\n'
    )
    command = [sys.executable, "-m", "pytest", "-q", "-n1", "-p", "conftest", "-o", "addopts="]
    place = [f"-c{make.ROOT / 'pyproject.toml'}", f"--junitxml={tmp_path}/tests-1.xml"]
    env = {**os.environ, "PYTHONPATH": str(make.ROOT / "tests")}
    subprocess.run([*command, *place, tmp_path], check=True, env=env, capture_output=True)
    shutil.copy(tmp_path / "tests-1.xml", tmp_path / "tests-2.xml")
    found = reports.read(tmp_path)
    assert (found.passed, found.skipped) == (4, 0)
    assert found.comparisons == (reports.Comparison("planted", 3, 0.25),) * 2


def test_a_choice_of_tests_leaves_no_report():
    assert make.report(1, ("-k", "gradient")) == ()
    assert make.report(2, ())[0].endswith("tests-2.xml")


def certificates(root):
    texts = [path.read_text("utf8") for path in (root / "tests" / "browser").glob("test_*.py")]
    return re.findall(r'certified\(\s*record_property, "([\w-]+)"', " ".join(texts))


def test_every_figure_is_compared_by_one_test(root):
    assert sorted(certificates(root)) == sorted(REGISTRY)


# ── the runs of the notebooks ───────────────────────────────────────────────────────────────


@pytest.fixture
def ran(tmp_path, monkeypatch):
    """A book of one notebook that ran, and one that did not."""
    shown = [{"text/plain": repr(b), "text/html": b._repr_html_()} for b in BADGES]
    shown += [{"text/plain": "7"}, {"text/html": '<figure data-explorable="a-figure">'}]
    cells = [
        new_code_cell("x", execution_count=n + 1, outputs=[new_output("display_data", data)])
        for n, data in enumerate(shown)
    ]
    language = {"language_info": {"name": "python", "version": "3.99.1"}}
    notebook = new_notebook(cells=[*cells, new_code_cell("")], metadata=language)
    paths = [tmp_path / "notebooks" / f"0{n}-{word}.ipynb" for n, word in ((1, "one"), (2, "two"))]
    paths[0].parent.mkdir()
    nbformat.write(notebook, paths[0])
    nbformat.write(new_notebook(cells=[new_code_cell("y")]), paths[1])
    bundle = CacheBundleIn(notebook, str(paths[0]), data={"execution_seconds": 12.6})
    get_cache(tmp_path / "cache").cache_notebook_bundle(bundle, check_validity=False)
    monkeypatch.setattr(execution, "ROOT", tmp_path)
    monkeypatch.setattr(execution, "cache_path", lambda: tmp_path / "cache")
    monkeypatch.setattr(execution, "notebooks", lambda: paths[:1])
    return paths


def test_the_run_of_a_notebook(ran):
    text = "\n".join(status.notebooks())
    assert "| {doc}`/notebooks/01-one` | 4 | 13 |\n| all | 4 | 13 |" in text
    assert "Python 3.99.1 with numpy" in text


def test_a_notebook_without_a_run_is_told(ran, monkeypatch):
    told = []
    monkeypatch.setattr(LOG, "warning", lambda *words: told.append(words))
    assert [run.path for run in runs(ran)] == ran[:1]
    assert told == [("%s has not been run", "02-two")]


def test_the_badges_of_a_notebook(ran):
    text = "\n".join(status.formulas())
    assert "In {doc}`/notebooks/01-one`:\n\n| formula |" in text
    assert r"| ∇\|x\|\_1 = \*s\* | 2 | 2, 3×4 | 3·10⁻¹³ |" in text
    assert "| ∇(aᵀx) = a | 1 | 1 | equal |" in text
    assert "SymPy (2), differences (1)." in text


def test_the_home_of_a_figure(ran):
    assert status.homes() == {"a-figure": "{doc}`chapter 1 </notebooks/01-one>`"}


# ── the built page, counted once more from the other pages ──────────────────────────────────


def shown(text):
    """Return the rows of the page's tables by the first word of their heading rows."""
    tables = html.document_fromstring(text.encode()).xpath("//article//table")
    found = {}
    for one in tables:
        head, *rows = ([c.text_content().strip() for c in tr] for tr in one.iter("tr"))
        found.setdefault(head[0], []).extend(rows)
    return found


def miscounted(texts):
    """Return which tables have other numbers than the pages that they tell of."""
    tables = shown(texts["book/status.html"])
    whole = " ".join(texts.values())
    found = {
        "formula": (len(tables["formula"]), whole.count('<p class="triangulated">')),
        "page": (int(tables["page"][-1][1]), whole.count('<div class="exercise-box"')),
        "notebook": (len(tables["notebook"]) - 1, len(execution.notebooks())),
        "figure": (len(tables.get("figure", REGISTRY)), len(REGISTRY)),
    }
    return [name for name, (told, counted) in found.items() if told != counted]


@pytest.fixture(scope="module")
def texts(site):
    pages = [p for folder in ("book", "notebooks") for p in (site / folder).glob("*.html")]
    return {p.relative_to(site).as_posix(): p.read_text("utf8") for p in pages}


@pytest.mark.site
def test_the_page_counts_right(texts):
    assert miscounted(texts) == []


PLANTED = {
    "formula": '<p class="triangulated">',
    "page": '<div class="exercise-box"',
}


@pytest.mark.site
@pytest.mark.parametrize("name", PLANTED)
def test_a_wrong_count_is_found(texts, name):
    assert miscounted(texts | {"more": PLANTED[name]}) == [name]


def test_the_count_of_exercises_follows_the_answers(monkeypatch):
    before = status.exercises()
    number = next(iter(answers.CHAPTERS))
    fewer = dict([*answers.chapter(number).items()][1:])
    whole = answers.chapter
    monkeypatch.setattr(answers, "chapter", lambda n: fewer if n == number else whole(n))
    after = status.exercises()
    assert after[2] != before[2] and after[-1] != before[-1]  # the page's row, and the sum
