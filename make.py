#!/usr/bin/env python3
"""The commands of this book. Only Python 3.11 or newer and pip are needed.

python3 make.py book    set up, run the notebooks, build the site, serve it   [--no-serve]
python3 make.py test    everything that can be checked, cheap things first      [--all]
python3 make.py pdf     print the book into one PDF, by Chromium
python3 make.py zip     pack the site, with its PDF, for a class without network
python3 make.py lab     open the notebooks in JupyterLab
python3 make.py bench   measure the package side by side with its peers
python3 make.py tidy    bring notebooks and code into their one canonical form
python3 make.py lock    renew requirements.txt and .binder/ from pyproject.toml
"""

import hashlib
import inspect
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.txt"
VENV = ROOT / ".venv"
EXTENSION = ROOT / "book" / "_ext" / "mathbook"
SITE = ROOT / "_build" / "html"
OLDEST = (3, 11)

# What a page shows may depend on nothing but its sources: no hash order, no clock, no other
# person's IPython settings, no accelerator, and one instruction set for XLA's arithmetic.
# (book/status, which tells of the runs themselves, is the exception.)
FIXED = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "1767225600",
    "IPYTHONDIR": str(ROOT / "_build" / "ipython"),
    "JUPYTER_PLATFORM_DIRS": "1",
    "JAX_PLATFORMS": "cpu",
    "XLA_FLAGS": "--xla_cpu_max_isa=AVX2",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "MPLCONFIGDIR": str(ROOT / "_build" / "matplotlib"),
    "MATPLOTLIBRC": str(ROOT / "notebooks"),  # also for the notebooks in book/
}
# Where several processes share the processors, threads of each would only wait for one another;
# and the order of a sum, hence its last digit, may not depend on the number of processors.
SINGLE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


# ── the commands ────────────────────────────────────────────────────────────────────────────


def book(*options):
    """Set up, run the notebooks, build the site and serve it."""
    refuse_unless(set(options) <= {"--no-serve"}, f"book takes only --no-serve, not {options}")
    python = environment()
    build(python)
    print(f"the site is in {SITE.relative_to(ROOT)}/ (it also works opened as files)")
    if "--no-serve" not in options:
        run(python, EXTENSION / "serve.py", SITE)


def test(*options):
    """Run the checks, cheap ones first; --all adds the slow ones, other options go to pytest."""
    python, (options, some) = environment(), chosen(options)
    tool(python, "ruff", "check", ".")
    tool(python, "ruff", "format", "--check", ".")
    tool(python, "mypy")
    # Over the processors; a worker that is lost ends the run: its groups would wait for ever.
    spread = (python, "pytest", "-n", "auto", "--dist", "loadgroup", "--max-worker-restart", "0")
    first, second = f"not site and not browser{some}", f"(site or browser){some}"
    tool(*spread, "-m", first, *report(1, options), *options, **SINGLE)
    build(python)
    tool(*spread, "tests", "-m", second, *report(2, options), *options, **SINGLE)


def pdf():
    """Print the book into one PDF, which the site then offers."""
    python = environment()
    build(python)
    run(python, EXTENSION / "pdf.py", SITE)


def pack():
    """Pack the site, with its PDF, into one file."""
    pdf()
    run(environment(), EXTENSION / "pack.py", SITE)


def lab(*options):
    """Open the notebooks in JupyterLab."""
    first = f"--FileContentsManager.preferred_dir={ROOT / 'notebooks'}"
    tool(environment(), "jupyterlab", "--notebook-dir", ROOT, first, *options)


def bench(*names):
    """Print ratios against peers, measured side by side; names choose among the benchmarks."""
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    found = {path.stem.removeprefix("bench_"): path for path in scripts}
    unknown = [name for name in names if name not in found]
    refuse_unless(not unknown, f"no benchmark {unknown}; there are: {', '.join(found)}")
    python = environment()
    for name in names or found:
        run(python, found[name])


def tidy():
    """Bring notebooks and code into their one canonical form."""
    python = environment()
    run(python, EXTENSION / "tidy.py")
    tool(python, "ruff", "check", "--fix", ".")
    tool(python, "ruff", "format", ".")


def lock():
    """Renew the hashed lock for Python 3.11.0 and newer, and Binder's run-time part of it."""
    python = environment()
    groups = [f"--group={g}" for g in ("book", "lab", "test", "bench", "lock")]
    resolve(python, LOCK, "--generate-hashes", *groups)
    resolve(python, ROOT / ".binder" / "requirements.txt", "--constraints", LOCK)


