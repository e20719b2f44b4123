"""Plant faults, one at a time, in a copy of the repository: each must be caught, for its reason.

python3 tests/mutation/run.py             the quick faults: a few minutes
python3 tests/mutation/run.py --browser   those that a browser must see
python3 tests/mutation/run.py --site      those for which the site is built anew, a minute each
python3 tests/mutation/run.py NAME …      those whose names begin so, whatever they need

`faults.toml` lists them. First the tests that are named there must pass on the copy as it is.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("faults.toml")
GROUPS = ("quick", "browser", "site")
PATIENCE = 600  # seconds for one run of tests or one build
BUILD = "import pathlib, sys, make; make.build(pathlib.Path(sys.executable))"
REASON = re.compile(r"^(?:E  |FAILED |ERROR ).*", re.M)


class Lost(ValueError):
    """The place of a fault is no longer there, or there are several."""


# ── the list ────────────────────────────────────────────────────────────────────────────────


def faults(path=LIST):
    """Return the faults by name, each with the group that it belongs to."""
    found = tomllib.loads(path.read_text("utf8"))["fault"]
    return [{"needs": "quick", **fault} for fault in found]


def chosen(every, words):
    """Return the faults of a group, or those whose names begin with one of some words."""
    groups = [word[2:] for word in words if word.startswith("--")] or [] if words else ["quick"]
    wrong = set(groups) - {*GROUPS, "all"}
    names = tuple(word for word in words if not word.startswith("--"))
    found = [
        f
        for f in every
        if "all" in groups or f["needs"] in groups or (names and f["name"].startswith(names))
    ]
    if wrong or not found:
        sys.exit(__doc__)
    return found


def mutated(text, fault):
    """Return a file's text with the fault; without an old text the new one is added to the end."""
    if "old" not in fault:
        return text + fault["new"]
    if text.count(fault["old"]) != 1:
        raise Lost(f"{fault['name']}: its text stands {text.count(fault['old'])} times in the file")
    return text.replace(fault["old"], fault["new"])


# ── a copy ──────────────────────────────────────────────────────────────────────────────────


def copy(to, root=ROOT):
    """Copy what git knows or would take, and the results of the notebooks; git knows it there."""
    git = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(git, cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name)
    for cache in root.glob("_build/cache-*"):
        shutil.copytree(cache, to / "_build" / cache.name)
    for arguments in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *arguments], cwd=to, check=True, capture_output=True)


@contextmanager
def planted(root, fault):
    """Hold the fault in its file for a while."""
    path = root / fault["file"]
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(mutated((before or b"").decode("utf8"), fault).encode("utf8"))
    try:
        yield
    finally:
        path.unlink() if before is None else path.write_bytes(before)


# ── what the tests say ──────────────────────────────────────────────────────────────────────


def run(root, *command):
    """Run this Python in a copy; return its exit code and what it said."""
    own = {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "CI": "1", "COLUMNS": "1000"}
    single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, *command]
    try:
        done = subprocess.run(
            command, cwd=root, env={**os.environ, **own, **single}, timeout=PATIENCE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return -1, f"not done after {PATIENCE} s"
    return done.returncode, done.stdout


def pytest(root, tests, *options):
    """Run tests; return the exit code and the reasons that they gave, or all if they gave none."""
    quiet = ("-q", "--tb=short", "-p", "no:cacheprovider")
    code, said = run(root, "-m", "pytest", *quiet, *options, *tests)
    return code, "\n".join(REASON.findall(said)) or said


def verdict(root, fault):
    """Say whether the build or the tests caught a fault that is planted, and what they said."""
    tests = [t for t in fault["tests"] if t != "build"]
    if fault["needs"] == "site":
        code, said = run(root, "-c", BUILD)
        if code or not tests:
            return judged(code and 1, said if not tests else "", fault["word"]), said
    code, said = pytest(root, tests, "-x")
    return judged(code, said, fault["word"]), said


def judged(code, said, word):
    """Put an exit code and the reasons into a word; 1 is a test that failed, not one that broke."""
    if code == 0:
        return "SURVIVED"
    return "caught" if code == 1 and word in said else "ANOTHER REASON"


def tried(root, fault):
    """Plant a fault, and judge it."""
    try:
        with planted(root, fault):
            return verdict(root, fault)
    except Lost as why:
        return "LOST", str(why)


# ── all of it ───────────────────────────────────────────────────────────────────────────────


def refuse_unsound(root, wanted):
    """Stop unless every test that is named passes, and the site can be built, without a fault."""
    if any(f["needs"] == "site" for f in wanted):
        code, said = run(root, "-c", BUILD)
        if code:
            sys.exit(f"without a fault the build fails:\n{said[-3000:]}")
    tests = sorted({t for f in wanted for t in f["tests"]} - {"build"})
    code, said = pytest(root, tests) if tests else (0, "")
    if code:
        sys.exit(f"without a fault these tests must pass:\n{said[-3000:]}")
    print(f"without a fault {len(tests)} tests pass", flush=True)


def main(words):
    """Try the chosen faults; return how many were not caught for their reason."""
    wanted, missed = chosen(faults(), words), 0
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy(root := Path(folder).resolve())
        refuse_unsound(root, wanted)
        for fault in wanted:
            start = time.monotonic()
            found, said = tried(root, fault)
            print(f"{found:14} {time.monotonic() - start:4.0f} s  {fault['name']}", flush=True)
            if found != "caught":
                missed += 1
                print(f"    {fault['says']}\n{said[-1500:]}", flush=True)
    print(f"{len(wanted) - missed} of {len(wanted)} faults were caught for their reason")
    return missed


def in_the_environment():
    """Start again with the Python of the environment, which make.py sets up if need be."""
    sys.path.insert(0, str(ROOT))
    from make import environment

    return subprocess.run([environment(), *sys.argv]).returncode


if __name__ == "__main__":
    outside = sys.prefix == sys.base_prefix
    sys.exit(in_the_environment() if outside else min(main(sys.argv[1:]), 1))
