"""MathJax's menu: what it offers works, and what cannot work it does not offer."""

import json

import pytest

pytestmark = pytest.mark.browser

PAGE = "book/notation.html"
EXPLORER = json.dumps(json.dumps({"explorer": True, "collapsible": True}))
KEPT = f"localStorage.setItem('MathJax-Menu-Settings', {EXPLORER})"
ENTRIES = {
    "Math Renderer": "Math Settings",
    "Activate": "Accessibility",
    "Collapsible Math": "Accessibility",
}
MISSING = {"http": ["Math Renderer"], "file": list(ENTRIES)}


def test_the_explorer_of_formulas_works_for_whoever_chose_it(watched, served):
    """MathJax keeps the choice; what it then loads must be there, and allowed."""
    page, said = watched(f"{served}{PAGE}", KEPT)
    page.wait_for_selector("body.formulas-set")
    page.locator(".bd-article mjx-container[tabindex='0']").first.focus()
    page.keyboard.press("Enter")
    page.locator(".MJX_LiveRegion_Show").first.wait_for()  # where the formula is spoken
    assert page.evaluate("refused") == [] and said == []


def refuses(page, name):
    """Open the menu of a formula; return whether an entry is there, but not to be chosen."""
    page.locator(".bd-article mjx-container").first.click(button="right")
    page.locator(".CtxtMenu_MenuItem", has_text=ENTRIES[name]).first.hover()
    entry = page.locator(".CtxtMenu_MenuItem", has_text=name).first
    entry.wait_for()
    disabled = "CtxtMenu_MenuDisabled" in entry.get_attribute("class")
    for _ in "menu", "submenu":
        page.keyboard.press("Escape")
    return disabled


@pytest.mark.parametrize("way", ["http", "file"])
def test_only_what_is_there_is_offered(watched, served, site, way):
    page, said = watched((served if way == "http" else f"{site.as_uri()}/") + PAGE)
    page.wait_for_selector("body.formulas-set")
    assert [name for name in ENTRIES if refuses(page, name)] == MISSING[way]
    assert said == []
