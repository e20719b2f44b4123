"""Reversing a chain of steps in little memory: schedules, and what they cost.

A chain takes a state through n steps, ``x[0] → x[1] → … → x[n]``. The way back needs each step
*recorded* (run with its tape). A schedule says which states are kept as snapshots meanwhile, and
which steps are run again; `mathcalc.reversal` carries it out. It is a list of actions:

===================  ====================================================================
``("store", i)``     keep the state ``x[i]``, which is at hand, as a snapshot
``("advance", i, j)``  run the steps from ``x[i]``, at hand, to ``x[j]``, without recording
``("record", i, j)``   the same with recording
``("back", j, i)``     go back through the recorded steps, and forget their records
``("restore", i)``   take up the snapshot of ``x[i]`` again
``("free", i)``      forget it
===================  ====================================================================

Binomial schedules, and the count of their steps, are those of Griewank and Walther (2000), whose
conventions are kept: ``s`` counts the snapshots, that of ``x[0]`` among them; only one step is
recorded at a time; and the n recorded runs of the steps are not counted, as no schedule can do
without them.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import comb

Schedule = list[tuple]


def longest(s: int, t: int) -> int:
    """Return how long a chain can be, with s snapshots and each step advanced at most t times.

    Examples
    --------
    >>> longest(5, 5)
    252
    """
    return comb(s + t, s)


def repetitions(n: int, s: int) -> int:
    """Return t, how often a step of a chain of n has to be advanced at most, with s snapshots."""
    _whole(n=n, s=s)
    t = 0
    while longest(s, t) < n:
        t += 1
    return t


def binomial_steps(n: int, s: int) -> int:
    """Return the least number of advanced steps that reverse a chain of n with s snapshots.

    It is ``t n - C(s + t, t - 1)`` where ``C(s + t - 1, s) < n <= C(s + t, s)``: the number that
    the function ``numforw`` of their Algorithm 799 returns.

    Parameters
    ----------
    n : int
        The number of steps, at least 1.
    s : int
        The number of snapshots, that of the first state among them, at least 1.

    Raises
    ------
    ValueError
        If one of them is less than 1.

    Examples
    --------
    >>> binomial_steps(100, 5)
    316
    >>> binomial_steps(100, 1)  # from the beginning each time
    4950
    """
    t = repetitions(n, s)
    return t * n - (comb(s + t, t - 1) if t else 0)


def binomial_schedule(n: int, s: int) -> Schedule:
    """Return a schedule that reverses a chain of n steps with s snapshots, and advances least.

    Examples
    --------
    >>> binomial_schedule(2, 1)
    [('store', 0), ('advance', 0, 1), ('record', 1, 2), ('back', 2, 1), ('restore', 0), \
('record', 0, 1), ('back', 1, 0), ('free', 0)]
    """
    _whole(n=n, s=s)
    return [("store", 0), *_reversed(0, n, s), ("free", 0)]


def _reversed(start: int, n: int, s: int) -> Schedule:
    """Reverse n steps from a state that is at hand and, if there are several, a snapshot."""
    actions: Schedule = []
    while n > 1:
        ahead = _split(n, s)
        middle = start + ahead
        actions.append(("advance", start, middle))
        rest = _reversed(middle, n - ahead, s - 1)
        actions += [("store", middle), *rest, ("free", middle)] if n - ahead > 1 else rest
        actions.append(("restore", start))
        n = ahead
    return [*actions, ("record", start, start + 1), ("back", start + 1, start)]


def _split(n: int, s: int) -> int:
    """Return how far to advance before the next snapshot: the nearest of the best places."""
    t = repetitions(n, s)
    return max(longest(s, t - 2) if t > 1 else 1, n - longest(s - 1, t))


def segments(n: int, k: int) -> list[int]:
    """Return where k segments of a chain of n steps begin, as equal as may be, the longer last.

    Examples
    --------
    >>> segments(10, 4)
    [0, 2, 5, 7]
    """
    _whole(n=n, k=k)
    if k > n:
        raise ValueError(f"k={k} segments of {n} steps: give at most {n}")
    return [j * n // k for j in range(k)]


def segment_schedule(n: int, starts: Sequence[int]) -> Schedule:
    """Return the schedule with one snapshot a segment, each segment recorded as a whole.

    Parameters
    ----------
    n : int
        The number of steps.
    starts : sequence of int
        Where the segments begin: 0, and then rising.

    Raises
    ------
    ValueError
        If they do not begin with 0, do not rise, or pass the end.
    """
    ends = [*starts, n]
    if not starts or starts[0] != 0 or any(a >= b for a, b in pairwise(ends)):
        raise ValueError(f"starts={list(starts)}: give 0 and then rising numbers below n={n}")
    actions: Schedule = [("store", 0)]
    for a, b in pairwise(starts):
        actions += [("advance", a, b), ("store", b)]
    for a, b in reversed(list(pairwise(ends))):
        again = [("restore", a)] if b < n else []
        actions += [*again, ("record", a, b), ("back", b, a), ("free", a)]
    return actions


def _whole(**numbers: int) -> None:
    for name, value in numbers.items():
        if value < 1:
            raise ValueError(f"{name}={value}: give a whole number from 1 on")
