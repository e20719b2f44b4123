"""The Python half of the forward and backward pass."""

import json

import jax
import numpy as np
import pytest
import sympy as sp
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import ComputationGraph, explorable
from mathcalc.explorables.computation_graph import EXAMPLES, LINES, reference
from mathcalc.explorables.recording import variables

jax.config.update("jax_enable_x64", True)


def numbers(formula="(a*b + b)**2", at=None):
    return reference(ComputationGraph(formula, at).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("computation-graph") is ComputationGraph
    figure = html.fragment_fromstring(ComputationGraph().to_html())
    assert json.loads(figure.get("data-state"))["at"] == [2, 3]
    alt = figure.xpath(".//*[local-name()='svg']/@aria-label")[0]
    assert "L = 81; ∂L/∂a = 54, ∂L/∂b = 54" in alt


def test_state_is_checked():
    wrong = [
        "x^2",
        "",
        "x; y",
        "3",
        "alpha + 1",
        "+".join("abcdfgh"),
        "*".join(["x"] * (LINES + 1)),
    ]
    for formula in wrong:
        with pytest.raises(TraitError):
            ComputationGraph(formula)
    for own in ({"stage": -1}, {"stage": 2 * LINES + 1}):
        with pytest.raises(TraitError):
            ComputationGraph(**own)


def test_the_ledgers_vectors():
    for at, loss, slopes in (([2, 3], 81, [54, 54]), ([1, -1], 4, [4, -8])):
        now = numbers(at=at)
        assert (now["values"][-1], now["adjoints"][:2]) == (loss, slopes)
    assert numbers()["values"] == [2, 3, 6, 9, 81]
    assert numbers()["adjoints"] == [54, 54, 18, 18, 1]
    assert [arrow["share"] for arrow in numbers()["shares"][1]] == [36, 18]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["name"])
def test_the_inputs_adjoints_are_jaxs_gradient(example):
    names = variables(example["formula"])
    f = sp.lambdify(names, sp.sympify(example["formula"]), "jax")
    rng = np.random.default_rng(9)
    for _ in range(5):
        at = rng.uniform(-3, 3, len(names)).tolist()
        now = numbers(example["formula"], at)
        slopes = jax.grad(f, tuple(range(len(names))))(*at)
        np.testing.assert_allclose(now["adjoints"][: len(names)], slopes, rtol=1e-10, atol=1e-12)
        assert now["values"][-1] == pytest.approx(float(f(*at)), rel=1e-12)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["name"])
def test_every_adjoint_is_the_sum_of_its_shares(example):
    now = numbers(example["formula"])
    assert now["adjoints"][-1] == 1
    for adjoint, shares in zip(now["adjoints"][:-1], now["shares"][:-1], strict=True):
        assert shares
        assert adjoint == pytest.approx(sum(arrow["share"] for arrow in shares), rel=1e-12)


def test_doubling_has_six_arrows_and_eight_paths():
    now = numbers(EXAMPLES[4]["formula"])
    assert len(now["values"]) == 4
    assert sum(map(len, now["shares"])) == 6
    assert now["adjoints"][0] == 8


def test_missing_inputs_are_ones():
    assert numbers("x*y", [])["point"] == [1, 1]
    assert numbers("x*y", [5])["point"] == [5, 1]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["name"])
def test_the_menu_draws(example):
    assert "<svg" in ComputationGraph(example["formula"]).to_html()
