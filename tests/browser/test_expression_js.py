"""The formula language in JavaScript: the same texts, and JAX's numbers."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import sympy as sp
from formulas import ACCEPTED, REFUSED, random_formula

from mathcalc.explorables.base import module_text
from mathcalc.expression import parse

pytestmark = pytest.mark.browser

COUNT = 500
TOLERANCE = 1e-10
POINTS = np.random.default_rng(5).uniform(-1.5, 1.5, (4, 2))
JETS = """([texts, points]) => texts.map((text) => {
  const formula = module.parse(text);
  const row = (j) => [j.value, ...j.gradient, ...j.hessian.flat()];
  return points.map((p) => [...row(formula.jet(p)), formula.value(p)]);
})"""
REFUSALS = """(texts) => texts.map((text) => {
  try { module.parse(text); return null; }
  catch (error) { return [error instanceof module.FormulaError, error.message]; }
})"""


@pytest.fixture(scope="module")
def language(module):
    return module(module_text("expression.mjs"))


def test_it_refuses_what_python_refuses(language):
    for (text, piece), refusal in zip(
        REFUSED.items(), language.evaluate(REFUSALS, list(REFUSED)), strict=True
    ):
        assert refusal is not None, text
        ours, message = refusal
        assert ours, (text, message)
        assert piece in message or text.startswith(("sqrt", "x**1000", "10**")), (text, message)


def test_it_accepts_what_python_accepts(language):
    assert language.evaluate(REFUSALS, ACCEPTED) == [None] * len(ACCEPTED)


def reference(texts):
    """Value, gradient and Hessian by JAX at all points: an array (formulas, points, 7)."""
    symbols = sp.symbols("x y", real=True)
    functions = [sp.lambdify(symbols, parse(t, ("x", "y")), "jax", cse=True) for t in texts]
    rows = [jet(lambda p, f=f: jnp.asarray(f(p[0], p[1]), float)) for f in functions]
    return np.array(rows)


def jet(f):
    value, gradient = jax.vmap(jax.value_and_grad(f))(POINTS)
    hessian = jax.vmap(jax.hessian(f))(POINTS).reshape(-1, 4)
    return np.concatenate([value[:, None], gradient, hessian], axis=1)


def worst(shown, expected):
    """Return the largest distance, relative to the derivative's largest entry or to one."""
    parts = [slice(0, 1), slice(1, 3), slice(3, 7)]
    sizes = [np.maximum(np.abs(expected[..., p]).max(-1), 1) for p in parts]
    return max(
        (np.abs(shown[..., p] - expected[..., p]).max(-1) / s).max()
        for p, s in zip(parts, sizes, strict=True)
    )


@pytest.fixture(scope="module")
def expected():
    with jax.enable_x64(True):
        return reference([random_formula(seed, depth=3) for seed in range(COUNT)])


def shown(page):
    texts = [random_formula(seed, depth=3) for seed in range(COUNT)]
    return np.array(page.evaluate(JETS, [texts, POINTS.tolist()]), dtype=float)


def test_500_random_formulas_have_jaxs_derivatives(language, expected):
    assert np.isfinite(expected).all()
    numbers = shown(language)
    np.testing.assert_array_equal(numbers[..., 0], numbers[..., 7])
    distance = worst(numbers, expected)
    print(f"{COUNT} formulas at {len(POINTS)} points: at most {distance:.1e} apart")
    assert distance < TOLERANCE


MUTATIONS = {
    "the second derivative of a product": ("[b, a, 0, 1, 0]", "[b, a, 0, 0, 0]"),
    "the slope of the cosine": (
        "cos: [Math.cos, (v) => -Math.sin(v)",
        "cos: [Math.cos, (v) => Math.sin(v)",
    ),
    "the chain rule's second term": ("times(ddf, a[i] * a[j])", "times(df, a[i] * a[j])"),
    "a power's curvature": ("slope(k * (k - 1), k - 2)", "slope(k * k, k - 2)"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch, expected):
    from mathcalc.explorables import base

    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("jet.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda file: original(file).replace(line, wrong))
    assert worst(shown(module(module_text("expression.mjs"))), expected) > 1e-3
