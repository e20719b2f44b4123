"""The Python half of the figure on the step of a difference quotient."""

import json
import math

import numpy as np
import pytest
import sympy as sp
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import DifferenceStep, explorable
from mathcalc.explorables.difference_step import FUNCTIONS, reference, step_of
from mathcalc.expression import parse


def numbers(f, log10_h):
    return reference(DifferenceStep(f, log10_h).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("difference-step") is DifferenceStep
    figure = html.fragment_fromstring(DifferenceStep().to_html())
    assert json.loads(figure.get("data-state"))["log10_h"] == -8.0
    assert "logarithmic" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


def test_state_is_checked():
    with pytest.raises(TraitError, match="from -15 to 0"):
        DifferenceStep(log10_h=1)
    with pytest.raises(TraitError):
        DifferenceStep("cosh")


def test_the_slopes_in_the_menu_are_the_derivatives():
    for entry in FUNCTIONS:
        f, slope = (parse(entry[key], ("x", "y")) for key in ("formula", "slope"))
        x = sp.Symbol("x", real=True)
        assert sp.simplify(f.diff(x) - slope) == 0


def test_the_ledgers_numbers():
    assert 1e-9 < numbers("sin", -8)["central"]["error"] < 1e-8
    assert numbers("sin", -3)["central"]["error"] == pytest.approx(9.005045020771263e-08, abs=1e-12)
    assert numbers("quadratic", -1)["central"]["error"] < 1e-13
    assert numbers("quadratic", -8)["central"]["error"] > 1e-9


@pytest.mark.parametrize("f", ["sin", "exp"])
@pytest.mark.parametrize("rule", ["central", "onesided"])
def test_the_prediction_holds_on_both_sides_of_the_best_step(f, rule):
    """Truncation is met closely; rounding is a bound of the right size."""
    for k in np.arange(-2.5, math.log10(numbers(f, -1)["best"][rule]) + 1, -0.25):
        row = numbers(f, k)[rule]
        assert row["error"] == pytest.approx(row["predicted"], rel=0.05)
    rows = [numbers(f, k)[rule] for k in np.arange(-14, -9, 0.25)]
    ratios = [row["error"] / row["predicted"] for row in rows]
    assert max(ratios) < 2
    assert np.median(ratios) > 0.05


@pytest.mark.parametrize("f", ["sin", "exp"])
@pytest.mark.parametrize("rule", ["central", "onesided"])
def test_the_best_step_minimises_the_prediction(f, rule):
    best = math.log10(numbers(f, -8)["best"][rule])
    at = {k: numbers(f, best + k)[rule]["predicted"] for k in (-0.3, 0, 0.3)}
    assert at[0] < min(at[-0.3], at[0.3])


def test_a_quadratic_has_no_truncation_error():
    assert numbers("quadratic", -8)["best"]["central"] is None
    assert "only adds rounding" in DifferenceStep("quadratic").alt


def test_a_step_has_three_digits():
    assert step_of(-8) == 1e-8
    assert step_of(-7.95) == 1.12e-8
