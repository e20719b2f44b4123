"""The head of attention in a browser: certified, and driven as a reader drives it."""

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

from mathcalc.explorables import AttentionBackward, base
from mathcalc.explorables.attention_backward import EXAMPLES, INPUTS, MADE, reference

pytestmark = pytest.mark.browser

TOLERANCE = 1e-9
FILES = ("attention_backward.mjs", "attention_backward_head.mjs")


@cache
def rows(count=300):
    rng = np.random.default_rng(59)
    made = []
    for k in range(count):
        T, d, scale = rng.integers(2, 6), rng.integers(1, 5), rng.choice([0.5, 1, 3])
        one = {name: rng.uniform(-scale, scale, (T, d)).round(3).tolist() for name in INPUTS}
        one |= {"causal": bool(k % 3 == 0), "matrix": "dS", "row": 0, "column": 1}
        made.append((one, reference(one)))
    return made


def relative(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if a.shape != b.shape or (np.isnan(a) != np.isnan(b)).any():
        return np.inf
    return np.nanmax(np.abs(a - b) / (1e-3 + np.nanmax(np.abs(b))))


def worst(page, chosen):
    found = 0.0
    for shown, (_, ours) in zip(compute(page, [one for one, _ in chosen]), chosen, strict=True):
        pairs = [(shown[name], ours[name]) for name in MADE]
        pairs += [(shown["sums"][key], ours["sums"][key]) for key in ours["sums"]]
        found = max([found, *(relative(*pair) for pair in pairs)])
    return found


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text(FILES[0]))


def test_300_states_agree(numbers, record_property):
    found = worst(numbers, rows())
    certified(record_property, "attention-backward", len(rows()), found)
    assert found < TOLERANCE


def test_the_row_sums_agree_in_every_state(numbers):
    for shown in compute(numbers, [one for one, _ in rows()]):
        sums = shown["sums"]
        np.testing.assert_allclose(sums["weighted"], sums["outputs"], atol=1e-9)
        np.testing.assert_allclose(sums["scores"], 0, atol=1e-9)


def test_the_terms_of_an_entry_sum_to_it(numbers, module):
    page = module(base.module_text(FILES[1]))
    for one, _ in rows()[:20]:
        (head,) = compute(numbers, [one])
        for name in ("S", "O", "dV", "dP", "dQ", "dK"):
            i, j = len(head[name]) - 1, 0
            terms = page.evaluate("(args) => module.termsOf(...args)", [name, i, j, head["sizes"]])
            scale = 1 / np.sqrt(head["sizes"]["d"]) if name in ("S", "dQ", "dK") else 1
            total = scale * sum(np.prod([head[m][a][b] for m, a, b in term]) for term in terms)
            if head[name][i][j] is not None:
                assert total == pytest.approx(head[name][i][j], abs=1e-12)


