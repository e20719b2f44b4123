"""Convexity that can be read off a formula.

A sum of convex functions is convex; so are quadratic functions with a positive semidefinite
Hessian, and a convex function of one variable at an affine function. What is not built so is not
recognised: the answer then is no, which means "not seen".
"""

import numpy as np
import sympy as sp

from mathcalc.optimality.problems import Problem


def is_convex(problem: Problem) -> bool:
    """Say whether a problem is seen to be convex: `f` and ``g`` are, and ``h`` is affine."""
    curved = (problem.f, *problem.g)
    affine = all(h.is_affine for h in problem.h)
    return affine and all(is_convex_function(c.expression, c.symbols) for c in curved)


def is_convex_function(expression: sp.Expr, symbols: tuple[sp.Symbol, ...]) -> bool:
    """Say whether an expression is seen to be convex where it is defined."""
    terms = sp.Add.make_args(sp.expand(expression, power_base=False, log=False, power_exp=False))
    flat = [t for t in terms if _degree(t, symbols) <= 2]
    rest = [t for t in terms if t not in flat]
    H = sp.hessian(sp.Add(*flat), symbols)
    if all(_is_convex_term(t, symbols) for t in rest) and _is_semidefinite(H):
        return True
    return _has_convex_hessian(sp.hessian(expression, symbols), symbols)


def is_quadratic(problem: Problem) -> bool:
    """Say whether a problem is a convex quadratic program."""
    H = problem.f.hessian
    return problem.is_affine and not H.free_symbols and _is_semidefinite(H)


def is_strictly_convex_quadratic(problem: Problem) -> bool:
    """Say whether a problem is a quadratic program with a positive definite Hessian."""
    return is_quadratic(problem) and np.linalg.eigvalsh(_floats(problem.f.hessian))[0] > 0


def _floats(H: sp.Matrix) -> np.ndarray:
    return np.array(H.tolist(), dtype=float)


def _is_semidefinite(H: sp.Matrix) -> bool:
    """Say whether a constant matrix is positive semidefinite, exactly where that is in doubt."""
    least = np.linalg.eigvalsh(_floats(H))[0]
    doubt = 1e-9 * max(np.abs(_floats(H)).max(), 1e-300)
    return bool(H.is_positive_semidefinite) if abs(least) <= doubt else bool(least > 0)


def _is_convex_term(term: sp.Expr, symbols: tuple[sp.Symbol, ...]) -> bool:
    """Say whether ``c φ(affine)`` or ``c u log u`` is convex."""
    factor, kernel = term.as_coeff_Mul()
    if not factor.is_number or factor == 0:
        return False
    up = bool(factor > 0)
    if kernel.is_Mul and len(kernel.args) == 2:  # u log u
        logs = [a for a in kernel.args if isinstance(a, sp.log)]
        inner = [a for a in kernel.args if not isinstance(a, sp.log)]
        fits = len(logs) == 1 and logs[0].args[0] == inner[0]
        return up and fits and _degree(inner[0], symbols) <= 1
    if isinstance(kernel, sp.exp | sp.cosh):
        return up and _degree(kernel.args[0], symbols) <= 1
    if isinstance(kernel, sp.log):
        return not up and _degree(kernel.args[0], symbols) <= 1
    if isinstance(kernel, sp.Pow) and kernel.exp.is_number and _degree(kernel.base, symbols) <= 1:
        return _is_convex_power(kernel.exp, up)
    return False


def _is_convex_power(exponent: sp.Expr, up: bool) -> bool:
    if exponent.is_integer:
        return up and bool(exponent > 0) and exponent % 2 == 0
    return up is bool(exponent > 1 or exponent < 0)


def _degree(expression: sp.Expr, symbols: tuple[sp.Symbol, ...]) -> float:
    """Return the degree of a polynomial, infinite for anything else."""
    if not expression.is_polynomial(*symbols):
        return np.inf
    return float(sp.Poly(expression, *symbols).total_degree())


def _has_convex_hessian(H: sp.Matrix, symbols: tuple[sp.Symbol, ...]) -> bool:
    """Say whether SymPy sees that a diagonal Hessian is nowhere negative."""
    return bool(H.is_diagonal()) and all(entry.is_nonnegative for entry in H.diagonal())
