"""A real JupyterLab for tests: start one, open a notebook in it, run that, ask its kernel."""

import ast
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

import make

TOKEN = "calculus"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
PANEL = "jupyterapp.shell.currentWidget"
IDLE = f"{PANEL}?.sessionContext?.session?.kernel?.status === 'idle'"
PLACES = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "HOME")
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--port=0",
    "--expose-app-in-browser",
    f"--IdentityProvider.token={TOKEN}",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
ASK = f"""async (expression) => {{
    const {{ kernel }} = {PANEL}.sessionContext.session;
    const asked = {{ code: "", user_expressions: {{ answer: expression }}, store_history: false }};
    return (await kernel.requestExecute(asked).done).content.user_expressions.answer;
}}"""


@contextmanager
def jupyterlab(folder, home):
    """Serve a folder as `make.py lab` does, its settings kept in another; yield its address."""
    env = {**os.environ, **make.FIXED, **{p: str(home / p.lower()) for p in PLACES}}
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--notebook-dir={folder}"]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield address(server)
        finally:
            server.terminate()


def address(server):
    seen = []
    for line in server.stderr:
        seen.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            # What it goes on to say must be read, or it waits for a reader.
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return found[0]
    pytest.fail("JupyterLab did not start: " + "".join(seen[-20:]))


@contextmanager
def opened(browser, lab, name):
    """Open a notebook and wait for its kernel; no other host may be asked, no error be written."""
    page, foreign, said = browser.new_page(viewport={"width": 1400, "height": 1400}), [], []
    allowed = (lab, lab.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda r: r.url.startswith(allowed) or foreign.append(r.url))
    page.on("console", lambda m: m.type == "error" and said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.set_default_timeout(120_000)
    page.goto(f"{lab}lab/tree/{name}?token={TOKEN}&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_function(IDLE)
    yield page
    page.close()
    assert not foreign and not said, (foreign, said)


def ask(page, expression):
    """Return the value of an expression in the kernel, which must be plain JSON."""
    answer = page.evaluate(ASK, f"__import__('json').dumps({expression})")
    assert answer["status"] == "ok", answer
    return json.loads(ast.literal_eval(answer["data"]["text/plain"]))


def execute(page, code):
    """Run lines in the kernel, beside the notebook."""
    asked = f"({{ code }}) => {PANEL}.sessionContext.session.kernel.requestExecute({{ code }}).done"
    done = page.evaluate(f"async (code) => (await ({asked})({{ code }})).content", code)
    assert done["status"] == "ok", done


def run_all(page):
    """Run all cells of the notebook."""
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(IDLE)


def until(page, met, seconds=30):
    """Wait until something is so; tell whether it has become so."""
    for _ in range(round(seconds * 10)):
        if met():
            return True
        page.wait_for_timeout(100)
    return False
