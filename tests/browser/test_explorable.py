"""The live figure, driven as a reader drives it: mouse, keys, boxes, buttons."""

import math
import re

import pytest

from mathcalc.explorables import GDSurface
from mathcalc.explorables.gd_surface import reference
from mathcalc.explorables.gd_surfaces import SURFACES

pytestmark = pytest.mark.browser


@pytest.fixture
def figure(live):
    return live(GDSurface())


def readout(page, name):
    return page.locator(f'[data-readout="{name}"]').text_content()


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def control(page, name):
    return page.locator(f'[data-control="{name}"]')


def state(page, key):
    return page.evaluate("(key) => document.querySelector('figure').explorable.model.get(key)", key)


def pixel(page, across, down):
    """Where on the screen a share of the window's width and height is."""
    inner = "({x, y, width, height}) => [x, y, width, height].map((v) => v.baseVal.value)"
    x, y, width, height = page.locator(".mc-inner").evaluate(inner)
    box = page.locator(".mc-plane").bounding_box()
    scale = box["width"] / page.locator(".mc-plane").evaluate("(e) => e.viewBox.baseVal.width")
    return box["x"] + (x + across * width) * scale, box["y"] + (y + down * height) * scale


def handle(page):
    return page.locator(".mc-handle").first


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "iteration") == "0"
    assert readout(figure, "loss") == "5.5"
    assert readout(figure, "gradient-norm").startswith("10.05")
    assert figure.locator('[data-box="eta"]').input_value() == "0.050"
    assert figure.locator('[data-box="beta"]').input_value() == "0.00"


def test_step_play_and_reset(figure):
    control(figure, "step").click()
    assert readout(figure, "iteration") == "1"
    figure.emulate_media(reduced_motion="reduce")
    control(figure, "play").click()
    figure.wait_for_function("document.querySelector('[data-readout=iteration]').textContent > 100")
    control(figure, "reset").click()
    assert readout(figure, "iteration") == "0"


def test_the_start_is_dragged_clicked_and_moved_by_keys(figure):
    figure.mouse.click(*pixel(figure, 0.25, 0.25))
    clicked = state(figure, "start")
    assert clicked == pytest.approx([-1, 1], abs=0.05)
    grip = handle(figure).bounding_box()
    figure.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    figure.mouse.down()
    figure.mouse.move(*pixel(figure, 0.75, 0.5), steps=4)
    figure.mouse.up()
    assert state(figure, "start") == pytest.approx([1, 0], abs=0.05)
    handle(figure).focus()
    for key in ("ArrowRight", "ArrowUp"):
        before = state(figure, "start")
        figure.keyboard.press(key)
        after = state(figure, "start")
        assert sum(b > a for a, b in zip(before, after, strict=True)) == 1


def test_a_control_begins_the_path_anew(figure):
    control(figure, "step").click()
    figure.locator('[data-box="eta"]').fill("0.1")
    figure.locator('[data-box="eta"]').press("Enter")
    assert state(figure, "eta") == pytest.approx(0.1)
    assert readout(figure, "iteration") == "0"
    control(figure, "step").click()
    assert readout(figure, "loss") == "0.405"


def test_the_slider_moves_by_keys(figure):
    before = state(figure, "beta")
    control(figure, "beta").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "beta") > before


def test_a_formula_of_ones_own(figure):
    control(figure, "formula").fill("x**2 + 3*y**2")
    assert readout(figure, "loss") == "4"
    assert state(figure, "formula") == "x**2 + 3*y**2"


@pytest.mark.parametrize("text", ["x**", "alert(1)", "__import__('os')", "x^2", ""])
def test_a_bad_formula_is_explained_and_loses_nothing(figure, text):
    control(figure, "formula").fill(text)
    assert figure.locator(".mc-error").text_content().strip()
    assert control(figure, "formula").get_attribute("aria-invalid") == "true"
    assert state(figure, "formula") == "(x**2 + 10*y**2)/2"
    assert readout(figure, "loss") == "5.5"


def test_divergence_is_a_sentence(figure):
    figure.locator('[data-box="eta"]').fill("0.5")
    figure.locator('[data-box="eta"]').press("Enter")
    assert "will not last" in words(figure)
    assert "0.2 is stable" in words(figure)
    assert "NaN" not in figure.locator("figure").inner_html()


def test_every_surface_of_the_menu_draws(figure):
    for index in range(7):
        control(figure, "surface").select_option(str(index))
        assert figure.locator(".mc-bands path, .mc-bands polygon").count() > 3
        assert "NaN" not in figure.locator("figure").inner_html()


def test_removing_it_brings_the_picture_back(figure):
    figure.evaluate("document.querySelector('figure').explorable.remove()")
    assert figure.locator(".mc-live").count() == 0
    assert figure.locator("figure svg[role=img]").is_visible()


def test_what_is_set_is_drawn_at_once(figure):
    figure.evaluate("document.querySelector('figure').explorable.model.set('eta', 0.1)")
    figure.evaluate("document.querySelector('figure').explorable.model.set('t', 20)")
    assert readout(figure, "iteration") == "20"


def bound(page):
    return page.locator(".mc-bound")


def test_the_stable_steps_are_marked_on_the_slider(figure):
    assert bound(figure).text_content() == "stable below 0.2"
    figure.locator('[data-box="beta"]').fill("0.5")
    assert bound(figure).text_content() == "stable below 0.3"
    figure.locator('[data-box="beta"]').fill("0")
    figure.locator('[data-box="eta"]').fill("0.2")
    ends = "[e.getBoundingClientRect().left, e.getBoundingClientRect().right]"
    left, right = control(figure, "eta").evaluate(f"(e) => {ends}")
    # A thumb is 16 pixels wide; on the logarithmic slider 0.2 lies at 1 + log10(0.2)/3.
    thumb = left + 8 + (right - left - 16) * (1 + math.log10(0.2) / 3)
    bar = bound(figure).locator("i").evaluate(f"(e) => {ends}")
    assert bar == pytest.approx([left, thumb], abs=2)


@pytest.mark.parametrize("index", range(len(SURFACES)))
def test_the_marked_bound_is_the_packages(live, index):
    mine = GDSurface(SURFACES[index]["name"], beta=0.5)
    limit = reference(mine.state())["stability"]["limit"]
    marked = re.match(r"stable below ([\d.]+)", bound(live(mine)).text_content())
    assert float(marked[1]) == pytest.approx(limit, rel=1e-3)


def test_where_nothing_is_known_nothing_is_marked(figure):
    control(figure, "formula").fill("x**4 + y**4")
    assert not bound(figure).is_visible()
    control(figure, "surface").select_option("4")
    assert "near the minimum" in bound(figure).text_content()


def test_on_a_narrow_page_the_controls_come_before_the_gauges(live):
    page = live(GDSurface(), width=390)
    top = {name: page.locator(name).first.bounding_box()["y"] for name in (".mc-panel", ".mc-side")}
    assert top[".mc-panel"] < top[".mc-side"]
