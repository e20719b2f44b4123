"""The transformations: nesting, arguments of every form, memory, and what is refused."""

import copy
import gc
import math
import pickle
import tracemalloc
from collections import namedtuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special

from mathcalc import autodiff as ad
from mathcalc import numerical, trees
from mathcalc.forward import Dual
from mathcalc.reverse import Tape

X = np.array([2.0, 5.0])
FINITE = st.floats(-2, 2)


def worked(x):
    return np.log(x[0]) + x[0] * x[1] - np.sin(x[1])


def test_the_worked_example():
    expected = [5.5, 2 - np.cos(5)]
    for derivative in (ad.grad, ad.jacfwd, ad.jacrev):
        np.testing.assert_allclose(derivative(worked)(X), expected, rtol=1e-15)
    y, g = ad.value_and_grad(worked)(X)
    assert y == pytest.approx(11.652071455223084)
    np.testing.assert_allclose(g, numerical.gradient(worked, X), rtol=1e-10)


def test_the_tape_is_the_wengert_list():
    tape = Tape()
    x1, x2 = tape.variable(2.0, "x1"), tape.variable(5.0, "x2")
    tape.backward(np.log(x1) + x1 * x2 - np.sin(x2))
    lines = str(tape).splitlines()
    assert len(lines) == 8
    assert lines[4].split() == ["v4", "multiply(x1,", "x2)", "10.", "1."]
    assert tape.adjoints[x1.index] == 5.5
    assert "<table" in tape._repr_html_()
    assert tape._repr_html_().count("<tr>") == 8


def test_a_tape_within_a_differentiation_can_be_printed():
    texts = []

    def printed(x):
        tape = Tape(2)
        tape.variable(x, "y") * x
        texts.append(str(tape))
        return x

    ad.grad(printed)(3.0)
    assert texts[0].splitlines()[2].split() == ["v2", "multiply(y,", "3.)", "9."]


def test_dual_numbers_are_an_algebra():
    assert repr(Dual(2.0, 1.0) ** 3) == "8.0 + 12.0 ε"
    x = Dual(2.0, 1.0)
    assert (x / (1 + x * x)).tangent == pytest.approx(-3 / 25)


def test_perturbations_are_not_confused():
    """d/dx (x · d/dy (x + y)) is 1; with one ε for both it would be 2."""

    def forward(f):
        return lambda x: ad.jvp(f, (x,), (1.0,))[1]

    for outer in (forward, ad.grad):
        for inner in (forward, ad.grad):
            assert outer(lambda x, inner=inner: x * inner(lambda y, x=x: x + y)(1.0))(1.0) == 1.0


@pytest.mark.parametrize("order", range(1, 6))
def test_any_order(order):
    f, g = np.sin, jnp.sin
    for _ in range(order):
        f, g = ad.grad(f), jax.grad(g)
    with jax.enable_x64(True):
        assert f(0.7) == pytest.approx(float(g(0.7)), rel=1e-12)


@given(arrays(float, (3,), elements=FINITE), arrays(float, (3,), elements=FINITE))
def test_a_hessian_times_a_vector(x, v):
    def f(x):
        return np.sum(np.exp(0.3 * x[:-1]) * np.cos(x[1:])) + (x @ x) ** 2

    H = ad.hessian(f)(x)
    np.testing.assert_allclose(H, H.T, atol=1e-12)
    np.testing.assert_allclose(ad.hvp(f)(x, v), H @ v, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(H, numerical.hessian(f, x), rtol=1e-6, atol=1e-6)


def test_jacobians_have_the_shapes_of_value_and_point():
    x = np.arange(6.0).reshape(2, 3) / 7

    def f(x):
        return np.stack([np.sin(x).sum(axis=0), x[0] * x[1]])

    J = ad.jacrev(f)(x)
    assert J.shape == (2, 3, 2, 3)
    np.testing.assert_allclose(J, ad.jacfwd(f)(x), rtol=1e-14)
    np.testing.assert_allclose(J, numerical.jacobian(f, x), rtol=1e-9, atol=1e-11)


def test_trees_of_arguments():
    p = {"w": np.array([1.0, 2.0]), "b": (3.0, [np.array([[4.0]])])}

    def f(p, x):
        return np.sum((p["w"] * x + p["b"][0]) ** 2) * np.sum(p["b"][1][0])

    g = ad.grad(f)(p, 0.5)
    with jax.enable_x64(True):
        expected = jax.grad(
            lambda p, x: jnp.sum((p["w"] * x + p["b"][0]) ** 2) * p["b"][1][0].sum()
        )
        theirs = expected(p, 0.5)
    np.testing.assert_allclose(g["w"], theirs["w"])
    assert g["b"][0] == pytest.approx(float(theirs["b"][0]))
    assert g["b"][1][0].shape == (1, 1)
    both = ad.grad(lambda x, y, s: s * x * y**2, argnums=(0, 1))(2.0, 3.0, s=10.0)
    assert both == (90.0, 120.0)


def bent(xp, p, y):
    """A vector of a tree and a vector."""
    return p["a"] * y + xp.sum(p["b"] ** 2) * y[0] * p["a"][1]


TREE = {"b": np.arange(1.0, 5.0).reshape(2, 2), "a": np.array([1.5, -2.0])}


def same_trees(ours, theirs):
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-12), ours, theirs)


