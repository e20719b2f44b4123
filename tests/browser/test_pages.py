"""Every page in a browser: at two widths and in both themes, over http and from files."""

import re
from pathlib import Path

import axe_playwright_python
import pytest
from driving import ask
from mathbook.execution import notebooks

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf8")
PAGES = (
    *(f"book/{p.stem}" for p in sorted(ROOT.glob("book/*.md"))),
    *(p.relative_to(ROOT).with_suffix("").as_posix() for p in notebooks()),
    "genindex",
    "prf-prf",
    "search",
)
WIDTHS = (1280, 390)
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that another theme may break
CHATTER = ("[PST]", "[togglebutton]")  # what the theme logs, which is neither warning nor error


def chatter(message):
    return message.type not in ("error", "warning") and message.text.startswith(CHATTER)


def open_page(browser, origin, path, width=1280, theme="light"):
    """Visit a page; return it with everything that went wrong."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    context.add_init_script(
        f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
    )
    page, faults = context.new_page(), []
    page.on("console", lambda m: chatter(m) or faults.append(f"console: {m.text}"))
    page.on("pageerror", lambda e: faults.append(f"error: {e}"))
    page.on("requestfailed", lambda r: faults.append(f"failed: {r.url}"))
    page.on("response", lambda r: r.status >= 400 and faults.append(f"{r.status}: {r.url}"))
    page.on(
        "request",
        lambda r: (
            r.url.startswith((origin, "data:", "blob:")) or faults.append(f"foreign: {r.url}")
        ),
    )
    page.goto(f"{origin}{path}")
    ask(page, "ready")
    if page.locator("figure.explorable").count():
        page.wait_for_selector("figure.explorable[data-live]", state="attached", timeout=5000)
    return page, faults


def inspect(page, faults, *, by_axe=True):
    """Return all that is wrong with an open page."""
    found = [*faults, *ask(page, "faults")]
    if by_axe:
        page.evaluate(AXE)
        found += ask(page, "violations")
    return found


def inspect_in_the_dark(page, faults):
    """Switch an inspected page over, and return what is wrong with it then."""
    faults.clear()  # axe has looked for style sheets where there are none
    ask(page, "switch_to_dark")
    found = [*faults, *ask(page, "faults")]
    ask(page, "empty_formulas")
    return found + ask(page, "violations", OF_COLOURS)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page(browser, served, name, width):
    page, faults = open_page(browser, served, f"{name}.html", width)
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert inspect(page, faults) == []
    assert inspect_in_the_dark(page, faults) == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_page_from_files(browser, site, name):
    page, faults = open_page(browser, f"file://{site}/", f"{name}.html", theme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert inspect(page, faults, by_axe=False) == []  # axe has seen it, over http
    page.context.close()


PLANTED = {
    "console: planted": "<script>console.error('planted')</script>",
    "console: [PST] ": "<script>console.warn('[PST] planted')</script>",
    "error: ": "<script>throw new Error('planted')</script>",
    "foreign: ": "<img alt='' src='http://127.0.0.1:9/x.png'>",
    "image-alt": "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
    "not typeset": "<span class='math'>x</span>",
    "formula with an error": "<mjx-merror>bad</mjx-merror>",
    "wider than the window": "<div style='width: 3000px'>wide</div>",
    "dead figure": "<figure class='explorable' data-live='' data-explorable='x'></figure>",
    "no picture for the icon": "<i class='fas fa-nowhere'></i>",
    "color-contrast": "<p style='color: #eee; background: #fff'>pale</p>",
}


HEAD = "<!doctype html><html lang='en'><title>t</title>"


def open_text(browser, folder, text):
    (folder / "page.html").write_text(text, "utf8")
    return open_page(browser, f"file://{folder}/", "page.html")


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_reported(browser, tmp_path, fault):
    text = f"{HEAD}<main><h1>t</h1>{PLANTED[fault]}</main></html>"
    page, faults = open_text(browser, tmp_path, text)
    assert any(f.startswith(fault) for f in inspect(page, faults))
    page.context.close()


def test_a_planted_colour_is_reported_in_the_dark(browser, tmp_path):
    style = "<style>[data-theme=dark] p { color: #222; background: #000 }</style>"
    text = f"{HEAD}{style}<main><h1>t</h1><p>pale</p></main></html>"
    page, faults = open_text(browser, tmp_path, text)
    assert inspect(page, faults) == []
    assert [f.split(":")[0] for f in inspect_in_the_dark(page, faults)] == ["color-contrast"]
    page.context.close()


def test_the_start_page_is_a_page(browser, site, tmp_path):
    """It leads on at once; here it is kept from doing so."""
    text = (site / "index.html").read_text("utf8")
    assert 'http-equiv="refresh"' in text
    text = text.replace('http-equiv="refresh"', 'name="kept"')
    page, faults = open_text(browser, tmp_path, text)
    assert inspect(page, faults) == []
    page.context.close()


def test_search_is_found_by_keyboard(browser, served):
    page, faults = open_page(browser, served, "search.html?q=Jacobian")
    page.wait_for_selector("#search-results li a")
    assert "jacobians" in page.locator("#search-results li a").first.get_attribute("href")
    page.wait_for_load_state("networkidle")  # it fetches the pages that it quotes
    page.goto(f"{served}notebooks/01-gradients.html")
    ask(page, "ready")  # else what still loads would be broken off
    page.wait_for_selector("figure.explorable:not([data-live])", state="detached")
    page.keyboard.press("Control+k")
    page.keyboard.type("momentum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=momentum*")
    page.wait_for_selector("#search-results li a")
    assert not faults
    page.context.close()


def test_the_first_tab_offers_to_skip_to_the_text(browser, served):
    page, _ = open_page(browser, served, "notebooks/01-gradients.html")
    page.keyboard.press("Tab")
    assert "main content" in page.evaluate("document.activeElement.textContent").lower()
    page.context.close()


def test_without_javascript_the_figure_is_a_picture(browser, served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}notebooks/01-gradients.html")
    figures = page.locator("figure.explorable")
    assert figures.count() >= 1
    for figure in figures.all():
        assert figure.locator("svg[role=img]").first.is_visible()
        assert figure.get_by_text("needs JavaScript").is_visible()
    context.close()


def sheets(data):
    """Count the pages of a PDF."""
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_cheat_sheet_prints_on_one_sheet(browser, served):
    page, faults = open_page(browser, served, "book/cheat-sheet.html")
    assert sheets(page.pdf(prefer_css_page_size=True)) == 1
    page.evaluate("document.querySelector('article').append(document.createElement('hr'))")
    page.add_style_tag(content="hr { display: block; height: 20mm; }")
    assert sheets(page.pdf(prefer_css_page_size=True)) == 2
    assert not faults
    page.context.close()


def test_no_page_is_left_out(site):
    built = {p.relative_to(site).with_suffix("").as_posix() for p in site.rglob("*.html")}
    assert {n for n in built if not n.startswith("_static/")} == {*PAGES, "index"}


def test_the_sidebar_opens_on_a_phone(browser, served):
    page, faults = open_page(browser, served, "notebooks/01-gradients.html", width=390)
    entry = page.locator(".bd-links a", has_text="Jacobians").first
    assert not entry.is_visible()
    page.locator("button.primary-toggle").first.focus()
    page.keyboard.press("Enter")
    entry.wait_for(state="visible")
    assert not faults
    page.context.close()
