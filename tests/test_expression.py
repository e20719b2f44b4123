"""Typed formulas: what is read, what is refused, and that nothing else ever happens."""

import math

import pytest
import sympy as sp
from formulas import ACCEPTED, REFUSED, random_formula
from hypothesis import given, settings
from hypothesis import strategies as st

from mathcalc.expression import FormulaError, parse, variables_of


@pytest.mark.parametrize(("text", "piece"), REFUSED.items())
def test_refused_with_the_piece_named(text, piece):
    with pytest.raises(FormulaError) as refusal:
        parse(text, ("x", "y"))
    assert piece in str(refusal.value)


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text):
    assert set(variables_of(parse(text, ("x", "y")))) <= {"x", "y"}


def test_precedence_is_pythons():
    x = sp.Symbol("x", real=True)
    assert parse("-x**2") == -(x**2)
    assert parse("2**-x") == 2 ** (-x)
    assert parse("2**3**2") == 512
    assert parse("x/2/3") == x / 6


@pytest.mark.parametrize("name", ["__class__", "__import__", "x__y", "__proto__"])
def test_no_name_of_pythons_own_is_a_variable(name):
    """Also where any other name would be one."""
    assert variables_of(parse("x_y")) == ("x_y",)
    with pytest.raises(FormulaError, match=f"'{name}' is not known"):
        parse(f"{name} + 1")


@pytest.mark.parametrize("text", ["(10**64)**64", "x*((9**60)**60)**60"])
def test_powers_of_powers_cannot_fill_the_memory(text):
    with pytest.raises(FormulaError, match="overflows"):
        parse(text)


def test_powers_that_vanish_are_zero():
    """As in floats: the exact number would have four thousand digits."""
    assert parse("(1/10**64)**64") == 0


@given(st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_formula_or_refused(text):
    try:
        assert isinstance(parse(text), sp.Expr)
    except FormulaError as refusal:
        assert str(refusal)


@given(st.text(alphabet="xy019.+-*/()e _sincoqrtlgap", max_size=40))
@settings(max_examples=600, deadline=None)
def test_near_formulas_are_read_or_refused(text):
    try:
        assert isinstance(parse(text, ("x", "y")), sp.Expr)
    except FormulaError as refusal:
        assert str(refusal)


@given(st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_values_are_those_of_python(seed):
    text = random_formula(seed)
    names = {n: getattr(math, n) for n in ("sin", "cos", "exp", "tanh", "sqrt", "log", "atan")}
    expected = eval(text, {"__builtins__": {}, "abs": abs, **names}, {"x": 0.7, "y": 1.3})
    value = parse(text).subs({sp.Symbol("x", real=True): 0.7, sp.Symbol("y", real=True): 1.3})
    assert float(value) == pytest.approx(expected, rel=1e-9, abs=1e-9)
