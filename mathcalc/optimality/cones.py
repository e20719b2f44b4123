"""The second-order condition: the sign of a quadratic form on the critical cone."""

from itertools import chain, combinations

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import linprog


def extreme_curvatures(
    W: np.ndarray, tight: np.ndarray, loose: np.ndarray
) -> tuple[float, float] | None:
    """Return the least and the largest ``dᵀWd`` over unit ``d`` of a cone; None if it is {0}.

    The cone is ``tight d = 0, loose d <= 0``. An extreme value is an eigenvalue of ``W`` on the
    space of one of its faces, with an eigenvector in the cone, so all faces are tried.
    """
    rows = range(len(loose))
    faces = chain.from_iterable(combinations(rows, k) for k in range(len(loose) + 1))
    found = [
        value
        for face in faces
        for value in _on_face(W, np.concatenate([tight, loose[list(face)]]), loose)
    ]
    return (min(found), max(found)) if found else None


def reduced_eigenvalues(W: np.ndarray, tight: np.ndarray) -> np.ndarray:
    """Return the eigenvalues of ``W`` on the null space of the rows `tight`."""
    Z = null_space(tight, rcond=1e-7) if len(tight) else np.eye(len(W))
    return np.linalg.eigvalsh(Z.T @ W @ Z)


def _on_face(W: np.ndarray, tight: np.ndarray, loose: np.ndarray) -> list[float]:
    Z = null_space(tight, rcond=1e-7) if len(tight) else np.eye(len(W))
    if not Z.shape[1]:
        return []
    values, vectors = np.linalg.eigh(Z.T @ W @ Z)
    near = 1e-9 * max(np.abs(W).max(), 1e-300)
    groups = [np.flatnonzero(np.abs(values - v) <= near) for v in values]
    return [
        float(v)
        for v, group in zip(values, groups, strict=True)
        if _meets(loose, Z @ vectors[:, group])
    ]


def _meets(loose: np.ndarray, E: np.ndarray) -> bool:
    """Say whether the span of the columns of `E` holds a ``d != 0`` with ``loose d <= 0``."""
    if not len(loose):
        return True
    A = loose @ E
    if E.shape[1] == 1:
        return bool((A <= 1e-9).all() or (A >= -1e-9).all())
    unit = np.eye(E.shape[1])
    ends = (
        linprog(-sign * e, A_ub=A, b_ub=np.zeros(len(A)), bounds=[(-1, 1)] * len(e))
        for e in unit
        for sign in (1, -1)
    )
    return any(end.status == 0 and -end.fun > 1e-7 for end in ends)
