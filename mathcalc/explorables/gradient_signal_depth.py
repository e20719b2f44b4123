"""The error signal on its way through many layers: the figure, its twin, and its reference."""

from collections.abc import Callable
from typing import Any

import numpy as np
from traitlets import Enum, Float, Int

from mathcalc import autodiff, palette
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.gradient_signal_depth_draws import NETS, networks, rotations

ACTIVATIONS = ("linear", "sigmoid", "tanh", "relu", "residual")
WEIGHTS = ("gaussian", "rotations")
WIDTHS = (1, 4, 16)


class GradientSignalDepth(Explorable):
    r"""How long the error signal is after many layers, in 31 random networks.

    Layer :math:`l` is :math:`a^{(l)} = \sigma(z^{(l)})`, :math:`z^{(l)} = W^{(l)}a^{(l-1)}`, and
    :math:`\delta^{(l)} = \sigma'(z^{(l)}) \odot (W^{(l+1)})^\top\delta^{(l+1)}`, from
    :math:`\|\delta^{(L+1)}\| = 1` at the loss down to :math:`\delta^{(1)}`: L factors. A residual
    layer adds :math:`\tanh(z^{(l)})` to its input. No signal is longer than the product of
    :math:`\|W\|_2 \max\sigma'` (of :math:`1 + \|W\|_2` for residual layers).

    Parameters
    ----------
    activation : str
        ``"linear"``, ``"sigmoid"``, ``"tanh"``, ``"relu"`` or ``"residual"``.
    weights : str
        ``"gaussian"``: independent entries of standard deviation gain/√width; ``"rotations"``:
        the gain times an orthogonal matrix, whose norm is the gain.
    gain : float
        The scale of the weights, from 0.1 to 4.
    depth : int
        The number of layers L that the signal passes, from 1 to 100.
    width : int
        The number of units in a layer: 1, 4 or 16.
    seed : int
        The networks' number, from 0 to 9999.

    Raises
    ------
    traitlets.TraitError
        If a value is out of range.
    """

    name = "gradient-signal-depth"
    state_keys = ("activation", "weights", "gain", "depth", "width", "seed")
    _esm = module_text("gradient_signal_depth.mjs")

    activation = Enum(ACTIVATIONS, "sigmoid").tag(sync=True)
    weights = Enum(WEIGHTS, "gaussian").tag(sync=True)
    gain = Float(1.0, min=0.1, max=4.0).tag(sync=True)
    depth = Int(20, min=1, max=100).tag(sync=True)
    width = Enum(WIDTHS, 16).tag(sync=True)
    seed = Int(1, min=0, max=9999).tag(sync=True)

    def __init__(self, activation: str = "sigmoid", **state: Any):
        super().__init__(activation=activation, **state)

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        now = reference(self.state())
        return (
            f"Length of the error signal against the layer in {NETS} random networks of depth "
            f"{self.depth} ({self.activation}, {self.weights}, gain {self.gain:.3g}), over a scale "
            f"of decades. From 1 at the loss the median goes to {now['median'][-1]:.2g} at the "
            f"first layer; the bound there is {now['bound'][-1]:.2g}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The error signal through depth. Each faint line is one random network; the signal "
            "enters at the loss, on the right. Choose the activation, then drag the line's end up "
            "and down: which gain lets the signal arrive?"
        )

    def twin(self) -> Any:
        """Draw all lines, the band of quantiles and the bound: a Matplotlib figure."""
        return _draw(self.depth, reference(self.state()))


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def _tanh_pullback(u: Any, y: Any, z: Any) -> tuple[Any]:
    with np.errstate(over="ignore"):
        return (u / np.cosh(z) ** 2,)  # 1 - tanh² would lose its digits far out


_tanh = autodiff.custom_vjp(np.tanh, _tanh_pullback)

_LAYERS: dict[str, Callable[[Any, Any], Any]] = {  # the next layer, from the last one and z = Wa
    "linear": lambda a, z: z,
    "sigmoid": lambda a, z: _sigmoid(z),
    "tanh": lambda a, z: _tanh(z),
    "relu": lambda a, z: np.where(z > 0, z, 0),  # slope 0 at 0, where np.maximum's is 1/2
    "residual": lambda a, z: a + _tanh(z),
}


