"""Each rule against JAX, in both modes, and the two modes against each other."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from differentiable import BINARY, SIZED, UNARY, cases
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, mutually_broadcastable_shapes
from scipy import special

from mathcalc import autodiff as ad
from mathcalc import numerical

CASES = {name: (f, args) for name, f, args in cases()}


def close(ours, theirs, rtol=1e-12):
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=rtol)


def directions(args, rng):
    return tuple(rng.normal(size=a.shape) for a in args)


def test_there_are_many_functions():
    assert len(CASES) >= 90


@pytest.mark.parametrize("name", CASES)
def test_both_modes_agree_with_jax_and_with_each_other(name):
    f, args = CASES[name]
    rng = np.random.default_rng(1)
    v = directions(args, rng)
    y, tangent = ad.jvp(lambda *a: f(np, *a), args, v)
    with jax.enable_x64(True):
        expected, theirs = jax.jvp(lambda *a: f(jnp, *a), tuple(args), v)
        _, jax_pull = jax.vjp(lambda *a: f(jnp, *a), *args)
        u = rng.normal(size=np.shape(y)) if np.shape(y) else 0.7
        adjoints = jax_pull(jnp.asarray(u, dtype=float))
    close(y, expected)
    close(tangent, theirs)
    _, pull = ad.vjp(lambda *a: f(np, *a), *args)
    ours = pull(u)
    for mine, other in zip(ours, adjoints, strict=True):
        assert np.shape(mine) == other.shape
        close(mine, other)
    close(np.sum(u * tangent), sum(np.sum(a * b) for a, b in zip(ours, v, strict=True)), 1e-11)


@pytest.mark.parametrize("name", CASES)
def test_a_sweep_overwrites_neither_values_nor_adjoints(name):
    f, args = CASES[name]
    y, pull = ad.vjp(lambda *a: f(np, *a), *args)
    u = np.ones(np.shape(y)) * 0.7
    before = [np.copy(x) for x in (u, y, *args)]
    first, again = ([np.copy(a) for a in pull(u)] for _ in range(2))
    for x, old in zip((u, y, *args, *again), (*before, *first), strict=True):
        np.testing.assert_array_equal(x, old)


@pytest.mark.parametrize(
    "name", sorted(CASES.keys() - {"float_power"})
)  # which NumPy has in double alone
def test_single_precision_stays_single(name):
    f, args = CASES[name]
    args = [np.float32(x) for x in args]

    def of_first(x):
        return np.sum(f(np, x, *args[1:]))

    y, tangent = ad.jvp(lambda *a: f(np, *a), args, args)
    pulled = ad.vjp(lambda *a: f(np, *a), *args)[1](np.ones_like(y))
    product = ad.hvp(of_first)(args[0], args[0])
    rows, columns = (jac(lambda x: f(np, x, *args[1:]))(args[0]) for jac in (ad.jacrev, ad.jacfwd))
    for found in (y, tangent, ad.grad(of_first)(args[0]), *pulled, product, rows, columns):
        assert found.dtype == np.float32


@pytest.mark.parametrize("name", CASES)
def test_tangents_agree_with_differences(name):
    """A road that shares nothing with the rules, nor with JAX's."""
    f, args = CASES[name]
    v = directions(args, np.random.default_rng(3))
    tangent = ad.jvp(lambda *a: f(np, *a), args, v)[1]
    h = 1e-5
    steps = (2 * h, h, -h, -2 * h)
    far, near, back, away = (
        f(np, *(a + t * w for a, w in zip(args, v, strict=True))) for t in steps
    )
    close(tangent, (8 * (near - back) - (far - away)) / (12 * h), 1e-8)


