"""Chapter 1, Partial Derivatives and Gradients: steps, quadratic forms, descent."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x01-5": {
        "a": {
            "asks": "the best step h, in terms of eps, M0, M3",
            "kind": "formula",
            "answer": "(3*eps*M0/M3)**(1/3)",
            "variables": ("eps", "M0", "M3"),
            "domain": (0.1, 2.0),
            "wrong": {
                "(6*eps*M0/M3)**(1/3)": "The derivative of h²/6 is h/3, not h/6.",
                "(3*eps*M0/M3)**(1/2)": "The two terms balance at a cube: take the cube root.",
                "(3*eps*M3/M0)**(1/3)": "A larger third derivative asks for a smaller step.",
                "(eps*M0/M3)**(1/3)": "factor",
                "(3*eps*M0/M3)**1/3": "The power comes before the division: write **(1/3).",
            },
        },
        "b": {
            "asks": "its value for M0 = M3 and eps = 2**-52",
            "kind": "number",
            "answer": "(3*2**-52)**(1/3)",
            "wrong": {
                "2**-26": "That is √eps, the scale of one-sided differences.",
                "(2**-52)**(1/3)": "The factor 3 under the root is missing.",
                "8.5e-6": "close",
                "(6*2**-52)**(1/3)": "The derivative of h²/6 is h/3, not h/6.",
            },
        },
    },
    "ex-x01-6": {
        "a": {
            "asks": "the gradient at (1, 1)",
            "kind": "vector",
            "answer": "[4, 8]",
            "wrong": {
                "[6, 6]": "2 A x holds for a symmetric A only: is this one symmetric?",
                "[3, 3]": "That is A x: the second place where x stands counts as well.",
                "[8, 4]": "order",
                "[2, 4]": "factor",
            },
        },
        "b": {
            "asks": "When is 2 A x the gradient for every x?",
            "kind": "choice",
            "answer": "b",
            "options": {
                "a": "Exactly if A is invertible.",
                "b": "Exactly if A is symmetric.",
                "c": "Exactly if A is positive definite.",
                "d": "Exactly if A is diagonal.",
            },
            "wrong": {
                "a": "This A is invertible, and 2 A x is not its gradient.",
                "c": "The sign of the form plays no part: try A = −I.",
                "d": "That is enough, but more than is needed.",
            },
        },
    },
    "ex-x01-7": {
        "a": {
            "asks": "the gradient at 0",
            "kind": "vector",
            "answer": "[-10, -12]",
            "wrong": {
                "[10, 12]": "sign",
                "[-5, -6]": "factor",
                "[-2, -4, -4]": "shape",
            },
        },
        "b": {
            "asks": "the gradient at (7/6, 1/2)",
            "kind": "vector",
            "answer": "[0, 0]",
            "wrong": {
                "0": "shape",
                "[7/6, 1/2]": "That is the point, not the gradient there.",
                "[10, 12]": "You have left out b: the residual is A x − b.",
                "[1/6, -1/3, 1/6]": "shape",
            },
        },
    },
    "ex-x01-8": {
        "a": {
            "asks": "the first coordinate of the k-th point, in terms of k",
            "kind": "formula",
            "answer": "1 + 3*0.8**k",
            "variables": ("k",),
            "domain": (0.0, 9.0),
            "wrong": {
                "3*0.8**k": "That is the distance from the minimiser: where is the minimiser?",
                "1 + 3*0.9**k": "The derivative of (x − 1)² is 2 (x − 1): mind the 2.",
                "4*0.8**k": "It goes to 0: the error shrinks, not the coordinate itself.",
                "2 + 3*0.8**k": "That is the second coordinate.",
                "[1 + 3*0.8**k, 2 + 3*0.8**k]": "shape",
            },
        },
        "b": {
            "asks": "the 20th point, to six decimals",
            "kind": "vector",
            "answer": "[1 + 3*0.8**20, 2 + 3*0.8**20]",
            "tolerance": 1e-6,
            "wrong": {
                "[0.034588, 0.034588]": "That is the distance from the minimiser.",
                "[1.043235, 2.043235]": "That is the 19th point.",
                "[1.027671, 2.027671]": "That is the 21st point.",
                "[1, 2]": "That is the limit: twenty steps do not quite reach it.",
            },
        },
        "c": {
            "asks": "the first k with both errors below 0.01",
            "kind": "number",
            "answer": "26",
            "tolerance": 1e-9,
            "wrong": {
                "25": "After that step the errors are still above 0.01.",
                "25.56": "k counts steps: it is a whole number.",
                "21": "The errors begin at 3, not at 1.",
                "27": "It holds there, but that is not the first time.",
            },
        },
    },
    "ex-x01-9": {
        "a": {
            "asks": "where the path from (0, 0) ends",
            "kind": "vector",
            "answer": "[-pi/2, 0]",
            "wrong": {
                "[pi/2, 0]": "sign",
                "[-pi/2, pi]": "The start has y = 0: what is the slope in y there?",
                "[0, 0]": "The slope in x is cos 0 = 1 at the start, so x moves.",
                "[0, -pi/2]": "order",
            },
        },
        "b": {
            "asks": "where the path from (0, 0.001) ends",
            "kind": "vector",
            "answer": "[-pi/2, pi]",
            "wrong": {
                "[-pi/2, 0]": "Near y = 0 the slope in y is small, but not zero: wait longer.",
                "[-pi/2, -pi]": "only_sign",
                "[pi/2, pi]": "only_sign",
                "[pi, -pi/2]": "order",
            },
        },
        "c": {
            "asks": "Why does y stay 0 in the first run?",
            "kind": "choice",
            "answer": "c",
            "options": {
                "a": "The step is too small to move it.",
                "b": "(0, 0) is a minimum in y.",
                "c": "The partial derivative in y is −sin y, which is zero where y = 0.",
                "d": "Gradient descent moves one coordinate at a time.",
            },
            "wrong": {
                "a": "No step size multiplies zero into anything else.",
                "b": "cos y has a maximum at 0.",
                "d": "It moves along all of the gradient at once.",
            },
        },
    },
}
