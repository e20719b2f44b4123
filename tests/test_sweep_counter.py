"""The Python half of the sweep counter: counts by counting."""

import json

import pytest
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import SweepCounter, explorable
from mathcalc.explorables.sweep_counter import reference


def shown(n, m, sweeps=0):
    return reference(SweepCounter(n, m, sweeps).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("sweep-counter") is SweepCounter
    figure = html.fragment_fromstring(SweepCounter().to_html())
    assert json.loads(figure.get("data-state"))["n"] == 30
    assert "8 rows of the second" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


def test_the_ledgers_vectors():
    assert (shown(1000, 3)["jvps"], shown(1000, 3)["vjps"]) == (1000, 3)
    assert shown(1000, 3)["cheaper"] == "reverse"
    assert shown(2, 50)["cheaper"] == "forward"
    assert shown(17, 17)["cheaper"] == "tie"
    assert shown(1000, 1)["vjps"] == 1


def test_what_is_filled():
    now = shown(5, 3, sweeps=4)
    assert (now["columns"], now["rows"]) == (4, 3)
    assert now["found"] == {"forward": 12, "reverse": 15}


def test_state_is_checked():
    for wrong in ({"n": 0}, {"m": 1001}, {"sweeps": -1}):
        with pytest.raises(TraitError):
            SweepCounter(**wrong)


def test_the_twin_fills_what_was_swept():
    left, right = SweepCounter(5, 3, 2).twin().axes
    assert (left.patches[0].get_width(), left.patches[0].get_height()) == (2, 3)
    assert (right.patches[0].get_width(), right.patches[0].get_height()) == (5, 2)
