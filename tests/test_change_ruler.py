"""Rulers by second roads: the whole edge of the ball, SciPy's optimiser, the named methods."""

import json
from itertools import pairwise
from math import atan2, inf, pi

import numpy as np
import pytest
from lxml import html
from scipy.optimize import minimize
from traitlets import TraitError

from mathcalc.explorables import ChangeRuler
from mathcalc.explorables.change_ruler import LOSSES, reference
from mathcalc.explorables.change_ruler_norms import (
    descend,
    dual_norm,
    length,
    metric,
    steepest,
)
from mathcalc.symbolic import ScalarField


def lp(p):
    return {"kind": "lp", "inverse_p": 1 / p}


def made():
    rng = np.random.default_rng(3)
    yield from (lp(p) for p in (1, 1.01, 1.5, 2, 3, 40, inf))
    for _ in range(5):
        axes, turn = rng.uniform(0.2, 1.8, 2).tolist(), float(rng.uniform(0, pi))
        yield {"kind": "ellipse", "axes": axes, "turn": turn}


RULERS = list(made())


def gradients(count=8):
    return np.random.default_rng(4).uniform(-3, 3, (count, 2))


@pytest.mark.parametrize("ruler", RULERS, ids=str)
def test_no_point_of_the_edge_is_farther(ruler):
    turn = np.linspace(0, 2 * pi, 4001)
    ways = np.stack([np.cos(turn), np.sin(turn)], 1)
    edge = ways / np.array([length(ruler, way) for way in ways])[:, None]
    for g in gradients():
        dual, v = dual_norm(ruler, g), steepest(ruler, g)["v"]
        assert (edge @ g).max() <= dual * (1 + 1e-12)
        assert (edge @ g).max() == pytest.approx(dual, rel=2e-3)
        assert g @ v == pytest.approx(dual, rel=1e-12)
        assert length(ruler, v) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("ruler", RULERS, ids=str)
def test_hoelder_at_random(ruler):
    w = np.random.default_rng(6).normal(size=(50, 2))
    for g in gradients():
        bound = dual_norm(ruler, g) * np.array([length(ruler, row) for row in w])
        assert (np.abs(w @ g) <= bound * (1 + 1e-12)).all()


@pytest.mark.parametrize("ruler", [lp(1.5), lp(2), lp(4), *RULERS[-3:]], ids=str)
def test_an_optimiser_finds_the_same_direction(ruler):
    for g in gradients(3):
        ball = {"type": "ineq", "fun": lambda v: 1 - length(ruler, v)}
        start = 0.3 * g / length(ruler, g)
        found = minimize(lambda v, g=g: -g @ v, start, constraints=ball, options={"ftol": 1e-13})
        np.testing.assert_allclose(found.x, steepest(ruler, g)["v"], atol=2e-5)


def test_the_named_methods():
    g = np.array([3.0, -4.0])
    np.testing.assert_allclose(steepest(lp(1), g)["v"], [0, -1])
    np.testing.assert_allclose(steepest(lp(2), g)["v"], [0.6, -0.8])
    np.testing.assert_allclose(steepest(lp(inf), g)["v"], [1, -1])
    assert [dual_norm(lp(p), g) for p in (1, 2, inf)] == pytest.approx([4, 5, 7])
    ellipse = {"kind": "ellipse", "axes": [1.4, 0.3], "turn": 0.7}
    along = np.linalg.solve(metric(ellipse), g)
    v = steepest(ellipse, g)["v"]
    np.testing.assert_allclose(v / np.linalg.norm(v), along / np.linalg.norm(along))


@pytest.mark.parametrize(
    ("p", "g", "face", "v"),
    [
        (1, [2, 2], [[1, 0], [0, 1]], [0.5, 0.5]),
        (1, [-2, 2], [[-1, 0], [0, 1]], [-0.5, 0.5]),
        (inf, [0, -3], [[1, -1], [-1, -1]], [0, -1]),
        (inf, [2, 1e-10], [[1, 1], [1, -1]], [1, 0]),
        (1, [2, 2 + 1e-10], [[1, 0], [0, 1]], [0.5, 0.5]),
    ],
)
def test_ties_give_a_whole_side(p, g, face, v):
    found = steepest(lp(p), g)
    assert sorted(map(tuple, found["face"])) == sorted(map(tuple, face))
    np.testing.assert_allclose(found["v"], v)
    assert steepest(lp(p), [2, 2 - 1e-7] if p == 1 else [2, -1e-7])["face"] is None


