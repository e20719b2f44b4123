"""The Python half of the figure on every mode: the ledger's numbers, the counts, the state."""

import ast
import json

import jax
import numpy as np
import pytest
from formulas import random_formula
from lxml import html
from traitlets import TraitError

from mathcalc.autodiff import Tape
from mathcalc.explorables import EveryMode, explorable
from mathcalc.explorables.every_mode import EXAMPLES
from mathcalc.explorables.every_mode_cost import BESIDE_A_CONSTANT, RULES, SQUARE, costs
from mathcalc.explorables.every_mode_reference import reference
from mathcalc.explorables.recording import Recording, variables
from mathcalc.expression import FormulaError


@pytest.fixture(autouse=True)
def doubles():
    with jax.enable_x64(True):
        yield


CHAPTERS = "log(x1) + x1*x2 - sin(x2)"


def shown(*args, **options):
    return reference(EveryMode(*args, **options).state())


def test_it_is_in_the_registry_and_on_the_page():
    assert explorable("every-mode") is EveryMode
    figure = html.fragment_fromstring(EveryMode().to_html())
    assert json.loads(figure.get("data-state"))["at"] == [2.0, 5.0]
    assert "ends in (5.5, 1.716)" in figure.xpath(".//*[local-name()='svg']/@aria-label")[0]


def test_the_steppers_vectors():
    """Those of the ledger's dual-number stepper and of its reverse-tape stepper."""
    for v, tangent in (((1, 0), 5.5), ((0, 1), 1.7163378145367738)):
        now = shown(CHAPTERS, (2, 5), v=v)
        assert now["y"][0] == pytest.approx(11.652071455223084, rel=1e-12)
        assert now["jv"][0] == pytest.approx(tangent, rel=1e-12)
        assert now["duality"][0] == pytest.approx(now["duality"][1], rel=1e-12)
    np.testing.assert_allclose(now["uj"], [5.5, 1.7163378145367738], rtol=1e-12)
    np.testing.assert_allclose(now["adjoints"][2:], [1, 1, 1, -1, 1], rtol=1e-12)
    cube = shown("x**3", (2,))
    assert (cube["y"], cube["jv"]) == ([8.0], [12.0])
    assert shown("x/(1 + x**2)", (2,))["jv"][0] == pytest.approx(-3 / 25)


def test_two_outputs_at_the_chapters_point():
    now = shown("x**2 + y; x*y", (1, 2), v=(1, -2), u=(1, -1))
    assert now["jv"] == [0, 0]
    assert now["uj"] == [0, 0]
    now = shown("x**2 + y; x*y", (1, 2), v=(3, 1), u=(1, 2))
    assert now["duality"] == [21, 21]


def test_an_adjoint_on_the_way_holds_the_lines_above_still():
    """Before line v₄ = x₁x₂ is swept, x₁ matters through no line that has been dealt with."""
    after = [shown(step=step)["soFar"] for step in range(7, 15)]
    assert after[0] == [0, 0, 0, 0, 0, 0, 1]
    assert after[1] == [0, 0, 0, 0, 1, -1, 1]
    np.testing.assert_allclose(after[2][:2], [0, -np.cos(5)])
    np.testing.assert_allclose(after[4][:2], [5, 2 - np.cos(5)])
    np.testing.assert_allclose(after[7], shown()["adjoints"])


def counted(text):
    tape = Tape()
    run = Recording(text, {name: tape.variable(1.3) for name in variables(text)})
    return costs(tape, len(variables(text)), [run.index(y) for y in run.outputs])


def test_the_costs_are_the_chapters():
    for n in (2, 5, 6):
        product = counted("*".join(f"x{k}" for k in range(1, n + 1)))
        assert product["program"] == n - 1
        # The chapter counts multiplications; here the additions of adjoints are counted too.
        assert product["reverse"]["one"] == 5 * (n - 1)
        assert product["forward"]["all"] == n * 4 * (n - 1)
    for function, (along, back) in {
        **dict.fromkeys(("exp", "log"), (2, 3)),
        **dict.fromkeys(("sqrt", "sin"), (3, 4)),
        "tanh": (4, 5),
        "cos": (4, 4),
    }.items():
        cost = counted(f"{function}(x)")
        assert (cost["forward"]["one"], cost["reverse"]["one"]) == (along, back)


def test_the_bounds_of_the_theorems_hold():
    for k in range(60):
        text = random_formula(k, depth=4) + " - x/y"
        if {"atan", "abs", "**-1.5"} & {w for w in ("atan", "abs", "**-1.5") if w in text}:
            continue  # these are no operations of the theorem
        cost = counted(text)
        assert cost["forward"]["one"] <= 5 * cost["program"]
        assert cost["reverse"]["one"] <= 5 * cost["program"]