# ── the parts they are made of ──────────────────────────────────────────────────────────────


def build(python, out=ROOT):
    """Run what changed of the notebooks, then build every page anew, with warnings as errors."""
    frames = {"MATHCALC_FRAMES": "1"}  # a page has no kernel to ask
    run(python, EXTENSION / "execution.py", **SINGLE, **frames)
    print("building the pages", flush=True)
    for old in ("html", ".doctrees"):  # what lies there would change names in the new pages
        shutil.rmtree(Path(out) / "_build" / old, ignore_errors=True)
    strict = ("-W", "-n", "--keep-going", "--all", "-q")
    run(python, EXTENSION / "build.py", "build", ".", *strict, "--path-output", out)


def chosen(options):
    """Return pytest's own options, and how its choice of tests ends."""
    own = tuple(option for option in options if option != "--all")
    return own, "" if "--all" in options else " and not slow"


def report(part, options):
    """Return where pytest reports to the book's status page; a choice of tests leaves no report."""
    return () if options else (f"--junitxml={ROOT / '_build' / f'tests-{part}.xml'}",)


def resolve(python, target, *options):
    """Let uv write one requirements file; no registry's address may enter it."""
    command = ["pip", "compile", "--universal", "--fork-strategy=fewest", "--upgrade"]
    quiet = ["--quiet", "--no-emit-index-url", "--no-header", "--no-annotate"]
    both = [*command, "--python-version=3.11.0", *quiet, *options]
    tool(python, "uv", *both, "pyproject.toml", "--output-file", target)


# ── the environment ─────────────────────────────────────────────────────────────────────────


def environment():
    """Return the Python of `.venv`, which holds exactly what the lock says; make it if needed."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = VENV / "complete", fingerprint()
    if not (stamp.exists() and stamp.read_text("utf8") == wanted):
        install(python)
        stamp.write_text(wanted, "utf8")  # last: an interrupted set-up starts again
    return python


def fingerprint():
    """Name the lock and the Python that an environment was made from."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest() + " " + sys.version


def install(python):
    """Make `.venv` anew; pip is borrowed from this Python, so ensurepip is not needed."""
    start = time.monotonic()
    print("setting up .venv from requirements.txt: a minute or two, once", flush=True)
    venv.create(VENV, clear=True, with_pip=False, symlinks=os.name != "nt")
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", "--require-hashes", "--no-deps", "-r", LOCK, PIP_USER="0")
    purelib = sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    Path(purelib, "mathcalc.pth").write_text(f"{ROOT}\n", "utf8")
    print(f"set up in {time.monotonic() - start:.0f} s", flush=True)


def tool(python, module, *arguments, **extra):
    """Run an installed module as a program."""
    print("·", module, *arguments[:3], flush=True)
    run(python, "-m", module, *arguments, **extra)


def run(*command, **extra):
    """Run a program in the repository; stop with its exit code if it fails."""
    words = [os.fspath(c) for c in command]
    with subprocess.Popen(words, cwd=ROOT, env={**os.environ, **FIXED, **extra}) as program:
        code = ended(program)
    if code:
        sys.exit(code)


def ended(program):
    """Wait for a program's end; Ctrl-C reaches it, too, and it may take its leave in peace."""
    while True:
        try:
            return program.wait()
        except KeyboardInterrupt:
            continue


def refuse_unless(fine, sentence):
    """Stop with a sentence instead of a traceback."""
    if not fine:
        sys.exit(sentence)


COMMANDS = {f.__name__: f for f in (book, test, pdf, lab, bench, tidy, lock)} | {"zip": pack}


def main(arguments):
    """Carry out one command."""
    found = ".".join(map(str, sys.version_info[:3]))
    refuse_unless(
        sys.version_info >= OLDEST, f"this book needs Python 3.11 or newer; this is {found}"
    )
    refuse_unless(
        arguments and arguments[0] in COMMANDS,
        __doc__
        if not arguments
        else f"unknown command {arguments[0]!r}; there are: {', '.join(COMMANDS)}",
    )
    name, *options = arguments
    takes = inspect.signature(COMMANDS[name]).parameters
    refuse_unless(takes or not options, f"{name} takes no options, not {' '.join(options)}")
    COMMANDS[name](*options)


if __name__ == "__main__":
    main(sys.argv[1:])
