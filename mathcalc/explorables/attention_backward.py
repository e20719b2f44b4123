"""The backward pass of one head of attention: the figure, its twin, and its reference."""

from typing import Any

import numpy as np
import traitlets
from traitlets import Bool, Enum, Float, Int, List, TraitError

from mathcalc import autodiff
from mathcalc.explorables.attention_backward_twin import draw
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.surface_figure import named

INPUTS = ("Q", "K", "V", "dO")
MADE = ("S", "P", "O", "dV", "dP", "dS", "dQ", "dK")
EXAMPLES: list[dict[str, Any]] = [
    {
        "name": "three tokens",
        "Q": [[1.0, 0.5], [-0.5, 1.0], [0.0, -1.0]],
        "K": [[1.0, 0.0], [0.5, 1.0], [-1.0, 0.5]],
        "V": [[1.0, 0.0], [0.0, 2.0], [-1.0, 1.0]],
        "dO": [[1.0, 0.0], [0.5, -1.0], [0.0, 1.0]],
    },
    {
        "name": "a query of zeros",
        "Q": [[0.0, 0.0], [0.0, 0.0]],
        "K": [[1.0, 0.0], [0.0, 1.0]],
        "V": [[1.0, 0.0], [3.0, 0.0]],
        "dO": [[1.0, 0.0], [0.0, 0.0]],
    },
    {
        "name": "a saturated softmax",
        "Q": [[3.0, 3.0], [-3.0, 3.0], [0.5, 0.0]],
        "K": [[3.0, 1.0], [-3.0, 2.0], [-1.0, -3.0]],
        "V": [[1.0, 0.0], [0.0, 2.0], [-1.0, 1.0]],
        "dO": [[1.0, 0.0], [0.5, -1.0], [0.0, 1.0]],
    },
]


class AttentionBackward(Explorable):
    r"""One head of attention, :math:`O = \operatorname{softmax}(QK^\top/\sqrt d)V`, backwards.

    With :math:`dX = \partial L/\partial X`: :math:`dV = P^\top dO`, :math:`dP = dO\,V^\top`,
    :math:`dS = P \odot (dP - \rho)` with the row sums :math:`\rho` of :math:`dP \odot P`,
    :math:`dQ = dS\,K/\sqrt d` and :math:`dK = dS^\top Q/\sqrt d`. The row sums of
    :math:`dP \odot P` are those of :math:`dO \odot O`, and those of :math:`dS` are zero.

    Parameters
    ----------
    head : str
        A name in the menu: ``"three tokens"``, ``"a query of zeros"``, ``"a saturated softmax"``.
    Q, K, V, dO : sequence of sequences of float, optional
        Matrices of your own, all of shape T×d, T from 2 to 5 and d from 1 to 4.
    causal : bool
        Whether a query sees only the keys up to its own.
    matrix, row, column : str, int, int
        The entry that is looked at; counted from 0.

    Raises
    ------
    ValueError
        If there is no such head.
    traitlets.TraitError
        If the matrices are not of one allowed shape, or no matrix has this name.
    """

    name = "attention-backward"
    state_keys = ("examples", *INPUTS, "causal", "matrix", "row", "column")
    _esm = module_text("attention_backward.mjs")

    examples = List(EXAMPLES).tag(sync=True)
    Q = List(List(Float())).tag(sync=True)
    K = List(List(Float())).tag(sync=True)
    V = List(List(Float())).tag(sync=True)
    dO = List(List(Float())).tag(sync=True)
    causal = Bool(False).tag(sync=True)
    matrix = Enum((*INPUTS, *MADE), "dS").tag(sync=True)
    row = Int(0, min=0, max=4).tag(sync=True)
    column = Int(1, min=0, max=4).tag(sync=True)

    def __init__(self, head: str = "three tokens", **state: Any):
        entry = named(EXAMPLES, head)
        given = {name: np.array(state.pop(name, entry[name]), float).tolist() for name in INPUTS}
        _check(given)
        super().__init__(**given, **state)

    @traitlets.validate(*INPUTS)
    def _rectangular(self, proposal: dict[str, Any]) -> list[list[float]]:
        rows = proposal["value"]
        if not (2 <= len(rows) <= 5 and {len(row) for row in rows} <= {1, 2, 3, 4}):
            raise TraitError(f"{proposal['trait'].name}: give 2 to 5 rows of 1 to 4 numbers")
        if len({len(row) for row in rows}) != 1 or not np.isfinite(rows).all():
            raise TraitError(f"{proposal['trait'].name}: give rows of one length, finite numbers")
        return rows

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        now = reference(self.state())
        sums = ", ".join(f"{x:.3g}" for x in now["sums"]["weighted"])
        return (
            f"The matrices of one head of attention with {len(self.Q)} tokens of width "
            f"{len(self.Q[0])}: Q, K, V, S, P, O, and below them dO, dV, dP, dS, dQ, dK, their "
            f"entries tinted by size. The row sums of dP⊙P, and of dO⊙O, are {sums}; those of dS "
            "are zero."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "One head of attention, backwards. Choose an entry of any matrix: what it is made of "
            "is outlined, and the sum is written below. Change an entry of Q, K, V or dO and see "
            "which gradients move."
        )

    def twin(self) -> Any:
        """Draw all matrices: a Matplotlib figure."""
        return draw({name: getattr(self, name) for name in INPUTS} | reference(self.state()))


