"""Chapter 1, Partial Derivatives and Gradients: partials, directions, differentiability."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x01-1": {
        "a": {
            "asks": "the gradient of f",
            "kind": "formula",
            "answer": "[y*z, x*z, x*y]",
            "variables": ("x", "y", "z"),
            "wrong": {
                "[x*y, x*z, y*z]": "order",
                "[y*z, x*z, x*z]": "only",
                "y*z + x*z + x*y": "shape",
                "[x, y, z]": "For each partial derivative, hold the other two variables constant.",
                "[1, 1, 1]": "The other two variables stay as factors: they do not become 1.",
            },
        },
        "b": {
            "asks": "the gradient at (1, 2, 3)",
            "kind": "vector",
            "answer": "[6, 3, 2]",
            "wrong": {
                "[2, 3, 6]": "order",
                "6": "shape",
                "[6, 3, 3]": "only",
                "[1, 2, 3]": "That is the point itself, not the gradient there.",
            },
        },
    },
    "ex-x01-2": {
        "a": {
            "asks": "the two partial derivatives at (1, 2)",
            "kind": "vector",
            "answer": "[4, 5]",
            "wrong": {
                "[5, 4]": "order",
                "[2, 4]": "The mixed term x y depends on both variables: it adds to both partials.",
                "[3, 5]": "only",
                "9": "shape",
            },
        },
        "b": {
            "asks": "the slope in the direction of (3, 4)",
            "kind": "number",
            "answer": "32/5",
            "wrong": {
                "32": "A direction has length 1: divide (3, 4) by its length first.",
                "-32/5": "sign",
                "32/7": "Divide by the Euclidean length of (3, 4), not by the sum of its entries.",
                "32/25": "Divide by the length of (3, 4), not by its square.",
            },
        },
        "c": {
            "asks": "the largest slope",
            "kind": "number",
            "answer": "sqrt(41)",
            "wrong": {
                "41": "That is its square.",
                "9": "The largest slope is the Euclidean length, not the sum of the entries.",
                "5": "That is the slope along one axis: between the axes it can be larger.",
                "6.5": "close",
            },
        },
        "d": {
            "asks": "the unit vector along which it is attained",
            "kind": "vector",
            "answer": "[4/sqrt(41), 5/sqrt(41)]",
            "wrong": {
                "[4, 5]": "factor",
                "[-4/sqrt(41), -5/sqrt(41)]": "sign",
                "[3/5, 4/5]": "That is the direction of the part before: is another one steeper?",
                "[5/sqrt(41), -4/sqrt(41)]": "Along this direction the slope is zero.",
            },
        },
    },
    "ex-x01-3": {
        "a": {
            "asks": "the level of the curve",
            "kind": "number",
            "answer": "7",
            "wrong": {
                "5": "That is x² + y²: the mixed term is missing.",
                "14": "That belongs to the tangent line: the level is the value of f.",
                "-7": "sign",
            },
        },
        "b": {
            "asks": "its tangent a x + b y = c, in lowest terms, as [a, b, c]",
            "kind": "vector",
            "answer": "[4, 5, 14]",
            "also": ["[-4, -5, -14]"],
            "wrong": {
                "[8, 10, 28]": "It is the same line: divide the equation by its common factor.",
                "[12, 15, 42]": "It is the same line: divide the equation by its common factor.",
                "[-8, -10, -28]": "It is the same line: divide the equation by its common factor.",
                "[5, -4, -3]": "That line runs along the gradient: the tangent is perpendicular "
                "to it.",
                "[4, -5, -6]": "It passes through the point, but its slope has the wrong sign.",
                "[4, 5, 7]": "c is not the level: put the point into the left-hand side.",
                "[4, 5, 0]": "only",
            },
        },
        "c": {
            "asks": "one of the two unit vectors with slope zero",
            "kind": "vector",
            "answer": "[5/sqrt(41), -4/sqrt(41)]",
            "also": ["[-5/sqrt(41), 4/sqrt(41)]"],
            "wrong": {
                "[5, -4]": "factor",
                "[4/sqrt(41), 5/sqrt(41)]": "That is the steepest direction: turn it by a right "
                "angle.",
                "[5/sqrt(41), 4/sqrt(41)]": "only_sign",
                "[0, 0]": "The zero vector is no direction.",
            },
        },
    },
    "ex-x01-4": {
        "a": {
            "asks": "the gradient of g at (0, 0)",
            "kind": "vector",
            "answer": "[0, 0]",
            "wrong": {
                "0": "shape",
                "[1, 0]": "only",
                "[1, 1]": "g is zero along both axes: what are its slopes along them?",
            },
        },
        "b": {
            "asks": "the directional derivative there",
            "kind": "number",
            "answer": "sqrt(2)/4",
            "wrong": {
                "0": "That is ∇g · u, which needs differentiability: use the limit itself.",
                "1/2": "Take the direction u of length 1, not (1, 1).",
                "sqrt(2)/2": "u₁² u₂ has three factors: count them again.",
                "-sqrt(2)/4": "sign",
            },
        },
        "c": {
            "asks": "Is g differentiable at (0, 0)?",
            "kind": "choice",
            "answer": "d",
            "options": {
                "a": "Yes: both partial derivatives exist there.",
                "b": "Yes: every directional derivative exists there.",
                "c": "No: g is not even continuous there.",
                "d": "No: the directional derivatives are not linear in the direction.",
            },
            "wrong": {
                "a": "Partial derivatives see g along the axes only.",
                "b": "They exist, but do they come from one linear map?",
                "c": "It is continuous: |g(x, y)| is at most |y|.",
            },
        },
    },
}
