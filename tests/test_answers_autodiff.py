"""The answers of chapter 5, each found once more by the engines, by SymPy, or by counting."""

import numpy as np
import pytest
import sympy as sp
from scipy.special import expit

from mathcalc import answers, autodiff
from mathcalc.exercises import check
from mathcalc.forward import Dual
from mathcalc.reverse import Tape

P, U, V = np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([3.0, 1.0])


def pair(f):
    y = f(Dual(2.0, 1.0))
    return [y.value, y.tangent]


def trace(x):
    return np.log(x[0]) + x[0] * x[1] - np.sin(x[1])


def adjoints():
    tape = Tape()
    a, b = tape.variable(2.0), tape.variable(5.0)
    tape.backward(np.log(a) + a * b - np.sin(b))
    named = {line.primitive.name: i for i, line in enumerate(tape.lines) if line.primitive}
    return [tape.adjoints[named[name]] for name in ("log", "multiply", "sin")]


def rank_one(p):
    return np.stack([p[0] ** 2 + p[1], p[0] * p[1]])


def saddle(p):
    return p[0] ** 3 - 3 * p[0] * p[1] ** 2


def best_segments():
    return min(range(1, 101), key=lambda k: k + 100 / k)


X = np.array([2.0, 5.0])
FOUND = {
    "ex-x05-1": {
        "a": pair(lambda x: x**3),
        "b": pair(lambda x: x / (1 + x * x)),
        "c": "b",
    },
    "ex-x05-2": {"a": trace(X), "b": autodiff.jacfwd(trace)(X), "c": adjoints()},
    "ex-x05-3": {"a": np.ones((3, 1000)).shape[::-1], "b": [1e9, 1]},
    "ex-x05-4": {"a": "n - 1", "b": "(n - 1) + 2*(n - 1)"},
    "ex-x05-5": {
        "a": autodiff.jvp(rank_one, (P,), (np.array([1.0, 0.0]),))[1],
        "b": autodiff.vjp(rank_one, P)[1](np.array([0.0, 1.0]))[0],
        "c": autodiff.jvp(rank_one, (P,), (np.array([1.0, -2.0]),))[1],
        "d": autodiff.vjp(rank_one, P)[1](np.array([1.0, -1.0]))[0],
        "e": U @ autodiff.jacfwd(rank_one)(P) @ V,
    },
    "ex-x05-6": {"a": autodiff.hessian(saddle)(P), "b": autodiff.hvp(saddle)(P, np.ones(2))},
    "ex-x05-7": {"a": best_segments(), "b": best_segments() + 100 / best_segments(), "c": 1},
    "ex-x05-8": {"a": 0, "b": sp.limit(sp.Symbol("h") / sp.Symbol("h"), sp.Symbol("h"), 0)},
    "ex-x05-9": {
        "a": "u*y - u*y**2",
        "b": 2 * autodiff.grad(lambda x: 1 / (1 + np.exp(-x)))(np.log(3)),
        "c": "b",
    },
}


def test_every_part_is_found():
    known = answers.chapter("05")
    assert {name: set(parts) for name, parts in known.items()} == {
        name: set(parts) for name, parts in FOUND.items()
    }


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found_is_judged_right(name):
    verdict = check(name, **FOUND[name])
    assert verdict, str(verdict)


def test_the_sigmoid_of_log_3():
    np.testing.assert_allclose(expit(np.log(3)), 0.75)
