"""Numbers from a cell to a sentence: what the prose says is what the code found."""

from typing import Any

import numpy as np

RECORD = "application/papermill.record/"


def glue(**values: Any) -> None:
    """Give names to numbers or words, so that the text can quote them.

    In the built book ``{glue:text}`` followed by a name, or a name and a format such as
    ``name:.3f``, in backticks stands for the value. Elsewhere this does nothing visible.

    Parameters
    ----------
    **values
        Numbers (also those of NumPy and JAX, without a shape) or strings, by name.

    Raises
    ------
    TypeError
        If a value is neither.
    """
    from IPython.display import display

    for name, value in values.items():
        note = {"scrapbook": {"name": name, "mime_prefix": RECORD}}
        display({f"{RECORD}text/plain": repr(_plain(name, value))}, metadata=note, raw=True)


def scientific(value: float, digits: int = 1) -> str:
    """Write a number as one does by hand, with a power of ten: 3·10⁻⁹.

    Parameters
    ----------
    value : float
        Any finite number.
    digits : int
        How many significant digits.
    """
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}·10{raised}".replace("-", "−")


def _plain(name: str, value: Any) -> int | float | str:
    if isinstance(value, str):
        return value
    number = np.asarray(value)
    if number.shape != () or number.dtype.kind not in "iuf":
        raise TypeError(f"{name} is no single real number: glue {name}=float(...)")
    return number.item()
