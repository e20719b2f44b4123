"""KKT points: a table of exact ones, random quadratic programs, and what has no answer."""

import re

import numpy as np
import pytest
import sympy as sp
from optimality_problems import CASES
from scipy.optimize import linprog, nnls

from mathcalc.expression import parse
from mathcalc.optimality import KKTResidual, kkt, kkt_residual, lagrange, shadow_price
from mathcalc.symbolic import ScalarField

ids = [case.name for case in CASES]


def exact(texts):
    return [sp.nsimplify(parse(t)) for t in texts]


def problem(case):
    f, *others = exact([case.f, *case.g, *case.h])
    names = sorted({s.name for e in [f, *others] for s in e.free_symbols})
    return f, others[: len(case.g)], others[len(case.g) :], [sp.Symbol(n, real=True) for n in names]


def zero(e):
    return sp.simplify(e) == 0


def violated(case):
    """Return the names of the KKT conditions that exact arithmetic finds violated."""
    f, g, h, variables = problem(case)
    mu, nu = exact(case.mu), exact(case.nu)
    at = dict(zip(variables, exact(case.x), strict=True))
    L = f + sum(m * c for m, c in zip(mu, g, strict=True))
    L += sum(n * c for n, c in zip(nu, h, strict=True))
    checks = {
        "stationarity": all(zero(sp.diff(L, v).subs(at)) for v in variables),
        "primal": all(c.subs(at) <= 0 for c in g) and all(zero(c.subs(at)) for c in h),
        "dual": all(m >= 0 for m in mu),
        "complementarity": all(zero(m * c.subs(at)) for m, c in zip(mu, g, strict=True)),
    }
    return [name for name, fine in checks.items() if not fine]


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_table_is_right(case):
    assert violated(case) == []


def test_a_wrong_table_would_be_found():
    from dataclasses import replace

    case = next(c for c in CASES if c.name == "HS22")
    assert violated(replace(case, mu=("2/3", "1/3"))) == ["stationarity"]
    assert "primal" in violated(replace(case, x=("1", "1/2")))
    assert "dual" in violated(replace(case, mu=("-2/3", "2/3")))


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_points_are_found(case):
    found = kkt(case.f, case.h, case.g)
    assert (len(found), found.status, found.complete) == (case.count, case.status, True)
    assert all(p.residual.within(1e-9 * (1 + max(p.mu, default=0))) for p in found)
    value = parse(case.f).subs(dict(zip(problem(case)[3], exact(case.x), strict=True)))
    assert found[0].value == pytest.approx(float(value), rel=1e-12, abs=1e-12)
    near = [p for p in found if np.allclose(p.x, np.array(exact(case.x), float), atol=1e-10)]
    (point,) = near
    assert point.kind == case.kind
    if point.licq:
        np.testing.assert_allclose(point.mu, np.array(exact(case.mu), float), rtol=1e-9, atol=1e-10)
        np.testing.assert_allclose(point.nu, np.array(exact(case.nu), float), rtol=1e-9, atol=1e-10)


# ── random quadratic programs against another solver ────────────────────────────────────────


def least_distance(P, q, G, h):
    """Solve ``min ½xᵀPx + qᵀx, Gx <= h`` by least distances (Lawson and Hanson, chapter 23)."""
    R = np.linalg.cholesky(P).T
    start = np.linalg.solve(P, -q)
    A, b = -G @ np.linalg.inv(R), -(h - G @ start)
    E = np.vstack([A.T, b])
    u, _ = nnls(E, np.r_[np.zeros(len(q)), 1.0], maxiter=1000)
    r = E @ u - np.r_[np.zeros(len(q)), 1.0]
    return start + np.linalg.solve(R, -r[:-1] / r[-1]), u / -r[-1]


def text(coefficients, names):
    return " + ".join(f"({c!r})*{n}" for c, n in zip(coefficients, names, strict=True))


