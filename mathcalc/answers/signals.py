"""Chapter 3, Chain Rule and Backpropagation: what comes back, and what an equation defines."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x03-6": {
        "a": {
            "asks": "the output",
            "kind": "number",
            "answer": "2",
            "wrong": {
                "4": "The values are averaged with the weights p, not added.",
                "3": "Both keys fit equally well: neither wins.",
                "1": "Both keys fit equally well: neither wins.",
                "0": "Scores of zero do not mean weights of zero.",
            },
        },
        "b": {
            "asks": "the adjoints of the scores",
            "kind": "vector",
            "answer": "[-1/2, 1/2]",
            "wrong": {
                "[1/2, -1/2]": "sign",
                "[1/2, 3/2]": "From each entry the average of what comes back is subtracted first.",
                "[-1, 1]": "Each entry is multiplied by its weight.",
                "[1, 3]": "Those are the adjoints of the weights: softmax comes next.",
            },
        },
        "c": {
            "asks": "the adjoint of the query",
            "kind": "vector",
            "answer": "[-1/(2*sqrt(2)), 1/(2*sqrt(2))]",
            "wrong": {
                "[-1/2, 1/2]": "The scores were divided by the root of d.",
                "[-1/4, 1/4]": "Divide by the root of d, not by d.",
                "[1/(2*sqrt(2)), -1/(2*sqrt(2))]": "sign",
                "[-1/sqrt(2), 1/sqrt(2)]": "factor",
            },
        },
    },
    "ex-x03-7": {
        "a": {
            "asks": "the normalised batch",
            "kind": "vector",
            "answer": "[-1, 1]",
            "wrong": {
                "[1, -1]": "sign",
                "[-1/sqrt(2), 1/sqrt(2)]": "The variance is divided by m, not by m − 1.",
                "[1, 3]": "Subtract the mean first.",
                "[-2, 2]": "The mean is 2, and each point is 1 away from it.",
            },
        },
        "b": {
            "asks": "its Jacobian, row by row",
            "kind": "matrix",
            "answer": "[[0, 0], [0, 0]]",
            "wrong": {
                "[[1, 0], [0, 1]]": "That is the direct way: there are ways over the mean and over "
                "the spread.",
                "[[1/2, -1/2], [-1/2, 1/2]]": "The way over the spread is missing.",
                "[[1/2, 1/2], [1/2, 1/2]]": "The way over the mean is missing.",
                "0": "shape",
            },
        },
        "c": {
            "asks": "Why is it so?",
            "kind": "choice",
            "answer": "b",
            "options": {
                "a": "Because the mean of the normalised batch is zero.",
                "b": "Because two different points always normalise to −1 and 1, in their order.",
                "c": "Because ε = 0 makes the derivative undefined.",
                "d": "Because the standard deviation happens to be 1.",
            },
            "wrong": {
                "a": "It is zero for larger batches, too, and their Jacobian is not zero.",
                "c": "It is defined wherever the two points differ.",
                "d": "Try (1, 5): is it otherwise?",
            },
        },
    },
    "ex-x03-8": {
        "a": {
            "asks": "the factor",
            "kind": "number",
            "answer": "4**(-20)",
            "wrong": {
                "5": "The factors are multiplied, not added.",
                "2**(-20)": "The slope of the sigmoid is at most s(1 − s) at s = 1/2.",
                "4**20": "The signal shrinks.",
                "4**(-19)": "Twenty layers have twenty factors.",
            },
        },
        "b": {
            "asks": "the bound on ‖W‖₂",
            "kind": "number",
            "answer": "4",
            "wrong": {
                "1": "Then each factor is at most 1/4.",
                "1/4": "Then each factor is at most 1/16.",
                "20": "One factor alone has to be 1.",
                "2": "Then each factor is at most 1/2.",
            },
        },
    },
    "ex-x03-9": {
        "a": {
            "asks": "the slope of the circle",
            "kind": "number",
            "answer": "-3/4",
            "wrong": {
                "3/4": "sign",
                "-4/3": "The derivative by y belongs in the denominator.",
                "4/3": "That is the slope of the radius.",
                "6/5": "That is the derivative of F by x.",
            },
        },
        "b": {
            "asks": "dz/dθ",
            "kind": "number",
            "answer": "2",
            "wrong": {
                "1": "That holds z still on the right-hand side: z moves, too.",
                "1/2": "That is the derivative of f by z.",
                "2/3": "Mind the sign: z − f(z) = 0.",
                "-2": "sign",
            },
        },
        "c": {
            "asks": "where it fails, as [z, θ]",
            "kind": "vector",
            "answer": "[2, 1]",
            "wrong": {
                "[1, 2]": "order",
                "[0, 0]": "There the derivative is 1.",
                "[2, 3/4]": "That is no fixed point: put z into z = z²/4 + θ.",
                "[4, 0]": "There the derivative is −1: negative, but finite.",
            },
        },
    },
    "ex-x03-10": {
        "a": {
            "asks": "the partial derivative by t",
            "kind": "number",
            "answer": "2 + exp(2)",
            "wrong": {
                "2 + 3*exp(2)": "That is the total derivative: here x is held still.",
                "2": "The second term depends on t, too.",
                "2 + exp(1)": "x is e, and it is squared.",
                "2 + 2*exp(1)": "That differentiates x² by x: here x is held still.",
            },
        },
        "b": {
            "asks": "the total derivative",
            "kind": "number",
            "answer": "2 + 3*exp(2)",
            "wrong": {
                "2 + exp(2)": "That is the explicit part: x moves, too.",
                "2*exp(2)": "That is the implicit part: the formula depends on t, too.",
                "2 + exp(2) + 2*exp(1)": "The velocity of x is missing.",
                "2 + 2*exp(2)": "In the explicit part the second term is missing.",
            },
        },
    },
}
