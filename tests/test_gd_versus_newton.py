"""Both methods in Python: their numbers by second roads, what the figure refuses, its picture."""

import json

import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc import numerical
from mathcalc.explorables import GDVersusNewton
from mathcalc.explorables.gd_surface import descend
from mathcalc.explorables.gd_versus_newton import reference
from mathcalc.symbolic import ScalarField

VECTORS = [
    (10, 0.1, 1, [0.9, 0]),
    (10, 2 / 11, 2, [0.6694214876033058, 0.6694214876033058]),
    (10, 0.25, 1, [0.75, -1.5]),
]


def state(kappa=10.0, eta=0.1, x0=(1.0, 1.0), t=0):
    return {"kappa": kappa, "eta": eta, "x0": list(x0), "t": t}


@pytest.mark.parametrize(("kappa", "eta", "t", "x"), VECTORS)
def test_known_points(kappa, eta, t, x):
    np.testing.assert_allclose(reference(state(kappa, eta, t=t))["point"], x, atol=1e-12)


def test_the_path_is_that_of_the_gradient():
    rng = np.random.default_rng(2)
    for _ in range(10):
        kappa, x0 = float(rng.uniform(1, 100)), rng.uniform(-2, 2, 2)
        eta = float(rng.uniform(0, 2 / kappa))
        run = descend(ScalarField(f"(x**2 + {kappa!r}*y**2)/2", ("x", "y")), x0, eta, 0.0, 200)
        found = reference(state(kappa, eta, x0))
        np.testing.assert_allclose(run["path"], found["path"], atol=1e-12)


def test_newtons_point_is_the_minimum_by_differences_too():
    for kappa in (1.0, 7.3, 100.0):
        f = ScalarField(f"(x**2 + {kappa!r}*y**2)/2", ("x", "y"))
        x0 = np.array([1.3, -0.7])
        H, g = numerical.hessian(f, x0), numerical.gradient(f, x0)
        np.testing.assert_allclose(x0 - np.linalg.solve(H, g), 0, atol=1e-4)
        np.testing.assert_allclose(reference(state(kappa, x0=x0))["newton"], 0, atol=1e-15)


@pytest.mark.parametrize("kappa", [1.5, 10.0, 100.0])
def test_the_best_step_is_the_best_and_the_limit_the_limit(kappa):
    found = reference(state(kappa))
    rates = [reference(state(kappa, eta))["rate"] for eta in np.linspace(0, found["limit"], 401)]
    assert found["best"]["rate"] <= min(rates) + 1e-12
    assert found["best"]["rate"] == pytest.approx((kappa - 1) / (kappa + 1))
    assert reference(state(kappa, 0.999 * found["limit"]))["steps"] is not None
    assert reference(state(kappa, found["limit"]))["steps"] is None


def test_the_count_of_steps_is_the_first_that_is_near():
    rng = np.random.default_rng(6)
    for _ in range(20):
        kappa = float(rng.uniform(1, 100))
        found = reference(state(kappa, float(rng.uniform(0.3, 1.9)) / kappa, rng.uniform(-2, 2, 2)))
        t, factors = found["steps"], np.array(found["factors"])
        norm = [np.linalg.norm(found["path"][0] * factors**k) for k in (t - 1, t)]
        assert norm[0] > 1e-6 >= norm[1]


def test_what_does_not_move_and_what_has_arrived():
    assert reference(state(eta=0.0))["steps"] is None
    assert reference(state(x0=(0.0, 0.0)))["steps"] == 0
    assert reference(state(eta=0.25, x0=(1.0, 0.0)))["steps"] == 49  # on the axis nothing bounces
    assert reference(state(1.0, 1.0))["steps"] == 1


def test_state_is_checked():
    for wrong in ({"kappa": 0.5}, {"eta": -0.1}, {"x0": [3, 0]}, {"t": 201}, {"x0": [np.nan, 0]}):
        with pytest.raises(TraitError, match=next(iter(wrong))):
            GDVersusNewton(**wrong)
    with pytest.raises(TraitError, match=r"0 to 2\.5/kappa"):
        GDVersusNewton(100.0, 0.1)
    assert GDVersusNewton(100.0, 0.025).eta == 0.025


def test_the_page_has_a_still_picture_in_words():
    figure = html.fragment_fromstring(GDVersusNewton().to_html())
    assert json.loads(figure.get("data-state"))["kappa"] == 10
    told = figure.xpath(".//*[@role='img']/@aria-label")[0]
    assert "0.9 and 0; it needs 132 steps" in told
    assert figure.xpath(".//figcaption")[0].text


@pytest.mark.parametrize("own", [{"eta": 0.25}, {"x0": (0.0, 0.0)}, {"kappa": 1.0, "eta": 1.0}])
def test_still_pictures_at_the_ends(own):
    figure = GDVersusNewton(**own)
    assert ("does not settle" in figure.alt) == (own == {"eta": 0.25})
    assert "NaN" not in figure.to_html()