@pytest.mark.parametrize("seed", range(12))
def test_random_quadratic_programs(seed):
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 9)), int(rng.integers(1, 15))
    A = rng.normal(size=(n, n)).round(3)
    P, q = A @ A.T + 0.1 * np.eye(n), rng.normal(size=n).round(3)
    G, h = rng.normal(size=(m, n)).round(3), rng.uniform(-0.2, 1, m).round(3)
    x = sp.symbols(f"x:{n}", real=True)
    f = sum(P[i, j] * x[i] * x[j] / 2 for i in range(n) for j in range(n)) + q @ x
    found = kkt(f, inequalities=[row @ x - b for row, b in zip(G, h, strict=True)], variables=[
        s.name for s in x
    ])  # fmt: skip
    if linprog(np.zeros(n), G, h, bounds=(None, None)).status == 2:
        assert found.status == "infeasible"
        return
    point, mu = least_distance(P, q, G, h)
    np.testing.assert_allclose(found[0].x, point, atol=1e-8)
    np.testing.assert_allclose(found[0].mu, mu, atol=1e-8)
    assert found[0].residual.within(1e-10)


@pytest.mark.parametrize("seed", range(4))
def test_elimination_and_the_interior_point_meet(seed):
    """A strictly convex program is solved by one road; hidden as a quartic one, by the other."""
    rng = np.random.default_rng(seed)
    a, b, c, d = rng.integers(-3, 4, 4)
    f = f"(x - {a})**2 + (x + y - {b})**2"
    g = [f"x + 2*y - {c}", f"-x - {d}"]
    one, two = kkt(f, inequalities=g), kkt(f, inequalities=[*g, "x**2 + y**2 - 10000"])
    np.testing.assert_allclose(one[0].x, two[0].x, atol=1e-9)
    np.testing.assert_allclose(one[0].mu, two[0].mu[:2], atol=1e-8)


# ── what has no minimum, no multipliers, or no answer ───────────────────────────────────────


def test_no_feasible_point():
    for found in (
        kkt("x**2 + y**2", ["x + y - 1", "x + y - 2"]),
        kkt("x", inequalities=["x**2 + 1"]),
        kkt("x**3", inequalities=["1 - x", "x + 1"]),
        kkt("x**2", inequalities=["1"]),
        kkt("x**2", ["2"]),
        kkt("exp(x) - x**3", inequalities=["x + 1", "1 - x"]),
    ):
        assert (len(found), found.status) == (0, "infeasible")


def test_unbounded_below():
    assert kkt("x + y").status == "unattained"
    assert kkt("-x", inequalities=["-x"]).status == "unattained"
    assert kkt("-x - y", inequalities=["x - y", "-x"]).status == "unattained"
    assert kkt("x", inequalities=["1 - x*y", "-x"]).status == "unattained"  # infimum 0, not reached


def test_a_maximum_asked_for_as_a_minimum():
    found = kkt("-x**2 - y**2", inequalities=["x + y - 1"])
    assert [p.kind for p in found] == ["saddle", "maximum"]
    assert found.status == "unattained"
    assert sum(found.lower) <= 1
    assert -(found.lower**2).sum() < -1


def test_a_local_minimum_that_is_not_the_global_one():
    found = kkt("x**3 - 3*x", inequalities=["x - 3", "-1 - x"])
    assert [p.kind for p in found] == ["minimum", "maximum"]
    assert found.status == "minimum"
    unbounded = kkt("x**3 - 3*x")
    assert [p.kind for p in unbounded] == ["minimum", "maximum"]
    assert unbounded.status == "unattained"


def test_multipliers_may_fail_to_exist():
    found = kkt("x", inequalities=["x**2"])
    assert len(found) == 0
    assert [p.x.tolist() for p in found.abnormal] == [[0.0]]
    assert found.status == "minimum"


