"""The Python half of the checkpoint planner: the ledger's numbers, the state, the twin."""

import json
from math import ceil

import pytest
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import CheckpointPlanner, explorable
from mathcalc.explorables.checkpoint_planner import reference


def shown(**options):
    return reference(CheckpointPlanner(**options).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("checkpointing") is CheckpointPlanner
    figure = html.fragment_fromstring(CheckpointPlanner().to_html())
    assert json.loads(figure.get("data-state"))["k"] == 10
    assert "20 at the peak" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


@pytest.mark.parametrize(("k", "peak"), [(10, 20), (1, 101), (100, 101)])
def test_the_ledgers_vectors(k, peak):
    assert shown(n=100, k=k)["peak"] == peak


@pytest.mark.parametrize("n", [4, 37, 100, 399])
def test_the_formula_is_what_carrying_it_out_gives(n):
    for k in range(1, n + 1, 7):
        now = shown(n=n, k=k)
        assert now["peak"] == now["equal"]["peak"] == k + ceil(n / k)
        assert now["advanced"] == now["equal"]["advanced"] <= n - 1


def test_falling_segments_fit_a_budget_that_equal_ones_do_not():
    falling = [14, 27, 39, 50, 60, 69, 77, 84, 90, 95, 99]
    assert shown(plan="own", own=falling, budget=15)["fits"]
    assert not any(shown(k=k, budget=19)["fits"] for k in range(1, 101))


@pytest.mark.parametrize(("budget", "s", "t", "advanced"), [(6, 5, 4, 316), (2, 1, 99, 4950)])
def test_the_binomial_plan(budget, s, t, advanced):
    now = shown(plan="binomial", budget=budget)
    assert now["binomial"]["s"] == s
    assert now["binomial"]["t"] == t
    assert now["advanced"] == now["binomial"]["advanced"] == advanced
    assert now["peak"] == budget
    assert now["fits"]


def test_state_is_checked():
    for wrong in (
        {"n": 3},
        {"k": 0},
        {"budget": 1},
        {"plan": "revolve"},
        {"own": [5, 5]},
        {"tick": -1},
    ):
        with pytest.raises(TraitError):
            CheckpointPlanner(**wrong)
    assert shown(n=20, plan="own", own=[5, 50])["ticks"] == 5 + 2 * 20
    assert shown(n=20, k=50)["equal"]["k"] == 20


@pytest.mark.parametrize("options", [{}, {"plan": "own", "own": [30, 60]}, {"plan": "binomial"}])
def test_the_twin_shows_memory_beside_time(options):
    figure = CheckpointPlanner(**options)
    left, right = figure.twin().axes
    (area,) = right.collections
    peak = reference(figure.state())["peak"]
    assert area.get_paths()[0].vertices[:, 0].max() == peak
    assert f"{peak} at the peak" in figure.alt
    assert len(left.lines) > 3
