"""The ravine experiment: certified, and driven as a reader drives it."""

from functools import cache

import numpy as np
import pytest
from driving import certified

from mathcalc.explorables import RavineExperiment, base
from mathcalc.explorables.ravine_experiment import reference

pytestmark = pytest.mark.browser

TOLERANCE = 1e-9


@cache
def rows(count=300):
    rng = np.random.default_rng(31)
    made = []
    for _ in range(count):
        steepness = float(np.exp(rng.uniform(np.log(4), np.log(400))))
        state = RavineExperiment(float(rng.uniform(0.1, 3.9)), steepness=steepness).state()
        state["start"] = rng.uniform(-2, 2, 2).tolist()
        state["betas"] = [0.0, 0.14, float(rng.uniform(0, 0.99))]
        made.append((state, reference(state)))
    return made


def compute(page, states):
    return page.evaluate("(states) => states.map((s) => module.compute(s))", states)


def relative(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    return np.inf if a.shape != b.shape else (np.abs(a - b) / (1 + np.abs(b))).max()


def distance(shown, ours):
    if (shown["calmest"], shown["fastest"]) != (ours["calmest"], ours["fastest"]):
        return np.inf
    pairs = [(shown["eta"], ours["eta"])]
    for a, b in zip(shown["trials"], ours["trials"], strict=True):
        pairs += [(a[key], b[key]) for key in ("path", "losses", "across", "along", "limit")]
    return max(relative(*pair) for pair in pairs)


def worst(page, chosen):
    shown = compute(page, [state for state, _ in chosen])
    return max(distance(s, ours) for s, (_, ours) in zip(shown, chosen, strict=True))


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text("ravine_experiment.mjs"))


def test_300_states_agree(numbers, record_property):
    assert any(len(trial["path"]) < 61 for _, ours in rows() for trial in ours["trials"])
    found = worst(numbers, rows())
    certified(record_property, "ravine-experiment", len(rows()), found)
    assert found < TOLERANCE


def test_known_factors(numbers):
    state = RavineExperiment().state()
    factors = [0.9, 0.4464, 0.9487]
    assert [t["across"] for t in compute(numbers, [state])[0]["trials"]] == pytest.approx(
        factors, abs=1e-4
    )
    state["betas"] = [0.1432]
    assert compute(numbers, [state])[0]["trials"][0]["across"] == pytest.approx(0.3784, abs=1e-4)


MUTATIONS = {
    "the sign of the momentum": ("1 + beta - c;", "1 - beta - c;"),
    "the modulus of a complex pair": ("Math.sqrt(beta) :", "beta :"),
    "the stable step": ("2 * (1 + beta)", "2 * (1 - beta)"),
    "one step too many": ("beta, STEPS)", "beta, STEPS + 1)"),
    "the wrong best": ("Math.min(...values)", "Math.max(...values)"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original, own = base._read, "ravine_experiment.mjs"
    assert original(own).count(line) == 1
    monkeypatch.setattr(
        base, "_read", lambda f: original(f).replace(line, wrong) if f == own else original(f)
    )
    assert worst(module(base.module_text(own)), rows()[:40]) > 1e-6


@pytest.fixture
def figure(live):
    page = live(RavineExperiment())
    page.emulate_media(reduced_motion="reduce")
    return page


def control(page, name):
    return page.locator(f'[data-control="{name}"]')


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def state(page, key):
    return page.evaluate("(key) => document.querySelector('figure').explorable.model.get(key)", key)


def reveal(page, guess=2):
    control(page, f"guess-{guess}").check()
    control(page, "reveal").click()


def test_nothing_is_told_before_the_prediction(figure):
    assert control(figure, "reveal").is_disabled()
    assert not control(figure, "eta_lambda").is_visible()
    assert figure.locator('.mc-secret[visibility="visible"]').count() == 2
    assert "0.949" not in figure.locator(".mc-live").inner_html()
    assert "soonest with" not in words(figure)


def test_the_outcome_after_a_wrong_and_a_right_prediction(figure):
    reveal(figure)
    assert "You said β = 0.9: it is not so" in words(figure)
    assert "β = 0.14 settles soonest" in words(figure)
    assert state(figure, "t") == 60
    factors = figure.locator('[data-readout="factors-0.14"]').text_content()
    assert factors == "a step multiplies the distance across by 0.446, the way along by 0.978"
    control(figure, "again").click()
    assert control(figure, "reveal").is_disabled()
    reveal(figure, 1)
    assert "so it is" in words(figure)


def test_the_experiment_by_keys_alone(figure):
    control(figure, "guess-0").focus()
    figure.keyboard.press("Space")
    figure.keyboard.press("ArrowRight")
    assert state(figure, "guess") == 1
    control(figure, "reveal").focus()
    figure.keyboard.press("Enter")
    assert state(figure, "revealed")
    control(figure, "t").focus()
    figure.keyboard.press("ArrowLeft")
    assert state(figure, "t") == 59
    control(figure, "eta_lambda").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "eta_lambda") == pytest.approx(1.95)


def test_it_plays_where_motion_is_welcome(figure):
    figure.emulate_media(reduced_motion="no-preference")
    reveal(figure)
    figure.wait_for_function("document.querySelector('figure').explorable.model.get('t') > 2")
    control(figure, "play").click()
    t = state(figure, "t")
    assert 2 < t < 60
    assert control(figure, "play").text_content() == "Play"


def test_a_longer_step_is_borne_by_momentum_alone(figure):
    reveal(figure)
    figure.locator('[data-box="eta_lambda"]').fill("2.5")
    assert "too long for no momentum and β = 0.14" in words(figure)
    assert "β = 0.9 bears 3.8" in words(figure)
    assert figure.locator(".mc-wild").count() == 2
    figure.locator('[data-box="eta_lambda"]').fill("3.9")
    assert "nothing settles" in words(figure)
    assert "NaN" not in figure.locator("figure").inner_html()


def test_the_table_has_all_paths(figure):
    figure.locator("summary").click()
    figure.locator("table tbody tr").first.wait_for()
    assert figure.locator("table tbody tr").count() == 61
    assert figure.locator("table tbody tr").nth(5).locator("td").nth(2).text_content() == ""
    reveal(figure)
    assert figure.locator("table tbody tr").nth(5).locator("td").nth(2).text_content() != ""
