"""The small landscape: its derivatives by second roads, its training, its outliers."""

import numpy as np
import pytest
from scipy.special import log_softmax

from mathcalc import landscape, numerical
from mathcalc.landscape import Landscape, outliers


@pytest.fixture(scope="module", autouse=True)
def double():
    import jax

    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", before)


def by_numpy(net, theta):
    """The loss once more, with SciPy's log-softmax and matrices of the used outputs alone."""
    first = theta[:96].reshape(12, 8)
    last = theta[108:].reshape(net.classes, 13)
    hidden = np.tanh(net._points @ first.T + theta[96:108])
    logits = log_softmax(hidden @ last[:, :12].T + last[:, 12], axis=1)
    return -logits[np.arange(240), net._labels].mean()


@pytest.mark.parametrize("classes", [2, 4, 6])
def test_the_loss_is_that_of_another_road(classes):
    net = Landscape(classes)
    some = np.random.default_rng(classes).normal(size=(net.size, 3))
    assert net.size == 108 + 13 * classes
    np.testing.assert_allclose(net.loss(some), [by_numpy(net, t) for t in some.T], rtol=1e-12)
    assert net.loss(some[:, 0]).shape == ()


@pytest.mark.parametrize("classes", [2, 5])
def test_the_derivatives_are_those_of_differences(classes):
    net = Landscape(classes)
    theta = net.trained(3)
    gradient, hessian = net.gradient(theta), net.hessian(theta)
    directions = np.random.default_rng(0).normal(size=(4, net.size))
    for v in directions:
        h = 1e-5
        slope = (by_numpy(net, theta + h * v) - by_numpy(net, theta - h * v)) / (2 * h)
        assert gradient @ v == pytest.approx(slope, rel=1e-6, abs=1e-9)
        bend = (net.gradient(theta + h * v) - net.gradient(theta - h * v)) / (2 * h)
        np.testing.assert_allclose(hessian @ v, bend, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(hessian, hessian.T, atol=1e-14)
    slice_curvature = numerical.hessian(
        lambda t: net.loss(theta[:, None] + directions[0][:, None] * np.reshape(t, (1, -1)))[0],
        np.zeros(1),
    )
    v = directions[0]
    assert slice_curvature[0, 0] == pytest.approx(v @ hessian @ v, rel=1e-4)


def test_training_is_gradient_descent_and_repeats_itself():
    net = Landscape(3)
    theta = net.trained(0)
    for _ in range(5):
        theta = theta - 0.5 * net.gradient(theta)
    np.testing.assert_allclose(net.trained(5), theta, atol=1e-12)
    np.testing.assert_array_equal(Landscape(3).trained(5), net.trained(5))
    losses = [float(net.loss(net.trained(t))) for t in (0, 5, 20, 40)]
    assert losses == sorted(losses, reverse=True)


@pytest.mark.parametrize("classes", range(2, 7))
def test_there_is_one_outlier_fewer_than_classes(classes):
    net = Landscape(classes)
    for steps in (5, 40):
        assert outliers(np.linalg.eigvalsh(net.hessian(net.trained(steps)))) == classes - 1


def test_outliers_end_at_the_widest_gap():
    assert outliers([9, 8, 7, 1, 0.9, -3], 5) == 3
    assert outliers([1, 8, 9, 7, 0.9, -3], 5) == 3
    assert outliers([9, 1, 0.9, 0.8, -3], 4) == 1
    with pytest.raises(ValueError, match="of the most=6 largest, some are not positive"):
        outliers([9, 8, 7, 1, 0.9, -3], 6)


@pytest.mark.parametrize("classes", [1, 7])
def test_too_few_or_many_classes_are_refused(classes):
    with pytest.raises(ValueError, match="from 2 to 6"):
        Landscape(classes)


def test_outputs_without_a_class_have_no_influence():
    net = Landscape(2)
    whole = landscape._compiled()["hessian"](net._whole(net.trained(2)), *net._data())
    assert np.all(np.asarray(whole)[net.size :] == 0)
