"""Derivatives from samples beside their peers: median errors over known surfaces, and times.

Its own columns are mathcalc's and those of peers that are installed anyway. Recorded from one run
elsewhere, on surfaces of the same names, gradient on the 30 × 30 grid without noise: pydelt 0.8.0
6.2e-1 (and 10³ at scattered points), findiff 8.6e-5, PyNumDiff 4.8e-3.

One thread for all: matrices of a few hundred rows only wait for a second one.
"""

import os
import sys
import timeit
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.interpolate import RBFInterpolator, RectBivariateSpline

sys.path.append(str(Path(__file__).resolve().parents[1]))
from surfaces import FIVE, SPACE, SURFACES, relative

from mathcalc.samples import SampledField

SIGMAS = (0.0, 0.01, 0.1)


def ours(points, values, at):
    field = SampledField.fit(points, values)
    return field.gradient(at), field.hessian(at)


def bivariate(axes, values, at):
    spline = RectBivariateSpline(*axes, values, kx=5, ky=5, s=0)
    return by_orders(lambda i, j: spline.ev(*at, dx=i, dy=j))


def quotients(axes, values, at):
    """NumPy's gradient, once and twice, and bilinear between the nodes."""
    first = np.gradient(values, *axes)
    second = [np.gradient(g, *axes) for g in first]

    def between(table):
        return RectBivariateSpline(*axes, table, kx=1, ky=1, s=0).ev(*at)

    return (
        np.array([between(g) for g in first]),
        np.array([[between(h) for h in row] for row in second]),
    )


def radial(points, values, at):
    """SciPy's, without smoothing; it has no derivatives, so differences of it."""
    spline = RBFInterpolator(points.T, values, kernel="quintic")
    h = 1e-3

    def shifted(*moves):
        return spline((at + h * np.array(moves)[:, None]).T)

    x, y = (shifted(1, 0), shifted(-1, 0)), (shifted(0, 1), shifted(0, -1))
    corners = shifted(1, 1) - shifted(1, -1) - shifted(-1, 1) + shifted(-1, -1)
    pure = [(up - 2 * shifted(0, 0) + down) / h**2 for up, down in (x, y)]
    mixed = corners / (4 * h**2)
    gradient = np.array([(up - down) / (2 * h) for up, down in (x, y)])
    return gradient, np.array([[pure[0], mixed], [mixed, pure[1]]])


def by_orders(d):
    return np.array([d(1, 0), d(0, 1)]), np.array([[d(2, 0), d(1, 1)], [d(1, 1), d(0, 2)]])


def seconds(way, *arguments):
    return min(timeit.repeat(lambda: way(*arguments), number=1, repeat=2))


def row(title, surfaces, samples, way, seeds=3):
    """Print medians over the surfaces, of the medians over seeds, for each noise; and the time."""
    cells, times = [], []
    for sigma in SIGMAS:
        found = []
        for surface in surfaces.values():
            points, mesh = samples(surface)
            runs = []
            for seed in range(seeds):
                values, at = surface.noisy(mesh, sigma, seed), surface.inside()
                runs.append(surface.errors(*way(points, values, at)))
                times.append(seconds(way, points, values, at))
            found.append(np.median(runs, axis=0))
        cells.append("  ".join(f"{e:7.1e}" for e in np.median(found, axis=0)))
    print(f"  {title:24} {'  |  '.join(cells)}  |  {1e3 * np.median(times):7.1f} ms")


def on_grid(count):
    def samples(surface):
        axes = surface.grid(count)
        return axes, np.stack(np.meshgrid(*axes, indexing="ij"))

    return samples


def at_points(count):
    def samples(surface):
        points = surface.scattered(count, seed=count)
        return points, points

    return samples


def large():
    """Print what large data take."""
    for title, samples in (
        ("500 × 500 grid", on_grid(500)),
        ("10 000 scattered", at_points(10_000)),
    ):
        surface = SURFACES["peaks"]
        points, mesh = samples(surface)
        values = surface.noisy(mesh, 0.1, 0)
        took = seconds(SampledField.fit, points, values)
        at = surface.inside()
        error = relative(SampledField.fit(points, values).gradient(at), surface.f.gradient(at))
        print(f"  {title}, peaks, σ = 0.1: {took:.1f} s, gradient {error:.1e}")


def main():
    print("relative errors of gradient, Hessian, mixed derivative for σ = 0, 0.01, 0.1; time")
    for count in (30, 20):
        print(f"{count} × {count} grid")
        for title, way in (
            ("mathcalc", ours),
            ("SciPy RectBivariateSpline", bivariate),
            ("np.gradient", quotients),
        ):
            row(title, SURFACES, on_grid(count), way)
    print("400 scattered points")
    row("mathcalc", SURFACES, at_points(400), ours)
    row("SciPy RBFInterpolator", SURFACES, at_points(400), radial)
    print("500 points in space; 800 in five dimensions; a 10 × 10 × 10 grid")
    row("mathcalc", SPACE, at_points(500), ours, seeds=2)
    row("mathcalc", FIVE, at_points(800), ours, seeds=1)
    row("mathcalc", SPACE, on_grid(10), ours, seeds=2)
    large()


if __name__ == "__main__":
    main()
