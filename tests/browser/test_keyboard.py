"""Every live figure by the keyboard alone: reached, seen to be reached, moved, and left again."""

import pytest
from driving import until
from places import alone, asks, context, homes, visit

from mathcalc.explorables import REGISTRY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("keyboard")]

WAYS = (  # the second where a handle stands at its end
    ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp"),
    ("ArrowLeft", "ArrowDown", "ArrowDown"),
)
OWN_WAYS = {"gradient-signal-depth": [("ArrowUp",) * 3]}  # sideways its whole picture is rescaled
NEAR = 0.02  # of the size of a number: what a pixel is worth


# ── the figures ─────────────────────────────────────────────────────────────────────────────

AFRESH = """(figure) => {
  figure.explorable.remove();
  const old = document.querySelector('script[src*="/explorables-"]');
  document.head.append(Object.assign(document.createElement("script"), { src: old.src }));
}"""
STATE = """(figure) => Object.fromEntries(Object.keys(JSON.parse(figure.dataset.state))
  .map((key) => [key, figure.explorable.model.get(key)]))"""
PUT = """(figure, state) => {
  for (const [key, value] of Object.entries(state)) figure.explorable.model.set(key, value); }"""
#: All that is written in a figure: its words and numbers, its boxes, what its handles say.
WRITTEN = """(figure) => [figure.querySelector(".explorable-live").textContent,
  ...[...figure.querySelectorAll("input, select")].map((e) => e.value),
  ...[...figure.querySelectorAll("[role=slider]")].map((e) => e.getAttribute("aria-valuetext"))]"""


class Figure:
    """A live figure of the built book, and what a reader does to it."""

    def __init__(self, view):
        self.view, self.node = view, view.locator("figure.explorable")

    def afresh(self):
        """Bring it back to its first state."""
        self.node.evaluate(AFRESH)
        until(self.view, "!document.querySelector('figure.explorable:not([data-live])')")

    def state(self):
        return self.node.evaluate(STATE)

    def put(self, state):
        self.node.evaluate(PUT, state)

    def written(self):
        return self.node.evaluate(WRITTEN)

    def handles(self):
        """The first handles that are to be seen; if there are more they are like these."""
        return self.node.locator(".mc-handle[role=slider]:not([display=none])").all()[:3]

    def where(self, index):
        box = self.handles()[index].locator(".mc-halo").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def keys(self, index, keys):
        self.handles()[index].focus()
        for key in keys:
            self.view.keyboard.press(key)

    def drag(self, index, target):
        self.view.mouse.move(*self.where(index))
        self.view.mouse.down()
        self.view.mouse.move(*target, steps=6)
        self.view.mouse.up()

    def now(self, index):
        return float(self.handles()[index].get_attribute("aria-valuenow"))


@pytest.fixture(scope="module")
def figure(browser, site, tmp_path_factory):
    """``figure(name)``: that figure of the built book, in its first state."""
    view = context(browser, viewport={"width": 900, "height": 1000}).new_page()
    folder = tmp_path_factory.mktemp("figures")

    def find(name):
        file = folder / f"{name}.html"
        file.write_text(alone(site, name), "utf8")
        return Figure(visit(view, file.as_uri()))

    yield find
    view.context.close()


def test_every_figure_has_its_page(site):
    assert set(homes(site)) == set(REGISTRY)


# ── there and back by Tab ───────────────────────────────────────────────────────────────────

GATES = """(figure) => {
  document.querySelectorAll(".gate").forEach((gate) => gate.remove());
  const gate = () => Object.assign(document.createElement("button"), { className: "gate" });
  figure.before(gate());
  figure.after(gate());
  figure.previousElementSibling.focus({ preventScroll: true });
}"""
#: Where the focus is: "gate" outside of the figure, else a name; the stop is marked as visited.
STOP = """(e) => { if (e.className === "gate") return "gate";
  e.setAttribute("data-stop", "");
  return e.getAttribute("aria-label") ?? e.dataset.control ?? e.tagName; }"""
MISSED = """(figure) => [...figure.querySelectorAll("input, select, button, summary, [tabindex]")]
  .filter((e) => e.tabIndex >= 0 && !e.disabled && e.getClientRects().length && e.checkVisibility())
  .filter((e) => e.type === "radio"
    ? !figure.querySelector(`[name="${e.name}"][data-stop]`) : !e.matches("[data-stop]"))
  .map((e) => e.outerHTML.slice(0, 120))"""
OUT_OF_SIGHT = """(e) => { const { top, bottom, left, right } = e.getBoundingClientRect();
  return bottom < 0 || top > innerHeight || right < 0 || left > innerWidth; }"""


def walk(figure, key="Tab"):
    """Press Tab until the figure is left; return the stops' names and what was wrong with them."""
    stops, faults = [], []
    for _ in range(60):
        figure.view.keyboard.press(key)
        focus = figure.view.locator(":focus")
        name = focus.evaluate(STOP)
        if name == "gate":
            return stops, faults
        stops.append(name)
        if asks(focus, "ring") < 3:
            faults.append(f"no ring: {name}")
        if focus.evaluate(OUT_OF_SIGHT):
            faults.append(f"out of sight: {name}")
    return stops, [*faults, "a trap: Tab does not leave"]


