"""Schedules for the way back: the formula against dynamic programming, and real gradients."""

import heapq
import tracemalloc
from functools import cache
from itertools import combinations
from math import ceil

import numpy as np
import pytest

from mathcalc import autodiff
from mathcalc.checkpointing import (
    binomial_schedule,
    binomial_steps,
    longest,
    repetitions,
    segment_schedule,
    segments,
)
from mathcalc.reversal import Plan, reverse


@cache
def least(n, s):
    """The least number of advanced steps by dynamic programming: every place is tried.

    Advance to a place, keep it, reverse what is behind it with one snapshot less, then what is
    before it. Without a snapshot to spare only one step can be behind it.
    """
    if n == 1:
        return 0
    if s == 0:
        return float("inf")
    return min(a + least(n - a, s - 1) + least(a, s) for a in range(1, n))


def test_the_formula_is_what_dynamic_programming_finds():
    for n in range(1, 61):
        for s in range(1, 13):
            assert binomial_steps(n, s) == least(n, s), (n, s)


def moves(state, s):
    """What can be done at all, and what it costs: (cost, next state) for each possibility."""
    at, held, left = state
    yield from ((0, (place, held, left)) for place in held)
    yield from ((0, (at, held - {place}, left)) for place in held)
    if at is not None and len(held) < s:
        yield 0, (at, held | {at}, left)
    if at is not None and at < left - 1:
        yield 1, (at + 1, held, left)
    if at == left - 1:
        yield 0, (None, held, left - 1)


def searched(n, s):
    """The least number of advanced steps over all schedules whatever: a shortest way."""
    best, queue, count = {}, [(0, 0, (0, frozenset(), n))], 0
    while queue:
        cost, _, state = heapq.heappop(queue)
        if state[2] == 0:
            return cost
        if best.get(state, np.inf) <= cost:
            continue
        best[state] = cost
        for extra, after in moves(state, s):
            count += 1
            heapq.heappush(queue, (cost + extra, count, after))
    return np.inf


@pytest.mark.parametrize("s", [1, 2, 3])
def test_no_schedule_at_all_does_better(s):
    for n in range(1, 8):
        assert searched(n, s) == binomial_steps(n, s)


def test_the_schedules_do_it():
    for n in range(1, 61):
        for s in range(1, 13):
            plan = Plan(binomial_schedule(n, s))
            assert (plan.n, plan.advanced) == (n, least(n, s))
            assert plan.peak <= s + 1
            assert plan.peak == min(s, max(n - 1, 1)) + 1


@pytest.mark.parametrize(("s", "t"), [(5, 5), (1, 7), (7, 1), (3, 4)])
def test_how_long_a_chain_can_be(s, t):
    n = longest(s, t)
    assert repetitions(n, s) == t
    assert repetitions(n + 1, s) == t + 1
    times = np.zeros(n, int)
    for kind, i, *end in binomial_schedule(n, s):
        if kind == "advance":
            times[i : end[0]] += 1
    assert times.max() == t


def test_the_chapters_numbers():
    assert longest(5, 5) == 252
    assert binomial_steps(252, 5) == 5 * 252 - 210
    assert binomial_steps(100, 5) == 316


def test_equal_segments():
    for n in (4, 5, 7, 30, 100, 101):
        for k in range(1, n + 1):
            starts = segments(n, k)
            plan = Plan(segment_schedule(n, starts))
            assert plan.peak == k + ceil(n / k)
            assert plan.advanced == starts[-1]
            assert len(set(np.diff([*starts, n]).tolist())) <= 2
    peaks = {k: Plan(segment_schedule(100, segments(100, k))).peak for k in (1, 10, 100)}
    assert peaks == {1: 101, 10: 20, 100: 101}


def test_falling_segments_are_best_with_one_snapshot_each():
    """Snapshots are given up on the way back, so early segments may be longer: n <= M(M − 1)/2."""
    for n in range(2, 13):
        every = ((0, *rest) for k in range(n) for rest in combinations(range(1, n), k))
        best = min(Plan(segment_schedule(n, starts)).peak for starts in every)
        assert best == next(M for M in range(2, n + 2) if n <= M * (M - 1) // 2)
    starts, length = [0], 14
    while starts[-1] + length < 100:
        starts.append(starts[-1] + length)
        length -= 1
    assert Plan(segment_schedule(100, starts)).peak == 15


def step(x):
    return np.tanh(x * np.array([0.9, 1.2, -0.8])) + 0.1 * np.sum(x)


@pytest.mark.parametrize("n", [1, 2, 13, 40])
def test_it_is_the_gradient(n):
    def chain(x):
        for _ in range(n):
            x = step(x)
        return np.sum(x * np.array([1.0, -2.0, 0.5]))

    x, u = np.array([0.3, -0.2, 0.7]), np.array([1.0, -2.0, 0.5])
    expected = autodiff.grad(chain)(x)
    schedules = [binomial_schedule(n, s) for s in (1, 2, 3, 50)]
    schedules += [segment_schedule(n, segments(n, k)) for k in range(1, n + 1, 3)]
    for schedule in schedules:
        np.testing.assert_array_equal(reverse(step, x, u, schedule), expected)


def test_memory_is_what_was_promised():
    """A chain of states of 80 kB: 200 of them on the tape, or six snapshots and one step."""
    x, wide = np.full(10_000, 0.3), lambda x: x - 0.01 * x * x * x
    peaks = []
    for schedule in (segment_schedule(200, [0]), binomial_schedule(200, 6)):
        tracemalloc.start()
        reverse(wide, x, np.ones(10_000), schedule)
        peaks.append(tracemalloc.get_traced_memory()[1] / x.nbytes)
        tracemalloc.stop()
    assert peaks[0] > 200
    assert peaks[1] < 25


@pytest.mark.parametrize(
    "schedule",
    [
        [("record", 0, 2), ("back", 2, 0), ("advance", 0, 1)],
        [("advance", 0, 1), ("record", 1, 2), ("back", 2, 1), ("restore", 0)],
        [("store", 0), ("advance", 0, 1), ("record", 1, 2), ("back", 2, 1)],
        [("store", 1), ("record", 0, 1), ("back", 1, 0)],
        [("record", 0, 2), ("back", 2, 1)],
        [("jump", 0)],
    ],
)
def test_a_schedule_that_cannot_be_run_is_refused(schedule):
    with pytest.raises(ValueError, match=r"does not follow|stops before"):
        Plan(schedule)


def test_bad_numbers_are_refused():
    for n, s in ((0, 3), (3, 0)):
        with pytest.raises(ValueError, match="from 1 to"):
            binomial_steps(n, s)
        with pytest.raises(ValueError, match="from 1 to"):
            binomial_schedule(n, s)
    with pytest.raises(ValueError, match="give at most n"):
        segments(3, 4)
    for starts in ([], [1, 2], [0, 2, 2], [0, 9]):
        with pytest.raises(ValueError, match="rising"):
            segment_schedule(9, starts)
