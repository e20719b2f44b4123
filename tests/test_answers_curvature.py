"""The answers of chapter 2 on curvature, Newton and the Laplacian, found once more by computing."""

import numpy as np
import pytest

from mathcalc import numerical
from mathcalc.answers import curvature
from mathcalc.exercises import check

TINY = 1e-5


def descend(eta, steps):
    path = [np.array([1.0, 1.0])]
    for _ in range(steps):
        path.append(path[-1] - eta * np.array([1.0, 10.0]) * path[-1])
    return np.array(path)


def factor(eta):
    """Measure the shrinking per step, late in the run."""
    path = descend(eta, 60)
    return float((np.abs(path[-1]).max() / np.abs(path[-21]).max()) ** (1 / 20))


def best_step():
    etas = np.linspace(0.01, 0.3, 29_001)
    factors = np.maximum(np.abs(1 - etas), np.abs(1 - 10 * etas))
    return etas[np.argmin(factors)]


def longest_step():
    """Find, by bisection, the step size at which the run no longer shrinks."""
    low, high = 0.1, 0.3
    for _ in range(40):
        eta = (low + high) / 2
        shrinks = np.abs(descend(eta, 50)[-1]).max() < 1
        low, high = (eta, high) if shrinks else (low, eta)
    return low


def newton(f):
    """Return Newton's map by differences of ``f`` alone, for vectorised one-variable functions."""
    h = 2e-4
    return lambda x: x - h * (f(x + h) - f(x - h)) / (f(x + h) - 2 * f(x) + f(x - h)) / 2


POWERS = (
    (lambda x: x**4, 1.0),
    (lambda x: np.sqrt(1 + x**2), 1.1),
    (lambda x: x**3 / 3 - x, -2.0),
)


def low_ends():
    """Name the runs that come to rest where the function is lowest among its neighbours."""
    names = []
    for letter, (f, x) in zip("abc", POWERS, strict=True):
        for _ in range(6):
            x = newton(f)(x) if abs(x) < 10 else x
        around = f(x + np.array([-0.3, 0.3]))
        names += [letter] if abs(x) < 10 and (around > f(x)).all() else []
    return names


def ring_mean(f, centre, r):
    angle = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    ring = np.array(centre)[:, None] + r * np.array([np.cos(angle), np.sin(angle)])
    return f(*ring).mean() - f(*centre)


J = np.array([[2.0, 1.0], [2.0, 1.0]])
DRAWS = np.random.default_rng(1).normal(size=(2, 1_000_000)) * np.array([[0.1], [0.2]])
SAMPLED = np.cov(
    J
    @ (
        (DRAWS - DRAWS.mean(1, keepdims=True))
        / DRAWS.std(1, keepdims=True)
        * np.array([[0.1], [0.2]])
    )
)
CUBIC = (np.exp(TINY * 10) * np.cos(TINY * 10) - 1 - TINY * 10) / (TINY * 10) ** 3 * 0.1**3

ROADS = {
    "ex-x02-6": {
        "b": float((np.exp(0.1 + 0.1j).real) - 1.1),
        "c": CUBIC,
    },
    "ex-x02-7": {
        "a": descend(0.1, 20)[20],
        "b": int(np.argmax(descend(0.1, 200)[:, 0] <= 1e-6)),
        "c": [best_step(), factor(best_step())],
        "d": longest_step(),
        "e": 1,
    },
    "ex-x02-8": {"d": low_ends()},
    "ex-x02-9": {"b": round(ring_mean(lambda x, y: x**3 - 3 * x * y**2, (1.3, -0.4), 0.7), 12)},
    "ex-x02-10": {"a": SAMPLED, "b": np.corrcoef(J @ DRAWS)[0, 1]},
}
FORMULAS = {
    ("ex-x02-6", "a"),
    ("ex-x02-8", "a"),
    ("ex-x02-8", "b"),
    ("ex-x02-8", "c"),
    ("ex-x02-9", "a"),
}


@pytest.mark.parametrize("name", ROADS)
def test_computing_leads_to_the_same_answers(name):
    for part, found in ROADS[name].items():
        verdict = check(name, **{part: found})
        assert f"{name} {part}: Right." in str(verdict), (found, str(verdict))


def test_the_formulas_hold_for_numbers_too():
    """Those that random points alone would judge too sharply for a computed value."""
    for (f, _), claim in zip(
        POWERS,
        (lambda x: 2 * x / 3, lambda x: -(x**3), lambda x: (x**2 + 1) / (2 * x)),
        strict=True,
    ):
        for x in (0.7, 1.3):
            assert newton(f)(x) == pytest.approx(claim(x), rel=1e-5)
    for r in (0.3, 1.1):
        assert ring_mean(lambda x, y: x**2 + y**2, (0.4, -2.0), r) == pytest.approx(r**2)
    wave = lambda p: np.exp(p[0]) * np.cos(p[1])  # noqa: E731
    np.testing.assert_allclose(numerical.gradient(wave, [0.0, 0.0]), [1, 0], atol=1e-9)
    np.testing.assert_allclose(numerical.hessian(wave, [0.0, 0.0]), [[1, 0], [0, -1]], atol=1e-6)


def test_one_newton_step_is_enough_on_the_ravine():
    here, curvature = np.array([1.0, 1.0]), np.diag([1.0, 10.0])
    np.testing.assert_allclose(here - np.linalg.solve(curvature, curvature @ here), 0, atol=1e-15)


def test_every_part_has_a_second_road():
    own = curvature.ANSWERS.items()
    missing = {(n, p) for n, parts in own for p in parts if p not in ROADS.get(n, ())}
    assert missing == FORMULAS
