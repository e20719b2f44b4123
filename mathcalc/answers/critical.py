"""Chapter 4, Optimality Conditions: critical points, their types, least squares."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x04-1": {
        "a": {
            "asks": "the critical point",
            "kind": "vector",
            "answer": "[0, 0]",
            "wrong": {
                "0": "shape",
                "[1, 1]": "There the second component of the gradient, −6xy, is not zero.",
                "[1, 0]": "There the first component of the gradient, 3x² − 3y², is not zero.",
            },
        },
        "b": {
            "asks": "the Hessian there",
            "kind": "matrix",
            "answer": "[[0, 0], [0, 0]]",
            "wrong": {
                "0": "shape",
                "[[6, 0], [0, -6]]": "That is the Hessian at (1, 0): put in the critical point.",
                "[[0, -6], [-6, 0]]": "That is the Hessian at (0, 1): put in the critical point.",
            },
        },
        "c": {
            "asks": "f in terms of r and phi",
            "kind": "formula",
            "answer": "r**3*cos(3*phi)",
            "variables": ("r", "phi"),
            "domain": (0.2, 2.0),
            "wrong": {
                "r**3*sin(3*phi)": "At φ = 0 the function is x³ = r³.",
                "r*cos(3*phi)": "Each term has degree 3 in x and y: which power of r is that?",
                "r**3*cos(phi)": "How often does f change its sign on a circle?",
                "-r**3*cos(3*phi)": "sign",
            },
        },
        "d": {
            "asks": "What is the critical point?",
            "kind": "choice",
            "answer": "c",
            "options": {
                "a": "A minimum that is not strict, since H is positive semidefinite.",
                "b": "It cannot be decided, since the test is inconclusive.",
                "c": "A saddle: on every circle around it f takes both signs.",
                "d": "An ordinary saddle, with one negative eigenvalue.",
            },
            "wrong": {
                "a": "A semidefinite H is necessary for a minimum, not sufficient.",
                "b": "The test is silent, but there are other arguments: look at (c).",
                "d": "H has no negative eigenvalue there.",
            },
        },
    },
    "ex-x04-2": {
        "a": {
            "asks": "the Hessian",
            "kind": "matrix",
            "answer": "[[2, 0], [0, -2]]",
            "wrong": {
                "[2, -2]": "shape",
                "[[1, 0], [0, -1]]": "factor",
                "[[2, 0], [0, 2]]": "only_sign",
                "[[0, 2], [-2, 0]]": "The mixed partial derivatives are zero here.",
            },
        },
        "b": {
            "asks": "its two eigenvalues",
            "kind": "vector",
            "answer": "[2, -2]",
            "also": ["[-2, 2]"],
            "wrong": {
                "[1, -1]": "factor",
                "[2, 2]": "only_sign",
                "-4": "shape",
            },
        },
        "c": {
            "asks": "a unit vector of fastest decrease",
            "kind": "vector",
            "answer": "[0, 1]",
            "also": ["[0, -1]"],
            "wrong": {
                "[1, 0]": "Along this direction f increases.",
                "[1/sqrt(2), 1/sqrt(2)]": "Along the diagonal f does not change at all.",
                "[0, -2]": "The direction is right, but its length is not 1.",
                "[0, 2]": "The direction is right, but its length is not 1.",
                "[0, 0]": "The zero vector is no direction.",
            },
        },
    },
    "ex-x04-3": {
        "a": {
            "asks": "the eigenvalues at (−π/2, 0)",
            "kind": "vector",
            "answer": "[1, -1]",
            "also": ["[-1, 1]"],
            "wrong": {
                "[1, 1]": "The second derivative along y is −cos y: what is it at 0?",
                "[-1, -1]": "The second derivative along x is −sin x: what is it at −π/2?",
                "[0, 0]": "That is the gradient.",
                "-1": "shape",
            },
        },
        "b": {
            "asks": "the value there",
            "kind": "number",
            "answer": "0",
            "wrong": {
                "-2": "cos 0 is 1, not −1.",
                "2": "sin(−π/2) is −1.",
                "1": "Both terms count: sin(−π/2) + cos 0.",
            },
        },
        "c": {
            "asks": "the value at a minimum",
            "kind": "number",
            "answer": "-2",
            "wrong": {
                "0": "That is the value at the saddles.",
                "2": "sign",
                "-1": "Both terms can be −1 at the same time.",
                "-pi/2": "That is a place, not a value.",
            },
        },
        "d": {
            "asks": "What is (π/2, π)?",
            "kind": "choice",
            "answer": "c",
            "options": {
                "a": "A minimum.",
                "b": "A maximum.",
                "c": "A saddle.",
                "d": "Not a critical point.",
            },
            "wrong": {
                "a": "Along x it is a maximum: sin x is largest at π/2.",
                "b": "Along y it is a minimum: cos y is least at π.",
                "d": "cos(π/2) and sin π are both zero.",
            },
        },
        "e": {
            "asks": "how many in the square",
            "kind": "number",
            "answer": "4",
            "wrong": {
                "2": "cos x has two zeros in the interval, and sin y has two.",
                "1": "Every pair of a zero of cos x and a zero of sin y counts.",
                "6": "The points with y = 2π are outside: the interval is half open.",
                "9": "Each of the two functions has two zeros in the interval, not three.",
            },
        },
    },
    "ex-x04-4": {
        "a": {
            "asks": "the Hessian that they share",
            "kind": "matrix",
            "answer": "[[2, 0], [0, 0]]",
            "wrong": {
                "[[2, 0], [0, 12]]": "12 y² is zero at the origin.",
                "[[1, 0], [0, 0]]": "The second derivative of x² is 2.",
                "[[0, 0], [0, 2]]": "Which variable comes with the square?",
                "2": "shape",
            },
        },
        "b": {
            "asks": "Where is the origin a local minimiser?",
            "kind": "choices",
            "answer": "ae",
            "options": {
                "a": "x² + y⁴",
                "b": "x² − y⁴",
                "c": "x² + y³",
                "d": "(y − x²)(y − 3x²)",
                "e": "x⁴ + y⁴",
            },
            "wrong": {
                "b": "Walk along x = 0.",
                "c": "Walk along x = 0, to both sides.",
                "d": "Along every line it is a minimum: now walk along y = 2x².",
            },
        },
        "c": {
            "asks": "the height of the floor, in terms of x",
            "kind": "formula",
            "answer": "-x**4",
            "variables": ("x",),
            "wrong": {
                "2*x**2": "That is the place y of the floor: what is f there?",
                "3*x**4": "That is f along y = 0: the floor is where ∂f/∂y = 0.",
                "x**4": "sign",
                "0": "f is zero on the two parabolas: the floor runs between them.",
            },
        },
    },
    "ex-x04-5": {
        "a": {
            "asks": "[w0, w1]",
            "kind": "vector",
            "answer": "[7/6, 1/2]",
            "wrong": {
                "[1/2, 7/6]": "order",
                "[1, 1/2]": "This line passes through the first point: least squares need not.",
                "[1, 2/3]": "The residual must be orthogonal to both columns of X.",
                "[5/3, 0]": "That is the best constant: the slope can do better.",
            },
        },
        "b": {
            "asks": "the residual X w − y",
            "kind": "vector",
            "answer": "[1/6, -1/3, 1/6]",
            "wrong": {
                "[-1/6, 1/3, -1/6]": "sign",
                "[7/6, 5/3, 13/6]": "These are the predictions: subtract y.",
                "[1/6, 1/3, 1/6]": "only_sign",
                "[0, 0]": "shape",
            },
        },
        "c": {
            "asks": "the sum of squares",
            "kind": "number",
            "answer": "1/6",
            "wrong": {
                "1/18": "That is the mean: the sum was asked for.",
                "1/sqrt(6)": "That is the length of the residual: square it.",
                "0": "The entries add up to zero, their squares do not.",
                "2/3": "Those are the absolute values, added up.",
            },
        },
    },
}