def _check(given: dict[str, Any]) -> None:
    shapes = {name: np.shape(rows) for name, rows in given.items()}
    if len(set(shapes.values())) != 1:
        raise TraitError(f"Q, K, V and dO must have one shape T×d, not {shapes}")


def _loss(causal: bool, dO: np.ndarray, seen: dict[str, Any]) -> Any:
    """Return the loss Σ dO ⊙ O, a function of Q, K, V and shifts of S and P; it keeps them."""
    hidden = np.triu(np.full((len(dO), len(dO)), -1e6), 1) if causal else 0.0

    def loss(Q: Any, K: Any, V: Any, dS: Any, dP: Any) -> Any:
        seen["S"] = Q @ K.T / np.sqrt(dO.shape[1]) + dS
        grown = np.exp(seen["S"] + hidden)
        seen["P"] = grown / np.sum(grown, axis=1, keepdims=True) + dP
        seen["O"] = seen["P"] @ V
        return np.sum(dO * seen["O"])

    return loss


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows: the gradients by the package's reverse mode.

    Parameters
    ----------
    state : dict
        As `AttentionBackward.state` returns it.

    Returns
    -------
    dict
        ``S`` (None where it is masked), ``P``, ``O``; ``dV``, ``dP``, ``dS``, ``dQ``, ``dK``, the
        derivatives of Σ dO ⊙ O; and ``sums``, row by row: ``weighted`` (of dP ⊙ P), ``outputs``
        (of dO ⊙ O) and ``scores`` (of dS).
    """
    Q, K, V, dO = (np.array(state[name], float) for name in INPUTS)
    square = np.zeros((len(Q), len(Q)))
    seen: dict[str, Any] = {}
    forward: dict[str, Any] = {}
    _loss(state["causal"], dO, forward)(Q, K, V, square, square)
    slopes = autodiff.grad(_loss(state["causal"], dO, seen), argnums=range(5))(
        Q, K, V, square, square
    )
    made = forward | dict(zip(("dQ", "dK", "dV", "dS", "dP"), slopes, strict=True))
    sums = {
        "weighted": (made["dP"] * made["P"]).sum(axis=1).tolist(),
        "outputs": (dO * made["O"]).sum(axis=1).tolist(),
        "scores": made["dS"].sum(axis=1).tolist(),
    }
    found = {name: np.asarray(made[name]).tolist() for name in MADE}
    if state["causal"]:
        found["S"] = [
            [x if j <= i else None for j, x in enumerate(row)] for i, row in enumerate(found["S"])
        ]
    return {**found, "sums": sums}
