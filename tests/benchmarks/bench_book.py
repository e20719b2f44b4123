"""What the book costs its readers and makers, beside what it may cost.

Figures and pages are those of the site that lies in `_build`; the builds are made in a copy.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.append(str(Path(__file__).resolve().parents[1] / "browser"))  # its conftest first
sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2] / "book" / "_ext" / "mathbook"))
import budgets
from conftest import ALONE, QUIET, executable
from driving import lone
from serve import listen

from mathcalc.explorables import REGISTRY, explorable

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
SCRATCH = (".git", ".venv", "_build", "__pycache__", ".*_cache", ".hypothesis")


def line(name, value, limit, unit):
    print(f"  {name:34} {value:9.3g} {unit:3} {value / limit:6.2f} of what it may")


def package():
    print("import of the engines, with NumPy")
    line("in a new Python", budgets.import_time(), budgets.IMPORT, "s")


def figures(browser, folder):
    print("a step of a figure: the slowest of twenty, script and drawing")
    for name in sorted(set(REGISTRY) - {"interact"}):  # that one is given its pictures
        page = browser.new_page(viewport={"width": 1000, "height": 1100})
        Path(folder, "figure.html").write_text(lone(explorable(name)()), "utf8")
        page.goto(f"file://{folder}/figure.html")
        page.wait_for_selector("figure[data-live]")
        line(name, min(budgets.slowest(budgets.steps(page)) for _ in range(3)), budgets.STEP, "ms")
        page.close()


def pages(browser, address):
    for page in sorted(SITE.glob("notebooks/*.html")):
        print(page.stem)
        line("all it loads, compressed", budgets.weight(page) / 1000, budgets.PAGE / 1000, "kB")
        turns = [budgets.loading(browser, f"{address}notebooks/{page.name}") for _ in range(3)]
        for what in turns[0]:
            line(what, min(turn[what] for turn in turns), budgets.READY, "s")


def served(browser):
    with listen(SITE, range(8200, 8300)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        pages(browser, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


def builds(folder):
    """Time `make.py book` in a new copy: the environment, the notebooks, the pages; and again."""
    print("make.py book")
    copy = shutil.copytree(ROOT, Path(folder, "book"), ignore=shutil.ignore_patterns(*SCRATCH))
    for name, limit in (("cold, with its environment", budgets.COLD), ("warm", budgets.WARM)):
        start = time.perf_counter()
        command = [sys.executable, "make.py", "book", "--no-serve"]
        subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)
        line(name, time.perf_counter() - start, limit, "s")


def main():
    package()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*QUIET, *ALONE])
        figures(browser, folder)
        served(browser)
        browser.close()
        builds(folder)


if __name__ == "__main__":
    main()
