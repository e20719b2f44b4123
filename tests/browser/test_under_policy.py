"""Under the pages' policy all works as before, and what a reader's browser brings is data."""

import json
from urllib.parse import quote

import pytest

from mathcalc.answers import claims

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=window.hit=1>"
HUGE = "x" * 4_000_000
BOX = "ex-claim-away"


def quiet(page, said):
    """Nothing ran that should not, nothing was refused, nothing was said."""
    return [page.evaluate("[window.hit ?? 0, refused]"), said] == [[0, []], []]


# ── what works as before ────────────────────────────────────────────────────────────────────


@pytest.fixture(params=["http", "file"])
def book(request, site):
    """The built site's address, over http and as files."""
    return request.getfixturevalue("served") if request.param == "http" else f"{site.as_uri()}/"


def test_the_buttons_of_a_page_work(watched, book):
    page, said = watched(f"{book}book/errata-lab.html", "window.print = () => (window.printed = 1)")
    page.get_by_label("Download this page").click()
    page.locator(".btn-download-pdf-button").click()
    assert page.evaluate("printed") == 1
    colours = {page.evaluate("document.documentElement.dataset.theme")}
    for _ in range(2):
        page.locator(".theme-switch-button").first.click()
        colours.add(page.evaluate("document.documentElement.dataset.theme"))
    assert colours == {"light", "dark"}
    page.locator(".search-button__button:visible").first.click()
    page.locator("#pst-search-dialog input").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator(".primary-toggle:visible").first.click()
    page.locator("#pst-primary-sidebar").wait_for(state="hidden")
    assert quiet(page, said)


def test_what_a_search_marked_is_unmarked_by_its_link(watched, book):
    page, said = watched(f"{book}book/notation.html?highlight=gradient")
    marked = page.locator("span.highlighted")
    marked.first.wait_for()
    page.get_by_text("Hide Search Matches").click()
    assert marked.count() == 0 and page.get_by_text("Hide Search Matches").count() == 0
    assert quiet(page, said)


def test_the_search_is_sent_and_answers(watched, book):
    page, said = watched(f"{book}book/notation.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("jacobian")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=jacobian*")
    page.wait_for_selector("#search-results li a")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("refused") == []
    assert said == [] or book.startswith("file:")  # there the search says that it cannot quote


# ── what a reader's browser brings ──────────────────────────────────────────────────────────

ADDRESSES = (
    f"search.html?q={quote(MARKUP)}",
    f"search.html?q=jacobian%20{quote(MARKUP)}",
    f"book/notation.html?highlight={quote(MARKUP)}",
    *(f"{page}.html#<script>window.hit=1</script>" for page in ("search", "book/concept-map")),
    f"book/concept-map.html#map-{MARKUP}",
    "book/errata-lab.html#'];window.hit=1//",
    "book/errata-lab.html#%E0%A4%A",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_data(watched, served, address):
    page, said = watched(f"{served}{address}")
    page.wait_for_load_state("networkidle")
    assert page.locator("h1:visible").count() == 1
    assert page.locator("img[src=x]").count() == 0
    assert quiet(page, said)


def kept(key, value):
    """What puts a value into the browser's memory before the page begins."""
    return f"localStorage.setItem({json.dumps(key)}, {json.dumps(value)})"


@pytest.mark.parametrize("value", [MARKUP, '"', "constructor", HUGE], ids=lambda v: v[:12])
@pytest.mark.parametrize("key", ["mode", "theme", "sphinx_highlight_terms"])
def test_a_kept_colour_or_search_is_data(watched, served, key, value):
    page, said = watched(f"{served}book/notation.html", kept(key, value))
    page.wait_for_load_state("networkidle")
    colours = page.evaluate("({ ...document.documentElement.dataset })")
    assert colours["mode"] == "auto" and colours["theme"] in ("light", "dark")
    page.locator(".theme-switch-button").first.click()
    assert page.evaluate("document.documentElement.dataset.mode") != "auto"
    assert quiet(page, said)


@pytest.mark.parametrize(
    "value",
    [
        "{",
        MARKUP,
        json.dumps(HUGE),
        json.dumps({"a": MARKUP}),
        json.dumps({"a": HUGE}),
        json.dumps({"a": "[" * 100_000}),
        json.dumps({"a": {"valueOf": MARKUP}}),
        '{"__proto__": {"a": "1"}, "constructor": "x"}',
    ],
    ids=lambda v: v[:18],
)
def test_kept_answers_are_data(watched, served, value):
    page, said = watched(f"{served}book/errata-lab.html", kept(f"mathcalc.exercise.{BOX}", value))
    page.wait_for_selector(f"[data-exercise={BOX}][data-live]")
    box = page.locator(f"#{BOX}-a")
    box.fill(claims.ANSWERS[BOX]["a"]["answer"])
    box.press("Enter")
    assert page.locator(f"#{BOX}-a-found").inner_text() == "✓ Right."
    assert quiet(page, said)


TYPED = (MARKUP, "alert(1)", "constructor", "x.constructor('window.hit=1')()", "`${window.hit=1}`")


def test_typed_formulas_are_data(watched, served):
    page, said = watched(f"{served}book/intro.html")
    page.wait_for_selector("figure[data-live]")
    box = page.locator('[data-control="formula"]')
    for text in (*TYPED, HUGE[:100_000]):
        box.fill(text)
        assert box.get_attribute("aria-invalid") == "true"
    box.fill("x**2 + 3*y**2")
    assert box.get_attribute("aria-invalid") == "false"
    assert quiet(page, said)


def test_typed_answers_are_data(watched, served):
    page, said = watched(f"{served}book/errata-lab.html")
    page.wait_for_selector(f"[data-exercise={BOX}][data-live]")
    box, found = page.locator(f"#{BOX}-a"), page.locator(f"#{BOX}-a-found")
    for text in (*TYPED, HUGE[:100_000]):
        box.fill(text)
        box.press("Enter")
        assert found.inner_text().startswith("✗") and found.locator("*").count() == 0
    assert quiet(page, said)


CARELESS = (
    "addEventListener('DOMContentLoaded', () => document.body.insertAdjacentHTML('beforeend', %s))"
)
CARELESSLY = {
    "address": ("decodeURIComponent(location.search)", f"?q={quote(MARKUP)}"),
    "fragment": ("decodeURIComponent(location.hash)", f"#{MARKUP}"),
    "memory": ("localStorage.getItem('kept')", ""),
}


@pytest.mark.parametrize("way", CARELESSLY)
def test_a_page_that_takes_data_for_markup_is_noticed(watched, served, way):
    taken, address = CARELESSLY[way]
    init = f"{kept('kept', MARKUP)};{CARELESS % taken}"
    page, said = watched(f"{served}search.html{address}", init)
    page.wait_for_load_state("networkidle")
    assert not quiet(page, said)
    assert page.evaluate("[window.hit, ...refused]") == [None, "script-src-attr"]
