"""The Python half of the head of attention."""

import json

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import AttentionBackward, explorable
from mathcalc.explorables.attention_backward import EXAMPLES, INPUTS, reference

jax.config.update("jax_enable_x64", True)
NAMES = [example["name"] for example in EXAMPLES]


def numbers(head="three tokens", **own):
    return reference(AttentionBackward(head, **own).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("attention-backward") is AttentionBackward
    figure = html.fragment_fromstring(AttentionBackward().to_html())
    assert json.loads(figure.get("data-state"))["matrix"] == "dS"
    assert "row sums of dP⊙P" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


def test_state_is_checked():
    with pytest.raises(ValueError, match="choose one of"):
        AttentionBackward("nothing")
    wrong = [{"Q": [[1.0]] * 6}, {"Q": [[1.0, 2.0]]}, {"K": [[1.0] * 5] * 3}, {"matrix": "W"}]
    ragged = [{"V": [[1.0], [1.0, 2.0], [1.0]]}, {"Q": [[1.0, np.inf]] * 3}]
    for own in [*wrong, {"row": 5}, *ragged]:
        with pytest.raises((TraitError, ValueError)):
            AttentionBackward(**own)


def attention(Q, K, V, causal):
    S = Q @ K.T / jnp.sqrt(Q.shape[1])
    if causal:
        S = jnp.where(jnp.tril(jnp.ones_like(S)) > 0, S, -jnp.inf)
    return jax.nn.softmax(S, axis=1) @ V


def matrices(rng):
    T, d = rng.integers(2, 6), rng.integers(1, 5)
    return {name: rng.uniform(-2, 2, (T, d)) for name in INPUTS}


@pytest.mark.parametrize("causal", [False, True])
def test_the_gradients_are_jaxs(causal):
    rng = np.random.default_rng(2)
    for _ in range(6):
        own = matrices(rng)
        now = numbers(**own, causal=causal)
        O, pull = jax.vjp(lambda Q, K, V: attention(Q, K, V, causal), own["Q"], own["K"], own["V"])  # noqa: E741
        np.testing.assert_allclose(now["O"], O, rtol=1e-12)
        for name, slope in zip(("dQ", "dK", "dV"), pull(jnp.asarray(own["dO"])), strict=True):
            np.testing.assert_allclose(now[name], slope, atol=1e-12)


def test_the_ledgers_head():
    """K = I, q = 0, V = (1, 3)ᵀ, d = 2, ō = 1: o = 2, s̄ = (−½, ½), q̄ = (−1, 1)/(2√2)."""
    now = numbers("a query of zeros")
    assert now["O"][0][0] == pytest.approx(2)
    assert now["dS"][0] == pytest.approx([-0.5, 0.5])
    assert now["dQ"][0] == pytest.approx(np.array([-1, 1]) / (2 * np.sqrt(2)))


@pytest.mark.parametrize("head", NAMES)
@pytest.mark.parametrize("causal", [False, True])
def test_the_row_sums(head, causal):
    sums = numbers(head, causal=causal)["sums"]
    np.testing.assert_allclose(sums["weighted"], sums["outputs"], atol=1e-12)
    np.testing.assert_allclose(sums["scores"], 0, atol=1e-12)


def test_dS_by_the_softmaxs_jacobian():
    now = numbers()
    for P, dP, dS in zip(*(np.array(now[name]) for name in ("P", "dP", "dS")), strict=True):
        np.testing.assert_allclose(dS, (np.diag(P) - np.outer(P, P)).T @ dP, atol=1e-14)


def test_a_saturated_softmax_passes_hardly_anything():
    now = numbers("a saturated softmax")
    assert np.max(now["P"][0]) > 0.99
    assert np.abs(now["dS"][0]).max() < 0.01 < np.abs(now["dS"][2]).max()


def test_a_masked_score_is_none():
    now = numbers(causal=True)
    assert [[x is None for x in row] for row in now["S"]] == [
        [False, True, True],
        [False, False, True],
        [False, False, False],
    ]
    assert now["P"][0] == [1, 0, 0]
    assert now["dS"][0] == [0, 0, 0]


@pytest.mark.parametrize("head", NAMES)
@pytest.mark.parametrize("causal", [False, True])
def test_the_menu_draws(head, causal):
    assert "<svg" in AttentionBackward(head, causal=causal).to_html()