@pytest.mark.parametrize("name", CASES)
def test_second_derivatives_agree_with_jax(name):
    """Rules are programs, too: they are differentiated in turn."""
    f, args = CASES[name]
    rng = np.random.default_rng(2)
    v = rng.normal(size=args[0].shape)
    weight = rng.normal(size=np.shape(f(np, *args)))

    def of_x(x):
        return np.sum(weight * f(np, x, *args[1:]))

    ours = ad.hvp(of_x)(args[0], v)
    with jax.enable_x64(True):
        g = jax.grad(lambda x: jnp.sum(weight * f(jnp, x, *args[1:])))
        theirs = jax.jvp(g, (jnp.asarray(args[0]),), (jnp.asarray(v),))[1]
    close(ours, theirs, 1e-10)
    close(ad.jvp(ad.grad(of_x), args[:1], (v,))[1], theirs, 1e-10)  # the other order


SPECIAL = {
    "expit": jax.nn.sigmoid,
    "log_expit": jax.nn.log_sigmoid,
    "erf": jax.scipy.special.erf,
    "erfc": jax.scipy.special.erfc,
    "gammaln": jax.scipy.special.gammaln,
    "psi": jax.scipy.special.digamma,
}


def test_the_slope_of_log_expit_where_it_is_tiny():
    assert ad.grad(special.log_expit)(40.0) == pytest.approx(np.exp(-40.0), rel=1e-15)


@pytest.mark.parametrize("name", SPECIAL)
def test_scipys_functions(name):
    """First and second derivatives against JAX, in both modes; the first by differences, too."""
    f, x, v = getattr(special, name), np.array([0.3, 1.2, 2.5]), np.array([0.7, -1.1, 0.4])
    gradient = ad.grad(lambda p: np.sum(f(p)))(x)
    close(gradient, numerical.gradient(lambda p: f(p).sum(axis=0), x), 1e-9)
    with jax.enable_x64(True):
        slope = jax.grad(SPECIAL[name])
        first, second = (np.asarray(jax.vmap(g)(jnp.asarray(x))) for g in (slope, jax.grad(slope)))
    close(gradient, first, 1e-10)
    tangent, u = ad.jvp(f, (x,), (v,))[1], v[::-1]
    close(tangent, v * first, 1e-10)
    close(np.sum(u * tangent), np.sum(ad.vjp(f, x)[1](u)[0] * v))
    close(ad.hvp(lambda p: np.sum(f(p)))(x, v), v * second, 1e-10)


@pytest.mark.parametrize("axis", [None, (0, 1)])
def test_a_spectral_norm_has_no_rule(axis):
    with pytest.raises(TypeError, match="ord=2 has no rule"):
        ad.grad(lambda x: np.linalg.norm(x, 2, axis=axis))(np.eye(2))


@pytest.mark.parametrize(
    ("f", "x", "ours", "theirs"),
    [
        (lambda xp, x: xp.sqrt(x), 0.0, np.inf, np.inf),
        (lambda xp, x: xp.log(x), 0.0, np.inf, np.inf),
        (lambda xp, x: xp.power(x, 0.5), 0.0, np.inf, np.inf),
        (lambda xp, x: xp.divide(1.0, x), 0.0, -np.inf, -np.inf),
        (lambda xp, x: xp.power(10.0, x), 400.0, np.inf, np.inf),
        (lambda xp, x: xp.where(x > 0, x**0.5, 0.0), 0.0, np.nan, np.nan),
        (lambda xp, x: xp.log2(x), 0.0, np.inf, np.inf),
        (lambda xp, x: xp.log10(x), 0.0, np.inf, np.inf),
        (lambda xp, x: xp.log1p(x), -1.0, np.inf, np.inf),
        (lambda xp, x: xp.arctanh(x), 1.0, np.inf, np.inf),
        (lambda xp, x: xp.arctan2(x, 0.0), 0.0, np.nan, np.nan),
        (lambda xp, x: xp.abs(x), 0.0, 0.0, 1.0),
        (lambda xp, x: xp.maximum(x, 1.0), 1.0, 0.5, 0.5),
        (lambda xp, x: xp.max(xp.stack([x, 2 * x])), 0.0, 1.5, 1.5),
        (lambda xp, x: x**0.0, 0.0, 0.0, np.nan),
        (lambda xp, x: xp.prod(xp.stack([x, x, x + 1])), 0.0, 0.0, 0.0),
        (lambda xp, x: xp.where(x > 0, xp.log(xp.where(x > 0, x, 1.0)), 0.0), 0.0, 0.0, 0.0),
    ],
)
def test_choices_where_there_is_no_derivative(f, x, ours, theirs):
    """As documented; where JAX chooses differently, that is documented too."""
    with np.errstate(all="ignore"):
        np.testing.assert_equal(float(ad.grad(lambda p: f(np, p))(x)), ours)
    with jax.enable_x64(True):
        np.testing.assert_equal(float(jax.grad(lambda p: f(jnp, p))(x)), theirs)


