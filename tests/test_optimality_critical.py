"""Critical points: known counts, two roads that must meet, and what is said of the rest."""

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import root

from mathcalc.expression import parse
from mathcalc.optimality import classify, critical_points
from mathcalc.optimality.algebra import real_zeros
from mathcalc.optimality.pruning import Search
from mathcalc.optimality.quotients import finite_zeros
from mathcalc.optimality.reading import read

HIMMELBLAU = "(x**2 + y - 11)**2 + (x + y**2 - 7)**2"
SIX_HUMPS = "(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (4*y**2 - 4)*y**2"
KNOWN = {  # minima, maxima, saddles
    HIMMELBLAU: (4, 1, 4),
    SIX_HUMPS: (6, 2, 7),
    "2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2": (3, 0, 2),
    "(1 - x)**2 + 100*(y - x**2)**2": (1, 0, 0),
    "x**3 - 3*x*y**2": (0, 0, 1),
    "x**3 - 3*x*y**2 + (x**2 + y**2)/2": (1, 0, 3),
    "x**4 + y**4 + z**4 - 4*x*y*z": (4, 0, 1),
    "x**4 - x**2": (2, 1, 0),
    "x**4 - x**2 + x/4": (2, 1, 0),
    "x/(1 + x**2 + y**2)": (1, 1, 0),
    "x*exp(-x**2 - y**2)": (1, 1, 0),
    "x**2 + y**2 + 1/(x**2 + y**2 + 1)": (1, 0, 0),
    "x + y": (0, 0, 0),
    "exp(x)*(y**2 + x)": (1, 0, 0),
}


def counts(found):
    return tuple(sum(p.kind == k for p in found) for k in ("minimum", "maximum", "saddle"))


@pytest.mark.parametrize("formula", KNOWN)
def test_known_counts(formula):
    found = critical_points(formula)
    assert counts(found) == KNOWN[formula]
    assert found.complete
    assert len(found) == sum(KNOWN[formula])
    (f,) = read(formula)
    size = max(1.0, *(np.abs(f.field.hessian(p.x)).max() for p in found), 1.0)
    assert all(np.abs(f.field.gradient(p.x)).max() < 1e-12 * size for p in found)


@pytest.mark.parametrize("formula", [HIMMELBLAU, SIX_HUMPS, "x**3 - 3*x*y**2 + (x**2 + y**2)/2"])
def test_algebra_and_intervals_meet(formula):
    (f,) = read(formula)
    search = Search(f.gradient, f.symbols, np.array([[-5.01, 5.02]] * 2)).run()
    found = np.array(sorted(map(tuple, search.points)))
    assert not search.undecided
    np.testing.assert_allclose(found, real_zeros(f.gradient, f.symbols).points, atol=1e-12)


@pytest.mark.parametrize("formula", [HIMMELBLAU, SIX_HUMPS])
def test_whatever_newton_finds_is_in_the_list(formula):
    (f,) = read(formula)
    found = critical_points(formula).x
    for start in np.random.default_rng(0).uniform(-5, 5, (40, 2)):
        end = root(f.field.gradient, start, jac=f.field.hessian)
        if end.success:
            assert np.abs(found - end.x).max(axis=1).min() < 1e-6


