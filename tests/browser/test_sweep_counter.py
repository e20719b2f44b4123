"""The sweep counter: exact numbers, and driven as a reader drives it."""

from functools import cache

import numpy as np
import pytest
from driving import certified

from mathcalc.explorables import SweepCounter, base
from mathcalc.explorables.sweep_counter import reference

pytestmark = pytest.mark.browser

STATES = 300


@cache
def rows():
    rng, made = np.random.default_rng(37), []
    for k in range(STATES):
        n, m = (int(10 ** rng.uniform(0, 2 + (k % 10 == 0))) for _ in range(2))
        state = SweepCounter(n, n if k % 25 == 7 else m, int(rng.integers(0, 1001)) % 40).state()
        made.append((state, reference(state)))
    return made


def unequal(page):
    shown = page.evaluate("(s) => s.map((x) => module.compute(x))", [s for s, _ in rows()])
    return [state for found, (state, ours) in zip(shown, rows(), strict=True) if found != ours]


def test_300_states_agree_exactly(module, record_property):
    assert unequal(module(base.module_text("sweep_counter.mjs"))) == []
    certified(record_property, "sweep-counter", len(rows()), 0)
    assert {ours["cheaper"] for _, ours in rows()} == {"forward", "reverse", "tie"}


MUTATIONS = {
    "columns and rows exchanged": ("[Math.min(sweeps, n), ", "[Math.min(sweeps, m), "),
    "the dearer mode": ('n < m ? "forward"', 'n > m ? "forward"'),
    "no tie": ('n === m ? "tie"', 'n === -m ? "tie"'),
    "entries of the wrong side": ("reverse: rows * n", "reverse: rows * m"),
    "a race that ends too early": ("last: Math.max(n, m)", "last: Math.min(n, m)"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("sweep_counter.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    assert unequal(module(base.module_text("sweep_counter.mjs")))


@pytest.fixture
def figure(live):
    return live(SweepCounter())


def model(page, *keys):
    get = "document.querySelector('figure').explorable.model.get"
    return [page.evaluate(f"{get}('{key}')") for key in keys]


def readout(page, name):
    return page.locator(f'[data-readout="{name}"]').text_content()


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def feet(page):
    return [
        g.locator("text").nth(1).text_content()
        for g in page.locator(".mc-sweeps > g[aria-hidden]").all()
    ]


def test_it_starts_in_the_middle_of_the_race(figure):
    assert (readout(figure, "jvps"), readout(figure, "vjps")) == ("30", "12")
    assert readout(figure, "cheaper") == "reverse mode"
    assert feet(figure) == ["8 of 30 sweeps", "8 of 12 sweeps"]


def test_the_ledgers_vectors_on_the_page(figure):
    figure.locator('[data-control="example"]').select_option(index=0)
    assert model(figure, "n", "m") == [1000, 3]
    assert (readout(figure, "jvps"), readout(figure, "vjps")) == ("1000", "3")
    figure.locator('[data-control="example"]').select_option(index=1)
    assert "one sweep is the whole gradient" in words(figure)
    figure.locator('[data-box="n"]').fill("2")
    figure.locator('[data-box="m"]').fill("50")
    assert readout(figure, "cheaper") == "forward mode"
    figure.locator('[data-box="m"]').fill("2")
    assert readout(figure, "cheaper") == "a tie"


def test_the_corner_is_dragged_and_moved_by_keys(figure):
    handle = figure.locator(".mc-handle")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    figure.mouse.move(x, y)
    figure.mouse.down()
    figure.mouse.move(x + 60, y - 40, steps=4)
    figure.mouse.up()
    n, m = model(figure, "n", "m")
    assert n > 60
    assert m < 8
    moved = handle.bounding_box()
    assert moved["x"] + moved["width"] / 2 == pytest.approx(x + 60, abs=3)
    handle.focus()
    figure.keyboard.press("ArrowRight")
    figure.keyboard.press("ArrowDown")
    assert model(figure, "n", "m") == [n + 1, m + 1]
    figure.keyboard.press("ArrowUp")
    figure.keyboard.press("Shift+ArrowLeft")
    assert model(figure, "n", "m") == [n + 1 - round((n + 1) / 5), m]
    assert handle.get_attribute("aria-valuetext") == f"n = {n + 1 - round((n + 1) / 5)}, m = {m}"


def test_the_sliders_have_all_sizes(figure):
    slider = figure.locator('[data-control="n"]')
    slider.focus()
    for key, n in (("Home", 1), ("End", 1000)):
        figure.keyboard.press(key)
        assert model(figure, "n") == [n]


def test_sweep_by_sweep(figure):
    figure.locator('[data-control="forth"]').click(click_count=1)
    assert feet(figure) == ["9 of 30 sweeps", "9 of 12 sweeps"]
    figure.locator('[data-box="sweeps"]').fill("12")
    assert feet(figure) == ["12 of 30 sweeps", "complete after 12 sweeps"]
    figure.locator('[data-control="back"]').click()
    assert model(figure, "sweeps") == [11]


def test_the_race_runs_to_its_end(figure):
    figure.locator('[data-control="play"]').click()
    figure.wait_for_function(
        "document.querySelector('figure').explorable.model.get('sweeps') === 30"
    )
    assert feet(figure) == ["complete after 30 sweeps", "complete after 12 sweeps"]
    assert figure.locator('[data-control="play"]').text_content() == "Play"


def test_nothing_moves_where_the_reader_wants_calm(figure):
    figure.emulate_media(reduced_motion="reduce")
    figure.locator('[data-control="play"]').click()
    assert model(figure, "sweeps") == [30]


def test_a_step_is_quick_and_a_phone_has_room(live):
    page = live(SweepCounter(), width=390)
    spent = page.evaluate("""() => {
      const { model } = document.querySelector("figure").explorable, start = performance.now();
      for (let k = 1; k <= 40; k++) model.set("n", 20 * k);
      return (performance.now() - start) / 40;
    }""")
    assert spent < 8
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "NaN" not in page.locator("figure").inner_html()
