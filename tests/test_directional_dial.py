"""The dial's Python half: its numbers by second roads, what it refuses, its still picture."""

import json
from math import atan2, pi

import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc import numerical, palette
from mathcalc.explorables import DirectionalDial
from mathcalc.explorables.directional_dial import SURFACES, reference
from mathcalc.symbolic import ScalarField

VECTORS = [
    ("x**2 + x*y + y**2", [1, 2], atan2(4, 3), {"gradient": [4, 5], "derivative": 6.4}),
    ("x**2 + x*y + y**2", [1, 2], atan2(4, 3), {"norm": 6.4031242374328485}),
    ("x**2 + x*y + y**2", [1, 2], atan2(-4, 5), {"derivative": 0.0, "theta": pi / 2}),
    ("(x**2 + 10*y**2)/2", [1, 1], 0.0, {"derivative": 1.0}),
    ("sin(x) + cos(y)", [0, 0], pi, {"derivative": -1.0, "theta": pi, "tangent": [0, 1]}),
]


def luminance(colour):
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def some_states(count=40):
    rng = np.random.default_rng(5)
    for k in range(count):
        p, phi = rng.uniform(-3, 3, 2).tolist(), rng.uniform(0, 2 * pi)
        yield {"formula": SURFACES[k % 3]["formula"], "p": p, "phi": phi}


@pytest.mark.parametrize(("formula", "p", "phi", "known"), VECTORS)
def test_known_numbers(formula, p, phi, known):
    found = reference({"formula": formula, "p": p, "phi": phi})
    for key, value in known.items():
        np.testing.assert_allclose(found[key], value, atol=1e-12)


def test_the_slope_is_that_of_the_slice_and_of_the_projection():
    for state in some_states():
        found = reference(state)
        f = ScalarField(state["formula"], ("x", "y"))
        slope = numerical.directional_derivative(f, np.array(state["p"]), np.array(found["u"]))
        assert found["derivative"] == pytest.approx(float(slope), abs=1e-8, rel=1e-8)
        assert abs(found["derivative"] - found["projection"]) <= 1e-9
        assert abs(np.dot(found["gradient"], found["tangent"])) <= 1e-9
        assert np.linalg.det([found["gradient"], found["tangent"]]) == pytest.approx(found["norm"])


def test_the_polar_curve_is_two_circles():
    """Thales: a point of the curve is as far from the diameter's middle as the radius is long."""
    for state in some_states():
        found = reference(state)
        end = abs(found["derivative"]) * np.array(found["u"])
        middle = np.sign(found["derivative"]) * np.array(found["gradient"]) / 2
        assert np.linalg.norm(end - middle) == pytest.approx(found["norm"] / 2)


def test_no_angle_at_a_critical_point_or_without_a_value():
    at_rest = reference({"formula": "x**2 + y**2", "p": [0, 0], "phi": 1.0})
    assert at_rest["derivative"] == 0
    assert at_rest["theta"] is at_rest["projection"] is at_rest["tangent"] is None
    nowhere = reference({"formula": "log(x) + y", "p": [-1, 0], "phi": 1.0})
    assert np.isnan(nowhere["value"])
    assert nowhere["theta"] is None
    assert np.isnan([nowhere["derivative"], *nowhere["gradient"]]).all()


def test_state_is_checked():
    with pytest.raises(ValueError, match="choose one of"):
        DirectionalDial("bowll")
    wrong = [{"p": [1.0]}, {"p": [3.5, 0]}, {"p": [float("nan"), 0]}, {"phi": float("inf")}]
    for own in (*wrong, {"formula": "x^2"}, {"formula": "x + z"}):
        with pytest.raises(TraitError, match=next(iter(own))):
            DirectionalDial(**own)
    assert DirectionalDial(phi=-pi / 2).phi == pytest.approx(1.5 * pi)
    assert DirectionalDial(phi=-1e-20).phi == 0
    assert DirectionalDial("waves").formula == "sin(x) + cos(y)"


def test_the_gradients_in_the_menu_are_right():
    for entry in SURFACES:
        p = np.array([0.7, -1.3])
        told = [ScalarField(text, ("x", "y"))(p) for text in entry["gradient"]]
        np.testing.assert_allclose(told, ScalarField(entry["formula"], ("x", "y")).gradient(p))


def test_the_page_has_a_still_picture_in_words():
    figure = html.fragment_fromstring(DirectionalDial().to_html())
    assert json.loads(figure.get("data-state"))["p"] == [1.0, 2.0]
    assert "6.400" in figure.xpath(".//*[@role='img']/@aria-label")[0]
    assert figure.xpath(".//figcaption")[0].text


def test_the_still_picture_does_without_a_gradient():
    dial = DirectionalDial(formula="log(x) + y", p=[-1, 0])
    assert "NaN" not in dial.to_html()
    assert "missing" in dial.alt


@pytest.mark.parametrize("theme", palette.PAGE)
@pytest.mark.parametrize("name", ["gradient", "tangent", "path", "constraint", "point"])
def test_arrows_stand_out_on_every_tone(theme, name):
    for tone in (*palette.LEVELS[theme], palette.PAGE[theme]):
        assert contrast(palette.colour(name, theme), tone) >= 3
