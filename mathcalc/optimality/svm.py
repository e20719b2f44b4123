"""Support vector machines through their dual problem."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.optimality.quadratic import QuadraticProgram, Unbounded

LARGEST = 1e30  # the products of larger numbers are too large for the dual problem


@dataclass(frozen=True)
class SVM:
    """The solution of an SVM's dual problem, and what it says of the primal one.

    Attributes
    ----------
    alpha : ndarray, shape (N,)
        The multipliers: ``0 <= α_i <= C`` and ``Σ α_i y_i = 0``.
    w : ndarray, shape (d,), or None
        ``Σ α_i y_i x_i``; None with a Gram matrix, where it lives in the feature space.
    b : float
        The offset, the middle of `b_range`.
    b_range : tuple of float
        All optimal offsets; one number twice if some ``0 < α_i < C``.
    support : ndarray of int
        The support vectors, where ``α_i > 0``.
    slack : ndarray, shape (N,)
        ``ξ_i = max(0, 1 - y_i (wᵀx_i + b))``.
    margins : ndarray, shape (N,)
        ``y_i (wᵀx_i + b)``.
    width : float
        ``2/‖w‖``.
    primal, dual, gap : float
        Both objectives, and their difference, zero at the optimum.
    """

    alpha: np.ndarray
    w: np.ndarray | None
    b: float
    b_range: tuple[float, float]
    support: np.ndarray
    slack: np.ndarray
    margins: np.ndarray
    width: float
    primal: float
    dual: float
    gap: float


def svm_dual(X: Any, y: Any, C: float = np.inf, *, gram: Any = None) -> SVM:
    """Solve ``max Σ α_i - ½ Σ α_i α_j y_i y_j x_i·x_j``, ``Σ α_i y_i = 0``, ``0 <= α_i <= C``.

    Parameters
    ----------
    X : array_like, shape (N, d), or None
        The points; None if `gram` is given.
    y : array_like, shape (N,)
        The labels, +1 or -1.
    C : float
        The price of slack; infinite for the hard margin.
    gram : array_like, shape (N, N), optional
        The kernel's values ``k(x_i, x_j)``, instead of the inner products of `X`.

    Raises
    ------
    ValueError
        If the data do not fit, or only one class occurs, or the hard margin is impossible because
        no hyperplane separates the classes: then the dual is unbounded.

    References
    ----------
    Cortes and Vapnik (1995), Support-vector networks, Machine Learning 20, 273-297 (unchecked).

    Examples
    --------
    >>> machine = svm_dual([[1, 1], [-1, -1], [3, 1]], [1, -1, 1])
    >>> print(machine.w.round(9), abs(round(machine.b, 9)), machine.alpha.round(9) + 0)
    [0.5 0.5] 0.0 [0.25 0.25 0.  ]
    """
    (K, labels, points, middle), C = _data(X, y, C, gram), float(C)
    alpha = _dual(_centred(K), labels, C)
    pull = K @ (alpha * labels)
    square = float(alpha * labels @ pull)
    b_range = _offsets(alpha, labels, pull, C)
    b = (b_range[0] + b_range[1]) / 2
    margins = labels * (pull + b)
    slack = np.maximum(0.0, 1 - margins) if np.isfinite(C) else np.zeros_like(margins)
    dual = float(alpha.sum()) - square / 2
    w = None if points is None else (alpha * labels) @ points
    moved = 0.0 if w is None else float(w @ middle)
    primal = square / 2 + (C * float(slack.sum()) if np.isfinite(C) else 0.0)
    return SVM(
        alpha=alpha,
        w=w,
        b=b - moved,
        b_range=(b_range[0] - moved, b_range[1] - moved),
        support=np.flatnonzero(alpha > 0),
        slack=slack,
        margins=margins,
        width=2 / np.sqrt(square) if square > 0 else np.inf,
        primal=primal,
        dual=dual,
        gap=primal - dual,
    )


def _refuse(bad: Any, sentence: str) -> None:
    if bad:
        raise ValueError(sentence)


def _centred(K: np.ndarray) -> np.ndarray:
    """Return the Gram matrix of the points about their mean: since Σ α_i y_i = 0, nothing else."""
    return K - K.mean(axis=0) - K.mean(axis=1, keepdims=True) + K.mean()


def _numbers(value: Any, name: str) -> np.ndarray:
    found = checks.numbers(value, name)
    large = np.isfinite(found) & (np.abs(found) > LARGEST)
    _refuse(large.any(), f"{name} has an entry larger than {LARGEST:g}")
    return found


def _data(X: Any, y: Any, C: Any, gram: Any) -> tuple[np.ndarray, np.ndarray, Any, Any]:
    """Return Gram matrix and labels, and points about their mean and the mean; all checked."""
    labels = _numbers(y, "y")
    _refuse(labels.ndim != 1 or not len(labels), "y: give one label for each point")
    _refuse((np.abs(labels) != 1).any(), "y: the labels must be +1 and -1")
    _refuse(abs(labels.sum()) == len(labels), "y: all labels are equal: there is nothing to part")
    price = _numbers(C, "C")
    _refuse(price.shape != () or not price > 0, "C must be positive: numpy.inf for the hard margin")
    _refuse((X is None) == (gram is None), "X or gram: give one of them, and None for the other")
    name, wanted = ("X", "(N, d)") if gram is None else ("gram", "(N, N)")
    given = _numbers(X if gram is None else gram, name)
    fits = given.ndim == 2 and len(given) == len(labels)
    _refuse(not fits, f"{name} has shape {given.shape}, but must have {wanted}, N = {len(labels)}")
    _refuse(not np.isfinite(given).all(), f"{name} has an entry that is not finite")
    if gram is None:
        middle = given.mean(axis=0)
        points = given - middle  # the offset takes up where the origin is
        return points @ points.T, labels, points, middle
    size = np.abs(given).max(initial=1e-300)
    square = given.shape[0] == given.shape[1]
    _refuse(not square or np.abs(given - given.T).max() > 1e-9 * size, "gram is not symmetric")
    least = np.linalg.eigvalsh(given)[0]
    _refuse(least < -1e-8 * size * len(given), "gram is not positive semidefinite: no kernel")
    return given, labels, None, None


def _dual(K: np.ndarray, labels: np.ndarray, C: float) -> np.ndarray:
    """Return the optimal multipliers, cleaned where they are zero or C up to rounding."""
    N = len(labels)
    size = max(float(np.abs(K).max()), 1e-300)  # α is of the order 1/size: solve for α size
    G, h = -np.eye(N), np.zeros(N)
    if np.isfinite(C):
        G, h = np.concatenate([G, np.eye(N)]), np.concatenate([h, np.full(N, C * size)])
    P = K / size * np.outer(labels, labels)
    program = QuadraticProgram(P, -np.ones(N), G, h, labels[None, :], np.zeros(1))
    try:
        alpha, mu, _ = program.solve(solvable=bool(np.isfinite(C)))
    except Unbounded:
        raise ValueError(
            "X: no hyperplane parts the classes, or only by rounding, so the hard margin is "
            "impossible and the dual unbounded: give a finite C"
        ) from None
    alpha = np.where(mu[:N] > np.abs(alpha), 0.0, alpha)
    found = np.maximum(alpha, 0.0) / size
    return np.where(mu[N:] > np.abs(C * size - alpha), C, found) if np.isfinite(C) else found


def _offsets(alpha: np.ndarray, y: np.ndarray, pull: np.ndarray, C: float) -> tuple[float, float]:
    """Return the optimal offsets: those for which complementary slackness holds."""
    offset = y - pull
    free = (alpha > 0) & (alpha < C)
    if free.any():
        b = float(
            np.average(
                offset[free],
                weights=np.minimum(alpha, C - alpha)[free] if np.isfinite(C) else alpha[free],
            )
        )
        return b, b
    at_least = offset[((alpha <= 0) & (y > 0)) | ((alpha >= C) & (y < 0))]
    at_most = offset[((alpha <= 0) & (y < 0)) | ((alpha >= C) & (y > 0))]
    return float(np.max(at_least, initial=-np.inf)), float(np.min(at_most, initial=np.inf))
