"""The step of a difference quotient: certified, and driven as a reader drives it."""

from functools import cache

import numpy as np
import pytest
from driving import certified

from mathcalc.explorables import DifferenceStep, base
from mathcalc.explorables.difference_step import reference

pytestmark = pytest.mark.browser

RULES = ("central", "onesided")
# Two values a last bit apart: Math.sin and libm may differ there, but products may not.
APART = {"central": 4.5e-16, "onesided": 9e-16}


@cache
def rows(count=300):
    rng = np.random.default_rng(17)
    made = []
    for k in range(count):
        f = ("sin", "exp", "quadratic")[k % 3]
        state = DifferenceStep(f, round(float(rng.uniform(-15, 0)), 4)).state()
        made.append((state, reference(state)))
    return made


def compute(page, states):
    return page.evaluate("(states) => states.map((s) => module.compute(s))", states)


def relative(a, b):
    if a is None or b is None:
        return 0.0 if a is b else np.inf
    return abs(a - b) / abs(b)


def faults(shown, state, ours):
    """Return which of the numbers are not what they must be."""
    if shown["h"] != ours["h"] or relative(shown["slope"], ours["slope"]) > 1e-15:
        yield "h or slope"
    for rule in RULES:
        a, b = shown[rule], ours[rule]
        room = 0.0 if state["f"] == "quadratic" else APART[rule] / ours["h"]
        if abs(a["quotient"] - b["quotient"]) > room:
            yield f"{rule} quotient"
        if abs(a["error"] - b["error"]) > room + 1e-15:
            yield f"{rule} error"
        if relative(a["predicted"], b["predicted"]) > 1e-9:
            yield f"{rule} prediction"
        if relative(shown["best"][rule], ours["best"][rule]) > 1e-9:
            yield f"{rule} best step"


def worst(page):
    """The largest relative distance; of a quotient, before it is divided by h."""
    found, shown = [], compute(page, [state for state, _ in rows()])
    for s, (_, ours) in zip(shown, rows(), strict=True):
        found.append(relative(s["slope"], ours["slope"]))
        for rule in RULES:
            a, b = s[rule], ours[rule]
            found.append(abs(a["quotient"] - b["quotient"]) * ours["h"])
            found.append(relative(a["predicted"], b["predicted"]))
            found.append(relative(s["best"][rule], ours["best"][rule]))
    return max(found)


def all_faults(page):
    shown = compute(page, [state for state, _ in rows()])
    pairs = zip(shown, rows(), strict=True)
    return [
        (state["f"], ours["h"], *f)
        for s, (state, ours) in pairs
        if (f := [*faults(s, state, ours)])
    ]


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text("difference_step.mjs"))


def test_300_states_agree(numbers, record_property):
    certified(record_property, "difference-step", len(rows()), worst(numbers))
    assert all_faults(numbers) == []


def test_known_errors(numbers):
    states = [DifferenceStep("sin", k).state() for k in (-8.0, -3.0)]
    short, long = (row["central"]["error"] for row in compute(numbers, states))
    assert 1e-9 < short < 1e-8
    assert long == pytest.approx(9.005045020771263e-08, abs=4.5e-13)


MUTATIONS = {
    "a quotient over the wrong width": ("value(x - h), 2 * h", "value(x - h), 2.0001 * h"),
    "a one-sided quotient to the left": ("value(x + h), value(x), h", "value(x), value(x - h), h"),
    "another order of operations": ("(high - low) / width", "high / width - low / width"),
    "a factor of the truncation": ("(h * second) / 2", "(h * second) / 2.1"),
    "the power of the best step": ("Math.cbrt(", "Math.sqrt("),
    "a step of more digits": ("toExponential(2)", "toExponential(5)"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("difference_step.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    assert all_faults(module(base.module_text("difference_step.mjs")))


@pytest.fixture
def figure(live):
    return live(DifferenceStep())


def readout(page, name):
    return page.locator(f'[data-readout="{name}"]').text_content()


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def exponent(page):
    return page.evaluate("document.querySelector('figure').explorable.model.get('log10_h')")


def handle(page):
    return page.locator(".mc-handle")


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "step") == "1.00×10⁻⁸"
    assert readout(figure, "slope") == "0.5403023059"
    assert readout(figure, "central-error").endswith("×10⁻⁹")
    assert "rounding (ε/h) rules" in words(figure)


def test_the_step_is_dragged_along_the_curve(figure):
    grip = handle(figure).bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    figure.mouse.move(x, y)
    figure.mouse.down()
    figure.mouse.move(x + 100, y, steps=4)
    figure.mouse.up()
    assert -6 < exponent(figure) < -3
    moved = handle(figure).bounding_box()
    assert moved["x"] + moved["width"] / 2 == pytest.approx(x + 100, abs=3)


def test_the_step_is_moved_by_keys_and_by_the_slider(figure):
    handle(figure).focus()
    figure.keyboard.press("ArrowRight")
    assert exponent(figure) == pytest.approx(-7.95)
    figure.keyboard.press("Shift+ArrowLeft")
    assert exponent(figure) == pytest.approx(-8.95)
    figure.locator('[data-control="log10_h"]').focus()
    figure.keyboard.press("ArrowRight")
    assert exponent(figure) == pytest.approx(-8.9)
    figure.locator('[data-box="log10_h"]').fill("-2")
    assert "the step is long" in words(figure)
    figure.locator('[data-box="log10_h"]').fill("-5")
    assert "near the best step" in words(figure)


def test_the_range_has_ends(figure):
    handle(figure).focus()
    for _ in range(10):
        figure.keyboard.press("Shift+ArrowRight")
    assert exponent(figure) == 0
    for _ in range(20):
        figure.keyboard.press("Shift+ArrowLeft")
    assert exponent(figure) == -15
    assert "NaN" not in figure.locator("figure").inner_html()


def test_each_function_draws(figure):
    for k, text in enumerate(("rounding", "rounding", "no third derivative")):
        figure.locator(f'[data-control="function-{k}"]').check()
        assert text in words(figure)
        assert "NaN" not in figure.locator("figure").inner_html()
    assert figure.locator(".mc-optimum").count() == 1


def test_the_digits_that_are_left(figure):
    figure.locator('[data-box="log10_h"]').fill("-12")
    _, same, left = figure.locator(".mc-digits div").first.locator("*").all_text_contents()
    assert same + left == f"{np.sin(1 + 1e-12):.16f}"
    assert len(left) <= 5


def test_the_table_opens(figure):
    figure.locator("summary").click()
    figure.locator("table tbody tr").first.wait_for()
    assert figure.locator("table tbody tr").count() == 16
