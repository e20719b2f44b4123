"""The Python half of the orders of multiplication."""

import json
from itertools import pairwise

import numpy as np
import pytest
from lxml import html
from traitlets import TraitError

from mathcalc.explorables import ChainOrderingCost, explorable
from mathcalc.explorables.chain_ordering_cost import CHAINS, cost, reference


def costs(widths):
    now = reference(ChainOrderingCost(widths=widths).state())
    return tuple(now[kind]["cost"] for kind in ("output", "input", "best"))


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("chain-ordering-cost") is ChainOrderingCost
    figure = html.fragment_fromstring(ChainOrderingCost().to_html())
    assert json.loads(figure.get("data-state"))["widths"] == [1, 1000, 1000, 1000]
    alt = figure.xpath(".//*[local-name()='svg']/@aria-label")[0]
    assert "2,000,000 from the output, 1,001,000,000 from the input" in alt


def test_state_is_checked():
    for wrong in ([1, 2], [1] * 10, [0, 1, 2], [1, 2, 1001], [1, 2.5, 3]):
        with pytest.raises(TraitError):
            ChainOrderingCost(widths=wrong)
    with pytest.raises(ValueError, match="choose one of"):
        ChainOrderingCost("nothing")


def test_the_ledgers_costs():
    assert costs([1, 1000, 1000, 1000]) == (2_000_000, 1_001_000_000, 2_000_000)


@pytest.mark.parametrize("k", [2, 5, 7])
def test_a_row_before_squares_costs_as_the_formula_says(k):
    """A row and k squares: km² from the output against (k-1)m³ + m²."""
    m = 37
    assert costs([1, *[m] * (k + 1)])[:2] == (k * m**2, (k - 1) * m**3 + m**2)


def test_a_row_first_is_not_always_cheapest():
    assert costs([1, 1000, 1, 1000, 1]) == (3000, 3000, 2001)


def test_turning_the_chain_round_exchanges_the_ends():
    rng = np.random.default_rng(3)
    for _ in range(20):
        widths = rng.integers(1, 1000, rng.integers(3, 8)).tolist()
        output, from_input, best = costs(widths)
        assert costs(widths[::-1]) == (from_input, output, best)


def test_the_book_of_algorithms_has_this_chain():
    """Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms, section 14.2: 15 125."""
    widths = [30, 35, 15, 5, 10, 20, 25]
    now = reference({"widths": widths})["best"]
    assert now["cost"] == 15_125
    assert now["tree"] == ((0, (1, 2)), ((3, 4), 5))


def test_a_cost_counts_what_a_multiplication_does():
    """The sums of products are counted where they are made."""
    rng = np.random.default_rng(4)
    widths = [2, 3, 4, 1, 5]
    factors = [rng.normal(size=pair) for pair in pairwise(widths)]
    made = []

    def product(tree):
        if isinstance(tree, int):
            return factors[tree]
        terms = np.einsum("ij,jk->ijk", *(product(part) for part in tree))
        made.append(terms.size)
        return terms.sum(axis=1)

    for tree in (((0, 1), (2, 3)), (0, (1, (2, 3))), (((0, 1), 2), 3)):
        made.clear()
        np.testing.assert_allclose(product(tree), np.linalg.multi_dot(factors))
        assert cost(tree, widths) == sum(made)


@pytest.mark.parametrize("chain", [entry["name"] for entry in CHAINS])
def test_the_menu_draws(chain):
    assert "<svg" in ChainOrderingCost(chain).to_html()
