"""The self-test: each answer found by another road, and each error told where to read up."""

import re
from itertools import product

import numpy as np
import pytest
from test_concepts import book

from mathcalc import answers, numerical
from mathcalc.exercises import check
from mathcalc.exercises.messages import MESSAGES

QUESTIONS = answers.chapter("prerequisites")
rng = np.random.default_rng(7)


def power_rules():
    """Try each rule at random numbers."""
    a, b = rng.uniform(0.5, 3, size=(2, 50))
    log, exp = np.log, np.exp
    sides = {
        "a": (log(a * b), log(a) + log(b)),
        "b": (log(a + b), log(a) + log(b)),
        "c": (exp(a + b), exp(a) * exp(b)),
        "d": (exp(a * b), exp(a) * exp(b)),
        "e": (log(a**b), b * log(a)),
        "f": (log(a / b), log(a) / log(b)),
    }
    return [rule for rule, (left, right) in sides.items() if np.allclose(left, right)]


def counted(c, n, s):
    """Add term by term: n numbers with the sum s, n being whole only now and then, so by a line."""
    few = [sum(c * x + 1 for x in [s / k] * k) for k in (1, 2)]
    return few[0] + (few[1] - few[0]) * (n - 1)  # it grows with n along a straight line


def extremes():
    """Walk up and down from 0 on a fine grid."""
    x = np.linspace(-1.5, 1.5, 300_001)
    y = x**3 - 3 * x
    return [x[y.argmax()], x[y.argmin()]]


def least_at_zero():
    x = np.linspace(-0.1, 0.1, 21)
    return next(n for n, y in zip("abc", (x**3, x**4, -(x**4)), strict=True) if y.argmin() == 10)


def remainder():
    """The largest that the fourth derivative can do, by quadrature of Taylor's integral."""
    t = np.linspace(0, 0.1, 200_001)
    return np.trapezoid((0.1 - t) ** 3 / 6, t)


def times(A, B):
    """Multiply entry by entry, as the definition says; return the product and what it took."""
    places = [*product(range(len(A)), range(len(A[0])), range(len(B[0])))]
    C = [[0.0] * len(B[0]) for _ in A]
    for i, k, j in places:
        C[i][j] += A[i][k] * B[k][j]
    return np.array(C), len(places)


def same_as_the_transpose():
    A, B = rng.normal(size=(2, 3)), rng.normal(size=(3, 4))
    factors = {"a": (A.T, B.T), "b": (B.T, A.T), "c": (B, A), "d": (A, B.T)}
    fit = {k: X @ Y for k, (X, Y) in factors.items() if X.shape[1] == Y.shape[0]}
    return next(k for k, XY in fit.items() if np.allclose(XY, (A @ B).T))


def definite(H):
    """Look at the quadratic form all around a circle."""
    angle = np.linspace(0, np.pi, 10_001)
    v = np.array([np.cos(angle), np.sin(angle)])
    least = np.einsum("ik,ij,jk->k", v, H, v).min()
    return "d" if least < -1e-9 else "c" if least < 1e-9 else "a"


def by_power(H):
    """Multiply again and again: what is left is the direction of the larger eigenvalue."""
    v = np.array([1.0, 0.2])
    for _ in range(60):
        v = H @ v / np.linalg.norm(H @ v)
    return v, v @ H @ v


