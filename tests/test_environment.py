"""The commands and Binder: what happens on a machine that is not ours."""

import copy
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import serve
from mathbook import execution, repair, repository, streams
from nbformat import NotebookNode
from repo2docker.app import Repo2Docker

import make

ROOT = Path(__file__).resolve().parents[1]


def test_an_unknown_command_is_a_sentence():
    with pytest.raises(SystemExit, match="unknown command 'boook'; there are: book, test"):
        make.main(["boook"])
    with pytest.raises(SystemExit, match=r"make\.py book"):
        make.main([])
    with pytest.raises(SystemExit, match="only --no-serve"):
        make.main(["book", "--fast"])


def test_an_old_python_is_a_sentence(monkeypatch):
    monkeypatch.setattr(make.sys, "version_info", (3, 10, 4, "final", 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.10\.4"):
        make.main(["book"])


@pytest.fixture
def empty(monkeypatch, tmp_path):
    """A checkout without an environment, in which installing is only noted."""
    installed = []
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(make, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(make, "install", lambda python: installed.append(python))
    return installed


def test_the_environment_is_made_once(empty, capsys):
    make.environment()
    make.environment()
    assert len(empty) == 1


def test_a_changed_lock_makes_it_anew(empty, monkeypatch):
    make.environment()
    monkeypatch.setattr(make, "fingerprint", lambda: "another lock")
    make.environment()
    assert len(empty) == 2


def test_an_interrupted_set_up_starts_again(empty, monkeypatch):
    def interrupted(python):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(make, "install", interrupted)
        make.environment()
    make.environment()
    assert len(empty) == 1


def test_a_taken_port_is_passed_over(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve.listen(tmp_path, range(port, port + 20)) as server:
            assert server.server_port > port
        with pytest.raises(SystemExit, match="is free"):
            serve.listen(tmp_path, range(port, port + 1))


def test_the_cache_knows_what_outputs_depend_on(tmp_path):
    for name in ("requirements.txt", "mathcalc/a.py", "mathcalc/b.mjs", "notebooks/matplotlibrc"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("1")
        before = execution.key(tmp_path)
        path.write_text("2")
        assert execution.key(tmp_path) != before
    (tmp_path / "README.md").write_text("3")
    before = execution.key(tmp_path)
    (tmp_path / "README.md").write_text("4")
    assert execution.key(tmp_path) == before


def test_notebooks_are_in_two_places(tmp_path):
    places = ("notebooks/02-b.ipynb", "notebooks/01-a.ipynb", "book/lab.ipynb", "tests/x.ipynb")
    for name in (*places, "book/intro.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = execution.notebooks(tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in found] == [places[k] for k in (1, 0, 2)]
    assert [execution.home(p) for p in found] == ["01", "02", "lab"]


def test_every_kernel_finds_the_style():
    style = Path(make.FIXED["MATPLOTLIBRC"], "matplotlibrc")
    start = (ROOT / ".binder" / "start").read_text("utf8")
    assert style.is_file() and f'MATPLOTLIBRC="$PWD/{style.parent.name}"' in start


def test_buttons_appear_with_an_address_and_not_before():
    assert not repository.theme_options("", "main")["launch_buttons"]
    options = repository.theme_options("https://github.com/someone/calculus", "main")
    assert options["launch_buttons"]["binderhub_url"] == "https://mybinder.org"
    assert options["use_repository_button"]
    for wrong in ("someone/calculus", "https://nowhere.test/a/b", "http://github.com/a/b"):
        with pytest.raises(ValueError, match="repository in _config"):
            repository.theme_options(wrong, "main")


def test_repairs_reach_their_faults():
    words = '<p class="a">x</p>\n<p class="b">y</p>\n</summary>'
    summary = f'<summary aria-label="Toggle hidden content">\n{words}'
    assert "<p" not in repair.repaired(summary)
    assert repair.repaired('<i id="proof-content"></i>' * 2).count("proof-content-") == 2
    script = "<script>const THEBE_JS_URL = 1</script>\n"
    assert repair.repaired(script * 2) == script
    state = '<script type="application/vnd.jupyter.widget-state+json">{}</script>'
    assert repair.repaired(state) == ""


def test_binder_finds_what_is_meant(monkeypatch):
    monkeypatch.chdir(ROOT)
    packs = [p(base_image="none") for p in Repo2Docker().buildpacks]
    pack = next(p for p in packs if p.detect())
    assert type(pack).__name__ == "PythonBuildPack"
    assert pack.python_version == "3.11"
    assert pack.binder_dir == ".binder"
    assert ".binder/requirements.txt" in str(pack.get_preassemble_scripts())
    assert pack.get_post_build_scripts() == [".binder/postBuild"]
    assert pack.get_start_script().endswith("/.binder/start")
    assert sys.version_info >= (3, 11)


def printed(*pieces):
    return [NotebookNode(output_type="stream", name=name, text=text) for name, text in pieces]


def test_a_line_sent_in_pieces_is_one_line():
    """As myst-nb has it, each piece would begin a new line."""
    pieces = printed(("stdout", "a"), ("stdout", " → b\n"), ("stdout", "c\n"))
    assert [o["text"] for o in streams.rejoined(pieces)] == ["a → b\nc\n"]
    assert [o["text"] for o in streams.merge(copy.deepcopy(pieces))] != ["a → b\nc\n"]


def test_streams_and_other_outputs_keep_their_order():
    shown = NotebookNode(output_type="display_data", data={}, metadata={})
    outputs = [*printed(("stdout", "a")), shown, *printed(("stderr", "w"), ("stdout", "b"))]
    found = [o.get("name", "shown") for o in streams.rejoined(outputs)]
    assert found == ["stdout", "shown", "stderr"]


def test_a_notebook_that_has_run_is_told_at_once(capsys):
    records = [SimpleNamespace(pk=1, uri="notebooks/old.ipynb", data={})]
    cache = SimpleNamespace(list_cache_records=lambda: list(records))
    with execution.progress(cache):
        data = {"execution_seconds": 3.2}
        records.append(SimpleNamespace(pk=2, uri="notebooks/new.ipynb", data=data))
    assert capsys.readouterr().out == "  new ran in 3 s\n"
