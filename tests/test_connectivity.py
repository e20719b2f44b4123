"""Small networks and the paths between them: gradients by JAX, symmetries, barriers."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from mathcalc import connectivity, numerical

DATA = connectivity.ring(60, np.random.default_rng(3))
THETA = np.random.default_rng(1).normal(size=(5, 4))


def loss_in_jax(theta):
    z = jnp.tanh(DATA[0] @ theta[:, :2].T + theta[:, 2]) @ theta[:, 3]
    fit = jnp.mean(-jnp.log(jax.nn.sigmoid(jnp.where(DATA[1] > 0, z, -z))))
    return fit + connectivity.DECAY / 2 * jnp.sum(theta**2)


def test_loss_and_gradient_agree_with_another_program():
    with jax.enable_x64(True):
        value, slope = jax.value_and_grad(loss_in_jax)(jnp.array(THETA))
    assert connectivity.loss(THETA, DATA) == pytest.approx(float(value), rel=1e-12)
    np.testing.assert_allclose(connectivity.gradient(THETA, DATA), slope, atol=1e-14)
    by_differences = numerical.gradient(lambda t: connectivity.loss(t, DATA), THETA)
    np.testing.assert_allclose(connectivity.gradient(THETA, DATA), by_differences, atol=1e-9)


def test_a_batch_of_networks_is_each_of_them():
    batch = np.stack([THETA, 2 * THETA])
    for k, theta in enumerate(batch):
        assert connectivity.loss(batch, DATA)[k] == pytest.approx(connectivity.loss(theta, DATA))
        np.testing.assert_allclose(
            connectivity.gradient(batch, DATA)[k], connectivity.gradient(theta, DATA), atol=1e-15
        )


def test_the_disc_is_inside():
    points, inside = connectivity.ring(500, np.random.default_rng(0))
    np.testing.assert_array_equal(inside == 1, np.hypot(*points.T) < 1)
    assert 0.2 < inside.mean() < 0.5


def test_training_ends_at_a_small_gradient():
    trained = connectivity.train(4, DATA, seed=0)
    assert np.abs(connectivity.gradient(trained, DATA)).max() < 1e-3
    assert connectivity.loss(trained, DATA) < connectivity.loss(THETA, DATA)


def test_aligning_undoes_a_shuffle_and_keeps_the_function():
    rng = np.random.default_rng(4)
    shuffled = THETA[rng.permutation(5)] * rng.choice([-1.0, 1.0], size=(5, 1))
    np.testing.assert_allclose(connectivity.aligned(THETA, shuffled), THETA)
    other = np.random.default_rng(7).normal(size=(5, 4))
    moved = connectivity.aligned(THETA, other)
    scores = [connectivity.score(t, DATA[0]) for t in (moved, other)]
    np.testing.assert_allclose(*scores, atol=1e-12)
    assert np.linalg.norm(moved - THETA) <= np.linalg.norm(other - THETA)


def test_a_curve_has_its_ends_and_its_loss_falls_by_training_the_middle():
    a, b = (connectivity.train(6, DATA, seed) for seed in (0, 1))
    middle = connectivity.trained_bend(a, b, DATA)
    for t, end in ((0, a), (1, b)):
        np.testing.assert_array_equal(connectivity.bend(a, middle, b, t), end)
    straight = connectivity.profile(lambda t: connectivity.bend(a, (a + b) / 2, b, t), DATA)
    curved = connectivity.profile(lambda t: connectivity.bend(a, middle, b, t), DATA)
    assert curved.mean() < straight.mean()
    assert connectivity.barrier(curved) < connectivity.barrier(straight) / 3
    segment = connectivity.profile(lambda t: (1 - t) * a + t * b, DATA)
    np.testing.assert_allclose(straight, segment)


def test_a_barrier_is_measured_from_the_higher_end():
    assert connectivity.barrier(np.array([1.0, 5.0, 3.0])) == 2
    assert connectivity.barrier(np.array([1.0, 0.5, 3.0])) == 0
