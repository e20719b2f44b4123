"""Every public function, given what it was not made for: a right answer, or a refusal in words.

A refusal is a `ValueError` or a `TypeError` whose message names the argument. Nothing else is ever
raised, nothing warns, nothing hangs, and no argument is changed.
"""

import copy
import importlib
import inspect
import pkgutil
import re
import signal
import warnings
from contextlib import contextmanager

import numpy as np
import pytest
from hostile_calls import CALLS, Call
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import mathcalc

PUBLIC = (
    *("numerical", "symbolic", "samples", "autodiff", "checkpointing", "reversal", "landscape"),
    *("landscapes", "connectivity", "triangulation", "plotting", "exercises", "optimality"),
)
INNER = (  # their callers check
    *("terms", "grammar", "expression", "checks", "evaluator", "exact", "stencils", "forward"),
    *("extrapolation", "ways", "listing", "roads", "overrides_reductions"),
    *("overrides_einsum", "overrides_moves", "levels"),
    *("reverse", "sweeps", "custom", "operators", "overrides", "overrides_linear", "rules"),
    *("rules_arrays", "rules_entrywise", "rules_reductions", "traced", "trees", "inline", "glue"),
    *("palette", "pathdata", "diagrams", "answers", "explorables"),
)
MADE = (  # by functions of the package alone
    *("AbnormalPoint", "Classification", "Cluster", "Component", "CriticalPoint", "CriticalPoints"),
    *("KKTPoint", "KKTPoints", "KKTResidual", "ShadowPrices", "SVM", "Agreement", "Box", "Verdict"),
    *("Tape",),
)
LIMIT = 60  # seconds
HUGE = np.broadcast_to(0.5, (10**6,))  # all its entries share one place in memory


# ── which functions there are ───────────────────────────────────────────────────────────────


def public(module):
    """Return the names of a module's functions, classes and methods that anyone may call."""
    own = [n for n, o in vars(module).items() if getattr(o, "__module__", "") == module.__name__]
    for name in getattr(module, "__all__", [n for n in own if not n.startswith("_")]):
        thing = getattr(module, name)
        if inspect.isclass(thing):
            yield from () if name in MADE else of_class(name, thing)
        elif callable(thing):
            yield name


def of_class(name, thing):
    if issubclass(thing, BaseException):
        return
    methods = [n for n in dir(thing) if not n.startswith("_") and callable(getattr(thing, n))]
    made = any(isinstance(vars(thing).get(n), classmethod) for n in methods)
    yield from () if made else (name,)
    yield from (
        f"{name}.{n}" for n in [*methods, *(["__call__"] if "__call__" in vars(thing) else [])]
    )


def missing(calls, modules=PUBLIC):
    """Return what is to be added for each public function that is not asked here."""
    for module in modules:
        for name in public(importlib.import_module(f"mathcalc.{module}")):
            if f"{module}.{name}" not in calls:
                yield f"{module}.{name} has no good arguments: add it to CALLS in hostile_calls.py"


def test_every_public_function_is_asked():
    rooms = {m.name for m in pkgutil.iter_modules(mathcalc.__path__)}
    assert rooms - {*PUBLIC, *INNER} == set(), "add it to PUBLIC, or to INNER if its callers check"
    assert list(missing(CALLS)) == []


def test_a_function_that_is_not_asked_is_found():
    calls = {name: call for name, call in CALLS.items() if name != "numerical.hvp"}
    (sentence,) = missing(calls)
    assert sentence.startswith("numerical.hvp has no good arguments: add it to CALLS")


# ── what can be wrong with an argument ──────────────────────────────────────────────────────


class Subclass(np.ndarray):
    pass


def locked(x):
    x = x.copy()
    x.flags.writeable = False
    return x


