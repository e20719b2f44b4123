"""The live figures of the book, by name; each is imported when it is asked for."""

from importlib import import_module
from typing import Any

#: The figure's name in a page, and where it is: the module here and the class in it.
REGISTRY = {
    "gd-surface": ("gd_surface", "GDSurface"),
    "difference-step": ("difference_step", "DifferenceStep"),
    "tangent-plane": ("tangent_plane", "TangentPlane"),
    "ravine-experiment": ("ravine_experiment", "RavineExperiment"),
    "directional-derivative-dial": ("directional_dial", "DirectionalDial"),
    "change-the-ruler": ("change_ruler", "ChangeRuler"),
    "interact": ("interact", "Frames"),
    "gradient-signal-depth": ("gradient_signal_depth", "GradientSignalDepth"),
    "implicit-curve": ("implicit_curve", "ImplicitCurve"),
    "computation-graph": ("computation_graph", "ComputationGraph"),
    "attention-backward": ("attention_backward", "AttentionBackward"),
    "every-mode": ("every_mode", "EveryMode"),
    "chain-ordering-cost": ("chain_ordering_cost", "ChainOrderingCost"),
    "gd-versus-newton": ("gd_versus_newton", "GDVersusNewton"),
    "hessian-quadratic-model": ("hessian_quadratic_model", "HessianQuadraticModel"),
    "laplacian-neighbours": ("laplacian_neighbours", "LaplacianNeighbours"),
    "jacobian-parallelogram": ("jacobian_parallelogram", "JacobianParallelogram"),
    "sweep-counter": ("sweep_counter", "SweepCounter"),
    "checkpointing": ("checkpoint_planner", "CheckpointPlanner"),
    "kkt-half-plane": ("kkt_half_plane", "KKTHalfPlane"),
    "lagrange-tangency": ("lagrange_tangency", "LagrangeTangency"),
    "monkey-unfolding": ("monkey_unfolding", "MonkeyUnfolding"),
    "random-critical-points": ("random_critical_points", "RandomCriticalPoints"),
    "svm-margin": ("svm_margin", "SVMMargin"),
}

_HOMES = {cls: module for module, cls in REGISTRY.values()}

__all__ = [
    "REGISTRY",
    "AttentionBackward",
    "ChainOrderingCost",
    "ChangeRuler",
    "CheckpointPlanner",
    "ComputationGraph",
    "DifferenceStep",
    "DirectionalDial",
    "EveryMode",
    "GDSurface",
    "GDVersusNewton",
    "GradientSignalDepth",
    "HessianQuadraticModel",
    "ImplicitCurve",
    "JacobianParallelogram",
    "KKTHalfPlane",
    "LagrangeTangency",
    "LaplacianNeighbours",
    "MonkeyUnfolding",
    "RandomCriticalPoints",
    "RavineExperiment",
    "SVMMargin",
    "SweepCounter",
    "TangentPlane",
    "explorable",
]


def explorable(name: str) -> type:
    """Return the class of the figure with this name.

    Raises
    ------
    ValueError
        If there is no such figure; the message lists the names.
    """
    if name not in REGISTRY:
        raise ValueError(f"name={name!r} is no explorable: choose one of {sorted(REGISTRY)}")
    return getattr(import_module(f"{__name__}.{REGISTRY[name][0]}"), REGISTRY[name][1])


def __getattr__(attribute: str) -> Any:
    """Import a figure's class when it is first used."""
    if attribute not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {attribute!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[attribute]}"), attribute)
