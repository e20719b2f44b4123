"""Memory against recomputation on a chain of steps: the figure, its twin, and its reference."""

from itertools import pairwise
from math import ceil
from typing import Any

import traitlets
from traitlets import Enum, Int, List, TraitError

from mathcalc import palette
from mathcalc.checkpointing import (
    Schedule,
    binomial_schedule,
    binomial_steps,
    longest,
    repetitions,
    segment_schedule,
    segments,
)
from mathcalc.explorables.base import Explorable, module_text
from mathcalc.reversal import Plan

INKS = {"advance": ("quiet", 1.0), "record": ("tangent", 2.4), "back": ("adjoint", 2.4)}


class CheckpointPlanner(Explorable):
    """Snapshots on a chain of n steps, and what reverse mode does with them from moment to moment.

    Parameters
    ----------
    n : int
        The steps of the chain, from 4 to 400.
    k : int
        The number of equal segments.
    plan : {"equal", "own", "binomial"}
        Equal segments, segments that begin at ``own``, or the binomial schedule with
        ``budget - 1`` snapshots.
    own : sequence of int
        Where the segments after the first begin, rising.
    budget : int
        How many values may be in memory, from 2 to 60.
    tick : int
        The moment that is shown, counted in steps run, recorded or gone back.

    Raises
    ------
    traitlets.TraitError
        If a number is out of its range, or ``own`` does not rise.
    """

    name = "checkpointing"
    state_keys = ("n", "plan", "k", "own", "budget", "tick")
    _esm = module_text("checkpoint_planner.mjs")

    n = Int(100, min=4, max=400).tag(sync=True)
    plan = Enum(("equal", "own", "binomial"), "equal").tag(sync=True)
    k = Int(10, min=1, max=400).tag(sync=True)
    own = List(Int()).tag(sync=True)
    budget = Int(15, min=2, max=60).tag(sync=True)
    tick = Int(125, min=0).tag(sync=True)

    def __init__(
        self,
        n: int = 100,
        k: int = 10,
        plan: str = "equal",
        own: Any = (),
        budget: int = 15,
        tick: int = 125,
    ):
        super().__init__(n=n, k=k, plan=plan, own=list(own), budget=budget, tick=tick)

    @traitlets.validate("own")
    def _rising(self, proposal: dict[str, Any]) -> list[int]:
        starts = [0, *proposal["value"]]
        if any(a >= b for a, b in pairwise(starts)):
            raise TraitError(f"own={proposal['value']}: give rising numbers from 1 on")
        return proposal["value"]

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        now = reference(self.state())
        plan = {"equal": f"{now['equal']['k']} equal segments", "own": "snapshots of one's own"}
        name = plan.get(self.plan, f"a binomial schedule with {now['binomial']['s']} snapshots")
        return (
            f"Place on a chain of {self.n} steps against time, under {name}: forward runs, "
            f"recorded runs and the way back, with the lives of the snapshots. Beside it the "
            f"values in memory, {now['peak']} at the peak. {now['advanced']} steps are run again."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "Memory against recomputation. Time runs downwards: the program goes right, reverse "
            "mode goes left. Drag the snapshots along the chain and keep the memory under the "
            "budget."
        )

    def twin(self) -> Any:
        """Draw place and memory against time: a Matplotlib figure."""
        return _draw(self.state())


def starts_of(state: dict[str, Any]) -> list[int]:
    """Return where the segments of a plan begin; what does not fit the chain is left out."""
    if state["plan"] != "own":
        return segments(state["n"], min(state["k"], state["n"]))
    return [0, *(start for start in state["own"] if start < state["n"])]


def schedule_of(state: dict[str, Any]) -> Schedule:
    """Return the schedule of a state."""
    if state["plan"] == "binomial":
        return binomial_schedule(state["n"], state["budget"] - 1)
    return segment_schedule(state["n"], starts_of(state))


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the figure shows, by carrying the schedule out.

    Parameters
    ----------
    state : dict
        As `CheckpointPlanner.state` returns it.

    Returns
    -------
    dict
        ``peak`` and ``advanced`` of the plan, ``ticks`` (its duration), ``fits`` (the budget),
        and for comparison ``everything``, ``equal`` and ``binomial``.
    """
    n, s, k = state["n"], state["budget"] - 1, min(state["k"], state["n"])
    plan = Plan(schedule_of(state))
    t = repetitions(n, s)
    return {
        "peak": plan.peak,
        "advanced": plan.advanced,
        "ticks": plan.advanced + 2 * n,
        "fits": plan.peak <= state["budget"],
        "everything": {"peak": n + 1, "advanced": 0},
        "equal": {"k": k, "peak": k + ceil(n / k), "advanced": segments(n, k)[-1]},
        "binomial": {"s": s, "t": t, "advanced": binomial_steps(n, s), "longest": longest(s, t)},
    }


def _draw(state: dict[str, Any]) -> Any:
    import matplotlib.pyplot as plt

    fig, (left, right) = plt.subplots(
        1, 2, figsize=(6.4, 4.2), sharey=True, width_ratios=(3, 1), layout="constrained"
    )
    actions = list(schedule_of(state))
    time = _draw_ways(left, actions)
    held, times = _memory(actions)
    right.fill_betweenx(times, held, color=palette.colour("path"), alpha=0.35)
    right.axvline(state["budget"], color=palette.colour("ink"), linestyle="--")
    left.set(xlabel="place on the chain", ylabel="time", ylim=(time, 0))
    right.set(xlabel="values in memory", xlim=(0, None))
    return fig


def _draw_ways(ax: Any, actions: Any) -> int:
    """Draw what is run, and how long each snapshot is kept; return when all is done."""
    time, births = 0, {}
    for kind, *ends in actions:
        i, j = ends[0], ends[-1]
        if kind in INKS:
            ink, width = INKS[kind]
            line = {"color": palette.colour(ink), "linewidth": width, "solid_capstyle": "butt"}
            ax.plot([i, j], [time, time + abs(j - i)], **line)
        if kind == "store":
            births[i] = time
        if kind == "free":
            ax.plot([i, i], [births[i], time], color=palette.colour("point"), linewidth=1.2)
        time += abs(j - i)
    return time


def _memory(actions: Any) -> tuple[list[int], list[int]]:
    """Return how many values are held after each action, and when."""
    held, times = [0], [0]
    for kind, *ends in actions:
        i, j = ends[0], ends[-1]
        change = {"store": 1, "free": -1, "record": j - i, "back": j - i}.get(kind, 0)
        held.append(held[-1] + change)
        times.append(times[-1] + abs(j - i))
    return held, times
