"""NumPy's sums of products on traced values, from any subscripts to those that `EINSUM` knows.

Its rule knows one letter for each axis, each once in an operand and of one size everywhere. The
rest is said with other functions: an ellipsis with letters, a letter that is repeated with the
diagonal, and an axis of one entry that stands for many without that axis.
"""

from collections.abc import Sequence
from string import ascii_letters
from typing import Any

import numpy as np

from mathcalc.overrides import stands_for
from mathcalc.rules import shape
from mathcalc.rules_arrays import EINSUM
from mathcalc.traced import operand


@stands_for(np.einsum)
def _einsum(subscripts: str, *xs: Any, optimize: Any = False) -> Any:
    if not isinstance(subscripts, str):
        raise TypeError("np.einsum: give the subscripts as text, such as 'ij,j->i'")
    xs = tuple(map(operand, xs))
    np.einsum(subscripts, *(np.ones((1,) * len(shape(x))) for x in xs))  # NumPy knows its grammar
    return _summed(_spelled(subscripts.replace(" ", ""), [len(shape(x)) for x in xs]), xs)


def _spelled(rule: str, ranks: Sequence[int]) -> str:
    """Return the rule with its result, and with letters for the axes of an ellipsis."""
    inputs, _, result = rule.partition("->")
    if "->" not in rule:
        once = sorted(x for x in set(rule) - set(".,") if rule.count(x) == 1)
        result = "..." * ("." in rule) + "".join(once)
    terms = inputs.split(",")
    hidden = [n - len(t.replace("...", "")) for t, n in zip(terms, ranks, strict=True)]
    letters = "".join(x for x in ascii_letters if x not in rule)[: max(hidden)]
    spelled = [
        t.replace("...", letters[max(hidden) - n :]) for t, n in zip(terms, hidden, strict=True)
    ]
    return f"{','.join(spelled)}->{result.replace('...', letters)}"


def _summed(rule: str, xs: Sequence) -> Any:
    """Sum the products, for subscripts without an ellipsis."""
    inputs, result = rule.split("->")
    plainer = [_without_repeats(t, x) for t, x in zip(inputs.split(","), xs, strict=True)]
    sizes: dict[str, set[int]] = {}
    for term, x in plainer:
        for letter, n in zip(term, shape(x), strict=True):
            sizes.setdefault(letter, set()).add(n)
    if any(len(some - {1}) > 1 for some in sizes.values()):
        raise ValueError(f"{rule} for shapes {[shape(x) for x in xs]}: sizes do not agree")
    many = {letter for letter, some in sizes.items() if some != {1}}
    plainer = [_without_ones(term, x, many) for term, x in plainer]
    inputs = ",".join(term for term, _ in plainer)
    return EINSUM(*(x for _, x in plainer), subscripts=f"{inputs}->{result}")


def _without_repeats(term: str, x: Any) -> tuple[str, Any]:
    """Take the diagonal for each letter that comes twice; its axis is then the last."""
    for letter in dict.fromkeys(term):
        while (first := term.find(letter)) < (last := term.rfind(letter)):
            if shape(x)[first] != shape(x)[last]:
                raise ValueError(f"np.einsum: {letter} has two sizes in {term} of shape {shape(x)}")
            x = np.diagonal(x, axis1=first, axis2=last)
            term = "".join(t for i, t in enumerate(term) if i not in (first, last)) + letter
    return term, x


def _without_ones(term: str, x: Any, many: set[str]) -> tuple[str, Any]:
    """Drop the axes along which one entry stands for many."""
    pairs = list(zip(term, shape(x), strict=True))
    kept = [(letter, n) for letter, n in pairs if n != 1 or letter not in many]
    if len(kept) == len(pairs):
        return term, x
    return "".join(letter for letter, _ in kept), np.reshape(x, tuple(n for _, n in kept))


@stands_for(np.tensordot)
def _tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    a, b, few = operand(a), operand(b), np.ndim(axes) == 0
    last, first = (range(-axes, 0), range(axes)) if few else map(np.atleast_1d, axes)
    left = list(ascii_letters[: len(shape(a))])
    right = list(ascii_letters[len(left) : len(left) + len(shape(b))])
    for i, j in zip(last, first, strict=True):
        if shape(a)[i] != shape(b)[j]:
            raise ValueError(
                f"np.tensordot: axes {i} and {j} of {shape(a)} and {shape(b)} do not agree"
            )
        right[j] = left[i]
    shared = set(left) & set(right)
    result = [x for x in left + right if x not in shared]
    return _summed(f"{''.join(left)},{''.join(right)}->{''.join(result)}", (a, b))
