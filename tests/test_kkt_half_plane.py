"""The ball between walls: the conditions hold, the push is the price, bad values are refused."""

import numpy as np
import pytest
from traitlets import TraitError

from mathcalc.explorables import KKTHalfPlane
from mathcalc.explorables.kkt_half_plane import reference
from mathcalc.optimality import kkt

PLAIN = {"c": 1.0, "d": 0.25, "wall": False, "a": [0.0, 0.0]}


@pytest.mark.parametrize("c", [-3.0, -2.0, -0.01, 0.0, 0.4, 1.0, 3.0])
def test_one_wall_and_the_origin(c):
    found = reference(PLAIN | {"c": c})
    push = max(c, 0)
    np.testing.assert_allclose(found["x"], [push / 2, push / 2], atol=1e-12)
    assert found["mu"] == pytest.approx([push], abs=1e-12)
    assert found["value"] == pytest.approx(push**2 / 2, abs=1e-12)
    assert found["mu"][0] * found["g"][0] == pytest.approx(0, abs=1e-12)


def random_states(count):
    rng = np.random.default_rng(3)
    for _ in range(count):
        c, d = rng.uniform(-3, 3, 2)
        yield {"c": c, "d": d, "wall": True, "a": rng.uniform(-2, 2, 2).tolist()}


def test_the_conditions_hold_with_two_walls():
    seen = set()
    for state in random_states(60):
        found = reference(state)
        mu, g = np.array(found["mu"]), np.array(found["g"])
        assert (mu >= 0).all() and (g <= 1e-12).all()
        np.testing.assert_allclose(mu * g, 0, atol=1e-12)
        np.testing.assert_allclose(found["gradient"], np.sum(found["pushes"], 0), atol=1e-12)
        seen.add(tuple(mu > 1e-9))
    assert len(seen) == 4  # each set of walls is active somewhere


def test_the_push_is_the_slope_of_the_least_value():
    h = 1e-5
    for state in random_states(20):
        either = [reference(state | {"c": state["c"] + s * h})["value"] for s in (1, -1)]
        assert (either[0] - either[1]) / (2 * h) == pytest.approx(
            reference(state)["slope"], abs=2e-5
        )


def test_the_package_finds_the_same_multipliers():
    (point,) = kkt("x**2 + y**2", inequalities=["1 - x - y", "x - 1/4"])
    found = reference(PLAIN | {"wall": True})
    np.testing.assert_allclose(found["x"], np.array(point.x, dtype=float), atol=1e-9)
    np.testing.assert_allclose(found["mu"], np.array(point.mu, dtype=float), atol=1e-9)


@pytest.mark.parametrize("wrong", [{"c": 4}, {"d": "x"}, {"a": (3, 0)}, {"a": (1,)}])
def test_a_bad_value_is_refused(wrong):
    with pytest.raises(TraitError):
        KKTHalfPlane(**wrong)


def test_the_words_fit_the_picture():
    assert "held by walls that push with 1." in KKTHalfPlane().alt
    assert "free" in KKTHalfPlane(-2).alt
    assert "push with 1.5 and 1." in KKTHalfPlane(wall=True).alt
    assert "<svg" in KKTHalfPlane(wall=True).to_html()
