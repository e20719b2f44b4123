"""What each public function is called with when all is well, and what can be wrong with that."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from mathcalc import (
    autodiff,
    checkpointing,
    connectivity,
    exercises,
    landscape,
    landscapes,
    numerical,
    optimality,
    plotting,
    reversal,
    symbolic,
    triangulation,
)
from mathcalc.samples import SampledField

X = np.array([0.5, -1.25])
V = np.array([2.0, 1.0])
GRID = np.array([[0.5, 1.0, 2.0], [-1.0, 0.25, 3.0]])
CLOUD = np.random.default_rng(1).uniform(-1, 1, (2, 40))
HEIGHTS = CLOUD[0] ** 2 + CLOUD[1]
FIELD = symbolic.ScalarField("x**2*y + sin(y)")
MAP = symbolic.VectorField(["x*y", "x - y**2"])
SAMPLED = SampledField.fit(CLOUD, HEIGHTS)
WAVES = landscapes.PeriodicField(2, 2, np.random.default_rng(3))
HILLS = landscape.Landscape(3)
NET = np.random.default_rng(4).normal(size=(3, 4))
OTHER = np.random.default_rng(5).normal(size=(3, 4))
DATA = connectivity.ring(20, np.random.default_rng(6))
TRIANGLE = np.array([[1.0, 1.0], [-1.0, -1.0], [3.0, 1.0]])
LABELS = np.array([1.0, -1.0, 1.0])
PROGRAM = optimality.QuadraticProgram(
    np.eye(2), V, np.array([[1.0, 1.0]]), np.ones(1), np.zeros((0, 2)), np.zeros(0)
)


def bowl(x):
    return (x * x).sum()


def entries(x):
    return x * x + x


@dataclass
class Call:
    """A function, good arguments, and what is promised of them.

    ``finite`` names arguments whose NaN is refused; ``names`` says how else a message may call
    one; ``see`` turns a result into numbers or text; ``own`` runs the caller's code alone.
    """

    call: Callable
    args: dict[str, Any]
    finite: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    see: Callable = lambda found: found
    verdicts: tuple[type, ...] = ()  # documented, of good arguments
    own: Callable | None = None  # the caller's own code: what it raises or warns is its own


def at_points(method, **options):
    return Call(method, {"x": GRID}, **options)


def axes(kind=None):
    from matplotlib.figure import Figure

    return Figure().add_subplot(projection=kind)


def drawn(function, kind=None):
    """Return a function that draws on new axes, and returns nothing that could be compared."""
    return lambda **args: function(axes(kind), **args) and None


def own(args):
    """Run the caller's own code as the derivatives run it, with the sizes that its slopes have."""
    f, x = args.get("f") or args["step"], np.asarray(args["x"])
    x = x if x.dtype.kind == "f" else x.astype(float)
    size = max([1.0, *(float(np.abs(args[k]).max(initial=0)) for k in ("v", "u") if k in args)])
    for _ in range(3 if "step" in args else 1):
        (0 * x).sum() + (2 * x * size).sum() - (x * x * size).sum()
        if isinstance(args["x"], list | tuple | dict):
            f(args["x"])
        x = np.asarray(f(x))


#: The engines know their arguments by no name of their own.
ENGINE = {"names": {"x": "primals|tangents|adjoint|f"}, "own": own}


def given(function):
    """Return a function of ``f`` and ``x`` that calls what ``function(f)`` returns."""
    return lambda f, x: function(f)(x)


