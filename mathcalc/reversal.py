"""Going back through a chain of steps by a schedule of `mathcalc.checkpointing`."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc import checks
from mathcalc.autodiff import vjp
from mathcalc.checkpointing import MOST, Schedule
from mathcalc.rules import shape
from mathcalc.traced import Traced


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
        schedule = _actions(schedule)
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
            raise ValueError(f"schedule: it stops before step {self.left} is reversed")

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
            raise ValueError(
                f"schedule: the action {kind, i, j} does not follow from those before it"
            )
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


ENDS = {"advance": 2, "record": 2, "back": 2}  # how many numbers; one for the others


def _actions(schedule: Any) -> Schedule:
    """Return a schedule of actions that have their form."""
    actions = [checks.listed(action, "schedule") for action in checks.listed(schedule, "schedule")]
    for action in actions:
        kind = action[0] if action and isinstance(action[0], str) else ""
        checks.refuse(
            len(action) != 1 + ENDS.get(kind, 1), f"schedule: {action!r:.60} is no action"
        )
        for step in action[1:]:
            checks.whole(step, "schedule: a step", 0, MOST)
    return actions


def _number_or_array(x: Any, name: str) -> Any:
    """Return what can be differentiated; a number stays one."""
    if isinstance(x, Traced):
        return x
    found = checks.numbers(x, name)
    return found if isinstance(x, np.ndarray) or found.shape else float(found)


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
    Plan(schedule)
    checks.function(step, "step")
    x, u = _number_or_array(x, "x"), _number_or_array(u, "u")
    snapshots: dict[int, Any] = {}
    last = x
    pulls: list[Callable] = []
    for kind, i, *end in schedule:
        if kind == "store":
            snapshots[i] = x
        elif kind == "free":
            del snapshots[i]
        elif kind == "restore":
            x = snapshots[i]
        elif kind == "back":
            checks.refuse(shape(u) != shape(last), f"u has shape {shape(u)}, not {shape(last)}")
            while pulls:
                (u,) = pulls.pop()(u)
        else:
            for _ in range(end[0] - i):
                x = last = _taped(step, x, pulls) if kind == "record" else step(x)
    return u


def _taped(step: Callable, x: Any, pulls: list[Callable]) -> Any:
    y, pull = vjp(step, x)
    pulls.append(pull)
    return y
