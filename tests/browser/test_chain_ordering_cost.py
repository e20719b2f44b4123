"""The orders of multiplication in a browser: certified, and driven as a reader drives them."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from driving import (
    certified,
    compute,
    control,
    cost_of_a_step,
    drag,
    is_wider_than_the_page,
    middle,
    mutate,
    readout,
    state,
    violations,
    words,
)

from mathcalc.explorables import ChainOrderingCost, base
from mathcalc.explorables.chain_ordering_cost import CHAINS, cost, reference

pytestmark = pytest.mark.browser

FILES = ("chain_ordering_cost.mjs", "chain_ordering_cost_orders.mjs")


@cache
def rows(count=300):
    rng = np.random.default_rng(41)
    made = [{"widths": chain["widths"]} for chain in CHAINS]
    while len(made) < count:
        exponents = rng.uniform(0, 3, rng.integers(3, 10))
        made.append({"widths": np.floor(10**exponents).astype(int).tolist()})
    return [(one, reference(one)) for one in made]


def tuples(tree):
    return tree if isinstance(tree, int) else tuple(tuples(part) for part in tree)


def faults(page, chosen):
    """Count the states in which any integer, tree, product or size is another than Python's."""
    found = 0
    for shown, (one, ours) in zip(compute(page, [s for s, _ in chosen]), chosen, strict=True):
        right = all(shown[kind]["cost"] == ours[kind]["cost"] for kind in ours)
        right &= all(
            tuples(shown[kind]["tree"]) == ours[kind]["tree"] for kind in ("output", "input")
        )
        right &= all(is_what_it_says(shown[kind], one["widths"]) for kind in ours)
        found += not right
    return found


def is_what_it_says(order, widths):
    """An order's tree costs what it says, and its steps are its tree's."""
    sizes = []

    def walk(tree):
        if isinstance(tree, int):
            return tree, tree
        (first, at), (after, last) = map(walk, tree)
        sizes.append([first, at, last, widths[first] * widths[after] * widths[last + 1]])
        return first, last

    walk(order["tree"])
    steps = [[step[key] for key in ("first", "at", "last", "cost")] for step in order["steps"]]
    largest = max(widths[first] * widths[last + 1] for first, _, last, _ in sizes)
    return (
        steps == sizes
        and cost(tuples(order["tree"]), widths) == order["cost"]
        and order["largest"] == largest
    )


@pytest.fixture(scope="module")
def numbers(module):
    return module(base.module_text("chain_ordering_cost.mjs"))


def test_300_chains_agree_exactly(numbers, record_property):
    better = sum(
        ours["best"]["cost"] < min(ours["output"]["cost"], ours["input"]["cost"])
        for _, ours in rows()
    )
    assert better > 100
    assert faults(numbers, rows()) == 0
    certified(record_property, "chain-ordering-cost", len(rows()), 0)


def test_known_costs_and_brackets(numbers):
    states = [{"widths": [1, 1000, 1000, 1000]}, {"widths": [30, 35, 15, 5, 10, 20, 25]}]
    loss, book = compute(numbers, states)
    assert (loss["output"]["cost"], loss["input"]["cost"]) == (2_000_000, 1_001_000_000)
    assert (loss["output"]["brackets"], loss["input"]["brackets"]) == ("(J₃J₂)J₁", "J₃(J₂J₁)")
    assert (book["best"]["cost"], book["best"]["brackets"]) == (15_125, "(J₆(J₅J₄))((J₃J₂)J₁)")


