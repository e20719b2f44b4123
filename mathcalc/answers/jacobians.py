"""Chapter 2, Jacobians and Hessians: Jacobians, matrix gradients, the order of derivatives."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x02-1": {
        "a": {
            "asks": "the Jacobian at (1, 2)",
            "kind": "matrix",
            "answer": "[[2, 1], [2, 1]]",
            "wrong": {
                "[[2, 2], [1, 1]]": "transpose",
                "[[2, 1], [1, 2]]": "In the second row: the partial derivative of x y in x is y.",
                "[[2, 1], [2, 2]]": "only",
                "[2, 1]": "shape",
            },
        },
        "b": {
            "asks": "its determinant",
            "kind": "number",
            "answer": "0",
            "wrong": {
                "4": "The second product is subtracted.",
                "2": "That is one of the two products: subtract the other.",
                "1": "Put in both coordinates of the point.",
            },
        },
        "c": {
            "asks": "the vector of the kernel with first entry 1",
            "kind": "vector",
            "answer": "[1, -2]",
            "wrong": {
                "[1, 2]": "only_sign",
                "[1, 1]": "That is where the columns point: the image, not the kernel.",
                "[2, -1]": "Multiply: J maps this vector to (3, 3).",
                "[0, 0]": "The zero vector is in every kernel: find another one.",
            },
        },
        "d": {
            "asks": "J is singular where y = …",
            "kind": "formula",
            "answer": "2*x**2",
            "variables": ("x",),
            "wrong": {
                "x**2": "factor",
                "-2*x**2": "sign",
                "2*x": "The determinant has two factors x in its first product.",
                "2": "That is the one point: where else is the determinant zero?",
            },
        },
    },
    "ex-x02-2": {
        "a": {
            "asks": "s",
            "kind": "vector",
            "answer": "[1/6, 1/3, 1/2]",
            "wrong": {
                "[1, 2, 3]": "factor",
                "[1/2, 1/3, 1/6]": "order",
                "[0, log(2)/log(6), log(3)/log(6)]": "Take the exponentials of the scores first.",
            },
        },
        "b": {
            "asks": "the Jacobian",
            "kind": "matrix",
            "answer": "[[5/36, -1/18, -1/12], [-1/18, 2/9, -1/6], [-1/12, -1/6, 1/4]]",
            "wrong": {
                "[[1/6, 0, 0], [0, 1/3, 0], [0, 0, 1/2]]": "That is diag(s): s sᵀ is missing.",
                "[[5/36, 0, 0], [0, 2/9, 0], [0, 0, 1/4]]": "Softmax is not element-wise: each "
                "score moves every entry.",
                "[[5/36, 1/18, 1/12], [1/18, 2/9, 1/6], [1/12, 1/6, 1/4]]": "Raise one score: the "
                "other probabilities must fall.",
            },
        },
        "c": {
            "asks": "its rank",
            "kind": "number",
            "answer": "2",
            "wrong": {
                "3": "The rows add up to zero.",
                "1": "Two of the columns are not multiples of each other.",
                "0": "A matrix of rank 0 is zero.",
            },
        },
        "d": {
            "asks": "the null vector with first entry 1",
            "kind": "vector",
            "answer": "[1, 1, 1]",
            "wrong": {
                "[1, 2, 3]": "That is the direction of s: which change goes unnoticed?",
                "[1, 0, 0]": "Raising one score alone does change the probabilities.",
                "[-1, -1, -1]": "sign",
                "[1, 1, -2]": "only",
            },
        },
    },
    "ex-x02-3": {
        "a": {
            "asks": "the gradient of log det",
            "kind": "matrix",
            "answer": "[[2/3, -1/3], [-1/3, 2/3]]",
            "wrong": {
                "[[2, -1], [-1, 2]]": "factor",
                "[[2/3, 1/3], [1/3, 2/3]]": "In the inverse of a 2×2 matrix the entries off the "
                "diagonal change their sign.",
                "[[2/3, -2/3], [-2/3, 2/3]]": "All four entries are independent variables here.",
                "1/3": "shape",
            },
        },
        "b": {
            "asks": "the derivative along the symmetric direction",
            "kind": "number",
            "answer": "-2/3",
            "wrong": {
                "-1/3": "Both entries off the diagonal move.",
                "2/3": "sign",
                "0": "The determinant does change to first order along this direction.",
                "4/3": "That is the derivative along the identity.",
            },
        },
    },
    "ex-x02-4": {
        "a": {
            "asks": "the gradient of tr(A X B) in X",
            "kind": "choice",
            "answer": "b",
            "options": {"a": "A B", "b": "Aᵀ Bᵀ", "c": "Bᵀ Aᵀ", "d": "B A"},
            "wrong": {
                "a": "Do the shapes fit if X is not square?",
                "c": "Transposing a product turns its order round once more.",
                "d": "tr(B A dX): what stands before dX must be transposed.",
            },
        },
        "b": {
            "asks": "the gradient of ‖A X − B‖² (Frobenius) in X",
            "kind": "choice",
            "answer": "c",
            "options": {
                "a": "2 (A X − B)",
                "b": "2 A (A X − B)",
                "c": "2 Aᵀ (A X − B)",
                "d": "2 (A X − B) Aᵀ",
            },
            "wrong": {
                "a": "X is multiplied by A before anything else happens.",
                "b": "Check the shapes for an A with more rows than columns.",
                "d": "tr(Rᵀ A dX): read off the transpose of Rᵀ A.",
            },
        },
        "c": {
            "asks": "its value for the given matrices",
            "kind": "matrix",
            "answer": "[[2, 4], [4, 10]]",
            "wrong": {
                "[[1, 2], [2, 5]]": "factor",
                "[[2, 4], [0, 2]]": "The factor from the left is missing.",
                "[[10, 4], [4, 2]]": "The two factors stand in the wrong order.",
            },
        },
    },
    "ex-x02-5": {
        "a": {
            "asks": "∂y ∂x f(0, 0)",
            "kind": "number",
            "answer": "-1",
            "wrong": {
                "1": "sign",
                "0": "f is zero on the axes, but its slope across the y-axis is not.",
                "1/2": "Take the slope in x at the points (0, y) first, then its slope in y.",
            },
        },
        "b": {
            "asks": "∂x ∂y f(0, 0)",
            "kind": "number",
            "answer": "1",
            "wrong": {
                "-1": "sign",
                "0": "f is zero on the axes, but its slope across the x-axis is not.",
                "1/2": "Take the slope in y at the points (x, 0) first, then its slope in x.",
            },
        },
        "c": {
            "asks": "Which hypothesis fails?",
            "kind": "choice",
            "answer": "c",
            "options": {
                "a": "f is not continuous at the origin.",
                "b": "The mixed partial derivatives do not exist near the origin.",
                "c": "They exist near the origin, but are not continuous there.",
                "d": "f is not differentiable at the origin.",
            },
            "wrong": {
                "a": "|f| is at most r²/4: it is continuous.",
                "b": "You have just computed them at the origin; elsewhere the formula is smooth.",
                "d": "|f| is at most r²/4, so it is, with gradient zero.",
            },
        },
    },
}
