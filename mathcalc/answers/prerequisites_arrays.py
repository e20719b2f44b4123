"""What you need to know, second half of the self-test: matrices, chance, NumPy."""

from typing import Any

from mathcalc.answers.prerequisites import read_up

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-know-columns": read_up(
        "Matrix times vector",
        {
            "a": {
                "asks": "A(1, −2)ᵀ",
                "kind": "vector",
                "answer": "[0, 0]",
                "wrong": {
                    "[-2, -1]": "That is the row (1, −2) times A: here the columns are combined.",
                    "[4, 4]": "The second weight is −2.",
                    "0": "shape",
                },
            },
            "b": {
                "asks": "(1, −1)A",
                "kind": "vector",
                "answer": "[0, 0]",
                "wrong": {
                    "[1, 1]": "That is A times the column: here the rows are combined.",
                    "[4, 2]": "The second weight is −1.",
                    "0": "shape",
                },
            },
            "c": {
                "asks": "the rank of A",
                "kind": "number",
                "answer": "1",
                "wrong": {
                    "2": "Some combination of the columns is zero: they depend on each other.",
                    "0": "Only the zero matrix has this rank.",
                    "4": "That is the number of entries.",
                },
            },
        },
    ),
    "ex-know-transpose": read_up(
        "Transposes",
        {
            "a": {
                "asks": "the shape of (AB)ᵀ, as [rows, columns]",
                "kind": "vector",
                "answer": "[4, 2]",
                "wrong": {
                    "[2, 4]": "That is the shape of AB.",
                    "[3, 3]": "The inner sizes meet in the product, and vanish.",
                    "[4, 3]": "That is the shape of the transpose of B alone.",
                },
            },
            "b": {
                "asks": "the multiplications in AB",
                "kind": "number",
                "answer": "24",
                "wrong": {
                    "8": "That is the number of entries of AB. What does each of them take?",
                    "18": "That is the number of entries of A and B together.",
                    "72": "Each entry of AB takes 3 multiplications.",
                },
            },
            "c": {
                "asks": "(AB)ᵀ equals",
                "kind": "choice",
                "answer": "b",
                "options": {"a": "AᵀBᵀ", "b": "BᵀAᵀ", "c": "BA", "d": "ABᵀ"},
                "wrong": {
                    "a": "Look at the shapes: 3 × 2 times 4 × 3 does not fit.",
                    "c": "Look at the shapes: 3 × 4 times 2 × 3 does not fit.",
                    "d": "Look at the shapes: 2 × 3 times 4 × 3 does not fit.",
                },
            },
        },
    ),
    "ex-know-definite": read_up(
        "Matrices that are positive definite",
        {
            "a": {
                "asks": "vᵀHv for v = (1, −1)",
                "kind": "number",
                "answer": "-2",
                "wrong": {
                    "6": "That is for (1, 1).",
                    "2": "The two mixed products are negative here.",
                    "0": "The mixed product stands there twice, with the factor 2.",
                    "[-1, 1]": "shape",
                },
            },
            "b": {
                "asks": "Is H positive definite?",
                "kind": "choice",
                "answer": "d",
                "options": {
                    "a": "Yes: all its entries are positive.",
                    "b": "Yes: its diagonal is positive.",
                    "c": "No, but it is positive semidefinite.",
                    "d": "No: some v makes vᵀHv negative.",
                },
                "wrong": {
                    "a": "The entries alone do not decide: try v = (1, −1).",
                    "b": "The diagonal alone does not decide: try v = (1, −1).",
                    "c": "Then vᵀHv could not be negative: try v = (1, −1).",
                },
            },
        },
    ),
    "ex-know-eigen": read_up(
        "The eigenvalues of a symmetric matrix",
        {
            "a": {
                "asks": "the eigenvalues, the larger one first",
                "kind": "vector",
                "answer": "[3, 1]",
                "wrong": {
                    "[2, 2]": "That is the diagonal: their product has to be the determinant.",
                    "[4, 3]": "These are their sum and their product.",
                    "[1, 3]": "The larger one first.",
                    "[3, -1]": "Their sum is the trace.",
                },
            },
            "b": {
                "asks": "a unit vector along the direction of the larger one",
                "kind": "vector",
                "answer": "[1/sqrt(2), 1/sqrt(2)]",
                "also": ["[-1/sqrt(2), -1/sqrt(2)]"],
                "wrong": {
                    "[1, 1]": "The direction is right; divide by the length.",
                    "[1/sqrt(2), -1/sqrt(2)]": "That belongs to the other eigenvalue.",
                    "[1, 0]": "H turns this vector: it is no eigenvector.",
                },
            },
        },
    ),
    "ex-know-mean": read_up(
        "Mean and covariance",
        {
            "a": {
                "asks": "the mean of X",
                "kind": "number",
                "answer": "2",
                "wrong": {
                    "3": "That is half-way between the two values: weigh them.",
                    "4": "The larger weight belongs to the smaller value.",
                    "6": "That is the plain sum: weigh the values.",
                },
            },
            "b": {
                "asks": "the mean of 2X + 1",
                "kind": "number",
                "answer": "5",
                "wrong": {
                    "4": "Add the constant, too.",
                    "3": "The factor 2 comes out of the mean.",
                    "6": "The constant is not doubled.",
                },
            },
            "c": {
                "asks": "the variance of X",
                "kind": "number",
                "answer": "3",
                "wrong": {
                    "7": "That is the mean of the square: take away the square of the mean.",
                    "5": "Take away the square of the mean, not the mean.",
                    "sqrt(3)": "That is the standard deviation.",
                    "0": "That is the mean of X minus its mean: square before the mean.",
                },
            },
            "d": {
                "asks": "the covariance of X and 2X + 1",
                "kind": "number",
                "answer": "6",
                "wrong": {
                    "7": "A constant that is added moves with its mean: it drops out.",
                    "12": "That is the variance of 2X + 1.",
                    "3": "That is the variance of X: what does the factor 2 do?",
                },
            },
        },
    ),
    "ex-know-shapes": read_up(
        "Arrays and their shapes",
        {
            "a": {
                "asks": "the shape of A @ x",
                "kind": "vector",
                "answer": "[5]",
                "wrong": {
                    "[3]": "Each row of A is multiplied by x: there are as many results as rows.",
                    "[5, 1]": "shape",
                    "[5, 3]": "shape",
                },
            },
            "b": {
                "asks": "the shape of A * x",
                "kind": "vector",
                "answer": "[5, 3]",
                "wrong": {
                    "[5]": "shape",
                    "[3, 5]": "The shape of A stays: x is repeated for each row.",
                    "[3, 3]": "x is repeated for each row of A.",
                },
            },
            "c": {
                "asks": "the shape of A - A.mean(axis=0)",
                "kind": "vector",
                "answer": "[5, 3]",
                "wrong": {
                    "[3]": "shape",
                    "[5]": "shape",
                    "[3, 5]": "A mean is taken away from each column: nothing is turned.",
                },
            },
        },
    ),
}
