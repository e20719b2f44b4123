"""The checkpoint planner: its schedules carried out in Python, and driven as a reader does."""

import json
from functools import cache

import numpy as np
import pytest
from driving import certified

from mathcalc.checkpointing import binomial_steps
from mathcalc.explorables import CheckpointPlanner, base
from mathcalc.explorables.checkpoint_planner import reference, starts_of
from mathcalc.reversal import Plan

pytestmark = pytest.mark.browser

STATES = 300
COMPUTE = """(states) => JSON.stringify(states.map((state) => {
  const { timed, memory, snapshots, ...numbers } = module.compute(state);
  return { ...numbers, actions: timed.map(({ kind, from, to }) => [kind, from, to]) };
}))"""
TIMELESS = ("store", "restore", "free")


@cache
def rows():
    rng, made = np.random.default_rng(31), []
    for k in range(STATES):
        n = int(rng.integers(4, 401))
        own = sorted(rng.choice(np.arange(1, n), int(rng.integers(0, min(n - 1, 30))), False))
        state = CheckpointPlanner(
            n=n,
            k=int(rng.integers(1, n + 1)),
            plan=("equal", "own", "binomial")[k % 3],
            own=list(map(int, own)),
            budget=int(rng.integers(2, 25)),
            tick=int(rng.integers(0, 2 * n)),
        ).state()
        made.append((state, reference(state)))
    return made


def carried_out(actions):
    """The page's schedule, checked and measured by the package."""
    return Plan([tuple(a[:2]) if a[0] in TIMELESS else tuple(a) for a in actions])


def moment(actions, tick):
    """What is in memory at a tick, by going through the actions one step at a time."""
    time, held, tape = 0, set(), 0
    for kind, i, j in actions:
        if kind in ("store", "free"):
            held = held | {i} if kind == "store" else held - {i}
            continue
        steps = abs(j - i)
        done = min(steps, tick - time)
        tape += {"record": done, "back": -done}.get(kind, 0)
        time += done
        if done < steps:
            break
    return sorted(held), tape


def faults(shown, state, ours):
    """Return which of the numbers are not what they must be."""
    for key in ("peak", "advanced", "ticks", "fits", "everything", "equal", "binomial"):
        if shown[key] != ours[key]:
            yield key
    try:
        plan = carried_out(shown["actions"])
    except ValueError as error:
        yield str(error)
        return
    if (plan.n, plan.peak, plan.advanced) != (state["n"], ours["peak"], ours["advanced"]):
        yield "the schedule"
    now = shown["moment"]
    if (now["kept"], now["tape"][1] - now["tape"][0]) != moment(shown["actions"], shown["tick"]):
        yield "the moment"
    if state["plan"] != "binomial" and shown["starts"] != starts_of(state):
        yield "the segments"


def compute(page, states):
    return json.loads(page.evaluate(COMPUTE, states))


def all_faults(page, count=STATES):
    chosen = rows()[:count]
    pairs = zip(compute(page, [state for state, _ in chosen]), chosen, strict=True)
    return [(state, *f) for s, (state, ours) in pairs if (f := [*faults(s, state, ours)])]


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text("checkpoint_planner.mjs"))


def test_300_states_agree(numbers, record_property):
    assert all_faults(numbers) == []
    certified(record_property, "checkpointing", len(rows()), 0)


def test_the_ledgers_vectors(numbers):
    states = [CheckpointPlanner(n=100, k=k).state() for k in (10, 1, 100)]
    assert [row["peak"] for row in compute(numbers, states)] == [20, 101, 101]


def test_the_formula_for_all_small_chains(numbers):
    pairs = [(n, s) for n in range(1, 60) for s in range(1, 15)]
    module = base.module_text("checkpoint_schedule.mjs")
    found = numbers.evaluate(
        """async ([text, pairs]) => {
          const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
          const { leastSteps } = await import(url);
          return pairs.map((pair) => leastSteps(...pair));
        }""",
        [module, pairs],
    )
    assert found == [binomial_steps(*pair) for pair in pairs]


