"""The answers of chapter 2 on Jacobians and matrix gradients, found once more by computing."""

import numpy as np
import pytest

from mathcalc import numerical
from mathcalc.answers import jacobians
from mathcalc.exercises import check

A = np.array([[2.0, 1.0], [1.0, 2.0]])
SCORES = np.log([1.0, 2.0, 3.0])
SHEAR = np.array([[1.0, 2.0], [0.0, 1.0]])
TINY = 1e-5


def worked(p):
    return np.array([p[0] ** 2 + p[1], p[0] * p[1]])


def softmax(x):
    return np.exp(x) / np.exp(x).sum()


def log_det(X):
    return np.linalg.slogdet(X)[1]


def peano(x, y):
    return x * y * (x**2 - y**2) / (x**2 + y**2) if x or y else 0.0


def kernel(J):
    """Return the direction that is shrunk most, scaled to first entry one."""
    shrunk = np.linalg.svd(J)[2][-1]
    return shrunk / shrunk[0]


def singular(x):
    """Find, by bisection, the y at which the Jacobian of the worked example is singular."""
    low, high = -1.0, 20.0
    for _ in range(100):
        y = (low + high) / 2
        determinant = np.linalg.det(numerical.jacobian(worked, [x, y]))
        low, high = (y, high) if determinant > 0 else (low, y)
    return low


def fitting(f, candidates):
    """Name the candidate gradient that differences agree with, at matrices that are not square."""
    rng = np.random.default_rng(0)
    P, X = rng.normal(size=(3, 2)), rng.normal(size=(2, 4))
    Q = rng.normal(size=(4, 3))
    truth = numerical.gradient(lambda X: f(P, X, Q), X)
    return [k for k, g in candidates.items() if _equal(g, (P, X, Q), truth)]


def _equal(g, arguments, truth):
    try:
        value = g(*arguments)
    except ValueError:  # shapes that do not fit
        return False
    return value.shape == truth.shape and np.allclose(value, truth, rtol=1e-6)


TRACES = {
    "a": lambda P, X, Q: P @ Q,
    "b": lambda P, X, Q: P.T @ Q.T,
    "c": lambda P, X, Q: Q.T @ P.T,
    "d": lambda P, X, Q: Q @ P,
}
SQUARES = {
    "a": lambda P, X, Q: 2 * (P @ X - Q.T),
    "b": lambda P, X, Q: 2 * P @ (P @ X - Q.T),
    "c": lambda P, X, Q: 2 * P.T @ (P @ X - Q.T),
    "d": lambda P, X, Q: 2 * (P @ X - Q.T) @ P.T,
}


def mixed(first, second):
    """Difference twice, with the first step much the shorter."""
    short, long = 1e-8, 1e-3
    slope = {
        "x": lambda t: (peano(short, t) - peano(-short, t)) / (2 * short),
        "y": lambda t: (peano(t, short) - peano(t, -short)) / (2 * short),
    }[first]
    assert first != second
    return (slope(long) - slope(-long)) / (2 * long)


def on_rays():
    """The mixed difference close to the origin, along both axes: it has no limit there."""
    corner = lambda x, y: sum(  # noqa: E731
        s * t * peano(x + s * TINY, y + t * TINY) for s in (1, -1) for t in (1, -1)
    )
    return [round(corner(*p) / (4 * TINY**2), 2) for p in ((0.01, 0.0), (0.0, 0.01))]


J = np.round(numerical.jacobian(worked, [1.0, 2.0]), 6)
S = numerical.jacobian(softmax, SCORES)
LOG_DET = numerical.gradient(log_det, A)

ROADS = {
    "ex-x02-1": {
        "a": J,
        "b": float(np.round(np.linalg.det(J), 9)),
        "c": kernel(J),
    },
    "ex-x02-2": {
        "a": softmax(SCORES),
        "b": S,
        "c": int((np.linalg.svd(S)[1] > 1e-6).sum()),
        "d": kernel(S),
    },
    "ex-x02-3": {
        "a": LOG_DET,
        "b": (log_det(A + TINY * np.eye(2)[::-1]) - log_det(A - TINY * np.eye(2)[::-1]))
        / (2 * TINY),
    },
    "ex-x02-4": {
        "a": fitting(lambda P, X, Q: np.trace(P @ X @ Q), TRACES),
        "b": fitting(lambda P, X, Q: ((P @ X - Q.T) ** 2).sum(), SQUARES),
        "c": numerical.gradient(lambda X: ((SHEAR @ X) ** 2).sum(), np.eye(2)),
    },
    "ex-x02-5": {
        "a": mixed("x", "y"),
        "b": mixed("y", "x"),
        "c": "c" if on_rays() == [1.0, -1.0] else "b",
    },
}
FORMULAS = {("ex-x02-1", "d")}


@pytest.mark.parametrize("name", ROADS)
def test_computing_leads_to_the_same_answers(name):
    for part, found in ROADS[name].items():
        verdict = check(name, **{part: found})
        assert f"{name} {part}: Right." in str(verdict), (found, str(verdict))


def test_the_formula_holds_for_numbers_too():
    for x in (-1.2, 0.4, 1.7):
        assert singular(x) == pytest.approx(2 * x**2, abs=1e-6)


def test_every_part_has_a_second_road():
    own = jacobians.ANSWERS.items()
    missing = {(n, p) for n, parts in own for p in parts if p not in ROADS.get(n, ())}
    assert missing == FORMULAS