def test_solve_is_not_complete_but_this_is():
    x, y = sp.symbols("x y", real=True)
    f = (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
    assert len(critical_points(f)) == 9


def test_a_lost_zero_is_noticed(monkeypatch):
    """If Newton's method sends two starts to one zero, the count by the Gröbner basis tells."""
    from mathcalc.optimality import quotients
    from mathcalc.optimality.rings import TooLarge

    whole = quotients._polished

    def losing(given, starts):
        zeros = whole(given, starts)
        zeros[0] = zeros[1]
        return zeros

    monkeypatch.setattr(quotients, "_polished", losing)
    with pytest.raises(TooLarge, match="told apart"):
        real_zeros(*(lambda f: (f.gradient, f.symbols))(read(HIMMELBLAU)[0]))
    assert finite_zeros is quotients.finite_zeros


TRANSCENDENT = [
    ("sin(x) + cos(y)", (-3.5, 3.5), (2, 1, 3)),
    ("sin(x)*cos(y)", (-2, 2), (1, 1, 2)),
    ("20 + x**2 + y**2 - 10*cos(2*pi*x) - 10*cos(2*pi*y)", (-1.2, 1.2), (9, 4, 12)),
    ("x*log(x) + y*log(y)", (-1, 2), (1, 0, 0)),
    ("exp(x)*sin(y)", (-3, 3), (0, 0, 0)),
    ("atan(x) + x**2*tanh(y) + cosh(y)", (-3, 3), (0, 0, 1)),
    ("sqrt(1 + x**2 + y**2) - x/2", (-3, 3), (1, 0, 0)),
    ("sqrt(2)*x**2 - pi*y**2 + x*y", (-1, 1), (0, 0, 1)),
    ("x**x", (0.01, 2), (1, 0, 0)),
    ("sqrt(x) - x", (-1, 2), (0, 1, 0)),  # exactly at 1/4; nothing where there is no root
    ("asin(x) - 2*x", (-2, 2), (1, 1, 0)),
]


@pytest.mark.parametrize(("formula", "box", "expected"), TRANSCENDENT)
def test_known_counts_in_a_box(formula, box, expected):
    found = critical_points(formula, box)
    assert (counts(found), found.complete) == (expected, True)
    assert "proved" in found.guarantee
    assert all(p.radius < 1e-12 for p in found)


def test_the_ledgers_sines():
    exact = {
        p.exact: (p.kind, round(p.value, 12)) for p in critical_points("sin(x) + cos(y)", (-3, 3))
    }
    half = sp.pi / 2
    assert exact == {(-half, 0): ("saddle", 0), (half, 0): ("maximum", 2)}


def test_a_point_on_the_border_counts():
    assert len(critical_points("x**2 + y**2", box=(0, 1))) == 1
    assert len(critical_points("x**2 + cos(y)", box=(0, 1))) == 1
    assert len(critical_points("x**2 + y**2", box=(0.5, 1))) == 0


@pytest.mark.parametrize(
    ("formula", "isolated", "curves"),
    [
        ("(x**2 + y**2 - 1)**2", [[0, 0]], ["x**2 + y**2 - 1"]),
        ("x**2*y**2", [], ["x", "y"]),
        ("(x + y)**2", [], ["x + y"]),
        ("(x**2 + y**2)**2", [[0, 0]], []),  # complex lines through one real point
        ("x**2*(x**2 + y**2 + 1)", [], ["x"]),
        ("x**2*(x - 1)**2*(y**2 + 1)", [[0.5, 0]], ["x", "x - 1"]),
    ],
)
def test_curves_are_no_lists(formula, isolated, curves):
    found = critical_points(formula)
    assert found.x.tolist() == isolated
    assert sorted(str(c.equations[0]) for c in found.components) == sorted(curves)
    (f,) = read(formula)
    for c in found.components:
        assert c.dimension == 1
        np.testing.assert_allclose(f.field.gradient(c.sample.T), 0, atol=1e-7)


def test_everything_is_critical_for_a_constant():
    (c,) = critical_points("0*x + 3", variables=("x", "y")).components
    assert (c.equations, c.dimension) == ((), 2)


def test_what_is_not_proved_is_said():
    found = critical_points("cos(x) + x**2/2", (-3, 3))
    assert not found.complete
    assert len(found) == 0
    assert any(c.holds and c.holds.kind == "minimum" for c in found.undecided)
    curve = critical_points("sin(x + y)", (-2, 2))
    assert not curve.complete
    assert max((c.high - c.low).max() for c in curve.undecided) > 1


def test_a_box_is_asked_for():
    with pytest.raises(ValueError, match="box: give one"):
        critical_points("sin(x)")
    with pytest.raises(ValueError, match="not differentiable"):
        critical_points("abs(x) + y**2")


# ── types ───────────────────────────────────────────────────────────────────────────────────

GALLERY = [
    ("x**2 + y**4", "minimum", True),
    ("x**2 - y**4", "saddle", None),
    ("x**2 + y**3", "saddle", None),
    ("x**3 - 3*x*y**2", "saddle", None),
    ("x**4 + y**4", "minimum", True),
    ("-x**2 - y**4", "maximum", True),
    ("(y - x**2)*(y - 3*x**2)", "saddle", None),  # Peano: a minimum along every line
    ("(y - x**2)**2", "minimum", False),
    ("(y - x**2)**2 + x**8", "minimum", True),
    ("(y - x**2)**2 - x**7", "saddle", None),
    ("x**2*y**2", "minimum", False),
    ("-x**2*y**2", "maximum", False),
    ("x**2*y**2 + x**6 + y**6", "minimum", True),
    ("x**2*y**2 - x**6", "saddle", None),
    ("(x**2 + y**2)**2 - x**5", "minimum", True),
    ("cos(x) - 1 + x**2/2 + y**2", "minimum", True),
    ("exp(x) - 1 - x - x**2/2 + y**2", "saddle", None),
    ("x**2 + 2*x*y**2 + y**4 + y**6", "minimum", True),
    ("10000000000*x**2 + y**2/1000", "minimum", True),
    ("x**4 + y**4 + z**4", "minimum", True),
    ("x**2 - y**2 + z**4", "saddle", None),
    ("(x + y + z)**2 + (x - y)**4 + (y - z)**4", "minimum", True),
    ("x**2 + y**2*z**2", "minimum", None),
    ("x**3", "saddle", None),
    ("x**6", "minimum", True),
]


@pytest.mark.parametrize(("formula", "kind", "strict"), GALLERY)
def test_gallery_at_the_origin(formula, kind, strict):
    (f,) = read(formula)
    found = classify(formula, [0] * len(f.symbols))
    assert found.kind == kind
    if strict is not None:
        assert found.strict is strict


def sampled_signs(formula, radius):
    """Return the signs of a formula on a small circle, in exact arithmetic."""
    poly = sp.Poly(parse(formula, ("x", "y")), *sp.symbols("x y", real=True))
    terms = [(m, Fraction(int(c))) for m, c in poly.terms()]
    t = [Fraction(k, 40) for k in range(-160, 161)]
    points = [((1 - s * s) / (1 + s * s) * radius, 2 * s / (1 + s * s) * radius) for s in t]
    values = [sum(c * a**i * b**j for (i, j), c in terms) for a, b in points]
    return {(v > 0) - (v < 0) for v in values}


@pytest.mark.parametrize("seed", range(16))
def test_random_degenerate_germs_against_samples(seed):
    rng = np.random.default_rng(seed)
    powers = [(i, j) for i in range(7) for j in range(7) if 3 <= i + j <= 6 or (i, j) == (0, 2)]
    chosen = rng.choice(len(powers), 4, replace=False)
    text = " + ".join(
        f"({rng.integers(-3, 4)})*x**{powers[k][0]}*y**{powers[k][1]}" for k in chosen
    )
    found = classify(text, [0, 0], variables=("x", "y"))
    signs = sampled_signs(text, Fraction(1, 10**6))
    allowed = {"minimum": {0, 1}, "maximum": {0, -1}, "saddle": {-1, 0, 1}}
    assert signs <= allowed[found.kind]
    if found.kind == "saddle" and "order" in found.test:
        assert classify(f"-({text})", [0, 0], variables=("x", "y")).kind == "saddle"


def test_samples_alone_would_miss_a_thin_cusp():
    """Why the small circle is searched for roots and not sampled."""
    degenerate = "(y - x**2)*(y - 3*x**2)"
    assert sampled_signs(degenerate, Fraction(1, 10**6)) <= {0, 1}
    assert classify(degenerate, [0, 0]).kind == "saddle"


def test_a_point_must_be_critical():
    with pytest.raises(ValueError, match=r"the gradient there is \(1\)"):
        classify("x + x**2", [0])
    with pytest.raises(ValueError, match="give 2 numbers"):
        classify("x + y**2", [0])
    with pytest.raises(ValueError, match="finite real"):
        classify("x**2", [np.inf])
    with pytest.raises(ValueError, match="no finite second derivatives"):
        classify("sqrt(x)", [0])


def test_exact_and_rounded_points_agree():
    f = "(x**2 - 2)**2 + y**4"
    root2 = 2**0.5
    assert classify(f, [sp.sqrt(2), 0]).kind == classify(f, [root2, 0.0]).kind == "minimum"
    assert classify(f, [0, 0]).hessian_test == "inconclusive"
    assert classify(f, [0, 0]).kind == "saddle"


def test_a_multiple_zero_far_from_the_origin_is_exact():
    (point,) = critical_points("(x - 1000000)**4 + (y + 1000000)**2")
    np.testing.assert_allclose(point.x, [1e6, -1e6], rtol=1e-14)
    assert point.value == 0 and point.kind == "minimum"


def test_a_slope_beside_a_large_curvature_is_still_a_slope():
    with pytest.raises(ValueError, match="no critical point"):
        classify("x + 1000000*y**2", [0, 0])


@pytest.mark.parametrize("x", [sp.sqrt(2), 2**0.5])
def test_a_rounded_point_leaves_no_curvature_to_trust(x):
    """In floating-point numbers the eigenvalue that is zero comes out as 2e-14."""
    assert classify("(x**2 - 2)**3 + y**2", [x, 0]).kind != "minimum"