@pytest.mark.parametrize("argnums", [0, 1, (0, 1), (1,)])
def test_jacobians_of_trees_by_any_arguments(argnums):
    args = (TREE, np.array([3.0, 4.0]))
    with jax.enable_x64(True):
        theirs = jax.jacfwd(lambda p, y: bent(jnp, p, y), argnums)(*args)
    for jacobian in (ad.jacfwd, ad.jacrev):
        same_trees(jacobian(lambda p, y: bent(np, p, y), argnums)(*args), theirs)


@pytest.mark.parametrize("argnums", [0, 1, (0, 1)])
def test_hessians_of_trees_are_trees_of_trees(argnums):
    args = (TREE, np.array([3.0, 4.0]))
    with jax.enable_x64(True):
        theirs = jax.hessian(lambda p, y: jnp.sum(bent(jnp, p, y) ** 2), argnums)(*args)
    same_trees(ad.hessian(lambda p, y: np.sum(bent(np, p, y) ** 2), argnums)(*args), theirs)
    v = {"a": np.array([1.0, 2.0]), "b": np.ones((2, 2))}
    found = ad.hvp(lambda p: np.sum(bent(np, p, args[1]) ** 2))(TREE, v)
    H = ad.hessian(lambda p: np.sum(bent(np, p, args[1]) ** 2))(TREE)
    for key in TREE:
        expected = sum(np.tensordot(H[key][k], v[k], np.ndim(v[k])) for k in v)
        np.testing.assert_allclose(found[key], expected, rtol=1e-12)


def test_a_value_may_be_a_tree_in_forward_mode():
    J = ad.jacfwd(lambda x: {"s": np.sin(x), "t": (np.sum(x),)})(X)
    np.testing.assert_allclose(J["s"], np.diag(np.cos(X)))
    np.testing.assert_allclose(J["t"][0], [1, 1])


def several(xp, p, y):
    """A tree of values, some of which do not depend on all arguments."""
    return {"s": xp.sin(p["a"]) * y, "t": (xp.sum(p["b"] ** 2), y[0]), "u": [p["a"]]}


@pytest.mark.parametrize("argnums", [0, 1, (0, 1)])
def test_jacobians_of_trees_of_values(argnums):
    args = (TREE, np.array([3.0, 4.0]))
    with jax.enable_x64(True):
        theirs = jax.jacrev(lambda p, y: several(jnp, p, y), argnums)(*args)
    for jacobian in (ad.jacfwd, ad.jacrev):
        ours = jacobian(lambda p, y: several(np, p, y), argnums)(*args)
        assert jax.tree.structure(ours) == jax.tree.structure(theirs)
        same_trees(ours, theirs)


