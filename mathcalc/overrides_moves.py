"""NumPy's functions that put entries in other places, or leave some out."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from mathcalc.overrides import stands_for
from mathcalc.rules import shape
from mathcalc.traced import FUNCTIONS, HOW, Traced, operand

MOVES = (
    *(np.take, np.roll, np.repeat, np.tile, np.delete, np.rot90, np.fliplr, np.flipud),
    *(np.split, np.array_split, np.hsplit, np.vsplit),
)
PADDINGS = ("constant", "edge", "reflect", "symmetric", "wrap")


def _moved(move: Callable, x: Any, *args: Any, **options: Any) -> Any:
    """Move the numbers of the entries, and read the entries in that order."""
    others = (*args, *options.values())
    if not isinstance(x, Traced) or any(isinstance(other, Traced) for other in others):
        raise TypeError(f"np.{move.__name__} can follow its first argument alone")
    places, entries = move(np.arange(x.size).reshape(x.shape), *args, **options), np.ravel(x)
    return [entries[p] for p in places] if isinstance(places, list) else entries[places]


FUNCTIONS.update({move: partial(_moved, move) for move in MOVES})


@stands_for(np.pad)
def _pad(x: Any, pad_width: Any, mode: Any = "constant") -> Any:
    if mode not in PADDINGS:
        raise TypeError(f"np.pad with mode={mode!r} has no rule: {HOW}")
    numbers = np.pad(np.arange(1, x.size + 1).reshape(x.shape), pad_width, mode)  # 0 is without
    return np.concatenate([np.zeros(1, x.dtype), np.ravel(x)])[numbers]


def _half(half: Callable, x: Any, k: int = 0) -> Any:
    return np.where(half(np.ones(shape(x), bool), k), x, 0.0)


@stands_for(np.tril)
def _tril(x: Any, k: int = 0) -> Any:
    return _half(np.tril, x, k)


@stands_for(np.triu)
def _triu(x: Any, k: int = 0) -> Any:
    return _half(np.triu, x, k)


@stands_for(np.diff)
def _diff(x: Any, n: int = 1, axis: int = -1) -> Any:
    np.diff(np.ones((1,) * len(shape(x))), n, axis)  # NumPy knows when there is none
    before = (slice(None),) * (axis % len(shape(x)))
    for _ in range(n):
        x = x[(*before, slice(1, None))] - x[(*before, slice(None, -1))]
    return x


@stands_for(np.append)
def _append(x: Any, values: Any, axis: int | None = None) -> Any:
    return np.concatenate([operand(x), operand(values)], axis=axis)


@stands_for(np.column_stack)
def _column_stack(xs: Any) -> Any:
    columns = [x[:, None] if len(shape(x)) == 1 else x for x in map(operand, xs)]
    return np.concatenate(columns, axis=1)


@stands_for(np.copy)
def _copy(x: Any) -> Any:
    return x  # it cannot be written into
