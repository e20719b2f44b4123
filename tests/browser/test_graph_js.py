"""Graphs in layers: where the nodes stand, how the arrows run, and how the keys lead through."""

import random
from itertools import pairwise

import pytest

from mathcalc.explorables import base

pytestmark = pytest.mark.browser

DRAW = """([count, arrows, flow]) => {
  globalThis.heard = [];
  const chosen = (i) => heard.push(i);
  const graph = new module.Graph({ count, arrows, flow, description: "A graph", chosen });
  document.body.replaceChildren(graph.node);
  graph.node.style.width = `${graph.size[0]}px`;
  globalThis.graph = graph;
}"""
BOXES = """() => [...document.querySelectorAll(".mc-nodes g rect")].map((r) => {
  const { x, y, width, height } = r.getBoundingClientRect();
  return { x, y, w: width, h: height };
})"""
ENDS = """() => [...document.querySelectorAll(".mc-edge")].map((path) => {
  const n = path.getTotalLength(), at = path.getScreenCTM();
  const place = (s) => path.getPointAtLength(s).matrixTransform(at);
  return Array.from({ length: 41 }, (_, k) => place((n * k) / 40)).map(({ x, y }) => [x, y]);
})"""
EXAMPLE = [(0, 2), (0, 3), (1, 3), (2, 4), (3, 4), (1, 5), (4, 6), (5, 6)]


def arrows(pairs):
    return [{"from": a, "to": b} for a, b in pairs]


def random_graph(seed):
    rng = random.Random(seed)
    count = rng.randint(3, 14)
    pairs = [(rng.randrange(b), b) for b in range(2, count) for _ in range(rng.randint(1, 2))]
    return count, arrows(pairs)


@pytest.fixture(scope="module")
def layers(module):
    return module(base.module_text("layers.mjs"))


def lay(page, count, edges):
    return page.evaluate("([n, arrows]) => module.layout(n, arrows)", [count, edges])


def test_layers_follow_the_arrows_and_nothing_overlaps(layers):
    for seed in range(60):
        count, edges = random_graph(seed)
        plan = lay(layers, count, edges)
        for edge, route in zip(edges, plan["routes"], strict=True):
            rows = [row for _, row in route]
            assert rows == list(range(rows[0], rows[-1] + 1))
            assert route[0] == plan["at"][edge["from"]]
            assert route[-1] == plan["at"][edge["to"]]
        for row in range(plan["layers"]):
            across = sorted(x for x, layer in plan["at"] if layer == row)
            assert all(b - a > 1 - 1e-9 for a, b in pairwise(across))
            assert across[0] > -1e-9
            assert across[-1] < plan["width"] + 1e-9
        # A stop keeps clear of the cards that its arrow passes.
        for route in plan["routes"]:
            for x, row in route[1:-1]:
                beside = [abs(x - a) for a, layer in plan["at"] if layer == row]
                assert min(beside, default=1) > 0.7 - 1e-9


def crossings(plan):
    spans = [(row, a, b) for route in plan["routes"] for (a, row), (b, _) in pairwise(route)]
    return sum(
        r == s and (a - c) * (b - d) < -1e-9
        for i, (r, a, b) in enumerate(spans)
        for s, c, d in spans[:i]
    )


def test_few_arrows_cross(layers):
    assert crossings(lay(layers, 7, arrows(EXAMPLE))) == 0
    twisted = arrows([(0, 5), (1, 4), (2, 3)])
    assert crossings(lay(layers, 6, twisted)) == 0


def test_the_nearest_rising_sequence(layers):
    found = layers.evaluate("() => module.increasing([3, 1, 2, 5, 4])")
    assert found == [2, 2, 2, 4.5, 4.5]


@pytest.fixture(scope="module")
def page(module):
    return module(base.module_text("graph.mjs"))


@pytest.mark.parametrize("flow", ["down", "right"])
def test_arrows_run_from_card_to_card_and_through_none(page, flow):
    for seed in range(12):
        count, edges = random_graph(seed)
        page.evaluate(DRAW, [count, edges, flow])
        boxes, ways = page.evaluate(BOXES), page.evaluate(ENDS)
        for edge, way in zip(edges, ways, strict=True):
            assert touches(boxes[edge["from"]], way[0])
            assert touches(boxes[edge["to"]], way[-1])
            forth = "y" if flow == "down" else "x"
            assert boxes[edge["from"]][forth] < boxes[edge["to"]][forth]
            for i, box in enumerate(boxes):
                if i not in (edge["from"], edge["to"]):
                    assert not any(inside(box, point) for point in way), (seed, edge, i)


def touches(box, point, room=2):
    x, y = point[0] - box["x"], point[1] - box["y"]
    return -room < x < box["w"] + room and -room < y < box["h"] + room


def inside(box, point):
    return touches(box, point, room=-3)


def test_two_arrows_between_the_same_cards_are_two(page):
    page.evaluate(DRAW, [2, arrows([(0, 1), (0, 1)]), "down"])
    (a, b) = page.evaluate(ENDS)
    assert abs(a[20][0] - b[20][0]) > 8


def test_words_kinds_and_directions_are_written(page):
    page.evaluate(DRAW, [3, arrows([(0, 2), (1, 2)]), "down"])
    page.evaluate("""() => graph.show({
      nodes: [0, 1, 2].map((i) => (
        { rows: [{ text: `n${i}`, kind: "mc-a" }], kind: "mc-k", title: `node ${i}` }
      )),
      arrows: [{ label: "5", kind: "mc-b", back: true }, { label: "2" }],
    })""")
    assert page.locator(".mc-card.mc-k").count() == 3
    assert page.locator('[aria-label="node 1"] text').first.text_content() == "n1"
    assert page.locator(".mc-labels text").all_text_contents() == ["5", "2"]
    tips = page.evaluate(
        "() => graph.lines.map(({ tip, heads }) => tip.getAttribute('d') === heads.back)"
    )
    assert tips == [True, False]


def test_the_keys_lead_through_the_cards(page):
    page.evaluate(DRAW, [7, arrows(EXAMPLE), "down"])
    focused = lambda: page.evaluate("Number(document.activeElement.dataset.node)")  # noqa: E731
    page.locator("[data-node='0']").focus()
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(focused())
    assert seen[0] == 1
    assert seen[-3] == seen[-2] == 6
    page.keyboard.press("Enter")
    assert page.evaluate("heard") == [seen[-1]]
    assert page.locator("[tabindex='0']").count() == 1
    page.locator("[data-node='2']").click()
    assert page.evaluate("heard") == [seen[-1], 2]


MUTATIONS = {
    "layers by the shortest way": (
        "layers.mjs",
        "Math.max(rank[to], rank[from] + 1)",
        "rank[from] + 1",
    ),
    "cards too close": ("layers.mjs", "card: 0.5", "card: 0.3"),
    "pools that are not merged": ("layers.mjs", "mean(pools.at(-2)) > mean(pools.at(-1))", "false"),
    "no sorting": ("layers.mjs", "row.sort(", "[...row].sort("),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    file, line, wrong = MUTATIONS[name]
    original = base._read
    assert original(file).count(line) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    page = module(base.module_text("layers.mjs"))
    checks = (
        test_layers_follow_the_arrows_and_nothing_overlaps,
        test_few_arrows_cross,
        test_the_nearest_rising_sequence,
    )
    with pytest.raises(AssertionError):
        for check in checks:
            check(page)
