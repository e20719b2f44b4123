"""Random landscapes: Gaussian symmetric matrices, and periodic fields with critical points."""

import math
from typing import Any

import numpy as np

from mathcalc import checks

#: The exact probability that an n×n matrix of the ensemble `goe` is positive definite.
POSITIVE = {
    1: 1 / 2,
    2: (2 - math.sqrt(2)) / 4,
    3: (math.pi - 2 * math.sqrt(2)) / (4 * math.pi),
}
STEP = (
    0.3  # the longest step of Newton's iteration, in units where the fastest wave has length 2π/k
)
ROUNDS = 30
LARGEST, MOST = 1000, 10**7  # rows of a matrix, and numbers in all
FAR = np.errstate(over="ignore", invalid="ignore")  # where there is no value, nan says so
SAME = 1e-4  # points nearer than this are one point


def goe(n: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return matrices of the Gaussian orthogonal ensemble, shape ``(count, n, n)``.

    Diagonal entries have variance 1, the others 1/2; all are independent, apart from the symmetry.
    """
    n, count = checks.whole(n, "n", 1, LARGEST), checks.whole(count, "count", 0, MOST)
    checks.refuse(n * n * count > MOST, f"n={n}, count={count}: together too many numbers")
    A = rng.normal(size=(count, n, n))
    return (A + A.swapaxes(1, 2)) / 2


def indices(hessians: Any) -> np.ndarray:
    """Return how many eigenvalues of each matrix are negative: 0 is a minimum, n a maximum."""
    H = checks.numbers(hessians, "hessians", finite=True)
    square = H.ndim > 1 and H.shape[-1] == H.shape[-2]
    checks.refuse(not square, f"hessians: shape {H.shape}; give square matrices")
    return (np.linalg.eigvalsh(H) < 0).sum(axis=-1)


def shares_at_critical_points(n: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return the shares of the indices 0, …, n among a Gaussian field's critical points.

    By the formula of Kac and Rice a Hessian that the field has somewhere is met at a critical point
    with a weight proportional to ``|det H|``. The Hessian of an isotropic field somewhere
    is a matrix of `goe`, scaled, plus a common Gaussian shift of its eigenvalues.

    Parameters
    ----------
    n : int
        The dimension.
    count : int
        How many Hessians are drawn; the error falls as one over its square root.
    rng : numpy.random.Generator
        Where the randomness comes from.
    """
    n, count = checks.whole(n, "n", 1, LARGEST), checks.whole(count, "count", 1, MOST)
    shift = rng.normal(size=(count, 1, 1)) * np.eye(n)
    eigenvalues = np.linalg.eigvalsh(math.sqrt(2) * goe(n, count, rng) + shift)
    index = (eigenvalues < 0).sum(axis=1)
    weights = np.bincount(index, np.abs(eigenvalues.prod(axis=1)), minlength=n + 1)
    weights += weights[::-1]  # −f is as probable as f
    return weights / weights.sum()


class PeriodicField:
    """A random sum of plane waves on the torus ``[0, 2π)ⁿ``: Gaussian, smooth, nearly isotropic.

    Parameters
    ----------
    n : int
        The dimension.
    fastest : int
        The largest length of a wave vector.
    rng : numpy.random.Generator
        Draws the amplitudes; the value at a point has variance 1.

    Raises
    ------
    ValueError
        If ``n`` or ``fastest`` is not positive.
    """

    def __init__(self, n: int, fastest: int, rng: np.random.Generator) -> None:
        n, fastest = checks.whole(n, "n", 1, 8), checks.whole(fastest, "fastest", 1, 1000)
        waves = (2 * fastest + 1) ** n
        checks.refuse(waves > MOST // 10, f"n={n}, fastest={fastest}: together too many waves")
        steps = [np.arange(-fastest, fastest + 1)] * n
        waves = np.stack(np.meshgrid(*steps, indexing="ij"), axis=-1).reshape(-1, n)
        length = (waves**2).sum(axis=1)
        half = waves[(length > 0) & (length <= fastest**2)]
        half = half[: len(half) // 2]  # k and −k are one wave
        self.n, self.fastest, self._k = n, fastest, half.astype(float)
        self._outer = np.einsum("ki,kj->kij", self._k, self._k).reshape(len(half), n * n)
        self._a, self._b = rng.normal(size=(2, len(half))) / math.sqrt(len(half))

    @FAR
    def _waves(self, x: Any) -> tuple[np.ndarray, np.ndarray]:
        phase = np.moveaxis(checks.points(x, "x", self.n), 0, -1) @ self._k.T
        cosine, sine = np.cos(phase), np.sin(phase)
        return self._a * cosine + self._b * sine, self._b * cosine - self._a * sine

    def __call__(self, x: Any) -> np.ndarray:
        """Return the values at points of shape ``(n, ...)``: shape ``(...)``."""
        return self._waves(x)[0].sum(axis=-1)

    @FAR
    def gradient(self, x: Any) -> np.ndarray:
        """Return the gradients at points of shape ``(n, ...)``: shape ``(n, ...)``."""
        return np.moveaxis(self._waves(x)[1] @ self._k, -1, 0)

    @FAR
    def hessian(self, x: Any) -> np.ndarray:
        """Return the Hessians at points of shape ``(n, ...)``: shape ``(n, n, ...)``."""
        flat = -self._waves(x)[0] @ self._outer
        return np.moveaxis(flat.reshape(*flat.shape[:-1], self.n, self.n), (-2, -1), (0, 1))

    def critical_points(self, starts: int) -> np.ndarray:
        """Return the critical points that Newton's iteration finds, shape ``(n, found)``.

        Whether all were found is told by the torus: there are as many points of even index as of
        odd index (Morse), and a missed point breaks the balance unless a partner is missed, too.

        Parameters
        ----------
        starts : int
            Starting points along each axis, on a grid.
        """
        starts = checks.whole(starts, "starts", 1, MOST)
        checks.refuse(starts**self.n > MOST // 100, f"starts={starts}: too many in all")
        axes = [np.arange(starts) * 2 * math.pi / starts] * self.n
        x = np.stack(np.meshgrid(*axes, indexing="ij")).reshape(self.n, -1)
        for _ in range(ROUNDS):
            x = x - self._newton(x)
        x = x[:, np.linalg.norm(self.gradient(x), axis=0) < 1e-9] % (2 * math.pi)
        return x[:, _first_of_each(x)]

    def _newton(self, x: np.ndarray) -> np.ndarray:
        """Return Newton's steps, none longer than a share of the shortest wave."""
        H = np.moveaxis(self.hessian(x), (0, 1), (-2, -1)) + 1e-12 * np.eye(self.n)
        step = np.linalg.solve(H, self.gradient(x).T[..., None])[..., 0].T
        length = np.linalg.norm(step, axis=0)
        return step * np.minimum(1, 2 * STEP / self.fastest / np.maximum(length, 1e-300))


def _first_of_each(x: np.ndarray) -> np.ndarray:
    """Return the places of points on the torus that are not near one before them."""
    from scipy.spatial import cKDTree

    around = cKDTree(np.concatenate([np.cos(x), np.sin(x)]).T)
    later = {max(pair) for pair in around.query_pairs(SAME)}
    return np.array([i for i in range(x.shape[1]) if i not in later], dtype=int)
