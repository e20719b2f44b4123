"""The forms in which NumPy's functions may be called: their values, and both modes' derivatives."""

import threading

import numpy as np
import pytest
from scipy import sparse

from mathcalc import autodiff as ad
from mathcalc import numerical, traced

M = np.array([[0.3, 0.8, 0.5], [0.7, 0.4, 0.9]])
CUBE = np.linspace(0.2, 0.9, 12).reshape(2, 2, 3)
V = np.array([0.6, 0.3])
INF = np.inf

FORMS = {  # what a program may write, and where
    "dot with a list": (lambda x: np.dot(x, [1.0, 2.0]), V),
    "dot, the list first": (lambda x: np.dot([[1.0, 2.0], [3.0, 4.0]], x), V),
    "dot of a stack": (lambda x: np.dot(M, np.stack([x, 2 * x, 3 * x])[None])[0], V),
    "inner with a list": (lambda x: np.inner([1.0, 2.0], x), V),
    "inner of a stack": (lambda x: np.inner(x, np.arange(8.0).reshape(2, 2, 2)), V),
    "vdot with a list": (lambda x: np.vdot([[1, 2, 3], [4, 5, 6]], x), M),
    "outer with a list": (lambda x: np.outer(x, [1, 2, 3]), V),
    "tensordot by a NumPy integer": (lambda x: np.tensordot(x, [1.0, 2.0], np.int64(1)), V),
    "divided by a list": (lambda x: x / [1.0, 2.0], V),
    "a list to a power": (lambda x: [1.0, 2.0] ** x, V),
    "matmul with a list": (lambda x: x @ [1.0, 2.0] + [3.0, 4.0] @ x, V),
    "arctan2 with a list": (lambda x: np.arctan2(x, [1.0, 2.0]), V),
    "concatenate a list": (lambda x: np.concatenate([x, [1.0]]) * [1, 2, 3], V),
    "hstack numbers": (lambda x: np.hstack([x[0], x[1], 2.0]), V),
    "vstack numbers": (lambda x: np.vstack([x[0], 1.0]), V),
    "where with a list": (lambda x: np.where(x[0] > 0, x[0], [1.0, 2.0]), V),
    "transpose, negative axes": (lambda x: np.transpose(x, (0, -1, 1)), CUBE),
    "transpose, the method": (lambda x: x.transpose(2, 0, 1) + x.transpose((2, 0, 1)), CUBE),
    "trace of a cube": (lambda x: np.trace(x), CUBE),
    "trace beside the diagonal": (lambda x: np.trace(x, 1) + x.trace(offset=-1), M),
    "diagonal of a cube": (lambda x: np.diagonal(x, axis1=2, axis2=0), CUBE),
    "diag of a matrix, shifted": (lambda x: np.diag(x, 1), M),
    "diag of a vector, shifted": (lambda x: np.diag(x, -1), V),
    "full_like": (lambda x: np.full_like(x, x[0]), V),
    "flip along two axes": (lambda x: np.flip(x, (0, -1)), CUBE),
    "prod along two axes": (lambda x: np.prod(x, axis=(0, -1)), CUBE),
    "clip by keywords": (lambda x: np.clip(x, a_min=0.4, a_max=None) + x.clip(max=0.5), V),
    "einsum, a trace": (lambda x: np.einsum("ii", x @ x.T), M),
    "einsum, a diagonal": (lambda x: np.einsum("iji->ji", x), CUBE[:, :, :2]),
    "einsum, a letter three times": (lambda x: np.einsum("iii,i->i", x, x[0, 0]), CUBE[..., :2]),
    "einsum, an ellipsis": (lambda x: np.einsum("...ij,...kj->...ik", x, x[0]), CUBE),
    "einsum, an ellipsis and no result": (lambda x: np.einsum("b...a", x), CUBE),
    "einsum, an ellipsis of one entry": (lambda x: np.einsum("...i,...i->...", x, x[:, :1]), CUBE),
    "einsum, one entry for many": (lambda x: np.einsum("ij,kj->ik", x, x[:, :1]), M),
    "einsum, one axis summed for many": (lambda x: np.einsum("i,i", x[:1], np.ones(3)), V),
    "einsum of numbers": (lambda x: np.einsum("...,...", x[0], 2.0), V),
    "einsum, how to go about it": (lambda x: np.einsum("ij,kj", x, x, optimize=True), M),
    "take from flat, also from the end": (lambda x: np.take(x, [0, -1, 0]) * x.take([1, 2, 3]), M),
    "take with clipping": (lambda x: np.take(x, [[0, 9]], axis=1, mode="clip"), M),
    "repeat, each so often": (lambda x: x.repeat([2, 0, 1], axis=-1), M),
    "delete": (lambda x: np.delete(x, [0, -1], 1), M),
    "split unequally": (lambda x: np.array_split(x, 2, axis=1)[1] * np.hsplit(x, 3)[0], M),
    "diff of diff": (lambda x: np.diff(x, 2), M),
    "triu of a stack": (lambda x: np.triu(x, 1), CUBE),
    "pad with the edge": (lambda x: np.pad(x, ((1, 0), (0, 2)), "edge"), M),
    "append": (lambda x: np.append(np.copy(x), [1.0, 2.0]), M),
    "a reduction into None": (lambda x: np.add.reduce(x, 0, out=None), M),
    "places where": (lambda x: x[np.where(x > 0.6)] ** 2, M),
    "the name of the logarithm": (lambda x: np.linalg.slogdet(x @ x.T).logabsdet, M),
    "integers beside floats": (
        lambda x: (
            np.divide(x, 4)
            + np.divide(3, x)
            + np.divide(x, np.array([2, 4]))
            + np.power(x, -2)
            + np.power(2, x)
            + np.power(x, np.array([2, 3]))
            + np.arctan2(x, 2)
            + np.arctan2(2, x)
            + np.remainder(x, 2)
            + np.hypot(x, 3)
            + np.logaddexp(x, 1)
        ),
        V,
    ),
    "all that the sum takes, in order": (lambda x: np.sum(x, 0, None, None, True), M),
    "all that the method takes": (lambda x: x.max(0, None, True) + x.var(0, None, None, 1), M),
    "what NumPy would do anyway": (
        lambda x: np.sum(x, out=None, dtype=None) * np.reshape(x, shape=(-1,), order="C"),
        M,
    ),
    "axes by their names": (lambda x: np.swapaxes(x, axis1=0, axis2=-1), CUBE),
    "a lower factor, said twice": (
        lambda x: np.linalg.cholesky(x @ x.T + 2 * np.eye(2), upper=False),
        M,
    ),
    "a number with an axis": (
        lambda x: np.sum(x[0], axis=0) * np.max(x[1], axis=-1),
        V,
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_what_numpy_makes_of_it(name):
    f, x = FORMS[name]
    value = f(x)
    np.testing.assert_allclose(ad.vjp(f, x)[0], value, rtol=1e-15)
    expected = numerical.jacobian(lambda p: np.asarray(f(p)), x)
    np.testing.assert_allclose(ad.jacrev(f)(x), expected, atol=1e-9)
    np.testing.assert_allclose(ad.jacfwd(f)(x), expected, atol=1e-9)


def test_a_diagonal_matrix_has_zeros_beside_infinity():
    np.testing.assert_array_equal(ad.vjp(np.diag, np.array([INF, 1.0]))[0], np.diag([INF, 1.0]))


@pytest.mark.parametrize("f", [np.diag, lambda x: np.where(x > 0, x, 1.0), np.mean])
def test_single_precision_stays(f):
    x = np.array([1.0, 2.0], dtype=np.float32)
    y, pull = ad.vjp(f, x)
    assert y.dtype == np.float32
    assert pull(np.ones(y.shape, np.float32))[0].dtype == np.float32


def test_an_adjoint_of_integers_gives_floats():
    found = ad.vjp(lambda x: x[:1], V)[1](np.array([3]))[0]
    assert found.dtype == float and found.tolist() == [3, 0]


def test_extremes_of_infinities():
    for x in ([-INF, -INF], [INF, 1.0]):
        with np.errstate(divide="ignore"):
            found = ad.vjp(np.logaddexp.reduce, np.array(x))[0]
        assert found == np.logaddexp.reduce(x)


def test_products_that_leave_the_range():
    found = ad.grad(np.prod)(np.array([1e-200, 1e-200, 1e300]))
    np.testing.assert_allclose(found, [1e100, 1e100, 0])
    with np.errstate(over="ignore"):
        found = ad.grad(np.prod)(np.array([1e200, 1e200, 1e-300]))
    np.testing.assert_allclose(found, [1e-100, 1e-100, INF])


def test_a_tie_beside_no_number_is_shared():
    x = np.array([[np.nan, 1.0], [2.0, 2.0]])
    with np.errstate(invalid="ignore"):
        found = ad.vjp(lambda a: np.max(a, axis=1), x)[1](np.ones(2))[0]
    np.testing.assert_array_equal(found, [[np.nan, np.nan], [0.5, 0.5]])


def test_a_constant_output_has_no_derivative_whatever_it_is():
    np.testing.assert_array_equal(ad.jvp(lambda x: np.array([INF, 1.0]), (1.0,), (1.0,))[1], [0, 0])


def test_a_dict_comes_in_its_own_order():
    def power(p):
        base, exponent = p.values()
        return base**exponent

    value, gradient = ad.value_and_grad(power)({"w2": 2.0, "w10": 3.0})
    assert value == 8 and list(gradient) == ["w2", "w10"] and gradient["w2"] == 12


def test_threads_have_levels_of_their_own():
    """Another thread's differentiation begins before one here, and ends within it."""
    begun, within, ended = (threading.Event() for _ in range(3))

    def elsewhere():
        ad.grad(lambda x: (begun.set(), within.wait(10), x * x)[-1])(1.0)
        ended.set()

    def outer(x):
        within.set()
        ended.wait(10)
        return ad.grad(lambda y: x * y**3)(x)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    begun.wait(10)
    assert ad.grad(outer)(2.0) == 36  # of 3x³
    thread.join()


def test_a_traced_value_may_be_handed_to_another_thread():
    def outer(x):
        found = []
        inner = ad.grad(lambda y: x * y**2)
        thread = threading.Thread(target=lambda: found.append(inner(3.0)))
        thread.start()
        thread.join()
        return found[0]

    assert ad.value_and_grad(outer)(2.0) == (12.0, 6.0)
    assert ad.jvp(outer, (2.0,), (1.0,)) == (12.0, 6.0)


def test_a_function_that_does_not_say_how_it_is_called(monkeypatch):
    def signature(func):
        raise ValueError(f"no signature found for builtin {func}")

    traced._spelling.cache_clear()
    monkeypatch.setattr(traced.inspect, "signature", signature)
    found = ad.grad(lambda x: np.sum(np.where(x > 0.5, 3 * x, np.sum(x, 0, keepdims=True))))
    np.testing.assert_array_equal(found(V), [4.0, 1.0])
    traced._spelling.cache_clear()


REFUSED = {  # what has no rule, and what is said
    "einsum of sizes 2 and 3": (lambda x: np.einsum("i,i->", x, np.ones(3)), V, "do not agree"),
    "einsum, a letter of sizes 1 and 2": (lambda x: np.einsum("ii", x[None]), V, "two sizes"),
    "einsum, an ellipsis lost": (lambda x: np.einsum("...i->i", x), M, "no '...' ellipsis"),
    "einsum by numbers": (lambda x: np.einsum(x, [0]), V, "subscripts as text"),
    "tensordot of sizes 1 and 3": (
        lambda x: np.tensordot(x[:1], np.ones(3), 1),
        V,
        "do not agree",
    ),
    "tensordot of other sizes": (lambda x: np.tensordot(x, np.ones(3), 1), V, "do not agree"),
    "a sparse matrix": (lambda x: np.sum(x * sparse.eye_array(2).tocsr()), V, "no operand"),
    "a masked array": (lambda x: np.sum(x * np.ma.array([1.0, 2.0], mask=[0, 1])), V, "own"),
    "complex numbers": (lambda x: abs(1j * x[0]), V, "no operand"),
    "a complex power": (lambda x: x**0.5, -4.0, "is complex"),
    "a complex power, hidden": (lambda x: abs(x ** (1 / 3)), -8.0, "is complex"),
    "an option of a reduction": (lambda x: np.add.reduce(x, initial=1.0), V, "initial=…. has no"),
    "a norm that there is not": (lambda x: np.linalg.norm(x, "fro"), V, "Invalid norm order"),
    "differences of order -1": (lambda x: np.sum(np.diff(x, -1)), V, "non-negative"),
    "a masked array, to differentiate by": (np.sum, np.ma.array(V), "MaskedArray"),
    "a np.matrix, to differentiate by": (lambda x: np.sum(x * x), np.matrix([V]), "matrix"),
    "a type in its place": (lambda x: np.sum(np.prod(x, 0, float)), V, "dtype=…. has no rule"),
    "an order in its place": (
        lambda x: np.sum(np.reshape(x, (2,), "F")),
        V,
        "order=…. has no rule",
    ),
    "an order, the method": (lambda x: x.reshape(2, order="F")[0], V, "order=…. has no rule"),
    "an upper factor": (
        lambda x: np.sum(np.linalg.cholesky(x, upper=True)),
        np.eye(2),
        "upper=…. has no rule",
    ),
    "a place that is traced": (lambda x: np.delete(np.ones(2), x[0]), V, "first argument alone"),
    "a padding that averages": (
        lambda x: np.sum(np.pad(x, 1, "mean")),
        V,
        "mode='mean' has no rule",
    ),
    "a padding with ones": (
        lambda x: np.pad(x, 1, constant_values=1),
        V,
        "constant_values=…. has no rule",
    ),
    "an axis that is none": (lambda x: np.prod(x, axis=5), V, "out of bounds"),
    "broadcasting to fewer axes": (
        lambda x: np.sum(np.broadcast_to(x, (3,))),
        np.ones((1, 3)),
        "more dimensions",
    ),
    "a method without a rule": (lambda x: x.cumprod(), V, "cumprod has no rule"),
    "a closure in a checkpoint": (
        lambda x: ad.checkpoint(lambda y: y * x[1])(x[0]),
        V,
        "is no argument",
    ),
    "a closure in a rule of one's own": (
        lambda x: ad.custom_vjp(lambda y: y * x[1], lambda u, y, a: (u,))(x[0]),
        V,
        "is no argument",
    ),
    "a keyword to a checkpoint": (lambda x: ad.checkpoint(np.sum)(x, axis=0), V, "by position"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_rule_is_refused(name):
    f, x, sentence = REFUSED[name]
    with pytest.raises((TypeError, ValueError, AttributeError), match=sentence):
        ad.grad(f)(x)


def test_a_line_that_outlives_its_gradient_keeps_its_value():
    kept = []
    ad.grad(lambda x: np.sum(kept.append(x * x) or kept[0]))(V)
    np.testing.assert_array_equal(kept[0].value, V * V)
