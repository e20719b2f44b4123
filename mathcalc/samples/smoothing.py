"""How much to smooth: generalised cross-validation in coordinates where smoothing is diagonal.

A penalised fit has coordinates (Demmler and Reinsch's) in which it only shrinks: the data's
coordinate ``z`` becomes ``z / (1 + r)``, where ``r = λ₁ s₁ + … + λ_d s_d`` is its roughness under
the weights ``λ``. Then every score costs one pass over the coordinates.

The score is ``N · residual / (N - 1.2 · parameters)²``. Without the factor, of N = 60 noisy samples
one set in twenty is taken for exact ones, measured; with it none, and derivatives are no worse.

Sources: Craven and Wahba (1979), Numerische Mathematik 31, 377-403, for the score;
Kim and Gu (2004), Journal of the Royal Statistical Society B 66, 337-356, for the factor
(unchecked); Wahba (1983), the same journal 45, 133-150, for the covariance ``σ²/(1 + r)`` of a
coordinate (unchecked). The test for data without noise is our own.
"""

from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from scipy import special
from scipy.optimize import minimize

COST = 1.2  # of an effective parameter, in units of a datum
RARE = 1e-4  # the chance with which noise may be taken for bias
SCAN = 17  # how many amounts of smoothing are tried before the descent
WIDEST = 34.0  # how far, in ln λ, the least is below what touches the roughest coordinate
ROUGHEST = 0.25  # the share of the coordinates that must look like noise
WHITE = 0.1  # ... of at least this share of the variance that smoothing found
MEDIAN = 0.455  # of the square of a standard normal variable


@dataclass(frozen=True)
class Smoothed:
    """What the smoothing did: the share of each coordinate that is kept, and what that leaves."""

    kept: np.ndarray  # 1 / (1 + r), in (0, 1]
    weights: np.ndarray  # λ, one for each penalty
    variance: float  # of the noise of one value
    score: float  # generalised cross-validation: an estimate of the squared error of prediction


class Spectrum:
    """Data in the coordinates of a penalised fit.

    Parameters
    ----------
    z : ndarray
        The data's coordinates, of any shape.
    roughness : sequence of ndarray
        What each penalty says of each coordinate; they broadcast to the shape of ``z``, and are
        zero where it says nothing.
    outside : float
        The squared length of the part of the data that no coordinate reaches.
    count : int
        How many data there are.
    """

    def __init__(self, z: np.ndarray, roughness: list, outside: float, count: int) -> None:
        self.squares, self.roughness = z**2, roughness
        self.outside, self.beyond = outside, count - z.size
        self.count = count
        free = reduce(np.add, roughness) == 0  # coordinates that are kept whatever the weights
        self.cost = COST if COST * free.sum() < 0.9 * count else 1.0

    def chosen(self, factor: float = 1.0) -> Smoothed:
        """Return the smoothing of the least score, or a multiple of it."""
        low, high = self._range()
        start = min(np.linspace(low, high, SCAN), key=lambda logs: self.score(logs)[0])
        bounds = list(zip(low, high, strict=True))
        found = minimize(self.score, start, jac=True, method="L-BFGS-B", bounds=bounds)
        best = self.smoothed(np.exp(found.x))
        if factor != 1.0:
            return replace(self.smoothed(factor * best.weights), variance=best.variance)
        level = self._level(best)
        return best if level is None else replace(self.smoothed(np.exp(low)), variance=level)

    def smoothed(self, weights: np.ndarray) -> Smoothed:
        """Return what given weights do."""
        r = self._rough(weights)
        left, residual = self._left(r / (1 + r))
        dear = max(self._dear(left), 1e-9)
        return Smoothed(1 / (1 + r), weights, residual / left, self.count * residual / dear**2)

    def score(self, logs: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the logarithm of the score at ``ln λ``, and its gradient."""
        weights = np.exp(logs)
        r = self._rough(weights)
        kept, lost = 1 / (1 + r), r / (1 + r)
        left, residual = self._left(lost)
        dear = self._dear(left)
        if dear <= 0:
            return np.inf, np.zeros(len(logs))
        slope = 2 * kept**2 * (lost * (self.squares / residual) - self.cost / dear)
        gradient = [(slope * (w * s)).sum() for w, s in zip(weights, self.roughness, strict=True)]
        return float(np.log(residual) - 2 * np.log(dear)), np.array(gradient)

    def _rough(self, weights: np.ndarray) -> np.ndarray:
        return reduce(np.add, [w * s for w, s in zip(weights, self.roughness, strict=True)])

    def _left(self, lost: np.ndarray) -> tuple[float, float]:
        """Return the degrees of freedom and the squares that are left to the noise."""
        residual = self.outside + (lost**2 * self.squares).sum()
        return float(self.beyond + lost.sum()), max(float(residual), np.finfo(float).tiny)

    def _dear(self, left: float) -> float:
        """Return the degrees of freedom that are left when a parameter costs more than a datum."""
        return self.count - self.cost * (self.count - left)

    def _level(self, best: Smoothed) -> float | None:
        """Return the variance of the roughest coordinates, if they do not look like the noise.

        Noise is white, and fills them all. If they hold far less than the noise that was found,
        that was bias, and the data are better met. None if the noise is noise.
        """
        if self.beyond and self.outside > WHITE * self.beyond * best.variance:
            return None
        rough = self.squares[best.kept <= np.quantile(best.kept, ROUGHEST)]
        middle = np.median(rough)
        share = special.chdtr(1, middle / best.variance)  # of white noise that would be below it
        chance = special.bdtrc((rough.size - 1) // 2, rough.size, share)
        if middle > WHITE * MEDIAN * best.variance or chance > RARE:
            return None
        return float(middle) / MEDIAN

    def _range(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the least and the largest ``ln λ``: nearly nothing or all of it is smoothed."""
        rough = [s[s > 0] for s in self.roughness]
        low = [-np.log(s.max()) - WIDEST if s.size else 0.0 for s in rough]
        high = [-np.log(s.min()) + WIDEST / 2 if s.size else 0.0 for s in rough]
        return np.array(low), np.array(high)