def test_both_sweeps_through_trees_of_values():
    """Against JAX, and against each other: the adjoint of the tangent is that of the direction."""
    args = (TREE, np.array([3.0, 4.0]))
    rng = np.random.default_rng(3)
    alike = lambda tree: jax.tree.map(lambda x: rng.normal(size=np.shape(x)), tree)  # noqa: E731
    v = alike(args)
    y, tangent = ad.jvp(lambda p, y: several(np, p, y), args, v)
    again, pull = ad.vjp(lambda p, y: several(np, p, y), *args)
    same_trees(again, y)
    u = jax.tree.map(lambda x: x if np.shape(x) else float(x), alike(y))
    with jax.enable_x64(True):
        _, theirs = jax.jvp(lambda p, y: several(jnp, p, y), args, v)
        _, jax_pull = jax.vjp(lambda p, y: several(jnp, p, y), *args)
        same_trees(pull(u), jax_pull(jax.tree.map(jnp.asarray, u)))
    same_trees(tangent, theirs)

    def inner(a, b):
        return sum(np.sum(p * q) for p, q in zip(*map(jax.tree.leaves, (a, b)), strict=True))

    assert inner(u, tangent) == pytest.approx(inner(pull(u), v), rel=1e-12)


def test_an_adjoint_without_a_part_and_of_another_form():
    y, pull = ad.vjp(lambda x: (x, x, x * x), X)  # one line twice
    np.testing.assert_array_equal(pull((np.ones(2), np.ones(2), None))[0], [2, 2])
    np.testing.assert_array_equal(pull((None, None, None))[0], [0, 0])
    with pytest.raises(ValueError, match=r"form \(\*, \*\), f \(\*, \*, \*\)"):
        pull(y[:2])
    with pytest.raises(TypeError, match=r"one number as value, not \(\*, \*\)"):
        ad.grad(lambda x: (x[0], x[1]))(X)


def test_named_tuples_keep_their_names():
    Pair = namedtuple("Pair", "a b")
    g = ad.grad(lambda p: p.a**2 * p.b)(Pair(3.0, 5.0))
    assert g == Pair(30.0, 9.0)
    assert g.b == 9.0


def test_what_does_not_depend_has_derivative_zero():
    assert ad.grad(lambda x: 3.0)(1.0) == 0.0
    np.testing.assert_array_equal(ad.grad(lambda x: x[0] * 2)(np.ones(3)), [2, 0, 0])
    assert ad.jvp(lambda x: np.ones(2), (1.0,), (1.0,))[1].tolist() == [0, 0]


