"""The quadratic form in Python: its numbers by second roads, what it refuses, its picture."""

import json
from math import pi

import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import HessianQuadraticModel
from mathcalc.explorables.hessian_quadratic_model import reference
from mathcalc.symbolic import ScalarField

VECTORS = [
    ({"a": 2, "b": 1, "c": 2, "phi": pi / 4}, {"eigen": [1, 3], "trace": 4, "det": 3}),
    ({"a": 2, "b": 1, "c": 2, "phi": pi / 4}, {"curvature": 3, "twist": 0}),
    ({"a": 2, "b": 0, "c": -2, "phi": 0.0}, {"eigen": [-2, 2], "trace": 0, "det": -4}),
]
KINDS = [
    ((2, 1, 2), "positive definite"),
    ((2, 0, -2), "indefinite"),
    ((-1, 0.5, -2), "negative definite"),
    ((1, 1, 1), "positive semidefinite"),
    ((0.1, 0.3, 0.9), "positive semidefinite"),
    ((-3, 0, 0), "negative semidefinite"),
    ((0, 0, 0), "zero"),
    ((0, 0.05, 0), "indefinite"),
]


def some_states(count=40):
    rng = np.random.default_rng(8)
    for _ in range(count):
        a, b, c = rng.uniform(-3, 3, 3).tolist()
        yield {"a": a, "b": b, "c": c, "phi": float(rng.uniform(0, 2 * pi))}


@pytest.mark.parametrize(("state", "known"), VECTORS)
def test_known_numbers(state, known):
    found = reference(state)
    for key, value in known.items():
        np.testing.assert_allclose(found[key], value, atol=1e-12)


@pytest.mark.parametrize(("entries", "kind"), KINDS)
def test_the_kind_is_that_of_the_minors(entries, kind):
    """Sylvester's criterion where both leading minors have a sign."""
    a, b, c = entries
    assert reference({"a": a, "b": b, "c": c, "phi": 0.0})["kind"] == kind
    det = a * c - b * b
    if abs(det) > 1e-12:
        told = "indefinite" if det < 0 else f"{'positive' if a > 0 else 'negative'} definite"
        assert kind == told


def test_the_invariants_of_the_ledger():
    for state in some_states():
        found = reference(state)
        low, high = found["eigen"]
        assert low + high == pytest.approx(state["a"] + state["c"], abs=1e-9)
        assert low * high == pytest.approx(state["a"] * state["c"] - state["b"] ** 2, abs=1e-9)
        assert low - 1e-12 <= found["curvature"] <= high + 1e-12


def test_the_curvature_is_the_second_derivative_of_a_slice():
    for state in some_states(10):
        a, b, c = (state[key] for key in "abc")
        field = ScalarField(f"({a!r}*x**2 + 2*({b!r})*x*y + ({c!r})*y**2)/2", ("x", "y"))
        found, u = reference(state), np.array(reference(state)["u"])
        q = [field(t * u) for t in (-1.0, 0.0, 1.0)]
        assert q[0] - 2 * q[1] + q[2] == pytest.approx(found["curvature"], abs=1e-12)
        assert field.laplacian([0, 0]) == pytest.approx(found["trace"])


def test_the_point_lies_on_the_circle_at_twice_the_angle():
    for state in some_states():
        found = reference(state)
        at = complex(found["curvature"] - found["centre"], found["twist"])
        assert abs(at) == pytest.approx(found["radius"])
        start = reference({**state, "phi": 0.0})
        first = complex(start["curvature"] - start["centre"], start["twist"])
        assert at / first == pytest.approx(np.exp(2j * state["phi"]))


def test_zero_lies_inside_the_circle_exactly_for_saddles():
    for state in some_states():
        found = reference(state)
        inside = abs(found["centre"]) < found["radius"]
        assert inside == (found["kind"] == "indefinite") == (found["det"] < 0)
        assert found["det"] == pytest.approx(found["centre"] ** 2 - found["radius"] ** 2, abs=1e-9)


def test_state_is_checked():
    for wrong in ({"a": 3.5}, {"b": float("nan")}, {"c": -4.0}, {"phi": float("inf")}):
        with pytest.raises(TraitError, match=next(iter(wrong))):
            HessianQuadraticModel(**wrong)
    assert HessianQuadraticModel(phi=-pi / 2).phi == pytest.approx(1.5 * pi)


def test_the_page_has_a_still_picture_in_words():
    figure = html.fragment_fromstring(HessianQuadraticModel().to_html())
    assert json.loads(figure.get("data-state"))["b"] == 1.0
    told = figure.xpath(".//*[@role='img']/@aria-label")[0]
    assert "eigenvalues 1 and 3; along u the curvature is 2.5. H is positive definite." in told
    assert figure.xpath(".//figcaption")[0].text


def test_the_still_picture_of_a_multiple_of_the_identity():
    assert "zero" in HessianQuadraticModel(0, 0, 0).alt
    assert "NaN" not in HessianQuadraticModel(1, 0, 1).to_html()
