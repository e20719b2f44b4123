"""The Python half of the live figures: state, refusal, twin, reference."""

import json
import re

import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import GDSurface, base, explorable
from mathcalc.explorables.gd_surface import descend, reference
from mathcalc.symbolic import ScalarField


def test_one_bundle_for_notebook_and_page():
    data, _ = GDSurface()._repr_mimebundle_()
    assert {"application/vnd.jupyter.widget-view+json", "text/html"} <= set(data)
    figure = html.fragment_fromstring(data["text/html"])
    assert figure.get("data-explorable") == "gd-surface"
    assert json.loads(figure.get("data-state"))["start"] == [1.0, 1.0]
    assert figure.xpath(".//*[local-name()='svg'][@role='img']/@aria-label")[0]
    assert figure.xpath(".//figcaption")[0].text


def test_state_is_checked():
    with pytest.raises(ValueError, match="choose one of"):
        GDSurface("bowll")
    for wrong in ({"eta": 2.0}, {"beta": 1.5}, {"formula": "x^2"}, {"start": [1.0]}, {"t": -1}):
        with pytest.raises(TraitError):
            GDSurface(**wrong)
    figure = GDSurface()
    with pytest.raises(TraitError, match="formula"):
        figure.formula = "x**"
    assert figure.formula == "(x**2 + 10*y**2)/2"


def test_the_registry_knows_its_figures():
    assert explorable("gd-surface") is GDSurface
    with pytest.raises(ValueError, match="choose one of"):
        explorable("nothing")


def test_modules_stand_alone():
    assert not re.search(r'from\s+"\./', base.module_text("gd_surface.mjs"))
    assert "</script" not in base.site_script()


def test_a_script_holds_what_its_figures_need():
    one, everything = base.site_script(["difference-step"]), base.site_script()
    assert "difference_step_scene.mjs" in one and "change_ruler.mjs" not in one
    assert "difference_step_scene.mjs" in everything and "change_ruler.mjs" in everything
    assert set(base.bundle(["expression.mjs"])) <= set(base.bundle(["gd_surface.mjs"]))


def test_the_path_has_its_closed_form():
    """On a quadratic each coordinate obeys a linear recurrence; its companion matrix knows all."""
    bowl = ScalarField("(x**2 + 10*y**2)/2")
    eta, beta, steps = 0.07, 0.6, 40
    run = descend(bowl, [1.0, -0.5], eta, beta, steps)
    for axis, curvature in enumerate((1, 10)):
        M = np.array([[1 + beta - eta * curvature, -beta], [1, 0]])
        x0 = [1.0, -0.5][axis]
        expected = (np.linalg.matrix_power(M, steps) @ [x0, x0])[0]
        assert run["path"][-1][axis] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_the_stable_step_is_the_boundary(beta):
    state = GDSurface(beta=beta).state()
    limit = reference(state)["stability"]["limit"]
    assert limit == pytest.approx(2 * (1 + beta) / 10)
    bowl = ScalarField(state["formula"])
    assert descend(bowl, [0, 1], 0.99 * limit, beta)["losses"][-1] < 1e-3
    assert descend(bowl, [0, 1], 1.02 * limit, beta, 500)["losses"][-1] > 1e2


def test_divergence_and_missing_values_end_the_run():
    assert descend(ScalarField("x**4 + y**2"), [2, 0], 1.0, 0.0)["status"] == "diverged"
    with np.errstate(all="ignore"):
        run = descend(ScalarField("log(x) + y"), [0.5, 0.0], 1.0, 0.0)
    assert run["status"] == "undefined"
    assert np.isfinite(run["path"]).all()
