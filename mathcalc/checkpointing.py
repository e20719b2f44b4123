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

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import comb

from mathcalc import checks

Schedule = list[tuple]
MOST = 10**5  # steps, or snapshots


def longest(s: int, t: int) -> int:
    """Return how long a chain can be, with s snapshots and each step advanced at most t times.

    Examples
    --------
    >>> longest(5, 5)
    252
    """
    s, t = checks.whole(s, "s", 0, MOST), checks.whole(t, "t", 0, MOST)
    return comb(s + t, s)


def repetitions(n: int, s: int) -> int:
    """Return t, how often a step of a chain of n has to be advanced at most, with s snapshots."""
    n, s = checks.whole(n, "n", 1, MOST), checks.whole(s, "s", 1, MOST)
    high = 1
    while comb(s + high, s) < n:
        high *= 2
    return bisect_left(range(high), n, key=lambda t: comb(s + t, s))


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
    n, s = checks.whole(n, "n", 1, MOST), checks.whole(s, "s", 1, MOST)
    return [("store", 0), *_reversed(n, s), ("free", 0)]


def _reversed(n: int, s: int) -> Schedule:
    """Reverse n steps from the first state, which is at hand and, if there are several, kept."""
    actions: Schedule = []
    waiting: list[tuple] = [("reverse", 0, n, s)]
    while waiting:
        action, start, *rest = waiting.pop()
        if action == "reverse":
            waiting += reversed(_parts(start, *rest))
        else:
            actions.append((action, start, *rest))
    return actions


def _parts(start: int, n: int, s: int) -> list[tuple]:
    """Return the actions that reverse n steps, and the shorter chains among them."""
    if n == 1:
        return [("record", start, start + 1), ("back", start + 1, start)]
    ahead = _split(n, s)
    middle = start + ahead
    rest: list[tuple] = [("reverse", middle, n - ahead, s - 1)]
    if n - ahead > 1:
        rest = [("store", middle), *rest, ("free", middle)]
    again = [("restore", start), ("reverse", start, ahead, s)]
    return [("advance", start, middle), *rest, *again]


def _split(n: int, s: int) -> int:
    """Return how far to advance before the next snapshot: the nearest of the best places."""
    t = repetitions(n, s)
    return max(comb(s + t - 2, s) if t > 1 else 1, n - comb(s - 1 + t, t))


def segments(n: int, k: int) -> list[int]:
    """Return where k segments of a chain of n steps begin, as equal as may be, the longer last.

    Examples
    --------
    >>> segments(10, 4)
    [0, 2, 5, 7]
    """
    n = checks.whole(n, "n", 1, MOST)
    k = checks.whole(k, "k", 1, MOST)
    checks.refuse(k > n, f"k={k} segments of n={n} steps: give at most n")
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
    n = checks.whole(n, "n", 1, MOST)
    given = enumerate(checks.listed(starts, "starts"))
    starts = [checks.whole(a, f"starts[{i}]", 0, MOST) for i, a in given]
    ends = [*starts, n]
    if not starts or starts[0] != 0 or any(a >= b for a, b in pairwise(ends)):
        raise ValueError(f"starts={starts!r:.60}: give 0 and then rising numbers below n={n}")
    actions: Schedule = [("store", 0)]
    for a, b in pairwise(starts):
        actions += [("advance", a, b), ("store", b)]
    for a, b in reversed(list(pairwise(ends))):
        again = [("restore", a)] if b < n else []
        actions += [*again, ("record", a, b), ("back", b, a), ("free", a)]
    return actions
