"""Derivatives from samples: the source's listings, known surfaces, and other roads to each part."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import BSpline
from scipy.linalg import null_space
from scipy.spatial import Delaunay
from surfaces import FIVE, SPACE, SURFACES

from mathcalc import numerical
from mathcalc.samples import SampledField, orders, radial
from mathcalc.samples.kernels import exponents, kernel, monomials
from mathcalc.samples.tensor import Axis


def random(seed):
    """Return a generator of a test's own, so that its numbers do not hang on the tests before."""
    return np.random.default_rng(seed)


SQUARE = np.linspace(-2, 2, 20)
GRID = np.stack(np.meshgrid(SQUARE, SQUARE, indexing="ij"))
CLOUD = random(5).uniform(-2, 2, (2, 150))
LISTED = np.array([[1.0, 0.0, -1.0], [1.0, 0.0, 2.0]])
EXACT = {"grid": (GRID.reshape(2, -1), LISTED), "axes": ((SQUARE, SQUARE), LISTED)}
EXACT["scattered"] = (CLOUD, LISTED * 0.9)


def mesh(points):
    """Return all points of a grid that is given by its axes, or the points as they are."""
    return np.stack(np.meshgrid(*points, indexing="ij")) if isinstance(points, tuple) else points


# ── the listings of the source, and what its library cannot do ──────────────────────────────


@pytest.mark.parametrize("kind", EXACT)
def test_the_bowl_of_the_listing(kind):
    points, at = EXACT[kind]
    f = SampledField.fit(points, (mesh(points) ** 2).sum(axis=0))
    np.testing.assert_allclose(f.gradient(at), 2 * at, atol=1e-9)
    np.testing.assert_allclose(f.hessian([0, 0]), 2 * np.eye(2), atol=1e-9)
    np.testing.assert_allclose(f.laplacian(at), [4, 4, 4], atol=1e-8)
    np.testing.assert_allclose(f(at), (at**2).sum(axis=0), atol=1e-12)


@pytest.mark.parametrize("kind", EXACT)
def test_the_jacobian_of_the_listing(kind):
    points, _ = EXACT[kind]
    x, y = mesh(points)
    f = SampledField.fit(points, [x**2 + y, x * y])
    np.testing.assert_allclose(f.jacobian([1, 1.9]), [[2, 1], [1.9, 1]], atol=1e-9)
    at_edge = f.jacobian(np.array([[1.0], [2.0]]))[..., 0]
    np.testing.assert_allclose(at_edge, [[2, 1], [2, 1]], atol=1e-6)
    np.testing.assert_allclose(f.hessian([0.5, 1])[1], [[0, 1], [1, 0]], atol=1e-8)


def test_the_descent_of_the_listing():
    x, y = np.linspace(-3, 5, 30), np.linspace(-2, 6, 30)
    f = SampledField.fit((x, y), (x[:, None] - 1) ** 2 + (y - 2) ** 2)
    p = np.array([4.0, 5.0])
    for _ in range(20):
        p = p - 0.1 * f.gradient(p)
    np.testing.assert_allclose(p, [1 + 3 * 0.8**20, 2 + 3 * 0.8**20], atol=1e-9)


def test_what_separate_curves_cannot_see():
    x, y = CLOUD
    f = SampledField.fit(CLOUD, x**3 - 3 * x * y**2)
    np.testing.assert_allclose(f.gradient([1, 1]), [0, -6], atol=1e-6)
    np.testing.assert_allclose(f.hessian([1, 1]), [[6, -6], [-6, -6]], atol=1e-6)
    P = random(11).uniform(0, 4, (3, 200))
    np.testing.assert_allclose(
        SampledField.fit(P, P.prod(axis=0)).gradient([1, 2, 3]), [6, 3, 2], atol=1e-6
    )


# ── how close: medians over known surfaces ──────────────────────────────────────────────────


def axes(count):
    return lambda surface: surface.grid(count)


def cloud(count):
    return lambda surface: surface.scattered(count, seed=count)


