"""Binder's environment: made from `.binder/` as repo2docker would, it runs every chapter."""

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import fresh
import nbformat
import pytest
import repo2docker
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="Binder is Linux"),
    pytest.mark.xdist_group("binder"),  # one environment for all of them
]
CHAPTERS = sorted(path.name for path in (fresh.ROOT / "notebooks").glob("*.ipynb"))
GIGABYTE = 1_000_000  # in the unit of ru_maxrss; what mybinder.org guarantees
PEAK = "import resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
IMPORT = """
import importlib, pkgutil, time
start = time.perf_counter()
import mathcalc
package = time.perf_counter()
for module in pkgutil.walk_packages(mathcalc.__path__, "mathcalc."):
    importlib.import_module(module.name)
print(package - start, time.perf_counter() - start, mathcalc.__file__)
"""
SHARED = ("pip", "ipykernel", "ipywidgets", "jupyterlab", "jupyter_client", "nbclient", "nbconvert")
SHARED += ("tornado", "traitlets")


def image():
    """Return what repo2docker's image holds before ours comes: what our packages meet there."""
    name = "environment.py-{}.{}-linux-64.lock".format(*sys.version_info)
    folder = Path(repo2docker.__file__).parent / "buildpacks" / "conda"
    text = (folder / name).read_text("utf8").replace("nbconvert-core", "nbconvert")
    found = dict(re.findall(r"/([\w.-]+?)-(\d[\w.]*)-[^/]+\.conda", text))
    return [f"{package}=={found[package]}" for package in SHARED]


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """A session on Binder: `run` starts a program in it."""
    place = tmp_path_factory.mktemp("binder")
    python, folder = fresh.python(place / "venv"), fresh.checkout(place / "calculus")
    fresh.install(python, *image())
    fresh.install(python, "-r", folder / ".binder" / "requirements.txt")
    path = f"{python.parent}:/usr/local/bin:/usr/bin:/bin"
    variables = fresh.variables(PATH=path, HOME=str(place))

    def run(*command, cwd=folder):
        return subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True)

    done = run(folder / ".binder" / "postBuild")
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(folder=folder, run=run, start=folder / ".binder" / "start")


def executed(session, notebook, name):
    """Run a notebook as Binder's start script would; return its process and its kernel's peak."""
    path = session.folder / "notebooks" / name
    notebook.cells.append(new_code_cell(PEAK, id="kernel-memory-at-most"))
    nbformat.write(notebook, path)
    done = session.run(session.start, "jupyter", "execute", "--inplace", f"notebooks/{name}")
    cells = json.loads(path.read_text("utf8"))["cells"]
    outputs = [text for out in cells[-1]["outputs"] for text in out.get("text", [])]
    return done, int(outputs[0]) if outputs else None


def test_nothing_there_is_in_the_way_of_another(session):
    done = session.run("python", "-m", "pip", "check")
    assert done.returncode == 0, done.stdout


def test_the_installed_package_is_imported_at_once(session, record_property):
    done = session.run(session.start, "python", "-c", IMPORT, cwd=session.folder / "notebooks")
    package, whole, place = done.stdout.split()
    told = (
        f"import mathcalc takes {float(package):.3f} s, with all its modules {float(whole):.1f} s"
    )
    record_property("measured", f"Binder: {told}")
    assert "site-packages" in place
    assert float(package) < 1 and float(whole) < 20


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_runs_within_a_gigabyte(session, name, record_property):
    notebook = nbformat.read(session.folder / "notebooks" / name, as_version=4)
    done, peak = executed(session, notebook, name)
    assert done.returncode == 0, done.stderr[-5000:]
    record_property("measured", f"Binder: {name} needs {peak / 1000:.0f} MB at most")
    assert peak < GIGABYTE


def test_a_failure_and_a_hunger_would_be_seen(session):
    fault = new_notebook(cells=[new_code_cell("1 / 0", id="fault")])
    done, peak = executed(session, fault, "fault.ipynb")
    assert done.returncode and peak is None and "ZeroDivisionError" in done.stderr
    hungry = new_notebook(cells=[new_code_cell("len(bytearray(b'x' * 600_000_000))", id="hunger")])
    done, peak = executed(session, hungry, "hungry.ipynb")
    assert done.returncode == 0 and peak > GIGABYTE
