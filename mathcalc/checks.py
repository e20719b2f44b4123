"""What is given to a function, as what the function needs; or a refusal that names the argument."""

from collections.abc import Iterable
from typing import Any

import numpy as np


def refuse(bad: Any, sentence: str) -> None:
    """Raise a `ValueError` that says what is wrong."""
    if bad:
        raise ValueError(sentence)


def numbers(given: Any, name: str, *, finite: bool = False, also: str = "") -> np.ndarray:
    """Return an array of floats; with ``also="c"`` complex ones stay as they are.

    Raises
    ------
    ValueError
        If it holds anything but real numbers, or masked ones.
    """
    refuse(np.ma.is_masked(given), f"{name} has masked entries: fill them, or leave them out")
    try:
        array = np.asarray(given)
        real = array.dtype.kind in "biuf" + also or (array.dtype == object and _all_real(array))
        if not real:  # to write a type down takes longer than all the rest
            raise ValueError(f"{name}: give real numbers, not {array.dtype} entries")
        array = array if array.dtype.kind in also else _floats(array)
    except (TypeError, ValueError, OverflowError) as error:
        own = isinstance(error, ValueError) and str(error).startswith(name)
        raise ValueError(
            str(error) if own else f"{name}: give real numbers, in rows of equal length"
        ) from None
    refuse(finite and not np.isfinite(array).all(), f"{name} has an entry that is not finite")
    return array


def _all_real(array: np.ndarray) -> bool:
    return all(hasattr(type(entry), "__float__") for entry in array.flat)


def _floats(array: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.asarray(array, dtype=float)


def points(given: Any, name: str, rows: int, *, finite: bool = False) -> np.ndarray:
    """Return points of shape ``(rows, ...)``: coordinates first, batch axes after."""
    found = numbers(given, name, finite=finite)
    wrong = f"{name} has shape {found.shape}, but must have ({rows}, ...): coordinates first"
    refuse(found.ndim == 0 or len(found) != rows, wrong)
    return found


def number(given: Any, name: str, *, above: float = -np.inf) -> float:
    """Return one finite number above a bound."""
    found = numbers(given, name)
    wanted = {-np.inf: "one number", 0.0: "one positive number"}.get(above, f"one above {above:g}")
    fine = found.shape == () and np.isfinite(found) and found > above
    refuse(not fine, f"{name}={given!r:.60}: give {wanted}")
    return float(found)


def whole(given: Any, name: str, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    given = given[()] if isinstance(given, np.ndarray) and given.ndim == 0 else given
    fine = isinstance(given, int | np.integer) and least <= given <= most
    refuse(not fine, f"{name}={given!r:.60}: give a whole number from {least} to {most}")
    return int(given)


def text(given: Any, name: str, known: Iterable[str] | None = None) -> str:
    """Return a text; one of those that are known."""
    among = f": choose one of {', '.join(known)}" if known is not None else ": give a text"
    fine = isinstance(given, str) and (known is None or given in known)
    refuse(not fine, f"{name}={given!r:.60}{among}")
    return given


def function(given: Any, name: str) -> Any:
    """Return what can be called."""
    if not callable(given):
        raise TypeError(f"{name} is no function but {type(given).__name__}")
    return given


def listed(given: Any, name: str) -> tuple:
    """Return what is in a collection."""
    try:
        return tuple(given)
    except TypeError:
        raise ValueError(f"{name}: give a list, not {type(given).__name__}") from None


def names(given: Any, name: str = "variables") -> tuple[str, ...] | None:
    """Return names of variables, each once; None for none."""
    if given is None:
        return None
    found = listed(given, name)
    refuse(not found, f"{name}: there is none; give names, such as ['x', 'y']")
    fine = all(isinstance(v, str) and v.isidentifier() for v in found)
    refuse(not fine, f"{name}: each name must be a word, such as x or y_1")
    refuse(len(set(found)) < len(found), f"{name}: a name occurs twice")
    return found
