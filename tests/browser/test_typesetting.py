"""Formulas are set a few at a time, while the reader is already somewhere on the page."""

import pytest
from driving import ask, until
from mathbook.execution import notebooks

pytestmark = pytest.mark.browser

CHAPTERS = [path.stem for path in notebooks() if path.parent.name == "notebooks"]

ORDER = """addEventListener('DOMContentLoaded', () => {
  window.order = [];
  const note = (records) => records.forEach(({ target }) =>
    target.matches?.('section.formulas-set') && order.push(target.id));
  new MutationObserver(note).observe(
    document.body, { subtree: true, attributes: true, attributeFilter: ['class'] });
});"""


TOP = "(id) => document.getElementById(id).getBoundingClientRect().top"


def sections_of(page, address):
    page.goto(address)
    ids = "them => them.map((section) => section.id)"
    return page.eval_on_selector_all(".bd-article > section > section", ids)


def slowly(page, rate):
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_formulas_are_set_where_the_reader_is(browser, site, chapter):
    """Whoever comes by a link finds its place set first, and is still there in the end."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(ORDER)
    address = f"file://{site}/notebooks/{chapter}.html"
    sections = sections_of(page, address)
    place = sections[len(sections) * 2 // 3]
    page.goto("about:blank")
    page.goto(f"{address}#{place}")
    ask(page, "ready")
    order = page.evaluate("order")
    assert place in order[:2]  # the end of the one before may be in sight, too
    assert sorted(order) == sorted(sections)
    assert -1 <= page.evaluate(TOP, place) < 120
    page.close()


IN_SIGHT = """() => {
  const seen = [...document.querySelectorAll('.bd-article p')]
    .find((p) => p.getBoundingClientRect().top > 200);
  seen.id ||= 'watched';
  return [seen.id, seen.getBoundingClientRect().top];
}"""


def scroll_up(page, far):
    """Turn the wheel until the page has moved: a busy browser may not heed it at once."""
    before = page.evaluate("scrollY")
    page.mouse.move(600, 500)
    while page.evaluate("scrollY") > before - far / 2:
        page.mouse.wheel(0, -far)
        page.wait_for_timeout(100)


def at_rest(page):
    """Return what is in sight, and where, once it is not just being moved by what grows above."""
    seen, again = page.evaluate(IN_SIGHT), None
    while seen != again:
        page.wait_for_timeout(60)
        seen, again = page.evaluate(IN_SIGHT), seen
    return seen


def test_a_reader_who_moves_on_is_not_pulled_back(browser, site):
    """He follows a link and scrolls while formulas are still being set: what he sees stays."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    address = f"file://{site}/notebooks/03-chain-rule.html"
    place = sections_of(page, address)[-2]
    page.goto("about:blank")
    slowly(page, 2)
    page.goto(f"{address}#{place}")
    until(page, "document.querySelectorAll('section.formulas-set').length > 1")
    scroll_up(page, 1500)
    watched, top = at_rest(page)
    assert page.evaluate("document.querySelectorAll('section:not(.formulas-set) .math').length")
    ask(page, "ready")
    assert abs(page.evaluate(TOP, watched) - top) < 20
    page.close()


HEADING = """() => {
  const passed = [...document.querySelectorAll('.bd-article :is(h2, h3)')]
    .filter((head) => head.getBoundingClientRect().top < 300);
  return [passed.at(-1).textContent, passed.at(-1).getBoundingClientRect().top];
}"""


@pytest.mark.parametrize("fragment", ["", "#the-total-derivative"])
def test_a_reader_who_comes_back_is_where_he_was(browser, site, fragment):
    """He loads the page anew, or goes elsewhere and back: no layout is known, but his place is."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"file://{site}/notebooks/03-chain-rule.html{fragment}")
    ask(page, "ready")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 0.6 * height - page.evaluate("scrollY"))
    until(page, f"scrollY > {0.5 * height}")
    page.wait_for_timeout(300)  # the wheel runs out
    head, top = page.evaluate(HEADING)
    page.reload()
    ask(page, "ready")
    assert page.evaluate(HEADING) == [head, pytest.approx(top, abs=20)]
    page.goto(f"file://{site}/book/glossary.html")
    page.go_back()
    ask(page, "ready")
    assert page.evaluate(HEADING) == [head, pytest.approx(top, abs=20)]
    page.close()


STORE = """(text) => addEventListener('pagehide', () =>
  sessionStorage.setItem(`seen ${location.pathname}`, text));"""


def test_a_spoilt_memory_remembers_nothing(browser, site):
    page, faults = browser.new_page(viewport={"width": 1280, "height": 900}), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"file://{site}/book/cheat-sheet.html")
    for spoilt in ("{", "null", "7", '["<img src=x onerror=alert(1)>", "x"]', "[{}, []]"):
        page.evaluate(STORE, spoilt)
        page.reload()
        ask(page, "ready")
        assert page.evaluate("scrollY") == 0
    assert not faults
    page.close()
