"""A census of random Hessians: the figure, its twin, and its reference."""

from math import comb
from typing import Any

import numpy as np
from traitlets import Float, Int

from mathcalc import palette
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.gradient_signal_depth_draws import normals
from mathcalc.landscapes import POSITIVE

BINS = 64
REACH = 8.0


class RandomCriticalPoints(Explorable):
    r"""How many symmetric Gaussian matrices have only positive eigenvalues, none, or some.

    The matrices are :math:`\tfrac12(A + A^\top) + sI` with independent normal entries in A: the
    Gaussian orthogonal ensemble, moved by the shift s.

    Parameters
    ----------
    n : int
        The size of the matrices, from 1 to 8.
    samples : int
        How many, from 100 to 20000.
    shift : float
        What is added to every eigenvalue, from 0 to 3.
    seed : int
        Which ones, from 1 to 999.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range.
    """

    name = "random-critical-points"
    state_keys = ("n", "samples", "shift", "seed")
    _esm = module_text("random_critical_points.mjs")

    n = Int(3, min=1, max=8).tag(sync=True)
    samples = Int(2000, min=100, max=20_000).tag(sync=True)
    shift = Float(0.0, min=0.0, max=3.0).tag(sync=True)
    seed = Int(1, min=1, max=999).tag(sync=True)

    def __init__(self, n: int = 3, *, samples: int = 2000, shift: float = 0.0, seed: int = 1):
        super().__init__(n=n, samples=samples, shift=shift, seed=seed)

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        known = reference(self.state())
        return (
            f"Left: a histogram of the eigenvalues of {self.samples} random symmetric matrices of "
            f"size {self.n}. Right: their shares by the number of negative eigenvalues; "
            f"{known['minima']:.2%} have none, where independent signs would give "
            f"{known['coin']:.2%}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "A census of random Hessians. Raise n: minima die out much faster than independent "
            "signs would have it, for eigenvalues repel each other. Then shift the spectrum."
        )

    def twin(self) -> Any:
        """Draw the histogram and the shares: a Matplotlib figure."""
        return _draw(reference(self.state()))


def hessians(n: int, samples: int, seed: int) -> np.ndarray:
    """Return the matrices of a seed, shape ``(samples, n, n)``."""
    A = normals(seed, samples * n * n).reshape(samples, n, n)
    return (A + A.swapaxes(1, 2)) / 2


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by LAPACK's eigenvalues.

    Parameters
    ----------
    state : dict
        As `RandomCriticalPoints.state` returns it.

    Returns
    -------
    dict
        ``counts`` and ``shares`` of the matrices by their number of negative eigenvalues, 0 to n;
        ``bins``, 64 counts of eigenvalues from -8 to 8; the shares of ``minima``, ``saddles`` and
        ``maxima``; the standard ``error`` of the first; its ``exact`` value, None where it is not
        known; ``coin``, 2⁻ⁿ.
    """
    n, samples = state["n"], state["samples"]
    spectra = np.linalg.eigvalsh(hessians(n, samples, state["seed"])) + state["shift"]
    counts = np.bincount((spectra < 0).sum(axis=1), minlength=n + 1)
    bins, _ = np.histogram(spectra, BINS, (-REACH, REACH))
    shares = counts / samples
    return {
        "counts": counts.tolist(),
        "bins": bins.tolist(),
        "shares": shares.tolist(),
        "minima": float(shares[0]),
        "maxima": float(shares[n]),
        "saddles": float(1 - shares[0] - shares[n]),
        "error": float(np.sqrt(shares[0] * (1 - shares[0]) / samples)),
        "exact": POSITIVE.get(n) if state["shift"] == 0 else None,
        "coin": 0.5**n,
    }


def _draw(known: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.3), layout="constrained")
    edges = np.linspace(-REACH, REACH, BINS + 1)
    inks = [palette.colour("gradient" if e < 0 else "constraint") for e in edges[:-1]]
    left.bar(edges[:-1], known["bins"], np.diff(edges) * 0.9, align="edge", color=inks)
    left.axvline(0, color=palette.colour("quiet"), lw=1)
    left.set(xlabel="eigenvalue", yticks=[])
    n = len(known["shares"]) - 1
    kinds = ["constraint", *["path"] * (n - 1), "gradient"]
    right.bar(range(n + 1), known["shares"], color=[palette.colour(kind) for kind in kinds])
    coins = [comb(n, k) / 2**n for k in range(n + 1)]
    right.plot(range(n + 1), coins, "_", color=palette.colour("ink"), ms=22, mew=2.5)
    right.set(xlabel="negative eigenvalues", ylabel="share", xticks=range(n + 1))
    return fig
