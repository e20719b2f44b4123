"""Differences beside their peers: time as a multiple of ours, and the error of each."""

import numdifftools
import numpy as np
from scipy import differentiate
from scipy.optimize import approx_fprime, rosen_der, rosen_hess
from turns import best

from mathcalc import numerical


def rosen(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum(axis=0)


def waves(x):
    return np.sin(x).sum(axis=0)


def compare(title, exact, ways):
    print(title)
    times = best(ways)
    for name, work in ways.items():
        error = np.abs(work() - exact).max() / np.abs(exact).max()
        print(f"  {name:24} {times[name] / times['mathcalc']:7.2f} ×   error {error:.0e}")


def main():
    for n in (10, 100):
        x = np.random.default_rng(0).uniform(-2, 2, n)
        ways = {
            "mathcalc": lambda x=x: numerical.gradient(rosen, x),
            "mathcalc, complex step": lambda x=x: numerical.gradient(rosen, x, method="complex"),
            "mathcalc, central": lambda x=x: numerical.gradient(rosen, x, method="central"),
            "SciPy differentiate": lambda x=x: differentiate.jacobian(
                lambda z: rosen(z)[None], x
            ).df[0],
            "SciPy approx_fprime": lambda x=x: approx_fprime(x, rosen),
            "numdifftools": lambda x=x: numdifftools.Gradient(rosen)(x),
        }
        compare(f"gradient of Rosenbrock's function, n = {n}", rosen_der(x), ways)
        easy = {
            "mathcalc": lambda x=x: numerical.gradient(waves, x),
            "SciPy differentiate": lambda x=x: differentiate.jacobian(
                lambda z: waves(z)[None], x
            ).df[0],
            "numdifftools": lambda x=x: numdifftools.Gradient(waves)(x),
        }
        compare(f"gradient of a sum of sines, n = {n}", np.cos(x), easy)
    x = np.random.default_rng(0).uniform(-2, 2, 10)
    hessians = {
        "mathcalc": lambda: numerical.hessian(rosen, x),
        "SciPy differentiate": lambda: differentiate.hessian(rosen, x).ddf,
        "numdifftools": lambda: numdifftools.Hessian(rosen)(x),
    }
    compare("Hessian of Rosenbrock's function, n = 10", rosen_hess(x), hessians)


if __name__ == "__main__":
    main()
