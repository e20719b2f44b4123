"""Settings, locks and vendored files: what no other tool would notice."""

import ast
import hashlib
import re
import subprocess
import tomllib
from pathlib import Path
from statistics import median

import jupyter_book
import pytest
import yaml
from mathbook.execution import notebooks
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
KNOWN = yaml.safe_load(
    (Path(jupyter_book.__file__).parent / "default_config.yml").read_text("utf8")
)
EXTRA = {"execute": {"raise_on_error", "show_tb"}, "": {"bibtex_bibfiles"}}
PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.M)


def unknown_keys(config):
    """Return the keys that Jupyter Book does not know, and silently ignores."""
    found = sorted(set(config) - set(KNOWN) - EXTRA[""])
    for part in ("execute", "html", "parse", "sphinx", "launch_buttons", "repository", "latex"):
        allowed = set(KNOWN[part]) | EXTRA.get(part, set())
        found += [f"{part}.{k}" for k in config.get(part, {}) if k not in allowed]
    return found


def pins(path):
    return {name.lower(): Version(version) for name, version in PIN.findall(path.read_text("utf8"))}


def test_every_key_is_known():
    assert unknown_keys(yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))) == []
    assert unknown_keys({"titel": "x", "execute": {"timeoutt": 1}}) == ["titel", "execute.timeoutt"]


def test_every_locked_package_is_hashed():
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.txt").read_text("utf8").strip())
    assert len(blocks) > 100
    assert [b.splitlines()[0] for b in blocks if "--hash=sha256:" not in b] == []


def test_binder_has_the_same_versions():
    lock, binder = pins(ROOT / "requirements.txt"), pins(ROOT / ".binder" / "requirements.txt")
    assert {"jax", "numpy", "scipy", "sympy", "matplotlib", "ipywidgets", "anywidget"} <= set(
        binder
    )
    assert {n: v for n, v in binder.items() if lock.get(n) != v} == {}
    assert (ROOT / ".binder" / "runtime.txt").read_text("utf8").strip() == "python-3.11"


@pytest.mark.parametrize("lock", ["requirements.txt", ".binder/requirements.txt"])
def test_a_lock_names_no_registry(lock):
    assert not re.search(
        r"https?://|--(?:extra-)?index-url|--find-links", (ROOT / lock).read_text("utf8")
    )


def test_the_contents_list_every_source():
    text = (ROOT / "_toc.yml").read_text("utf8")
    listed = re.findall(r"(?:root|file): (\S+)", text)
    sources = [*notebooks(), *ROOT.glob("book/*.md")]
    assert sorted(listed) == sorted(p.relative_to(ROOT).with_suffix("").as_posix() for p in sources)


def test_the_lock_keeps_the_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
    wanted = [
        *project["project"]["dependencies"],
        *(r for g in project["dependency-groups"].values() for r in g),
    ]
    lock = pins(ROOT / "requirements.txt")
    for requirement in map(Requirement, wanted):
        assert lock[requirement.name.lower()] in requirement.specifier


def test_vendored_files_are_those_listed():
    folder = ROOT / "book" / "assets" / "vendor"
    listed = dict(
        reversed(row.split("  "))
        for row in re.findall(
            r"^[0-9a-f]{64}  .+$", (folder / "VENDORED.md").read_text("utf8"), re.M
        )
    )
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != "VENDORED.md"]
    assert {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
    } == listed


def tracked():
    out = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in out.stdout.splitlines() if "vendor/" not in name]


def test_no_path_of_a_machine_is_committed():
    here = re.compile(r"/(?:home|Users|work)/\w+|/tmp/\w+|/root/")
    found = {
        p.relative_to(ROOT).as_posix(): here.findall(p.read_text("utf8", "ignore"))
        for p in tracked()
        if p.is_file() and p != Path(__file__)
    }
    allowed = {"tests/test_notebooks.py"}
    assert {n: f for n, f in found.items() if f and n not in allowed} == {}


def functions(path):
    """Return the length of each function of a file, its docstring left out."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield f"{node.lineno}:{node.name}", (node.end_lineno or 0) - first.lineno + 1


CODE = [ROOT / "make.py", *ROOT.glob("mathcalc/**/*.py"), *ROOT.glob("book/_ext/**/*.py")]


def test_functions_are_short():
    lengths = {f"{p.relative_to(ROOT)}:{name}": n for p in CODE for name, n in functions(p)}
    assert median(lengths.values()) < 6
    assert {name: n for name, n in lengths.items() if n > 25} == {}


@pytest.mark.parametrize("path", [*CODE, *ROOT.glob("mathcalc/**/*.mjs")], ids=lambda p: p.name)
def test_files_are_short(path):
    assert len(path.read_text("utf8").splitlines()) <= 250


def test_functions_of_one_name_are_all_measured(tmp_path):
    long = "\n".join(["        pass"] * 30)
    path = tmp_path / "a.py"
    path.write_text(
        f"class A:\n    def f(self):\n{long}\nclass B:\n    def f(self):\n        pass\n"
    )
    assert max(dict(functions(path)).values()) == 30