@pytest.mark.parametrize("loss", [entry["name"] for entry in LOSSES])
def test_newton_arrives_in_one_step_and_the_others_go_down(loss):
    figure = ChangeRuler(loss, axes="hessian", x=[-1.2, 0.7], steps=1)
    np.testing.assert_allclose(reference(figure.state())["run"]["path"][1], 0, atol=1e-14)
    for ruler in RULERS:
        field = ScalarField(figure.formula, ("x", "y"))
        losses = descend(field, [-1.2, 0.7], ruler, 6)["losses"]
        assert all(b <= a * (1 + 1e-12) for a, b in pairwise(losses))


def test_each_step_ends_where_the_line_is_lowest():
    field = ScalarField(LOSSES[2]["formula"], ("x", "y"))
    for ruler in RULERS:
        path = np.array(descend(field, [1.3, -0.4], ruler, 3)["path"])
        for here, there in pairwise(path):
            assert field.gradient(there) @ (there - here) == pytest.approx(0, abs=1e-12)


def test_no_direction_at_the_minimum():
    known = reference(ChangeRuler(x=[0, 0]).state())
    assert known["v"] is known["face"] is known["angle"] is None
    assert known["run"]["path"] == [[0, 0]] * 7
    with pytest.raises(ValueError, match="no direction is steepest"):
        steepest(lp(2), [0, 0])


def test_state_is_checked():
    with pytest.raises(ValueError, match="choose one of"):
        ChangeRuler("bowll")
    with pytest.raises(ValueError, match="two rulers"):
        ChangeRuler(p=2, axes=(1, 1))
    for p in (0.5, float("nan")):
        with pytest.raises(ValueError, match="from 1 to inf"):
            ChangeRuler(p=p)
    with pytest.raises(ValueError, match="hessian"):
        ChangeRuler(axes="newton")
    wrong = [{"x": [3, 0]}, {"x": [1]}, {"steps": 13}, {"turn": inf}, {"axes": [0.1, 1]}]
    formulas = [
        "x**3 + y**2",
        "x**2 - y**2",
        "x**2 + y**2 + x",
        "x**2 + y**2 + 1",
        "x^2",
        "x**2/8 + y**2",
        "x**2 + 13*y**2",
    ]
    for own in (*wrong, *({"formula": f} for f in formulas)):
        with pytest.raises(TraitError, match=next(iter(own))):
            ChangeRuler(**own)
    assert ChangeRuler(p=4).inverse_p == 0.25
    assert ChangeRuler(axes=(1, 0.5), turn=-pi / 2).turn == pytest.approx(1.5 * pi)


def test_the_hessians_ellipse_is_turned_with_it():
    figure = ChangeRuler("slanted valley", axes="hessian")
    assert figure.axes == pytest.approx([1, 0.5])
    assert ChangeRuler(formula="(x**2 + 25*y**2)/2", axes="hessian").axes == [1, 0.2]
    assert figure.turn == pytest.approx(atan2(1, 1))
    np.testing.assert_allclose(metric(figure.state()), [[2.5, -1.5], [-1.5, 2.5]])


@pytest.mark.parametrize("own", [{}, {"p": 1, "x": [1, 0.1]}, {"axes": (1, 0.4)}, {"x": [0, 0]}])
def test_the_page_has_a_still_picture_in_words(own):
    figure = ChangeRuler(**own)
    page = html.fragment_fromstring(figure.to_html())
    assert json.loads(page.get("data-state"))["x"] == figure.x
    assert page.xpath(".//*[@role='img']/@aria-label")[0] == figure.alt
    assert "nan" not in figure.alt
    assert ("∞" in figure.alt) == (figure.kind == "lp" and figure.inverse_p == 0)