BARS = {  # relative errors of gradient and mixed derivative, for noise of this share
    "30 × 30, 0": (SURFACES, axes(30), 0.0, 1e-6, 1e-6),
    "30 × 30, 0.01": (SURFACES, axes(30), 0.01, 7e-3, 2e-2),
    "30 × 30, 0.1": (SURFACES, axes(30), 0.1, 4.5e-2, 7e-2),
    "400, 0": (SURFACES, cloud(400), 0.0, 1e-4, 1e-3),
    "400, 0.01": (SURFACES, cloud(400), 0.01, 8e-3, 2e-2),
    "400, 0.1": (SURFACES, cloud(400), 0.1, 5e-2, 8e-2),
    "500 in space, 0": (SPACE, cloud(500), 0.0, 1.6e-4, 1e-3),
    "500 in space, 0.01": (SPACE, cloud(500), 0.01, 1.1e-2, 4e-2),
    "500 in space, 0.1": (SPACE, cloud(500), 0.1, 7.4e-2, 2e-1),
    "800 in five, 0": (FIVE, cloud(800), 0.0, 5.2e-3, 4e-2),
    "800 in five, 0.01": (FIVE, cloud(800), 0.01, 1.4e-2, 8e-2),
    "800 in five, 0.1": (FIVE, cloud(800), 0.1, 7e-2, 2.5e-1),
}


@pytest.mark.parametrize("name", BARS)
def test_median_error_over_known_surfaces(name):
    surfaces, sample, sigma, bar, mixed_bar = BARS[name]
    found = []
    for surface in surfaces.values():
        points = sample(surface)
        at = mesh(points)
        f = SampledField.fit(points, surface.noisy(at, sigma, seed=11))
        inside = surface.inside()
        found.append(surface.errors(f.gradient(inside), f.hessian(inside)))
    gradient, _, mixed = np.median(found, axis=0)
    assert gradient < bar and mixed < mixed_bar


@pytest.mark.parametrize("name", FIVE)
def test_no_other_order_or_smoothing_does_much_better(name):
    surface, found = FIVE[name], {}
    points, at = surface.scattered(400, seed=4), surface.inside()
    values, exact = surface.noisy(points, 0.1, seed=4), surface.f.gradient(at)
    for way in ((None, 1.0), *((m, s) for m in (2, 3, 4, 5) for s in (0.2, 1.0, 5.0))):
        f = SampledField.fit(points, values, order=way[0]).smoothed(way[1])
        found[way] = np.linalg.norm(f.gradient(at) - exact)
    assert found[None, 1.0] < 1.3 * min(found.values())


# ── the derivatives are those of the fitted function ────────────────────────────────────────


def wild(points):
    return np.sin(2 * points).prod(axis=0) + 0.1 * np.random.default_rng(1).normal(
        size=points.shape[1:]
    )


FITS = {f"order {m}": SampledField.fit(CLOUD, wild(CLOUD), order=m) for m in range(2, 7)}
FITS["grid"] = SampledField.fit((SQUARE, SQUARE), wild(GRID))
FITS["uneven grid"] = SampledField.fit((SQUARE**3, np.exp(SQUARE)), wild(GRID))
FITS["short axis"] = SampledField.fit((SQUARE, SQUARE[:5]), wild(GRID[:, :, :5]))
for dimension in (1, 3, 4, 6):
    POINTS = random(12).uniform(-1, 1, (dimension, 90))
    FITS[f"{dimension} variables"] = SampledField.fit(POINTS, wild(POINTS))
LINE = np.linspace(0, 3, 12)
FITS["grid in space"] = SampledField.fit(
    (LINE, LINE[:7], LINE[:4]), random(13).normal(size=(12, 7, 4))
)


@pytest.mark.parametrize("name", FITS)
def test_derivatives_against_differences_of_the_fit(name):
    f = FITS[name]
    x = np.full(f._samples.n, 0.31) * np.linspace(1, 1.3, f._samples.n)
    scale = np.abs(f.gradient(x)).max()
    np.testing.assert_allclose(f.gradient(x), numerical.gradient(f, x), rtol=0, atol=1e-7 * scale)
    H = f.hessian(x)
    np.testing.assert_allclose(
        H, numerical.jacobian(f.gradient, x), rtol=0, atol=1e-5 * abs(H).max()
    )
    assert f.laplacian(x) == pytest.approx(np.trace(H), rel=1e-9, abs=1e-9 * abs(H).max())
    v = np.arange(1.0, len(x) + 1)
    assert f.directional_derivative(x, v) == pytest.approx(f.gradient(x) @ v, rel=1e-9)


