"""Paths between trained networks: a straight line, one after aligning the neurons, a trained curve.

The network has one hidden layer, ``x ↦ Σⱼ vⱼ tanh(wⱼ·x + bⱼ)``, and its parameters are an array of
shape ``(units, 4)`` with the rows ``(wⱼ, bⱼ, vⱼ)``; axes before these are batches. Swapping two
rows, or turning the sign of one, changes the parameters and not the function.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc import checks

DECAY = 1e-3  # weight decay: without it there is no minimiser, only a way to infinity
STEPS = 400  # of the minimiser
FAR = np.errstate(over="ignore", invalid="ignore")  # where there is no value, nan says so
MOST = 10**6  # points; a network's neurons are far fewer
PLACES = np.linspace(0, 1, 15)[:, None, None]  # where on a curve the loss is felt

Data = tuple[np.ndarray, np.ndarray]


def ring(count: int, rng: np.random.Generator) -> Data:
    """Return points of a square, shape ``(count, 2)``, and whether each is in the unit disc."""
    count = checks.whole(count, "count", 0, MOST)
    points = rng.uniform(-1.5, 1.5, size=(count, 2))
    return points, ((points**2).sum(axis=1) < 1).astype(float)


def _hidden(theta: np.ndarray, points: np.ndarray) -> np.ndarray:
    return np.tanh(points @ theta[..., :2].swapaxes(-1, -2) + theta[..., None, :, 2])


def _network(theta: Any, name: str = "theta") -> np.ndarray:
    """Return parameters of shape ``(..., units, 4)``, of a size that is computed with."""
    found = checks.numbers(theta, name)
    fits = found.ndim > 1 and found.shape[-1] == 4
    checks.refuse(not fits, f"{name} has shape {found.shape}, but must have (..., units, 4)")
    return found


def _planar(points: Any, name: str = "points") -> np.ndarray:
    found = checks.numbers(points, name)
    fits = found.ndim == 2 and found.shape[1] == 2
    checks.refuse(not fits, f"{name}: shape {found.shape}; give points as (count, 2)")
    return found


def _data(data: Any) -> Data:
    """Return points, at least one, and whether each is inside, as 1 or 0."""
    pair = checks.listed(data, "data")
    checks.refuse(len(pair) != 2, "data: give the pair (points, inside)")
    points, inside = _planar(pair[0], "data[0]"), checks.numbers(pair[1], "data[1]")
    fits = inside.shape == (len(points),) and len(points) > 0
    checks.refuse(not fits, f"data[1]: shape {inside.shape}; give one number for each point")
    return points, inside


def _pair(a: Any, b: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the parameters of two networks of one size."""
    a, b = (checks.numbers(x, name, finite=True) for x, name in ((a, "a"), (b, "b")))
    large = max(np.abs(x).max(initial=0) for x in (a, b)) > 1e100
    checks.refuse(large, "a, b: the entries are too large to be squared")
    fits = a.shape == b.shape and a.ndim == 2 and a.shape[1] == 4 and len(a) > 0
    checks.refuse(not fits, f"a has shape {a.shape} and b {b.shape}: give two (units, 4)")
    return a, b


@FAR
def score(theta: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return the network's score of points of shape ``(count, 2)``: positive says inside."""
    theta, points = _network(theta), _planar(points)
    return (_hidden(theta, points) @ theta[..., 3:])[..., 0]


@FAR
def loss(theta: np.ndarray, data: Data) -> Any:
    """Return the mean cross-entropy of the data ``(points, inside)``, with weight decay."""
    theta, (points, inside) = _network(theta), _data(data)
    z = score(theta, points)
    fit = (np.logaddexp(0, z) - inside * z).mean(axis=-1)
    return fit + DECAY / 2 * (theta**2).sum(axis=(-2, -1))


@FAR
def gradient(theta: np.ndarray, data: Data) -> np.ndarray:
    """Return the gradient of `loss`, of the shape of `theta`: one backward pass, by hand."""
    theta, (points, inside) = _network(theta), _data(data)
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
    units, data = checks.whole(units, "units", 1, 1000), _data(data)
    seed = checks.whole(seed, "seed", 0, 2**63)
    start = np.random.default_rng(seed).normal(size=(units, 4))
    return _smallest(lambda theta: (loss(theta, data), gradient(theta, data)), start)


def aligned(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return `b` with its neurons reordered, and their signs turned, to lie nearest to `a`.

    The function of the network stays the same. The best order is an assignment problem.
    """
    from scipy.optimize import linear_sum_assignment

    a, b = _pair(a, b)
    apart = ((a[:, None] - b) ** 2).sum(axis=-1)
    turned = ((a[:, None] + b) ** 2).sum(axis=-1)
    rows, columns = linear_sum_assignment(np.minimum(apart, turned))
    sign = np.where(apart <= turned, 1.0, -1.0)[rows, columns]
    return sign[:, None] * b[columns]


@FAR
def bend(a: Any, middle: Any, b: Any, t: Any) -> Any:
    """Return the point at ``t`` of the quadratic Bézier curve from `a` over `middle` to `b`."""
    a, middle, b = (checks.numbers(x, name) for x, name in ((a, "a"), (middle, "middle"), (b, "b")))
    t = checks.numbers(t, "t")
    try:
        np.broadcast_shapes(a.shape, middle.shape, b.shape, t.shape)
    except ValueError:
        raise ValueError("a, middle, b and t have shapes that do not fit together") from None
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t**2 * b


def trained_bend(a: np.ndarray, b: np.ndarray, data: Data) -> np.ndarray:
    """Return the middle for which the mean loss along the curve from `a` to `b` is small.

    After Garipov et al. (2018), with a fixed grid in place of random places on the curve.
    """
    (a, b), data = _pair(a, b), _data(data)

    def both(middle: np.ndarray) -> tuple[Any, np.ndarray]:
        thetas = bend(a, middle, b, PLACES)
        felt = 2 * PLACES * (1 - PLACES) * gradient(thetas, data)
        return loss(thetas, data).mean(), felt.mean(axis=0)

    return _smallest(both, (a + b) / 2)


def profile(path: Callable[[Any], Any], data: Data, count: int = 101) -> np.ndarray:
    """Return the losses at ``count`` equally spaced places of a path of parameters, from 0 to 1."""
    count = checks.whole(count, "count", 1, MOST)
    places = np.linspace(0, 1, count)[:, None, None]
    return loss(_network(checks.function(path, "path")(places), "path"), data)


def barrier(losses: np.ndarray) -> float:
    """Return how far a profile rises above the higher of its ends."""
    losses = checks.numbers(losses, "losses")
    fits = losses.ndim == 1 and losses.size > 0
    checks.refuse(not fits, f"losses: shape {losses.shape}; give those of one path")
    with np.errstate(invalid="ignore"):
        return float(losses.max() - max(losses[0], losses[-1]))
