"""Frames in a browser: certified against what Python drew, flipped by mouse and by keys."""

import axe_playwright_python
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from driving import certified, violations
from lxml import etree

from mathcalc import palette, plotting
from mathcalc.explorables import base
from mathcalc.explorables.interact import FLAG, Interactive
from mathcalc.explorables.interact_frames import bare
from mathcalc.inline import gathered

pytestmark = pytest.mark.browser


def wave(periods, kind="sine", thick=False):
    """A wave with so many periods."""
    fig, ax = plt.subplots(figsize=(5, 3))
    x = np.linspace(0, 2 * np.pi, 60)
    y = {"sine": np.sin, "cosine": np.cos}[kind](periods * x)
    ax.plot(x, y, color=palette.colour("path"), linewidth=4 if thick else 1)
    ax.set(title=f"{periods} periods")
    plotting.show(fig, alt=f"a {'thick ' * thick}{kind} of {periods} periods")


def frames(monkeypatch, **controls):
    monkeypatch.setenv(FLAG, "1")
    still = {"kind": widgets.fixed("sine"), "thick": widgets.fixed(False)}
    return Interactive(wave, **{**still, **controls}).frames()


@pytest.fixture
def two(monkeypatch):
    return frames(monkeypatch, periods=(1, 5), kind=["sine", "cosine"])


@pytest.fixture
def figure(live, two):
    return live(two)


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def control(page, name):
    return page.locator(f'[data-control="{name}"]')


def states(two):
    return [{**two.state(), "at": [k, j]} for k in range(5) for j in range(2)]


def drawn(k, j):
    with gathered() as pictures:
        wave(k + 1, ("sine", "cosine")[j])
    return pictures[0]


def same(markup, picture):
    """Compare two pictures as XML, whatever their ids begin with."""
    mark = markup.split('id="')[1].split("-")[0]
    trees = (etree.fromstring(text) for text in (markup, bare(picture, f"{mark}-")))
    return len({etree.tostring(tree, method="c14n") for tree in trees}) == 1


def test_every_frame_is_what_python_draws(module, two, record_property):
    page = module(base.module_text("interact.mjs"))
    shown = page.evaluate("(states) => states.map((s) => module.compute(s))", states(two))
    for n, found in enumerate(shown):
        picture = drawn(*divmod(n, 2))
        assert found["frame"] == n
        assert found["words"] == picture.alt
        assert same(found["markup"], picture)
    certified(record_property, "interact", len(shown), 0)


MUTATIONS = {
    "the order of the controls": ("number * labels.length + at[k]", "number + at[k]"),
    "a run's length": ("from + count", "from + count - 1"),
    "another frame's words": ("words[frame]", "words[0]"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch, two):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("interact.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    page = module(base.module_text("interact.mjs"))
    found = page.evaluate("(s) => module.compute(s)", states(two)[7])
    right = drawn(3, 1)
    whole = found["markup"].endswith("</svg>") and same(found["markup"], right)
    assert not (whole and found["words"] == right.alt)


def test_the_slider_flips_the_frames_by_keys(figure):
    assert words(figure) == "a sine of 3 periods"
    slider = control(figure, "periods")
    slider.focus()
    figure.keyboard.press("ArrowRight")
    assert words(figure) == "a sine of 4 periods"
    assert slider.get_attribute("aria-valuetext") == "4"
    assert figure.locator(".mc-slider output").text_content() == "4"
    figure.keyboard.press("Home")
    assert words(figure) == "a sine of 1 periods"


def test_and_by_the_mouse(figure):
    before = figure.locator(".mc-screen").inner_html()
    box = control(figure, "periods").bounding_box()
    figure.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    figure.mouse.down()
    figure.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2, steps=3)
    figure.mouse.up()
    assert words(figure) == "a sine of 5 periods"
    assert figure.locator(".mc-screen svg").count() == 1
    assert figure.locator(".mc-screen").inner_html() != before


def test_menu_and_switch(live, monkeypatch):
    page = live(frames(monkeypatch, periods=(2, 3), kind=["sine", "cosine"]))
    control(page, "kind").select_option(label="cosine")
    assert words(page) == "a cosine of 2 periods"
    page = live(frames(monkeypatch, periods=(2, 3), thick=True))
    assert words(page) == "a thick sine of 2 periods"
    control(page, "thick").click()
    assert words(page) == "a sine of 2 periods"
    assert page.locator(".mc-switch output").text_content() == "off"


def test_without_javascript_and_in_print_the_first_frame_stays(figure):
    twin = figure.locator("svg[role=img]")
    assert twin.get_attribute("aria-label") == "a sine of 3 periods"
    assert not twin.is_visible()
    figure.emulate_media(media="print")
    assert twin.is_visible()
    assert not figure.locator(".mc-screen").is_visible()
    figure.emulate_media(media="screen")
    figure.evaluate("document.querySelector('figure').explorable.remove()")
    assert twin.is_visible()


def test_a_narrow_column_moves_the_picture_rather_than_shrinking_it(live, two):
    for width, wide in ((1000, False), (390, True)):
        page = live(two, width=width)
        page.wait_for_selector(".mc-screen")
        screen = page.locator(".mc-screen")
        assert screen.locator("svg").bounding_box()["width"] > 470
        page.wait_for_function(f"document.querySelector('.mc-screen').tabIndex === {-1 + wide}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_no_id_is_twice_in_the_page(figure):
    for key in ("Home", "End"):
        control(figure, "periods").press(key)
        ids = figure.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        assert len(ids) == len(set(ids)) > 10


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, two, width):
    page = live(two, width=width)
    page.evaluate(
        "document.documentElement.lang = 'en'; document.title = 'frames';"
        "document.body.prepend(Object.assign(document.createElement('h1'), { textContent: 'f' }))"
    )
    page.add_script_tag(path=str(axe_playwright_python.__path__[0]) + "/axe.min.js")
    found = page.evaluate("axe.run(document.querySelector('figure')).then((r) => r.violations)")
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
