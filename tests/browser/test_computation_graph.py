"""The forward and backward pass in a browser: certified, and driven as a reader drives it."""

from functools import cache

import numpy as np
import pytest
from driving import (
    certified,
    compute,
    control,
    cost_of_a_step,
    is_wider_than_the_page,
    mutate,
    put,
    state,
    violations,
    words,
)
from formulas import random_formula

from mathcalc.explorables import ComputationGraph, base
from mathcalc.explorables.computation_graph import EXAMPLES, reference
from mathcalc.explorables.recording import variables

pytestmark = pytest.mark.browser

TOLERANCE = 1e-9
FILES = ("computation_graph.mjs", "computation_graph_guess.mjs")
PRODUCT, RESIDUAL, NEURON, FAN, DOUBLING = (example["formula"] for example in EXAMPLES)


def states():
    rng = np.random.default_rng(53)
    for k in range(900):
        formula = (
            EXAMPLES[k % 5]["formula"] if k % 2 else f"{random_formula(k, depth=2 + k % 3)} * x"
        )
        at = rng.uniform(-3, 3, len(variables(formula))).round(3).tolist()
        yield {"formula": formula, "at": at, "stage": int(rng.integers(0, 40))}


@cache
def rows(count=300):
    made = []
    for one in states():
        ours = reference(one)
        numbers = [
            *ours["values"],
            *ours["adjoints"],
            *(a["partial"] for s in ours["shares"] for a in s),
        ]
        if np.isfinite(numbers).all() and np.abs(numbers).max() < 1e8:
            made.append((one, ours))
    return made[:count]


def relative(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    return np.inf if a.shape != b.shape else np.max(np.abs(a - b) / (1 + np.abs(b)), initial=0)


def arrows(numbers):
    """All arrows by their ends, in an order that both languages have."""
    keys = ("to", "partial", "share")
    return [sorted(tuple(a[key] for key in keys) for a in own) for own in numbers["shares"]]


def distance(shown, ours):
    pairs = [(shown[key], ours[key]) for key in ("point", "values", "adjoints")]
    return max(
        [relative(*pair) for pair in pairs]
        + [relative(a, b) for a, b in zip(arrows(shown), arrows(ours), strict=True)]
    )


def worst(page, chosen):
    shown = compute(page, [one for one, _ in chosen])
    return max(distance(s, ours) for s, (_, ours) in zip(shown, chosen, strict=True))


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text(FILES[0]))


def test_300_states_agree(numbers, record_property):
    own = sum(one["formula"] not in [e["formula"] for e in EXAMPLES] for one, _ in rows())
    found = worst(numbers, rows())
    assert len(rows()) == 300
    assert own > 80
    certified(record_property, "computation-graph", len(rows()), found)
    assert found < TOLERANCE


def test_the_stage_says_what_is_known(numbers):
    for stage, known, met in [(0, 2, 5), (1, 3, 5), (3, 5, 5), (4, 5, 4), (8, 5, 0), (99, 5, 0)]:
        (now,) = compute(numbers, [{"formula": PRODUCT, "at": [2, 3], "stage": stage}])
        assert (now["known"], now["met"], now["last"]) == (known, met, 8)


