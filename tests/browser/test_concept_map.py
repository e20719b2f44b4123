"""The concept map in a browser: all that the file holds is drawn, found, lit and reached."""

import re
from pathlib import Path

import axe_playwright_python
import pytest
from mathbook import conceptmap, concepts

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf8")
ASSETS = concepts.FILE.parent / "assets"
NAMES = ["Before", "1 One", "2 Two", "3 Three", "4 Four", "5 Five", "Around"]
FOUND = concepts.concepts()
EDGES = sorted((r, c["id"]) for c in FOUND.values() for r in c["requires"] if r in FOUND)


def markup(found=FOUND):
    body = conceptmap.markup(found, NAMES, lambda name: f"place.html#{name}")
    style = (ASSETS / "concept-map.css").read_text("utf8")
    head = "<!doctype html><html lang='en'><meta charset='utf-8'><title>Map</title>"
    colours = ":root { --mc-page: #fff; --mc-ink: #000; --mc-quiet: #555; --mc-point: #8a6100; }"
    script = (ASSETS / "concept-map.js").read_text("utf8")
    page = f"<main><h1>Map</h1>{body}</main><script>{script}</script>"
    return f"{head}<style>{colours}{style}</style>{page}</html>"


@pytest.fixture
def opened(browser, tmp_path):
    """The map, opened from a file: ``opened(html, width)`` returns the page; it must be silent."""
    said, contexts = [], []

    def load(html=None, width=1280, **options):
        (tmp_path / "map.html").write_text(html or markup(), "utf8")
        (tmp_path / "place.html").write_text("<!doctype html><title>Place</title>", "utf8")
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        contexts.append(context)
        page.on("console", lambda m: said.append(m.text))
        page.on("pageerror", lambda e: said.append(str(e)))
        page.on("request", lambda r: r.url.startswith("file:") or said.append(r.url))
        page.goto(f"file://{tmp_path}/map.html")
        return page

    yield load
    for context in contexts:
        context.close()
    assert said == []


def drawn(page):
    """Return the pairs that the curves join, by where they begin and end, and what is seen."""
    return page.evaluate("""() => {
        const lines = [...document.querySelectorAll(".cmap li")];
        const items = lines.filter((li) => li.checkVisibility());
        const near = (x, y, side) => items.find((li) => {
            const at = side === "right" ? li.offsetLeft + li.offsetWidth : li.offsetLeft;
            return Math.abs(at - x) < 1 && Math.abs(li.offsetTop + li.offsetHeight / 2 - y) < 1;
        })?.id.slice(4);
        const ends = [...document.querySelectorAll(".cmap-board > svg path")].map((path) => {
            const [x, y, , , , , u, v] = path.getAttribute("d").match(/-?[\\d.]+/g).map(Number);
            return [near(x, y, "right") ?? near(x, y, "left"), near(u, v, "left")];
        });
        return [items.map((li) => li.id.slice(4)), ends];
    }""")


def lit(page, kind):
    return {i[4:] for i in page.eval_on_selector_all(f".cmap li.{kind}", "l => l.map(e => e.id)")}


def reached(name, step):
    """Return all that can be reached from a concept; `step` gives the next ones."""
    found, todo = set(), [name]
    while todo:
        new = set(step(todo.pop())) - found
        found |= new
        todo += new
    return found


def test_every_concept_is_drawn_and_every_edge_is_the_files(opened):
    items, ends = drawn(opened())
    assert sorted(items) == sorted(FOUND)
    assert sorted(map(tuple, ends)) == EDGES


@pytest.mark.parametrize("fault", ["concept", "edge"])
def test_a_planted_fault_is_seen(opened, fault):
    lost = {"concept": '<li id="map-tape".*?</li>', "edge": "univariate-derivative-limit(?= dep)"}
    broken = re.sub(lost[fault], "", markup(), count=1)
    assert broken != markup()
    if fault == "concept":
        broken = re.sub(r'(?<=[" ])tape(?=[" ])', "", broken)
    items, ends = drawn(opened(broken))
    assert (sorted(items), sorted(map(tuple, ends))) != (sorted(FOUND), EDGES)


