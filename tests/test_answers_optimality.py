"""The answers of chapter 4, each found once more by searching, solving or differencing."""

import numpy as np
import pytest
from scipy.optimize import brentq, minimize, minimize_scalar

from mathcalc import answers, numerical
from mathcalc.exercises import check
from mathcalc.symbolic import ScalarField

MONKEY = ScalarField("x**3 - 3*x*y**2")
X = np.array([[1.0, 0], [1, 1], [1, 2]])
Y = np.array([1.0, 2, 2])
POINTS, SIDES = np.array([[1.0, 1], [-1, -1], [3, 1]]), np.array([1.0, -1, 1])
T = 1e-4
TIGHT = {"ftol": 1e-15, "maxiter": 500}


def hessian(f, *at):
    return np.round(numerical.hessian(f, np.array(at, dtype=float)), 4)


def waves(p):
    return np.sin(p[0]) + np.cos(p[1])


def only_critical_point():
    """Search a grid for the least gradient, then polish."""
    axis = np.linspace(-2, 2, 41)
    grid = np.stack(np.meshgrid(axis, axis)).reshape(2, -1)
    best = grid[:, np.argmin(np.linalg.norm(MONKEY.gradient(grid), axis=0))]
    return np.round(best, 6)


def turned(f):
    """Return the unit vector, among many, along which a function is least nearby."""
    circle = np.arange(3600) * np.pi / 1800
    units = np.array([np.cos(circle), np.sin(circle)])
    return np.round(units[:, np.argmin(f(0.01 * units))], 6)


def waves_in_a_square():
    """Count sign changes of both partial derivatives along the axes of the square."""
    t = np.linspace(0, 2 * np.pi, 4001) - 1e-5
    zeros = [(np.diff(np.sign(slope)) != 0).sum() for slope in (np.cos(t), np.sin(t))]
    return int(np.prod(zeros))


def is_minimum(formula):
    """Compare the origin with many points around it, also very close to Peano's parabola."""
    f = ScalarField(formula, ("x", "y"))
    angle, radius = np.linspace(0, 2 * np.pi, 721), np.geomspace(1e-3, 0.3, 40)
    ring = np.array([np.cos(angle), np.sin(angle)])
    around = np.multiply.outer(ring, radius).reshape(2, -1)
    x = np.linspace(-0.3, 0.3, 61)
    curves = [[x, k * x**2] for k in (0.5, 1.5, 2.0, 4.0)]
    return all(f(p).min() >= 0 for p in (around, *np.array(curves)))


def floor(p):
    return minimize_scalar(lambda y: (y - p[0] ** 2) * (y - 3 * p[0] ** 2), bracket=(0, 1)).fun


def minima():
    options = (
        "x**2 + y**4",
        "x**2 - y**4",
        "x**2 + y**3",
        "(y - x**2)*(y - 3*x**2)",
        "x**4 + y**4",
    )
    return [letter for letter, f in zip("abcde", options, strict=True) if is_minimum(f)]


def solved(f, start, equalities=(), inequalities=(), **more):
    """Minimise with SciPy; an inequality is a function that must not be negative."""
    rows = [{"type": "eq", "fun": h} for h in equalities]
    rows += [{"type": "ineq", "fun": g} for g in inequalities]
    return minimize(f, start, constraints=rows, method="SLSQP", options=TIGHT, **more)


def on_line(c=5.0):
    return solved(lambda p: p @ p, [0.0, 0.0], [lambda p: p[0] + 2 * p[1] - c])


def in_triangle(c=2.0):
    distance = lambda p: (p[0] - 2) ** 2 + (p[1] - 1) ** 2  # noqa: E731
    return solved(
        distance, [0.1, 0.1], (), [lambda p: c - p[0] - p[1], lambda p: p[0], lambda p: p[1]]
    )


def price(best, c):
    return (best(c + T).fun - best(c - T).fun) / (2 * T)


def most_uncertain():
    """Maximise the entropy itself; two constraints leave one free number."""
    p = lambda t: np.array([t, 0.5 - 2 * t, 0.5 + t])  # noqa: E731
    slope = lambda t: np.log(p(t)) @ [1, -2, 1]  # noqa: E731
    return p(brentq(slope, 1e-9, 0.25 - 1e-9, xtol=1e-15))


def street():
    margins = lambda v: SIDES * (POINTS @ v[:2] + v[2]) - 1  # noqa: E731
    return solved(lambda v: v[:2] @ v[:2] / 2, [1.0, 1.0, 0.0], (), [margins])


