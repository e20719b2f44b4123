"""What forward and reverse mode share: a value that plain NumPy code can work on.

`Traced` makes NumPy hand its ufuncs and its functions over to the primitives; the operators and
methods are in `mathcalc.operators`.
Differentiations nest, so a traced value has a *level*: the number of the differentiation it
belongs to, the inner ones higher. A primitive is seen by the highest level among its operands,
and the others are constants to it. That is what keeps perturbations from being confused.
"""

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from itertools import takewhile
from typing import Any

import numpy as np

from mathcalc.rules import UNTRACED, plain
from mathcalc.rules_arrays import INDEX
from mathcalc.rules_entrywise import CONSTANT, UFUNCS, of_ufunc

NONE: dict[str, Any] = {}  # the options of most primitives: one for all of them

#: What NumPy's functions do with traced values: `mathcalc.overrides` fills all three.
FUNCTIONS: dict[Callable, Callable] = {}
REDUCTIONS: dict[str, Callable] = {}
PLAIN: set[Callable] = set()


def ordinary(x: Any, name: str) -> Any:
    """Refuse an array whose operators do something else."""
    if isinstance(x, np.ma.MaskedArray | np.matrix):
        kind = type(x).__name__
        raise TypeError(f"{name}: {kind} has a meaning of its own for operators: give an array")
    return x


def operand(x: Any) -> Any:
    """Return an operand as NumPy would take it: a traced value, a number, an array of numbers."""
    if isinstance(x, Traced) or x.__class__ in UNTRACED:
        return x
    array = np.asarray(ordinary(x, "operand"))
    if array.dtype == object and hasattr(x, "__float__"):
        return float(x)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{type(x).__name__} is no operand: give real numbers, or arrays of them")
    return array


def _stripped(x: Any) -> Any:
    return type(x)(map(_stripped, x)) if isinstance(x, list | tuple) else plain(x)


@cache
def _spelling(func: Callable) -> tuple[int, Mapping]:
    """Return how many arguments stand in NumPy's order in the stand-in, and NumPy's parameters."""
    try:
        theirs = inspect.signature(func).parameters
    except ValueError:  # older versions of NumPy do not say how their functions in C are called
        return sys.maxsize, {}
    ours = inspect.signature(FUNCTIONS[func]).parameters
    if next(iter(theirs.values())).kind is inspect.Parameter.VAR_POSITIONAL:
        return sys.maxsize, theirs
    pairs = list(zip(theirs, ours, strict=False))[1:]  # the first has several names
    return 1 + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)), theirs


def _asked(func: Callable, stand_in: Callable, args: Any, options: dict, parameters: Any) -> Any:
    """Ask the stand-in; pass over what NumPy would do anyway, and name what has no rule."""
    try:
        return stand_in(*args, **options)
    except TypeError as error:
        found = re.search(r"unexpected keyword argument '(\w+)'", str(error))
        name = found[1] if found else ""
        if name not in options:
            raise
        if options[name] is not getattr(parameters.get(name), "default", error):
            raise TypeError(f"np.{func.__name__}(…, {name}=…) has no rule: {HOW}") from None
    others = {key: value for key, value in options.items() if key != name}  # as if not given
    return _asked(func, stand_in, args, others, parameters)


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
        rule = UFUNCS.get(ufunc)
        if rule is None or options or method != "__call__":
            return self._other_ufunc(ufunc, method, inputs, options)
        return self.lift(rule, inputs) if len(inputs) == 1 else rule(*map(operand, inputs))

    def _other_ufunc(self, ufunc: Any, method: str, inputs: tuple, options: dict) -> Any:
        name = ufunc.__name__
        if options.get("out") is not None:
            raise TypeError(f"np.{name}(…, out=…) would overwrite what the derivative needs")
        if method == "reduce" and name in REDUCTIONS:
            return _asked(ufunc, REDUCTIONS[name], inputs, options, {})
        if method != "__call__" or options:
            raise TypeError(f"np.{name} with {method} and {sorted(options)} has no rule: {HOW}")
        if name in CONSTANT:
            return ufunc(*map(plain, inputs))
        primitive = of_ufunc(ufunc)
        if primitive is None:
            raise TypeError(f"np.{name} has no rule: {HOW}")
        return primitive(*map(operand, inputs))

    def __array_function__(self, func: Callable, types: Any, args: Any, kwargs: Any) -> Any:
        if func in PLAIN:
            return func(*_stripped(args), **{k: _stripped(v) for k, v in kwargs.items()})
        if func not in FUNCTIONS:
            raise TypeError(f"np.{func.__name__} has no rule: {HOW}")
        alike, parameters = _spelling(func)
        if len(args) > alike:
            kwargs = {**dict(zip(list(parameters)[alike:], args[alike:], strict=False)), **kwargs}
            args = args[:alike]
        return _asked(func, FUNCTIONS[func], args, kwargs, parameters)

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(
            "np.array and np.asarray would drop the derivative: join traced values with np.stack; "
            "a function that calls them (SciPy's logsumexp does) has no rule: "
            "np.logaddexp.reduce is that one"
        )

    def __float__(self) -> float:
        raise TypeError(
            "float(), int() and the functions of math would drop the derivative: "
            "keep the value as it is, and use NumPy's functions"
        )

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


HOW = "write it with functions that have one, or give a rule by autodiff.custom_vjp"