ALIKE = {  # the same numbers, in another form
    "read-only": locked,
    "strided": lambda x: np.repeat(x, 2, axis=-1)[..., ::2],
    "backwards": lambda x: x[..., ::-1].copy()[..., ::-1],
    "Fortran's order": lambda x: np.array(x, order="F"),
    "a list": lambda x: x.tolist(),
    "a subclass": lambda x: x.view(Subclass),
    "a masked array without masked entries": lambda x: np.ma.array(x),
    "big-endian": lambda x: x.astype(">f8"),
}
OTHER = {
    "nan": lambda x: x * np.nan,
    "one nan": lambda x: np.where(np.arange(x.size).reshape(x.shape) == 0, np.nan, x),
    "infinite": lambda x: x + np.inf,
    "minus infinity": lambda x: x - np.inf,
    "large": lambda x: x + 1e300,
    "larger": lambda x: x - 1.7e308,
    "tiny": lambda x: x * 1e-320,
    "whole": lambda x: np.rint(x).astype(int),
    "single": lambda x: x.astype("float32"),
    "complex": lambda x: x + 0j,
    "truth values": lambda x: x > 0,
    "texts": lambda x: x.astype(str),
    "objects": lambda x: x.astype(object),
    "strange objects": lambda x: np.full(x.shape, None),
    "masked": lambda x: np.ma.masked_array(x, mask=np.ones(x.shape, bool)),
    "dates": lambda x: np.zeros(x.shape, "M8[s]"),
    "empty": lambda x: x[..., :0],
    "nothing": lambda x: np.zeros(0),
    "one axis more": lambda x: x[None],
    "one axis more at the end": lambda x: x[..., None],
    "a batch of none": lambda x: np.zeros((*x.shape, 0)),
    "one entry more": lambda x: np.concatenate([x, x[..., :1]], axis=-1),
    "one entry fewer": lambda x: x[..., 1:],
    "one row fewer": lambda x: x[1:],
    "flat": lambda x: x.ravel(),
    "one number": lambda x: np.array(0.5),
    "very long": lambda x: HUGE,
    "very long columns": lambda x: np.broadcast_to(0.5, (len(x), 10**4)) if x.ndim > 1 else HUGE,
}
NUMBERS = (
    *(0, -1, 2, 0.5, -0.5, np.nan, np.inf, -np.inf, 1e300, 1e-320, 10**30, -(10**30), 2**31),
    *(True, 1j, "2", np.float64(2), np.int8(3), np.array(2), np.array([2.0]), np.array(["2"])),
)
JUNK = (None, "strange", "", b"x", 3, 0.5, np.nan, object(), (), [], {}, [[1], [1, 2]], {"x": 1.0})
JUNK += (np.zeros((2, 0)), np.array(None), lambda: None, lambda *a: None, type, range(3), [None])
TEXTS = ("x", "x**", "1/0", "x/(x-x)", "nan", "__import__('os')", "x\0", "z" * 600, ["x"], ["x", 3])


def strange(good):
    """Return pairs: what is strange about an argument, and what is given instead."""
    junk = [j for j in JUNK if not (callable(good) and callable(j))]
    pairs = [(f"junk {i}: {j!r:.30}", j) for i, j in enumerate(junk)]
    if callable(good):
        return [*pairs, ("a function that returns nothing", lambda *a: None)]
    if isinstance(good, np.ndarray):
        return pairs + [(name, change(good)) for name, change in OTHER.items()]
    if isinstance(good, int | float):
        return pairs + [(f"the number {n!r}", n) for n in NUMBERS]
    return pairs + [(f"the text {t!r:.20}", t) for t in TEXTS]


# ── what comes of it ────────────────────────────────────────────────────────────────────────


@contextmanager
def in_time(limit=LIMIT):
    """Stop what hangs, where the system can."""

    def stop(*_):
        raise AssertionError(f"it hangs: more than {limit} seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(limit)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def traces(args):
    """Return what tells whether an argument was changed."""
    return {
        k: (a.tobytes() if isinstance(a, np.ndarray) and a.size < 10**5 else repr(a))
        for k, a in args.items()
    }


def outcome(call, args):
    """Return (result, None), or (None, what the refusal says)."""
    before, result, said = traces(args), None, None
    with in_time(), warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = call.see(call.call(**args))
        except call.verdicts:
            pass
        except (ValueError, TypeError) as refusal:
            if isinstance(refusal, np.linalg.LinAlgError):
                raise
            said = str(refusal)
    assert traces(args) == before, "an argument was changed"
    return result, said


def same(a, b):
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.ndarray | float | int):
        return np.shape(a) == np.shape(b) and np.allclose(a, b, 1e-6, 1e-9, equal_nan=True)
    return a == b


