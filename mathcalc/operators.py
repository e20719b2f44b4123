"""The operators and methods of traced values, from the table of primitives."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc.rules import UNTRACED, Primitive
from mathcalc.rules_arrays import MATMUL
from mathcalc.rules_entrywise import ENTRYWISE, UFUNCS
from mathcalc.traced import HOW, Traced, operand, plain

_OPERATORS = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "truediv": "divide",
    "pow": "power",
    "mod": "remainder",
}


def _binary(rule: Primitive) -> tuple[Callable, Callable]:
    def forwards(self: Traced, other: Any) -> Any:
        plainly = other.__class__ in UNTRACED
        return self.lift(rule, (self, other)) if plainly else rule(self, operand(other))

    def backwards(self: Traced, other: Any) -> Any:
        plainly = other.__class__ in UNTRACED
        return self.lift(rule, (other, self)) if plainly else rule(operand(other), self)

    return forwards, backwards


def _constant(ufunc: Callable) -> tuple[Callable, Callable]:
    """Return an operator whose result is constant wherever it has a derivative."""
    return (
        lambda self, other: ufunc(plain(self), plain(other)),
        lambda self, other: ufunc(plain(other), plain(self)),
    )


def _divmods() -> tuple[Callable, Callable]:
    return (
        lambda self, other: (self // other, self % other),
        lambda self, other: (other // self, other % self),
    )


for _name, _ufunc in _OPERATORS.items():
    for _prefix, _operator in zip(("__", "__r"), _binary(ENTRYWISE[_ufunc]), strict=True):
        setattr(Traced, f"{_prefix}{_name}__", _operator)
for _prefix, _operator in zip(("__", "__r"), _binary(MATMUL), strict=True):
    setattr(Traced, f"{_prefix}matmul__", _operator)
for _name, _ufunc in (("neg", "negative"), ("pos", "positive"), ("abs", "absolute")):
    setattr(Traced, f"__{_name}__", lambda self, _rule=ENTRYWISE[_ufunc]: _rule(self))
for _name, _test in (
    ("lt", "less"),
    ("le", "less_equal"),
    ("gt", "greater"),
    ("ge", "greater_equal"),
    ("eq", "equal"),
    ("ne", "not_equal"),
):
    setattr(Traced, f"__{_name}__", _constant(getattr(np, _test))[0])
Traced.__hash__ = object.__hash__  # type: ignore[method-assign]
for _prefix, _operator in zip(("__", "__r"), _constant(np.floor_divide), strict=True):
    setattr(Traced, f"{_prefix}floordiv__", _operator)
for _prefix, _operator in zip(("__", "__r"), _divmods(), strict=True):
    setattr(Traced, f"{_prefix}divmod__", _operator)
UFUNCS[np.matmul] = MATMUL


def _method(name: str) -> Callable:
    function = getattr(np, name)
    return lambda self, *args, **kwargs: function(self, *args, **kwargs)


def _reshape(self: Traced, *size: Any, **options: Any) -> Any:
    return np.reshape(self, size[0] if len(size) == 1 else size, **options)


def _transpose(self: Traced, *axes: Any) -> Any:
    return np.transpose(self, axes[0] if len(axes) == 1 else axes or None)


_METHODS = ("sum", "mean", "var", "std", "max", "min", "prod", "cumsum", "dot", "clip", "trace")
for _name in (*_METHODS, "ravel", "squeeze", "swapaxes", "diagonal", "take", "repeat"):
    setattr(Traced, _name, _method(_name))
Traced.reshape = _reshape  # type: ignore[attr-defined]
Traced.transpose = _transpose  # type: ignore[attr-defined]
Traced.copy = lambda self: self  # type: ignore[attr-defined]
Traced.flatten = _method("ravel")  # type: ignore[attr-defined]


def _refused(name: str) -> property:
    """Return an attribute of NumPy's arrays that says why there is none here."""

    def refuse(self: Traced) -> Any:
        raise AttributeError(f"{type(self).__name__}.{name} has no rule: {HOW}")

    return property(refuse)


for _name in dir(np.ndarray):  # a `__getattr__` would do, but make all other attributes slower
    if not _name.startswith("_") and not hasattr(Traced, _name):
        setattr(Traced, _name, _refused(_name))
