"""What is said about an answer: one table for the notebook and, shipped as data, for the page."""

import re

from mathcalc.terms import CONSTANTS, FUNCTIONS

#: The sentences, by what was found. None of them holds the right answer.
MESSAGES = {
    "right": "Right.",
    # An answer that cannot be read.
    "none": "There is no answer yet.",
    "type": "An answer of type {got} cannot be read here.",
    "long": "This is too long to be read.",
    "ragged": "The rows have different lengths.",
    "deep": "The brackets are nested too deep.",
    "power": "Write ** for a power, not ^.",
    "product": "Write * for each product: 2*x, not 2x.",
    "name": "{got} is not known here: write the answer in {variables}.",
    "name_alone": "{got} is not known here: there are no variables in this answer.",
    "read": "This cannot be read: look at signs and brackets, roots, and divisions by zero.",
    # An answer of the wrong form.
    "shape": "Expected {expected}, got {got}.",
    "shape_at": "At {point} expected {expected}, got {got}.",
    "callable": "Give the function itself, without calling it.",
    "notebook": "This part asks for a function, and is checked in a notebook.",
    "raises": "At {point} it raises {got}.",
    "finite": "This is not a finite real number.",
    "finite_at": "At {point} it has no finite real value.",
    "option": "Choose among {options}.",
    "one_option": "Choose one of them.",
    # An answer that can be compared, and is not right.
    "sign": "Right up to sign.",
    "factor": "Right up to a factor.",
    "constant": "Right up to a constant that is added.",
    "transpose": "This is the transpose.",
    "order": "The right components, in the wrong order.",
    "close": "Close, but not to the accuracy asked for.",
    "only": "One component is off: {which}.",
    "only_sign": "One component is off, by its sign: {which}.",
    "several": "{count} of {total} components are off.",
    "some": "Right at some points, such as {agree}, but not at {point}.",
    "differs": "It differs at {point}.",
    "missing": "What you chose is right, but something is missing.",
    "extra": "Something that you chose does not belong.",
    "wrong": "Not right.",
}
#: How a shape is said: one entry, n entries, rows and columns.
SHAPES = {
    "one": "one value",
    "component": "1 component",
    "components": "{n} components",
    "matrix": "a {m}×{n} matrix",
    "entry": "row {i}, column {j}",
    "ordinal": "number {i}",
}
#: What a page or a keyboard writes for the signs of the language.
SPELLINGS = {"−": "-", "·": "*", "×": "*", "π": "pi", "φ": "phi", "ε": "eps", "√": "sqrt"}
SPELLINGS |= {sign: str(digit) for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
#: What is put right before that: a pattern, and what stands for it, alike in both languages.
REWRITTEN = [
    ["([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", "**$1 "],  # a raised number is a power
    ["√ *([0-9.]+|[A-Za-z][A-Za-z0-9_]*)", "√($1)"],  # a root reaches as far as the next name
    ["(?<![A-Za-z0-9_])ln(?![A-Za-z0-9_])", "log"],
]
LONGEST = 2000  # characters of an answer
LARGEST = 100  # entries of a list
DEEPEST = 2  # brackets in brackets: a matrix
EXACT = 1e-8  # a number that is to be more accurate is one to be counted
NEAR = 0.05  # so near, relative to the right answer, is called close


def table() -> dict[str, object]:
    """Return what the page needs to speak, and to refuse, as the notebook does."""
    return {
        "messages": MESSAGES | SHAPES,
        "spellings": SPELLINGS,
        "rewritten": REWRITTEN,
        "names": [*FUNCTIONS, *CONSTANTS],
        "longest": LONGEST,
        "largest": LARGEST,
        "deepest": DEEPEST,
        "near": NEAR,
        "exact": EXACT,
    }


def say(code: str, **details: object) -> str:
    """Return a sentence of the table with its details in their places."""
    return re.sub(r"\{(\w+)\}", lambda m: str(details[m[1]]), (MESSAGES | SHAPES)[code])


def shape_in_words(shape: tuple[int, ...]) -> str:
    """Say the shape of an answer."""
    match shape:
        case ():
            return say("one")
        case (1,):
            return say("component")
        case (n,):
            return say("components", n=n)
    return say("matrix", m=shape[0], n=shape[1])


def place_in_words(index: int, shape: tuple[int, ...]) -> str:
    """Say which entry of an answer is meant, counted from one."""
    if len(shape) == 1:
        return say("ordinal", i=index + 1)
    return say("entry", i=index // shape[1] + 1, j=index % shape[1] + 1)
