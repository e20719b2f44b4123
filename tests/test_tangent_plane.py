"""The Python half of the figure on the tangent plane."""

import json

import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc import numerical
from mathcalc.explorables import TangentPlane, explorable
from mathcalc.explorables.tangent_plane import SURFACES, reference
from mathcalc.explorables.tangent_plane_twin import nearer
from mathcalc.symbolic import ScalarField


def numbers(*args, **own):
    return reference(TangentPlane(*args, **own).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("tangent-plane") is TangentPlane
    figure = html.fragment_fromstring(TangentPlane("bowl").to_html())
    assert json.loads(figure.get("data-state"))["point"] == [1.0, 2.0]
    assert "slope 4 and 5" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


def test_state_is_checked():
    with pytest.raises(ValueError, match="choose one of"):
        TangentPlane("hil")
    with pytest.raises(ValueError, match="no parameters"):
        TangentPlane(points=[0, 0])
    wrong = ({"zoom": 9}, {"turn": 200}, {"tilt": 90}, {"formula": "x^2"}, {"window": [0, 1, 0, 2]})
    for state in wrong:
        with pytest.raises(TraitError):
            TangentPlane(**state)
    for point in ([3.0, 0.0], [0.0, float("nan")]):
        with pytest.raises(TraitError, match="point"):
            TangentPlane(point=point)


def test_the_books_example():
    now = numbers("bowl")
    assert (now["value"], now["gradient"]) == (7.0, [4.0, 5.0])
    step = np.array(now["at"]["probe"]) - [1, 2]
    assert now["at"]["remainder"] == pytest.approx(step[0] ** 2 + step[0] * step[1] + step[1] ** 2)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda s: s["name"])
def test_the_gradient_is_that_of_differences(surface):
    field = ScalarField(surface["formula"], ("x", "y"))
    found = numerical.gradient(field, surface["point"])
    np.testing.assert_allclose(numbers(surface["name"])["gradient"], found, atol=1e-9)


@pytest.mark.parametrize("name", ["hill", "bowl", "saddle", "waves", "cone"])
def test_the_ratio_goes_to_zero_like_the_distance(name):
    distances, ratios = np.transpose(numbers(name)["ratios"])
    assert distances[0] / distances[-1] == pytest.approx(256)
    assert ratios[-1] < 0.02
    assert ratios[-1] / ratios[-2] == pytest.approx(0.5, abs=0.05)


def test_a_kink_keeps_its_ratio():
    ratios = numbers("fold", point=[0.0, 0.0])["ratios"]
    assert ratios[-1][1] > 0.8
    assert numbers("cone", point=[0.0, 0.0])["gradient"] is None
    assert "no tangent plane" in TangentPlane("cone", point=[0.0, 0.0]).alt


def test_the_camera_is_a_right_handed_orthonormal_basis():
    for turn, tilt in [(0, 0), (28, 28), (-130, 70), (90, -30)]:
        basis = np.array([*numbers(turn=turn, tilt=tilt)["camera"].values()])
        np.testing.assert_allclose(basis @ basis.T, np.eye(3), atol=1e-14)
        assert np.linalg.det(basis) == pytest.approx(1)
    south = numbers(turn=0, tilt=0)["camera"]
    assert (south["right"], south["up"]) == ([1, 0, 0], [0, 0, 1])


def test_nearer_keeps_the_point_in_its_place():
    left, right, bottom, top = nearer([-2, 2, -1, 3], [1, 2], 3)
    assert (right - left, top - bottom) == (0.5, 0.5)
    assert ((1 - left) / 0.5, (2 - bottom) / 0.5) == (0.75, 0.75)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda s: s["name"])
def test_every_twin_can_be_drawn(surface):
    assert len(TangentPlane(surface["name"]).to_html()) < 120_000


@pytest.mark.parametrize("formula", ["log(x)", "1/x", "3"])
def test_a_twin_without_a_plane_can_be_drawn(formula):
    figure = TangentPlane(formula=formula, point=[0.0, 0.0])
    assert ("no tangent plane" in figure.to_html()) == (formula != "3")
