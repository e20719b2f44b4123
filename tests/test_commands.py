"""The commands of `make.py`, as a reader meets them in a fresh copy of the book."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import fresh
import pytest

import make

POSIX = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent in another way on Windows")
TOKEN = "calculus"
QUIET = ("--no-browser", "--port=0", "--allow-root", f"--IdentityProvider.token={TOKEN}")


@pytest.mark.parametrize("name", ["pdf", "zip", "tidy", "lock"])
def test_an_option_that_is_not_known_is_a_sentence(name):
    with pytest.raises(SystemExit, match=f"{name} takes no options, not --fast"):
        make.main([name, "--fast"])


def test_a_benchmark_that_there_is_not_is_a_sentence():
    with pytest.raises(SystemExit, match=r"no benchmark \['speed'\]; there are: autodiff, book"):
        make.main(["bench", "numerical", "speed"])


@pytest.fixture
def called(monkeypatch):
    """What `make.py` would run: its programs' words, one list after the other."""
    words = []
    monkeypatch.setattr(make, "environment", lambda: "python")
    monkeypatch.setattr(make, "build", lambda python: words.append(["build"]))
    monkeypatch.setattr(make, "tool", lambda python, *rest, **_: words.append(list(rest)))
    return words


def markers(called):
    return [words[words.index("-m") + 1] for words in called if "-m" in words]


def test_slow_tests_are_left_out_unless_all_are_asked_for(called):
    make.main(["test", "-x"])
    quick, *_, pages = markers(called)
    assert quick == "not site and not browser and not slow"
    assert pages == "(site or browser) and not slow"
    assert [words[-1] for words in called if "-m" in words] == ["-x", "-x"]
    called.clear()
    make.main(["test", "--all"])
    assert markers(called) == ["not site and not browser", "(site or browser)"]
    assert not any("--all" in words for words in called)
    assert sum("--junitxml" in str(words) for words in called) == 2


GUEST = """
import time
try:
    print("here", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(1)  # longer than subprocess.run would wait
    print("goodbye")
"""
HOST = f"import sys, make; make.run(sys.executable, '-c', {GUEST!r})"


def begun(command, **options):
    """Start a program in a session of its own, and read all that it says.

    It hears Ctrl-C even if these tests run in the background: only what is ignored is inherited.
    """
    options |= {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        "text": True,
    }
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, **options, start_new_session=os.name != "nt")
    finally:
        signal.signal(signal.SIGINT, before)


@POSIX
def test_what_is_interrupted_may_say_goodbye():
    with begun([sys.executable, "-c", HOST], cwd=fresh.ROOT) as program:
        assert program.stdout.readline() == "here\n"
        os.killpg(program.pid, signal.SIGINT)
        assert program.communicate(timeout=30) == ("goodbye\n", None)
    assert program.returncode == 0


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return fresh.checkout(tmp_path_factory.mktemp("copy") / "a book")


def started(copy, *words):
    """Start a command with the Python of the machine, which knows nothing of this environment."""
    return begun([sys._base_executable, "make.py", *words], cwd=copy, env=fresh.variables())


def answer(address, path):
    """Return what the server says as soon as it listens."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{address}{path}?token={TOKEN}") as found:
                return found.read().decode()
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{address} does not answer")


@POSIX
@pytest.mark.slow
@pytest.mark.xdist_group("commands")
def test_lab_sets_up_opens_the_notebooks_and_ends(copy):
    with started(copy, "lab", *QUIET) as program:
        found = (re.search(r"http://127\.0\.0\.1:\d+/", line) for line in program.stdout)
        address = next(filter(None, found))[0]
        assert '"preferredPath": "notebooks"' in answer(address, "lab")
        listed = json.loads(answer(address, "api/contents/notebooks"))["content"]
        for _ in range(2):  # JupyterLab may wait for a thread of its own until it is told twice
            os.killpg(program.pid, signal.SIGINT)
            time.sleep(2)
        said, _ = program.communicate(timeout=60)
    assert {"01-gradients.ipynb", "05-autodiff.ipynb"} <= {each["name"] for each in listed}
    assert 'make.py", line' not in said  # what JupyterLab itself says then is its own affair


@pytest.mark.slow
@pytest.mark.xdist_group("commands")
def test_tidy_finds_nothing_to_tidy(copy):
    sources = {
        path: path.read_bytes()
        for path in copy.rglob("*.*")
        if path.is_file() and ".venv" not in path.parts
    }
    with started(copy, "tidy") as program:
        said, _ = program.communicate()
    assert program.returncode == 0, said
    assert [str(path) for path, text in sources.items() if path.read_bytes() != text] == []
