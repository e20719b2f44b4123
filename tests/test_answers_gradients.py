"""The answers of chapter 1, each found once more by computing: another road than by hand."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from mathcalc import answers, numerical
from mathcalc.exercises import check

P = np.array([1.0, 2.0])
A, B = np.array([[1.0, 0], [1, 1], [1, 2]]), np.array([1.0, 2, 2])
EPS = 2.0**-52


def worked(p):
    return p[0] ** 2 + p[0] * p[1] + p[1] ** 2


def flat(p):
    return p[0] ** 2 * p[1] / (p @ p) if p @ p else 0.0


def residual(x):
    return np.sum((A @ x - B) ** 2)


def descend(gradient, start, steps):
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - 0.1 * gradient(path[-1]))
    return np.array(path)


def shifted(p):
    return 2 * (p - P)


def waves(p):
    return np.array([np.cos(p[0]), -np.sin(p[1])])


def turned(step):
    """Return the unit vector, among many around the circle, for which a slope is best."""
    circle = np.linspace(0, 2 * np.pi, 100_001)
    units = np.array([np.cos(circle), np.sin(circle)])
    return units[:, np.argmax(step(numerical.gradient(worked, P) @ units))]


def best_step(eps, M0, M3):
    """Minimise the bound over log h, where it is convex."""

    def bound(log_h):
        return np.exp(2 * log_h) / 6 * M3 + eps * M0 / np.exp(log_h)

    return np.exp(minimize_scalar(bound, bracket=(-13, 0), tol=1e-14).x)


def tangent():
    normal = np.round(numerical.gradient(worked, P), 6)
    return [*normal, normal @ P]


SLOPE = numerical.gradient(worked, P) @ [0.6, 0.8]
STEEPEST = turned(lambda slopes: slopes)
PATH = descend(shifted, [4, 5], 40)
T = 1e-7
ROADS = {
    "ex-x01-1": {
        "a": lambda p: numerical.gradient(np.prod, p),
        "b": numerical.gradient(np.prod, [1.0, 2.0, 3.0]),
    },
    "ex-x01-2": {
        "a": numerical.gradient(worked, P),
        "b": SLOPE,
        "c": (worked(P + T * STEEPEST) - worked(P - T * STEEPEST)) / (2 * T),
        "d": STEEPEST,
    },
    "ex-x01-3": {"a": worked(P), "b": tangent(), "c": turned(lambda slopes: -np.abs(slopes))},
    "ex-x01-4": {
        "a": [flat(np.array([T, 0])) / T, flat(np.array([0, T])) / T],
        "b": flat(np.array([T, T]) / np.sqrt(2)) / T,
        "c": "d",
    },
    "ex-x01-5": {"b": best_step(EPS, 1.0, 1.0)},
    "ex-x01-6": {
        "a": numerical.gradient(lambda x: x @ np.array([[1, 2], [0, 3]]) @ x, np.ones(2)),
        "b": "b",
    },
    "ex-x01-7": {
        "a": numerical.gradient(residual, np.zeros(2)),
        "b": np.round(numerical.gradient(residual, np.array([7 / 6, 1 / 2])), 6),
    },
    "ex-x01-8": {
        "b": PATH[20],
        "c": int(np.argmax((np.abs(PATH - P) < 0.01).all(axis=1))),
    },
    "ex-x01-9": {
        "a": descend(waves, [0, 0], 400)[-1],
        "b": descend(waves, [0, 1e-3], 1000)[-1],
        "c": "c",
    },
}


@pytest.mark.parametrize("name", ROADS)
def test_computing_leads_to_the_same_answers(name):
    verdict = check(name, **ROADS[name])
    assert verdict, str(verdict)


def test_the_formulas_hold_for_numbers_too():
    """Those that random points alone would judge too sharply for a computed value."""
    for eps, M0, M3 in ((0.3, 1.5, 0.2), (1.9, 0.4, 1.1)):
        assert best_step(eps, M0, M3) == pytest.approx((3 * eps * M0 / M3) ** (1 / 3), rel=1e-6)
    np.testing.assert_allclose(PATH[:, 0], 1 + 3 * 0.8 ** np.arange(41), rtol=1e-12)
    assert check("ex-x01-5", a="(3*eps*M0/M3)**(1/3)")
    assert check("ex-x01-8", a="1 + 3*0.8**k")


def test_every_part_has_a_second_road():
    formulas = {("ex-x01-5", "a"), ("ex-x01-8", "a")}
    chapter = answers.chapter("01").items()
    missing = {(n, p) for n, parts in chapter for p in parts if p not in ROADS.get(n, ())}
    assert missing == formulas
