"""Formulas that are right meet; formulas that are wrong are found."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from mathcalc.symbolic import ScalarField, VectorField
from mathcalc.triangulation import Disagreement, agree

OWN = ("reverse mode", "forward mode")
JAX = ("JAX reverse", "JAX forward")
VALUES = ("complex step", "differences")


def square(rng):
    n = rng.integers(2, 7)
    return rng.normal(size=n), rng.normal(size=(n, n))


def quadratic(x, A):
    return x @ A @ x


def test_the_quadratic_form():
    met = agree("quadratic form", quadratic, claimed=lambda x, A: (A + A.T) @ x, sample=square)
    assert met.roads == (*OWN, *JAX, *VALUES)
    assert met.largest < 1e-9
    assert len(met.shapes) > 2
    assert "6 roads" in met._repr_html_()


@pytest.mark.parametrize(
    "wrong", [lambda x, A: 2 * A @ x, lambda x, A: -(A + A.T) @ x, lambda x, A: x]
)
def test_a_wrong_formula_is_found(wrong):
    with pytest.raises(Disagreement, match="but reverse mode"):
        agree("quadratic form", quadratic, claimed=wrong, sample=square)


def test_small_derivatives_are_compared_too():
    with pytest.raises(Disagreement):
        agree(
            "tiny",
            lambda x: 1e-5 * x @ x,
            claimed=lambda x: -2e-5 * x,
            sample=lambda rng: rng.normal(size=3),
        )


def test_a_missing_transpose_of_another_shape_is_found():
    def draw(rng):
        return rng.normal(size=3), rng.normal(size=(2, 3))

    assert agree("map", lambda x, A: A @ x, claimed=lambda x, A: A, sample=draw).largest < 1e-9
    with pytest.raises(Disagreement):
        agree("map", lambda x, A: A @ x, claimed=lambda x, A: A.T, sample=draw)


def test_what_is_no_number_is_found():
    with pytest.raises(Disagreement):
        agree(
            "nan",
            lambda x: x @ x,
            claimed=lambda x: np.nan * x,
            sample=lambda rng: rng.normal(size=3),
        )


def test_no_point_is_too_few():
    with pytest.raises(ValueError, match="points=0: give a whole number from 1"):
        agree("none", quadratic, sample=square, points=0)


def test_a_field_brings_sympys_road():
    met = agree("f", ScalarField("x**2*sin(y)"), sample=lambda rng: rng.normal(size=2))
    assert met.roads == ("SymPy", *OWN, *JAX, *VALUES)
    assert (
        agree("F", VectorField(["x*y", "x + y"]), sample=lambda rng: rng.normal(size=2)).largest
        < 1e-8
    )


def test_a_road_that_is_closed_is_left_out():
    def loss(x):
        return jnp.abs(x).sum()

    met = agree("l1", loss, claimed=np.sign, sample=lambda rng: rng.normal(size=3))
    assert "complex step" not in met.roads


def test_two_roads_are_too_few(monkeypatch):
    monkeypatch.setattr("mathcalc.triangulation.FEWEST", 7)
    with pytest.raises(ValueError, match="7 are needed"):
        agree("quadratic form", quadratic, sample=square)


def test_one_road_is_too_few():
    def opaque(x):
        return np.sin(float(x[0]))  # neither for traced values nor for complex ones

    with pytest.raises(ValueError, match="only differences can be taken, but 3 are needed"):
        agree("sine", opaque, sample=lambda rng: rng.normal(size=1))


def test_a_formula_that_is_nearly_right_is_wrong():
    with pytest.raises(Disagreement, match="but reverse mode"):
        agree("xᵀx", lambda x: x @ x, claimed=lambda x: 2 * (1 + 1e-9) * x, sample=vector)


def vector(rng):
    return rng.normal(size=rng.integers(2, 5))


def test_who_writes_the_program_decides_which_roads_are_open():
    by_numpy = agree("exp", lambda x: np.sum(np.exp(x)), claimed=np.exp, sample=vector)
    assert by_numpy.roads == (*OWN, *VALUES)
    by_jax = agree("exp", lambda x: jnp.sum(jnp.exp(x)), claimed=np.exp, sample=vector)
    assert by_jax.roads == (*JAX, *VALUES)


def test_errors_of_the_program_and_of_the_claim_are_not_closed_roads():
    def broken(x):
        raise TypeError("my own fault")

    with pytest.raises(TypeError, match="my own fault"):
        agree("f", broken, sample=vector)
    with pytest.raises(ValueError, match="claimed: it fails at"):
        agree("f", lambda x: x @ x, claimed=lambda x: x @ np.ones(9), sample=vector)


def test_the_parameters_stand_in_the_message():
    with pytest.raises(Disagreement, match=r"at \[.*\], 7\.5,"):
        agree(
            "f", lambda x, c: c * x @ x, claimed=lambda x, c: x, sample=lambda r: (vector(r), 7.5)
        )


def test_a_road_that_is_closed_is_tried_once():
    traced = []

    def length(x):
        if isinstance(x, jax.core.Tracer):
            traced.append(x)
        return np.trace(np.outer(x, x))  # not for JAX's tracers

    met = agree("trace of xxᵀ", length, claimed=lambda x: 2 * x, sample=vector)
    assert not set(JAX) & set(met.roads)
    assert len(traced) == 3  # in reverse, forward, and for the value
