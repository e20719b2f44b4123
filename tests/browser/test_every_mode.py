"""Every mode: certified against the package's engines, and driven as a reader drives it."""

from functools import cache

import numpy as np
import pytest
from driving import certified
from formulas import random_formula

from mathcalc.explorables import EveryMode, base
from mathcalc.explorables.every_mode import EXAMPLES, sizes_of
from mathcalc.explorables.every_mode_reference import reference

pytestmark = pytest.mark.browser

STATES = 300
TOLERANCE = 1e-9
NUMBERS = ("values", "tangents", "adjoints", "soFar", "y", "jv", "uj", "duality")
SPECIAL = ("x**y - acos(x/9)*asin(y/9)", "2**x/y + 3/(x - 7)", "-x**3*y**2", "cosh(x) - sinh(y)/9")
SPECIAL += ("abs(x)*tan(y/9) - 4", "1 - x + y/7; log(x**2 + 1)")
COMPUTE = """(states) => states.map((state) => {
  const { list, costs, ...numbers } = module.compute(state);
  return { ...numbers, costs };
})"""


@cache
def rows():
    """Seeded states with what the package says: examples, special and random formulas."""
    rng, made = np.random.default_rng(29), []
    for k in range(STATES):
        menu = [*[e["formula"] for e in EXAMPLES], *SPECIAL]
        joined = "; ".join(random_formula(7 * k + j, depth=2) + " - x*y" for j in range(1 + k % 3))
        text = menu[k % 13] if k % 2 else joined
        sizes = sizes_of(text)
        n, m = sizes["inputs"], sizes["outputs"]
        at, v = rng.uniform(0.2, 3, n).round(2), rng.uniform(-3, 3, n).round(2)
        step = int(rng.integers(0, 2 * sizes["lines"] + 1))
        state = EveryMode(text, at, v, rng.uniform(-3, 3, m).round(2), step).state()
        del state["examples"]
        made.append((state, reference(state)))
    return made


def far(a, b):
    a, b = (np.asarray(x, float) for x in (a, b))
    return np.inf if a.shape != b.shape else float((np.abs(a - b) / (1 + np.abs(b))).max())


def worst(page, count=STATES):
    """The largest relative distance; infinity where a count differs."""
    chosen, apart = rows()[:count], 0.0
    shown = page.evaluate(COMPUTE, [state for state, _ in chosen])
    for found, (_, ours) in zip(shown, chosen, strict=True):
        if found["costs"] != ours["costs"]:
            return np.inf
        apart = max([apart, *(far(found[key], ours[key]) for key in NUMBERS)])
    return apart


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text("every_mode.mjs"))


def test_300_states_agree(numbers, record_property):
    apart = worst(numbers)
    certified(record_property, "every-mode", STATES, apart)
    assert apart < TOLERANCE


def test_both_modes_meet_at_every_state(numbers):
    shown = numbers.evaluate(COMPUTE, [state for state, _ in rows()])
    for found in shown:
        left, right = found["duality"]
        assert left == pytest.approx(right, rel=1e-9, abs=1e-9)


def test_the_ledgers_vectors(numbers):
    state = {"formula": "log(x1) + x1*x2 - sin(x2)", "at": [2, 5], "u": [1], "step": 14}
    for v, tangent in (([1, 0], 5.5), ([0, 1], 1.7163378145367738)):
        found = numbers.evaluate(COMPUTE, [{**state, "v": v}])[0]
        assert found["y"][0] == pytest.approx(11.652071455223084, rel=1e-12)
        assert found["jv"][0] == pytest.approx(tangent, rel=1e-12)
        np.testing.assert_allclose(found["uj"], [5.5, 1.7163378145367738], rtol=1e-12)
    cube = {"formula": "x**3", "at": [2], "v": [1], "u": [1], "step": 4}
    found = numbers.evaluate(COMPUTE, [cube])[0]
    assert (found["y"], found["jv"]) == ([8], [12])


