"""The pages of the built book, opened under the conditions in which people read them."""

import re
from functools import cache
from pathlib import Path

from driving import until

CHECKS = (Path(__file__).parent / "browser" / "place_checks.js").read_text("utf8").strip()
LIVE = "!document.querySelector('figure.explorable:not([data-live])')"
SET = "async () => { await document.fonts.ready; await window.MathJax?.startup?.promise; }"


@cache
def pages(site):
    """The pages' paths within the site, without the start page, which only leads on."""
    found = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    return [p for p in found if not p.startswith("_static/") and p != "index.html"]


@cache
def homes(site):
    """The page of each live figure, by its name."""
    mark = re.compile(r'data-explorable="([\w-]+)"')
    names = {page: mark.findall((site / page).read_text("utf8")) for page in pages(site)}
    return {name: page for page, found in reversed(names.items()) for name in found}


def alone(site, name):
    """A page with one figure and the styles and scripts of the book's page that it stands in.

    A whole chapter takes its time for every key that is pressed.
    """
    page = homes(site)[name]
    text = (site / page).read_text("utf8")
    figure = re.search(
        rf'<figure class="explorable" data-explorable="{name}".*?</figure>', text, re.S
    )
    styles = "".join(re.findall(r'<link [^>]*rel="stylesheet"[^>]*>', text))
    script = re.search(r'<script [^>]*src="[^"]*/explorables-[^"]*"[^>]*></script>', text)
    return (
        '<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>f</title>'
        f'<base href="{(site / page).as_uri()}">{styles}{script[0]}'
        f'<main><article class="bd-article">{figure[0]}</article></main></html>'
    )


def ask(page, check, *arguments):
    """Evaluate one of the checks in a page."""
    return page.evaluate(
        f"(them) => {{ const {{ {check} }} = {CHECKS}; return {check}(...them); }}", list(arguments)
    )


def asks(locator, check):
    """Evaluate one of the checks on an element."""
    return locator.evaluate(f"(e) => {{ const {{ {check} }} = {CHECKS}; return {check}(e); }}")


def context(browser, *, theme="light", formulas=False, **options):
    """A context in one theme. Without formulas a chapter is there in a second instead of ten."""
    made = browser.new_context(reduced_motion=options.pop("reduced_motion", "reduce"), **options)
    made.add_init_script(
        f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
    )
    if not formulas:
        made.route("**/tex-chtml.js*", lambda route: route.abort())
    return made


def visit(page, address):
    """Open a page and wait until its figures live and its formulas, if any, are set."""
    page.goto(address)
    until(page, LIVE)
    page.evaluate(SET)
    return page
