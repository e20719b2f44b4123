"""Richardson's extrapolation of difference quotients, ``(rungs, rows, *shape of f(x))``."""

from collections.abc import Callable
from functools import cache

import numpy as np

from mathcalc.checks import refuse

LONGEST = 59 / 1024  # has few bits, and is no power of two, of which waves are made
HALVINGS = 2.0 ** -np.arange(6)  # the rungs of the short ladder
LONG = 4 * LONGEST * 4.0 ** -np.arange(18)
ROUNDED = 20  # times what rounding does at the longest step: more rungs would not help
MANY = 50  # rows: from here on a rung costs more than a round


@cache
def richardson(rungs: int, ratio: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return Richardson's table for any quotients of error ``O(h²)``, since it is linear in them.

    Returns
    -------
    entries, shape (m, rungs)
        The weights of each entry above the first order.
    apart, shape (2 m, rungs)
        The weights of its distances to the two entries that it is made from: all of the later
        ones, then all of the earlier ones.
    narrowest, shape (m,)
        The rung of the smallest step in it, whose rounding is the largest.
    """
    column, table = np.eye(rungs), []
    narrowest: list[int] = []
    for order in range(1, rungs):
        factor = ratio ** (2 * order)
        better = (factor * column[1:] - column[:-1]) / (factor - 1)
        table.append([better, better - column[1:], better - column[:-1]])
        narrowest += range(order, rungs)
        column = better
    entries, later, earlier = map(np.concatenate, zip(*table, strict=True))
    return entries, np.concatenate([later, earlier]), np.array(narrowest)


def extrapolate(
    quotients: np.ndarray, noise: np.ndarray, ratio: float
) -> tuple[np.ndarray, np.ndarray]:
    """Richardson's table of central quotients; the entry with the least estimated error.

    The estimate is Ridders' (the distance to the two entries it was made from) and what rounding
    contributes. Source: Ridders (1982), Advances in Engineering Software 4(2), 75-76 (unchecked).
    """
    entries, apart, narrowest = richardson(len(quotients), ratio)
    flat = quotients.reshape(len(quotients), -1)
    missing = ~np.isfinite(flat)
    if missing.any():
        flat = np.where(missing, 0.0, flat)
    values = entries @ flat
    estimate = np.abs(apart @ flat).reshape(2, *values.shape).max(axis=0)
    estimate += noise.reshape(flat.shape)[narrowest]
    if missing.any():
        estimate[((entries != 0) @ missing) | ~np.isfinite(estimate)] = np.inf
    chosen = estimate.argmin(axis=0), np.arange(flat.shape[1])
    shape = quotients.shape[1:]
    return values[chosen].reshape(shape), estimate[chosen].reshape(shape)


def refine(
    rule: Callable[..., tuple[np.ndarray, np.ndarray]], rows: int, longest: float, good: float
) -> tuple[np.ndarray, np.ndarray]:
    """Extrapolate over as many rungs as a row needs: a few, one by one more, then a long ladder.

    Parameters
    ----------
    rule : callable
        ``rule(chosen rows, steps) -> (quotients, noise)``.
    rows : int
        How many rows there are.
    longest : float
        The step to begin with.
    good : float
        The estimated relative error with which a row is done.
    """
    few, steps = 3 if rows > MANY else 4, longest * HALVINGS
    chosen = np.arange(rows)
    quotients, noise = rule(chosen, steps[:few])
    value, error = extrapolate(quotients, noise, ratio=2.0)
    floor = ROUNDED * noise[0]
    for step in steps[few:, None]:
        unsure = _unsure(value, error, chosen, good, floor)
        chosen = chosen[unsure]
        if chosen.size == 0:
            return value, error
        quotient, its_noise = rule(chosen, step)
        quotients = np.concatenate([quotients[:, unsure], quotient])
        noise = np.concatenate([noise[:, unsure], its_noise])
        _improve(value, error, chosen, extrapolate(quotients, noise, ratio=2.0))
    chosen = chosen[_unsure(value, error, chosen, good, floor)]
    if chosen.size:
        _improve(value, error, chosen, extrapolate(*rule(chosen, LONG), ratio=4.0))
    refuse(not np.isfinite(error).all(), "f is not finite around x: no difference can be formed")
    return value, error


def _unsure(
    value: np.ndarray, error: np.ndarray, rows: np.ndarray, good: float, floor: np.ndarray
) -> np.ndarray:
    """Say for which of the rows an entry may be wrong by more than is good, or than rounding is."""
    size = np.abs(value)
    largest = size.max(initial=0, where=np.isfinite(size))
    bound = np.maximum(good * np.maximum(size[rows], 0.1 * largest), floor[rows])
    sure = np.isfinite(size[rows] + error[rows]) & (error[rows] <= bound)
    return ~sure.all(axis=tuple(range(1, sure.ndim)))


def _improve(
    value: np.ndarray,
    error: np.ndarray,
    chosen: np.ndarray,
    found: tuple[np.ndarray, np.ndarray],
) -> None:
    """Write what was found for the chosen rows where its estimated error is smaller."""
    closer = found[1] < error[chosen]
    value[chosen] = np.where(closer, found[0], value[chosen])
    error[chosen] = np.where(closer, found[1], error[chosen])
