"""How many sweeps a Jacobian takes: the figure, its twin, and its reference by counting runs."""

from collections.abc import Callable
from typing import Any

import numpy as np
from traitlets import Int, List

from mathcalc import autodiff, palette
from mathcalc.explorables.base import Explorable, module_text

EXAMPLES = [
    {"name": "1000 inputs, 3 outputs", "n": 1000, "m": 3},
    {"name": "a loss of 1000 parameters", "n": 1000, "m": 1},
    {"name": "a simulation: 2 parameters, 50 moments", "n": 2, "m": 50},
    {"name": "a curve: 1 input, 20 outputs", "n": 1, "m": 20},
    {"name": "as many inputs as outputs: 30", "n": 30, "m": 30},
]


class SweepCounter(Explorable):
    """The Jacobian of a map from n inputs to m outputs, filled by columns and by rows.

    Parameters
    ----------
    n, m : int
        How many inputs and outputs, from 1 to 1000.
    sweeps : int
        How many sweeps each mode has done, from 0 to 1000.

    Raises
    ------
    traitlets.TraitError
        If a number is out of its range.
    """

    name = "sweep-counter"
    state_keys = ("examples", "n", "m", "sweeps")
    _esm = module_text("sweep_counter.mjs")

    examples = List(EXAMPLES).tag(sync=True)
    n = Int(30, min=1, max=1000).tag(sync=True)
    m = Int(12, min=1, max=1000).tag(sync=True)
    sweeps = Int(8, min=0, max=1000).tag(sync=True)

    def __init__(self, n: int = 30, m: int = 12, sweeps: int = 8):
        super().__init__(n=n, m=m, sweeps=sweeps)

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        columns, rows = min(self.sweeps, self.n), min(self.sweeps, self.m)
        return (
            f"A grid of {self.m} rows and {self.n} columns, twice. After {self.sweeps} sweeps "
            f"forward mode has filled {columns} columns of the first, reverse mode {rows} rows "
            "of the second."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The same Jacobian twice. A forward sweep fills a column, a backward sweep a row: what "
            "is cheaper is a question of its shape. Drag its corner, and let the modes race."
        )

    def twin(self) -> Any:
        """Draw both grids, partly filled: a Matplotlib figure."""
        return _draw(self.state())


def _counted(f: Callable) -> tuple[Callable, list[int]]:
    """Return a function, and a list of one number that counts its calls."""
    calls = [0]

    def counting(*args: Any) -> Any:
        calls[0] += 1
        return f(*args)

    return counting, calls


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by differentiating a map and counting.

    Forward runs are calls of the map by `autodiff.jacfwd`; backward sweeps are calls of its
    VJP rule by `autodiff.jacrev`.

    Parameters
    ----------
    state : dict
        As `SweepCounter.state` returns it.

    Returns
    -------
    dict
        ``jvps``, ``vjps``, ``cheaper``, ``entries``, ``columns``, ``rows`` and ``found``.
    """
    n, m, sweeps = state["n"], state["m"], state["sweeps"]
    weights = np.arange(1.0, m + 1)
    f, runs = _counted(lambda x: x[0] * weights)
    pull, pulls = _counted(lambda u, y, x: (np.concatenate([[u @ weights], np.zeros(n - 1)]),))
    J = autodiff.jacfwd(f)(np.ones(n))
    autodiff.jacrev(autodiff.custom_vjp(lambda x: x[0] * weights, pull))(np.ones(n))
    order = np.sign(runs[0] - pulls[0])
    filled = np.zeros((2, m, n), bool)
    filled[0, :, :sweeps] = filled[1, :sweeps] = True
    return {
        "jvps": runs[0],
        "vjps": pulls[0],
        "cheaper": {-1: "forward", 0: "tie", 1: "reverse"}[int(order)],
        "entries": J.size,
        "columns": int(filled[0].any(axis=0).sum()),
        "rows": int(filled[1].any(axis=1).sum()),
        "found": {"forward": int(filled[0].sum()), "reverse": int(filled[1].sum())},
        "last": max(runs[0], pulls[0]),
    }


def _draw(state: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(1, 2, figsize=(6.4, 2.6), layout="constrained")
    n, m, sweeps = (state[key] for key in ("n", "m", "sweeps"))
    sides = (("tangent", min(sweeps, n), m, "forward"), ("adjoint", n, min(sweeps, m), "reverse"))
    for ax, (ink, wide, high, name) in zip(axes, sides, strict=True):
        ax.add_patch(plt.Rectangle((0, 0), wide, high, color=palette.colour(ink), alpha=0.45))
        ax.vlines(range(n + 1 if n <= 32 else 0), 0, m, color=palette.colour("quiet"), lw=0.6)
        ax.hlines(range(m + 1 if m <= 32 else 0), 0, n, color=palette.colour("quiet"), lw=0.6)
        ax.set(xlim=(0, n), ylim=(m, 0), title=name, xlabel=f"n = {n}", ylabel=f"m = {m}")
        ax.set(xticks=[], yticks=[])
    return fig
