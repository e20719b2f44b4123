"""What would let faults pass in silence, were it missing: flags, settings, refusals."""

import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
import serve
import yaml
from mathbook import execution

import make

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def commands(monkeypatch):
    """The commands that make.py would have run: nothing is."""
    ran = []
    monkeypatch.setattr(make, "run", lambda *command, **extra: ran.append([*map(str, command)]))
    return ran


def test_a_warning_stops_the_build_of_every_page(commands, tmp_path):
    make.build(sys.executable, tmp_path)
    ((_, first), last) = commands
    assert Path(first).name == "execution.py"
    assert {"-W", "-n", "--all", str(tmp_path)} <= set(last)


def test_only_what_the_lock_hashed_is_installed(commands, monkeypatch, tmp_path):
    monkeypatch.setattr(make, "VENV", tmp_path)
    monkeypatch.setattr(make.venv, "create", lambda *_, **__: None)
    purelib = tmp_path / "lib"
    purelib.mkdir()
    monkeypatch.setattr(make.sysconfig, "get_path", lambda *_: str(purelib))
    make.install(tmp_path / "bin" / "python")
    (install,) = commands
    assert {"--require-hashes", "--no-deps"} <= set(install) and install[-1] == str(make.LOCK)
    assert (purelib / "mathcalc.pth").read_text("utf8").strip() == str(make.ROOT)


def test_programs_run_in_an_environment_that_decides_the_outputs(monkeypatch):
    seen = []
    ended = SimpleNamespace(wait=lambda: 0)
    began = lambda _, cwd, env: seen.append(env) or nullcontext(ended)  # noqa: E731
    monkeypatch.setattr(subprocess, "Popen", began)
    monkeypatch.setenv("PYTHONHASHSEED", "77")
    make.run("anything")
    wanted = {"PYTHONHASHSEED": "0", "JAX_PLATFORMS": "cpu", "SOURCE_DATE_EPOCH": "1767225600"}
    assert wanted.items() <= seen[0].items() and os.environ["PATH"] == seen[0]["PATH"]


def test_a_program_that_fails_stops_the_command():
    with pytest.raises(SystemExit) as stopped:
        make.run(sys.executable, "-c", "raise SystemExit(3)")
    assert stopped.value.code == 3


def test_settings_hide_no_error_of_a_notebook():
    execute = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))["execute"]
    assert execute["raise_on_error"] is True
    assert (execute["stderr_output"], execute["execute_notebooks"]) == ("error", "cache")


def test_a_notebook_that_fails_is_counted_and_told(monkeypatch, capsys):
    path = ROOT / "notebooks" / "01-gradients.ipynb"
    record = SimpleNamespace(pk=1, uri=str(path), traceback="my own fault", data={})
    cache = SimpleNamespace(list_project_records=lambda: [record], list_cache_records=list)
    result = SimpleNamespace(succeeded=[], excepted=[str(path)], errored=[])
    runner = SimpleNamespace(run_and_cache=lambda **_: result)
    fakes = {"prepare": lambda: None, "get_cache": lambda _: cache, "pending": lambda _: [record]}
    for name, fake in (fakes | {"load_executor": lambda *_: runner}).items():
        monkeypatch.setattr(execution, name, fake)
    assert execution.main() == 1
    assert "01-gradients.ipynb\nmy own fault" in capsys.readouterr().err


def test_only_this_machine_can_ask_the_server(tmp_path):
    with serve.listen(tmp_path, range(8200, 8300)) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_without_a_browser_only_a_person_may_go_on(monkeypatch):
    place = Path(__file__).with_name("browser") / "conftest.py"
    spec = importlib.util.spec_from_file_location("conftest_of_the_browser", place)
    own = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(own)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("CI", "true")
    ends = (pytest.fail.Exception, pytest.skip.Exception)
    with pytest.raises(ends, match="there is no Chromium") as end:
        own.executable()
    assert isinstance(end.value, pytest.fail.Exception)
    monkeypatch.delenv("CI")
    with pytest.raises(ends, match="there is no Chromium") as end:
        own.executable()
    assert isinstance(end.value, pytest.skip.Exception)
