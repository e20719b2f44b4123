"""What a reader does to a live figure and what he sees; mutants of its module."""

import time
from pathlib import Path

import axe_playwright_python
import numpy as np

from mathcalc.explorables import base

CHECKS = Path(__file__).with_name("browser").joinpath("page_checks.js").read_text("utf8").strip()


def lone(figure):
    """Return a page with one live figure, as one that has no other."""
    body = f"{figure.to_html()}<style>{base.site_css([figure.name])}</style>"
    return f"<!doctype html>{body}<script>{base.site_script()}</script>"


def until(page, condition, seconds=60):
    """Wait for a condition; asked from outside, as a page of the book evaluates no text itself."""
    ends = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < ends, f"waited in vain for {condition}"
        page.wait_for_timeout(20)


def ask(page, check, argument=None):
    """Evaluate one of the checks of a whole page."""
    return page.evaluate(f"(argument) => {CHECKS}.{check}(argument ?? undefined)", argument)


def control(page, name):
    return page.locator(f'[data-control="{name}"]')


def readout(page, name):
    return page.locator(f'[data-readout="{name}"]').text_content()


def words(page):
    return page.locator('[aria-live="polite"]').first.text_content()


def state(page, key):
    return page.evaluate("(key) => document.querySelector('figure').explorable.model.get(key)", key)


def put(page, **changes):
    """Set the state as Python or another figure would."""
    page.evaluate(
        "(changes) => { const { model } = document.querySelector('figure').explorable;"
        "for (const [key, value] of Object.entries(changes)) model.set(key, value); }",
        changes,
    )


def give(page, key, value):
    put(page, **{key: value})


def box(page, name, value):
    """Type a number in the box beside a slider."""
    page.locator(f'[data-box="{name}"]').fill(str(value))


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def grip(page, index=0):
    """Where on the screen a handle is."""
    return middle(page.locator(".mc-handle").nth(index).locator(".mc-start"))


def press(page, index, key):
    page.locator(".mc-handle").nth(index).focus()
    page.keyboard.press(key)


def drag(page, what, right, down):
    """Drag an element, or the handle with this number, by so many pixels."""
    x, y = grip(page, what) if isinstance(what, int) else middle(what)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=5)
    page.mouse.up()


def compute(page, states):
    """Return what the module in this page computes from each state."""
    return page.evaluate("(states) => states.map((s) => module.compute(s))", states)


def distance(shown, ours, keys):
    """The largest relative distance of the numbers; where one has none the other has none."""
    worst = 0.0
    for key in keys:
        if shown[key] is None or ours[key] is None:
            assert shown[key] is ours[key] is None, (key, shown[key], ours[key])
            continue
        a, b = (np.array(numbers[key], dtype=float) for numbers in (shown, ours))
        assert (np.isfinite(a) == np.isfinite(b)).all(), (key, a, b)
        a, b = (v[np.isfinite(v)] for v in (a, b))
        far = np.max(np.abs(a - b), initial=0) / (1 + np.max(np.abs(b), initial=0))
        worst = max(worst, float(far))
    return worst


def certified(record_property, figure, states, largest):
    """Note what was compared: the page that says how the book was checked shows it."""
    for name, value in {"figure": figure, "states": states, "largest": float(largest)}.items():
        record_property(name, value)


def mutate(monkeypatch, files, line, wrong):
    """Replace a line that stands once in these files."""
    original = base._read
    assert sum(original(f).count(line) for f in files) == 1
    monkeypatch.setattr(
        base, "_read", lambda f: original(f).replace(line, wrong) if f in files else original(f)
    )


def violations(page):
    """Return what axe finds in the figure, with all its rules."""
    page.evaluate(
        "document.documentElement.lang = 'en'; document.title = 'figure';"
        "document.body.prepend(Object.assign(document.createElement('h1'), { textContent: 'f' }))"
    )
    page.add_script_tag(path=str(axe_playwright_python.__path__[0]) + "/axe.min.js")
    found = page.evaluate("axe.run(document.querySelector('figure')).then((r) => r.violations)")
    return [(v["id"], v["nodes"][0]["html"]) for v in found]


def is_wider_than_the_page(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def cost_of_a_step(page, changes, count=40):
    """Return the milliseconds that a change of state takes, drawing included.

    It is the time that the page's thread has run, which other programs hardly lengthen.
    """
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent():
        found = metrics.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in found if m["name"] == "ThreadTime")

    run = (
        "([changes, count]) => { const { model } = document.querySelector('figure').explorable;"
        "for (let k = 0; k < count; k++)"
        "for (const [key, value] of Object.entries(changes[k % changes.length]))"
        "model.set(key, value); }"
    )
    page.evaluate(run, [changes, count])  # the first time it is compiled
    before = spent()
    page.evaluate(run, [changes, count])
    return 1000 * (spent() - before) / count


def step_time(page, key, values):
    """Milliseconds that a step takes, on average over settings of one key."""
    return cost_of_a_step(page, [{key: value} for value in values], len(values))