def test_at_a_centre_the_kernels_derivatives_are_finite():
    for m in range(2, 7):
        H = FITS[f"order {m}"].hessian(CLOUD[:, 0])
        near = FITS[f"order {m}"].hessian(CLOUD[:, 0] + 1e-9)
        np.testing.assert_allclose(H, near, rtol=1e-5, atol=1e-5 * abs(H).max())


@pytest.mark.parametrize("name", ["order 4", "grid"])
def test_batches_are_what_the_points_are(name):
    f, x = FITS[name], random(14).uniform(-1, 1, (2, 3, 4))
    for method, shape in ((f, ()), (f.gradient, (2,)), (f.hessian, (2, 2)), (f.laplacian, ())):
        for values in (method(x), *method(x, with_error=True)):
            assert values.shape == (*shape, 3, 4)
        one = method(x[:, 1, 2], with_error=True)
        for found, alone in zip(method(x, with_error=True), one, strict=True):
            np.testing.assert_allclose(found[..., 1, 2], alone, rtol=1e-9)
    assert f.directional_derivative(x, x).shape == (3, 4)
    slope = np.tensordot([1.0, 2.0], f.gradient(x), 1)
    np.testing.assert_allclose(f.directional_derivative(x, [1, 2]), slope, rtol=1e-9)


def test_several_functions_are_those_alone():
    both = np.array([wild(CLOUD), 5 * np.sin(CLOUD[0]) + wild(CLOUD[::-1])])
    f, x = SampledField.fit(CLOUD, both, order=4), np.array([0.3, -0.4])
    for i, values in enumerate(both):
        alone = SampledField.fit(CLOUD, values, order=4)
        np.testing.assert_allclose(f.jacobian(x)[i], alone.gradient(x), rtol=1e-10)
        np.testing.assert_allclose(f.hessian(x)[i], alone.hessian(x), rtol=1e-8, atol=1e-10)
        assert f.noise[i] == pytest.approx(alone.noise, rel=1e-6, abs=1e-9)
        assert f.freedom[i] == pytest.approx(alone.freedom, rel=1e-3)
    assert f.laplacian(x).shape == (2,) and f.hessian(x).shape == (2, 2, 2)
    with pytest.raises(ValueError, match="use jacobian"):
        f.gradient(x)


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.floats(-10, 10), st.floats(1e-6, 1e6))
@settings(max_examples=15, deadline=None)
def test_units_change_nothing(a, b, shift, size):
    stretch = np.array([[a], [b]])
    f = SampledField.fit(CLOUD * stretch + shift, size * wild(CLOUD), order=3)
    x, plain = np.array([0.3, -0.4]), FITS["order 3"]
    found = f.gradient(x * stretch[:, 0] + shift) * stretch[:, 0] / size
    np.testing.assert_allclose(found, plain.gradient(x), rtol=1e-5)
    assert f.noise / size == pytest.approx(plain.noise, rel=1e-6)


# ── the algebra, by dense matrices ──────────────────────────────────────────────────────────


def dense_cloud(u, m, centres):
    """Return the design matrix and the penalty of polyharmonic splines, from their definition."""
    flat = exponents(2, m - 1)
    across = null_space(monomials(centres, flat, (0, 0)).T)
    form = across.T @ kernel(centres, centres, m, (0, 0)) @ across
    penalty = np.zeros((len(flat) + len(form),) * 2)
    penalty[: len(form), : len(form)] = form

    def design(x, orders):
        return np.hstack([kernel(x, centres, m, orders) @ across, monomials(x, flat, orders)])

    return design, penalty


def dense_grid(x, y):
    """Return the same of a grid, the penalty by a fine sum instead of Gauss's nodes."""
    ends, parts = [], []
    for axis in (Axis(x), Axis(y)):
        each = BSpline(axis.knots, np.eye(len(axis.knots) - 8), 7)
        t = np.linspace(axis.knots[0], axis.knots[-1], 40001)
        t = (t[1:] + t[:-1]) / 2
        bends = each(t, nu=4)
        ends.append(each)
        parts.append(bends.T @ bends * (t[1] - t[0]))

    def design(p, orders):
        first, second = (e(c, nu=o) for e, c, o in zip(ends, p, orders, strict=True))
        return np.einsum("ki,kj->kij", first, second).reshape(len(first), -1)

    masses = [e(c).T @ e(c) for e, c in zip(ends, (x, y), strict=True)]
    return design, (np.kron(parts[0], masses[1]), np.kron(masses[0], parts[1]))


