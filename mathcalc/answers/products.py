"""Chapter 5, Automatic Differentiation: products with derivatives, checkpoints, rules."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x05-5": {
        "a": {
            "asks": "J e₁",
            "kind": "vector",
            "answer": "[2, 2]",
            "wrong": {
                "[2, 1]": "That is a row of J: e₁ on the right takes the first column.",
                "[1, 1]": "That is the second column.",
                "2": "shape",
            },
        },
        "b": {
            "asks": "e₂ᵀ J",
            "kind": "vector",
            "answer": "[2, 1]",
            "wrong": {
                "[1, 2]": "order",
                "[1, 1]": "That is the second column: e₂ on the left takes the second row.",
                "[2, 2]": "That is the first column.",
            },
        },
        "c": {
            "asks": "J (1, −2)ᵀ",
            "kind": "vector",
            "answer": "[0, 0]",
            "wrong": {
                "[4, 4]": "Mind the sign of −2.",
                "[2, -2]": "That multiplies the columns entry by entry: add them up.",
                "0": "shape",
            },
        },
        "d": {
            "asks": "(1, −1) J",
            "kind": "vector",
            "answer": "[0, 0]",
            "wrong": {
                "[1, 1]": "That is J (1, −1)ᵀ: here the vector stands on the left.",
                "[4, 2]": "Mind the sign of −1.",
                "0": "shape",
            },
        },
        "e": {
            "asks": "uᵀ J v",
            "kind": "number",
            "answer": "21",
            "wrong": {
                "16": "That is vᵀ J u: the roles are exchanged.",
                "-21": "sign",
                "14": "uᵀ(7, 7) weighs the second entry twice.",
            },
        },
    },
    "ex-x05-6": {
        "a": {
            "asks": "the Hessian at (1, 2), row by row",
            "kind": "matrix",
            "answer": "[[6, -12], [-12, -6]]",
            "wrong": {
                "[[6, -12], [-12, 6]]": "only_sign",
                "[[6, -6], [-6, -6]]": "The mixed derivative is −6y, and y is 2.",
                "[[6, 12], [12, -6]]": "The mixed derivative of −3xy² is −6y.",
            },
        },
        "b": {
            "asks": "H v",
            "kind": "vector",
            "answer": "[-6, -18]",
            "wrong": {
                "[-18, -6]": "order",
                "[6, 18]": "sign",
                "[6, -6]": "That is the diagonal: H v adds up each row.",
            },
        },
    },
    "ex-x05-7": {
        "a": {
            "asks": "the best k",
            "kind": "number",
            "answer": "10",
            "wrong": {
                "50": "Halving n gives 50 + 2: the two terms should be equal.",
                "20": "That is the peak.",
                "100": "With k = n every value is a checkpoint.",
            },
        },
        "b": {
            "asks": "the peak",
            "kind": "number",
            "answer": "20",
            "wrong": {
                "10": "There are 10 checkpoints, and the 10 values of a segment.",
                "100": "That is the peak without checkpoints.",
                "101": "That is the peak for k = 1 or k = 100.",
            },
        },
        "c": {
            "asks": "additional forward runs, at most",
            "kind": "number",
            "answer": "1",
            "wrong": {
                "10": "Each segment runs once more: together that is one run.",
                "2": "The first run is not an additional one.",
                "0": "The values between the checkpoints have to come from somewhere.",
            },
        },
    },
    "ex-x05-8": {
        "a": {
            "asks": "what automatic differentiation returns at 0",
            "kind": "number",
            "answer": "0",
            "wrong": {
                "1": "That is the derivative; each relu says 0 at its corner.",
                "1/2": "The convention here is relu′(0) = 0.",
                "2": "The convention here is relu′(0) = 0.",
            },
        },
        "b": {
            "asks": "h′(0)",
            "kind": "number",
            "answer": "1",
            "wrong": {
                "0": "h(x) = x on both sides of 0.",
                "-1": "sign",
                "1/2": "h(x) = x on both sides of 0.",
            },
        },
    },
    "ex-x05-9": {
        "a": {
            "asks": "the VJP rule of the sigmoid, in u and y",
            "kind": "formula",
            "answer": "u*y*(1 - y)",
            "variables": ("u", "y"),
            "wrong": {
                "y*(1 - y)": "The rule takes the adjoint u and multiplies by it.",
                "u*(1 - y**2)": "That is the rule of tanh.",
                "u*y": "That is the rule of exp.",
            },
        },
        "b": {
            "asks": "its value at ln 3 for u = 2",
            "kind": "number",
            "answer": "3/8",
            "wrong": {
                "3/16": "Multiply by u = 2.",
                "3/2": "That is u y: the factor 1 − y is missing.",
                "-3/8": "sign",
            },
        },
        "c": {
            "asks": "the adjoint of A in C = AB",
            "kind": "choice",
            "answer": "b",
            "options": {"a": "C̄ B", "b": "C̄ Bᵀ", "c": "Bᵀ C̄", "d": "Aᵀ C̄"},
            "wrong": {
                "a": "Compare the shapes: C̄ is m × n, B is k × n.",
                "c": "Compare the shapes: Bᵀ is n × k, C̄ is m × n.",
                "d": "That is the adjoint of B.",
            },
        },
    },
}