def names(call, argument, said):
    """Say whether a refusal names the argument, or another one to which it does not fit."""
    known = "|".join([argument, *call.args, *call.names.values()])
    return bool(re.search(rf"\b({known})\b", said))


def faults(call, argument):
    """Return what is wrong with how a function takes strange forms of one argument."""
    good = call.args[argument]
    expected, refused = outcome(call, call.args)
    assert refused is None, refused
    alike = ALIKE if isinstance(good, np.ndarray) else {}
    for name, change in alike.items():
        yield from fault(call, argument, name, change(good), expected)
    for name, bad in strange(good):
        yield from fault(call, argument, name, bad)


def fault(call, argument, name, value, expected=None):
    args = {**copy.copy(call.args), argument: value}
    try:
        result, said = outcome(call, args)
    except Warning as warning:
        if not breaks_alone(call, args):
            yield f"{argument}, {name}: {type(warning).__name__}: {warning}"[:200]
        return
    except Exception as other:
        yield f"{argument}, {name}: {type(other).__name__}: {other}"[:200]
        return
    if said is not None and not names(call, argument, said) and not breaks_alone(call, args):
        yield f"{argument}, {name}: the message does not name it: {said}"[:200]
    if said is None and expected is not None and not same(result, expected):
        yield f"{argument}, {name}: another result"
    if said is None and argument in call.finite and endless(value):
        yield f"{argument}, {name}: accepted, against the promise"


def breaks_alone(call, args):
    """Say whether the caller's own function, which is run, cannot stand what it is given."""
    if call.own is None:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            call.own(args)
        except Exception:
            return True
    return False


def endless(value):
    numbers = np.asarray(value) if isinstance(value, np.ndarray | float) else np.zeros(0)
    return numbers.dtype.kind == "f" and np.isnan(numbers).any()


@pytest.mark.parametrize("name", CALLS)
def test_a_strange_argument_is_understood_or_refused_by_name(name):
    call = CALLS[name]
    found = {a: list(faults(call, a)) for a in call.args}
    assert {a: f for a, f in found.items() if f} == {}


ANY = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, bool, np.complex128, object, "U2"]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_any_array_is_understood_or_refused_by_name(name, data):
    call = CALLS[name]
    argument = data.draw(st.sampled_from(list(call.args)))
    assert list(fault(call, argument, "any array", data.draw(ANY))) == []


# ── planted faults ──────────────────────────────────────────────────────────────────────────


def sorts_in_place(x):
    x.sort()
    return x.sum()


def shifts_in_place(x):
    x -= x.mean()
    return x.sum()


def breaks(x):
    return np.linalg.inv(np.atleast_2d(x) * 0)


def warns(x):
    return np.log(np.asarray(x, dtype=float) - 10)


def says_little(x):
    raise ValueError("bad input")


def forgets_to_check(x):
    return float(np.nansum(np.asarray(x, dtype=float)))


PLANTED = {
    sorts_in_place: "an argument was changed",
    shifts_in_place: "an argument was changed",
    breaks: "LinAlgError",
    warns: "RuntimeWarning",
    says_little: "does not name it",
    forgets_to_check: "against the promise",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_found(planted):
    call = Call(planted, {"x": np.array([2.0, -1.0])}, ("x",))
    found = [
        f for v in (call.args["x"], np.array([np.nan, 1.0])) for f in fault(call, "x", "", v.copy())
    ]
    assert any(PLANTED[planted] in sentence for sentence in found), found


def test_a_dropped_finite_check_is_found(monkeypatch):
    from mathcalc import checks, evaluator, extrapolation, stencils

    for module in (checks, evaluator, extrapolation, stencils):
        monkeypatch.setattr(module, "refuse", lambda bad, sentence: None)
    found = list(fault(CALLS["numerical.gradient"], "x", "nan", np.full(2, np.nan)))
    assert found and ("promise" in found[0] or "name it" in found[0])


def test_a_hang_is_found():
    def hangs(x):
        while True:
            pass

    with pytest.raises(AssertionError, match="hangs"), in_time(1):
        hangs(0)