MUTATIONS = {
    "no scale": ("1 / Math.sqrt(d)", "1"),
    "scores of the wrong rows": ('[["Q", i, k], ["K", j, k]]', '[["Q", j, k], ["K", i, k]]'),
    "weights that are not turned": ('[["P", i, j], ["dO", i, k]]', '[["P", j, i], ["dO", i, k]]'),
    "dP by the outputs": ('[["dO", i, k], ["V", j, k]]', '[["dO", i, k], ["V", i, k]]'),
    "a key for a query": ('[["dS", i, j], ["Q", i, k]]', '[["dS", i, j], ["K", i, k]]'),
    "dQ without its scale": (
        '["K", j, k]], scale: root },\n  dK',
        '["K", j, k]], scale: one },\n  dK',
    ),
    "a softmax that is not normalised": ("value / sum", "value"),
    "no row mean": ("head.dP[i][j] - weighted[i]", "head.dP[i][j]"),
    "the mask of the past": ("j > i ? null", "j < i ? null"),
    "the wrong identity": ("outputs: dots(head.dO, head.O)", "outputs: dots(head.dO, head.V)"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    mutate(monkeypatch, FILES, *MUTATIONS[name])
    assert worst(module(base.module_text(FILES[0])), rows()[:40]) > 1e-6


@pytest.fixture
def figure(live):
    return live(AttentionBackward())


def entry(page, name, i, j):
    return page.locator(f'[data-entry="{name} {i} {j}"]')


def texts(page, name):
    cells = page.locator(f'[data-matrix="{name}"] button').all_text_contents()
    return [float(text.replace("−", "-")) for text in cells]


def test_it_shows_the_references_numbers(figure):
    ours = reference(AttentionBackward().state())
    for name in MADE:
        assert texts(figure, name) == pytest.approx(np.ravel(ours[name]), abs=0.00501)
    assert "dS₁₂ = P₁₂ (dP₁₂ − ρ₁)" in words(figure)


@pytest.mark.parametrize(
    ("name", "i", "j", "said", "sources"),
    [
        ("S", 0, 1, "S₁₂ = (Q₁₁ K₂₁ + Q₁₂ K₂₂) / √2 = (1 · 0.5 + 0.5 · 1) / √2 = 0.707", 4),
        ("P", 0, 0, "exp(0.707) / (exp(0.707) + exp(0.707) + exp(−0.53)) = 0.437", 3),
        ("O", 1, 1, "O₂₂ = P₂₁ V₁₂ + P₂₂ V₂₂ + P₂₃ V₃₂", 6),
        ("dV", 2, 0, "dV₃₁ = P₁₃ dO₁₁ + P₂₃ dO₂₁ + P₃₃ dO₃₁", 6),
        ("dP", 1, 2, "dP₂₃ = dO₂₁ V₃₁ + dO₂₂ V₃₂ = 0.5 · (−1) + (−1) · 1 = −1.5", 4),
        ("dS", 2, 1, "dS₃₂ = P₃₂ (dP₃₂ − ρ₃)", 6),
        ("dQ", 0, 0, "dQ₁₁ = (dS₁₁ K₁₁ + dS₁₂ K₂₁ + dS₁₃ K₃₁) / √2", 6),
        ("dK", 1, 1, "dK₂₂ = (dS₁₂ Q₁₂ + dS₂₂ Q₂₂ + dS₃₂ Q₃₂) / √2", 6),
        ("Q", 0, 1, "Q₁₂ = 0.5 is an entry of a query", 0),
    ],
)
def test_an_entry_tells_its_sum(figure, name, i, j, said, sources):
    entry(figure, name, i, j).click()
    assert said in words(figure)
    assert figure.locator(".mc-source").count() == sources
    assert entry(figure, name, i, j).get_attribute("aria-pressed") == "true"
    assert figure.locator('[aria-pressed="true"]').count() == 1


def test_entries_are_reached_by_arrow_keys(figure):
    entry(figure, "K", 0, 0).focus()
    for key, place in [
        ("ArrowDown", (1, 0)),
        ("ArrowRight", (1, 1)),
        ("ArrowUp", (0, 1)),
        ("ArrowUp", (0, 1)),
    ]:
        figure.keyboard.press(key)
        assert (state(figure, "row"), state(figure, "column")) == place
    assert state(figure, "matrix") == "K"
    assert figure.evaluate("document.activeElement.dataset.entry") == "K 0 1"
    stops = figure.locator('[data-matrix="K"] [tabindex="0"]')
    assert stops.count() == 1


def test_an_input_is_changed_and_the_gradients_move(figure):
    entry(figure, "V", 0, 0).click()
    before = texts(figure, "dS")
    figure.locator('[data-box="entry"]').fill("-2")
    assert state(figure, "V")[0] == [-2, 0]
    assert texts(figure, "dS") != before
    assert control(figure, "example").input_value() == "-1"
    control(figure, "entry").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "V")[0][0] == pytest.approx(-1.95)
    entry(figure, "dS", 0, 0).click()
    assert control(figure, "entry").is_disabled()


def test_sizes_grow_and_shrink(figure):
    figure.locator('[data-box="T"]').fill("5")
    figure.locator('[data-box="d"]').fill("4")
    for name in INPUTS:
        assert np.shape(state(figure, name)) == (5, 4)
    assert figure.locator('[data-matrix="S"] button').count() == 25
    entry(figure, "S", 4, 4).click()
    figure.locator('[data-box="T"]').fill("2")
    figure.locator('[data-box="d"]').fill("1")
    assert figure.locator('[data-matrix="S"] button').count() == 4
    assert "S₂₂ = Q₂₁ K₂₁ = " in words(figure)
    assert "NaN" not in figure.locator("figure").inner_html()


def test_matrices_may_be_set_one_after_the_other(figure):
    grown = {name: [[0.5, 1.0, 0.0]] * 4 for name in INPUTS}
    for name, rows in grown.items():
        put(figure, **{name: rows})
    assert figure.locator('[data-matrix="S"] button').count() == 16
    assert texts(figure, "S") == pytest.approx([1.25 / np.sqrt(3)] * 16, abs=0.005)


def test_the_mask_hides_later_keys(figure):
    control(figure, "causal").check()
    entry(figure, "S", 0, 2).click()
    assert entry(figure, "S", 0, 2).text_content() == "−∞"
    assert "query 1 may not see key 3" in words(figure)
    entry(figure, "P", 0, 2).click()
    assert "the mask hides key 3 from query 1" in words(figure)
    assert texts(figure, "dS")[:3] == [0, 0, 0]
    assert "NaN" not in figure.locator("figure").inner_html()


def test_the_row_sums_are_shown(figure):
    for k in range(len(EXAMPLES)):
        control(figure, "example").select_option(str(k))
        for line in figure.locator(".mc-sums tbody tr").all():
            _, weighted, outputs, scores = line.locator("td, th").all_text_contents()
            assert weighted == outputs
            assert scores == "0"


def test_saturation_is_told(figure):
    control(figure, "example").select_option("2")
    entry(figure, "dS", 0, 0).click()
    assert "saturated" in words(figure)


def test_other_numbers_are_other_numbers(figure):
    before = state(figure, "Q")
    control(figure, "again").click()
    first = state(figure, "Q")
    control(figure, "again").click()
    assert before != first != state(figure, "Q")
    assert all(abs(x) <= 3 for row in first for x in row)


@pytest.mark.parametrize("width", [1000, 390])
def test_axe_finds_nothing(live, width):
    page = live(AttentionBackward(causal=True), width=width)
    put(page, matrix="P")
    assert not is_wider_than_the_page(page)
    assert violations(page) == []


def test_a_drag_step_is_quick(figure):
    figure.locator('[data-box="T"]').fill("5")
    figure.locator('[data-box="d"]').fill("4")
    V = state(figure, "V")
    changes = [{"V": [[k / 10, *V[0][1:]], *V[1:]]} for k in range(20)]
    assert cost_of_a_step(figure, changes) < 8