def test_memory():
    chain = counted("sin(" * 12 + "x" + ")" * 12)
    assert chain["alive"] == 2
    assert len(chain["kept"]) == 12
    assert counted("x + y - 3*x")["kept"] == []
    assert counted("exp(x)")["kept"] == [1]
    assert counted("x**2; log(y)")["kept"] == [0, 1]


NAMES = {"log": np.log, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos}
NAMES |= {"sinh": np.sinh, "cosh": np.cosh, "sign": np.sign}


def value_of(node, names):
    return eval(compile(ast.Expression(node), "rule", "eval"), {}, names)


def swept(code, names):
    """What the statements of a rule add to A and B."""
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Assign):
            names[statement.targets[0].id] = value_of(statement.value, names)
        else:
            sign = 1 if isinstance(statement.op, ast.Add) else -1
            names[statement.target.id] += sign * value_of(statement.value, names)
    return names["A"], names["B"]


CASES = [(name, "ab", rule) for name, rule in RULES.items()]
CASES += [(name, side, rule) for (name, side), rule in BESIDE_A_CONSTANT.items()]


@pytest.mark.parametrize(("name", "sides", "rule"), [*CASES, ("power", "a", SQUARE)])
def test_the_written_rules_are_right(name, sides, rule):
    """What is counted is also correct: against JAX, at a generic point."""
    a, b, da, db, w = 0.37, 2.0 if rule is SQUARE else 1.83, 0.71, -1.3, 0.59
    f = getattr(jax.numpy, name)
    one = "B" not in RULES[name][1]
    args = (a,) if one else (a, b)
    seed = (da,) if one else tuple(x if s in sides else 0.0 for x, s in ((da, "a"), (db, "b")))
    v, tangent = jax.jvp(f, tuple(map(float, args)), tuple(map(float, seed)))
    adjoints = jax.vjp(f, *map(float, args))[1](w)
    names = {**NAMES, "a": a, "b": b, "da": da, "db": db, "v": float(v), "w": w}
    names |= {"A": 0.0, "B": 0.0, "c": b - 1, "l": np.log(a)}
    assert value_of(ast.parse(rule[0], mode="eval").body, names) == pytest.approx(float(tangent))
    handed = swept(rule[1], names)
    for k, side in enumerate("ab"):
        if side in sides and k < len(args):
            assert handed[k] == pytest.approx(float(adjoints[k]))


def test_gradients_agree_with_jax():
    """The figure's engines against JAX, through SymPy's reading of the formula."""
    import sympy as sp

    from mathcalc.expression import parse

    rng = np.random.default_rng(4)
    for k in range(20):
        text = random_formula(500 + k, depth=3) + " + x*y"
        f = sp.lambdify(sp.symbols("x y", real=True), parse(text), "jax")
        at = rng.uniform(-1.2, 1.2, 2).tolist()
        theirs = jax.grad(f, argnums=(0, 1))(*at)
        np.testing.assert_allclose(shown(text, at)["uj"], theirs, rtol=1e-9, atol=1e-12)


def test_state_is_checked():
    with pytest.raises(FormulaError, match="at most 40"):
        EveryMode("+".join(f"sin({k}*x)" for k in range(1, 20)))
    with pytest.raises(FormulaError, match="is a constant"):
        EveryMode("x; 3")
    with pytest.raises(FormulaError, match="theta"):
        EveryMode("theta*x")
    with pytest.raises(FormulaError, match="empty"):
        EveryMode(" ; ")
    with pytest.raises(FormulaError, match="7 inputs"):
        EveryMode("a+b+c+d+g+h+k")
    with pytest.raises(ValueError, match="at has 3 numbers: give 2"):
        EveryMode(CHAPTERS, at=(1, 2, 3))
    figure = EveryMode()
    for key, wrong in (("formula", "x +"), ("at", [np.inf]), ("step", -1)):
        with pytest.raises(TraitError):
            setattr(figure, key, wrong)


def test_a_state_with_missing_numbers_is_completed():
    state = EveryMode().state() | {
        "formula": "x*y*z; x",
        "at": [3.0],
        "v": [],
        "u": [2.0, 1.0, 7.0],
    }
    now = reference(state)
    assert now["values"][:3] == [3, 1, 1]
    assert now["jv"] == [1, 1]
    assert now["uj"] == [3, 6, 6]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["formula"])
def test_every_example_has_a_twin_and_words(example):
    figure = EveryMode(example["formula"])
    assert figure.at == example["at"]
    assert "ends in" in figure.alt
    assert len(figure.twin().axes[0].texts) >= 4 * len(reference(figure.state())["values"])