MUTATIONS = {
    "the two ends exchanged": (
        "reduceRight((tree, k) => [k, tree])",
        "reduce((tree, k) => [tree, k])",
    ),
    "the cost of a product": ("cost: rows * inner * columns", "cost: rows * columns"),
    "a part of the chain forgotten": ("left.cost + right.cost + ", "left.cost + "),
    "the dearest order": ("cost < found.cost", "cost > (found.cost % Infinity || 0)"),
    "the wrong inner width": ("widths[at + 1] * widths[last + 1]", "widths[at] * widths[last + 1]"),
    "a step left out": ("at >= first; at--", "at > first || at === last - 1; at--"),
    "the largest product": ("rows * columns))", "rows + columns))"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    mutate(monkeypatch, FILES, *MUTATIONS[name])
    assert faults(module(base.module_text(FILES[0])), rows()[:60]) > 0


@pytest.fixture
def figure(live):
    return live(ChainOrderingCost())


def handle(page, k):
    return page.locator(".mc-layers .mc-handle").nth(k)


def test_it_starts_with_the_known_numbers(figure):
    assert readout(figure, "output-cost") == "2\u202f000\u202f000"
    assert readout(figure, "input-cost") == "1\u202f001\u202f000\u202f000"
    assert readout(figure, "best-brackets") == "(J₃J₂)J₁"
    assert "500.5 times fewer multiplications, and no order is cheaper" in words(figure)
    assert "every product is a single row" in words(figure)


def test_a_layer_is_dragged_by_its_handle_and_beside_it(figure):
    drag(figure, handle(figure, 1), 0, 60)
    width = state(figure, "widths")[1]
    assert 1 < width < 300
    assert state(figure, "widths") == [1, width, 1000, 1000]
    assert readout(figure, "output-cost").replace("\u202f", "") == str(width * 1000 + 10**6)
    x, y = middle(handle(figure, 2))
    figure.mouse.click(x + 8, y + 70)
    assert state(figure, "widths")[2] < 100


def test_a_layer_is_moved_by_keys(figure):
    handle(figure, 0).focus()
    for key, width in [("ArrowUp", 2), ("ArrowRight", 3), ("ArrowDown", 2), ("Shift+ArrowUp", 4)]:
        figure.keyboard.press(key)
        assert state(figure, "widths")[0] == width
    assert handle(figure, 0).get_attribute("aria-valuetext") == "4"
    handle(figure, 3).focus()
    for key, width in [
        ("ArrowDown", 990),
        ("ArrowUp", 1000),
        ("ArrowUp", 1000),
        ("Shift+ArrowDown", 500),
    ]:
        figure.keyboard.press(key)
        assert state(figure, "widths")[3] == width


def test_keys_reach_both_ends(module):
    """Down from the widest to one, and up again, in steps that never stand still."""
    page = module(base.module_text("chain_ordering_cost_layers.mjs"))
    walk = (
        "([from, to, way]) => { const seen = [from];"
        "while (seen.at(-1) !== to && seen.length < 500) seen.push(module.next(seen.at(-1), way));"
        "return seen; }"
    )
    down, up = (page.evaluate(walk, way) for way in ([1000, 1, -1], [1, 1000, 1]))
    assert down == up[::-1]
    assert (len(up), up[-1]) == (190, 1000)


def test_a_finger_beside_a_handle_scrolls(figure):
    figure.locator(".mc-layers").dispatch_event(
        "pointerdown", {"pointerType": "touch", "button": 0, "clientX": 200, "clientY": 200}
    )
    assert state(figure, "widths") == [1, 1000, 1000, 1000]


def test_the_chain_grows_and_shrinks(figure):
    figure.locator('[data-box="count"]').fill("5")
    assert state(figure, "widths") == [1, 1000, 1000, 1000, 1000, 1000]
    assert figure.locator(".mc-layers .mc-handle").count() == 6
    control(figure, "count").focus()
    for _ in range(3):
        figure.keyboard.press("ArrowLeft")
    assert state(figure, "widths") == [1, 1000, 1000]
    assert "costs the same" not in words(figure)
    assert "Both cost the same" in words(figure)


def test_a_chain_of_ones_own(figure):
    control(figure, "formula").fill("784, 128, 8 128 784")
    assert state(figure, "widths") == [784, 128, 8, 128, 784]
    assert control(figure, "chain").input_value() == "3"
    control(figure, "formula").fill("1, 2, 1, 2, 1")
    assert control(figure, "chain").input_value() == "-1"


@pytest.mark.parametrize(
    "text", ["", "1, 2", "1,2,1001", "0, 1, 2", "a, b, c", "1.5,2,3", "1 " * 10]
)
def test_a_bad_chain_is_explained_and_loses_nothing(figure, text):
    control(figure, "formula").fill(text)
    assert figure.locator(".mc-error").text_content().strip()
    assert state(figure, "widths") == [1, 1000, 1000, 1000]


def test_what_the_words_say_of_the_menu(figure):
    said = []
    for k in range(len(CHAINS)):
        control(figure, "chain").select_option(str(k))
        said.append(words(figure))
    assert "from the input every product has a single column" in said[2]
    assert "From the input (forward mode) takes 500.5 times fewer" in said[2]
    assert "Best is (J₄J₃)(J₂J₁)" in said[3]
    assert "42.08 times fewer still" in said[4]


def test_the_table_has_every_product(figure):
    figure.locator("summary").click()
    lines = figure.locator("table tbody tr")
    lines.first.wait_for()
    assert lines.count() == 6
    assert lines.nth(2).locator("td").all_text_contents() == [
        "from the input",
        "J₂ · J₁",
        "1000×1000 · 1000×1000",
        "1\u202f000\u202f000\u202f000",
    ]


def test_rectangles_have_the_shapes_of_their_products(figure):
    def sides(kind, k):
        box = figure.locator(f".mc-by-{kind} .mc-product").nth(k)
        return [float(box.get_attribute(side)) for side in ("height", "width")]

    row, square = sides("output", 0), sides("input", 0)
    assert row[0] < row[1] / 5
    assert square[0] == square[1] == row[1]


@pytest.mark.parametrize("width", [1000, 700, 390])
def test_the_orders_stand_side_by_side(live, width):
    trees = live(ChainOrderingCost(), width=width).locator(".mc-tree").all()
    boxes = [tree.bounding_box() for tree in trees]
    assert len({round(box["y"]) for box in boxes}) == 1
    assert all(a["x"] + a["width"] <= b["x"] for a, b in pairwise(boxes))


@pytest.mark.parametrize("width", [1000, 390])
def test_axe_finds_nothing(live, width):
    page = live(ChainOrderingCost("two bottlenecks"), width=width)
    assert not is_wider_than_the_page(page)
    assert violations(page) == []


def test_a_drag_step_is_quick(figure):
    chains = [{"widths": [1, n, 500, 20, n, 7, n, 80, 100]} for n in range(100, 120)]
    assert cost_of_a_step(figure, chains) < 8
