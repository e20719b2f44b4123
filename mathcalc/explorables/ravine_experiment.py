"""Three momenta in one ravine, with one long step: the figure, its twin, and its reference."""

from typing import Any

import numpy as np
from traitlets import Bool, Float, Int, List

from mathcalc import plotting
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.gd_surface import descend
from mathcalc.symbolic import ScalarField

BETAS = [0.0, 0.14, 0.9]
START = [-1.8, 1.0]
STEPS = 60
WINDOW = (-2.0, 2.0, -1.15, 1.15)


class RavineExperiment(Explorable):
    r"""Predict which momentum stops the bouncing in a ravine, then look.

    On :math:`\tfrac12(x^2 + \lambda y^2)` each coordinate of the heavy ball obeys
    :math:`z_{t+1} = (1 + \beta - c)z_t - \beta z_{t-1}`, with :math:`c = \eta\lambda` across the
    ravine and :math:`c = \eta` along it; in the long run a step multiplies it by the larger root
    (in modulus) of :math:`z^2 - (1 + \beta - c)z + \beta`. For :math:`\eta\lambda = 1.9` this is
    0.9 without momentum, 0.446 for :math:`\beta = 0.14` and 0.949 for :math:`\beta = 0.9`; the
    least is 0.378, at :math:`\beta = (1 - \sqrt{1.9})^2 = 0.143`.

    Parameters
    ----------
    eta_lambda : float
        The step size times the largest curvature, from 0.1 to 3.9.
    steepness : float
        The largest curvature λ, from 4 to 400; the smallest is 1.
    guess : int
        The prediction: -1 for none yet, else the index of the momentum.
    revealed : bool
        Whether the outcome is shown.
    t : int
        The iteration that is shown, from 0 to 60.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range.
    """

    name = "ravine-experiment"
    state_keys = ("betas", "start", "steepness", "eta_lambda", "guess", "revealed", "t")
    _esm = module_text("ravine_experiment.mjs")

    betas = List(BETAS).tag(sync=True)
    start = List(START).tag(sync=True)
    steepness = Float(100.0, min=4.0, max=400.0).tag(sync=True)
    eta_lambda = Float(1.9, min=0.1, max=3.9).tag(sync=True)
    guess = Int(-1, min=-1, max=2).tag(sync=True)
    revealed = Bool(False).tag(sync=True)
    t = Int(0, min=0, max=STEPS).tag(sync=True)

    def __init__(
        self,
        eta_lambda: float = 1.9,
        *,
        steepness: float = 100.0,
        guess: int = -1,
        revealed: bool = False,
        t: int = 0,
    ):
        outcome = {"guess": guess, "revealed": revealed, "t": t}
        super().__init__(eta_lambda=eta_lambda, steepness=steepness, **outcome)

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        return (
            "Three contour plots of the same ravine, each with a path of gradient descent from the "
            f"same start with step ηλ = {self.eta_lambda:.3g}: without momentum, with β = 0.14 and "
            f"with β = 0.9. {_seen(reference(self.state()))}"
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "A ravine, a long step, three momenta. Predict which one stops the bouncing soonest, "
            "then reveal. Lengthen the step afterwards: which momentum bears the longest one?"
        )

    def twin(self) -> Any:
        """Draw the three paths side by side: a Matplotlib figure."""
        return _draw(self.state())


def _seen(now: dict[str, Any]) -> str:
    leaves = ", ".join(f"{trial['across']:.3f}" for trial in now["trials"])
    return f"In the long run a step multiplies the distance across the ravine by {leaves}."


def _shrink(beta: float, c: float) -> float:
    """Return the spectral radius of one coordinate's recurrence."""
    companion = np.array([[1 + beta - c, -beta], [1.0, 0.0]])
    return float(np.abs(np.linalg.eigvals(companion)).max())


def _trial(field: ScalarField, state: dict[str, Any], beta: float) -> dict[str, Any]:
    stride, eta = state["eta_lambda"], state["eta_lambda"] / state["steepness"]
    run = descend(field, state["start"], eta, beta, STEPS)
    return {
        "beta": beta,
        "path": run["path"],
        "losses": run["losses"],
        "across": _shrink(beta, stride),
        "along": _shrink(beta, eta),
        "limit": 2 * (1 + beta),
    }


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by SymPy's derivatives and NumPy's eigenvalues.

    Parameters
    ----------
    state : dict
        As `RavineExperiment.state` returns it.

    Returns
    -------
    dict
        ``eta``; ``trials``, one for each momentum, with ``path`` and ``losses`` (at most 61),
        ``across`` and ``along`` (what a step leaves of each coordinate in the long run) and
        ``limit`` (the ηλ below which it is stable); and the indices ``calmest`` and ``fastest``
        of the smallest ``across`` and ``along``.
    """
    field = ScalarField(f"(x**2 + {state['steepness']}*y**2)/2", ("x", "y"))
    trials = [_trial(field, state, beta) for beta in state["betas"]]
    return {
        "eta": state["eta_lambda"] / state["steepness"],
        "trials": trials,
        "calmest": int(np.argmin([trial["across"] for trial in trials])),
        "fastest": int(np.argmin([trial["along"] for trial in trials])),
    }


def _draw(state: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(1, 3, figsize=(7.2, 1.9), sharey=True, layout="constrained")
    field = ScalarField(f"(x**2 + {state['steepness']}*y**2)/2", ("x", "y"))
    for ax, trial in zip(axes, reference(state)["trials"], strict=True):
        plotting.contours(ax, field, WINDOW)
        plotting.path(ax, np.array(trial["path"]))
        ax.set_title(f"β = {trial['beta']:g}", fontsize=10)
    return fig