MUTATIONS = {
    "a share without its adjoint": (
        "share: bars[to] * partials[to][operand]",
        "share: partials[to][operand]",
    ),
    "the adjoint at the wrong end": ("share: bars[to] *", "share: bars[line] *"),
    "the wrong operand": ("partial: partials[to][operand]", "partial: partials[to][0]"),
    "a loss that counts twice": ("adjoints(list, ran, [1])", "adjoints(list, ran, [2])"),
    "missing inputs": ("at[k] ?? 1)", "at[k] || 1)"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    mutate(monkeypatch, FILES, *MUTATIONS[name])
    still = {"formula": PRODUCT, "at": [0.0, 2.0], "stage": 0}
    chosen = [*rows()[:40], (still, reference(still))]
    assert worst(module(base.module_text(FILES[0])), chosen) > 1e-6


JUDGED = [  # formula, point, node, guess, whether it is right, what is said
    (PRODUCT, [2, 3], 4, "1", True, "v̄₅ = 1"),
    (PRODUCT, [2, 3], 4, "81", False, "the loss itself"),
    (PRODUCT, [2, 3], 1, "54", True, "18 · 2 + 18 · 1 = 54"),
    (PRODUCT, [2, 3], 1, "18*2 + 18", True, "= 54"),
    (PRODUCT, [2, 3], 1, "18 · 2 + 18", True, "= 54"),
    (PRODUCT, [2, 3], 1, "36", False, "share of one arrow, into v₃. One more arrow leaves b"),
    (PRODUCT, [2, 3], 1, "18", False, "share of one arrow, into v₄"),
    (PRODUCT, [2, 3], 1, "648", False, "added, not multiplied"),
    (PRODUCT, [2, 3], 1, "-54", False, "signs"),
    (PRODUCT, [1, 4], 1, "2", False, "local derivatives alone"),
    (PRODUCT, [2, 3], 0, "3", False, "local derivative on the arrow: multiply it by v̄₃ = 18"),
    (
        PRODUCT,
        [2, 3],
        0,
        "18",
        False,
        "That is v̄₃ itself: multiply it by the local derivative on the arrow, ∂v₃/∂a = 3",
    ),
    (PRODUCT, [2, 3], 0, "2", False, "value of a"),
    (PRODUCT, [2, 3], 1, "7", False, "2 arrows leave b: b̄ = v̄₃ · ∂v₃/∂b + v̄₄ · ∂v₄/∂b."),
    (PRODUCT, [2, 3], 0, "7", False, "One arrow leaves a: a\u0304 = v\u0304₃ · ∂v₃/∂a."),
    (PRODUCT, [2, 3], 1, "", False, "Write a number"),
    (PRODUCT, [2, 3], 1, "b*2", False, "Write a number"),
    (PRODUCT, [1, -1], 1, "−8", True, "= −8"),
    (DOUBLING, [1], 0, "4", False, "share of one arrow"),
    (DOUBLING, [1], 0, "8", True, "4 · 1 + 4 · 1 = 8"),
    (FAN, [1, 2], 0, "9", False, "3 arrows leave x"),
    (FAN, [1, 2], 0, "2", False, "2 more arrows leave x"),
]


@pytest.mark.parametrize(("formula", "at", "node", "guess", "right", "said"), JUDGED)
def test_a_guess_is_judged_helpfully(numbers, module, formula, at, node, guess, right, said):
    (result,) = compute(numbers, [{"formula": formula, "at": at, "stage": 99}])
    page = module(base.module_text(FILES[1]))
    verdict = page.evaluate("([g, i, r]) => module.check(g, i, r)", [guess, node, result])
    assert verdict["right"] is right
    assert said in verdict["text"]
    if not right:
        assert f"= {result['adjoints'][node]:g}" not in verdict["text"]


@pytest.fixture
def figure(live):
    return live(ComputationGraph())


def card(page, i):
    return page.locator(f'[data-node="{i}"]')


def reply(page):
    return page.locator(".mc-reply").text_content()


def test_forward_then_backward_by_the_buttons(figure):
    assert "Step forward through 3 operations" in words(figure)
    assert not control(figure, "guess").is_visible()
    for i, said in [(2, "v₃ = a × b = 6"), (3, "v₄ = v₃ + b = 9"), (4, "L = v₅ = 81")]:
        control(figure, "forth").click()
        assert said in words(figure)
        assert "not yet" not in card(figure, i).get_attribute("aria-label")
    assert control(figure, "forth").text_content() == "Show it"
    for _ in range(5):
        assert control(figure, "guess").is_visible()
        control(figure, "forth").click()
    assert "∂L/∂a = 54, ∂L/∂b = 54" in words(figure)
    assert "each of the 5 arrows once; 3 paths" in words(figure)
    assert control(figure, "forth").is_disabled()
    assert not control(figure, "guess").is_visible()
    control(figure, "back").click()
    assert state(figure, "stage") == 7


def test_nothing_is_told_before_the_guess(figure):
    put(figure, stage=6)
    assert card(figure, 1).locator("text").nth(2).text_content() == "?"
    assert card(figure, 0).locator("text").nth(2).text_content() == ""
    figure.locator("summary").click()
    figure.locator("table tbody tr").first.wait_for()
    told = [
        figure.locator(".mc-live").inner_text(),
        *figure.locator(".mc-card").all_text_contents(),
    ]
    told += [one.get_attribute("aria-label") for one in figure.locator(".mc-card").all()]
    assert not any("54" in text for text in told)
    assert any("18" in text for text in told)


def test_the_adjoints_by_predictions_and_the_keyboard_alone(figure):
    put(figure, stage=3)
    control(figure, "guess").focus()
    for guess, said in [
        ("1", "v̄₅ = 1"),
        ("2*9", "= 18"),
        ("18", "v̄₃"),
        ("36", "share of one arrow"),
        ("36 + 18", "54"),
        ("18*3", "54"),
    ]:
        control(figure, "guess").press("Control+a")
        figure.keyboard.type(guess)
        figure.keyboard.press("Enter")
        assert said in reply(figure)
    assert state(figure, "stage") == 8
    assert "The gradient is complete" in words(figure)
    assert figure.evaluate("document.activeElement.dataset.control") == "back"


def test_a_wrong_guess_stays_and_the_answer_goes_with_the_next_step(figure):
    put(figure, stage=6)
    control(figure, "guess").fill("36")
    control(figure, "check").click()
    assert state(figure, "stage") == 6
    assert "share of one arrow" in reply(figure)
    assert control(figure, "guess").input_value() == "36"
    control(figure, "forth").click()
    assert reply(figure) == ""


def test_moving_an_input_moves_every_number(figure):
    put(figure, stage=8)
    figure.locator('[data-box="at-0"]').fill("1")
    figure.locator('[data-box="at-1"]').fill("-1")
    assert state(figure, "at") == [1, -1]
    assert "∂L/∂a = 4, ∂L/∂b = −8" in words(figure)
    control(figure, "at-0").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "at")[0] == pytest.approx(1.05)


def test_a_card_leads_to_its_step(figure):
    card(figure, 3).click()
    assert state(figure, "stage") == 2
    put(figure, stage=8)
    card(figure, 2).focus()
    figure.keyboard.press("Enter")
    assert state(figure, "stage") == 6
    figure.keyboard.press("ArrowDown")
    figure.keyboard.press("Enter")
    assert state(figure, "stage") == 5


def test_a_loss_of_ones_own_and_the_menu(figure):
    control(figure, "formula").fill("x*y + sin(x)")
    assert state(figure, "stage") == 0
    assert figure.locator("[data-node]").count() == 5
    assert figure.locator('[data-control^="at-"]').count() == 2
    assert control(figure, "example").input_value() == "-1"
    for k, example in enumerate(EXAMPLES):
        control(figure, "example").select_option(str(k))
        assert state(figure, "at") == example["at"]
        put(figure, stage=60)
        assert "The gradient is complete" in words(figure)
        assert "NaN" not in figure.locator("figure").inner_html()
    assert "each of the 6 arrows once; 8 paths" in words(figure)


@pytest.mark.parametrize(
    "text", ["", "x**", "x; y", "3", "alpha", "a+b+c+d+f+g+h", "x*" * 30 + "x"]
)
def test_a_bad_loss_is_explained_and_loses_nothing(figure, text):
    control(figure, "formula").fill(text)
    assert figure.locator(".mc-error").text_content().strip()
    assert state(figure, "formula") == "(a*b + b)**2"


def test_where_there_is_no_number_it_says_so(figure):
    control(figure, "formula").fill("log(x)")
    figure.locator('[data-box="at-0"]').fill("-1")
    put(figure, stage=1)
    assert "no real number" in words(figure)


@pytest.mark.parametrize("width", [1000, 390])
@pytest.mark.parametrize("stage", [1, 6])
def test_axe_finds_nothing(live, width, stage):
    page = live(ComputationGraph(NEURON, stage=stage), width=width)
    assert not is_wider_than_the_page(page)
    assert violations(page) == []


def test_a_drag_step_is_quick(figure):
    put(figure, formula=NEURON, stage=20)
    assert cost_of_a_step(figure, [{"at": [k / 10, 1, 1, -2]} for k in range(20)]) < 8
