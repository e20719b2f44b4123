"""Going back through a chain of steps by a schedule of `mathcalc.checkpointing`."""

from collections.abc import Callable
from typing import Any

from mathcalc.autodiff import vjp
from mathcalc.checkpointing import Schedule


class Plan:
    """A schedule that has been gone through: that it does what it should, and what it costs.

    Attributes
    ----------
    n : int
        How many steps it reverses.
    advanced : int
        How many steps it runs without recording them.
    peak : int
        The most values in memory: snapshots, and one for each recorded step.

    Raises
    ------
    ValueError
        If an action does not follow from those before it, or the chain is not reversed.
    """

    def __init__(self, schedule: Schedule) -> None:
        self.n = max((action[2] for action in schedule if action[0] == "record"), default=0)
        self.advanced, self.peak = 0, 0
        self.at: int | None = 0
        self.held: set[int] = set()
        self.taped: list[int] = []
        self.left = self.n
        for action in schedule:
            self._act(*action)
            self.peak = max(self.peak, len(self.held) + len(self.taped))
        if self.left or self.taped:
            raise ValueError(f"the schedule stops before step {self.left} is reversed")

    def _act(self, kind: str, i: int, j: int = 0) -> None:
        possible = {
            "store": i == self.at,
            "advance": i == self.at and i < j,
            "record": i == self.at and i < j,
            "restore": i in self.held,
            "free": i in self.held,
            "back": i == self.left and self.taped == list(range(j, i)),
        }
        if not possible.get(kind, False):
            raise ValueError(f"the action {(kind, i, j)} does not follow from those before it")
        getattr(self, f"_{kind}")(i, j)

    def _store(self, i: int, _: int) -> None:
        self.held.add(i)

    def _free(self, i: int, _: int) -> None:
        self.held.remove(i)

    def _restore(self, i: int, _: int) -> None:
        self.at = i

    def _advance(self, i: int, j: int) -> None:
        self.advanced, self.at = self.advanced + j - i, j

    def _record(self, i: int, j: int) -> None:
        self.taped, self.at = list(range(i, j)), j

    def _back(self, i: int, j: int) -> None:
        self.taped, self.left, self.at = [], j, None


def reverse(step: Callable, x: Any, u: Any, schedule: Schedule) -> Any:
    """Return the adjoint of ``x`` after the steps of a schedule, from that of the last state.

    Parameters
    ----------
    step : callable
        ``step(x)`` is the next state: an array or a number, written in plain NumPy.
    x, u : array_like
        The first state, and the adjoint of the last.
    schedule : list of tuple
        As `binomial_schedule` and `segment_schedule` return it.

    Examples
    --------
    >>> from mathcalc.checkpointing import binomial_schedule
    >>> reverse(lambda x: x * x, 1.5, 1.0, binomial_schedule(3, 2)) == 8 * 1.5**7
    True
    """
    snapshots: dict[int, Any] = {}
    pulls: list[Callable] = []
    for kind, i, *end in schedule:
        if kind == "store":
            snapshots[i] = x
        elif kind == "free":
            del snapshots[i]
        elif kind == "restore":
            x = snapshots[i]
        elif kind == "back":
            while pulls:
                (u,) = pulls.pop()(u)
        else:
            for _ in range(end[0] - i):
                x = _taped(step, x, pulls) if kind == "record" else step(x)
    return u


def _taped(step: Callable, x: Any, pulls: list[Callable]) -> Any:
    y, pull = vjp(step, x)
    pulls.append(pull)
    return y
