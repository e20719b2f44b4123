"""The list of planted faults is honest: each can be planted, and names tests that there are."""

import ast
from functools import cache

import pytest
from mutation import run

FAULTS = run.faults()
FEWEST = 45
KINDS = {
    "a sign in a rule",
    "a swapped axis",
    "a transposed matmul pullback",
    "a missing broadcast sum",
    "axes counted from the wrong end",
    "a wrong constant in a stencil",
    "Richardson's factor",
    "a batch that is taken on trust",
    "work that nobody needs",
    "a second-derivative formula",
    "perturbation confusion",
    "an in-place write is allowed",
    "a checkpoint schedule off by one",
    "memory that is held",
    "error bars too small",
    "a kernel's constant",
    "the sign of KKT multipliers",
    "classification without a tolerance",
    "a precision that is not the program's",
    "the test of convexity",
    "a sign in the SVM's dual",
    "a wider whitelist",
    "a limit is removed",
    "a wrong expected answer",
    "a typical wrong answer accepted",
    "a wrong number in a solution",
    "a wrong line of a figure",
    "a wrong reference",
    "progress under a wrong key",
    "a missing accessible name",
    "no keyboard handler",
    "a missing alternative text",
    "an empty caption",
    "a twin is dropped",
    "a lower contrast",
    "an untypeset formula",
    "a link that leads elsewhere",
    "a formula with an error",
    "a dead link",
    "a link to a missing place",
    "an address of another host",
    "a foreign font",
    "a label in the wrong place",
    "a cycle of concepts",
    "a preview without a link",
    "a notebook with outputs",
    "an output that changes from run to run",
    "a bibliography entry that is not cited",
    "a house rule",
    "a stale cache",
    "a lock without a hash",
    "Binder has another version",
    "an action that is not pinned",
    "a changed vendored file",
    "a function that is too long",
    "an import from below",
    "a typed number on the status page",
    "a check that looks away",
}


@cache
def named_in(file):
    """Return the names of a file's tests, as pytest writes them."""
    found = set()
    for node in ast.parse((run.ROOT / file).read_text("utf8")).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{f.name}" for f in node.body if isinstance(f, ast.FunctionDef)}
        elif isinstance(node, ast.FunctionDef):
            found.add(node.name)
    return found


def misnamed(fault):
    """Return the tests of a fault that do not exist."""
    named = [test.split("[")[0].split("::", 1) for test in fault["tests"] if test != "build"]
    return [name for file, name in named if name not in named_in(file)]


def test_there_are_enough_faults_of_every_kind():
    assert len(FAULTS) >= FEWEST
    assert {f["kind"] for f in FAULTS} == KINDS
    names = [f["name"] for f in FAULTS]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f["name"])
def test_the_fault_can_be_planted_and_its_tests_exist(fault):
    text = (run.ROOT / fault["file"]).read_text("utf8")
    assert run.mutated(text, fault) != text
    assert fault["tests"] and misnamed(fault) == []
    assert fault["says"].endswith(".") and fault["word"] and fault["needs"] in run.GROUPS
    assert ("build" in fault["tests"]) <= (fault["needs"] == "site")


def test_a_dishonest_list_is_noticed():
    fault = {"name": "a", "old": "x", "new": "y"}
    for text in ("", "x x"):
        with pytest.raises(run.Lost, match="a: its text stands"):
            run.mutated(text, fault)
    assert misnamed({"tests": ["tests/mutation/test_faults.py::test_of_nothing"]})
    assert run.mutated("a", {"new": "b"}) == "ab"


def test_faults_are_chosen_by_group_and_by_name():
    assert {f["needs"] for f in run.chosen(FAULTS, [])} == {"quick"}
    assert {f["needs"] for f in run.chosen(FAULTS, ["--site"])} == {"site"}
    assert len(run.chosen(FAULTS, ["--all"])) == len(FAULTS)
    assert [f["name"] for f in run.chosen(FAULTS, ["dead-l"])] == ["dead-link"]
    for wrong in (["--slow"], ["no-such-fault"]):
        with pytest.raises(SystemExit, match="NAME"):
            run.chosen(FAULTS, wrong)


FOUND = {  # what is planted in the place of 1, the word, and what is to be found
    "2": ("assert 2 == 1", "caught"),
    "1.0": ("assert", "SURVIVED"),
    "3": ("a quite different word", "ANOTHER REASON"),
    "(": ("SyntaxError", "ANOTHER REASON"),
}


@pytest.mark.parametrize("new", FOUND)
def test_a_fault_is_caught_for_its_reason_or_not_at_all(tmp_path, new):
    (tmp_path / "small.py").write_text("ONE = 1\n", "utf8")
    test = "from small import ONE\n\ndef test_one():\n    assert ONE == 1\n"
    (tmp_path / "test_small.py").write_text(test, "utf8")
    word, wanted = FOUND[new]
    fault = {"name": new, "file": "small.py", "old": "1", "new": new, "says": "", "word": word}
    fault |= {"tests": ["test_small.py"], "needs": "quick"}
    assert run.tried(tmp_path, fault)[0] == wanted
    assert (tmp_path / "small.py").read_text("utf8") == "ONE = 1\n"
    assert run.tried(tmp_path, fault | {"old": "7"})[0] == "LOST"