SIGNED = np.array([[-2.3, -0.7, 0.7, 2.3], [0.9, 0.9, -0.9, -0.9]])
QUOTIENTS = {  # of all signs: rounded down, or towards zero
    "remainder": (lambda xp, x, y: xp.remainder(x, y), [-3, -1, -1, -3]),
    "fmod": (lambda xp, x, y: xp.fmod(x, y), [-2, 0, 0, -2]),
    "operator %": (lambda xp, x, y: x % y, [-3, -1, -1, -3]),
    "a number on the left": (lambda xp, x, y: -2.3 % y + 0 * x, [-3, -3, 2, 2]),
    "divmod": (lambda xp, x, y: divmod(x, y)[1], [-3, -1, -1, -3]),
    "operator //": (lambda xp, x, y: x // y * x * y, None),
}


@pytest.mark.parametrize("name", QUOTIENTS)
def test_remainders_of_negative_numbers(name):
    """Their slope in the divisor is minus the quotient, which tells floor and truncation apart."""
    (f, quotients), (x, y) = QUOTIENTS[name], SIGNED
    u, v = np.array([1.0, -2.0, 3.0, 0.5]), np.array([0.3, 1.1, -0.4, 0.7])
    ours = ad.vjp(lambda *a: f(np, *a), x, y)[1](u)
    tangent = ad.jvp(lambda *a: f(np, *a), (x, y), (u, v))[1]
    with jax.enable_x64(True):
        theirs = jax.vjp(lambda *a: f(jnp, *a), *map(jnp.asarray, (x, y)))[1](jnp.asarray(u))
    close(ours[0], theirs[0])
    close(ours[1], theirs[1])
    by_x = numerical.jacobian(lambda a: f(np, a, y), x)
    by_y = numerical.jacobian(lambda b: f(np, x, b), y)
    close(tangent, by_x @ u + by_y @ v, 1e-8)
    if quotients is not None:
        close(ours[1], -u * np.array(quotients))


def test_the_branch_not_taken_can_still_spoil_the_derivative():
    """The trap of `where`, the same in JAX: zero times infinity."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spoilt = ad.grad(lambda x: np.where(x > 0, np.sqrt(x), 0.0))(0.0)
    assert np.isnan(spoilt)
    assert np.isnan(jax.grad(lambda x: jnp.where(x > 0, jnp.sqrt(x), 0.0))(0.0))


@pytest.mark.parametrize("zeros", [0, 1, 2])
def test_a_product_with_zeros(zeros):
    x = np.array([2.0, 3.0, 5.0])
    x[:zeros] = 0
    with jax.enable_x64(True):
        expected = jax.hessian(jnp.prod)(jnp.asarray(x))
    close(ad.grad(np.prod)(x), jax.grad(jnp.prod)(x))
    close(ad.hessian(np.prod)(x), expected)


SIDES = array_shapes(min_dims=0, max_dims=3, max_side=3)


def numbers(size, seed):
    return np.random.default_rng(seed).uniform(0.3, 0.8, size)


@settings(max_examples=8, deadline=None)
@given(mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3), st.integers(0, 99))
@pytest.mark.parametrize("name", BINARY)
def test_operators_of_any_shapes_agree_with_jax(name, shapes, seed):
    x, y = (numbers(size, seed + k) for k, size in enumerate(shapes.input_shapes))
    u = numbers(shapes.result_shape, seed + 2)
    f = getattr(np, name)
    ours = ad.vjp(f, x, y)[1](u)
    moved = ad.jvp(f, (x, y), (np.ones_like(x), numbers(shapes.input_shapes[1], seed)))
    with jax.enable_x64(True):
        theirs = jax.vjp(getattr(jnp, name), x, y)[1](jnp.asarray(u))
        seeds = (np.ones_like(x), numbers(shapes.input_shapes[1], seed))
        expected = jax.jvp(getattr(jnp, name), (x, y), seeds)[1]
    for a, b in zip(ours, theirs, strict=True):
        assert np.shape(a) == b.shape
        close(a, b)
    close(moved[1], expected)


@settings(max_examples=4, deadline=None)
@given(SIDES, st.integers(0, 99))
@pytest.mark.parametrize("name", UNARY)
def test_functions_of_any_shape_agree_with_jax(name, size, seed):
    x, u = numbers(size, seed), numbers(size, seed + 1)
    with jax.enable_x64(True):
        expected = jax.vjp(getattr(jnp, name), x)[1](jnp.asarray(u))[0]
    close(ad.vjp(getattr(np, name), x)[1](u)[0], expected)
    close(ad.jvp(getattr(np, name), (x,), (u,))[1], expected)  # they are symmetric


REDUCED = ("sum", "mean", "max", "min", "prod", "var")


@settings(max_examples=10, deadline=None)
@given(array_shapes(max_dims=3, max_side=4), st.integers(0, 99), st.data())
@pytest.mark.parametrize("name", REDUCED)
def test_reductions_along_any_axes_agree_with_jax(name, size, seed, data):
    axes = st.sets(st.integers(0, len(size) - 1)).map(lambda s: tuple(sorted(s)) or None)
    options = {"axis": data.draw(axes), "keepdims": data.draw(st.booleans())}
    x = numbers(size, seed)
    y, pull = ad.vjp(lambda p: getattr(np, name)(p, **options), x)
    u = numbers(np.shape(y), seed + 1)
    with jax.enable_x64(True):
        theirs = jax.vjp(lambda p: getattr(jnp, name)(p, **options), x)[1](jnp.asarray(u))[0]
    close(pull(u if np.shape(y) else float(u))[0], theirs)


def test_enough_functions_are_tried_at_random_shapes():
    assert len({*BINARY, *UNARY, *REDUCED, *(row[0] for row in SIZED)}) >= 60


@settings(max_examples=3, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys("nmk", st.integers(1, 4))), st.integers(0, 99))
@pytest.mark.parametrize("row", SIZED, ids=[row[0] for row in SIZED])
def test_functions_of_arrays_of_any_shapes_agree_with_jax(row, sides, seed):
    _, f, letters = row
    sizes = [tuple(sides[x] for x in term) for term in letters.split()]
    args = [numbers(size, seed + k) for k, size in enumerate(sizes)]
    y, pull = ad.vjp(lambda *a: f(np, *a), *args)
    u = numbers(np.shape(y), seed + 9) if np.shape(y) else 0.7
    tangent = ad.jvp(lambda *a: f(np, *a), args, args)[1]
    with jax.enable_x64(True):
        _, jax_pull = jax.vjp(lambda *a: f(jnp, *a), *args)
        theirs = jax_pull(jnp.asarray(u, dtype=float))
        expected = jax.jvp(lambda *a: f(jnp, *a), tuple(args), tuple(args))[1]
    for mine, other in zip(pull(u), theirs, strict=True):
        assert np.shape(mine) == other.shape
        close(mine, other)
    close(tangent, expected)