@pytest.mark.parametrize(
    ("f", "h", "g", "x"),
    [
        ("x", ["y**2 - x**3"], [], [0, 0]),
        ("-x", [], ["y - (1 - x)**3", "-y"], [1, 0]),
        ("(a - 2)**2 + b**2", [], ["b - (1 - a)**3", "-a", "-b"], [1, 0]),  # HS13
        ("x + y", ["x**2 + y**2 - 1", "(x - 2)**2 + y**2 - 1"], [], [1, 0]),
    ],
)
def test_the_minimiser_is_no_kkt_point(f, h, g, x):
    found = kkt(f, h, g)
    assert (len(found), found.status) == (0, "minimum")
    np.testing.assert_allclose([p.x for p in found.abnormal], [x], atol=1e-9)


def test_no_slater_point_but_multipliers():
    (point,) = kkt("x**2", inequalities=["x**2"])
    assert (point.licq, point.qualification, point.kind) == (False, "none", "minimum")
    assert point.mu.tolist() == [0]


def test_multipliers_that_are_not_unique():
    (point,) = kkt("x + y", inequalities=["-x", "-y", "-x - y"])
    assert (point.active, point.licq, point.qualification) == ((0, 1, 2), False, "affine")
    assert point.residual.within(1e-12)
    (point,) = kkt("y", inequalities=["x**2 - y", "2*x**2 - y"])
    assert (point.qualification, point.kind) == ("MFCQ", "minimum")


def test_a_trivial_constraint_changes_nothing():
    found = kkt("(x - 1)**2", ["0"], ["-1", "x - 5"])
    assert found[0].x.tolist() == [1]
    assert found[0].mu.tolist() == [0, 0]


def test_a_curve_of_minimisers_is_no_list():
    found = kkt("(x + y - 1)**2", inequalities=["-x", "-y"])
    assert [str(c.equations[0]) for c in found.components] == ["x + y - 1"]
    sphere = lagrange("x**2 + y**2", ["x**2 + y**2 - 1"])
    assert len(sphere) == 0
    assert len(sphere.components) == 1


def test_curvature_decides_on_the_critical_cone_only():
    """At 0 the constraint is weakly active: the cone is a half-plane, then a quarter."""
    assert kkt("x*y", inequalities=["-x", "-y"])[0].kind == "inconclusive"
    assert kkt("x*y + x**4 + y**4", inequalities=["-x"])[0].kind != "maximum"
    found = kkt("x**2 - y**2", inequalities=["y - x/2", "-y - x/2"])
    at_zero = next(p for p in found if np.allclose(p.x, 0))
    assert at_zero.kind == "minimum"  # x² - y² >= 3/4 x² where |y| <= x/2
    steep = kkt("x**2 - y**2", inequalities=["y - 2*x", "-y - 2*x"])
    assert next(p for p in steep if np.allclose(p.x, 0)).kind == "saddle"


def test_types_on_a_circle():
    kinds = {tuple(p.x.round(6)): p.kind for p in lagrange("x*y", ["x**2 + y**2 - 2"])}
    assert kinds == {
        (-1, 1): "minimum", (1, -1): "minimum", (1, 1): "maximum", (-1, -1): "maximum",
    }  # fmt: skip


# ── formulas that are no polynomials ────────────────────────────────────────────────────────


def test_entropy():
    """Ledger: probabilities 1 : r : r², r = (1 + √13)/2."""
    f, h = "x*log(x) + y*log(y) + z*log(z)", ["x + y + z - 1", "x + 2*y + 3*z - 5/2"]
    r = (1 + 13**0.5) / 2
    expected = np.array([1, r, r * r]) / (1 + r + r * r)
    for box in (None, (0.01, 1)):
        found = kkt(f, h, box=box)
        assert (len(found), found.status) == (1, "minimum")
        np.testing.assert_allclose(found[0].x, expected, atol=1e-9)


def test_hs5_in_its_box():
    f, g = "sin(a + b) + (a - b)**2 - 1.5*a + 2.5*b + 1", ["-1.5 - a", "a - 4", "-3 - b", "b - 3"]
    found = kkt(f, inequalities=g, box=[(-1.6, 4.1), (-3.1, 3.1)])
    assert ([p.kind for p in found], found.status) == (["minimum"] * 2 + ["saddle"], "minimum")
    np.testing.assert_allclose(found[0].x, np.array([0.5, -0.5]) - np.pi / 3, atol=1e-12)
    assert found[0].value == pytest.approx(-(3**0.5) / 2 - np.pi / 3, rel=1e-12)


