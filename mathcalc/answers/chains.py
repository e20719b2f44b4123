"""Chapter 3, Chain Rule and Backpropagation: curves, products of Jacobians, paths, layers."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x03-1": {
        "a": {
            "asks": "dz/dt as a formula in t",
            "kind": "formula",
            "answer": "-2*cos(t)*sin(t)**2 + cos(t)**3",
            "variables": ("t",),
            "wrong": {
                "-2*cos(t)*sin(t)**2": "That is the way over x: t reaches z over y as well.",
                "cos(t)**3": "That is the way over y: t reaches z over x as well.",
                "2*cos(t)*sin(t)**2 + cos(t)**3": "The derivative of the cosine has a minus sign.",
                "2*cos(t)*sin(t) + cos(t)**2": "Those are the partial derivatives: each has to be "
                "multiplied by the velocity of its variable.",
            },
        },
        "b": {
            "asks": "its value at π/4",
            "kind": "number",
            "answer": "-sqrt(2)/4",
            "wrong": {
                "sqrt(2)/4": "sign",
                "-sqrt(2)/2": "That is the way over x alone.",
                "3*sqrt(2)/4": "The derivative of the cosine has a minus sign.",
                "3/2": "The velocities of x and y are missing.",
            },
        },
    },
    "ex-x03-2": {
        "a": {
            "asks": "the Jacobian of g at (1, 2), row by row",
            "kind": "matrix",
            "answer": "[[2, 1], [2, 1]]",
            "wrong": {
                "[[2, 2], [1, 1]]": "transpose",
                "[[2, 1], [1, 2]]": "In the second row: the derivative of x y by x is y.",
                "[[1, 1], [2, 1]]": "The derivative of x² is 2x.",
            },
        },
        "b": {
            "asks": "the Jacobian of f where it is needed",
            "kind": "matrix",
            "answer": "[[2, 3], [1, 1]]",
            "wrong": {
                "[[2, 1], [1, 1]]": "That is at (1, 2): the outer Jacobian is taken at g(1, 2).",
                "[[3, 2], [1, 1]]": "The derivative of u v by u is v.",
                "[[2, 1], [3, 1]]": "transpose",
            },
        },
        "c": {
            "asks": "the Jacobian of the composition",
            "kind": "matrix",
            "answer": "[[10, 5], [4, 2]]",
            "wrong": {
                "[[6, 3], [4, 2]]": "The outer Jacobian was taken at (1, 2), not at g(1, 2).",
                "[[5, 7], [5, 7]]": "The factors are in the wrong order: the outer map stands on "
                "the left.",
                "[[10, 4], [5, 2]]": "transpose",
                "[[4, 3], [2, 1]]": "Multiply rows by columns, not entry by entry.",
            },
        },
    },
    "ex-x03-3": {
        "a": {
            "asks": "from the loss, as a formula in m",
            "kind": "formula",
            "answer": "2*m**2",
            "variables": ("m",),
            "domain": (2.0, 50.0),
            "wrong": {
                "m**3 + m**2": "That is the other order.",
                "m**2": "There are two products to be made.",
                "3*m**2": "Three factors need two products.",
                "2*m": "Each entry of the new row is a sum of m products.",
            },
        },
        "b": {
            "asks": "from the input, as a formula in m",
            "kind": "formula",
            "answer": "m**3 + m**2",
            "variables": ("m",),
            "domain": (2.0, 50.0),
            "wrong": {
                "2*m**2": "That is the other order.",
                "2*m**3": "The last product has a row on its left.",
                "m**3": "The row has to be multiplied, too.",
                "2*m**2 + m": "Matrix times matrix has m² entries, each a sum of m products.",
            },
        },
        "c": {
            "asks": "both for m = 1000, as a vector",
            "kind": "vector",
            "answer": "[2000000, 1001000000]",
            "tolerance": 1e-12,
            "wrong": {
                "[1001000000, 2000000]": "order",
                "[2000000, 1000000000]": "In the second the product with the row is missing.",
                "[1000000, 1001000000]": "In the first there are two products with a row.",
            },
        },
        "d": {
            "asks": "Which order is backpropagation?",
            "kind": "choice",
            "answer": "a",
            "options": {
                "a": "From the loss: it carries a row.",
                "b": "From the input: it carries matrices.",
                "c": "Either: the product is the same.",
                "d": "Whichever is cheaper for the widths at hand.",
            },
            "wrong": {
                "b": "Backpropagation carries one adjoint for each value, not a matrix.",
                "c": "The product is, but backpropagation is an order of computing it.",
                "d": "It does not ask for the widths.",
            },
        },
    },
    "ex-x03-4": {
        "a": {
            "asks": "the number of paths",
            "kind": "number",
            "answer": "1024",
            "tolerance": 1e-9,
            "wrong": {
                "20": "Those are the arrows: each path chooses one of two at every step.",
                "512": "Count the steps again.",
                "100": "Two choices, made ten times: they multiply.",
                "2048": "Count the steps again.",
            },
        },
        "b": {
            "asks": "the number of arrows",
            "kind": "number",
            "answer": "20",
            "tolerance": 1e-9,
            "wrong": {
                "10": "Each step has two of them.",
                "11": "Those are the nodes.",
                "1024": "Those are the paths.",
                "22": "The last node has no consumer.",
            },
        },
        "c": {
            "asks": "the derivative of z₁₀ by z₀",
            "kind": "number",
            "answer": "1024",
            "tolerance": 1e-9,
            "wrong": {
                "1": "Each path has the product 1: how many are there?",
                "2": "That is one step.",
                "20": "The paths are added up, not the arrows.",
                "512": "Count the steps again.",
            },
        },
    },
    "ex-x03-5": {
        "a": {
            "asks": "the prediction ŷ",
            "kind": "number",
            "answer": "2",
            "wrong": {
                "-1": "ReLU has been left out.",
                "1": "That is the target.",
                "-2": "sign",
                "5": "ReLU makes a negative number zero, not positive.",
            },
        },
        "b": {
            "asks": "δ of the first layer",
            "kind": "vector",
            "answer": "[0, 1]",
            "wrong": {
                "[3, 1]": "The slopes of ReLU are missing.",
                "[1, 0]": "Which of the two units is switched off?",
                "[0, 2]": "That is the output of the layer: multiply by the slopes of ReLU.",
                "[3, 0]": "Which of the two units is switched off?",
            },
        },
        "c": {
            "asks": "the gradient of W₁, row by row",
            "kind": "matrix",
            "answer": "[[0, 0], [1, 2]]",
            "wrong": {
                "[[0, 1], [0, 2]]": "transpose",
                "[[3, 6], [1, 2]]": "The slopes of ReLU are missing.",
                "[[0, 0], [0, 2]]": "What went into the layer is x, not its own output.",
            },
        },
        "d": {
            "asks": "the gradient of W₂",
            "kind": "matrix",
            "answer": "[[0, 2]]",
            "wrong": {
                "[[3, 1]]": "Those are the weights themselves.",
                "[[-1, 2]]": "What went into the layer is the output of ReLU.",
                "[[2, 0]]": "Which of the two units is switched off?",
                "[[0, 1]]": "That is δ of the first layer.",
                "[[0], [2]]": "transpose",
            },
        },
        "e": {
            "asks": "the gradient of x",
            "kind": "vector",
            "answer": "[0, 1]",
            "wrong": {
                "[-1, 1]": "The matrix has not been transposed.",
                "[3, -2]": "The slopes of ReLU are missing.",
                "[1, 2]": "That is x itself.",
            },
        },
    },
}
