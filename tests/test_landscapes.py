"""Random matrices and fields: exact probabilities, other derivatives, and what topology demands."""

import numpy as np
import pytest

from mathcalc import landscapes, numerical

DRAWS = 40_000


def near(share, exact, draws=DRAWS):
    return abs(share - exact) < 4 * np.sqrt(exact * (1 - exact) / draws)


@pytest.mark.parametrize("n", landscapes.POSITIVE)
def test_positive_definite_matrices_are_as_frequent_as_the_exact_probability(n):
    index = landscapes.indices(landscapes.goe(n, DRAWS, np.random.default_rng(n)))
    assert near((index == 0).mean(), landscapes.POSITIVE[n])
    assert near((index == n).mean(), landscapes.POSITIVE[n])


def test_the_cone_of_a_right_angle_is_the_exact_probability_for_two():
    """Its half-angle is 45°, so its share of the sphere is (1 - cos 45°)/2."""
    points = np.random.default_rng(0).normal(size=(3, DRAWS))
    assert near((points[0] > np.hypot(*points[1:])).mean(), landscapes.POSITIVE[2])


def test_the_ensemble_has_its_variances_and_is_symmetric():
    A = landscapes.goe(3, DRAWS, np.random.default_rng(1))
    np.testing.assert_array_equal(A, A.swapaxes(1, 2))
    expected = np.where(np.eye(3) > 0, 1.0, 0.5)
    np.testing.assert_allclose(A.var(axis=0), expected, rtol=0.05)


def exact_shares():
    """Half, a quarter (Euler's characteristic), and the peaks of a field in space (BBKS 1986)."""
    extrema, saddles = (29 * np.sqrt(15) + s * 18 * np.sqrt(10) for s in (-1, 1))
    return {1: 1 / 2, 2: 1 / 4, 3: extrema / (extrema + saddles) / 2}


@pytest.mark.parametrize(("n", "exact"), exact_shares().items())
def test_the_formula_of_kac_and_rice_gives_the_known_shares_of_minima(n, exact):
    shares = landscapes.shares_at_critical_points(n, DRAWS, np.random.default_rng(n))
    assert shares.sum() == pytest.approx(1) and len(shares) == n + 1
    assert abs(shares[0] - exact) < 0.006
    np.testing.assert_allclose(shares, shares[::-1])


@pytest.mark.parametrize("n", (1, 2, 3))
def test_the_derivatives_of_a_field_are_those_of_its_values(n):
    field = landscapes.PeriodicField(n, 3, np.random.default_rng(n))
    at = np.random.default_rng(9).uniform(0, 6, size=n)
    np.testing.assert_allclose(field.gradient(at), numerical.gradient(field, at), atol=1e-8)
    np.testing.assert_allclose(field.hessian(at), numerical.hessian(field, at), atol=1e-6)
    np.testing.assert_allclose(field(at + 2 * np.pi), field(at), atol=1e-12)
    batch = np.stack([at, at + 1], axis=1)
    assert field(batch).shape == (2,) and field.gradient(batch).shape == (n, 2)
    np.testing.assert_allclose(field.hessian(batch)[..., 0], field.hessian(at))


def test_the_values_of_fields_have_variance_one():
    values = [
        landscapes.PeriodicField(2, 4, np.random.default_rng(s))(np.array([0.3, 1.0]))
        for s in range(800)
    ]
    assert np.var(values) == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize(("n", "fastest", "starts"), [(1, 8, 100), (2, 4, 32), (3, 2, 10)])
def test_the_indices_balance_on_the_torus(n, fastest, starts):
    field = landscapes.PeriodicField(n, fastest, np.random.default_rng(5))
    found = field.critical_points(starts)
    np.testing.assert_allclose(field.gradient(found), 0, atol=1e-9)
    index = landscapes.indices(np.moveaxis(field.hessian(found), -1, 0))
    assert ((-1) ** index).sum() == 0
    assert {0, n} <= set(index)  # a continuous function on a torus has both extrema


def test_every_critical_point_comes_once():
    field = landscapes.PeriodicField(1, 6, np.random.default_rng(2))
    fine = np.linspace(0, 2 * np.pi, 20_001)[None]
    crossings = np.sum(np.diff(np.sign(field.gradient(fine)[0])) != 0)
    assert field.critical_points(120).shape == (1, crossings)


def test_a_field_without_waves_is_refused():
    with pytest.raises(ValueError, match="fastest=0"):
        landscapes.PeriodicField(2, 0, np.random.default_rng(0))