def test_a_domain_is_respected():
    (point,) = kkt("x - log(x)", inequalities=["x - 3"], box=(-2, 4))
    assert point.x == pytest.approx([1], abs=1e-10)
    (point,) = kkt("-log(x) - log(y)", inequalities=["x + y - 1"])
    np.testing.assert_allclose(point.x, [0.5, 0.5], atol=1e-9)
    np.testing.assert_allclose(point.mu, [2], atol=1e-8)


@pytest.mark.parametrize(
    ("f", "h", "g", "box"),
    [
        ("sqrt(x) + sqrt(y)", ["x + y - 1"], ["-x", "-y"], (0, 1)),  # least at (0, 1)
        ("-x*log(x)", [], ["-x", "x - 0.5"], (-1, 1)),  # infimum 0, at 0, where f is not defined
        ("sqrt(x)", [], [], None),
    ],
)
def test_where_a_formula_ends_nothing_is_claimed(f, h, g, box):
    assert kkt(f, h, g, box=box).status == "candidates"


def test_a_pole_leaves_no_minimum():
    found = kkt("1/x", inequalities=["x - 1", "-1 - x"])
    assert (found.status, [p.x.tolist() for p in found]) == ("unattained", [[1]])
    assert kkt("1/x", inequalities=["x - 2", "1 - x"]).status == "minimum"


def test_each_component_of_the_gradient_must_balance():
    """Next to a huge curvature (0, √1000) balances up to 1e-4, and is no KKT point."""
    (point,) = kkt("100000000*x**2 + 0.0001*y", inequalities=["0.001*y**2 - 1"])
    np.testing.assert_allclose(point.x, [0, -(1000**0.5)])


def test_larger_problems_are_said_to_be_searched_only():
    f = " + ".join(f"(x{i} - {i})**4 + x{i}*x{(i + 1) % 7}" for i in range(7))
    found = kkt(f, ["x0 + x1 + x2 + x3 + x4 + x5 + x6 - 3"])
    assert (found.complete, found.status) == (False, "candidates")
    assert "may be more" in found.reason
    assert found[0].residual.within(1e-8)


