"""Who may import whom: a module of the package imports only from rows above its own."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROWS = (
    {"terms", "checks"},
    {"grammar"},
    {
        "palette",
        "expression",
        "exact",
        "evaluator",
        "extrapolation",
        "ways",
        "glue",
        "answers",
        "levels",
        "rules",
        "trees",
        "pathdata",
        "checkpointing",
        "landscape",
    },
    {
        "listing",
        "stencils",
        "inline",
        "rules_entrywise",
        "rules_arrays",
        "landscapes",
        "connectivity",
    },
    {"traced", "rules_reductions"},
    {"operators"},
    {"overrides"},
    {"overrides_einsum", "overrides_moves"},
    {"overrides_linear", "overrides_reductions"},
    {
        "symbolic",
        "numerical",
        "samples",
        "plotting",
        "exercises",
        "forward",
        "reverse",
        "diagrams",
    },
    {"sweeps"},
    {"custom"},
    {"autodiff"},
    {
        "optimality",
        "reversal",
        "roads",
    },
    {"triangulation"},
    {"explorables"},
)
LEVEL = {name: level for level, row in enumerate(ROWS) for name in row}
HEAVY = ("jax", "matplotlib", "ipywidgets", "anywidget", "sympy", "scipy")
NAMELESS = {"utils", "util", "misc", "helpers", "common", "tools"}


def modules():
    return sorted((ROOT / "mathcalc").rglob("*.py"))


def room(path):
    inside = path.relative_to(ROOT / "mathcalc").with_suffix("").parts
    return inside[0] if inside[0] != "__init__" else None


def imported(source):
    """Return the rooms of the package that a module's text imports from, wherever it does."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.ImportFrom) and node.level:
            raise AssertionError("a relative import: name the module from mathcalc on")
        if isinstance(node, ast.ImportFrom) and node.module == "mathcalc":
            names = [f"mathcalc.{a.name}" for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        yield from (n.split(".")[1] for n in names if n.startswith("mathcalc."))


def faults(name, source):
    """Return what a module imports from its own row or one below."""
    return [n for n in imported(source) if n != name and LEVEL[n] >= LEVEL[name]]


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.stem)
def test_a_module_imports_only_from_above(path):
    name = room(path)
    if name is None:
        assert not list(imported(path.read_text("utf8")))
        return
    assert name in LEVEL, f"{name} is in no row: add it to ROWS, where it belongs"
    assert faults(name, path.read_text("utf8")) == []


def test_an_import_from_below_is_found():
    assert faults("numerical", "from mathcalc import triangulation") == ["triangulation"]
    assert faults("symbolic", "from mathcalc.plotting import svg") == ["plotting"]
    assert faults("triangulation", "def f():\n    import mathcalc.explorables.base") == [
        "explorables"
    ]
    assert faults("triangulation", "from mathcalc.symbolic import ScalarField") == []


def test_a_relative_import_is_refused():
    with pytest.raises(AssertionError, match="relative"):
        faults("numerical", "from . import triangulation")


def test_importing_the_package_loads_nothing_heavy():
    code = f"import sys, mathcalc; print([m for m in {HEAVY} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_every_module_has_a_name_that_says_something():
    assert not NAMELESS & {p.stem for p in [*modules(), *ROOT.glob("book/_ext/**/*.py")]}
