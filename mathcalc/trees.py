"""Arguments made of tuples, lists and dicts, taken apart and put together again."""

from collections.abc import Callable, Sequence
from typing import Any


def leaves(tree: Any) -> list[Any]:
    """Return the arrays of a tree, in a fixed order; those of a dict by its sorted keys."""
    if isinstance(tree, dict):
        return [leaf for key in sorted(tree) for leaf in leaves(tree[key])]
    if isinstance(tree, tuple | list):
        return [leaf for branch in tree for leaf in leaves(branch)]
    return [tree]


def rebuilt(tree: Any, new: Sequence) -> Any:
    """Return a tree of the same form with other leaves."""
    supply = iter(new)
    return mapped(lambda _: next(supply), tree)


def mapped(f: Callable[[Any], Any], tree: Any) -> Any:
    """Apply a function to each leaf, in that order; a dict keeps the order of its keys."""
    if isinstance(tree, dict):
        found = {key: mapped(f, tree[key]) for key in sorted(tree)}
        return {key: found[key] for key in tree}
    if isinstance(tree, tuple | list):
        branches = [mapped(f, branch) for branch in tree]
        # A named tuple takes its branches one by one.
        return type(tree)(*branches) if hasattr(tree, "_fields") else type(tree)(branches)
    return f(tree)


def replaced(args: Sequence, places: Sequence[int], new: Sequence) -> list[Any]:
    """Return the arguments with others in some places."""
    full = list(args)
    for i, x in zip(places, new, strict=True):
        full[i] = x
    return full


def alike(a: Any, b: Any) -> bool:
    """Say whether two trees have one form."""
    if isinstance(a, dict):
        same = isinstance(b, dict) and a.keys() == b.keys()
        return same and all(alike(a[key], b[key]) for key in a)
    if isinstance(a, tuple | list):
        same = type(a) is type(b) and len(a) == len(b)
        return same and all(map(alike, a, b))
    return not isinstance(b, tuple | list | dict)


def form(tree: Any) -> str:
    """Return a tree as text with stars for its leaves.

    Examples
    --------
    >>> form({"b": (1.0, [2.0]), "a": 3.0})
    "{'a': *, 'b': (*, [*])}"
    """
    return repr(_sorted(mapped(lambda _: _STAR, tree)))


def _sorted(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _sorted(tree[key]) for key in sorted(tree)}
    return type(tree)(map(_sorted, tree)) if type(tree) in (tuple, list) else tree


class _Star:
    def __repr__(self) -> str:
        return "*"


_STAR = _Star()