def solved(X, y, penalty):
    """Return the coefficients, the scaled covariance and the score, of the dense problem.

    An orthogonal road: the normal equations themselves would lose half of the digits.
    """
    values, vectors = np.linalg.eigh(penalty)
    roots = np.sqrt(np.maximum(values, 0))[:, None] * vectors.T
    Q, R = np.linalg.qr(np.vstack([X, roots]))
    back = np.linalg.inv(R)
    inverse = back @ back.T
    beta = back @ (Q[: len(X)].T @ y)
    freedom = (Q[: len(X)] ** 2).sum()
    residual = ((y - X @ beta) ** 2).sum()
    return beta, inverse, freedom, residual, len(y) * residual / (len(y) - 1.2 * freedom) ** 2


def agree(f, design, solution, x, count, half):
    beta, inverse, freedom, residual, _ = solution
    assert f.freedom == pytest.approx(freedom, rel=1e-5)
    assert f.noise == pytest.approx(np.sqrt(residual / (count - freedom)), rel=1e-5)
    u = f._samples.to_cube(x)
    for answer, orders_, unit in (
        (f(x, with_error=True), (0, 0), 1),
        ([e[0] for e in f.gradient(x, with_error=True)], (1, 0), half[0]),
        ([e[0, 1] for e in f.hessian(x, with_error=True)], (1, 1), half[0] * half[1]),
    ):
        row = design(u, orders_) / unit
        np.testing.assert_allclose(answer[0], row @ beta, rtol=1e-4, atol=1e-6)
        error = f.noise * np.sqrt(np.einsum("ki,ij,kj->k", row, inverse, row))
        np.testing.assert_allclose(answer[1], error, rtol=1e-4)
    bends = design(u, (2, 0)) / half[0] ** 2 + design(u, (0, 2)) / half[1] ** 2
    along = 3 * design(u, (1, 0)) / half[0] - 2 * design(u, (0, 1)) / half[1]
    for answer, row in (
        (f.laplacian(x, with_error=True), bends),
        (f.directional_derivative(x, [3, -2], with_error=True), along),
    ):
        np.testing.assert_allclose(answer[0], row @ beta, rtol=1e-4, atol=1e-6)
        error = f.noise * np.sqrt(np.einsum("ki,ij,kj->k", row, inverse, row))
        np.testing.assert_allclose(answer[1], error, rtol=1e-4)


@pytest.mark.parametrize("few", [False, True])
def test_scattered_against_normal_equations(few, monkeypatch):
    points = CLOUD[:, :60]
    y = np.sin(points[0]) * points[1] + 0.1 * random(15).normal(size=60)
    if few:
        monkeypatch.setattr(orders, "MOST", 25)
        monkeypatch.setattr(radial, "BLOCK", 25 * 17)
    f = SampledField.fit(points, y, order=3)
    u = f._samples.to_cube(points)
    centres = f._spline.centres
    assert centres.shape[1] == (25 if few else 60)
    design, penalty = dense_cloud(u, 3, centres)
    (weight,) = f._spline.smoothed[0].weights
    solution = solved(design(u, (0, 0)), y, weight * penalty)
    agree(f, design, solution, random(16).uniform(-1, 1, (2, 7)), 60, f._samples.half)
    for other in (weight / 3, weight * 3):
        assert solved(design(u, (0, 0)), y, other * penalty)[-1] > solution[-1]


def test_grid_against_normal_equations():
    x, y = np.linspace(0, 2, 11), np.linspace(-1, 1, 9) ** 3
    values = np.sin(x)[:, None] * y + 0.05 * random(7).normal(size=(11, 9))
    f = SampledField.fit((x, y), values)
    design, penalties = dense_grid(*f._samples.axes)
    corners = np.stack(np.meshgrid(*f._samples.axes, indexing="ij")).reshape(2, -1)
    weights = f._spline.smoothed[0].weights

    def solution(a, b):
        return solved(design(corners, (0, 0)), values.ravel(), a * penalties[0] + b * penalties[1])

    best = solution(*weights)
    inside = np.array([random(18).uniform(0, 2, 7), random(19).uniform(-1, 1, 7)])
    agree(f, design, best, inside, 99, f._samples.half)
    for a, b in ((3, 1), (1 / 3, 1), (1, 3), (1, 1 / 3)):
        assert solution(a * weights[0], b * weights[1])[-1] > best[-1] * (1 - 1e-5)


