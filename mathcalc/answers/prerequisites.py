"""What you need to know, first half of the self-test: numbers, functions, vectors."""

from typing import Any


def read_up(section: str, parts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Let each sentence about a wrong answer end with the section of the page that helps."""
    return {
        letter: part | {"wrong": _told(section, part["wrong"])} for letter, part in parts.items()
    }


def _told(section: str, wrong: dict[str, str]) -> dict[str, str]:
    """Leave the keys of the general sentences as they are."""
    end = f" Read up: {section}."
    return {answer: hint + end * hint.endswith((".", "?")) for answer, hint in wrong.items()}


ANSWERS: dict[str, dict[str, Any]] = {
    "ex-know-logs": read_up(
        "Powers and logarithms",
        {
            "a": {
                "asks": "ln(a²/b)",
                "kind": "number",
                "answer": "1",
                "wrong": {
                    "4/3": "The logarithm of a quotient is a difference, not a quotient.",
                    "7": "Dividing by b takes ln b away.",
                    "-1": "The exponent 2 comes down as a factor.",
                    "5": "That is ln(a b).",
                },
            },
            "b": {
                "asks": "what holds for all positive a and b",
                "kind": "choices",
                "answer": "ace",
                "options": {
                    "a": "ln(a b) = ln a + ln b",
                    "b": "ln(a + b) = ln a + ln b",
                    "c": "exp(a + b) = exp(a) exp(b)",
                    "d": "exp(a b) = exp(a) exp(b)",
                    "e": "ln(aᵇ) = b ln a",
                    "f": "ln(a/b) = ln a / ln b",
                },
                "wrong": {
                    "b": "Try a = b = 1: the left side is ln 2. And the right one?",
                    "d": "Try a = b = 1: e on the left, e² on the right.",
                    "f": "Try a = 1: the left side is −ln b, the right one 0.",
                },
            },
        },
    ),
    "ex-know-sums": read_up(
        "Sums",
        {
            "a": {
                "asks": "the sum of 2k − 1",
                "kind": "number",
                "answer": "16",
                "wrong": {
                    "7": "That is the last term: add all four.",
                    "19": "The 1 is taken away in each of the four terms.",
                    "9": "That stops one term too early.",
                    "15": "The sum begins at k = 1, not at k = 0.",
                },
            },
            "b": {
                "asks": "the sum of c xᵢ + 1 in terms of c, n and s",
                "kind": "formula",
                "answer": "c*s + n",
                "variables": ("c", "n", "s"),
                "wrong": {
                    "c*s + 1": "The 1 stands in each term: there are n of them.",
                    "c*s": "What became of the ones?",
                    "n*c*s + n": "The sum s has all the x in it already.",
                    "c*(s + n)": "The factor c stands at the x alone.",
                },
            },
        },
    ),
    "ex-know-chain": read_up(
        "The chain rule",
        {
            "a": {
                "asks": "the derivative",
                "kind": "formula",
                "answer": "exp(x)/(1 + exp(x))",
                "variables": ("x",),
                "wrong": {
                    "1/(1 + exp(x))": "That is the outer derivative: multiply by the inner one.",
                    "exp(x)": "That is the inner derivative: multiply by the outer one.",
                    "1/exp(x)": "Take the outer derivative at the whole inner value.",
                    "1": "Take the outer derivative at the whole inner value.",
                },
            },
            "b": {
                "asks": "its value at 0",
                "kind": "number",
                "answer": "1/2",
                "wrong": {
                    "log(2)": "That is the value of the function, not of its derivative.",
                    "1": "That is the inner derivative alone.",
                    "0": "The exponential is not zero at 0.",
                },
            },
        },
    ),
    "ex-know-critical": read_up(
        "Critical points",
        {
            "a": {
                "asks": "where the maximum and where the minimum is",
                "kind": "vector",
                "answer": "[-1, 1]",
                "wrong": {
                    "[1, -1]": "Look at the sign of the second derivative, 6x.",
                    "[2, -2]": "Those are the values there, not the places.",
                    "[-sqrt(3), sqrt(3)]": "There the function is zero, not its derivative.",
                    "0": "shape",
                },
            },
            "b": {
                "asks": "Which of them has a minimum at 0?",
                "kind": "choice",
                "answer": "b",
                "options": {
                    "a": "x³",
                    "b": "x⁴",
                    "c": "−x⁴",
                    "d": "None: the second derivative is zero there.",
                },
                "wrong": {
                    "a": "It is negative on the left of 0.",
                    "c": "It is negative on both sides.",
                    "d": "Where the second derivative is zero, the test is silent: look further.",
                },
            },
        },
    ),
    "ex-know-taylor": read_up(
        "Taylor’s formula",
        {
            "a": {
                "asks": "cos 0.1 by the first two terms that are not zero",
                "kind": "number",
                "answer": "0.995",
                "tolerance": 1e-5,
                "wrong": {
                    "0.99": "The second derivative is divided by 2!.",
                    "1.005": "The second derivative of the cosine at 0 is −1.",
                    "0.95": "The step enters squared.",
                    "1": "That is the first term: add the next one that is not zero.",
                },
            },
            "b": {
                "asks": "the bound on the error, with k = 3",
                "kind": "number",
                "answer": "0.1**4/24",
                "tolerance": 1e-2,
                "wrong": {
                    "0.1**3/6": "The third derivative is zero at 0: go one term further.",
                    "0.1**4": "Divide by the factorial.",
                    "0.1**4/4": "Divide by the factorial, not by the number itself.",
                    "0.1**4/6": "The factorial is that of k + 1.",
                },
            },
        },
    ),
    "ex-know-dot": read_up(
        "Lengths and angles",
        {
            "a": {
                "asks": "x · y",
                "kind": "number",
                "answer": "10",
                "wrong": {
                    "[6, 4]": "shape",
                    "11": "The first entry meets the first, the second the second.",
                    "5*sqrt(5)": "That is the product of the lengths: the angle is missing.",
                },
            },
            "b": {
                "asks": "the length of x",
                "kind": "number",
                "answer": "5",
                "wrong": {
                    "25": "That is its square.",
                    "7": "That is the sum of the entries: square them first.",
                    "sqrt(7)": "Square the entries before you add them.",
                },
            },
            "c": {
                "asks": "the cosine of the angle between them",
                "kind": "number",
                "answer": "2/sqrt(5)",
                "wrong": {
                    "10": "Divide the dot product by both lengths.",
                    "2/5": "The length is the root of the sum of squares: 5 is y · y.",
                    "2": "Divide by the length of y, too.",
                    "acos(2/sqrt(5))": "That is the angle itself.",
                },
            },
        },
    ),
}
