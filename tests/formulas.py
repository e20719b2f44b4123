"""Formulas for the tests of both languages: good ones, bad ones, random ones."""

import random

ACCEPTED = [
    "x",
    "x**2 + y**2",
    "-x**2",
    "2**-x",
    "1.5e-3*x + .5",
    "+x - -y",
    "sin(pi*x)/e",
    "sqrt(x**2 + 1)",
    "abs(x) + exp(-y**2)",
    " x * ( y + 1 ) ",
    "x+" * 45 + "x",
    "(" * 90 + "x" + ")" * 90,
]
REFUSED = {  # the text, and a piece that the message must hold
    "": "empty",
    "   ": "empty",
    "__import__('os')": "'",
    "().__class__": "__class__",
    "9**9**9**9": "387420489",
    "lambda": "lambda",
    "x.real": "real",
    "x[0]": "[0]",
    "f(x)(y)": "f",
    "1e400": "1e400",
    "x^2": "**",
    "x//2": "//",
    "1/0": "divides by zero",
    "x/0": "divides by zero",
    "sqrt(-1)": "real",
    "x<y": "<",
    "x==y": "=",
    "sin": "sin(x)",
    "sin(x, y)": "",
    "foo(x)": "foo",
    "z + 1": "z",
    "(((((": "bracket",
    "x y": "bracket",
    "x)": "bracket",
    "x +": "bracket",
    "2x": "",
    "1j": "1j",
    "0x10": "0x10",
    "01": "",
    "x # y": "#",
    "'x'": "'",
    "π*x": "π",
    "x\ny": "",
    "x**1000": "1000",
    "10**64**64": "exponent",
    "-" * 300 + "x": "deep",
    "(" * 120 + "x" + ")" * 120: "deep",
    "x" * 600: "500",
    "True": "True",
    "x if y else 1": "",
    "constructor": "constructor",
    "constructor(x)": "constructor",
    "__proto__": "__proto__",
}
UNARY = (
    "sin({})",
    "cos({})",
    "exp(sin({}))",
    "tanh({})",
    "atan({})",
    "abs({} + 0.1234)",
    "sqrt(1 + ({})**2)",
)
BINARY = ("({} + {})", "({} - {})", "{} * {}", "({})/(2 + sin({}))")
POWERS = ("({})**2", "({})**3", "(2 + cos({}))**-1.5", "log(3 + sin({}))")


def random_formula(seed, depth=4):
    """Return a formula in x and y that is smooth and moderate on the whole plane."""
    return _grow(random.Random(seed), depth)


def _grow(rng, depth):
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(
            ["x", "y", "x", "y", f"{rng.uniform(0.1, 3):.3f}", str(rng.randint(1, 4))]
        )
    form = rng.choice(rng.choice((UNARY, BINARY, BINARY, POWERS)))
    return form.format(*(_grow(rng, depth - 1) for _ in range(form.count("{}"))))
