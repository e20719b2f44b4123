"""The title page's figure and the self-test's boxes, used on the built site as a reader does."""

import re

import pytest
from driving import until

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(browser, served):
    """Open a page of the site; ``without`` is a program that it does not get."""
    contexts = []

    def open_page(name, without=None):
        contexts.append(browser.new_context(reduced_motion="reduce"))
        page = contexts[-1].new_page()
        if without:
            page.route(re.compile(without), lambda route: route.abort())
        page.goto(f"{served}book/{name}.html", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


def plays(page):
    """Take a step, then press play; tell whether the loss fell and the descent went on."""
    figure = page.locator("figure[data-explorable]").first
    if not figure.locator("[data-control=play]").count():
        return False
    loss = figure.locator("[data-readout=loss]")
    before = float(loss.text_content())
    figure.locator("[data-control=step]").click()
    after = float(loss.text_content())
    figure.locator("[data-control=play]").click()
    until(page, "+document.querySelector('figure [data-readout=iteration]').textContent > 20")
    return 0 < after < before


def test_the_figure_of_the_title_page_plays(visit):
    page = visit("intro")
    page.wait_for_selector("figure[data-live]")
    assert plays(page)


def test_a_figure_without_its_program_is_found_dead(visit):
    page = visit("intro", without=r"explorables-")
    until(page, "document.readyState === 'complete'")
    assert not plays(page)


def told(page, part, answer):
    """Type an answer into a box; return what is said of it."""
    page.locator(f"#{part}").fill(answer)
    page.locator(f"#{part}").press("Enter")
    return page.locator(f"#{part}-found").text_content().strip()


def test_the_self_test_accepts_what_is_right_and_says_where_to_read_up(visit):
    page = visit("prerequisites")
    page.wait_for_selector(".exercise-box[data-live]")
    assert page.locator(".exercise-box[data-live]").count() == 12
    assert told(page, "ex-know-chain-a", "exp(x)/(1 + exp(x))") == "✓ Right."
    said = told(page, "ex-know-chain-a", "1/(1 + exp(x))")
    assert "outer derivative" in said and said.endswith("Read up: The chain rule.")
