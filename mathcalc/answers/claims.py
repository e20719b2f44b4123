"""The errata lab: published claims that fail."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-claim-step": {
        "a": {
            "asks": "the step with the smallest error",
            "kind": "choice",
            "answer": "b",
            "options": {"a": "10⁻²", "b": "10⁻⁵", "c": "10⁻⁸", "d": "10⁻¹¹"},
            "wrong": {
                "a": "Here the error of the formula, a sixth of h², is still large.",
                "c": "Rounding counts: it is divided by h.",
                "d": "Rounding counts: it is divided by h, and here h is tiny.",
            },
        },
    },
    "ex-claim-away": {
        "a": {
            "asks": "the angle in degrees",
            "kind": "number",
            "answer": "180*acos(11/sqrt(202))/pi",
            "wrong": {
                "0": "That is so for a round bowl. This one has the gradient (1, 10).",
                "acos(11/sqrt(202))": "That is the angle in radians.",
                "180 - 180*acos(11/sqrt(202))/pi": "Take minus the gradient.",
                "45": "That is the angle between the way to the minimum and an axis.",
            },
        },
    },
    "ex-claim-partials": {
        "a": {
            "asks": "the slope",
            "kind": "number",
            "answer": "sqrt(2)/4",
            "wrong": {
                "0": "That is what the claim says. Put the point t(1, 1)/√2 into f, divide by t.",
                "1/2": "That is for the vector (1, 1): a direction has length 1.",
                "-sqrt(2)/4": "sign",
                "sqrt(2)": "Mind the denominator: x² + y² = t².",
            },
        },
    },
    "ex-claim-momentum": {
        "a": {
            "asks": "the best β",
            "kind": "choice",
            "answer": "b",
            "options": {"a": "0", "b": "0.14", "c": "0.5", "d": "0.9"},
            "wrong": {
                "a": "Each step then multiplies the distance by −0.9: one can do better.",
                "c": "The factor is then about the root of β. Is there a smaller one?",
                "d": "The factor is then about the root of β: worse than without momentum.",
            },
        },
    },
    "ex-claim-start": {
        "a": {
            "asks": "where the path ends",
            "kind": "choice",
            "answer": "b",
            "options": {
                "a": "at the minimum (−π/2, π)",
                "b": "at the saddle (−π/2, 0)",
                "c": "at the maximum (π/2, 0)",
                "d": "at the start",
            },
            "wrong": {
                "a": "What is the derivative in y, all along the line y = 0?",
                "c": "The path goes downhill.",
                "d": "The derivative in x is 1 at the start.",
            },
        },
    },
    "ex-claim-layout": {
        "a": {
            "asks": "the expressions that are defined",
            "kind": "choices",
            "answer": "ab",
            "options": {
                "a": "2 A x",
                "b": "2 xᵀ A",
                "c": "2 A xᵀ",
                "d": "2 x A",
                "e": "A xᵀ + xᵀ A",
            },
            "wrong": {
                "c": "An n × n matrix cannot be multiplied by a 1 × n row from the right.",
                "d": "An n × 1 column cannot be multiplied by an n × n matrix from the right.",
                "e": "The second product is defined. And the first?",
            },
        },
    },
    "ex-claim-newton": {
        "a": {
            "asks": "the factor",
            "kind": "number",
            "answer": "2/3",
            "wrong": {
                "0": "That is so for x². Here f' = 4x³ and f'' = 12x².",
                "1/3": "That is the length of the step, as a share of x.",
                "3/4": "That is for x⁵: look at f'/f'' again.",
                "1/2": "That is for x³: look at f'/f'' again.",
            },
        },
    },
    "ex-claim-adam": {
        "a": {
            "asks": "the root of v̂",
            "kind": "number",
            "answer": "3",
            "wrong": {
                "0": "That is the curvature. What is the gradient?",
                "9": "That is its square.",
                "3*sqrt(1 - 0.999**10)": "Without the division by 1 − 0.999ᵗ.",
            },
        },
    },
    "ex-claim-fisher": {
        "a": {
            "asks": "the Fisher information",
            "kind": "number",
            "answer": "16/3",
            "wrong": {
                "16": "That is for heads alone: take the mean over heads and tails.",
                "-16": "Take minus the second derivative, and the mean over heads and tails.",
                "-16/3": "sign",
                "16/9": "That is for tails alone: take the mean over heads and tails.",
            },
        },
    },
    "ex-claim-order": {
        "a": {
            "asks": "how many times as many",
            "kind": "number",
            "answer": "1001/2",
            "wrong": {
                "1": "Count again: an a × b times a b × c matrix takes a·b·c multiplications.",
                "2/1001": "That is the other way round.",
                "1000": "Left to right takes two products of a row and a matrix.",
                "1001": "Left to right takes two products of a row and a matrix.",
            },
        },
    },
    "ex-claim-zero": {
        "a": {
            "asks": "the undecided",
            "kind": "choices",
            "answer": "acd",
            "options": {
                "a": "2, 0",
                "b": "1, −1, 0",
                "c": "3, 0, 0",
                "d": "−1, 0",
                "e": "2, 1, −1",
                "f": "4, 2, 1",
            },
            "wrong": {
                "b": "One positive, one negative: along the two directions f rises and falls.",
                "e": "No eigenvalue is zero here, and the signs are mixed.",
                "f": "No eigenvalue is zero here, and all have one sign.",
            },
        },
    },
    "ex-claim-coins": {
        "a": {
            "asks": "how often",
            "kind": "choice",
            "answer": "d",
            "options": {
                "a": "in half of the cases",
                "b": "in about one of 4",
                "c": "in about one of 8",
                "d": "in about one of 40",
            },
            "wrong": {
                "a": "That is the probability for one number.",
                "b": "That is more than the coins say. Do the eigenvalues attract each other?",
                "c": "So say independent coins. But do the eigenvalues not know of each other?",
            },
        },
    },
    "ex-claim-code": {
        "a": {
            "asks": "the derivative that it returns",
            "kind": "number",
            "answer": "0",
            "wrong": {
                "4": "That is the true derivative. Which line of the program runs?",
                "2": "Which line of the program runs? Differentiate that line.",
                "1": "Which line of the program runs? Differentiate that line.",
            },
        },
    },
    "ex-claim-check": {
        "a": {
            "asks": "the functions that show the fault",
            "kind": "choices",
            "answer": "cd",
            "options": {
                "a": "x² + y²",
                "b": "sin x + cos y",
                "c": "x y",
                "d": "x² + x y + y²",
                "e": "eˣ + y⁴",
            },
            "wrong": {
                "a": "Averaged over y this is x² and a constant: the derivative is right.",
                "b": "A sum of functions of one variable each: averages do no harm.",
                "e": "Each variable stands alone: averages do no harm.",
            },
        },
    },
}
