"""Texts that someone might type, or a page might have stored: good, broken, strange, hostile.

The corpus is the same in each run, and for both languages.
"""

import random
import string

import numpy as np

NAMES = (
    *("x", "y", "x", "y", "pi", "e", "z", "xy", "X", "_", "_x", "x1", "lambda", "None", "True"),
    *("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "log", "sqrt"),
    *("abs", "eval", "os", "__import__", "__proto__", "constructor", "toString", "hasOwnProperty"),
    *("valueOf", "prototype", "__class__", "__builtins__", "self", "window", "NaN", "Infinity"),
    *("undefined", "null", "if", "else", "in", "is", "not", "and", "or", "await", "yield", "for"),
)
NUMBERS = (
    *("0", "1", "2", "3", "7", "10", "0.5", ".5", "2.", "1.5e-3", "1e300", "1e301", "1e999"),
    *("1e-400", "64", "65", "1000", "00", "01", "1_000", "0x10", "1j", "1e", "1.2.3", "9" * 40),
    *("9" * 330, "1e5x", "0.1", "1e15", "1E+2", "3.141592653589793"),
)
SIGNS = ("+", "-", "*", "/", "**", "(", ")", "(", ")", "-", "+")
ODD = (
    *(",", ".", "[", "]", "{", "}", ";", ":", "=", "==", "<", "^", "//", "%", "@", "!", "~", "&"),
    *("'", '"', "`", "\\", "#", "$", "?", "|", ":=", "->", "\n", "\t", "\r", "\0", "\x07", "\x1c"),
    *("\x85", "\xa0", "\u200b", "\u2028", "\ufeff", "\u202e", "π", "²", "−", "·", "×", "𝐱", "ｘ"),
    *("１", "（", "）", "İ", "ß", "é", "😀", "٣", "\ud800", "x́", " ", "  "),
)
SENTENCES = (
    *("9**9**9", "9**9**9**9", "().__class__.__bases__", "x.real", "x[0]", "f(x)(y)", "(sin)(x)"),
    *(
        "sin(x,)",
        "sin(*x)",
        "sin(**x)",
        "sin()",
        "sin(x, y)",
        "sin (x)",
        "lambda x: x",
        "x if y else 1",
    ),
    *("{}", "${x}", "<script>alert(1)</script>", "';--", "x;y", "x:=1", "`x`", "import os", "x\ny"),
    *(
        "constructor.constructor('x')()",
        "__proto__(x)",
        "toString(x)",
        "this",
        "new x",
        "1/0",
        "x/0",
    ),
    *("0**-1", "0**0", "(x-x)**-1", "x/(x-x)", "log(-x/x)", "sqrt(-1)", "sqrt(-1-x**2)", "asin(2)"),
    *(
        "1/sin(pi)",
        "tan(pi/2)",
        "log(cos(pi/2))",
        "1/(1/49*49-1)",
        "exp(1000)",
        "exp(-1000)",
        "x**65",
    ),
    *("exp((x-x+10**14)*log(10))", "(x-x+10)**64**1", "x**(y-y+100)", "(-8)**(1/3)", "1e300*10"),
    *("[x, y]", "[[x, y], [1, 2]]", "(x, y)", "[x, y,]", "[]", "[[[1]]]", "[1, [2, 3]]", "((x))"),
    *(
        "(x+y)**0.5",
        "2**-x",
        "--x",
        "-x**2",
        "x---y",
        "2**3**2",
        "x y",
        "2x",
        "x(2)",
        "x*-y",
        "1 .5",
    ),
)
FORMS = (
    *("{} + {}", "{} - {}", "{}*{}", "{}/{}", "({} + {})", "({} - {})*{}", "({})**2", "({})**{}"),
    *("-{}", "+{}", "sin({})", "cos({})", "exp({})", "log({})", "sqrt({})", "abs({})", "tanh({})"),
    *("tan({})", "atan({})", "asin({})", "acos({})", "sinh({})", "cosh({})", "( {} )", "{}**-{}"),
)
LEAVES = (
    "x",
    "y",
    "x",
    "y",
    "x",
    "y",
    "1",
    "2",
    "3",
    "0.5",
    "0.25",
    "pi",
    "e",
    "0",
    "4",
    "1e-3",
    "7",
)
SHARES = (
    (35, "formula"),
    (25, "soup"),
    (22, "mutant"),
    (8, "letters"),
    (6, "sentence"),
    (4, "long"),
)


def corpus(count, seed=0):
    """Return that many texts."""
    rng = random.Random(seed)
    weights, kinds = zip(*SHARES, strict=True)
    return [MAKERS[kind](rng) for kind in rng.choices(kinds, weights, k=count)]


def formula(rng, depth=None):
    depth = rng.randint(1, 4) if depth is None else depth
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(LEAVES)
    form = rng.choice(FORMS)
    return form.format(*(formula(rng, depth - 1) for _ in range(form.count("{}"))))


def soup(rng):
    kinds = (NAMES, NUMBERS, SIGNS, SIGNS, SIGNS, ODD)
    pieces = [rng.choice(rng.choice(kinds[: rng.randint(3, 6)])) for _ in range(rng.randint(1, 12))]
    return rng.choice(("", "", " ")).join(pieces)


def mutant(rng):
    """Return a formula in which something is lost, doubled, put in or exchanged."""
    text = formula(rng)
    for _ in range(rng.randint(1, 3)):
        at, end = sorted(rng.randrange(len(text) + 1) for _ in "ab")
        new = rng.choice(
            ("", text[at:end] * 2, rng.choice(ODD), rng.choice(SIGNS), rng.choice(NAMES))
        )
        text = text[:at] + new + text[rng.choice((at, min(at + 1, end))) :]
    return text[:600]


def letters(rng):
    alphabets = (string.printable, "xy019.+-*/()e ", "".join(ODD), None)
    alphabet, length = rng.choice(alphabets), rng.randint(0, 40)
    if alphabet:
        return "".join(rng.choice(alphabet) for _ in range(length))
    return "".join(chr(rng.randrange(0x110000)) for _ in range(length))


def sentence(rng):
    text = rng.choice(SENTENCES)
    form = rng.choice(("{}", "{}", "{}", "({})", "1 + {}", "{}*x", "sin({})", " {} ", "[{}, x]"))
    return form.format(text) if "{" not in text else text


def long(rng):
    """Return a deep or a long text."""
    n = rng.choice((5, 50, 98, 99, 100, 101, 120, 250, 499, 500, 501, 2000, 2001, 5000))
    unit = rng.choice((*ODD, *SIGNS, *NAMES, "x+", "x**", "-", "sin(", "1", "((", "[", " ", "x,"))
    filling = [unit * n, unit * n + "x", "(" * n + "x" + ")" * n, "sin(" * n + "x" + ")" * n]
    filling += ["x" + unit * n, " " * n + "x" + " " * n + "y", "1" * n + unit, "x" + "+x" * n]
    return rng.choice(filling)[:20000]


MAKERS = {
    "formula": formula,
    "soup": soup,
    "mutant": mutant,
    "letters": letters,
    "sentence": sentence,
    "long": long,
}
POINTS = ((0.7, 1.3), (-1.1, 0.4), (2.5, -0.6))


def point(at):
    return dict(zip("xy", map(np.float64, at), strict=True))


def gentle(term, at):
    """Say whether rounding is not magnified: no part of a formula is very large or small."""
    value = term.at(at)
    fine = value == 0 or 1e-4 < abs(value) < 1e4
    return bool(fine) and all(gentle(part, at) for part in term.parts)
