"""Known surfaces to be found again from samples: their formulas, windows, samples and errors."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mathcalc.symbolic import ScalarField

FRANKE = (
    "0.75*exp(-((9*x - 2)**2 + (9*y - 2)**2)/4) + 0.75*exp(-(9*x + 1)**2/49 - (9*y + 1)/10)"
    " + 0.5*exp(-((9*x - 7)**2 + (9*y - 3)**2)/4) - 0.2*exp(-(9*x - 4)**2 - (9*y - 7)**2)"
)
PEAKS = (
    "3*(1 - x)**2*exp(-x**2 - (y + 1)**2) - 10*(x/5 - x**3 - y**5)*exp(-x**2 - y**2)"
    " - exp(-(x + 1)**2 - y**2)/3"
)


@dataclass(frozen=True)
class Surface:
    formula: str
    low: tuple[float, ...]
    high: tuple[float, ...]

    @cached_property
    def f(self):
        return ScalarField(self.formula)

    def grid(self, count):
        return tuple(np.linspace(a, b, count) for a, b in zip(self.low, self.high, strict=True))

    def scattered(self, count, seed, margin=0.0):
        """Return points in the window, or in what is left of it without a margin on each side."""
        u = np.random.default_rng(seed).uniform(margin, 1 - margin, (count, len(self.low)))
        return (self.low + u * np.subtract(self.high, self.low)).T

    def inside(self, count=300):
        return self.scattered(count, seed=2026, margin=0.1)

    def noisy(self, points, sigma, seed):
        """Return values with noise of sigma times their own spread."""
        exact = self.f(points)
        noise = np.random.default_rng([seed, 7]).normal(size=exact.shape)
        return exact + sigma * exact.std() * noise

    def errors(self, gradient, hessian):
        """Return the relative errors of both and of the mixed derivative inside the window."""
        p = self.inside()
        exact = self.f.hessian(p)
        mixed = relative(hessian[0, 1], exact[0, 1])
        return relative(gradient, self.f.gradient(p)), relative(hessian, exact), mixed


def relative(found, exact):
    return np.linalg.norm(found - exact) / np.linalg.norm(exact)


SURFACES = {
    "quadratic": Surface("x**2 + x*y + y**2", (-2, -2), (2, 2)),
    "Rosenbrock": Surface("(1 - x)**2 + 100*(y - x**2)**2", (-1.5, -0.5), (1.5, 2)),
    "Franke": Surface(FRANKE, (0, 0), (1, 1)),
    "peaks": Surface(PEAKS, (-3, -3), (3, 3)),
    "sin·cos": Surface("sin(x)*cos(y)", (-3, -3), (3, 3)),
}
SPACE = {
    "waves": Surface("sin(x + y)*cos(z)", (-1.5,) * 3, (1.5,) * 3),
    "bump": Surface("exp(-x**2 - y**2 - z**2)", (-1,) * 3, (1,) * 3),
    "products": Surface("x*y*z + x**2*z", (-1,) * 3, (1,) * 3),
}
FIVE = {
    "wave": Surface("sin(p + 0.5*q - r + 0.5*s*t)", (-1,) * 5, (1,) * 5),
    "bump": Surface("exp(-(p**2 + q**2 + r**2 + s**2 + t**2)/2)", (-1,) * 5, (1,) * 5),
    "Friedman": Surface("sin(2*p*q) + (r - 0.5)**2 + s + 0.5*t", (-1,) * 5, (1,) * 5),
}
