"""Run the notebooks in parallel into a cache that can never be stale.

jupyter-cache looks at a notebook's cells alone. Here the cache's folder is named by a hash of
everything else that an output depends on: Python, the lock, the package, the kernel's settings.
"""

import hashlib
import shutil
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

if __name__ == "__main__":
    import grammars  # noqa: F401  (before what it makes quicker)

from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "_build"
PROFILE = Path(__file__).with_name("ipython_kernel_config.py")
SOURCES = (
    "requirements.txt",
    "make.py",
    "mathcalc/**/*",
    "notebooks/matplotlibrc",
    "book/_ext/mathbook/ipython_kernel_config.py",
)
NOTEBOOKS = ("notebooks/*.ipynb", "book/*.ipynb")  # the chapters, and the other pages that compute
TIMEOUT = 300  # seconds for one cell


def notebooks(root=ROOT):
    """Return every notebook of the book: the chapters first, each folder in alphabetical order."""
    return [path for pattern in NOTEBOOKS for path in sorted(root.glob(pattern))]


def home(path):
    """Return how the concept map and the answers call a notebook: a chapter by its number."""
    number, _, rest = path.stem.partition("-")
    return number if number.isdigit() and rest else path.stem


def key(root=ROOT, sources=SOURCES):
    """Return a short hash of all that outputs depend on besides the notebooks' own cells."""
    digest = hashlib.sha256(sys.version.encode())
    for path in inputs(root, sources):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def inputs(root, sources=SOURCES):
    """Return the files that the key is made of, in a fixed order."""
    found = {path for pattern in sources for path in root.glob(pattern)}
    return sorted(p for p in found if p.is_file() and not hidden(p.relative_to(root)))


def hidden(path):
    """Tell what is not a source: caches, compiled files, environments, builds."""
    return any(part.startswith((".", "_build")) or part == "__pycache__" for part in path.parts)


def cache_path():
    """Return the folder of today's cache."""
    return BUILD / f"cache-{key()}"


def prepare():
    """Lay out the kernel's settings, and drop the caches of other days."""
    profile = BUILD / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    shutil.copy(PROFILE, profile)
    for old in set(BUILD.glob("cache-*")) - {cache_path()}:
        shutil.rmtree(old)


def pending(cache):
    """Return the records of the notebooks whose cells have no result yet."""
    for record in cache.list_project_records():
        cache.remove_nb_from_project(record.pk)
    return [cache.add_nb_to_project(str(p)) for p in notebooks() if not has_result(cache, p)]


def has_result(cache, path):
    """Say whether the cells of a notebook have been run."""
    try:
        cache.match_cache_file(str(path))
    except KeyError:
        return False
    return True


def report(cache, uri):
    """Print why a notebook failed."""
    record = next(r for r in cache.list_project_records() if r.uri == uri)
    print(f"failed: {Path(uri).relative_to(ROOT)}\n{record.traceback or ''}", file=sys.stderr)


@contextmanager
def progress(cache):
    """Say which notebook has run, as soon as its result is in the cache."""
    told, done = {r.pk for r in cache.list_cache_records()}, threading.Event()

    def tell():
        for record in cache.list_cache_records():
            if record.pk not in told:
                told.add(record.pk)
                seconds = record.data.get("execution_seconds", 0)
                print(f"  {Path(record.uri).stem} ran in {seconds:.0f} s", flush=True)

    def watch():
        while not done.wait(0.5):
            tell()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        tell()


def main():
    """Run what has to be run; return the number of notebooks that failed."""
    prepare()
    cache, start = get_cache(cache_path()), time.monotonic()
    todo = pending(cache)
    if not todo:
        print("notebooks: all results are fresh")
        return 0
    import matplotlib.pyplot  # noqa: F401  (its first import writes to stderr, which no page may show)

    print(f"running {len(todo)} notebooks", flush=True)
    executor = load_executor("local-parallel", cache)
    with progress(cache):
        result = executor.run_and_cache(timeout=TIMEOUT, filter_pks=[r.pk for r in todo])
    failed = [*result.excepted, *result.errored]
    for uri in failed:
        report(cache, uri)
    print(f"notebooks: {len(result.succeeded)} ran in {time.monotonic() - start:.0f} s")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
