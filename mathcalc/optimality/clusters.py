"""Places about which a search by intervals could prove nothing."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse.csgraph import connected_components


@dataclass(frozen=True)
class Cluster:
    """Where no zero was proved and none excluded: there may be none, one, or a whole curve.

    Attributes
    ----------
    low, high : ndarray, shape (n,)
        The box around the undecided boxes.
    boxes : int
        How many they are.
    holds : object or None
        A point in it of which it is known that it belongs, and what it is; there may be others.
    """

    low: np.ndarray
    high: np.ndarray
    boxes: int
    holds: Any = None

    @property
    def middle(self) -> np.ndarray:
        """The middle of the box."""
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        sides = (f"[{a:.6g}, {b:.6g}]" for a, b in zip(self.low, self.high, strict=True))
        held = f"; it holds a {self.holds}" if self.holds else ""
        return f"undecided: {' x '.join(sides)} ({self.boxes} small boxes){held}"


def clusters(low: np.ndarray, high: np.ndarray) -> list[Cluster]:
    """Join boxes that touch, or nearly."""
    if not low.size:
        return []
    a, b = low, high
    low, high = a - 8 * (b - a), b + 8 * (b - a)
    meet = ((low[:, :, None] <= high[:, None, :]) & (low[:, None, :] <= high[:, :, None])).all(
        axis=0
    )
    count, label = connected_components(meet, directed=False)
    groups = [label == c for c in range(count)]
    return [Cluster(a[:, g].min(axis=1), b[:, g].max(axis=1), int(g.sum())) for g in groups]