EVERY = {"x"}
DIFFERENCES = {"f": bowl, "x": X}
CALLS = {
    "numerical.gradient": Call(
        numerical.gradient, {**DIFFERENCES, "method": "central", "h": 1e-4}, ("x", "h")
    ),
    "numerical.jacobian": Call(numerical.jacobian, {"f": entries, "x": X}, ("x",)),
    "numerical.directional_derivative": Call(
        numerical.directional_derivative, {**DIFFERENCES, "v": V}, ("x", "v")
    ),
    "numerical.hessian": Call(numerical.hessian, {**DIFFERENCES, "h": 1e-3}, ("x", "h")),
    "numerical.laplacian": Call(numerical.laplacian, {**DIFFERENCES, "h": 1e-3}, ("x", "h")),
    "numerical.hvp": Call(numerical.hvp, {**DIFFERENCES, "v": V, "h": 1e-3}, ("x", "v", "h")),
    "numerical.check_gradient": Call(
        numerical.check_gradient,
        {"f": bowl, "grad": lambda x: 2 * x, "x": X, "rtol": 1e-7},
        ("x", "rtol"),
    ),
    "symbolic.ScalarField": Call(
        symbolic.ScalarField, {"formula": "x**2 + y", "variables": ["x", "y"]}, see=str
    ),
    "symbolic.ScalarField.__call__": Call(FIELD.__call__, {"p": GRID}),
    "symbolic.ScalarField.gradient": Call(FIELD.gradient, {"p": GRID}),
    "symbolic.ScalarField.hessian": Call(FIELD.hessian, {"p": GRID}),
    "symbolic.ScalarField.laplacian": Call(FIELD.laplacian, {"p": GRID}),
    "symbolic.ScalarField.directional_derivative": Call(
        FIELD.directional_derivative, {"p": X, "v": V}
    ),
    "symbolic.VectorField": Call(
        symbolic.VectorField, {"formulas": ["x*y", "x"], "variables": ["x", "y"]}, see=str
    ),
    "symbolic.VectorField.__call__": Call(MAP.__call__, {"p": GRID}),
    "symbolic.VectorField.jacobian": Call(MAP.jacobian, {"p": GRID}),
    "symbolic.VectorField.divergence": Call(MAP.divergence, {"p": GRID}),
    "samples.SampledField.fit": Call(
        SampledField.fit,
        {"points": CLOUD, "values": HEIGHTS, "order": 3},
        ("points", "values", "order"),
        see=lambda fitted: float(np.sum(fitted.freedom)),
    ),
    "samples.SampledField.smoothed": Call(
        SAMPLED.smoothed, {"factor": 2.0}, ("factor",), see=lambda fitted: fitted(X / 4)
    ),
    "samples.SampledField.__call__": at_points(SAMPLED.__call__, finite=("x",)),
    "samples.SampledField.jacobian": at_points(SAMPLED.jacobian, finite=("x",)),
    "samples.SampledField.gradient": at_points(SAMPLED.gradient, finite=("x",)),
    "samples.SampledField.hessian": at_points(SAMPLED.hessian, finite=("x",)),
    "samples.SampledField.laplacian": at_points(SAMPLED.laplacian, finite=("x",)),
    "samples.SampledField.extrapolates": at_points(SAMPLED.extrapolates, finite=("x",)),
    "samples.SampledField.directional_derivative": Call(
        SAMPLED.directional_derivative, {"x": X / 4, "v": V}, ("x", "v")
    ),
    "autodiff.grad": Call(given(autodiff.grad), {"f": bowl, "x": X}, **ENGINE),
    "autodiff.value_and_grad": Call(given(autodiff.value_and_grad), {"f": bowl, "x": X}, **ENGINE),
    "autodiff.jacfwd": Call(given(autodiff.jacfwd), {"f": entries, "x": X}, **ENGINE),
    "autodiff.jacrev": Call(given(autodiff.jacrev), {"f": entries, "x": X}, **ENGINE),
    "autodiff.hessian": Call(given(autodiff.hessian), {"f": bowl, "x": X}, **ENGINE),
    "autodiff.hvp": Call(
        lambda f, x, v: autodiff.hvp(f)(x, v),
        {"f": bowl, "x": X, "v": V},
        **ENGINE,
    ),
    "autodiff.jvp": Call(
        lambda f, x, v: autodiff.jvp(f, (x,), (v,)),
        {"f": entries, "x": X, "v": V},
        **ENGINE,
    ),
    "autodiff.vjp": Call(
        lambda f, x, u: autodiff.vjp(f, x)[1](u),
        {"f": entries, "x": X, "u": V},
        **ENGINE,
    ),
    "autodiff.custom_vjp": Call(
        lambda f, pullback: autodiff.grad(autodiff.custom_vjp(f, pullback))(X),
        {"f": bowl, "pullback": lambda u, y, x: (2 * u * x,)},
    ),
    "autodiff.checkpoint": Call(lambda f: autodiff.grad(autodiff.checkpoint(f))(X), {"f": bowl}),
    "checkpointing.longest": Call(checkpointing.longest, {"s": 3, "t": 2}),
    "checkpointing.repetitions": Call(checkpointing.repetitions, {"n": 20, "s": 3}),
    "checkpointing.binomial_steps": Call(checkpointing.binomial_steps, {"n": 20, "s": 3}),
    "checkpointing.binomial_schedule": Call(checkpointing.binomial_schedule, {"n": 20, "s": 3}),
    "checkpointing.segments": Call(checkpointing.segments, {"n": 10, "k": 4}),
    "checkpointing.segment_schedule": Call(
        checkpointing.segment_schedule, {"n": 10, "starts": [0, 2, 5, 7]}
    ),
    "reversal.Plan": Call(
        reversal.Plan,
        {"schedule": checkpointing.binomial_schedule(4, 2)},
        see=lambda plan: (plan.n, plan.advanced, plan.peak),
    ),
    "reversal.reverse": Call(
        reversal.reverse,
        {"step": entries, "x": X, "u": V, "schedule": checkpointing.binomial_schedule(3, 2)},
        **ENGINE,
    ),
    "landscape.Landscape": Call(landscape.Landscape, {"classes": 3}, see=lambda made: made.size),
    "landscape.Landscape.loss": Call(HILLS.loss, {"theta": HILLS._start}),
    "landscape.Landscape.gradient": Call(HILLS.gradient, {"theta": HILLS._start}),
    "landscape.Landscape.hessian": Call(HILLS.hessian, {"theta": HILLS._start}),
    "landscape.Landscape.trained": Call(HILLS.trained, {"steps": 3}),
    "landscape.outliers": Call(
        landscape.outliers, {"eigenvalues": np.array([9.0, 8, 1, 0.5]), "most": 3}, ("eigenvalues",)
    ),
    "landscapes.goe": Call(
        lambda n, count: landscapes.goe(n, count, np.random.default_rng(1)), {"n": 3, "count": 5}
    ),
    "landscapes.indices": Call(
        landscapes.indices,
        {"hessians": np.array([[[1.0, 2], [2, 1]], [[1, 0], [0, 1]]])},
        ("hessians",),
    ),
    "landscapes.shares_at_critical_points": Call(
        lambda n, count: landscapes.shares_at_critical_points(n, count, np.random.default_rng(1)),
        {"n": 3, "count": 5},
    ),
    "landscapes.PeriodicField": Call(
        lambda n, fastest: landscapes.PeriodicField(n, fastest, np.random.default_rng(1)),
        {"n": 2, "fastest": 2},
        see=lambda made: made.n,
    ),
    "landscapes.PeriodicField.__call__": at_points(WAVES.__call__),
    "landscapes.PeriodicField.gradient": at_points(WAVES.gradient),
    "landscapes.PeriodicField.hessian": at_points(WAVES.hessian),
    "landscapes.PeriodicField.critical_points": Call(WAVES.critical_points, {"starts": 6}),
    "connectivity.ring": Call(
        lambda count: connectivity.ring(count, np.random.default_rng(1)), {"count": 5}
    ),
    "connectivity.score": Call(connectivity.score, {"theta": NET, "points": DATA[0]}),
    "connectivity.loss": Call(connectivity.loss, {"theta": NET, "data": DATA}),
    "connectivity.gradient": Call(connectivity.gradient, {"theta": NET, "data": DATA}),
    "connectivity.train": Call(connectivity.train, {"units": 2, "data": DATA, "seed": 1}),
    "connectivity.aligned": Call(connectivity.aligned, {"a": NET, "b": OTHER}),
    "connectivity.bend": Call(
        connectivity.bend, {"a": NET, "middle": OTHER, "b": NET + 1, "t": 0.25}
    ),
    "connectivity.trained_bend": Call(
        connectivity.trained_bend, {"a": NET, "b": OTHER, "data": DATA}
    ),
    "connectivity.profile": Call(
        connectivity.profile,
        {"path": partial(connectivity.bend, NET, OTHER, NET + 1), "data": DATA, "count": 5},
    ),
    "connectivity.barrier": Call(connectivity.barrier, {"losses": np.array([1.0, 3.0, 2.0])}),
    "triangulation.agree": Call(
        lambda f, sample, claimed, points, seed: triangulation.agree(
            "bowl", f, sample=sample, claimed=claimed, points=points, seed=seed
        ),
        {
            "f": bowl,
            "sample": lambda rng: rng.normal(size=2),
            "claimed": lambda x: 2 * x,
            "points": 2,
            "seed": 1,
        },
        names={"f": "can be taken"},
        verdicts=(triangulation.Disagreement,),
        see=lambda found: found.points,
    ),
    "plotting.contours": Call(
        drawn(plotting.contours), {"f": FIELD, "window": np.array([-1.0, 2, -2, 1])}, ("window",)
    ),
    "plotting.field": Call(
        drawn(plotting.field),
        {"F": MAP, "window": np.array([-1.0, 2, -2, 1]), "count": 5, "kind": "gradient"},
        ("window",),
    ),
    "plotting.surface": Call(
        drawn(plotting.surface, "3d"),
        {"f": FIELD, "window": np.array([-1.0, 2, -2, 1]), "count": 5},
        ("window",),
    ),
    "plotting.plane": Call(
        drawn(plotting.plane, "3d"), {"f": FIELD, "at": X, "size": 1.0}, ("at", "size")
    ),
    "plotting.arrow": Call(
        drawn(plotting.arrow),
        {"at": X, "vector": V, "kind": "gradient", "label": "v"},
        ("at", "vector"),
    ),
    "plotting.path": Call(drawn(plotting.path), {"points": GRID.T, "kind": "path", "label": "p"}),
    "plotting.dot": Call(drawn(plotting.dot), {"at": X, "kind": "point", "label": "p"}, ("at",)),
    "plotting.svg": Call(
        lambda alt: len(plotting.svg(axes().figure, alt=alt)) > 99, {"alt": "A dot."}
    ),
    "plotting.show": Call(lambda alt: plotting.show(axes().figure, alt=alt), {"alt": "A dot."}),
    "exercises.check": Call(
        lambda name, answer: exercises.check(name, answer),
        {"name": "ex-x01-1", "answer": "2*x"},
        see=str,
    ),
    "exercises.box": Call(exercises.box, {"name": "ex-x01-1"}, see=lambda made: made.name),
    "optimality.QuadraticProgram.solve": Call(
        PROGRAM.solve, {"tolerance": 1e-11}, ("tolerance",), see=lambda found: list(found)
    ),
    "optimality.QuadraticProgram.value": Call(PROGRAM.value, {"x": X}, ("x",)),
    "optimality.QuadraticProgram.residual": Call(
        PROGRAM.residual, {"x": X, "mu": np.ones(1), "nu": np.zeros(0)}, ("x", "mu")
    ),
    "optimality.QuadraticProgram": Call(
        lambda **args: optimality.QuadraticProgram(**args).solve(),
        {
            "P": np.eye(2),
            "q": np.array([1.0, -1.0]),
            "G": np.array([[1.0, 1.0]]),
            "h": np.array([1.0]),
            "A": np.zeros((0, 2)),
            "b": np.zeros(0),
        },
        ("P", "q", "G", "h", "A", "b"),
        verdicts=(optimality.Infeasible, optimality.Unbounded),
    ),
    "optimality.svm_dual": Call(
        optimality.svm_dual,
        {"X": TRIANGLE, "y": LABELS, "C": 10.0},
        ("X", "y", "C"),
        see=lambda found: (found.w, found.b),
    ),
    "optimality.argmin": Call(
        lambda g, start, x: optimality.argmin(g, start)(x),
        {"g": lambda x, y: ((y - x) ** 2).sum(), "start": np.array([0.5]), "x": np.array([2.0])},
        ("start", "x"),
        names={"g": "f"},
    ),
    "optimality.argmin_jacobian": Call(
        optimality.argmin_jacobian,
        {
            "g": "(y - x)**2/2 + y**4/4",
            "x": np.array([2.0]),
            "y": np.array([0.5]),
            "variables": ["x", "y"],
        },
        ("x", "y"),
        names={"g": "f|arguments?"},
    ),
    "optimality.classify": Call(
        optimality.classify,
        {
            "f": "x**2 - y**2",
            "x": np.zeros(2),
            "variables": ["x", "y"],
            "tolerance": 1e-8,
            "order": 4,
        },
        ("x", "tolerance"),
        see=str,
    ),
    "optimality.critical_points": Call(
        optimality.critical_points,
        {"f": "x**2 + y**2 - y", "box": np.array([[-1.0, 1], [-1, 1]]), "variables": ["x", "y"]},
        ("box",),
        see=lambda found: [point.x for point in found],
    ),
    "optimality.kkt": Call(
        optimality.kkt,
        {
            "f": "x**2 + y**2",
            "equalities": ["x + 2*y - 5"],
            "inequalities": ["x - 2"],
            "variables": ["x", "y"],
            "start": X,
        },
        ("start",),
        see=lambda found: [point.x for point in found],
    ),
    "optimality.lagrange": Call(
        optimality.lagrange,
        {"f": "x**2 + y**2", "equalities": ["x + 2*y - 5"], "variables": ["x", "y"], "start": X},
        ("start",),
        see=lambda found: [point.x for point in found],
    ),
    "optimality.kkt_residual": Call(
        optimality.kkt_residual,
        {"f": "x**2 + y**2", "equalities": ["x + 2*y - 5"], "x": V, "nu": np.array([-2.0])},
        ("x", "nu"),
        see=str,
    ),
    "optimality.shadow_price": Call(
        optimality.shadow_price,
        {"f": "x**2 + y**2", "equalities": ["x + 2*y - 5"], "start": X, "h": 1e-4},
        ("start", "h"),
        see=lambda found: found.nu,
    ),
}
