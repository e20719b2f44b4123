"""What counts as convex: functions that are, by a second road, and none that is not."""

import numpy as np
import pytest

from mathcalc.optimality import kkt
from mathcalc.optimality.convexity import is_convex, is_convex_function
from mathcalc.optimality.problems import problem
from mathcalc.symbolic import ScalarField

CONVEX = [
    "x**2 + x*y + y**2",
    "x + 2*y",
    "(x - y)**2",
    "x**4 + y**6",
    "exp(x - 2*y)",
    "cosh(x + y)",
    "-log(x + y)",
    "-sqrt(x + y)",
    "x*log(x) + y**2",
    "(x + y)**1.5",
]
OTHERS = [
    "x**3 + y**2",
    "x**5",
    "x*y",
    "x**2 - y**2",
    "-x**4",
    "log(x + y)",
    "sqrt(x)",
    "-exp(x)",
    "-x*log(x)",
    "sin(x)",
    "exp(x*y)",
    "x**2*y**2",
    "x + (y - 2)**3",
]


def bulges(formula):
    """Say whether a chord between two points, where x and y are in (0, 3), passes below."""
    f = ScalarField(formula, ("x", "y"))
    a, b = np.random.default_rng(3).uniform(0.05, 3, (2, 2, 400))
    chord = (f(a) + f(b)) / 2
    return bool((f((a + b) / 2) > chord + 1e-9 * (1 + abs(chord))).any())


@pytest.mark.parametrize("formula", CONVEX)
def test_convex_functions_are_seen(formula):
    f = ScalarField(formula, ("x", "y"))
    assert not bulges(formula)
    assert is_convex_function(f.expression, f.symbols)


@pytest.mark.parametrize("formula", OTHERS)
def test_no_other_function_is_called_convex(formula):
    f = ScalarField(formula, ("x", "y"))
    assert bulges(formula) or bulges(formula.replace("x", "(x - 3)").replace("y", "(y - 3)"))
    assert not is_convex_function(f.expression, f.symbols)


def test_a_problem_with_a_curved_equality_is_not_convex():
    bowl = "x**2 + y**2"
    assert is_convex(problem(bowl, ["x + y - 1"], ["x**2 - 4"], None))
    assert not is_convex(problem(bowl, ["x**2 + y - 1"], [], None))
    assert not is_convex(problem(bowl, [], ["4 - x**2"], None))


def test_only_of_a_convex_problem_it_is_said():
    """A local minimum of a cubic is not announced as the minimum of a convex problem."""
    found = kkt("x**3 - 3*x + y**2", inequalities=["-x - 3"])
    assert "convex" not in found.reason
    assert min(p.value for p in found) == pytest.approx(-18)
