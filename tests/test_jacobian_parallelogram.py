"""The Jacobian's parallelogram in Python: its numbers by second roads, what it refuses."""

import json

import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc import numerical
from mathcalc.explorables import JacobianParallelogram
from mathcalc.explorables.jacobian_parallelogram import MAPS, reference
from mathcalc.symbolic import VectorField

FIRST = {"first": "x**2 + y", "second": "x*y"}


def state(p, s=0.5, shape="square", own=FIRST):
    return {**own, "p": list(p), "s": s, "shape": shape}


def some_states(count=24):
    rng = np.random.default_rng(4)
    for k in range(count):
        own = {key: MAPS[k % 4][key] for key in ("first", "second")}
        shape = ("square", "circle")[k // 4 % 2]
        yield state(rng.uniform(-2, 2, 2), float(rng.uniform(0.01, 1)), shape, own)


@pytest.mark.parametrize(("p", "det"), [((1, 2), 0), ((1, 1), 1)])
def test_known_numbers(p, det):
    found = reference(state(p))
    np.testing.assert_allclose(found["J"], [[2, 1], [p[1], 1]], atol=1e-12)
    assert found["det"] == pytest.approx(det, abs=1e-12)


def test_the_first_maps_determinant_and_remainder_are_known_exactly():
    """det J = 2x² − y; the remainder for (a, b) is (a², ab), whose length is |a| ‖(a, b)‖."""
    rng = np.random.default_rng(1)
    for p in rng.uniform(-2, 2, (20, 2)):
        s = float(rng.uniform(0.01, 1))
        for shape in ("square", "circle"):
            found = reference(state(p, s, shape))
            assert found["det"] == pytest.approx(2 * p[0] ** 2 - p[1], abs=1e-9)
            assert found["remainder"] == pytest.approx(s, rel=1e-9)


def test_the_jacobian_is_that_of_differences():
    for each in some_states():
        field = VectorField([each["first"], each["second"]], ("x", "y"))
        found = numerical.jacobian(field, np.array(each["p"]))
        np.testing.assert_allclose(reference(each)["J"], found, atol=1e-7)


def test_the_singular_vectors_are_what_they_say():
    for each in some_states():
        found = reference(each)
        J, sigma, u, v = (np.array(found[key]) for key in ("J", "sigma", "u", "v"))
        np.testing.assert_allclose(J @ v.T, (sigma[:, None] * u).T, atol=1e-12)
        for pair in (u, v):
            np.testing.assert_allclose(pair @ pair.T, np.eye(2), atol=1e-12)
        assert v[0][0] >= 0
        assert sigma[0] * sigma[1] == pytest.approx(abs(found["det"]))


def test_the_images_area_is_that_of_a_fine_polygon():
    for each in some_states(8):
        field, n = VectorField([each["first"], each["second"]], ("x", "y")), 20000
        t = np.arange(n) / n
        if each["shape"] == "circle":
            h = np.stack([np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)])
        else:
            h = np.clip(np.abs((4 * t + np.array([[3], [2]])) % 4 - 2) - 0.5, 0, 1)
        h = each["s"] * h
        image = field(np.array(each["p"])[:, None] + h)
        areas = [np.sum(a[0] * np.roll(a[1], -1) - a[1] * np.roll(a[0], -1)) for a in (image, h)]
        assert reference(each)["ratio"] == pytest.approx(areas[0] / areas[1], rel=1e-4, abs=1e-6)


def test_the_area_tends_to_the_determinant():
    for each in some_states(8):
        small = reference({**each, "s": 0.01})
        assert small["ratio"] == pytest.approx(small["det"], abs=0.1)
        assert small["remainder"] < 0.05


def test_state_is_checked():
    with pytest.raises(ValueError, match="choose one of"):
        JacobianParallelogram("identity")
    with pytest.raises(ValueError, match="no parameters"):
        JacobianParallelogram(side=1)
    wrong = [{"p": [2.5, 0]}, {"p": [1.0]}, {"s": 0.0}, {"shape": "cube"}, {"p": [np.nan, 0]}]
    for own in (*wrong, {"first": "x^2"}, {"second": "z"}):
        with pytest.raises(TraitError, match=next(iter(own))):
            JacobianParallelogram(**own)
    assert JacobianParallelogram("polar").first == "x*cos(y)"


def test_the_page_has_a_still_picture_in_words():
    figure = html.fragment_fromstring(JacobianParallelogram().to_html())
    assert json.loads(figure.get("data-state"))["p"] == [1.0, 1.0]
    assert "[2, 1; 1, 1], of determinant 1" in figure.xpath(".//*[@role='img']/@aria-label")[0]
    assert figure.xpath(".//figcaption")[0].text


@pytest.mark.parametrize("shape", ["square", "circle"])
def test_the_still_picture_does_without_a_jacobian(shape):
    figure = JacobianParallelogram(first="log(x)", second="y", p=[-1, 0], shape=shape)
    assert "no Jacobian" in figure.alt
    assert "NaN" not in figure.to_html()
