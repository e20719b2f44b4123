"""Conditions of optimality: critical points, multipliers, KKT conditions, duality, argmin.

Constrained problems have one form throughout: ``min f(x)`` subject to ``g_i(x) <= 0`` and
``h_j(x) = 0``, with the Lagrangian ``L = f + Σ μ_i g_i + Σ ν_j h_j`` and ``μ_i >= 0``.
"""

from mathcalc.optimality.argmin import argmin, argmin_jacobian
from mathcalc.optimality.classification import Classification, classify
from mathcalc.optimality.clusters import Cluster
from mathcalc.optimality.components import Component
from mathcalc.optimality.constrained import kkt, lagrange
from mathcalc.optimality.critical import CriticalPoint, CriticalPoints, critical_points
from mathcalc.optimality.points import AbnormalPoint, KKTPoint, KKTPoints
from mathcalc.optimality.prices import ShadowPrices, shadow_price
from mathcalc.optimality.problems import KKTResidual, kkt_residual
from mathcalc.optimality.quadratic import Infeasible, QuadraticProgram, Unbounded
from mathcalc.optimality.svm import SVM, svm_dual

__all__ = [
    "SVM",
    "AbnormalPoint",
    "Classification",
    "Cluster",
    "Component",
    "CriticalPoint",
    "CriticalPoints",
    "Infeasible",
    "KKTPoint",
    "KKTPoints",
    "KKTResidual",
    "QuadraticProgram",
    "ShadowPrices",
    "Unbounded",
    "argmin",
    "argmin_jacobian",
    "classify",
    "critical_points",
    "kkt",
    "kkt_residual",
    "lagrange",
    "shadow_price",
    "svm_dual",
]
