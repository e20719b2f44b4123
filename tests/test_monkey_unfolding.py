"""The monkey saddle unfolded: what must hold for every t, and what is refused."""

import numpy as np
import pytest
from traitlets import TraitError

from mathcalc.explorables import MonkeyUnfolding
from mathcalc.explorables.monkey_unfolding import field, reference
from mathcalc.optimality import critical_points

TIMES = (-2.0, -0.5, -0.01, 0.03, 0.5, 1.7)


def known(t):
    return reference({"t": t, "p": [0.3, -1.2]})


@pytest.mark.parametrize("t", TIMES)
def test_an_extremum_and_three_saddles(t):
    origin, *saddles = known(t)["points"]
    assert origin["kind"] == ("minimum" if t > 0 else "maximum")
    assert origin["eigen"] == pytest.approx([2 * t, 2 * t])
    assert [s["kind"] for s in saddles] == ["saddle"] * 3
    corners = [(-2 * t / 3, 0), (t / 3, t / np.sqrt(3)), (t / 3, -t / np.sqrt(3))]
    found = sorted(tuple(s["at"]) for s in saddles)
    np.testing.assert_allclose(found, sorted(corners), atol=1e-12)
    np.testing.assert_allclose([s["value"] for s in saddles], 4 * t**3 / 27, atol=1e-12)


@pytest.mark.parametrize("t", [-1, 0.5])
def test_no_critical_point_is_missing(t):
    """All real critical points, found by elimination in the package's own search."""
    found = critical_points(f"x**3 - 3*x*y**2 + ({t})*(x**2 + y**2)")
    ours = sorted(tuple(p["at"]) for p in known(float(t))["points"])
    theirs = sorted(tuple(map(float, p.x)) for p in found)
    np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_they_meet_in_a_monkey_saddle():
    (only,) = known(0.0)["points"]
    assert only == {"at": [0, 0], "value": 0, "eigen": [0, 0], "kind": "degenerate"}


@pytest.mark.parametrize("t", [*TIMES, 0.0])
def test_the_indices_add_up_to_minus_two(t):
    result = known(t)
    assert result["turns"] == pytest.approx(-2, abs=1e-9)
    index = {"minimum": 1, "maximum": 1, "saddle": -1, "degenerate": -2}
    assert sum(index[p["kind"]] for p in result["points"]) == -2


@pytest.mark.parametrize("t", TIMES)
def test_the_level_of_the_saddles_is_three_lines(t):
    s = np.linspace(-2, 2, 9)
    for angle in (0, 2 * np.pi / 3, -2 * np.pi / 3):
        n = np.array([np.cos(angle), np.sin(angle)])
        line = n[:, None] * t / 3 + s * np.array([-n[1], n[0]])[:, None]
        np.testing.assert_allclose(field(t)(line), 4 * t**3 / 27, atol=1e-12)


@pytest.mark.parametrize("wrong", [{"t": 2.5}, {"t": "a"}, {"p": (3, 0)}, {"p": (1,)}])
def test_a_bad_value_is_refused(wrong):
    with pytest.raises(TraitError):
        MonkeyUnfolding(**wrong)


def test_the_words_fit_the_picture():
    assert "a minimum at the origin" in MonkeyUnfolding(0.5).alt
    assert "a maximum at the origin" in MonkeyUnfolding(-0.5).alt
    assert "a monkey saddle" in MonkeyUnfolding(0).alt
    assert "<svg" in MonkeyUnfolding().to_html()
