"""The answers of the errata lab, each found once more by another road than its page takes."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from mathcalc import answers, numerical
from mathcalc.exercises import check


def best_step():
    """Compare the four steps over a hundred places: one place could be lucky."""
    x = np.linspace(0.5, 1.2, 101)
    slopes = [(np.sin(x + h) - np.sin(x - h)) / (2 * h) for h in (1e-2, 1e-5, 1e-8, 1e-11)]
    return "abcd"[np.argmin([np.abs(s - np.cos(x)).mean() for s in slopes])]


def angle():
    """Measure between the directions as angles from the axis, after differencing."""
    slope = numerical.gradient(lambda p: (p[0] ** 2 + 10 * p[1] ** 2) / 2, [1.0, 1.0])
    return np.degrees(np.arctan2(slope[1], slope[0])) - 45


def slope_at_the_origin():
    """Fit a line through values along the ray."""
    t = np.linspace(-1, 1, 21)[:10]
    x = t / np.sqrt(2)
    return np.polyfit(t, x * x * x / (2 * x * x), 1)[0]


def least_bouncing():
    """Run the heavy ball itself, from two starts."""

    def left(beta):
        x, v = np.array([1.0, 0.3]), np.array([0.0, 1.0])
        for _ in range(300):
            v = beta * v - 1.9 * x
            x = x + v
        return np.abs(x).max()

    return "abcd"[np.argmin([left(b) for b in (0, 0.14, 0.5, 0.9)])]


def end_of_the_path():
    """Descend with many short steps, and name the nearest of the candidates."""
    p = np.array([0.0, 0.0])
    for _ in range(4000):
        p = p - 0.02 * np.array([np.cos(p[0]), -np.sin(p[1])])
    ends = np.array([[-np.pi / 2, np.pi], [-np.pi / 2, 0], [np.pi / 2, 0], [0, 0]])
    return "abcd"[np.argmin(np.linalg.norm(ends - p, axis=1))]


def defined():
    """Ask NumPy for shapes alone."""
    pairs = {"a": ((4, 4), (4, 1)), "b": ((1, 4), (4, 4)), "c": ((4, 4), (1, 4))}
    pairs["d"] = ((4, 1), (4, 4))
    fit = [k for k, ((_, inner), (outer, _)) in pairs.items() if inner == outer]
    return fit + ["e"] * ({"b", "c"} <= set(fit))


def newton_factor():
    """Minimise the quadratic model of x⁴ at 0.7, found by differences."""
    f, h = (lambda x: x**4), 1e-3
    slope, bend = (f(0.7 + h) - f(0.7 - h)) / (2 * h), (f(0.7 + h) - 2 * f(0.7) + f(0.7 - h)) / h**2
    return (0.7 + minimize_scalar(lambda d: slope * d + bend * d * d / 2).x) / 0.7


def root_of_second_moment():
    """Weigh the ten squared gradients at once instead of one after the other."""
    weights = 0.001 * 0.999 ** np.arange(10)
    return np.sqrt(weights @ np.full(10, 9.0) / weights.sum())


def fisher():
    """The curvature of the divergence between the coin and its neighbours."""

    def divergence(q):
        return 0.25 * np.log(0.25 / q[0]) + 0.75 * np.log(0.75 / (1 - q[0]))

    return numerical.hessian(divergence, np.array([0.25]))[0, 0]


def order():
    """Count for small widths, and follow the pattern m² + m² against m³ + m²."""
    left, right = (np.array([c(m) for m in (2, 3, 5)]) for c in (lambda m: 2 * m**2, _right))
    assert (right / left == [1.5, 2, 3]).all()  # (m + 1)/2
    return (1000 + 1) / 2


def _right(m):
    return sum(1 for _ in np.ndindex(m, m, m)) + sum(1 for _ in np.ndindex(1, m, m))


def undecided():
    """A test is undecided if a small quartic, added with either sign, decides the matter."""
    return [k for k, signs in EIGENVALUES.items() if _kind(signs, 1) != _kind(signs, -1)]


EIGENVALUES = {"a": (2, 0), "b": (1, -1, 0), "c": (3, 0, 0), "d": (-1, 0)}
EIGENVALUES |= {"e": (2, 1, -1), "f": (4, 2, 1)}


def _kind(eigenvalues, sign):
    """Tell from values on a sphere what the origin is."""
    points = np.random.default_rng(0).normal(size=(4000, len(eigenvalues)))
    points = np.vstack([points, np.eye(len(eigenvalues))])
    points *= 0.1 / np.linalg.norm(points, axis=1, keepdims=True)
    values = points**2 @ eigenvalues + sign * (points**4).sum(axis=1)
    return (values.min() > 0, values.max() < 0)


def coins():
    """By Sylvester's minors instead of eigenvalues."""
    A = np.random.default_rng(5).normal(size=(40_000, 3, 3))
    A = A + A.swapaxes(1, 2)
    minors = [A[:, 0, 0], np.linalg.det(A[:, :2, :2]), np.linalg.det(A)]
    share = np.all([m > 0 for m in minors], axis=0).mean()
    return "abcd"[np.argmin(np.abs(np.log(np.array([2, 4, 8, 40]) * share)))]


def constant_branch():
    """The executed line is a number: its difference quotient along the traced path is zero."""
    path = [4.0 for _ in (-1e-3, 1e-3)]
    return np.diff(path)[0] / 2e-3


def revealing():
    """What is not a sum of functions of one variable has a mixed difference."""
    f = {
        "a": lambda x, y: x**2 + y**2,
        "b": lambda x, y: np.sin(x) + np.cos(y),
        "c": lambda x, y: x * y,
        "d": lambda x, y: x**2 + x * y + y**2,
        "e": lambda x, y: np.exp(x) + y**4,
    }
    mixed = {k: g(1, 2) - g(1, 0.5) - g(0.3, 2) + g(0.3, 0.5) for k, g in f.items()}
    return [k for k, m in mixed.items() if abs(m) > 1e-9]


FOUND = {
    "ex-claim-step": best_step,
    "ex-claim-away": angle,
    "ex-claim-partials": slope_at_the_origin,
    "ex-claim-momentum": least_bouncing,
    "ex-claim-start": end_of_the_path,
    "ex-claim-layout": defined,
    "ex-claim-newton": newton_factor,
    "ex-claim-adam": root_of_second_moment,
    "ex-claim-fisher": fisher,
    "ex-claim-order": order,
    "ex-claim-zero": undecided,
    "ex-claim-coins": coins,
    "ex-claim-code": constant_branch,
    "ex-claim-check": revealing,
}


@pytest.mark.parametrize("name", FOUND)
def test_the_answer_is_found_once_more(name):
    verdict = check(name, FOUND[name]())
    assert verdict, verdict


def test_every_answer_of_the_lab_is_found():
    assert set(FOUND) == set(answers.chapter("errata-lab"))