# ── noise, errors, smoothing ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sigma", [1e-4, 1e-2, 0.3])
@pytest.mark.parametrize("sample", [axes(25), cloud(500)], ids=["grid", "scattered"])
def test_the_noise_is_found(sample, sigma):
    surface = SURFACES["sin·cos"]
    points = sample(surface)
    at = mesh(points)
    f = SampledField.fit(points, surface.noisy(at, sigma, seed=3))
    assert f.noise == pytest.approx(sigma * surface.f(at).std(), rel=0.15)


@pytest.mark.parametrize("sample", [axes(20), cloud(250)], ids=["grid", "scattered"])
def test_standard_errors_cover_the_truth(sample):
    """Of 95 % intervals for each kind of derivative, over seeds and points, about 95 % do."""
    surface = SURFACES["sin·cos"]
    points, inside, hits = sample(surface), surface.inside(100), []
    at = mesh(points)
    for seed in range(6):
        f = SampledField.fit(points, surface.noisy(at, 0.1, seed))
        for method in ("gradient", "hessian", "laplacian"):
            value, error = getattr(f, method)(inside, with_error=True)
            hits.append((abs(value - getattr(surface.f, method)(inside)) < 1.96 * error).mean())
    assert 0.88 < np.mean(hits) < 0.995


@pytest.mark.parametrize("points", [(SQUARE, SQUARE), CLOUD], ids=["grid", "scattered"])
def test_samples_without_noise_are_met(points):
    exact = np.sin(mesh(points)).prod(axis=0)
    f = SampledField.fit(points, exact)
    np.testing.assert_allclose(f(mesh(points)), exact, atol=1e-10)
    assert f.noise < 1e-3


def test_smoothing_leads_from_the_samples_to_a_polynomial():
    y = wild(CLOUD)
    fitted = SampledField.fit(CLOUD, y, order=3)
    loose, stiff = fitted.smoothed(1e-9), fitted.smoothed(1e12)
    np.testing.assert_allclose(loose(CLOUD), y, atol=1e-4)
    flat = monomials(CLOUD, exponents(2, 2), (0, 0))
    np.testing.assert_allclose(stiff(CLOUD), flat @ np.linalg.lstsq(flat, y)[0], atol=1e-4)
    assert stiff.freedom == pytest.approx(6, abs=1e-3)
    assert loose.noise == stiff.noise == fitted.noise
    np.testing.assert_array_equal(fitted(CLOUD), FITS["order 3"](CLOUD))  # it is as it was
    cubics = SampledField.fit((SQUARE, SQUARE), wild(GRID)).smoothed(1e30)
    assert cubics.freedom == pytest.approx(16, abs=1e-6)


def test_repeated_points_are_averaged():
    x = np.repeat(CLOUD, 3, axis=1)
    y = np.sin(x).prod(axis=0)
    noisy = y + 0.1 * np.random.default_rng(0).normal(size=y.shape)
    f = SampledField.fit(x, noisy)
    assert f.noise == pytest.approx(0.1, rel=0.15)
    assert (
        np.abs(
            f.gradient([0.3, 0.4]) - [np.cos(0.3) * np.sin(0.4), np.sin(0.3) * np.cos(0.4)]
        ).max()
        < 0.1
    )


# ── the shape of the data ───────────────────────────────────────────────────────────────────


def test_points_that_fill_a_grid_are_one():
    shuffled = random(20).permutation(400)
    values = wild(GRID)
    given = SampledField.fit(GRID.reshape(2, -1)[:, shuffled], values.reshape(-1)[shuffled])
    assert given.order is None and "grid" in repr(given)
    np.testing.assert_array_equal(given.hessian(CLOUD), FITS["grid"].hessian(CLOUD))
    almost = SampledField.fit(GRID.reshape(2, -1)[:, 1:], values.reshape(-1)[1:])
    assert almost.order is not None and "scattered" in repr(almost)


def test_outside_is_outside_the_hull():
    f, x = FITS["order 4"], random(21).uniform(-2.5, 2.5, (2, 400))
    expected = Delaunay(CLOUD.T).find_simplex(x.T) < 0
    np.testing.assert_array_equal(f.extrapolates(x), expected)
    assert not f.extrapolates(CLOUD).any() and f.extrapolates([9.0, 0.0])
    assert list(FITS["grid"].extrapolates(np.array([[2.0, 2.1], [-2.0, 0.0]]))) == [False, True]


