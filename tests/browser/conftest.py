"""A browser: Debian's Chromium, or whichever CHROMIUM names.

Its shell without windows comes first: the same engine, for a third of the processor's time.
"""

import os
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-sync", "--no-first-run")
ALONE = ("--disable-background-networking", "--disable-component-update", "--disable-quic")


def executable():
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("there is no Chromium, and CI must have one: install the package chromium")
    if found is None:
        pytest.skip("there is no Chromium: install it, or name it in the variable CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=[*QUIET, *ALONE])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def served(site):
    """The address of the built site on this machine."""
    from serve import listen

    with listen(site, range(8100, 8200)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def live(browser, tmp_path):
    """A page with one live figure, opened from a file: ``live(figure)`` returns the page.

    It must stay silent to the end.
    """
    from driving import lone

    said, pages = [], []

    def load(figure, width=1000):
        page = browser.new_page(viewport={"width": width, "height": 1100})
        pages.append(page)
        page.on("console", lambda m: said.append(m.text))
        page.on("pageerror", lambda e: said.append(str(e)))
        (tmp_path / "figure.html").write_text(lone(figure), "utf8")
        page.goto(f"file://{tmp_path}/figure.html")
        page.wait_for_selector("figure[data-live]")
        return page

    yield load
    for page in pages:
        page.close()
    assert said == []


CHATTER = ("[PST]", "[togglebutton]")  # what the theme logs, which is neither warning nor error
REFUSED = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(event.effectiveDirective));
"""


@pytest.fixture
def watched(browser):
    """A page at an address: ``watched(address)`` returns it and the list of what it says.

    What its policy refuses stands in its variable ``refused``.
    """
    contexts = []

    def load(address, init=""):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        contexts[-1].add_init_script(REFUSED + init)
        page, said = contexts[-1].new_page(), []
        page.on("console", lambda m: m.text.startswith(CHATTER) or said.append(m.text))
        page.on("pageerror", lambda e: said.append(f"error: {e}"))
        page.goto(address)
        return page, said

    yield load
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")  # a file of tests may open many
def module(browser):
    """A page in which a figure's module is loaded: ``module(text)`` returns the page."""
    pages = []

    def load(text):
        page = browser.new_page()
        pages.append(page)
        page.evaluate(
            "async (text) => { globalThis.module = await import(URL.createObjectURL("
            "new Blob([text], { type: 'text/javascript' }))); }",
            text,
        )
        return page

    yield load
    for page in pages:
        page.close()
