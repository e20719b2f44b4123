"""The package works with the oldest and with the newest versions that its bounds allow."""

import ast
import subprocess
import sys
import tomllib

import fresh
import pytest
from packaging.requirements import Requirement

ROOT = fresh.ROOT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
BOUNDS = [Requirement(line) for line in PROJECT["dependencies"]]
TOOLS = ("pytest", "pytest-xdist", "hypothesis", "lxml")  # lxml reads the drawings
# A test belongs to the package if it needs the package, what that needs, and these tools.
# Its neighbours here are followed; but `fresh` is what the tests of environments have in common.
KNOWN = {"mathcalc", "make", "traitlets", "mpmath", *TOOLS, *(r.name for r in BOUNDS)}


def imported(path):
    """Return the top-level names that a file imports, and those that its neighbours do."""
    nodes = [*ast.walk(ast.parse(path.read_text("utf8")))]
    names = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    tops = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    near = {t for t in tops - {"fresh"} if (path.parent / f"{t}.py").exists()}
    return (tops - near).union(*(imported(path.parent / f"{top}.py") for top in near))


def chosen():
    """Return the package's tests: those that need nothing of the book, its tools or a browser."""
    found = [p for p in sorted((ROOT / "tests").glob("test_*.py")) if imported(p) <= KNOWN]
    return [p for p in found if "pytest.mark.site" not in p.read_text("utf8")]


def oldest():
    """Return the versions that the lower bounds name."""
    return [f"{r.name}=={s.version}" for r in BOUNDS for s in r.specifier if s.operator == ">="]


def newest():
    return [r.name for r in BOUNDS]


def versions(python):
    code = "from importlib.metadata import version; import sys; print(*map(version, sys.argv[1:]))"
    done = subprocess.run([python, "-c", code, *newest()], capture_output=True, text=True)
    return ", ".join(f"{n} {v}" for n, v in zip(newest(), done.stdout.split(), strict=True))


def test_each_dependency_has_one_lower_bound():
    assert len(oldest()) == len(BOUNDS) >= 7
    assert all(len(r.specifier) == 1 for r in BOUNDS)


def test_the_packages_tests_are_found_by_what_they_import():
    names = {path.name for path in chosen()}
    assert {"test_rules.py", "test_samples.py", "test_svm_margin.py", "test_symbolic.py"} <= names
    assert not {"test_environment.py", "test_commands.py", "test_site.py"} & names
    assert len(names) > 30


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [oldest, newest], ids=lambda f: f.__name__)
def test_the_package_passes_its_tests(wanted, tmp_path, record_property):
    python = fresh.python(tmp_path / "venv")
    fresh.install(python, *wanted(), *TOOLS)
    record_property("measured", f"{wanted.__name__}: {versions(python)}")
    done = judged(python, *chosen(), ROOT / "mathcalc")
    assert done.returncode == 0, done.stdout[-5000:]


def judged(python, *paths):
    options = ["-q", "-p", "no:cacheprovider", "-n", "auto", "-m", "not slow"]
    kind = ["-W", "ignore::DeprecationWarning"]  # of each other's versions: no fault of ours
    command = [python, "-m", "pytest", *options, *kind, *paths]
    return subprocess.run(command, cwd=ROOT, env=fresh.variables(), capture_output=True, text=True)
