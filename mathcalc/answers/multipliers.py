"""Chapter 4, Optimality Conditions: multipliers, KKT, support vectors, argmin."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "ex-x04-6": {
        "a": {
            "asks": "the minimiser",
            "kind": "vector",
            "answer": "[1, 2]",
            "wrong": {
                "[2, 1]": "order",
                "[0, 0]": "That is the minimiser without the constraint: it is not on the line.",
                "[5/3, 5/3]": "The gradient must be a multiple of (1, 2), the normal of the line.",
                "[5, 0]": "On the line, but is there a point of it nearer to the origin?",
            },
        },
        "b": {
            "asks": "the minimum",
            "kind": "number",
            "answer": "5",
            "wrong": {
                "sqrt(5)": "That is the distance: f is its square.",
                "3": "f is x² + y², not x + y.",
                "0": "The origin does not satisfy the constraint.",
                "25": "That is the value at (5, 0) or of c²: put in the minimiser.",
            },
        },
        "c": {
            "asks": "the multiplier ν",
            "kind": "number",
            "answer": "-2",
            "wrong": {
                "2": "sign",
                "-1": "From 2x + ν = 0 at x = 1.",
                "-4": "From 2y + 2ν = 0 at y = 2: divide by the 2 in front of ν.",
            },
        },
        "d": {
            "asks": "the derivative of the minimum",
            "kind": "number",
            "answer": "2",
            "wrong": {
                "-2": "sign",
                "5": "That is the minimum itself.",
                "1": "The minimum is c²/5: differentiate it at c = 5.",
                "10": "The minimum is c²/5, not c².",
            },
        },
    },
    "ex-x04-7": {
        "a": {
            "asks": "the minimiser",
            "kind": "vector",
            "answer": "[3/2, 1/2]",
            "wrong": {
                "[2, 1]": "That is the free minimiser: it breaks the first constraint.",
                "[1, 1]": "Allowed, but −∇f there is not a multiple of (1, 1).",
                "[2, 0]": "Allowed, but one can go down along the edge x + y = 2.",
                "[1/2, 3/2]": "order",
            },
        },
        "b": {
            "asks": "the minimum",
            "kind": "number",
            "answer": "1/2",
            "wrong": {
                "1/sqrt(2)": "That is the distance: f is its square.",
                "1/4": "Both coordinates contribute.",
                "0": "The value 0 is attained at (2, 1) only, which is not allowed.",
                "1": "That is the multiplier, or f at (1, 1).",
            },
        },
        "c": {
            "asks": "the three multipliers",
            "kind": "vector",
            "answer": "[1, 0, 0]",
            "wrong": {
                "[-1, 0, 0]": "sign",
                "[1, 3/2, 1/2]": "Those of inactive constraints are zero: complementary slackness.",
                "[1/2, 0, 0]": "The gradient of f is 2(x − 2): do not lose the 2.",
                "1": "shape",
            },
        },
        "d": {
            "asks": "the derivative of the minimum",
            "kind": "number",
            "answer": "-1",
            "wrong": {
                "1": "sign",
                "0": "The constraint is active: moving it does move the minimum.",
                "-1/2": "The minimum is (3 − c)²/2: differentiate it at c = 2.",
                "-2": "The minimum is (3 − c)²/2: differentiate it at c = 2.",
            },
        },
    },
    "ex-x04-8": {
        "a": {
            "asks": "the ratio r",
            "kind": "number",
            "answer": "(1 + sqrt(13))/2",
            "wrong": {
                "(1 - sqrt(13))/2": "Probabilities are positive, so r is.",
                "log((1 + sqrt(13))/2)": "That is λ, the logarithm of the ratio.",
                "2/(1 + sqrt(13))": "The mean is above the middle: the probabilities grow.",
                "1": "Equal probabilities have the mean 2.",
            },
        },
        "b": {
            "asks": "the three probabilities",
            "kind": "vector",
            "answer": "[1/(5 + sqrt(13)), (1 + sqrt(13))/2/(5 + sqrt(13)), "
            "(7 + sqrt(13))/2/(5 + sqrt(13))]",
            "tolerance": 2e-4,
            "wrong": {
                "[0.6162, 0.2676, 0.1162]": "order",
                "[0, 1/2, 1/2]": "Its mean is 5/2, but its entropy is not the greatest.",
                "[1/3, 1/3, 1/3]": "This has the mean 2.",
                "[1/12, 1/3, 7/12]": "Its mean is 5/2, but the ratios are not equal.",
            },
        },
    },
    "ex-x04-9": {
        "a": {
            "asks": "w",
            "kind": "vector",
            "answer": "[1/2, 1/2]",
            "wrong": {
                "[1, 1]": "factor",
                "[1/sqrt(2), 1/sqrt(2)]": "The scale is fixed by y(w·x + b) = 1 at the edge, "
                "not by length 1.",
                "[1/4, 1/4]": "factor",
                "[1, 0]": "This plane separates, but its street is narrower.",
            },
        },
        "b": {
            "asks": "b",
            "kind": "number",
            "answer": "0",
            "wrong": {
                "1": "Both edges count: 4a + b = 1 and 4a − b = 1.",
                "-1": "The street lies symmetrically about the origin.",
                "1/2": "Both edges count: 4a + b = 1 and 4a − b = 1.",
            },
        },
        "c": {
            "asks": "the three multipliers",
            "kind": "vector",
            "answer": "[1/4, 1/4, 0]",
            "wrong": {
                "[1/2, 1/2, 0]": "factor",
                "[1/4, -1/4, 0]": "Multipliers are not negative: the sign is in y.",
                "[1/4, 1/4, 1/4]": "The third point is behind the edge: complementary slackness.",
                "[1/8, 1/4, 1/8]": "The third point is behind the edge: complementary slackness.",
            },
        },
        "d": {
            "asks": "the width",
            "kind": "number",
            "answer": "2*sqrt(2)",
            "wrong": {
                "sqrt(2)": "That is half of it: from the middle to an edge.",
                "1/sqrt(2)": "That is the length of w: the width is 2 divided by it.",
                "2": "Divide 2 by the length of w.",
                "4": "Divide 2 by the length of w, not by its square.",
            },
        },
        "e": {
            "asks": "the value of the dual",
            "kind": "number",
            "answer": "1/4",
            "wrong": {
                "1/2": "That is the sum of the multipliers: subtract half the squared length of w.",
                "0": "The double sum has the factor 1/2.",
                "-1/4": "sign",
            },
        },
    },
    "ex-x04-10": {
        "a": {
            "asks": "the minimiser y at x = 2",
            "kind": "number",
            "answer": "1",
            "wrong": {
                "2": "That minimises the first term alone.",
                "0": "That minimises the second term alone.",
                "2**(1/3)": "The condition has three terms: y − x + y³ = 0.",
            },
        },
        "b": {
            "asks": "the derivative of y with respect to x",
            "kind": "number",
            "answer": "1/4",
            "wrong": {
                "-1/4": "sign",
                "4": "Divide by the second derivative in y.",
                "1/3": "The second derivative in y is 1 + 3y²: do not forget the 1.",
                "1": "That would be so without the term y⁴/4.",
            },
        },
        "c": {
            "asks": "the derivative of the value",
            "kind": "number",
            "answer": "1",
            "wrong": {
                "-1": "sign",
                "1/4": "That is the derivative of the minimiser.",
                "5/4": "At the minimiser moving y costs nothing to first order.",
                "3/4": "That is v itself: differentiate.",
            },
        },
        "d": {
            "asks": "the derivative of implicit MAML",
            "kind": "number",
            "answer": "1/4",
            "wrong": {
                "1/3": "The matrix is I plus the Hessian divided by λ.",
                "4": "Take the inverse.",
                "3/4": "That is the share that is lost.",
                "-1/4": "sign",
            },
        },
    },
}