def _weights(state: dict[str, Any], rows: np.ndarray) -> np.ndarray:
    """Return the matrices of all layers, of shape ``(layers, 31, width, width)``."""
    if state["weights"] == "rotations":
        return state["gain"] * rotations(rows)
    return state["gain"] * rows / np.sqrt(state["width"])


def _signals(state: dict[str, Any]) -> list[np.ndarray]:
    """Return δ from the loss to layer 1, by the derivative in a shift of each layer."""
    inputs, signals, rows = networks(state["seed"], state["width"], state["depth"] + 1)
    matrices, residual = _weights(state, rows), state["activation"] == "residual"
    layer, top = _LAYERS[state["activation"]], signals / _length(signals)[:, None]

    def loss(*shifts: np.ndarray) -> Any:
        a: Any = inputs
        for k, shift in enumerate(shifts):
            z = np.einsum("mij,mj->mi", matrices[k], a)
            a = layer(a, z) + shift if residual else layer(a, z + shift)
        last = np.einsum("mij,mj->mi", matrices[-1], a)
        return np.sum(top * (layer(a, last) if residual else last))

    still = [np.zeros_like(inputs)] * state["depth"]
    slopes = autodiff.grad(loss, argnums=range(state["depth"]))(*still)
    return [top, *slopes[::-1]]


def _length(vectors: np.ndarray) -> np.ndarray:
    """Return lengths along the last axis, also where the squares of the entries underflow."""
    return np.exp2(exponent := _exponent(vectors)) * np.linalg.norm(
        vectors * np.exp2(-exponent)[..., None], axis=-1
    )


def _exponent(vectors: np.ndarray) -> np.ndarray:
    return np.frexp(np.abs(vectors).max(axis=-1))[1].astype(float)


def _bound(state: dict[str, Any]) -> list[float]:
    """Return the largest product of norms of all networks, from the loss to layer 1."""
    *_, rows = networks(state["seed"], state["width"], state["depth"] + 1)
    sizes = np.linalg.norm(_weights(state, rows[:0:-1]), ord=2, axis=(-2, -1))
    factors = sizes / 4 if state["activation"] == "sigmoid" else sizes
    products = np.cumprod(factors + (state["activation"] == "residual"), axis=0)
    return [1.0, *products.max(axis=1).tolist()]


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by the package's own reverse mode.

    Parameters
    ----------
    state : dict
        As `GradientSignalDepth.state` returns it.

    Returns
    -------
    dict
        ``norms``, for each of the 31 networks the L + 1 lengths from the loss to layer 1; their
        quantiles ``low`` (10%), ``median`` and ``high`` (90%); the ``bound``; and ``factor``, the
        L-th root of the median at layer 1.
    """
    norms = np.array([_length(signal) for signal in _signals(state)])
    low, median, high = np.sort(norms, axis=1)[:, [3, 15, 27]].T  # 10%, 50%, 90% of 30 gaps
    quantiles = {"low": low.tolist(), "median": median.tolist(), "high": high.tolist()}
    factor = float(median[-1] ** (1 / state["depth"]))
    return {"norms": norms.T.tolist(), **quantiles, "bound": _bound(state), "factor": factor}


def _draw(depth: int, now: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator

    fig, ax = plt.subplots(figsize=(6.0, 3.4), layout="constrained")
    layers = np.arange(depth + 1, 0, -1)
    ink = palette.colour("adjoint")
    with np.errstate(divide="ignore"):
        nets, low, median, high, bound = (
            np.log10(now[key]) for key in ("norms", "low", "median", "high", "bound")
        )
    ax.plot(layers, nets.T, color=ink, linewidth=0.6, alpha=0.35)
    ax.fill_between(layers, low, high, color=ink, alpha=0.25, linewidth=0)
    ax.plot(layers, median, color=ink, linewidth=2, label="median")
    ax.plot(layers, bound, "--", color=palette.colour("constraint"), label="bound")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set(xlabel="layer l", ylabel="log₁₀ ‖δ⁽ˡ⁾‖", xlim=(1, depth + 1))
    ax.legend(frameon=False)
    return fig