def prices_of_street():
    gram = (POINTS @ POINTS.T) * np.outer(SIDES, SIDES)
    loss = lambda a: a @ gram @ a / 2 - a.sum()  # noqa: E731
    return solved(loss, [0.1, 0.1, 0.0], [lambda a: a @ SIDES], bounds=[(0, None)] * 3)


def reaction(x):
    return brentq(lambda y: y - x + y**3, -3, 3, xtol=1e-15)


def value(x):
    y = reaction(x)
    return (y - x) ** 2 / 2 + y**4 / 4


def adapted(theta):
    """Return the minimiser of 3φ²/2 + (φ − θ)²/2."""
    return minimize(lambda p: 1.5 * p @ p + (p - theta) @ (p - theta) / 2, [0.0], tol=1e-14).x[0]


def slope(f, x, step=1e-4):
    return (f(x + step) - f(x - step)) / (2 * step)


FIT = minimize(lambda w: ((X @ w - Y) ** 2).sum(), [0.0, 0.0], tol=1e-14).x
PROBABLE = most_uncertain()
STREET, PRICES = street(), prices_of_street()
FOUND = {
    "ex-x04-1": {
        "a": only_critical_point(),
        "b": hessian(MONKEY, 0, 0),
        "c": lambda r, phi: float(MONKEY([r * np.cos(phi), r * np.sin(phi)])),
        "d": "c",
    },
    "ex-x04-2": {
        "a": hessian(lambda p: p[0] ** 2 - p[1] ** 2, 0, 0),
        "b": np.linalg.eigvalsh(hessian(lambda p: p[0] ** 2 - p[1] ** 2, 0, 0)),
        "c": turned(lambda p: p[0] ** 2 - p[1] ** 2),
    },
    "ex-x04-3": {
        "a": np.round(np.linalg.eigvalsh(hessian(waves, -np.pi / 2, 0)), 4),
        "b": waves([-np.pi / 2, 0]),
        "c": minimize(waves, [-1.0, 3.0], tol=1e-12).fun,
        "d": "c",
        "e": waves_in_a_square(),
    },
    "ex-x04-4": {
        "a": hessian(lambda p: p[0] ** 2 + p[1] ** 3, 0, 0),
        "b": minima(),
        "c": floor,
    },
    "ex-x04-5": {"a": FIT, "b": X @ FIT - Y, "c": ((X @ FIT - Y) ** 2).sum()},
    "ex-x04-6": {
        "a": on_line().x,
        "b": on_line().fun,
        "c": -2 * on_line().x[0],
        "d": price(on_line, 5.0),
    },
    "ex-x04-7": {
        "a": in_triangle().x,
        "b": in_triangle().fun,
        "c": [-price(in_triangle, 2.0), 0, 0],
        "d": price(in_triangle, 2.0),
    },
    "ex-x04-8": {"a": PROBABLE[1] / PROBABLE[0], "b": PROBABLE},
    "ex-x04-9": {
        "a": STREET.x[:2],
        "b": np.round(STREET.x[2], 6),
        "c": np.round(PRICES.x, 5),
        "d": np.linalg.norm(POINTS[0] - POINTS[1]),
        "e": -PRICES.fun,
    },
    "ex-x04-10": {
        "a": reaction(2.0),
        "b": slope(reaction, 2.0),
        "c": slope(value, 2.0),
        "d": slope(adapted, 0.7, 1e-2),
    },
}


@pytest.mark.parametrize("name", FOUND)
def test_computing_leads_to_the_same_answers(name):
    verdict = check(name, **FOUND[name])
    assert verdict, str(verdict)


def test_every_part_has_a_second_road():
    chapter = answers.chapter("04").items()
    missing = {(n, p) for n, parts in chapter for p in parts if p not in FOUND.get(n, ())}
    assert missing == set()


def test_types_that_are_chosen_by_letter_are_seen_in_numbers():
    """The monkey saddle and (π/2, π) have higher and lower points on every circle."""
    angle = np.linspace(0, 2 * np.pi, 200)
    ring = np.array([np.cos(angle), np.sin(angle)])
    for radius in (1e-3, 0.1):
        around = MONKEY(radius * ring)
        assert around.min() < 0 < around.max()
        near = waves(np.array([[np.pi / 2], [np.pi]]) + radius * ring)
        assert near.min() < waves([np.pi / 2, np.pi]) < near.max()
    assert np.linalg.eigvalsh(hessian(MONKEY, 0, 0)).tolist() == [0, 0]  # no ordinary saddle