MUTATIONS = {
    "a product of the wrong vectors": (
        "every_mode.mjs",
        "duality: [dot(u, jv)",
        "duality: [dot(jv, jv)",
    ),
    "a sweep one line short": (
        "every_mode.mjs",
        "2 * length - Math.max(step, length)",
        "2 * length - Math.max(step - 1, length)",
    ),
    "sweeps for all inputs": ("every_mode_cost.mjs", "program + m * back", "program + n * back"),
    "the price of a product": ("every_mode_cost.mjs", "both: [3, 4], left: [1, 2], right: [1, 2] }",
                               "both: [3, 3], left: [1, 2], right: [1, 2] }"),
    "a value that nobody reads": ("every_mode_cost.mjs", 'exp: "v", tan', 'exp: "a", tan'),
    "a value dropped too early": ("every_mode_cost.mjs", "end >= now", "end > now"),
    "the slope of tanh": ("jet.mjs", "(v) => 1 / Math.cosh(v) ** 2", "(v) => 1 / Math.cosh(v)"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    file, line, wrong = MUTATIONS[name]
    original = base._read
    assert original(file).count(line) == 1
    monkeypatch.setattr(
        base, "_read", lambda f: original(f).replace(line, wrong) if f == file else original(f)
    )
    assert not worst(module(base.module_text("every_mode.mjs")), 100) < 1e-6


# ── driven ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def figure(live):
    return live(EveryMode())


def model(page, key):
    return page.evaluate(f"document.querySelector('figure').explorable.model.get('{key}')")


def words(page):
    return page.locator('[aria-live="polite"]').text_content().replace("\u00a0", " ")


def column(page, k):
    return page.locator(f".mc-trace tbody tr > :nth-child({k})").all_text_contents()


def click(page, name, times=1):
    for _ in range(times):
        page.locator(f'[data-control="{name}"]').click()


def test_it_starts_complete(figure):
    assert column(figure, 3) == ["2", "5", "0.693147", "10", "10.6931", "−0.958924", "11.6521"]
    assert column(figure, 4) == ["1", "0", "0.5", "5", "5.5", "0", "5.5"]
    assert column(figure, 5) == ["5.5", "1.71634", "1", "1", "1", "−1", "1"]
    assert "u · (Jv) = 5.5 = (uJ) · v" in words(figure)
    assert "26 operations in 2 runs" in figure.locator(".mc-meters").text_content()


def test_stepping_down_and_up_again(figure):
    figure.locator('[data-box="step"]').fill("0")
    assert column(figure, 3) == [""] * 7
    assert "5 operations" in words(figure)
    click(figure, "forth", 4)
    assert column(figure, 4) == ["1", "0", "0.5", "5", "", "", ""]
    assert "5 · 1 + 2 · 0 = 5" in words(figure)
    click(figure, "forth", 4)
    assert column(figure, 5) == ["", "", "", "", "1", "−1", "1"]
    assert "hands on adjoint times local slope: 1 · 1 to v₅, and 1 · (−1) to v₆" in words(figure)
    assert figure.locator(".mc-edges .mc-current.mc-back").count() == 2
    click(figure, "back", 2)
    assert model(figure, "step") == 6
    assert column(figure, 5) == [""] * 7
    assert figure.locator(".mc-card.mc-dim").count() == 1


def test_a_card_leads_to_its_line_by_mouse_and_by_keys(figure):
    figure.locator('[data-node="3"]').click()
    assert model(figure, "step") == 11
    figure.locator('[data-box="step"]').fill("2")
    figure.locator('[data-node="0"]').focus()
    figure.keyboard.press("ArrowDown")
    figure.keyboard.press("Enter")
    assert model(figure, "step") in (3, 4)
    label = figure.locator('[data-node="2"]').get_attribute("aria-label")
    assert label.startswith("v₃: ln x₁, value 0.69315, tangent 0.5")


def test_inputs_and_seeds(figure):
    figure.locator('[data-box="at-0"]').fill("4")
    assert column(figure, 3)[0] == "4"
    assert column(figure, 5)[0] == "5.25"
    slider = figure.locator('[data-control="at-0"]')
    slider.focus()
    figure.keyboard.press("ArrowRight")
    assert model(figure, "at")[0] == pytest.approx(4.05)
    figure.locator('[data-control="unit-v"]').select_option(label="e₂")
    assert model(figure, "v") == [0, 1]
    figure.locator('[data-box="v-0"]').fill("-2")
    assert model(figure, "v") == [-2, 1]
    assert figure.locator('[data-control="unit-v"]').input_value() == "-1"
    figure.locator('[data-box="u-0"]').fill("0.5")
    assert column(figure, 5)[-1] == "0.5"


def test_a_slider_is_dragged(figure):
    box = figure.locator('[data-control="at-1"]').bounding_box()
    y = box["y"] + box["height"] / 2
    figure.mouse.move(box["x"] + box["width"] * 0.74, y)
    figure.mouse.down()
    figure.mouse.move(box["x"] + box["width"] * 0.5, y, steps=4)
    figure.mouse.up()
    assert abs(model(figure, "at")[1]) < 1
    assert "NaN" not in figure.locator("figure").inner_html()


def test_a_formula_of_ones_own_with_two_outputs(figure):
    figure.locator('[data-control="formula"]').fill("exp(x*y)*sin(x*y); x*y")
    assert column(figure, 1)[2] == "v₃ = f₂"
    assert column(figure, 2)[2:] == ["x × y", "exp v₃", "sin v₃", "v₄ × v₅"]
    assert model(figure, "u") == [1, 1]
    assert "1 run and 2 sweeps" in figure.locator(".mc-meters").text_content()
    assert figure.locator('[data-control="example"]').input_value() == "-1"
    figure.locator('[data-control="unit-u"]').select_option(label="e₂")
    assert "uJ = (5, 2)" in figure.locator(".mc-products").text_content()


@pytest.mark.parametrize(("text", "piece"), [
    ("x +", "missing"), ("3", "is a constant"), ("theta", "an input is a letter"), ("", "empty"),
    ("a+b+c+d+g+h+k", "7 inputs are too many"), ("foo(x)", "not a known function"),
])  # fmt: skip
def test_a_bad_formula_is_refused_in_words(figure, text, piece):
    figure.locator('[data-control="formula"]').fill(text)
    assert piece in figure.locator(".mc-error").text_content()
    assert len(column(figure, 1)) == 7


def test_where_there_is_no_number_it_says_so(figure):
    figure.locator('[data-box="at-0"]').fill("-1")
    assert column(figure, 3)[2] == "none"
    click(figure, "forth")
    figure.locator('[data-box="step"]').fill("3")
    assert "no real number here" in words(figure)
    assert "NaN" not in figure.locator("figure").inner_html()


@pytest.mark.parametrize("k", range(len(EXAMPLES)))
def test_each_example_draws(figure, k):
    figure.locator('[data-control="example"]').select_option(index=k)
    state = EveryMode(EXAMPLES[k]["formula"])
    assert model(figure, "at") == state.at
    assert (model(figure, "v"), model(figure, "u")) == (state.v, state.u)
    assert len(column(figure, 1)) == len(reference(state.state())["values"])
    assert "NaN" not in figure.locator("figure").inner_html()


def test_play_goes_through_all_steps_and_can_be_stopped(figure):
    click(figure, "play")
    figure.wait_for_function("document.querySelector('figure').explorable.model.get('step') === 2")
    click(figure, "play")
    stopped = model(figure, "step")
    figure.wait_for_timeout(900)
    assert model(figure, "step") == stopped < 14


def test_nothing_moves_where_the_reader_wants_calm(figure):
    figure.emulate_media(reduced_motion="reduce")
    figure.locator('[data-box="step"]').fill("3")
    click(figure, "play")
    assert model(figure, "step") == 14


def test_a_step_is_quick_and_a_phone_has_room(live):
    page = live(EveryMode("x1*x2*x3*x4*x5*x6"), width=390)
    spent = page.evaluate("""() => {
      const { model } = document.querySelector("figure").explorable, start = performance.now();
      for (let k = 0; k < 40; k++) {
        model.set("at", [k / 9, 1, 2, 3, 4, 5]);
      }
      return (performance.now() - start) / 40;
    }""")
    assert spent < 8
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


SEEN = """() => {
  const box = (mark) => document.querySelector(mark).getBoundingClientRect();
  const place = box(".mc-drawing"), card = box(".mc-card.mc-current");
  const letters = document.querySelector(".mc-card text");
  const size = parseFloat(getComputedStyle(letters).fontSize) * letters.getScreenCTM().a;
  return { whole: card.left >= place.left && card.right <= place.right, size };
}"""


@pytest.mark.parametrize("width", [1000, 390])
def test_a_wide_graph_can_be_read_and_follows_the_steps(live, width):
    page = live(EveryMode("x1*x2*x3*x4*x5*x6", step=0), width=width)
    for _ in range(22):
        click(page, "forth")
        seen = page.evaluate(SEEN)
        assert seen["whole"] and seen["size"] > 9
