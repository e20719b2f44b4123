"""A fresh environment for a test, filled by the pip of the Python beneath this one."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import make

ROOT = Path(__file__).resolve().parents[1]
UNKNOWN = {*make.FIXED, *make.SINGLE, "PYTHONPATH", "MATHCALC_FRAMES", "VIRTUAL_ENV"}


def python(folder):
    """Make an empty environment, and return its Python."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(python, *requirements):
    """Install from whatever index pip knows; fail with pip's own words."""
    command = [sys._base_executable, "-m", "pip", "--python", python, "install", "--quiet"]
    done = subprocess.run([*command, *requirements], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def checkout(folder):
    """Copy what git would, into a new folder; return it."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():  # a file may be deleted, and not yet committed so
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
            (folder / name).chmod((ROOT / name).stat().st_mode)
    return folder


def variables(**extra):
    """Return this machine's variables, without those that `make.py` sets; with others."""
    return {k: v for k, v in os.environ.items() if k not in UNKNOWN} | extra
