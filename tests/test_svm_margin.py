"""The support vector machine: the known street, the conditions, what is refused."""

import numpy as np
import pytest
from traitlets import TraitError

from mathcalc.explorables import SVMMargin
from mathcalc.explorables.svm_margin import START, reference
from mathcalc.optimality import svm_dual

KNOWN = [[1, 1, 1], [-1, -1, -1], [3, 1, 1], [3, 3, 1], [-2, -3, -1], [-3, -1, -1]]


@pytest.mark.parametrize("hard", [True, False])
def test_the_known_street(hard):
    found = reference({"points": KNOWN, "C": 100.0, "hard": hard})
    np.testing.assert_allclose(found["w"], [0.5, 0.5], atol=1e-8)
    assert found["b"] == pytest.approx(0, abs=1e-8)
    np.testing.assert_allclose(found["alpha"], [0.25, 0.25, 0, 0, 0, 0], atol=1e-8)
    assert found["width"] == pytest.approx(2.8284271247461903, abs=1e-8)


def test_the_conditions_hold():
    rng = np.random.default_rng(9)
    for k in range(20):
        points = np.column_stack([rng.uniform(-3, 3, (8, 2)), np.tile([1.0, -1.0], 4)])
        C = float(10 ** rng.uniform(-2, 2))
        found = reference({"points": points.tolist(), "C": C, "hard": False})
        alpha, margins = np.array(found["alpha"]), np.array(found["margins"])
        assert (alpha >= 0).all() and (alpha <= C * (1 + 1e-12)).all()
        assert found["balance"] == pytest.approx(0, abs=1e-8 * C)
        assert abs(found["gap"]) < 1e-6 * max(1, found["primal"]), k
        assert (margins[alpha < 1e-9 * C] >= 1 - 1e-6).all()
        assert (margins[alpha > C * (1 - 1e-9)] <= 1 + 1e-6).all()


def test_without_a_free_multiplier_the_offset_is_the_middle_of_its_range():
    points = [
        [-3.25, -1.45, -1], [1.13, -0.34, 1], [-1.48, -1.55, -1], [0.58, 0.5, 1],
        [-1.87, -1.48, -1], [2.52, 2.76, 1], [-4.0, -2.38, -1], [3.14, 0.54, 1],
    ]  # fmt: skip
    found = svm_dual(np.array(points)[:, :2], np.array(points)[:, 2], 0.06)
    assert set(found.alpha) == {0.0, 0.06}
    assert found.b_range[0] < found.b < found.b_range[1]


def test_classes_that_no_line_parts():
    crossed = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1], [3, 3, 1], [3, -3, -1]]
    assert reference({"points": crossed, "C": 1.0, "hard": True}) == {"alpha": None}
    assert "no line parts" in SVMMargin(crossed, hard=True).alt


@pytest.mark.parametrize("wrong", [
    {"points": START[:5]},
    {"points": [[*p[:2], 1] for p in START]},
    {"points": [*START[:-1], [9, 0, -1]]},
    {"points": [p[:2] for p in START]},
    {"C": 0},
])  # fmt: skip
def test_a_bad_value_is_refused(wrong):
    with pytest.raises(TraitError):
        SVMMargin(**wrong)


def test_the_words_fit_the_picture():
    assert "3 support vectors are ringed" in SVMMargin().alt
    assert "<svg" in SVMMargin(hard=True).to_html()
