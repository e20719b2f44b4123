"""Fields: derivatives against JAX and differences, shapes, errors."""

import jax
import numpy as np
import pytest
import sympy as sp
from formulas import random_formula

from mathcalc import autodiff, numerical
from mathcalc.expression import FormulaError
from mathcalc.symbolic import ScalarField, VectorField

P = np.array([0.7, -1.3])


@pytest.mark.parametrize("seed", range(12))
def test_derivatives_meet_jax(seed):
    f = ScalarField(random_formula(seed), ("x", "y"))
    with jax.enable_x64(True):
        assert f(P) == pytest.approx(float(f.jax(P)), rel=1e-12)
        np.testing.assert_allclose(f.gradient(P), jax.grad(f.jax)(P), rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(f.hessian(P), jax.hessian(f.jax)(P), rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("seed", range(12))
def test_derivatives_meet_differences(seed):
    f = ScalarField(random_formula(seed), ("x", "y"))
    np.testing.assert_allclose(f.gradient(P), numerical.gradient(f, P), rtol=1e-8, atol=1e-9)
    assert f.laplacian(P) == pytest.approx(numerical.laplacian(f, P), rel=1e-6, abs=1e-7)


SIZES = ["abs(x*y)", "abs(abs(x) - y)", "abs(sqrt(x) + y)", "abs(log(x)*y)", "abs(tan(x))**0.5"]


@pytest.mark.parametrize("formula", SIZES)
def test_a_size_is_differentiated_wherever_it_can_be(formula):
    """SymPy's own rule leaves derivatives of signs that nothing can compute."""
    f = ScalarField(formula, ("x", "y"))
    np.testing.assert_allclose(f.gradient(P), numerical.gradient(f, P), rtol=1e-10)
    with jax.enable_x64(True):
        np.testing.assert_allclose(f.hessian(P), jax.hessian(f.jax)(P), rtol=1e-12, atol=1e-13)
    assert "Derivative" not in str(f.hessian_expression) + str(f.gradient_expression)


def test_the_slope_of_a_size_at_its_kink_is_zero():
    assert ScalarField("abs(x)").gradient([0.0]).tolist() == [0.0]
    with jax.enable_x64(True):
        assert jax.grad(jax.numpy.abs)(0.0) == 1.0  # another choice, as the docstring says


def test_a_complex_point_is_kept():
    """So that the complex step can go through a field."""
    f = ScalarField("x**2*y")
    assert f([1 + 1e-20j, 2.0]).imag == pytest.approx(4e-20, rel=1e-12)


def test_jacobian_of_the_worked_map():
    F = VectorField(["x**2 + y", "x*y"])
    np.testing.assert_array_equal(F.jacobian([1, 2]), [[2, 1], [2, 1]])
    np.testing.assert_allclose(numerical.jacobian(F, [1, 2]), F.jacobian([1, 2]), rtol=1e-10)


def test_batches_come_last_and_constants_fill_them():
    f, grid = ScalarField("x**2 + 3*y"), np.random.default_rng(0).normal(size=(2, 3, 4))
    assert f(grid).shape == (3, 4)
    assert f.hessian(grid).shape == (2, 2, 3, 4)
    np.testing.assert_array_equal(f.gradient(grid)[1], np.full((3, 4), 3.0))
    np.testing.assert_array_equal(f.laplacian(grid), np.full((3, 4), 2.0))
    np.testing.assert_allclose(f.gradient(grid)[:, 1, 2], f.gradient(grid[:, 1, 2]))


def test_directional_derivative_is_linear():
    f, v, w = ScalarField("x**3*y"), np.array([1.0, 2.0]), np.array([-0.3, 0.4])
    together = f.directional_derivative(P, 2 * v + w)
    assert together == pytest.approx(2 * f.directional_derivative(P, v) + f.gradient(P) @ w)


def test_variables_are_sorted_or_given():
    assert ScalarField("b*a").variables == ("a", "b")
    assert ScalarField("b*a", ("b", "a")).gradient([2.0, 5.0]).tolist() == [5.0, 2.0]
    assert ScalarField("x", ("x", "y")).gradient([1.0, 1.0]).tolist() == [1.0, 0.0]


def test_sympy_is_taken_as_it_is():
    t = sp.Symbol("t")
    assert ScalarField(sp.sin(t) ** 2).gradient([0.5])[0] == pytest.approx(np.sin(1.0))


def test_the_divergence_is_the_trace_of_the_jacobian():
    F = VectorField(["x**2*y", "sin(x) + y**3"])
    assert F.divergence(P) == pytest.approx(2 * P.prod() + 3 * P[1] ** 2)
    assert F.divergence(np.ones((2, 5))).shape == (5,)
    assert F.divergence(P) == pytest.approx(np.trace(numerical.jacobian(F, P)))
    with pytest.raises(ValueError, match="as many components as variables, not 1 components of 2"):
        VectorField(["x*y"]).divergence(P)


def test_what_is_no_real_function_is_refused():
    x = sp.Symbol("x", real=True)
    for expression in (sp.I * x, sp.Function("g")(x)):
        with pytest.raises(FormulaError, match="no real function"):
            ScalarField(expression)


def test_ragged_coordinates_are_refused():
    with pytest.raises(ValueError, match="p: give real numbers, in rows of equal length"):
        ScalarField("x*y")([[1.0, 2.0], [1.0]])


@pytest.mark.parametrize("p", [1.0, [1.0], [1.0, 2.0, 3.0]])
def test_a_point_of_another_shape_is_refused(p):
    with pytest.raises(ValueError, match=r"p has shape .* one entry each for x, y"):
        ScalarField("x*y")(p)


def test_missing_variables_are_named():
    with pytest.raises(FormulaError, match="y"):
        ScalarField("x*y", ("x",))
    with pytest.raises(FormulaError, match="variables"):
        ScalarField("3")
    with pytest.raises(FormulaError, match="at least one"):
        VectorField([])


def test_latex():
    assert ScalarField("x**2").latex == "x^{2}"
    assert "matrix" in VectorField(["x", "y"]).latex


def test_the_books_own_engines_go_through_a_field():
    f, p = ScalarField("x**2*sin(y) + abs(x)*exp(-y) + 3"), np.array([1.0, 2.0])
    np.testing.assert_allclose(autodiff.hessian(f)(p), f.hessian(p), rtol=1e-14)
    g = VectorField(["x*y", "1", "cos(x)"], variables=("x", "y"))
    np.testing.assert_allclose(autodiff.jacrev(g)(p), g.jacobian(p), rtol=1e-14)
