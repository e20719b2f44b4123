"""The certificate: what the figure's JavaScript shows is what the package computes."""

from functools import cache

import numpy as np
import pytest
from driving import certified
from formulas import random_formula

from mathcalc.explorables import base
from mathcalc.explorables.gd_surface import descend
from mathcalc.explorables.gd_surfaces import SURFACES
from mathcalc.symbolic import ScalarField

pytestmark = pytest.mark.browser

STATES = 300
TOLERANCE = 1e-9
NUDGE, STEADY = 1e-13, 1e-10
KEYS = ("losses", "norms")


def states(count=STATES):
    """Seeded states: every surface, formulas of one's own, calm and wild steps."""
    rng = np.random.default_rng(11)
    for k in range(count):
        formula = SURFACES[k % 7]["formula"] if k % 3 else random_formula(k, depth=3)
        eta = float(np.exp(rng.uniform(np.log(0.001), np.log(0.4))))
        beta = float(rng.choice([0.0, 0.5, 0.9, rng.uniform(0, 0.99)]))
        start = rng.uniform(-2, 2, 2).round(6).tolist()
        yield {"formula": formula, "start": start, "eta": eta, "beta": beta, "t": 0}


@cache
def field(formula):
    return ScalarField(formula, ("x", "y"))


def run(state, start):
    with np.errstate(all="ignore"):
        return descend(field(state["formula"]), start, state["eta"], state["beta"])


def steady(ours, nudged):
    """How many points do not yet depend on the start's last digits: chaos has no right number."""
    common = min(len(ours["path"]), len(nudged["path"]))
    apart = np.zeros(common, bool)
    for key in ("path", *KEYS):
        a, b = (np.array(r[key][:common]).reshape(common, -1) for r in (ours, nudged))
        apart |= np.abs(a - b).max(1) > STEADY * (1 + np.abs(a).max(1))
    return int(np.argmax(apart)) if apart.any() else common


def distance(shown, ours, k):
    """The largest relative distance over the first k points, and everything drawn from them."""
    assert len(shown["path"]) >= k
    a, b = (np.array(r["path"][:k]) for r in (shown, ours))
    far = [(np.abs(a - b).max(1) / (1 + np.abs(b).max(1))).max()]
    for key in KEYS:
        a, b = (np.array(r[key][:k]) for r in (shown, ours))
        far.append((np.abs(a - b) / (1 + np.abs(b))).max())
    return max(far)


@cache
def references():
    """Each state with the package's run, and how much of it is steady."""
    rows = []
    for state in states():
        ours = run(state, state["start"])
        rows.append((state, ours, steady(ours, run(state, np.array(state["start"]) + NUDGE))))
    return rows


def compute(page, chosen):
    return page.evaluate("(states) => states.map((s) => module.compute(s))", chosen)


def certify(page, rows):
    """Return the largest distance, after checking that the ends agree where they are steady."""
    worst = 0.0
    shown = compute(page, [state for state, _, _ in rows])
    for there, (state, ours, k) in zip(shown, rows, strict=True):
        worst = max(worst, distance(there, ours, k))
        if k == len(ours["path"]):
            assert (there["status"], there["last"]) == (ours["status"], k - 1), state
    return worst


@pytest.fixture(scope="module")
def figure(module):
    return module(base.module_text("gd_surface.mjs"))


def test_300_states_agree(figure, record_property):
    rows = references()
    worst = certify(figure, rows)
    whole = sum(k == len(ours["path"]) for _, ours, k in rows)
    certified(record_property, "gd-surface", len(rows), worst)
    assert whole > 0.8 * len(rows)
    assert {ours["status"] for _, ours, _ in rows} >= {"ran", "diverged"}
    assert worst < TOLERANCE


VECTORS = [
    ("(x**2 + 10*y**2)/2", [1, 1], 0.1, 0.0, 1, [0.9, 0.0]),
    ("(x**2 + 10*y**2)/2", [1, 1], 0.1, 0.0, 20, [0.12157665459056935, 0.0]),
    ("sin(x) + cos(y)", [0, 0], 0.1, 0.0, 400, [-1.5707963267948966, 0.0]),
    ("(x**2 + 25*y**2)/2", [1, 0], 0.1, 0.9, 2, [0.72, 0.0]),
]


@pytest.mark.parametrize(("formula", "start", "eta", "beta", "k", "point"), VECTORS)
def test_known_points(figure, formula, start, eta, beta, k, point):
    state = {"formula": formula, "start": start, "eta": eta, "beta": beta, "t": k}
    for found in (compute(figure, [state])[0], run(state, start)):
        np.testing.assert_allclose(found["path"][k], point, atol=1e-12)


MUTATIONS = {
    "the sign of the momentum": ("gd_path.mjs", "dx = beta * dx -", "dx = -beta * dx -"),
    "one coordinate's step": (
        "gd_path.mjs",
        "- eta * jet.gradient[1]",
        "- eta * jet.gradient[0]",
    ),
    "the loss of the wrong point": (
        "gd_path.mjs",
        "losses.push(jet.value)",
        "losses.push(-jet.value)",
    ),
    "a rule of differentiation": (
        "jet.mjs",
        "const v = a[0], slope = (factor, e) => (factor",
        "const v = a[0], slope = (factor, e) => (factor = factor + 0.001, factor",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    file, line, wrong = MUTATIONS[name]
    original = base._read
    assert original(file).count(line) == 1
    monkeypatch.setattr(
        base, "_read", lambda f: original(f).replace(line, wrong) if f == file else original(f)
    )
    page = module(base.module_text("gd_surface.mjs"))
    rows = [row for row in references()[:40] if row[2] > 3]
    shown = compute(page, [state for state, _, _ in rows])
    assert (
        max(
            distance(s, ours, min(3, len(s["path"])))
            for s, (_, ours, _) in zip(shown, rows, strict=True)
        )
        > 1e-6
    )
