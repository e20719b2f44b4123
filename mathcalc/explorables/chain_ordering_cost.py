"""What a product of Jacobians costs in each order: the figure, its twin, and its reference."""

from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from typing import Any

from traitlets import Int, List

from mathcalc.explorables.base import Explorable, module_text
from mathcalc.explorables.chain_ordering_cost_twin import draw
from mathcalc.explorables.surface_figure import named

CHAINS = [
    {"name": "a scalar loss", "widths": [1, 1000, 1000, 1000]},
    {"name": "a classifier with its loss", "widths": [1, 10, 100, 300, 784]},
    {"name": "one parameter, many outputs", "widths": [1000, 1000, 1000, 1]},
    {"name": "an autoencoder", "widths": [784, 128, 8, 128, 784]},
    {"name": "two bottlenecks", "widths": [100, 500, 2, 500, 500, 2, 500, 100]},
]


class ChainOrderingCost(Explorable):
    r"""The multiplications that :math:`J_L \cdots J_2 J_1` takes, order by order.

    A product of a :math:`p\times q` and a :math:`q\times r` matrix takes :math:`pqr`
    multiplications. Matrix products are associative, so every order gives the same Jacobian; their
    costs differ, by a factor of 500 for a scalar loss over layers of a thousand.

    Parameters
    ----------
    chain : str
        A name in the menu, such as ``"a scalar loss"``.
    widths : sequence of int, optional
        Three to nine widths of your own from the output to the input, each from 1 to 1000; they
        are used in its stead.

    Raises
    ------
    ValueError
        If there is no such chain.
    traitlets.TraitError
        If a width is out of range.
    """

    name = "chain-ordering-cost"
    state_keys = ("chains", "widths")
    _esm = module_text("chain_ordering_cost.mjs")

    chains = List(CHAINS).tag(sync=True)
    widths = List(Int(min=1, max=1000), minlen=3, maxlen=9).tag(sync=True)

    def __init__(self, chain: str = "a scalar loss", *, widths: Any = None):
        chosen = named(CHAINS, chain)["widths"] if widths is None else widths
        super().__init__(widths=list(chosen))

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture."""
        now = reference(self.state())
        costs = ", ".join(f"{now[kind]['cost']:,} {words}" for kind, words in _ORDERS.items())
        return (
            f"A chain of {len(self.widths) - 1} matrices between layers of "
            f"{', '.join(map(str, self.widths))} units, from the output to the input, multiplied "
            f"in three orders. Multiplications: {costs}."
        )

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        return (
            "The order of multiplication. Drag the widths of the layers. Each tree multiplies the "
            "same matrices from the top down; each rectangle has its product's shape (sides on a "
            "scale of decades), and the stronger its colour, the larger its share of the cost."
        )

    def twin(self) -> Any:
        """Draw the three trees side by side: a Matplotlib figure."""
        return draw(self.widths, reference(self.state()))


_ORDERS = {"output": "from the output", "input": "from the input", "best": "in the cheapest order"}


def _trees(first: int, last: int) -> Iterator[Any]:
    """Yield every order in which the matrices from first to last can be multiplied."""
    if first == last:
        yield first
    for at in range(first, last):
        for left in _trees(first, at):
            yield from ((left, right) for right in _trees(at + 1, last))


def _multiply(tree: Any, shapes: list[tuple[int, int]], spent: list[int]) -> tuple[int, int]:
    """Multiply shapes in the order of a tree; write down what each product costs."""
    if isinstance(tree, int):
        return shapes[tree]
    (rows, inner), (same, columns) = (_multiply(part, shapes, spent) for part in tree)
    assert inner == same
    spent.append(rows * inner * columns)
    return rows, columns


def cost(tree: Any, widths: list[int]) -> int:
    """Return the multiplications of an order: a leaf is an index, a node a pair of orders."""
    spent: list[int] = []
    _multiply(tree, list(pairwise(widths)), spent)
    return sum(spent)


def reference(state: dict[str, Any]) -> dict[str, Any]:
    """Return the costs that the figure shows, the best by trying every order there is.

    Parameters
    ----------
    state : dict
        As `ChainOrderingCost.state` returns it.

    Returns
    -------
    dict
        ``output``, ``input`` and ``best``, each with its ``tree`` (a leaf is the index of a matrix
        from the output, a node is a pair) and its ``cost``, an exact integer.
    """
    widths = state["widths"]
    matrices: list[Any] = list(range(len(widths) - 1))
    trees = {
        "output": reduce(lambda tree, k: (tree, k), matrices),
        "input": reduce(lambda tree, k: (k, tree), matrices[::-1]),
        "best": min(_trees(0, len(widths) - 2), key=lambda tree: cost(tree, widths)),
    }
    return {kind: {"tree": tree, "cost": cost(tree, widths)} for kind, tree in trees.items()}
