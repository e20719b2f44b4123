"""Chapter 5, Automatic Differentiation: both modes, their traces and their costs."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x05-1": {
        "a": {
            "asks": "value and derivative of x³ at 2, as a vector",
            "kind": "vector",
            "answer": "[8, 12]",
            "wrong": {
                "[12, 8]": "order",
                "[8, 3]": "The factor of ε in (2 + ε)³ is 3·2²: the square belongs to it.",
                "[8, 6]": "Multiply (4 + 4ε)(2 + ε) once more: two terms have a factor of ε.",
                "12": "shape",
            },
        },
        "b": {
            "asks": "value and derivative of x/(1 + x²) at 2, as a vector",
            "kind": "vector",
            "answer": "[2/5, -3/25]",
            "wrong": {
                "[2/5, 3/25]": "only_sign",
                "[2/5, 1/4]": "A quotient of derivatives is not the derivative of a quotient.",
                "[-3/25, 2/5]": "order",
            },
        },
        "c": {
            "asks": "Which dual numbers have no inverse?",
            "kind": "choice",
            "answer": "b",
            "options": {
                "a": "Only zero.",
                "b": "Those with a = 0.",
                "c": "Those with b = 0.",
                "d": "All but the real numbers.",
            },
            "wrong": {
                "a": "Try ε itself: ε(c + dε) = cε. Can it be 1?",
                "c": "Those are the real numbers: 2 has the inverse 1/2.",
                "d": "(1 + ε)(1 − ε) = 1.",
            },
        },
    },
    "ex-x05-2": {
        "a": {
            "asks": "the value at (2, 5)",
            "kind": "number",
            "answer": "log(2) + 10 - sin(5)",
            "wrong": {
                "log(2) + 10 + sin(5)": "The sine is subtracted.",
                "-log(2) - 10 + sin(5)": "sign",
                "10 - sin(5)": "The logarithm of 2 is missing.",
            },
        },
        "b": {
            "asks": "the final tangents for e₁ and e₂",
            "kind": "vector",
            "answer": "[11/2, 2 - cos(5)]",
            "wrong": {
                "[2 - cos(5), 11/2]": "order",
                "[11/2, 2 + cos(5)]": "only",
                "[5, 2 - cos(5)]": "x₁ is used twice: by the logarithm as well.",
            },
        },
        "c": {
            "asks": "the adjoints of the lines ln, ×, sin",
            "kind": "vector",
            "answer": "[1, 1, -1]",
            "wrong": {
                "[1, 1, 1]": "The last line is a difference: its second operand has the slope −1.",
                "[1/2, 5, cos(5)]": "Local slopes: how does the output change with each line?",
                "[-1, -1, 1]": "sign",
            },
        },
    },
    "ex-x05-3": {
        "a": {
            "asks": "JVPs and VJPs for the Jacobian, as a vector",
            "kind": "vector",
            "answer": "[1000, 3]",
            "tolerance": 1e-12,
            "wrong": {
                "[3, 1000]": "order",
                "[1000, 1]": "One VJP is one combination of the three rows.",
                "3000": "shape",
            },
        },
        "b": {
            "asks": "JVPs and VJPs for the gradient, as a vector",
            "kind": "vector",
            "answer": "[1000000000, 1]",
            "tolerance": 1e-12,
            "wrong": {
                "[1, 1000000000]": "order",
                "[1, 1]": "One JVP is the slope along one direction only.",
                "[1000000000, 1000000000]": "The loss is one number: its Jacobian has one row.",
            },
        },
    },
    "ex-x05-4": {
        "a": {
            "asks": "multiplications for the product, as a formula in n",
            "kind": "formula",
            "answer": "n - 1",
            "variables": ("n",),
            "domain": (2.0, 50.0),
            "wrong": {
                "n": "Two factors need one multiplication.",
                "n + 1": "Two factors need one multiplication.",
                "1 - n": "sign",
            },
        },
        "b": {
            "asks": "multiplications for product and gradient, as a formula in n",
            "kind": "formula",
            "answer": "3*(n - 1)",
            "variables": ("n",),
            "domain": (2.0, 50.0),
            "wrong": {
                "3*n - 5": "You spared the products with the seed 1: count them, too.",
                "2*(n - 1)": "That is the sweep alone: add the product itself.",
                "n*(n - 1)": "The sweep shares its work: each line hands on two products.",
                "n - 1 + n*(n - 2)": "The sweep shares its work: each line hands on two products.",
            },
        },
    },
}