def test_large_data_take_little_memory(memory):
    surface = SURFACES["peaks"]
    grid = surface.grid(300)
    values = surface.noisy(np.stack(np.meshgrid(*grid, indexing="ij")), 0.1, 0)
    f = memory(lambda: SampledField.fit(grid, values), 100)
    gradient, _ = memory(lambda: f.gradient(surface.inside(), with_error=True), 100)
    assert np.linalg.norm(gradient - surface.f.gradient(surface.inside())) < 0.02 * np.linalg.norm(
        gradient
    )
    points = surface.scattered(4000, seed=1)
    f = memory(lambda: SampledField.fit(points, surface.noisy(points, 0.1, 1)), 150)
    many = surface.scattered(6000, seed=2)
    memory(lambda: f.gradient(many, with_error=True), 150)
    assert np.linalg.norm(f.gradient(many) - surface.f.gradient(many)) < 0.1 * np.linalg.norm(
        surface.f.gradient(many)
    )


@pytest.fixture
def memory():
    def peak(work, most):
        tracemalloc.start()
        try:
            result = work()
            assert tracemalloc.get_traced_memory()[1] < most * 2**20
        finally:
            tracemalloc.stop()
        return result

    return peak


Z = wild(CLOUD)
BAD = [
    (
        "3 of 150 are not finite",
        lambda: SampledField.fit(CLOUD, np.where(np.arange(150) < 3, np.nan, Z)),
    ),
    (
        "points: 1 of 300 are not finite",
        lambda: SampledField.fit(np.where(CLOUD[0, 0] == CLOUD, np.inf, CLOUD), Z),
    ),
    ("shape .149,., not .150,.", lambda: SampledField.fit(CLOUD, Z[1:])),
    ("one column each", lambda: SampledField.fit(CLOUD[0], Z)),
    ("7 variables", lambda: SampledField.fit(np.ones((7, 100)), np.ones(100))),
    ("5 distinct ones; second derivatives need 6", lambda: SampledField.fit(CLOUD[:, :5], Z[:5])),
    ("2 distinct ones", lambda: SampledField.fit(np.repeat(CLOUD[:, :2], 9, axis=1), np.ones(18))),
    ("on a line or plane", lambda: SampledField.fit(np.array([SQUARE, 2 * SQUARE + 1]), SQUARE)),
    (
        "coordinate 1 never changes",
        lambda: SampledField.fit(np.array([SQUARE, 0 * SQUARE]), SQUARE),
    ),
    ("order 6 .* more than 21", lambda: SampledField.fit(CLOUD[:, :20], Z[:20], order=6)),
    ("from 2 to 6", lambda: SampledField.fit(CLOUD, Z, order=7)),
    ("axis 1: not increasing", lambda: SampledField.fit((SQUARE, SQUARE[::-1]), wild(GRID))),
    ("axis 0: 3 points", lambda: SampledField.fit((SQUARE[:3], SQUARE), wild(GRID)[:3])),
    ("axis 0: shape", lambda: SampledField.fit((GRID, SQUARE), wild(GRID))),
    (
        "a tuple is read as axes",
        lambda: SampledField.fit((np.sort(CLOUD[0]), np.sort(CLOUD[1])), Z),
    ),
    ("real numbers", lambda: SampledField.fit(CLOUD, ["a"] * 150)),
    ("real numbers", lambda: SampledField.fit([[1, 2], [3]], Z)),
    ("factor=0", lambda: FITS["grid"].smoothed(0)),
    ("factor=nan", lambda: FITS["order 3"].smoothed(np.nan)),
    ("x has shape", lambda: FITS["grid"].gradient([1.0, 2.0, 3.0])),
    ("v has shape", lambda: FITS["grid"].directional_derivative([1.0, 2.0], [1.0])),
    ("not finite", lambda: FITS["grid"].hessian([np.nan, 2.0])),
]


@pytest.mark.parametrize(("sentence", "call"), BAD, ids=[b[0] for b in BAD])
def test_bad_input_is_told(sentence, call):
    with pytest.raises(ValueError, match=sentence):
        call()
