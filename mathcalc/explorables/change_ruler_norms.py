"""Norms of the plane as rulers: dual norms, steepest directions, and descent with them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc.symbolic import ScalarField

TIE = 1e-9
REST = 1e-12
STEP = 1e-100
EUCLID: dict[str, Any] = {"kind": "lp", "inverse_p": 0.5}


def metric(ruler: dict[str, Any]) -> np.ndarray:
    """Return the matrix M of the ellipse vᵀMv ≤ 1 with these half-axes and this turn."""
    c, s = np.cos(ruler["turn"]), np.sin(ruler["turn"])
    R = np.array([[c, -s], [s, c]])
    return R @ np.diag(np.array(ruler["axes"], dtype=float) ** -2.0) @ R.T


def length(ruler: dict[str, Any], w: Any) -> float:
    """Return the ruler's length of a vector."""
    w = np.asarray(w, dtype=float)
    if ruler["kind"] == "ellipse":
        return float(np.sqrt(w @ metric(ruler) @ w))
    return _lp(w, ruler["inverse_p"])


def dual_norm(ruler: dict[str, Any], g: Any) -> float:
    """Return ‖g‖_* = max ⟨g, v⟩ over the ruler's unit ball; of ℓp it is ℓq with 1/p + 1/q = 1."""
    g = np.asarray(g, dtype=float)
    if ruler["kind"] == "ellipse":
        return float(np.sqrt(g @ np.linalg.solve(metric(ruler), g)))
    return _lp(g, 1 - ruler["inverse_p"])


def _lp(w: np.ndarray, inverse: float) -> float:
    largest = float(np.abs(w).max())
    if not largest:  # a large power of a small number would vanish, so the largest part is 1
        return 0.0
    return largest * float(np.linalg.norm(w / largest, np.inf if inverse == 0 else 1 / inverse))


def _support(ruler: dict[str, Any], g: np.ndarray) -> Callable[[np.ndarray], Any]:
    """Return the dual norm as an analytic function of g, for a complex step."""
    if ruler["kind"] == "ellipse":
        inverse = np.linalg.inv(metric(ruler))
        return lambda z: np.sqrt(z @ inverse @ z)
    q, sign = 1 / (1 - ruler["inverse_p"]), np.sign(g)
    return lambda z: ((sign * z)[sign != 0] ** q).sum() ** (1 / q)


def _corners(ruler: dict[str, Any]) -> np.ndarray | None:
    """Return the corners of the ball where it is a polygon."""
    if ruler["kind"] == "ellipse" or ruler["inverse_p"] not in (0, 1):
        return None
    diamond = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])
    return diamond if ruler["inverse_p"] else np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])


def steepest(ruler: dict[str, Any], g: Any) -> dict[str, Any]:
    r"""Return the directions in which ⟨g, v⟩ is largest on the ruler's unit ball.

    A polygon is met at a corner, or along a side; elsewhere the direction is the gradient of the
    dual norm (Danskin 1966), taken here by a complex step.

    Parameters
    ----------
    ruler : dict
        ``{"kind": "lp", "inverse_p": 1/p}`` or ``{"kind": "ellipse", "axes": …, "turn": …}``.
    g : array_like, shape (2,)
        The gradient; a part below 10⁻⁹ of the largest counts as zero.

    Returns
    -------
    dict
        ``v``, shape (2,), the middle of the side where a side is met; ``face``, its two ends, or
        None.

    Raises
    ------
    ValueError
        If ``g`` is zero: then every direction is as good as any other.
    """
    g = np.asarray(g, dtype=float)
    if not g.any():
        raise ValueError("g is zero, so no direction is steepest: move to another point")
    unit = g / np.abs(g).max()
    corners = _corners(ruler)
    if corners is not None:
        heights = corners @ unit
        met = corners[heights >= heights.max() - TIE * (1 + (ruler["inverse_p"] == 0))]
        return {"v": met.mean(0), "face": met if len(met) > 1 else None}
    if ruler["kind"] == "lp":
        unit = np.where(np.abs(unit) <= TIE, 0, unit)
    support = _support(ruler, unit)
    steps = 1j * STEP * np.eye(2)
    return {"v": np.array([support(unit + step).imag / STEP for step in steps]), "face": None}


def descend(field: ScalarField, x: Any, ruler: dict[str, Any], steps: int) -> dict[str, Any]:
    """Step against the steepest direction, each time to the lowest point of that line.

    Parameters
    ----------
    field : ScalarField
        A quadratic with a positive definite Hessian.
    x : array_like, shape (2,)
        The start.
    ruler : dict
        As for `steepest`.
    steps : int
        How many; at the minimum the path stays.

    Returns
    -------
    dict
        ``path``, ``steps + 1`` points, and their ``losses``.
    """
    path, H = [np.asarray(x, dtype=float)], field.hessian(np.zeros(2))
    rest = REST * np.linalg.norm(field.gradient(path[0]))
    for _ in range(steps):
        g = field.gradient(path[-1])
        if np.linalg.norm(g) <= rest:
            path.append(path[-1])
            continue
        v = steepest(ruler, g)["v"]
        path.append(path[-1] - (g @ v) / (v @ H @ v) * v)
    return {"path": [p.tolist() for p in path], "losses": [float(field(p)) for p in path]}