# ── inputs ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kkt("abs(x)"), "f: Abs(x) is not differentiable"),
        (lambda: kkt("x", inequalities=["abs(x) - 1"]), "inequalities[0]: Abs(x)"),
        (lambda: kkt("sqrt(x**2)"), "not differentiable"),
        (lambda: kkt("x", ["x + y <= 1"]), "equalities[0]: give the left side"),
        (lambda: kkt("x", [sp.Symbol("x") <= 1]), "equalities[0]: give the left side"),
        (lambda: kkt("x", "x - 1"), "equalities: give a list"),
        (lambda: kkt(lambda x: x), "f: give a formula"),
        (lambda: kkt("x +"), "f: cannot read"),
        (lambda: kkt("1"), "no variable"),
        (lambda: kkt("x*y", variables="x"), "variables: y occurs"),
        (lambda: kkt("x", box=(1, 0)), "box: each low edge"),
        (lambda: kkt_residual("x", [], ["-x"], x=[0], mu=[]), "mu has shape (0,)"),
        (lambda: shadow_price("x"), "no minimiser"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_all_kinds_of_formulas_mix():
    x, y = sp.symbols("x y")  # complex to SymPy, real here
    found = kkt(ScalarField("x**2 + y**2"), [x + sp.Rational(1, 2) * y - 1.25], [-y, -1])
    np.testing.assert_allclose(found[0].x, [1, 0.5])


def test_prices_meet_differences():
    prices = shadow_price("(x - 3)**2 + (y - 2)**2", ["x - y"], ["x + y - 3", "-x"])
    np.testing.assert_allclose(prices.mu, [2, 0])
    np.testing.assert_allclose(prices.mu_by_differences, prices.mu, atol=1e-6)
    np.testing.assert_allclose(prices.nu_by_differences, prices.nu, atol=1e-6)


def test_a_residual_is_within():
    assert KKTResidual(0, 1e-9, 0, 0).within(1e-9)
    assert not KKTResidual(0, 2e-9, 0, 0).within(1e-9)


@pytest.mark.parametrize(
    ("f", "h", "g", "value"),
    [
        ("-a**2 + b", (), ("-b", "a**2 - b"), 0),  # f >= 0 on the set; rounding far away is below
        ("a*b", (), ("-a", "-b"), 0),
        ("a**2 + b**2 + c**2", (), ("1 - a**2 - b**2", "1 - a", "a - 10"), 1),  # HS30, in part
    ],
)
def test_rounding_far_away_is_no_lower_value(f, h, g, value):
    found = kkt(f, h, g)
    assert found.status == "minimum" and found[0].value == pytest.approx(value, abs=1e-12)


def test_the_global_minimum_needs_no_second_order_condition():
    found = kkt("a**2 + b**2 + c**2", (), ("1 - a**2 - b**2", "1 - a", "a - 10"))
    assert found[0].kind == "minimum" and "a minimum exists" in found[0].reason


@pytest.mark.parametrize(
    ("f", "g"),
    [("exp(-a)", ("-a",)), ("log(1 + exp(a))", ()), ("sqrt(a**2 + 1) + a", ())],
)
def test_a_gradient_lost_to_underflow_is_no_zero(f, g):
    found = kkt(f, (), g)
    assert not found.points and found.status != "minimum"


def test_a_point_outside_is_no_candidate():
    """A start far away must not make a small bound look satisfied (HS64)."""
    bounds = ["0.00001 - a", "0.00001 - b", "0.00001 - c"]
    f = "5*a + 50000/a + 20*b + 72000/b + 10*c + 144000/c"
    found = kkt(f, (), ["4/a + 32/b + 120/c - 1", *bounds])
    assert found[0].value == pytest.approx(6299.842428, rel=1e-9) and not found.abnormal


def test_no_point_is_no_feasible_point():
    assert "no descent reached a feasible point" in kkt("a", (), ["exp(a) + 1"]).reason


def test_a_minimum_where_the_curvature_vanishes():
    """Hock and Schittkowski's problem 26: least value 0, at (1, 1, 1) and at thrice -1.81."""
    found = lagrange("(a - b)**2 + (b - c)**4", ["(1 + b**2)*a + c**4 - 3"])
    assert not found.complete
    ends = sorted(p.x.tolist() for p in found.points)
    other = min(np.roots([1, 1, 0, 1, -3]).real)  # of t⁴ + t³ + t - 3
    np.testing.assert_allclose(ends, [[other] * 3, [1.0] * 3], atol=1e-6)


def test_a_slope_that_only_fades_is_no_minimum():
    for f in ("exp(-a)", "exp(-a) + b**4"):
        assert kkt(f, [], ["-a"]).points == ()


def test_a_descent_that_stopped_too_early_goes_on():
    """Hock and Schittkowski's problem 24: its minimiser is the corner (3, √3)."""
    edges = ["b - a/sqrt(3)", "-a - sqrt(3)*b", "a + sqrt(3)*b - 6", "-a", "-b"]
    found = kkt("((a - 3)**2 - 9)*b**3/(27*sqrt(3))", [], edges)
    best = min(found.points, key=lambda p: p.value)
    np.testing.assert_allclose([*best.x, best.value], [3, np.sqrt(3), -1], atol=1e-7)


@pytest.mark.parametrize(("tilt", "found"), [("y/20", "LICQ"), ("y/100000000000", "affine")])
def test_gradients_at_a_small_angle_are_independent_and_parallel_ones_are_not(tilt, found):
    (point,) = kkt("(x - 1)**2 + y**2", inequalities=["x", f"x + {tilt}"])
    assert point.qualification == found