SCHEDULE = "checkpoint_schedule.mjs"
MUTATIONS = {
    "a snapshot that is never freed": (
        SCHEDULE,
        'actions.push(still("free", middle))',
        "actions.push()",
    ),
    "a split that is not the best": (
        SCHEDULE,
        "Math.min(longest(s, t - 1), left - longest(s - 1, t - 1))",
        "Math.max(1, left - longest(s - 1, 1))",
    ),
    "a formula with one step too many": (SCHEDULE, "t * n - longest(s + 1", "t * n - longest(s"),
    "the longer segments first": (SCHEDULE, "Math.floor((j * n) / k)", "Math.ceil((j * n) / k)"),
    "records that stay": (SCHEDULE, "back: -steps }", "back: 0 }"),
    "a snapshot that lives too long": (SCHEDULE, "tick < death", "tick <= death"),
    "a budget with one too few": (
        "checkpoint_planner.mjs",
        "run.peak <= budget",
        "run.peak < budget",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    file, line, wrong = MUTATIONS[name]
    original = base._read
    assert original(file).count(line) == 1
    monkeypatch.setattr(
        base, "_read", lambda f: original(f).replace(line, wrong) if f == file else original(f)
    )
    assert all_faults(module(base.module_text("checkpoint_planner.mjs")), 90)


# ── driven ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def figure(live):
    return live(CheckpointPlanner())


def model(page, key):
    return page.evaluate(f"document.querySelector('figure').explorable.model.get('{key}')")


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def table(page):
    rows = page.locator(".mc-planner tbody tr").all()
    return {row.locator("th").text_content(): row.locator("td").all_text_contents() for row in rows}


def test_it_starts_with_ten_segments(figure):
    assert table(figure)["10 equal segments: k + ⌈n/k⌉"] == ["20", "90"]
    assert table(figure)["everything recorded"] == ["101", "0"]
    assert "9 snapshots, 5 recorded steps, 14 values" in words(figure)
    assert "5 over the budget of 15" in words(figure)
    assert figure.locator(".mc-budget-line.mc-broken").count() == 1


def test_the_segments_follow_the_slider(figure):
    figure.locator('[data-box="k"]').fill("1")
    assert table(figure)["1 equal segment: k + ⌈n/k⌉"] == ["101", "0"]
    figure.locator('[data-box="k"]').fill("100")
    assert table(figure)["100 equal segments: k + ⌈n/k⌉"] == ["101", "99"]
    figure.locator('[data-box="n"]').fill("36")
    figure.locator('[data-box="k"]').fill("6")
    assert table(figure)["6 equal segments: k + ⌈n/k⌉"] == ["12", "30"]


def test_a_snapshot_is_dragged(figure):
    box = figure.locator('[data-snapshot="1"]').bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 12
    chain = figure.locator(".mc-chain-cells").bounding_box()
    figure.mouse.move(x, y)
    figure.mouse.down()
    figure.mouse.move(x + 0.04 * chain["width"], y, steps=4)
    figure.mouse.up()
    assert model(figure, "plan") == "own"
    assert model(figure, "own") == [14, 20, 30, 40, 50, 60, 70, 80, 90]
    assert table(figure)["your snapshots"] == ["20", "90"]
    figure.mouse.move(x + 0.04 * chain["width"], y)
    figure.mouse.down()
    figure.mouse.move(x + 0.5 * chain["width"], y, steps=4)
    figure.mouse.up()
    assert model(figure, "own")[0] == 19  # it does not pass its neighbour


def test_keys_reach_a_budget_that_equal_segments_do_not(figure):
    goal = [13, 25, 36, 46, 55, 64, 73, 82, 91]
    figure.locator('[data-box="budget"]').fill("18")
    for j in range(9, 0, -1):
        figure.locator(f'[data-snapshot="{j}"]').focus()
        way = "ArrowRight" if goal[j - 1] > 10 * j else "ArrowLeft"
        for _ in range(abs(goal[j - 1] - 10 * j)):
            figure.keyboard.press(way)
    assert model(figure, "own") == goal
    assert table(figure)["your snapshots"] == ["19", "91"]
    figure.locator('[data-snapshot="9"]').focus()
    figure.keyboard.press("Shift+ArrowRight")
    assert model(figure, "own")[-1] == 96


def test_the_binomial_plan(figure):
    figure.locator('[data-control="plan-2"]').check()
    figure.locator('[data-box="budget"]').fill("6")
    assert table(figure)["binomial, s = 5, t = 4"] == ["6", "316"]
    assert "no schedule that records one step at a time runs fewer" in words(figure)
    assert figure.locator("[data-snapshot]").count() == 0
    figure.locator('[data-control="plan-1"]').check()
    assert model(figure, "own") == list(range(10, 100, 10))


def test_time_goes_by_steps_by_keys_and_by_the_pointer(figure):
    figure.locator('[data-box="tick"]').fill("0")
    assert "The first state is stored" in words(figure)
    figure.locator('[data-control="forth"]').click()
    assert model(figure, "tick") == 10
    assert "Step 10 runs, and is forgotten" in words(figure)
    for _ in range(9):
        figure.locator('[data-control="forth"]').click()
    assert "Step 100 runs and is recorded" in words(figure)
    figure.locator('[data-control="forth"]').click()
    assert "back to state 90" in words(figure)
    figure.locator('[data-control="back"]').click()
    assert model(figure, "tick") == 100
    figure.locator('[data-control="tick"]').focus()
    figure.keyboard.press("ArrowRight")
    assert model(figure, "tick") == 101
    area = figure.locator(".mc-field-area").bounding_box()
    figure.mouse.click(area["x"] + 30, area["y"] + area["height"] / 2)
    assert model(figure, "tick") == pytest.approx(145, abs=2)


def test_play_runs_and_stops(figure):
    figure.locator('[data-box="tick"]').fill("0")
    figure.locator('[data-control="play"]').click()
    figure.wait_for_function("document.querySelector('figure').explorable.model.get('tick') > 20")
    figure.locator('[data-control="play"]').click()
    stopped = model(figure, "tick")
    figure.wait_for_timeout(200)
    assert model(figure, "tick") == stopped


def test_nothing_moves_where_the_reader_wants_calm(figure):
    figure.emulate_media(reduced_motion="reduce")
    figure.locator('[data-control="play"]').click()
    assert model(figure, "tick") == 290
    assert "back to state 0" in words(figure)


def test_the_extremes_draw(figure):
    for n, k, budget in ((4, 4, 60), (400, 400, 2), (400, 1, 2)):
        for key, value in (("n", n), ("k", k), ("budget", budget)):
            figure.locator(f'[data-box="{key}"]').fill(str(value))
        for plan in range(3):
            figure.locator(f'[data-control="plan-{plan}"]').check()
            assert "NaN" not in figure.locator("figure").inner_html()


def test_a_step_is_quick_and_a_phone_has_room(live):
    page = live(CheckpointPlanner(n=400, k=20), width=390)
    spent = page.evaluate("""() => {
      const { model } = document.querySelector("figure").explorable, start = performance.now();
      model.set("plan", "own");
      for (let k = 0; k < 80; k++) model.set("own", [20 + k, 100, 200, 300]);
      for (let k = 0; k < 40; k++) model.set("tick", 3 * k);
      return (performance.now() - start) / 120;
    }""")
    assert spent < 8
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