def chain(x, n):
    for _ in range(n // 2):
        x = np.sin(x) * 1.01
    return x


def test_one_operand_in_several_places_gets_all_shares():
    x, w = np.array([0.3, -1.2]), np.array([2.0, 3.0, 5.0, 7.0, 11.0, 13.0])
    for f in (
        lambda x: np.sum(np.concatenate([x, x, x]) * w),
        lambda x: np.einsum("i,i,i->", x, x, x) + np.sum(x * x + x),
    ):
        np.testing.assert_allclose(ad.grad(f)(x), numerical.gradient(f, x), rtol=1e-9)


def test_a_deep_chain_and_its_memory():
    """No recursion; the bytes of a line are what the module's docstring says."""
    n = 100_000
    gc.collect()
    tracemalloc.start()
    y, pull = ad.vjp(lambda x: chain(x, n), 0.5)
    held, _ = tracemalloc.get_traced_memory()
    assert held / n < 270
    expected = ad.jvp(lambda x: chain(x, n), (0.5,), (1.0,))[1]
    assert pull(1.0)[0] == pytest.approx(expected, rel=1e-9)
    del y, pull
    gc.collect()
    freed, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert freed < 0.02 * held


def test_a_chain_of_a_million_lines():
    """Its value and slope are known: a^n for n factors a and any summands between them."""
    n, a = 500_000, 1 + 1e-6

    def f(x):
        for _ in range(n):
            x = x * a + 1e-6
        return x

    y, slope = ad.value_and_grad(f)(0.5)
    growth = np.exp(n * np.log1p(1e-6))
    assert slope == pytest.approx(growth, rel=1e-9)
    assert y == pytest.approx(0.5 * growth + growth - 1, rel=1e-9)


def test_an_array_that_is_written_over_later_changes_nothing():
    """What a sweep returns was computed with the numbers of its time."""
    W, x, v = np.random.default_rng(0).normal(size=(3, 4, 4))
    H, buffer = 2 * W @ W.T, W.copy()

    def f(x):
        slope = ad.grad(lambda p: np.sum((p @ buffer) ** 2))(x)
        buffer[:] = 0
        return slope * slope

    y, tangent = ad.jvp(f, (x,), (v,))
    np.testing.assert_allclose(y, (x @ H) ** 2, rtol=1e-12)
    np.testing.assert_allclose(tangent, 2 * (x @ H) * (v @ H), rtol=1e-12)


def test_a_dual_number_can_be_copied_and_pickled():
    x = ad.jvp(lambda p: [Dual(p, 1.0, 7)], (X,), (X,))[0][0]
    for twin in (copy.copy(x), copy.deepcopy(x), pickle.loads(pickle.dumps(x))):
        np.testing.assert_array_equal(twin.value.value, X)
        assert (twin.tangent, twin.level) == (1.0, 7)
    assert not hasattr(x, "adjoint")


def test_a_tape_says_what_was_asked_for_and_a_line_is_a_line():
    tape = ad.Tape()
    x = tape.variable(np.arange(6.0).reshape(2, 3), "x")
    total = np.sum(x[1:, ::2], axis=0)[..., None] + x.T[np.array([0, 2])][:, :1]
    tape.backward(np.sum(np.where(np.array([[True], [False]]), total, 0.0)))
    lines = str(tape).splitlines()
    for said in (
        "index(x, (1:, ::2))",
        "sum(v2, axis=0)",
        "index(v3, (..., None))",
        "transpose(x, axes=(1, 0))",
        "index(v5, [0 2])",
        "mask=[[True] [False]])",
    ):
        assert sum(said in line for line in lines) == 1, said
    assert len(lines) == 1 + len(tape.lines)


def test_a_line_of_a_tape_is_its_own_copy():
    for twin in (copy.copy, copy.deepcopy):
        found = ad.grad(lambda p, twin=twin: np.sum(twin(p)["w"] ** 2))({"w": X})
        np.testing.assert_array_equal(found["w"], 2 * X)
    with pytest.raises(TypeError, match="lose its tape"):
        ad.grad(pickle.dumps)(2.0)


@pytest.mark.parametrize("at", [np.array(3.0), np.float64(3), np.float32(3)])
def test_a_number_of_numpys_may_be_given_axes(at):
    for found in (
        ad.jacfwd(lambda x: x[None] ** 2)(at),
        ad.jvp(lambda x: x[None] ** 2, (at,), (1,))[1],
    ):
        np.testing.assert_array_equal(found, [6.0])
    assert ad.hessian(lambda x: x[()] ** 2)(at) == 2
    assert ad.jacfwd(lambda p: p["a"].reshape(1))({"a": at})["a"] == [1.0]


def layers(x, weights, wrap):
    step = wrap(lambda x, w: np.tanh(x @ w))
    for w in weights:
        x = step(x, w)
    return np.sum(x**2)


def test_a_checkpoint_changes_no_derivative():
    rng = np.random.default_rng(0)
    weights, x = rng.normal(size=(6, 3, 3)), rng.normal(size=3)
    plain = ad.grad(lambda x: layers(x, weights, lambda f: f))(x)
    np.testing.assert_allclose(ad.grad(lambda x: layers(x, weights, ad.checkpoint))(x), plain)
    v = np.ones(3)
    expected = ad.hvp(lambda x: layers(x, weights, lambda f: f))(x, v)
    found = ad.hvp(lambda x: layers(x, weights, ad.checkpoint))(x, v)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def peak(f, *args, by=ad.grad):
    gc.collect()
    tracemalloc.start()
    by(f)(*args)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def steps(x, count):
    for _ in range(count):
        x = np.sin(x) + 0.1 * x
    return x


def segmented(x, count):
    segment = ad.checkpoint(lambda x: steps(x, 20))
    for _ in range(count // 20):
        x = segment(x)
    return np.sum(x)


@pytest.mark.parametrize(("by", "args"), [(ad.grad, 1), (ad.hvp, 2)])
def test_segments_save_memory(by, args):
    """√n segments of √n steps: at least a fifth of the memory, also for second derivatives."""
    at = [np.linspace(0, 1, 2000)] * args
    whole = peak(lambda x: np.sum(steps(x, 400)), *at, by=by)
    assert whole > 5 * peak(lambda x: segmented(x, 400), *at, by=by)


def test_a_segment_is_differentiated_by_what_moves_alone():
    """The slope of the root of w at 0 is infinite, and an integer has none: nobody asks."""
    segment = ad.checkpoint(lambda x, w, n: (x * np.sqrt(w) + x) ** n)
    with np.errstate(all="raise"):
        assert ad.grad(segment)(2.0, 0.0, 3) == 12.0
        assert ad.jvp(lambda x: segment(x, 0.0, 3), (2.0,), (1.0,)) == (8.0, 12.0)
        assert ad.hvp(lambda x: segment(x, 0.0, 3))(2.0, 1.0) == 12.0


def test_a_gradient_gives_its_tape_up_as_it_goes():
    """Of n states and n adjoints no more than about n arrays are there at once."""
    weights, n = np.ones((40, 10_000)), 40

    def f(weights):
        x = 1.0
        for w in weights:
            x = x * w
        return np.sum(x)

    assert peak(f, list(weights)) < 1.2 * (n * weights[0].nbytes)


def test_a_sweep_lets_go_of_a_line_before_the_next():
    """At the last product there are its two factors, what came of it, and the gradient."""
    x, c = np.ones((2, 200, 200))
    assert peak(lambda w: np.sum(c * np.tanh(x @ w)), np.ones((200, 200))) < 4.5 * x.nbytes


def test_a_rule_of_ones_own():
    """The square root by Newton's method, differentiated by the equation it solves."""

    def root(a):
        y = 1.0
        for _ in range(30):
            y = 0.5 * (y + a / y)
        return y

    ruled = ad.custom_vjp(root, lambda u, y, a: (u / (2 * y),))
    assert ad.grad(ruled)(2.0) == pytest.approx(0.5 / np.sqrt(2))
    assert ad.grad(root)(2.0) == pytest.approx(0.5 / np.sqrt(2))
    with pytest.raises(TypeError, match="no rule for forward mode"):
        ad.jvp(ruled, (2.0,), (1.0,))


def assign(x):
    x[0] = 1.0
    return np.sum(x)


def into(x):
    y = np.zeros(2)
    y[0] = x[0]


REFUSED = {
    "would overwrite": assign,
    "join traced values with np.stack": lambda x: np.array([x[0], x[1]]),
    "np.fft|has no rule": lambda x: np.sort(x),
    "np.ldexp has no rule": lambda x: np.ldexp(x, 2),
    "np.sum.*where=.*has no rule": lambda x: np.sum(x, where=np.array([True, False])),
    "out=": lambda x: np.sin(x, out=np.zeros(2)),
    "one number as value": lambda x: x,
    "np.linalg.norm with ord=nuc": lambda x: np.linalg.norm(np.outer(x, x), "nuc"),
    "must return arrays of floats": lambda x: "text",
    "np.logaddexp.reduce is that one": lambda x: special.logsumexp(x),
    "use NumPy's functions": lambda x: math.sin(x[0]),
    "np.bitwise_and has no rule": lambda x: np.bitwise_and(x, 1),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_cannot_be_differentiated_is_explained(sentence):
    with pytest.raises(TypeError, match=sentence):
        ad.grad(REFUSED[sentence])(X)


def test_writing_into_an_array_names_the_cause():
    """NumPy puts a sentence of its own before ours."""
    with pytest.raises(ValueError, match="array element") as caught:
        ad.grad(into)(X)
    assert "would drop the derivative" in str(caught.value.__cause__)


def test_integers_have_no_neighbours():
    for x in (3, np.array([1, 2])):
        with pytest.raises(TypeError, match="differentiate at floats"):
            ad.grad(lambda x: np.sum(x * x))(x)


def test_shapes_that_do_not_fit():
    for other in ({"v": 1.0, "a": 0.0}, {"w": [1.0], "b": 0.0}, [1.0, 0.0]):
        with pytest.raises(ValueError, match="of the same form and shape"):
            ad.hvp(lambda p: p["w"] ** 2 * p["b"])({"w": 1.0, "b": 2.0}, other)
    with pytest.raises(ValueError, match="tangents: give one for each"):
        ad.jvp(worked, (X,), (np.ones(3),))
    _, pull = ad.vjp(np.sin, X)
    with pytest.raises(ValueError, match="the adjoint has"):
        pull(np.ones(3))


def test_which_arguments_there_are():
    def f(a, b):
        return a * a * b

    assert ad.grad(f, np.int64(1))(2.0, 3.0) == 4.0
    assert ad.grad(f, (0, -1))(2.0, 3.0) == (12.0, 4.0)
    with pytest.raises(ValueError, match="no such argument among 2"):
        ad.grad(f, 2)(2.0, 3.0)
    with pytest.raises(ValueError, match="no such argument among 1"):
        ad.jacfwd(f, (0, 1))(2.0)
    with pytest.raises(ValueError, match="each argument once"):
        ad.hessian(f, (1, -1))(2.0, 3.0)


def test_a_rule_of_ones_own_for_trees():
    """Rounding has the slope 0; the rule lets the adjoint through, to one of two arguments."""
    rounded = ad.custom_vjp(
        lambda p, scale: scale["by"] * np.sum(np.round(p["w"])) + p["b"][0],
        lambda u, y, p, scale: ({"w": u * scale["by"] * np.ones(2), "b": (u,)}, None),
    )
    p = {"w": np.array([2.3, 5.6]), "b": (1.0,)}
    found = ad.grad(rounded)(p, {"by": 3.0})
    np.testing.assert_array_equal(found["w"], [3.0, 3.0])
    assert found["b"] == (1.0,)


def test_segments_of_trees_agree_with_the_program():
    def step(p):
        return np.sin(p["w"]) * p["b"][0]

    def twice(step):
        return lambda p: np.sum(step({"w": step(p), "b": p["b"]}) ** 2)

    p = {"w": np.array([2.0, 5.0]), "b": (np.array([0.5, 0.7]), 3.0)}
    segment = ad.checkpoint(step)
    assert str(ad.grad(twice(segment))(p)) == str(ad.grad(twice(step))(p))
    for own, whole in zip(
        trees.leaves(ad.hvp(twice(segment))(p, p)),
        trees.leaves(ad.hvp(twice(step))(p, p)),
        strict=True,
    ):
        np.testing.assert_allclose(own, whole, rtol=1e-13)


def test_a_segment_of_a_tree_saves_memory():
    def whole(p):
        return np.sum(steps(p["x"], 400))

    def short(p):
        segment = ad.checkpoint(lambda p: steps(p["x"], 20))
        for _ in range(20):
            p = {"x": segment(p)}
        return np.sum(p["x"])

    at = {"x": np.ones(5000)}
    assert peak(whole, at) > 5 * peak(short, at)


def test_a_rule_of_ones_own_is_checked():
    wrong = ad.custom_vjp(lambda a, b: a * b, lambda u, y, a, b: (u * b,))
    with pytest.raises(ValueError, match="return a tuple of 2 adjoints"):
        ad.grad(wrong)(2.0, 3.0)
    flat = ad.custom_vjp(np.sum, lambda u, y, a: (u,))
    with pytest.raises(ValueError, match=r"adjoint has shape \(\), the argument \(2,\)"):
        ad.grad(flat)(X)


def test_equality_is_that_of_the_values():
    assert ad.grad(lambda x: x**2 if x == 3.0 else -x)(3.0) == 6.0
    assert ad.grad(lambda x: x**2 if x != 3.0 else -x)(3.0) == -1.0
    found = ad.grad(lambda x: np.sum(np.where(x == 5.0, x * x, x)))(X)
    np.testing.assert_array_equal(found, [1, 10])


def test_branches_and_loops_are_those_that_ran():
    def f(x):
        return x**2 if x > 0 else -x

    assert (ad.grad(f)(3.0), ad.grad(f)(-3.0)) == (6.0, -1.0)


def test_no_two_gradients_share_memory_and_none_is_the_seed():
    x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    seed = np.ones(2)
    first, second = ad.vjp(lambda x, y: x + y, x, y)[1](seed)
    first[:] = 7.0
    np.testing.assert_array_equal((second, seed), np.ones((2, 2)))


def test_the_collector_of_garbage_is_left_as_it_was():
    with pytest.raises(TypeError):
        ad.grad(lambda x: x)(np.ones(2))
    assert gc.isenabled()
    gc.disable()
    try:
        ad.grad(np.sin)(1.0)
        assert not gc.isenabled()
    finally:
        gc.enable()
