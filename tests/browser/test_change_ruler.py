"""Change the ruler, in a browser: certified against the package, driven by mouse and keys."""

from functools import cache
from math import degrees, pi

import axe_playwright_python
import numpy as np
import pytest
from driving import certified

from mathcalc.explorables import ChangeRuler, base
from mathcalc.explorables.change_ruler import LOSSES, reference

pytestmark = pytest.mark.browser

TOLERANCE = 1e-9
KEYS = ("value", "gradient", "dual", "v", "product", "length", "angle", "radius")


def states(count):
    """Seeded states: every loss, the named norms, those between, ellipses; ties and the minimum."""
    rng = np.random.default_rng(31)
    for k in range(count):
        special = [[1.0, 0.1], [0.0, 1.0], [0.0, 0.0]][k // 30 % 3] if k % 30 < 4 else None
        yield {
            "formula": LOSSES[0 if special else k // 8 % 4]["formula"],
            "x": special or rng.uniform(-2, 2, 2).round(3).tolist(),
            "kind": "ellipse" if k % 8 > 4 and not special else "lp",
            "inverse_p": [1.0, 0.5, 0.0, float(rng.uniform(0, 1))][k % 4],
            "axes": rng.uniform(0.2, 1.8, 2).tolist(),
            "turn": float(rng.uniform(0, 2 * pi)),
            "steps": int(rng.integers(0, 13)),
        }


@cache
def references():
    """Each state with the package's numbers."""
    return [(state, reference(state)) for state in states(300)]


def far(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    return float((np.abs(a - b) / (1 + np.abs(b))).max(initial=0))


def same(shown, ours):
    """The distance of two numbers, or lists, either of which may be none."""
    if shown is None or ours is None:
        assert shown is ours is None, (shown, ours)
        return 0.0
    return far(shown, ours)


def distance(shown, ours):
    worst = max(same(shown[key], ours[key]) for key in KEYS)
    faces = [row["face"] and sorted(row["face"]) for row in (shown, ours)]
    worst = max(worst, same(*faces))
    for run in ("run", "euclid"):
        assert len(shown[run]["path"]) == len(ours[run]["path"])
        for key in ("path", "losses"):
            worst = max(worst, far(shown[run][key], ours[run][key]))
    return worst


def worst(page, rows):
    shown = page.evaluate("(s) => s.map((state) => module.compute(state))", [s for s, _ in rows])
    return max(distance(s, ours) for s, (_, ours) in zip(shown, rows, strict=True))


@pytest.fixture(scope="module")
def loaded(module):
    return module(base.module_text("change_ruler.mjs"))


def test_300_states_agree(loaded, record_property):
    rows = references()
    assert sum(ours["face"] is not None for _, ours in rows) > 4
    found = worst(loaded, rows)
    certified(record_property, "change-the-ruler", len(rows), found)
    assert found < TOLERANCE


ROUND = {
    "formula": "(x**2 + y**2)/2",
    "x": [1.2, -1.6],
    "axes": [0.5, 1.0],
    "turn": 0.0,
    "steps": 1,
}
VECTORS = [  # the ruler, the steepest direction and the dual norm of g = (1.2, −1.6)
    ({"kind": "lp", "inverse_p": 1.0}, [0, -1], 1.6),
    ({"kind": "lp", "inverse_p": 0.5}, [0.6, -0.8], 2),
    ({"kind": "lp", "inverse_p": 0.0}, [1, -1], 2.8),
    ({"kind": "ellipse", "inverse_p": 0.0}, [0.3 / 2.92**0.5, -1.6 / 2.92**0.5], 2.92**0.5),
]


@pytest.mark.parametrize(("ruler", "v", "dual"), VECTORS)
def test_known_directions(loaded, ruler, v, dual):
    state = ROUND | ruler
    for found in (loaded.evaluate("(s) => module.compute(s)", state), reference(state)):
        np.testing.assert_allclose(found["v"], v, atol=1e-12)
        assert found["dual"] == pytest.approx(dual, rel=1e-12)


HOELDER = """([states, w]) => Math.max(...states.flatMap((state) => {
  const { dual, gradient: [a, b] } = module.compute(state);
  return w.map(([c, d]) => Math.abs(a * c + b * d) - dual * module.norm(state, [c, d]));
}))"""


def test_the_invariants_hold_in_the_browser(loaded):
    chosen = [state for state, _ in references()]
    for shown in loaded.evaluate("(s) => s.map((state) => module.compute(state))", chosen):
        if shown["v"] is not None:
            assert shown["product"] == pytest.approx(shown["dual"], rel=1e-9)
            assert shown["length"] == pytest.approx(1, rel=1e-9)
    w = np.random.default_rng(8).normal(size=(20, 2)).tolist()
    assert loaded.evaluate(HOELDER, [chosen, w]) < 1e-9


MUTATIONS = {
    "the dual exponent": ("const q = 1 / (1 - s);", "const q = 1 / s;"),
    "the sign of a part": ("Math.sign(part) * size(ratio[k])", "size(ratio[k])"),
    "the ellipse's half-axes": ("(part * axes[k]) / dual)", "part / dual)"),
    "the way back from the axes": ("/ dual), -turn)", "/ dual), turn)"),
    "the tie of the diamond": ("if (s === 1 && Math.abs(", "if (s === 2 && Math.abs("),
    "the lowest point of the line": ("dot(v, times(hessian, v));\n      path", "1;\n      path"),
    "the length of v": ("length: norm(ruler, v)", "length: Math.hypot(...v)"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("change_ruler.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    page = module(base.module_text("change_ruler.mjs"))
    try:
        assert worst(page, references()[:60]) > 1e-6
    except AssertionError as error:
        assert "None" in str(error)  # a side where there is a corner, or the other way round


@pytest.fixture
def figure(live):
    return live(ChangeRuler())


def readout(page, name):
    return page.locator(f'[data-readout="{name}"]').text_content()


def words(page):
    return page.locator('[aria-live="polite"]').text_content()


def control(page, name):
    return page.locator(f'[data-control="{name}"]')


def state(page, key):
    return page.evaluate("(key) => document.querySelector('figure').explorable.model.get(key)", key)


def handle(page, label):
    return page.locator(f'.mc-handle[aria-label="{label}"]')


def drag(page, label, dx, dy):
    box = handle(page, label).locator(".mc-start").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()


def test_it_starts_with_sign_descent(figure):
    assert readout(figure, "gradient") == "(1.5, 5)"
    assert readout(figure, "direction") == "(1.000, 1.000)"
    assert readout(figure, "dual") == readout(figure, "product") == "6.5"
    assert readout(figure, "length") == "1"
    assert "sign descent" in words(figure)


@pytest.mark.parametrize(
    ("index", "dual", "word"),
    [
        (0, "5", "coordinate descent"),
        (1, "5.22", "gradient descent"),
        (2, "6.5", "sign descent"),
        (3, None, "natural gradient"),
        (4, None, "Newton"),
    ],
)
def test_every_ruler_of_the_menu(figure, index, dual, word):
    control(figure, "ruler").select_option(str(index))
    assert word in words(figure)
    assert control(figure, "ruler").input_value() == str(index)
    assert dual in (None, readout(figure, "dual"))
    assert readout(figure, "product") == readout(figure, "dual")
    control(figure, "loss").select_option("2")
    control(figure, "ruler").select_option(str(index))
    figure.evaluate("document.querySelector('figure').explorable.model.set('steps', 1)")
    assert (readout(figure, "loss") == "0") == (index == 4)
    assert control(figure, "inverse_p").is_visible() == (index < 3)
    assert control(figure, "axis0").is_visible() == (index >= 3)


def test_the_ball_is_dragged_from_square_to_diamond(figure):
    drag(figure, "Shape of the ball, p", 30, -30)
    assert 0 < state(figure, "inverse_p") < 1
    assert "Between" in words(figure)
    drag(figure, "Shape of the ball, p", 200, -200)
    assert handle(figure, "Shape of the ball, p").is_visible()
    handle(figure, "Shape of the ball, p").focus()
    before = state(figure, "inverse_p")
    figure.keyboard.press("ArrowLeft" if before < 1 else "ArrowRight")
    assert abs(state(figure, "inverse_p") - before) == pytest.approx(0.01)


def test_the_ellipse_is_turned_and_stretched(figure):
    control(figure, "ruler").select_option("3")
    drag(figure, "Half-axis 1", 20, -60)
    assert state(figure, "axes")[0] > 1.2
    assert state(figure, "turn") > 0.2
    before = state(figure, "turn")
    handle(figure, "Half-axis 2").focus()
    figure.keyboard.press("ArrowUp")
    assert degrees(state(figure, "turn") - before) == pytest.approx(1)
    control(figure, "axis1").focus()
    figure.keyboard.press("ArrowRight")
    assert state(figure, "axes")[1] == pytest.approx(0.51)


def test_the_gradient_is_turned_along_the_level_curve(figure):
    control(figure, "loss").select_option("1")
    loss = figure.evaluate("document.querySelector('figure').explorable.model.get('x')")
    handle(figure, "Direction of the gradient").focus()
    figure.keyboard.press("ArrowLeft")
    after = state(figure, "x")
    q = [x * x + x * y + y * y for x, y in (loss, after)]
    assert q[0] == pytest.approx(q[1])
    before = readout(figure, "gradient")
    drag(figure, "Direction of the gradient", -80, 0)
    assert readout(figure, "gradient") != before


def test_ties_are_said_and_drawn(figure):
    figure.evaluate("document.querySelector('figure').explorable.model.set('x', [1, 0])")
    assert "whole side of the square" in words(figure)
    assert figure.locator(".mc-face").get_attribute("d")
    control(figure, "ruler").select_option("0")
    assert "whole side" not in words(figure)
    figure.evaluate("document.querySelector('figure').explorable.model.set('x', [1, 0.1])")
    assert "whole side of the diamond" in words(figure)


def test_the_start_is_dragged_and_the_minimum_has_no_direction(figure):
    drag(figure, "Start x", -40, 10)
    assert state(figure, "x")[0] < 1.4
    figure.evaluate("document.querySelector('figure').explorable.model.set('x', [0, 0])")
    assert "no direction is steepest" in words(figure)
    assert readout(figure, "direction") == "none"
    assert not handle(figure, "Direction of the gradient").is_visible()
    assert "NaN" not in figure.locator("figure").inner_html()
    figure.evaluate("document.querySelector('figure').explorable.model.set('x', [1, 1])")
    assert handle(figure, "Direction of the gradient").is_visible()


def test_steps_and_the_table(figure):
    control(figure, "steps").focus()
    figure.keyboard.press("ArrowLeft")
    assert state(figure, "steps") == 5
    figure.locator("summary").click()
    figure.wait_for_selector("tbody tr")
    assert figure.locator("tbody tr").count() == 6


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(live, width):
    page = live(ChangeRuler(axes="hessian"), width=width)
    page.evaluate("document.documentElement.lang = 'en'")
    page.add_script_tag(path=f"{axe_playwright_python.__path__[0]}/axe.min.js")
    found = page.evaluate("axe.run(document.querySelector('figure')).then((r) => r.violations)")
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
