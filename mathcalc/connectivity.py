"""Paths between trained networks: a straight line, one after aligning the neurons, a trained curve.

The network has one hidden layer, ``x ↦ Σⱼ vⱼ tanh(wⱼ·x + bⱼ)``, and its parameters are an array of
shape ``(units, 4)`` with the rows ``(wⱼ, bⱼ, vⱼ)``; axes before these are batches. Swapping two
rows, or turning the sign of one, changes the parameters and not the function.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

DECAY = 1e-3  # weight decay: without it there is no minimiser, only a way to infinity
STEPS = 400  # of the minimiser
PLACES = np.linspace(0, 1, 15)[:, None, None]  # where on a curve the loss is felt

Data = tuple[np.ndarray, np.ndarray]


def ring(count: int, rng: np.random.Generator) -> Data:
    """Return points of a square, shape ``(count, 2)``, and whether each is in the unit disc."""
    points = rng.uniform(-1.5, 1.5, size=(count, 2))
    return points, ((points**2).sum(axis=1) < 1).astype(float)


def _hidden(theta: np.ndarray, points: np.ndarray) -> np.ndarray:
    return np.tanh(points @ theta[..., :2].swapaxes(-1, -2) + theta[..., None, :, 2])


def score(theta: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return the network's score of points of shape ``(count, 2)``: positive says inside."""
    return (_hidden(theta, points) @ theta[..., 3:])[..., 0]


def loss(theta: np.ndarray, data: Data) -> Any:
    """Return the mean cross-entropy of the data ``(points, inside)``, with weight decay."""
    z = score(theta, data[0])
    fit = (np.logaddexp(0, z) - data[1] * z).mean(axis=-1)
    return fit + DECAY / 2 * (theta**2).sum(axis=(-2, -1))


def gradient(theta: np.ndarray, data: Data) -> np.ndarray:
    """Return the gradient of `loss`, of the shape of `theta`: one backward pass, by hand."""
    points, inside = data
    hidden = _hidden(theta, points)
    z = (hidden @ theta[..., 3:])[..., 0]
    wrong = (1 / (1 + np.exp(-z)) - inside)[..., None] / len(inside)
    back = wrong * theta[..., None, :, 3] * (1 - hidden**2)
    to_weights = back.swapaxes(-1, -2) @ points
    to_biases = back.sum(axis=-2)[..., None]
    to_outputs = hidden.swapaxes(-1, -2) @ wrong
    return np.concatenate([to_weights, to_biases, to_outputs], axis=-1) + DECAY * theta


def _smallest(both: Callable[[np.ndarray], tuple[Any, np.ndarray]], start: np.ndarray) -> Any:
    """Minimise a function of an array, given with its gradient, by a method of SciPy."""
    from scipy.optimize import minimize

    def flat(v: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = both(v.reshape(start.shape))
        return float(value), slope.ravel()

    # BFGS, not L-BFGS-B: that one starts threads at every step, which cost more than the step
    found = minimize(flat, start.ravel(), jac=True, method="BFGS", options={"maxiter": STEPS})
    return found.x.reshape(start.shape)


def train(units: int, data: Data, seed: int) -> np.ndarray:
    """Return the parameters of a network trained from a random start, shape ``(units, 4)``."""
    start = np.random.default_rng(seed).normal(size=(units, 4))
    return _smallest(lambda theta: (loss(theta, data), gradient(theta, data)), start)


def aligned(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return `b` with its neurons reordered, and their signs turned, to lie nearest to `a`.

    The function of the network stays the same. The best order is an assignment problem.
    """
    from scipy.optimize import linear_sum_assignment

    apart = ((a[:, None] - b) ** 2).sum(axis=-1)
    turned = ((a[:, None] + b) ** 2).sum(axis=-1)
    rows, columns = linear_sum_assignment(np.minimum(apart, turned))
    sign = np.where(apart <= turned, 1.0, -1.0)[rows, columns]
    return sign[:, None] * b[columns]


def bend(a: Any, middle: Any, b: Any, t: Any) -> Any:
    """Return the point at ``t`` of the quadratic Bézier curve from `a` over `middle` to `b`."""
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t**2 * b


def trained_bend(a: np.ndarray, b: np.ndarray, data: Data) -> np.ndarray:
    """Return the middle for which the mean loss along the curve from `a` to `b` is small.

    After Garipov et al. (2018), with a fixed grid in place of random places on the curve.
    """

    def both(middle: np.ndarray) -> tuple[Any, np.ndarray]:
        thetas = bend(a, middle, b, PLACES)
        felt = 2 * PLACES * (1 - PLACES) * gradient(thetas, data)
        return loss(thetas, data).mean(), felt.mean(axis=0)

    return _smallest(both, (a + b) / 2)


def profile(path: Callable[[Any], Any], data: Data, count: int = 101) -> np.ndarray:
    """Return the losses at ``count`` equally spaced places of a path of parameters, from 0 to 1."""
    return loss(path(np.linspace(0, 1, count)[:, None, None]), data)


def barrier(losses: np.ndarray) -> float:
    """Return how far a profile rises above the higher of its ends."""
    return float(losses.max() - max(losses[0], losses[-1]))
