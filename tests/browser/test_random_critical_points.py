"""The census of random Hessians in a browser: certified, driven by mouse and keys."""

from functools import cache

import numpy as np
import pytest
from driving import (
    box,
    certified,
    compute,
    control,
    distance,
    mutate,
    readout,
    state,
    step_time,
    violations,
    words,
)

from mathcalc.explorables import RandomCriticalPoints, base
from mathcalc.explorables.random_critical_points import hessians, reference

pytestmark = pytest.mark.browser

MODULE = "random_critical_points.mjs"
TOLERANCE = 1e-9
KEYS = ("counts", "bins", "shares", "minima", "saddles", "maxima", "error", "exact", "coin")


def states(count):
    rng = np.random.default_rng(31)
    for k in range(count):
        shift = 0.0 if k % 3 == 0 else round(float(rng.uniform(0, 3)), 2)
        samples = int(rng.integers(100, 300))
        yield {"n": 1 + k % 8, "samples": samples, "shift": shift, "seed": int(rng.integers(1, 30))}


@cache
def references():
    return [(each, reference(each)) for each in states(300)]


def worst(page, rows):
    pairs = zip(compute(page, [s for s, _ in rows]), rows, strict=True)
    return max(distance(shown, ours, KEYS) for shown, (_, ours) in pairs)


def test_300_states_agree(module, record_property):
    rows = references()
    found = worst(module(base.module_text(MODULE)), rows)
    certified(record_property, "random-critical-points", len(rows), found)
    assert found < TOLERANCE


def test_the_eigenvalues_are_those_of_lapack(module):
    page = module(base.module_text(MODULE))
    for n in (1, 2, 5, 8):
        H = hessians(n, 40, n)
        found = page.evaluate(
            "([list, n]) => list.map((H) => [...module.eigenvalues(Float64Array.from(H), n)])",
            [H.reshape(40, -1).tolist(), n],
        )
        np.testing.assert_allclose(found, np.linalg.eigvalsh(H), atol=1e-12)


MUTATIONS = {
    "the variance": ("+ Math.floor(k / n)]) / 2)", "+ Math.floor(k / n)]) / 2.1)"),
    "the symmetry": ("A[(k % n) * n + Math.floor(k / n)]", "A[k]"),
    "the turn": ("const s = t * c;", "const s = -t * c;"),
    "the sweeps": ("sweep < 30", "sweep < 1"),
    "the sign": ("moved < 0", "moved > 0"),
    "the shift": ("eigenvalue + shift", "eigenvalue"),
    "the bins": ("(moved + REACH)", "(moved + 1.01 * REACH)"),
    "the exact values": ("(2 - Math.SQRT2) / 4", "(2 - Math.SQRT2) / 3"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    mutate(monkeypatch, [MODULE], line, wrong)
    assert worst(module(base.module_text(MODULE)), references()[:60]) > 1e-6


@pytest.fixture
def figure(live):
    return live(RandomCriticalPoints())


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "exact") == "2.492 %"
    assert readout(figure, "coin") == "12.5 %"
    assert "within four standard errors" in words(figure)


def test_the_size_is_changed_by_keys(figure):
    control(figure, "n").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "n") == 4
    assert readout(figure, "exact") == "not known here"
    assert figure.locator(".mc-shares rect").count() == 5


def test_a_shift_and_other_draws(figure):
    before = readout(figure, "minima")
    control(figure, "others").click()
    assert state(figure, "seed") == 2
    assert readout(figure, "minima") != before
    box(figure, "shift", 3)
    assert "shifted by 3" in words(figure)
    assert float(readout(figure, "minima").split()[0]) > 50


def test_the_table_has_the_counts(figure):
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    counts = figure.locator("tbody tr td:nth-child(2)").all_text_contents()
    assert sum(map(int, counts)) == 2000


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(RandomCriticalPoints(8), width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_is_quick(figure):
    took = step_time(figure, "shift", [k / 30 for k in range(76)])
    print(f"a step takes {took:.1f} ms")
    assert took < 8