def test_hovering_lights_what_a_concept_needs_and_what_it_leads_to(opened):
    page = opened()
    page.hover("#map-jacobian-chain-rule .cmap-concept")
    needs = reached("jacobian-chain-rule", lambda n: [r for r, c in EDGES if c == n])
    leads = reached("jacobian-chain-rule", lambda n: [c for r, c in EDGES if r == n])
    assert (lit(page, "cmap-need"), lit(page, "cmap-lead")) == (needs, leads)
    assert lit(page, "cmap-this") == {"jacobian-chain-rule"}
    assert FOUND["jacobian-chain-rule"]["says"] in page.inner_text(".cmap-foot")
    page.hover("h1")
    assert lit(page, "cmap-this") == set()


def text(name):
    concept = FOUND[name]
    return f"{concept['title']} {concept.get('says', '')} {name.replace('-', ' ')}".lower()


def test_search_finds_by_title_by_sentence_and_by_id(opened):
    page = opened()
    for words in ("saddle", "hessian eigenvalue", "kkt", "fixed point"):
        page.fill("#cmap-search", words)
        wanted = {i for i in FOUND if all(word in text(i) for word in words.split())}
        assert lit(page, "cmap-hit") == wanted and wanted
        assert page.inner_text(".cmap-bar output") == f"{len(wanted)} found"
    page.fill("#cmap-search", "no such thing")
    assert page.inner_text(".cmap-bar output") == "0 found"


def test_the_keyboard_reaches_and_opens(opened):
    page = opened()
    page.focus("#cmap-search")
    page.keyboard.type("wengert")
    page.keyboard.press("Enter")
    assert "map.html" in page.url and lit(page, "cmap-this") == {"wengert-list"}
    page.keyboard.press("ArrowDown")
    assert lit(page, "cmap-this") == {"dual-numbers"}
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert lit(page, "cmap-this") == {"local-and-global-extrema"}
    page.keyboard.press("Enter")
    page.wait_for_url("**/place.html#local-and-global-extrema")


def test_tab_stops_once_in_the_map_and_everywhere_in_the_list(opened):
    page = opened()
    stops = ".cmap-concept:not([tabindex='-1'])"
    assert page.locator(stops).count() == 1
    page.get_by_role("button", name="Show as a list").click()
    assert page.locator(stops).count() == len(FOUND)
    assert page.locator("#map-gradient .cmap-needs").is_visible()


def test_a_click_opens_and_a_link_of_the_panel_walks(opened):
    page = opened()
    page.focus("#map-hessian-matrix .cmap-concept")
    page.locator(".cmap-foot .cmap-need a").first.click()
    assert lit(page, "cmap-this") == {FOUND["hessian-matrix"]["requires"][0]}
    page.click("#map-partial-derivative .cmap-concept")
    page.wait_for_url("**/place.html#partial-derivative")


def test_on_a_phone_one_part_is_seen_and_the_second_touch_opens(opened):
    page = opened(width=390, has_touch=True)
    seen = page.locator(".cmap section:visible")
    assert seen.count() == 1
    page.select_option("#cmap-column", "5")
    assert seen.locator("h2").inner_text() == "5 Five"
    page.tap("#map-tape .cmap-concept")
    assert lit(page, "cmap-this") == {"tape"} and "map.html" in page.url
    page.fill("#cmap-search", "saddle point")
    assert page.locator("#map-saddle-point").is_visible()
    page.tap("#map-saddle-point .cmap-concept")
    page.tap("#map-saddle-point .cmap-concept")
    page.wait_for_url("**/place.html#saddle-point")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1280, 390])
def test_it_bars_nobody(opened, width):
    page = opened(width=width)
    page.evaluate(AXE)
    for act in ("h1", "#map-gradient .cmap-concept"):
        page.locator(act).dispatch_event("focusin")
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        assert [v["id"] for v in found["violations"]] == []


def test_without_javascript_it_is_a_list_of_links(opened):
    page = opened(java_script_enabled=False)
    assert page.locator(".cmap-concept:visible").count() == len(FOUND)
    needs = page.locator("#map-gradient .cmap-needs")
    assert needs.is_visible() and "Partial derivative" in needs.inner_text()
