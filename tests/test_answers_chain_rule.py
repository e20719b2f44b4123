"""The answers of chapter 3, each found once more by computing: another road than by hand."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit, softmax

from mathcalc import answers, numerical
from mathcalc.exercises import check

P = np.array([1.0, 2.0])


def along(t):
    return np.cos(t) ** 2 * np.sin(t)


def inner(p):
    return np.array([p[0] ** 2 + p[1], p[0] * p[1]])


def outer(q):
    return np.array([q[0] * q[1], q[0] + q[1]])


def multiplications(*shapes):
    """Count them by making the products one scalar at a time, small shapes only."""
    count, (rows, columns) = 0, shapes[0]
    for shape in shapes[1:]:
        assert shape[0] == columns
        count += sum(1 for _ in product(range(rows), range(shape[1]), range(columns)))
        columns = shape[1]
    return count


def both_orders(m):
    row, square = (1, m), (m, m)
    return [
        multiplications(row, square, square),
        multiplications(square, square) + multiplications(row, square),
    ]


def extrapolated(m):
    """Return the counts at ``m`` from those of small sizes: they are cubic polynomials."""
    sizes = np.arange(1, 6)
    counts = np.array([both_orders(k) for k in sizes])
    return [np.polyval(np.polyfit(sizes, column, 3), m) for column in counts.T]


def doubled(z):
    for _ in range(10):
        z = z + z
    return z


ARROWS = 2 * np.eye(11, k=1, dtype=int)  # from each of eleven nodes to the next, two
WEIGHTS = (np.array([[1.0, -1], [0, 1]]), np.array([[3.0, 1]]))


def predicted(W1, W2, x):
    return (W2 @ np.maximum(W1 @ x, 0))[0]


def loss(W1=WEIGHTS[0], W2=WEIGHTS[1], x=P):
    return (predicted(W1, W2, x) - 1) ** 2 / 2


def loss_of_scores(z):
    return (WEIGHTS[1] @ np.maximum(z, 0) - 1).item() ** 2 / 2


def attended(q):
    return np.array([1.0, 3.0]) @ softmax(q / np.sqrt(2))


def normalised(x):
    return (x - x.mean()) / x.std()


def largest_slope(f):
    found = minimize_scalar(lambda z: -(f(z + 1e-5) - f(z - 1e-5)) / 2e-5, bracket=(-1, 0.3, 1))
    return -found.fun


def fixed_point(theta):
    return brentq(lambda z: z**2 / 4 + theta - z, 0, 2)


def last_fixed_point():
    """Return the largest theta with a fixed point, and where it is: the top of z - z²/4."""
    top = minimize_scalar(lambda z: -(z - z**2 / 4), bracket=(0, 1, 5), tol=1e-12)
    return [top.x, -top.fun]


def slope(f, t):
    return numerical.gradient(lambda p: f(p[0]), [t])[0]


BY_THETA = slope(fixed_point, 0.75)
ROADS = {
    "ex-x03-1": {"b": slope(along, np.pi / 4)},
    "ex-x03-2": {
        "a": numerical.jacobian(inner, P),
        "b": numerical.jacobian(outer, inner(P)),
        "c": numerical.jacobian(lambda p: outer(inner(p)), P),
    },
    "ex-x03-3": {"c": extrapolated(1000), "d": "a"},
    "ex-x03-4": {
        "a": int(np.linalg.matrix_power(ARROWS, 10)[0, 10]),
        "b": int(ARROWS.sum()),
        "c": slope(doubled, 0.7),
    },
    "ex-x03-5": {
        "a": predicted(*WEIGHTS, P),
        "b": numerical.gradient(loss_of_scores, WEIGHTS[0] @ P),
        "c": numerical.gradient(lambda W: loss(W1=W), WEIGHTS[0]),
        "d": numerical.gradient(lambda W: loss(W2=W), WEIGHTS[1]),
        "e": numerical.gradient(lambda x: loss(x=x), P),
    },
    "ex-x03-6": {
        "a": attended(np.zeros(2)),
        "b": numerical.gradient(lambda s: np.array([1.0, 3.0]) @ softmax(s), np.zeros(2)),
        "c": numerical.gradient(attended, np.zeros(2)),
    },
    "ex-x03-7": {
        "a": normalised(np.array([1.0, 3.0])),
        "b": numerical.jacobian(normalised, [1.0, 3.0]),
        "c": "b",
    },
    "ex-x03-8": {"a": largest_slope(expit) ** 20, "b": 1 / largest_slope(expit)},
    "ex-x03-9": {
        "a": slope(lambda x: np.sqrt(1 - x**2), 0.6),
        "b": BY_THETA,
        "c": last_fixed_point(),
    },
    "ex-x03-10": {
        "a": slope(lambda t: t**2 + t * np.e**2, 1.0),
        "b": slope(lambda t: t**2 + t * np.exp(2 * t), 1.0),
    },
}


@pytest.mark.parametrize("name", ROADS)
def test_computing_leads_to_the_same_answers(name):
    verdict = check(name, **ROADS[name])
    assert verdict, str(verdict)


def test_the_formulas_hold_for_numbers_too():
    """Those that random points alone would judge too sharply for a computed value."""
    for t in (0.3, 1.1, -0.8):
        assert slope(along, t) == pytest.approx(-2 * np.cos(t) * np.sin(t) ** 2 + np.cos(t) ** 3)
    for m in (2, 7, 11):
        assert both_orders(m) == [2 * m**2, m**3 + m**2]
    assert check("ex-x03-1", a="-2*cos(t)*sin(t)**2 + cos(t)**3")
    assert check("ex-x03-3", a="2*m**2", b="m**3 + m**2")


def test_every_part_has_a_second_road():
    formulas = {("ex-x03-1", "a"), ("ex-x03-3", "a"), ("ex-x03-3", "b")}
    chapter = answers.chapter("03").items()
    missing = {(n, p) for n, parts in chapter for p in parts if p not in ROADS.get(n, ())}
    assert missing == formulas
