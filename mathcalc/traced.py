"""What forward and reverse mode share: a value that plain NumPy code can work on.

`Traced` makes NumPy hand its operators, its ufuncs and its functions over to the primitives.
Differentiations nest, so a traced value has a *level*: the number of the differentiation it
belongs to, the inner ones higher. A primitive is seen by the highest level among its operands,
and the others are constants to it. That is what keeps perturbations from being confused.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from mathcalc.rules import UNTRACED, Primitive
from mathcalc.rules_arrays import INDEX, MATMUL
from mathcalc.rules_entrywise import CONSTANT, ENTRYWISE, of_ufunc

NONE: dict[str, Any] = {}  # the options of most primitives: one for all of them

#: What NumPy's functions do with traced values: `mathcalc.overrides` fills all three.
FUNCTIONS: dict[Callable, Callable] = {}
REDUCTIONS: dict[str, Callable] = {}
PLAIN: set[Callable] = set()


def plain(x: Any) -> Any:
    """Return the value beneath all differentiations."""
    while isinstance(x, Traced):
        x = x.value
    return x


def _stripped(x: Any) -> Any:
    return type(x)(map(_stripped, x)) if isinstance(x, list | tuple) else plain(x)


class Traced:
    """A value that a differentiation follows.

    Attributes
    ----------
    value : array, number or Traced
        What the program would have had.
    level : int
        The differentiation it belongs to.
    """

    __slots__ = ()
    lift: Callable
    __array_priority__ = 1000.0
    value: Any
    level: int

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        return getattr(self.value, "shape", ())

    @property
    def ndim(self) -> int:
        """How many axes it has."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """How many entries it has."""
        return int(np.prod(self.shape))

    @property
    def dtype(self) -> np.dtype:
        """The type of the entries."""
        return np.asarray(plain(self)).dtype

    @property
    def T(self) -> Any:
        """The transpose."""
        return np.transpose(self)

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("len() of a number: it has no entries")
        return self.shape[0]

    def __getitem__(self, index: Any) -> Any:
        return INDEX(self, index=_stripped(index))

    def __iter__(self) -> Any:
        return (self[i] for i in range(len(self)))

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        name = ufunc.__name__
        if not options and method == "__call__" and name in ENTRYWISE:
            rule = ENTRYWISE[name]
            return self.lift(rule, inputs) if len(inputs) == 1 else rule(*inputs)
        return self._other_ufunc(ufunc, name, method, inputs, options)

    def _other_ufunc(self, ufunc: Any, name: str, method: str, inputs: tuple, options: dict) -> Any:
        if options.get("out") is not None:
            raise TypeError(f"np.{name}(…, out=…) would overwrite what the derivative needs")
        if method == "reduce" and name in REDUCTIONS:
            return REDUCTIONS[name](*inputs, **options)
        if method != "__call__" or options:
            raise TypeError(f"np.{name} with {method} and {sorted(options)} has no rule: {_HOW}")
        if name in CONSTANT:
            return ufunc(*map(plain, inputs))
        primitive = MATMUL if name == "matmul" else of_ufunc(ufunc)
        if primitive is None:
            raise TypeError(f"np.{name} has no rule: {_HOW}")
        return primitive(*inputs)

    def __array_function__(self, func: Callable, types: Any, args: Any, kwargs: Any) -> Any:
        if func in PLAIN:
            return func(*_stripped(args), **{k: _stripped(v) for k, v in kwargs.items()})
        if func not in FUNCTIONS:
            raise TypeError(f"np.{func.__name__} has no rule: {_HOW}")
        try:
            return FUNCTIONS[func](*args, **kwargs)
        except TypeError as error:
            option = re.search(r"unexpected keyword argument '(\w+)'", str(error))
            if option is None or option[1] not in kwargs:
                raise
            raise TypeError(f"np.{func.__name__}(…, {option[1]}=…) has no rule: {_HOW}") from None

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(
            "np.array and np.asarray would drop the derivative: join traced values with np.stack"
        )

    def __float__(self) -> float:
        raise TypeError("float() would drop the derivative: keep the value as it is")

    __int__ = __index__ = __float__

    def __bool__(self) -> bool:
        return bool(plain(self))

    def __setitem__(self, index: Any, value: Any) -> None:
        raise TypeError(
            "x[i] = … would overwrite what the derivative needs: build a new array with np.where, "
            "np.concatenate or np.stack"
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"


_HOW = "write it with functions that have one, or give a rule by autodiff.custom_vjp"
_OPERATORS = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "truediv": "divide",
    "pow": "power",
}


def _binary(rule: Primitive) -> tuple[Callable, Callable]:
    def forwards(self: Traced, other: Any) -> Any:
        plainly = other.__class__ in UNTRACED
        return self.lift(rule, (self, other)) if plainly else rule(self, other)

    def backwards(self: Traced, other: Any) -> Any:
        plainly = other.__class__ in UNTRACED
        return self.lift(rule, (other, self)) if plainly else rule(other, self)

    return forwards, backwards


def _compare(ufunc: Callable) -> Callable:
    return lambda self, other: ufunc(plain(self), plain(other))


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
):
    setattr(Traced, f"__{_name}__", _compare(getattr(np, _test)))


def _method(name: str) -> Callable:
    function = getattr(np, name)
    return lambda self, *args, **kwargs: function(self, *args, **kwargs)


def _reshape(self: Traced, *size: Any) -> Any:
    return np.reshape(self, size[0] if len(size) == 1 else size)


_METHODS = ("sum", "mean", "var", "std", "max", "min", "prod", "cumsum", "dot", "clip", "trace")
for _name in (*_METHODS, "ravel", "squeeze", "swapaxes", "diagonal"):
    setattr(Traced, _name, _method(_name))
Traced.reshape = _reshape  # type: ignore[attr-defined]
Traced.flatten = _method("ravel")  # type: ignore[attr-defined]
