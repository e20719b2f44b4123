"""The Python half of the ravine experiment."""

import json

import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import RavineExperiment, explorable
from mathcalc.explorables.ravine_experiment import BETAS, STEPS, reference


def numbers(**own):
    return reference(RavineExperiment(**own).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("ravine-experiment") is RavineExperiment
    figure = html.fragment_fromstring(RavineExperiment().to_html())
    state = json.loads(figure.get("data-state"))
    assert (state["betas"], state["eta_lambda"], state["revealed"]) == ([0, 0.14, 0.9], 1.9, False)
    assert "0.900, 0.446, 0.949" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


def test_the_caption_does_not_tell():
    assert "0.14" not in RavineExperiment().caption


def test_state_is_checked():
    for wrong in ({"eta_lambda": 4.5}, {"steepness": 1.0}, {"guess": 3}, {"t": 61}, {"t": -1}):
        with pytest.raises(TraitError):
            RavineExperiment(**wrong)


def test_the_ledgers_outcomes():
    """Strong momentum bounces longer than none; a little of it damps best; 2(1 + β) is stable."""
    none, little, strong = numbers()["trials"]
    assert none["across"] == pytest.approx(0.9)
    assert strong["across"] == pytest.approx(np.sqrt(0.9))
    assert little["across"] < 0.5 < none["across"] < strong["across"]
    assert numbers()["calmest"] == 1
    assert numbers()["fastest"] == 2
    longer = numbers(eta_lambda=2.5)["trials"]
    assert [trial["across"] < 1 for trial in longer] == [False, False, True]


@pytest.mark.parametrize("k", range(len(BETAS)))
def test_the_limit_is_the_boundary(k):
    limit = numbers()["trials"][k]["limit"]
    assert numbers(eta_lambda=limit - 0.01)["trials"][k]["across"] < 1
    assert numbers(eta_lambda=limit + 0.01)["trials"][k]["across"] > 1


@pytest.mark.parametrize("own", [{}, {"eta_lambda": 1.2}, {"eta_lambda": 2.1, "steepness": 25.0}])
def test_a_step_shrinks_the_path_by_the_factor(own):
    """In the long run, on average over many steps, whatever the swinging in between."""
    now = numbers(**own)
    for trial in now["trials"]:
        path = np.abs(trial["path"])
        assert len(path) == STEPS + 1
        early, late = path[10:20].max(0), path[50:60].max(0)
        np.testing.assert_allclose(
            (late / early) ** (1 / 40), [trial["along"], trial["across"]], rtol=0.03
        )
