"""What the pages around the chapters claim, computed; and what they may not leave out."""

import json
import re

import numpy as np
import pytest
import sympy as sp
from mathbook.execution import notebooks
from test_concepts import book

x, p = sp.symbols("x p")


def test_the_answers_of_the_prerequisites():
    sigmoid = sp.log(1 + sp.exp(x)).diff(x)
    assert sp.simplify(sigmoid - sp.exp(x) / (1 + sp.exp(x))) == 0
    assert sigmoid.subs(x, 0) == sp.Rational(1, 2)
    cubic = x**3 - 3 * x
    assert sp.solveset(cubic.diff(x), x, sp.S.Reals) == {-1, 1}
    assert [cubic.diff(x, 2).subs(x, c) for c in (-1, 1)] == [-6, 6]
    assert [(s * x**k).diff(x, 2).subs(x, 0) for s, k in ((1, 3), (1, 4), (-1, 4))] == [0, 0, 0]
    assert 0 < np.cos(0.1) - 0.995 < 0.1**4 / 24 < 4.2e-6
    assert round(np.cos(0.1), 7) == 0.9950042


def test_the_matrices_of_the_prerequisites():
    flat = np.array([[2, 1], [2, 1]])
    assert not (flat @ [1, -2]).any() and not ([1, -1] @ flat).any()
    assert np.linalg.matrix_rank(flat) == 1
    mixed = np.array([[1, 2], [2, 1]])
    assert np.linalg.det(mixed).round() == -3 and np.array([1, -1]) @ mixed @ [1, -1] == -2
    np.testing.assert_allclose(np.linalg.eigvalsh([[2, 1], [1, 2]]), [1, 3])
    A, v = np.ones((5, 3)), np.arange(3)
    assert [(A @ v).shape, (A * v).shape, (A - A.mean(axis=0)).shape] == [(5,), (5, 3), (5, 3)]


def test_softmax_and_sigmoid_differ_in_the_notation():
    z = sp.symbols("z:2")
    at = dict.fromkeys(z, 0)
    soft = sp.Matrix([sp.exp(k) for k in z]) / sum(sp.exp(k) for k in z)
    assert soft.jacobian(z).subs(at) == sp.Matrix([[1, -1], [-1, 1]]) / 4
    assert sp.Matrix([1 / (1 + sp.exp(-k)) for k in z]).jacobian(z).subs(at) == sp.eye(2) / 4


def test_the_mean_of_the_score_of_a_coin_is_zero():
    score = [sp.log(p).diff(p), sp.log(1 - p).diff(p)]
    assert sp.simplify(p * score[0] + (1 - p) * score[1]) == 0


NEEDED = {
    "cheat-sheet": ["Laplacian", "Hessian", "Jacobian"],
    "integration-in-ml": ["Bayes", "Monte Carlo", "[Mm]arginal", "[Ff]low", "[Dd]iffusion"],
    "errata-lab": ["momentum", "[Ss]addle", "Adam", "[Rr]ight to left", "eigenvalue zero"],
}


def lacking(pages):
    """Return what a page must say and does not."""
    return [(p, w) for p, words in NEEDED.items() for w in words if not re.search(w, pages[p])]


def test_pages_say_what_they_must():
    assert lacking(book()) == []


@pytest.mark.parametrize("page", NEEDED)
def test_a_missing_word_is_found(page):
    assert {p for p, _ in lacking(book() | {page: ""})} == {page}


def rows(text):
    """Return the rows of a page's tables, without their heads."""
    tables = re.findall(r"^\|[-:| ]+\|\n((?:\|.*\n)+)", text + "\n", re.M)
    return [row.strip("|").split("|") for table in tables for row in table.splitlines()]


def test_the_cheat_sheet_has_ten_checked_rows_with_links_and_six_takeaways():
    text = book()["cheat-sheet"]
    checks = [re.findall(r"\{glue:text\}`(sheet_\w+)`", row[-1]) for row in rows(text)]
    assert len({name for (name,) in checks}) == len(checks) == 10
    assert all(re.search(r"\{prf:ref\}`[\w-]+`", row[0]) for row in rows(text))
    assert len(re.findall(r"^\d\. ", text, re.M)) == 6


def test_integration_has_five_rows_and_says_which_are_reconstructed():
    text = book()["integration-in-ml"]
    first = rows(text)[:5]
    links = [re.search(r"<([\w-]+)>`", row[0])[1] for row in first]
    assert all(f"({label})=" in text for label in links) and len(set(links)) == 5
    assert ["◇" in row[0] for row in first] == [True, False, True, True, True]


def lab(text):
    """Return the claims of the errata lab: what stands between one exercise and the next."""
    return re.split(r"^:+\{exercise\} ", text, flags=re.M)[1:]


def test_the_lab_has_twenty_claims_each_with_a_source_a_repair_and_a_link():
    claims = lab(book()["errata-lab"])
    source = r"slide|notes|tutorial|article|outline|cheat sheet"
    repair = r"\{dropdown\} Repair\n(.*?)\n:::"
    link = r"\{(?:prf:)?ref\}`"
    assert len(claims) == 20
    assert [c for c in claims if not re.search(source, c)] == []
    repairs = [match[1] for c in claims if (match := re.search(repair, c, re.S))]
    assert len(repairs) == 20 and all(re.search(link, r) for r in repairs)


def test_each_claim_is_refuted_by_a_cell_and_the_refutation_asserted():
    path = next(p for p in notebooks() if p.stem == "errata-lab")
    cells = {c["id"]: c for c in json.loads(path.read_text("utf8"))["cells"]}
    runs = [i.removeprefix("run-") for i in cells if i.startswith("run-")]
    assert len(runs) == 20
    assert all("hide-output" in cells[f"run-{n}"]["metadata"]["tags"] for n in runs)
    checked = ["".join(cells[f"check-{n}"]["source"]) for n in runs]
    assert [c for c in checked if not re.search(r"\bassert", c)] == []