def tour(figure):
    """Walk through a figure and back; return what was wrong."""
    figure.node.evaluate(GATES)
    there, faults = walk(figure)
    missed = figure.node.evaluate(MISSED)
    _, back = walk(figure, "Shift+Tab")
    return [*faults, *back, *missed, *([] if there else ["nothing takes the focus"])]


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_tab_reaches_every_control_and_leaves(figure, name):
    assert tour(figure(name)) == []


PLANTED = {
    "no ring": (
        "document.head.insertAdjacentHTML('beforeend', `<style id='planted'>"
        ".mc-halo { stroke: none !important } :focus-visible { outline: 0 !important }</style>`)"
    ),
    "a trap": (
        "document.addEventListener('keydown', window.planted = (e) =>"
        " e.key === 'Tab' && e.target.matches('.mc-handle') && e.preventDefault(), true)"
    ),
    "<input": (
        "document.querySelectorAll('input').forEach((e) => e.addEventListener('focus',"
        " () => e.dataset.control === 'eta' && (e.tabIndex = 0, e.nextElementSibling.focus())))"
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_what_the_keyboard_cannot_reach_is_found(figure, fault):
    mine = figure("gd-surface")
    assert tour(mine) == []
    mine.afresh()
    mine.view.evaluate(PLANTED[fault])
    assert any(found.startswith(fault) for found in tour(mine))


# ── keys do what the mouse does ─────────────────────────────────────────────────────────────


def apart(a, b):
    """Where two states differ by more than a pixel is worth."""
    if isinstance(a, dict):
        return [key for key in a if apart(a[key], b[key])]
    if isinstance(a, list):
        return len(a) != len(b) or any(map(apart, a, b))
    if isinstance(a, int | float) and not isinstance(a, bool):
        return abs(a - b) > NEAR * (1 + abs(a))
    return a != b


def differences(figure, index, name=""):
    """What is not the same after the arrow keys and after a drag to the same place."""
    first = figure.state()
    for way in OWN_WAYS.get(name, WAYS):
        figure.afresh()
        figure.keys(index, way)
        if figure.state() != first:
            break
    by_keys, written, place = figure.state(), figure.written(), figure.where(index)
    figure.afresh()
    figure.drag(index, place)
    by_mouse = figure.state()
    figure.put({k: v for k, v in by_keys.items() if v != by_mouse[k]})  # a fraction of a pixel
    again = figure.written()
    return [
        *(["the keys move nothing"] if by_keys == first else []),
        *(f"{key} after the mouse" for key in apart(by_keys, by_mouse)),
        *(f"{a} | {b}" for a, b in zip(written, again, strict=True) if a != b),
    ]


HANDLES = sorted(set(REGISTRY) - {
    "interact", "computation-graph", "every-mode", "attention-backward", "random-critical-points",
    "ravine-experiment",
})  # fmt: skip


@pytest.mark.parametrize("name", HANDLES)
def test_keys_and_mouse_lead_to_the_same_numbers(figure, name):
    mine = figure(name)
    count = len(mine.handles())
    assert count > 0
    assert {k: d for k in range(count) if (d := differences(mine, k, name))} == {}


def test_a_figure_without_handles_is_no_figure_left_out(figure):
    for name in sorted(set(REGISTRY) - set(HANDLES)):
        assert figure(name).handles() == []


def test_numbers_that_depend_on_the_way_are_found(figure):
    mine = figure("monkey-unfolding")
    listen = "(f) => f.addEventListener('pointerup', () => f.querySelector('.mc-live').append('?'))"
    assert differences(mine, 0) == []
    mine.node.evaluate(listen)
    assert differences(mine, 0) != []


def pressed(figure, index, *keys):
    """The state after these keys, from the first one."""
    figure.afresh()
    figure.keys(index, keys)
    return figure.state()


def endless(figure, index):
    """Whether a handle goes round: an angle, or a point of a curve."""
    handle = figure.handles()[index]
    label = handle.get_attribute("aria-label")
    return handle.get_attribute("aria-valuemax") == "360" or label == "Point of the curve"


@pytest.mark.parametrize("name", HANDLES)
def test_home_and_end_lead_to_the_ends(figure, name):
    mine = figure(name)
    for index in range(len(mine.handles())):
        start, low = mine.now(index), pressed(mine, index, "Home") and mine.now(index)
        high = pressed(mine, index, "End") and mine.now(index)
        if endless(mine, index):
            assert mine.state() != pressed(mine, index)
            continue
        assert low <= start <= high and low < high
        pressed(mine, index, "Home", "ArrowLeft")
        assert mine.now(index) == low
        pressed(mine, index, "End", "ArrowRight")
        assert mine.now(index) == high


@pytest.mark.parametrize("name", HANDLES)
def test_page_up_and_down_go_farther_than_the_arrows(figure, name):
    mine = figure(name)
    for index in range(len(mine.handles())):
        for way in ("Up", "Down"):  # it may stand at one end
            near, far = (pressed(mine, index, *[key + way] * 3) for key in ("Arrow", "Page"))
            if near != far:
                break
        assert near != far
