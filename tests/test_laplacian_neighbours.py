"""The circle of neighbours in Python: its numbers by second roads, refusals, the picture."""

import json
from itertools import pairwise
from math import factorial

import numpy as np
import pytest
import sympy as sp
from lxml import html
from traitlets import TraitError

from mathcalc import numerical
from mathcalc.explorables import LaplacianNeighbours
from mathcalc.explorables.laplacian_neighbours import SURFACES, reference
from mathcalc.symbolic import ScalarField


def some_states(count=24):
    rng = np.random.default_rng(9)
    for k in range(count):
        p, r = rng.uniform(-2, 2, 2).tolist(), float(rng.uniform(0.01, 1))
        yield {"formula": SURFACES[k % 4]["formula"], "p": p, "r": r}


def test_the_known_number():
    found = reference({"formula": "x**2 + y**2", "p": [1, 1], "r": 0.5})
    assert found["mean"] == pytest.approx(0.25, abs=1e-12)
    assert found["forecast"] == 0.25


def test_the_ledgers_invariants():
    """For x² + y² both numbers are r²; the monkey saddle is harmonic, and both are zero."""
    for state in some_states():
        bowl = reference({**state, "formula": "x**2 + y**2"})
        assert [bowl["mean"], bowl["forecast"]] == pytest.approx([state["r"] ** 2] * 2, abs=1e-9)
        saddle = reference({**state, "formula": "x**3 - 3*x*y**2"})
        assert [saddle["mean"], saddle["forecast"]] == pytest.approx([0, 0], abs=1e-9)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda s: s["name"])
def test_the_mean_is_pizzettis_series(surface):
    """The mean over a circle is Σ (r/2)^2k Δ^k f / (k!)² (P. Pizzetti, 1909)."""
    field = ScalarField(surface["formula"], ("x", "y"))
    terms, x, y = [field.expression], *field.symbols
    for _ in range(8):
        terms.append(sp.diff(terms[-1], x, 2) + sp.diff(terms[-1], y, 2))
    p, r = (0.7, -1.1), 0.9
    series = sum(
        float(term.subs({x: p[0], y: p[1]})) * (r / 2) ** (2 * k) / factorial(k) ** 2
        for k, term in enumerate(terms)
    )
    found = reference({"formula": surface["formula"], "p": p, "r": r})
    assert found["mean"] == pytest.approx(series - found["value"], abs=1e-12)


def test_the_laplacian_is_that_of_differences_and_of_the_menu():
    for k, state in enumerate(some_states()):
        field, p = ScalarField(state["formula"], ("x", "y")), np.array(state["p"])
        found = reference(state)["laplacian"]
        assert found == pytest.approx(float(numerical.laplacian(field, p)), abs=1e-5)
        told = ScalarField(SURFACES[k % 4]["laplacian"], ("x", "y"))
        assert found == pytest.approx(float(told(p)), abs=1e-12)


def test_the_rest_falls_with_the_fourth_power():
    gaps = []
    for r in (0.4, 0.2, 0.1):
        found = reference({"formula": "cos(x)*cos(y)", "p": [0.5, 0.3], "r": r})
        gaps.append(found["mean"] - found["forecast"])
    assert [a / b for a, b in pairwise(gaps)] == pytest.approx([16, 16], 0.05)


def test_no_value_has_no_laplacian():
    found = reference({"formula": "log(x) + y**2", "p": [-1, 0], "r": 0.2})
    assert np.isnan([found[key] for key in ("value", "laplacian", "mean", "forecast")]).all()


def test_state_is_checked():
    with pytest.raises(ValueError, match="choose one of"):
        LaplacianNeighbours("basin")
    for own in ({"p": [2.5, 0]}, {"r": 0.0}, {"r": 1.5}, {"formula": "x^2"}, {"p": [np.nan, 0]}):
        with pytest.raises(TraitError, match=next(iter(own))):
            LaplacianNeighbours(**own)
    assert LaplacianNeighbours("egg box").formula == "cos(x)*cos(y)"


def test_the_page_has_a_still_picture_in_words():
    figure = html.fragment_fromstring(LaplacianNeighbours().to_html())
    assert json.loads(figure.get("data-state"))["r"] == 0.5
    told = figure.xpath(".//*[@role='img']/@aria-label")[0]
    assert "on average by 0.25, where r²Δf/4 is 0.25" in told
    assert figure.xpath(".//figcaption")[0].text


@pytest.mark.parametrize("p", [[-1, 0], [0.2, 0]])
def test_the_still_picture_does_without_values(p):
    figure = LaplacianNeighbours(formula="log(x) + y", p=p)
    assert "no value" in figure.alt
    assert "NaN" not in figure.to_html()
