"""A loss landscape small enough to be known whole: a network that tells clouds of points apart.

All its second derivatives can be computed, so that what is said of large networks can be looked at:
a bulk of small eigenvalues, a few large ones, one fewer than there are classes.
"""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from mathcalc import checks

INPUTS, HIDDEN, MOST, POINTS = 8, 12, 6, 240
NOISE, RATE = 0.5, 0.5
LONGEST = 10**5  # steps of a descent
BODY = (INPUTS + 1) * HIDDEN  # the weights and biases before the outputs


class Landscape:
    """The loss of a network with one hidden layer of 12 tanh units, over all its parameters.

    Its 240 points in eight dimensions are clouds round as many orthogonal centres as there are
    classes; the loss is the mean cross-entropy. Everything is seeded.

    Parameters
    ----------
    classes : int
        How many clouds, from 2 to 6.

    Raises
    ------
    ValueError
        If there are too few or too many classes.
    """

    def __init__(self, classes: int) -> None:
        self.classes = classes = checks.whole(classes, "classes", 2, MOST)
        self.size = BODY + classes * (HIDDEN + 1)
        rng = np.random.default_rng(2)
        centres = 2 * np.linalg.qr(rng.normal(size=(INPUTS, INPUTS)))[0]
        self._labels = np.arange(POINTS) % classes
        self._points = centres[self._labels] + NOISE * rng.normal(size=(POINTS, INPUTS))
        width = np.full(BODY + MOST * (HIDDEN + 1), HIDDEN**-0.5)
        width[:BODY] = INPUTS**-0.5
        self._start = width[: self.size] * rng.normal(size=width.size)[: self.size]

    def loss(self, theta: Any) -> np.ndarray:
        """Return the loss at parameters of shape ``(size, ...)``: shape ``(...)``."""
        theta = checks.points(theta, "theta", self.size)
        columns = self._whole(theta.reshape(self.size, math.prod(theta.shape[1:])))
        return np.asarray(_compiled()["loss"](columns, *self._data())).reshape(theta.shape[1:])

    def gradient(self, theta: Any) -> np.ndarray:
        """Return the gradient at one place, shape ``(size,)``."""
        whole = _compiled()["gradient"](self._whole(self._place(theta)), *self._data())
        return np.asarray(whole)[: self.size]

    def hessian(self, theta: Any) -> np.ndarray:
        """Return the Hessian at one place, shape ``(size, size)``."""
        whole = _compiled()["hessian"](self._whole(self._place(theta)), *self._data())
        return np.asarray(whole)[: self.size, : self.size]

    def trained(self, steps: int) -> np.ndarray:
        """Return the parameters after so many steps of gradient descent, of size 0.5."""
        steps = checks.whole(steps, "steps", 0, LONGEST)
        whole = _compiled()["descend"](self._whole(self._start), steps, *self._data())
        return np.asarray(whole)[: self.size]

    def _place(self, theta: Any) -> np.ndarray:
        theta = checks.points(theta, "theta", self.size)
        checks.refuse(theta.ndim != 1, f"theta has shape {theta.shape}: give one place")
        return theta

    def _data(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        unused = np.where(np.arange(MOST) < self.classes, 0.0, -1e9)
        return self._points, self._labels, unused

    # Programs are compiled once, for six classes; outputs without a class have no influence.
    def _whole(self, theta: np.ndarray) -> np.ndarray:
        import jax

        rest = BODY + MOST * (HIDDEN + 1) - self.size
        whole = np.concatenate([theta, np.zeros((rest, *theta.shape[1:]))])
        with np.errstate(over="ignore"):  # what JAX's own type cannot hold is infinite
            return whole.astype(jax.dtypes.canonicalize_dtype(float))


@cache
def _compiled() -> dict[str, Callable[..., Any]]:
    import jax

    def descend(theta: Any, steps: int, *data: Any) -> Any:
        gradient = jax.grad(_cross_entropy)
        return jax.lax.fori_loop(0, steps, lambda _, w: w - RATE * gradient(w, *data), theta)

    return {
        "loss": jax.jit(jax.vmap(_cross_entropy, (1, None, None, None))),
        "gradient": jax.jit(jax.grad(_cross_entropy)),
        "hessian": jax.jit(jax.hessian(_cross_entropy)),
        "descend": jax.jit(descend),
    }


def _cross_entropy(theta: Any, points: Any, labels: Any, unused: Any) -> Any:
    import jax
    import jax.numpy as jnp

    first = theta[: INPUTS * HIDDEN].reshape(HIDDEN, INPUTS)
    last = theta[BODY:].reshape(MOST, HIDDEN + 1)
    hidden = jnp.tanh(points @ first.T + theta[INPUTS * HIDDEN : BODY])
    logits = hidden @ last[:, :-1].T + last[:, -1] + unused
    chosen = logits[jnp.arange(POINTS), labels]
    return jnp.mean(jax.nn.logsumexp(logits, axis=1) - chosen)


def outliers(eigenvalues: Any, most: int = 10) -> int:
    """Count the large eigenvalues: those before the widest gap, as a ratio, among the largest.

    Parameters
    ----------
    eigenvalues : array_like
        A spectrum, in any order.
    most : int
        How many of the largest are compared.

    Raises
    ------
    ValueError
        If the largest are not all positive.
    """
    most = checks.whole(most, "most", 2, LONGEST)
    spectrum = checks.numbers(eigenvalues, "eigenvalues", finite=True)
    fits = spectrum.ndim == 1 and spectrum.size > 1
    checks.refuse(not fits, f"eigenvalues: shape {spectrum.shape}; give at least two in a list")
    top = np.sort(spectrum)[::-1][:most]
    positive = (top > 0).all()
    checks.refuse(not positive, f"eigenvalues: of the most={most} largest, some are not positive")
    top = top / top[0]
    return int(np.argmax(np.log(top[:-1]) - np.log(top[1:]))) + 1
