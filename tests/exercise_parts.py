"""Parts and answers for the tests of both judges: the chapters' own, and one of each other kind."""

from mathcalc import answers

ANSWERS = [
    (name, letter, part)
    for number in answers.CHAPTERS
    for name, parts in answers.chapter(number).items()
    for letter, part in parts.items()
]
_WRONG = {"wrong": {"1": "One.", "2": "Two.", "3": "Three."}, "asks": "it"}
PARTS = {
    "number": {"kind": "number", "answer": "sqrt(5)", **_WRONG},
    "matrix": {"kind": "matrix", "answer": "[[1, 2], [3, 4]]", **_WRONG},
    "wide": {"kind": "matrix", "answer": "[[1, 2, 3], [4, 5, 6]]", **_WRONG},
    "formula": {"kind": "formula", "answer": "2*x + y", "variables": ("x", "y"), **_WRONG},
    "formulas": {
        "kind": "formula",
        "answer": "[2*x + y, x + 2*y]",
        "variables": ("x", "y"),
        "domain": (0.1, 3.0),
        **_WRONG,
    },
    "function": {
        "kind": "function",
        "answer": "[2*x + y, x + 2*y]",
        "variables": ("x", "y"),
        **_WRONG,
    },
    "choice": {
        "kind": "choice",
        "answer": "b",
        "options": {"a": "one", "b": "two", "c": "three"},
        "wrong": {"a": "Not one."},
        "asks": "which?",
    },
    "choices": {
        "kind": "choices",
        "answer": "ac",
        "options": {"a": "one", "b": "two", "c": "three", "d": "four"},
        "wrong": {"b": "Not two."},
        "asks": "which?",
    },
}
#: What is to be found in answers to those parts, as they are typed.
FOUND = {
    "number": {
        "sqrt(5)": "right",
        " 2.2361 ": "right",
        "5**0.5": "right",
        "−sqrt(5)": "sign",
        "2.25": "close",
        "√5": "right",
        "√ 5": "right",
        "√(25)/√5": "right",
        "√(5²²)/5¹⁰ − √5·0 - 5 + √5": "right",
        "2√5": "product",
        "ln(exp(√5))": "right",
        "7": "wrong",
        "1": "hint",
        "[2.2361]": "shape",
        "tan": "read",
        "1/0": "read",
        "exp(1000)": "read",
        "-exp(exp(9))": "read",
        "2 3": "read",
        "": "none",
        "e**700**1": "read",
    },
    "matrix": {
        "[[1, 2], [3, 4]]": "right",
        "(1, 2), (3, 4)": "right",
        "((1, 2), (3, 4),)": "right",
        "[[1, 3], [2, 4]]": "transpose",
        "[[2, 4], [6, 8]]": "factor",
        "[[1.03, 2.06], [3.09, 4.12]]": "close",
        "[[1, 2.1], [3, 4]]": "close",
        "[[-1, -2], [-3, -4]]": "sign",
        "[[1, 2], [3, -4]]": "only_sign",
        "[[1, 2], [9, 4]]": "only",
        "[[1, 2], [9, 9]]": "several",
        "[[9, 9], [9, 9]]": "wrong",
        "[1, 2, 3, 4]": "shape",
        "[[1, 2], [3]]": "ragged",
        "[[[1]]]": "deep",
    },
    "wide": {
        "[[1, 4], [2, 5], [3, 6]]": "transpose",
        "[[1, 4], [2, 5], [3, 7]]": "shape",
        "[[1, 2, 3], [4, 5, 6]]": "right",
    },
    "formula": {
        "y + x + x": "right",
        "2·x + y": "right",
        "(4*x**2 - y**2)/(2*x - y)": "right",
        "sqrt((2*x + y)**2)": "some",
        "abs(2*x + y)": "some",
        "log(x) + y": "finite_at",
        "log(x) - log(x) + 2*x + y": "finite_at",
        "sqrt(x)**2 + x + y": "finite_at",
        "0*log(x) + 2*x + y": "finite_at",
        "x**0 - 1 + 2*x + y": "right",
        "2*x + y + 3": "constant",
        "-2*x - y": "sign",
        "6*x + 3*y": "factor",
        "x + 2*y": "differs",
        "2x + y": "product",
        "x y + x": "product",
        "sin x": "read",
        "xy + x": "product",
        "(2*x + y)²/(2*x + y)": "right",
        "x^2": "power",
        "2*x + z": "name",
        "2*x + y)": "read",
        "[2*x + y]": "shape",
        "3": "hint",
    },
    "formulas": {
        "[x + x + y, y + y + x]": "right",
        "[x + 2*y, 2*x + y]": "order",
        "[2*x + y, x + 3*y]": "only",
        "[[2*x + y], [x + 2*y]]": "right",
        "[[x + 2*y], [2*x + y]]": "order",
        "[2*x, y]": "differs",
        "2*x + y": "shape",
        "[2*x + y, log(-x)]": "finite_at",
    },
}
#: Texts that no part can read; both judges say the same of each.
UNREADABLE = (
    *("", "   ", "[", "]", "[]", "()", "[,]", ",", "[[", "[1, 2", "(1, 2]", "1 2", "lambda", "x.y"),
    *("x[0]", "2x", "(x)(y)", "x^2", "__import__('os')", "sin", "sin()", "sin(x, y)", "foo(x)"),
    *(
        "x + ",
        "1//2",
        "1/0",
        "sqrt(-1)",
        "log(-1)",
        "1e999",
        "0x10",
        "01",
        "'x'",
        "π²2",
        "√",
        "√√2",
        "log2",
        "xln(y)",
        "x = 2",
    ),
    *("∇f", "[" * 40, "1," * 150, "x" * 3000, "[[[1]]]", "[[1], [2, 3]]", "nan", "inf", "None"),
    *("True", "constructor", "e" * 40),
)
EQUIVALENTS = {
    "ex-x01-1 a": ("[y*z, z*x, x*y]", "(z*y, x*z, y*x)", "[x*y*z/x, x*y*z/y, x*y*z/z]"),
    "ex-x01-5 a": ("exp(log(3*eps*M0/M3)/3)", "(M3/(3*M0*eps))**(-1/3)"),
    "ex-x01-8 a": ("1 + 3*(4/5)**k", "1 + 3*exp(k*log(0.8))", "(5**k + 3*4**k)/5**k"),
}
