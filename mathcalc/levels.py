"""The levels of the differentiations under way: each that begins is within all others."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_levels: list[int] = [0]  # of all threads: a value may be handed from one to another
_changing = threading.Lock()


@contextmanager
def unsearched() -> Iterator[None]:
    """Keep Python from searching for cyclic garbage meanwhile.

    It would go through the growing tape again and again, which takes as long as recording it, and
    finds nothing there.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


@contextmanager
def deeper() -> Iterator[int]:
    """Open a differentiation within those under way."""
    with _changing:
        level = max(_levels) + 1
        _levels.append(level)
    try:
        with unsearched():
            yield level
    finally:
        with _changing:
            _levels.remove(level)
