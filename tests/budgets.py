"""What the book may cost its readers: measured here, printed by `make.py bench`, kept by tests."""

import gzip
import math
import statistics
import subprocess
import sys
from functools import lru_cache
from urllib.parse import urlsplit

from driving import until
from lxml import html

PAGE = 900_000  # bytes of a page with all that it loads, compressed, but for the fonts
READY = 1.5  # seconds until the formulas in sight are set, and the first figure is live
STEP = 8.0  # milliseconds of script from a key or a slider to the finished drawing, in 95 of 100
IMPORT = 0.15  # seconds of importing the engines, and NumPy with them
COLD, WARM = 180, 15  # seconds of a build, with and without running the notebooks


@lru_cache(maxsize=64)
def tree(text):
    return html.document_fromstring(text.encode())


def weight(page):
    """Return what a browser loads for a page, compressed as servers do, in bytes."""
    root = tree(page.read_text("utf8"))
    files = {page} | {
        (page.parent / urlsplit(target).path).resolve()
        for target in root.xpath("//link[@rel='stylesheet']/@href | //script/@src | //img/@src")
    }
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def import_time(turns=5):
    """Return the seconds that the engines take to import in a new Python, at best."""
    what = "import mathcalc.autodiff, mathcalc.numerical"
    timed = f"import time; t = time.perf_counter(); {what}; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", timed]
    return min(float(subprocess.check_output(command, text=True)) for _ in range(turns))


NOTE = """addEventListener('DOMContentLoaded', () => {
  window.reached = {};
  const inSight = (e) => {
    const { top, bottom } = e.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  };
  const unset = (e) => !e.querySelector('mjx-container') && inSight(e);
  const tests = {
    'formulas in sight': () => document.querySelector('mjx-container')
      && ![...document.querySelectorAll('.math')].some(unset),
    'first figure': () => document.querySelector('figure.explorable[data-live]'),
  };
  const note = () => {
    for (const [name, met] of Object.entries(tests))
      if (!(name in reached) && met()) reached[name] = performance.now() / 1000;
    if (Object.keys(reached).length < 2) setTimeout(note, 20);
  };
  note();
});"""
SETTLED = """async () => {
  await MathJax.startup.promise;
  reached['all formulas'] ??= performance.now() / 1000;
  return reached;
}"""


def loading(browser, address):
    """Return the seconds from a click on a link to what a reader waits for, with a cold cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(NOTE)
    page = context.new_page()
    page.goto(address)
    until(page, "'first figure' in (window.reached ?? {})")
    found = page.evaluate(SETTLED)
    context.close()
    return found


STEPS = """([count]) => {
  const figure = document.querySelector('figure');
  const keys = ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown'];
  const slide = (input, k) => {
    const [low, high] = [Number(input.min || 0), Number(input.max || 100)];
    input.value = low + (high - low) * ((k * 0.618) % 1);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const press = (handle, k) => handle.dispatchEvent(
    new KeyboardEvent('keydown', { key: keys[k % keys.length], bubbles: true, cancelable: true }));
  const things = [
    ...[...figure.querySelectorAll('input[type=range]')].map((e) => (k) => slide(e, k)),
    ...[...figure.querySelectorAll('[role=slider]')]
      .filter((e) => e.getClientRects().length)
      .map((e) => (k) => press(e, k)),
  ].slice(0, 8);
  const times = [];
  for (const move of things)
    for (let k = 0; k < count; k++) {
      const start = performance.now();
      move(k);
      times.push(performance.now() - start);
    }
  return times;
}"""


def steps(page, count=25):
    """Return the milliseconds of script of each step of a page's one figure, by key or slider."""
    page.evaluate(STEPS, [count])  # the first time it is compiled
    return page.evaluate(STEPS, [count])


def slowest(times):
    """Return the 95th percentile."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else math.nan
