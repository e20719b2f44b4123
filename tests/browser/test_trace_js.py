"""Formulas as lists of lines, in JavaScript, against the package's tape and dual numbers."""

import random
from functools import cache

import numpy as np
import pytest
from formulas import REFUSED, random_formula

from mathcalc.autodiff import Tape
from mathcalc.explorables import base
from mathcalc.explorables.recording import Recording, variables
from mathcalc.forward import Dual

pytestmark = pytest.mark.browser

COUNT = 300
TOLERANCE = 1e-9
RUN = """(cases) => cases.map(({ text, at, v, u }) => {
  const list = module.trace(text), run = module.run(list, at);
  return {
    variables: list.variables, outputs: list.outputs, values: run.values, partials: run.partials,
    operands: list.lines.map(({ operands }) => operands.map(({ line }) => line ?? null)),
    tangents: module.tangents(list, run, v), adjoints: module.adjoints(list, run, u),
    words: list.lines.map((_, i) => module.operationOf(list, i)),
    symbols: list.lines.map((line) => module.symbolOf(line)),
  };
})"""


@cache
def cases():
    """Seeded texts with one to three formulas, points, directions and adjoints."""
    rng, made = np.random.default_rng(23), []
    for k in range(COUNT):
        pieces = [random_formula(1000 * k + j, depth=1 + k % 4) for j in range(1 + k % 3)]
        text = random.Random(k).choice(["; ", "\n"]).join(f"{p} - -x*y" for p in pieces)
        at, v = rng.uniform(-1.5, 1.5, (2, 2)).tolist()
        made.append({"text": text, "at": at, "v": v, "u": rng.uniform(-2, 2, len(pieces)).tolist()})
    return made


def recorded(case):
    """The same lines by the package: a tape, its backward sweeps, and a run on dual numbers."""
    names, tape = variables(case["text"]), Tape()
    inputs = {n: tape.variable(x, n) for n, x in zip(names, case["at"], strict=True)}
    run = Recording(case["text"], inputs)
    adjoints = np.zeros(len(tape.lines))
    for u, output in zip(case["u"], run.outputs, strict=True):
        tape.backward(output)
        adjoints += [u * (a or 0.0) for a in tape.adjoints]
    duals = map(Dual, case["at"], case["v"])
    forward = Recording(case["text"], dict(zip(names, duals, strict=True)))
    return tape, run, [line.tangent for line in forward.lines], adjoints


@cache
def references():
    return [recorded(case) for case in cases()]


def operands(tape, line):
    return [x.index if getattr(x, "lines", None) is tape.lines else None for x in line.operands]


def far(a, b):
    a, b = (np.asarray(x, float) for x in (a, b))
    return np.inf if a.shape != b.shape else float((np.abs(a - b) / (1 + np.abs(b))).max())


def worst(page, count=COUNT):
    """The largest relative distance of all numbers; infinity where the lists differ."""
    shown, apart = page.evaluate(RUN, cases()[:count]), 0.0
    for found, (tape, run, tangents, adjoints) in zip(shown, references()[:count], strict=True):
        same = found["operands"] == [operands(tape, line) for line in tape.lines]
        same &= found["outputs"] == [output.index for output in run.outputs]
        pairs = zip(
            (found[key] for key in ("values", "tangents", "adjoints")),
            ([line.value for line in tape.lines], tangents, adjoints),
            strict=True,
        )
        apart = max([apart, *(far(a, b) for a, b in pairs)]) if same else np.inf
    return apart


@pytest.fixture(scope="module")
def page(module):
    return module(base.module_text("trace.mjs"))


def test_300_texts_agree_line_by_line(page):
    apart = worst(page)
    lines = [len(tape.lines) for tape, *_ in references()]
    print(f"{len(lines)} texts, {sum(lines)} lines: at most {apart:.1e} apart")
    assert apart < TOLERANCE
    assert max(lines) > 30


def test_the_books_example(page):
    case = {"text": "log(x1) + x1*x2 - sin(x2)", "at": [2, 5], "v": [1, 0], "u": [1]}
    found = page.evaluate(RUN, [case])[0]
    assert found["words"] == [
        *("input", "input", "ln x₁", "x₁ × x₂", "v₃ + v₄", "sin x₂", "v₅ − v₆")
    ]
    assert found["values"][-1] == pytest.approx(11.652071455223084, rel=1e-14)
    assert found["tangents"][-1] == 5.5
    np.testing.assert_allclose(found["adjoints"], [5.5, 2 - np.cos(5), 1, 1, 1, -1, 1], rtol=1e-14)


def words(page, text):
    n = len(variables(text))
    return page.evaluate(RUN, [{"text": text, "at": [1.5] * n, "v": [1] * n, "u": [1] * 4}])[0]


def test_what_repeats_is_written_once(page):
    found = words(page, "exp(x*y)*sin(x*y); x*y + y*x")
    assert found["words"] == [
        *("input", "input", "x × y", "exp v₃", "sin v₃", "v₄ × v₅", "y × x", "v₃ + v₇")
    ]
    assert found["outputs"] == [5, 7]


def test_signs_powers_and_constants(page):
    found = words(page, "-x10**2 + 2**x2/3 - +x2**x10*(1 - 4)")
    assert found["variables"] == ["x2", "x10"]
    assert found["words"][2:] == [
        *("x₁₀²", "−v₃", "2 ^ x₂", "v₅ ÷ 3", "v₄ + v₆"),
        *("x₂ ^ x₁₀", "v₈ × −3", "v₇ − v₉"),
    ]
    assert found["symbols"][2:7] == ["( )²", "−", "2 ^", "÷ 3", "+"]


@pytest.mark.parametrize("text", ["", " ; ", "3", "x; 2*pi", "theta*x", *list(REFUSED)[2:12]])
def test_it_refuses_in_words(page, text):
    refused = "(t) => { try { module.trace(t); } catch (e) { return [e.name, e.message]; } }"
    name, message = page.evaluate(refused, text)
    assert message
    assert name == "Error"
    if text in ("3", "x; 2*pi"):
        assert "it needs an input" in message


def test_an_infinite_slope_is_what_it_is(page):
    found = page.evaluate(RUN, [{"text": "sqrt(x)", "at": [0], "v": [1], "u": [1]}])[0]
    assert found["tangents"] == [1, np.inf]
    assert found["adjoints"] == [np.inf, 1]


MUTATIONS = {
    "an adjoint that overwrites": ("found[line] += found[i]", "found[line] = found[i]"),
    "a partial of the wrong operand": (
        "partials[i][k] * found[line]",
        "partials[i][0] * found[line]",
    ),
    "a sweep that misses the first line": ("i >= last; i--", "i > 2; i--"),
    "a seed for the first output only": (
        "(found[line] += seeds[k])",
        "(found[line] += k ? 0 : seeds[k])",
    ),
    "the sign of a negation": ("return [-1];", "return [1];"),
    "a power's rule": ("b * a ** (b - 1)]", "b * a ** b]"),
    "two operations taken for one": ("const key = [op, ...", "const key = [..."),
    "operands taken for one another": (
        "line === undefined ? `=${value}` : line))]",
        "line === undefined ? `=${value}` : line)).sort()]",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_wrong_line_is_found(name, module, monkeypatch):
    line, wrong = MUTATIONS[name]
    original = base._read
    assert original("trace.mjs").count(line) == 1
    monkeypatch.setattr(base, "_read", lambda f: original(f).replace(line, wrong))
    assert not worst(module(base.module_text("trace.mjs")), 300) < 1e-6
