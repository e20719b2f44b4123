"""The Python half of the signal through depth."""

import json

import numpy as np
import pytest
from lxml import html
from scipy import stats
from traitlets import TraitError

from mathcalc.explorables import GradientSignalDepth, explorable
from mathcalc.explorables.gradient_signal_depth import ACTIVATIONS, _length, _weights, reference
from mathcalc.explorables.gradient_signal_depth_draws import networks, normals, rotations, uniforms


def numbers(activation, **own):
    return reference(GradientSignalDepth(activation, **own).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("gradient-signal-depth") is GradientSignalDepth
    figure = html.fragment_fromstring(GradientSignalDepth().to_html())
    state = json.loads(figure.get("data-state"))
    assert (state["activation"], state["depth"], state["width"]) == ("sigmoid", 20, 16)
    assert "31 random networks" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


def test_state_is_checked():
    wrong = [{"gain": 5.0}, {"depth": 101}, {"depth": 0}, {"width": 3}, {"seed": -1}]
    for own in [*wrong, {"weights": "uniform"}, {"activation": "swish"}]:
        with pytest.raises(TraitError):
            GradientSignalDepth(**own)


def scramble(counter):
    """mulberry32 in plain integers, a step at a time."""
    t = ((counter ^ counter >> 15) * (counter | 1)) & 0xFFFFFFFF
    t ^= (t + (t ^ t >> 7) * (t | 61)) & 0xFFFFFFFF
    return t ^ t >> 14


def test_the_generator_is_mulberry32():
    for seed in (0, 1, 9999, 2**32 - 1):
        counters = [(seed + k * 0x6D2B79F5) % 2**32 for k in range(1, 200)]
        expected = [(scramble(c) + 0.5) / 2**32 for c in counters]
        np.testing.assert_array_equal(uniforms(seed, 199), expected)


def test_the_numbers_are_normal_and_alike_in_any_count():
    drawn = normals(7, 40_001)
    assert stats.kstest(drawn, "norm").pvalue > 0.01
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.02
    np.testing.assert_array_equal(drawn[:101], normals(7, 101))


def test_rotations_are_orthogonal():
    turned = rotations(normals(3, 5 * 16 * 16).reshape(5, 16, 16))
    np.testing.assert_allclose(
        turned @ turned.swapaxes(1, 2), np.tile(np.eye(16), (5, 1, 1)), atol=1e-13
    )
    assert np.abs(turned.mean(axis=0)).max() < 0.9


@pytest.mark.parametrize("gain", [0.1, 0.9, 1.5, 4.0])
@pytest.mark.parametrize("width", [1, 16])
def test_rotations_in_a_linear_chain_multiply_by_the_gain_exactly(gain, width):
    now = numbers("linear", weights="rotations", gain=gain, depth=50, width=width)
    np.testing.assert_allclose(np.array(now["norms"])[:, -1], gain**50, rtol=1e-12)
    np.testing.assert_allclose(now["bound"], gain ** np.arange(51), rtol=1e-12)
    assert now["factor"] == pytest.approx(gain, rel=1e-12)


def test_the_ledgers_vectors():
    chain = numbers("linear", weights="rotations", gain=1.5, depth=50, width=1)
    assert chain["median"][-1] == pytest.approx(637621500.2140496, rel=1e-13)
    sigmoid = numbers("sigmoid", weights="rotations", gain=1.0, depth=20, width=4)
    assert sigmoid["bound"][-1] == pytest.approx(9.094947017729282e-13, rel=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("weights", ["gaussian", "rotations"])
def test_no_signal_is_longer_than_the_bound(activation, weights):
    for gain in (0.5, 1.3, 3.0):
        now = numbers(activation, weights=weights, gain=gain, depth=30, width=4)
        assert (np.array(now["norms"]) <= np.array(now["bound"]) * (1 + 1e-12)).all()


def explicit(state, network):
    """The signal of one network by Jacobian matrices, layer by layer, in a loop."""
    slope = {
        "linear": np.ones_like,
        "sigmoid": lambda z: 1 / (2 + np.exp(z) + np.exp(-z)),
        "tanh": lambda z: 1 / np.cosh(z) ** 2,
        "relu": lambda z: 1.0 * (z > 0),
        "residual": lambda z: 1 / np.cosh(z) ** 2,
    }[state["activation"]]
    value = {
        "linear": lambda z: z,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: z.clip(0),
    }
    inputs, signals, rows = networks(state["seed"], state["width"], state["depth"] + 1)
    matrices = _weights(state, rows)[:, network]
    residual = state["activation"] == "residual"
    a, bends = inputs[network], []
    for W in matrices:
        z = W @ a
        bends.append(np.diag(slope(z)))
        a = residual * a + value.get(state["activation"], np.tanh)(z)
    d = signals[network] / np.linalg.norm(signals[network])
    lengths = [1.0]
    for k in range(state["depth"], 0, -1):
        J = np.eye(len(d)) + bends[k] @ matrices[k] if residual else matrices[k] @ bends[k - 1]
        d = J.T @ d
        lengths.append(np.linalg.norm(d))
    return lengths


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_signal_by_jacobian_matrices(activation):
    state = GradientSignalDepth(activation, gain=1.1, depth=12, width=4, seed=5).state()
    norms = reference(state)["norms"]
    for network in (0, 7, 30):
        np.testing.assert_allclose(norms[network], explicit(state, network), rtol=1e-10)


def test_residual_layers_keep_the_signal_and_sigmoids_lose_it():
    at = {name: numbers(name, depth=50)["median"][-1] for name in ACTIVATIONS}
    assert at["sigmoid"] < 1e-25 < at["tanh"] < 1 < at["residual"] < 1e4


def test_lengths_survive_where_squares_would_not():
    tiny = np.array([[3e-200, 4e-200], [0.0, 0.0], [3.0, 4.0], [3e200, 4e200]])
    np.testing.assert_allclose(_length(tiny), [5e-200, 0, 5, 5e200], rtol=1e-15)
