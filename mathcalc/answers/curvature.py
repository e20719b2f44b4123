"""Chapter 2, Jacobians and Hessians: Taylor's model, Newton, the Laplacian, covariances."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x02-6": {
        "a": {
            "asks": "the expansion to second order",
            "kind": "formula",
            "answer": "1 + x + (x**2 - y**2)/2",
            "variables": ("x", "y"),
            "wrong": {
                "exp(x)*cos(y)": "That is the function itself.",
                "1 + x": "That is the first order: what does the Hessian add?",
                "1 + x + x**2 - y**2": "The quadratic term has a factor of one half.",
                "1 + x + (x**2 + y**2)/2": "What is the second derivative of the cosine at 0?",
                "x + (x**2 - y**2)/2": "constant",
            },
        },
        "b": {
            "asks": "the remainder at (0.1, 0.1)",
            "kind": "number",
            "answer": "exp(0.1)*cos(0.1) - 1.1",
            "wrong": {
                "1.1 - exp(0.1)*cos(0.1)": "sign",
                "-1/3000": "That is the cubic part alone: there is a little more.",
                "exp(0.1)*cos(0.1)": "That is the function itself: subtract the model.",
                "exp(0.1)*cos(0.1) - 1": "Subtract the whole model, not only its constant.",
            },
        },
        "c": {
            "asks": "its cubic part",
            "kind": "number",
            "answer": "-1/3000",
            "wrong": {
                "1/3000": "sign",
                "-1/500": "Divide by 3!.",
                "1/6000": "That is the part in x alone: there is a mixed one.",
                "0": "The third derivatives at the origin are not all zero.",
            },
        },
    },
    "ex-x02-7": {
        "a": {
            "asks": "the point after 20 steps",
            "kind": "vector",
            "answer": "[0.9**20, 0]",
            "wrong": {
                "[0.9, 0]": "That is the point after one step.",
                "[0, 0.9**20]": "order",
                "[0.9**20, 0.9**20]": "The second coordinate has ten times the curvature.",
                "[0, 0]": "That is where it goes in the end.",
            },
        },
        "b": {
            "asks": "the steps until the first coordinate is at most 10⁻⁶",
            "kind": "number",
            "answer": "132",
            "tolerance": 1e-9,
            "wrong": {
                "131": "After so many steps it is still slightly larger.",
                "133": "One step fewer is enough.",
                "66": "That is for f, which shrinks by 0.81.",
                "6": "Each step takes off a tenth, not nine tenths.",
            },
        },
        "c": {
            "asks": "the best step size and its factor",
            "kind": "vector",
            "answer": "[2/11, 9/11]",
            "wrong": {
                "[1/10, 9/10]": "Another step makes the larger of the two factors smaller.",
                "[9/11, 2/11]": "order",
                "[2/11, 81/121]": "only",
                "[1/5, 1]": "There the steep coordinate does not shrink at all.",
            },
        },
        "d": {
            "asks": "the bound that η must stay below",
            "kind": "number",
            "answer": "1/5",
            "wrong": {
                "1/10": "There the steep coordinate is done in one step: it may be longer.",
                "2": "The largest curvature decides, not the smallest.",
                "2/11": "That is the best step: it may be a little longer.",
            },
        },
        "e": {
            "asks": "the number of Newton steps to the minimiser",
            "kind": "number",
            "answer": "1",
            "wrong": {
                "2": "On a quadratic the model is the function itself.",
                "0": "The start is not the minimiser.",
                "132": "That is for gradient descent.",
            },
        },
    },
    "ex-x02-8": {
        "a": {
            "asks": "the Newton map of x⁴",
            "kind": "formula",
            "answer": "2*x/3",
            "variables": ("x",),
            "wrong": {
                "3*x/4": "That finds a zero of f: here a zero of f′ is wanted.",
                "x/3": "factor",
                "x - 4*x**3": "That is gradient descent: divide by the second derivative.",
                "-2*x/3": "sign",
            },
        },
        "b": {
            "asks": "the Newton map of √(1 + x²)",
            "kind": "formula",
            "answer": "-x**3",
            "variables": ("x",),
            "wrong": {
                "x**3": "sign",
                "x - x/sqrt(1 + x**2)": "That is gradient descent: divide by f″.",
                "-1/x": "That finds a zero of f, which has none.",
                "x + x*(1 + x**2)": "The step is subtracted.",
            },
        },
        "c": {
            "asks": "the Newton map of x³/3 − x",
            "kind": "formula",
            "answer": "(x**2 + 1)/(2*x)",
            "variables": ("x",),
            "domain": (0.5, 2.5),
            "wrong": {
                "(x**2 - 1)/(2*x)": "That is the quotient f′/f″: subtract it from x.",
                "x - x**2 + 1": "Divide by the second derivative.",
                "(3*x**2 - 1)/(2*x)": "The step is subtracted.",
                "(x**2 + 1)/x": "factor",
                "(x**2 + 1)/2*x": "That is half of it, times x: write /(2*x).",
            },
        },
        "d": {
            "asks": "Which run approaches a minimum?",
            "kind": "choice",
            "answer": "a",
            "options": {
                "a": "x⁴ from 1",
                "b": "√(1 + x²) from 1.1",
                "c": "x³/3 − x from −2",
                "d": "All of them.",
            },
            "wrong": {
                "b": "1.1³ is larger than 1.1: where does that lead?",
                "c": "It converges to −1. What is the second derivative there?",
                "d": "Look where each of them goes.",
            },
        },
    },
    "ex-x02-9": {
        "a": {
            "asks": "for x² + y²",
            "kind": "formula",
            "answer": "r**2",
            "variables": ("r",),
            "domain": (0.1, 2.0),
            "wrong": {
                "r**2/4": "factor",
                "4*r**2": "factor",
                "r": "The function is quadratic: double r, and see.",
                "r**2 + 2": "constant",
            },
        },
        "b": {
            "asks": "for x³ − 3xy²",
            "kind": "number",
            "answer": "0",
            "wrong": {
                "1": "Which Laplacian does this function have?",
                "6": "Do not forget the second derivative in y.",
                "-6": "Do not forget the second derivative in x.",
            },
        },
    },
    "ex-x02-10": {
        "a": {
            "asks": "J Σ Jᵀ",
            "kind": "matrix",
            "answer": "[[0.08, 0.08], [0.08, 0.08]]",
            "wrong": {
                "[[8, 8], [8, 8]]": "factor",
                "[[0.02, 0.04], [0.02, 0.04]]": "That is J Σ: Jᵀ is missing.",
                "[[0.2, 0.1], [0.1, 0.05]]": "The transpose stands on the other side.",
                "[[0.08, 0], [0, 0.08]]": "Both outputs depend on both inputs.",
            },
        },
        "b": {
            "asks": "the correlation of the outputs",
            "kind": "number",
            "answer": "1",
            "wrong": {
                "0.08": "That is the covariance: divide by both standard deviations.",
                "0": "The entries off the diagonal are not zero.",
                "-1": "sign",
            },
        },
    },
}