X = np.repeat([1.0, 5.0], [3, 1])  # equally likely
Y = 2 * X + 1
FLAT, MIXED = np.array([[2, 1], [2, 1]]), np.array([[1.0, 2], [2, 1]])
AXIS, LARGER = by_power(np.array([[2.0, 1], [1, 2]]))
AB, EFFORT = times(np.ones((2, 3)), np.ones((3, 4)))
ANGLE = np.arctan2(4, 3) - np.arctan2(1, 2)
A, x = rng.normal(size=(5, 3)), rng.normal(size=3)
ROADS = {
    "logs": {"a": np.log(np.exp(2) ** 2 / np.exp(3)), "b": power_rules()},
    "sums": {"a": 4**2, "b": counted},
    "chain": {
        "b": numerical.gradient(lambda p: np.log1p(np.exp(p[0])), np.zeros(1))[0],
    },
    "critical": {"a": extremes(), "b": least_at_zero()},
    "taylor": {"a": np.polynomial.Polynomial([1, 0, -0.5])(0.1), "b": remainder()},
    "dot": {"a": 5 * 5**0.5 * np.cos(ANGLE), "b": abs(3 + 4j), "c": np.cos(ANGLE)},
    "columns": {
        "a": times(FLAT, [[1], [-2]])[0].ravel(),
        "b": times([[1, -1]], FLAT)[0].ravel(),
        "c": sum(np.linalg.svd(FLAT)[1] > 1e-9),
    },
    "transpose": {"a": AB.T.shape, "b": EFFORT, "c": same_as_the_transpose()},
    "definite": {"a": np.trace(np.outer([1, -1], [1, -1]) @ MIXED), "b": definite(MIXED)},
    "eigen": {"a": [LARGER, 4 - LARGER], "b": AXIS},
    "mean": {"a": X.mean(), "b": Y.mean(), "c": X.var(), "d": np.cov(X, Y, bias=True)[0, 1]},
    "shapes": {
        "a": (A @ x).shape,
        "b": (A * x).shape,
        "c": (A - A.mean(axis=0)).shape,
    },
}


@pytest.mark.parametrize("name", ROADS)
def test_another_road_leads_to_the_same_answers(name):
    verdict = check(f"ex-know-{name}", **ROADS[name])
    assert verdict, str(verdict)


def test_the_sigmoid_is_the_slope_everywhere():
    assert check("ex-know-chain", a="1/(1 + exp(-x))")
    for at in (-1.3, 0.4, 2.0):
        slope = numerical.gradient(lambda p: np.log1p(np.exp(p[0])), np.array([at]))[0]
        assert slope == pytest.approx(1 / (1 + np.exp(-at)), rel=1e-7)


def test_every_part_has_another_road():
    parts = {(name, part) for name, sheet in QUESTIONS.items() for part in sheet}
    found = {(f"ex-know-{name}", part) for name, road in ROADS.items() for part in road}
    assert parts - found == {("ex-know-chain", "a")}  # that one is the test above
    assert 8 <= len(QUESTIONS) <= 12


# ── where to read up ────────────────────────────────────────────────────────────────────────


def sections(text):
    """Return the page's sections, each with the label above it."""
    return dict(re.findall(r"^\(([\w-]+)\)=\n### (.+?)(?:, (?:for|in) .*)?$", text, re.M))


def unhelped(text, questions):
    """Return what leaves a reader with a wrong answer alone."""
    titles = sections(text)
    lost = []
    for name, sheet in questions.items():
        hint = re.search(rf"Hint\n(.*)\n:::\n\n:+\{{solution\}} {name}\n", text)
        link = hint and re.search(r"Read up: \{ref\}`(.+?) <(.+?)>`\.$", hint[1])
        if not link or titles.get(link[2]) != link[1]:
            lost.append(f"{name}: no hint with a section of this page")
            continue
        end = f" Read up: {link[1]}."
        said = [h for part in sheet.values() for h in part["wrong"].values() if h not in MESSAGES]
        lost += [f"{name}: {sentence}" for sentence in said if not sentence.endswith(end)]
    return lost + [f"no way back: {n}" for n in questions if f"question <{n}>`" not in text]


def test_each_wrong_answer_is_told_where_to_read_up():
    assert unhelped(book()["prerequisites"], QUESTIONS) == []


PLANTED = {
    "no link": ("{ref}`The chain rule <dep-single-variable-chain-rule>`", "the chain rule"),
    "another page's section": ("<dep-single-variable-chain-rule>`.\n:::", "<gradient>`.\n:::"),
    "another title": ("### Critical points, for", "### Flat places, for"),
    "no way back": ("{ref}`Back to the question <ex-know-mean>`", ""),
    "no hint": (":::{dropdown} Hint\nTwo of the three", ":::{dropdown} More\nTwo of the three"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_reader_left_alone_is_found(fault):
    right, wrong = PLANTED[fault]
    text = book()["prerequisites"]
    assert right in text
    assert len(unhelped(text.replace(right, wrong), QUESTIONS)) >= 1


def test_an_error_without_a_section_is_found():
    part = QUESTIONS["ex-know-sums"]["a"] | {"wrong": {"7": "That is the last term."}}
    assert unhelped(book()["prerequisites"], QUESTIONS | {"ex-know-sums": {"a": part}})
