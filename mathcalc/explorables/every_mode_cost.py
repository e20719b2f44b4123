"""What both modes cost on a tape, by counting the operations of rules that are written out.

A rule is a piece of Python that is only read, never run: its operations are counted in its syntax
tree, and the values that the way back needs are the names that it reads. ``a`` and ``b`` are the
operands, ``v`` is the line's value, ``da`` and ``db`` are tangents, ``w`` is the line's adjoint,
``A`` and ``B`` those of the operands; ``c`` and ``l`` are constants known beforehand.
"""

import ast
from functools import cache
from typing import Any

#: The tangent of a line, and what it hands on, for functions and for operators of two lines.
RULES = {
    "negative": ("-da", "A -= w"),
    "exp": ("v*da", "A += w*v"),
    "log": ("da/a", "A += w/a"),
    "sqrt": ("da/(2*v)", "A += w/(2*v)"),
    "sin": ("cos(a)*da", "A += w*cos(a)"),
    "cos": ("-sin(a)*da", "A -= w*sin(a)"),
    "tan": ("(1 + v*v)*da", "A += w*(1 + v*v)"),
    "arcsin": ("da/sqrt(1 - a*a)", "A += w/sqrt(1 - a*a)"),
    "arccos": ("-da/sqrt(1 - a*a)", "A -= w/sqrt(1 - a*a)"),
    "arctan": ("da/(1 + a*a)", "A += w/(1 + a*a)"),
    "sinh": ("cosh(a)*da", "A += w*cosh(a)"),
    "cosh": ("sinh(a)*da", "A += w*sinh(a)"),
    "tanh": ("(1 - v*v)*da", "A += w*(1 - v*v)"),
    "absolute": ("sign(a)*da", "A += w*sign(a)"),
    "add": ("da + db", "A += w; B += w"),
    "subtract": ("da - db", "A += w; B -= w"),
    "multiply": ("da*b + a*db", "A += w*b; B += w*a"),
    "divide": ("(da - v*db)/b", "t = w/b; A += t; B -= t*v"),
    "power": ("b*a**(b - 1)*da + v*log(a)*db", "A += w*(b*a**(b - 1)); B += w*(v*log(a))"),
}
#: The same where one of the two operands is a constant; a square has a rule of its own.
BESIDE_A_CONSTANT = {
    ("add", "a"): ("da", "A += w"),
    ("add", "b"): ("db", "B += w"),
    ("subtract", "a"): ("da", "A += w"),
    ("subtract", "b"): ("-db", "B -= w"),
    ("multiply", "a"): ("da*b", "A += w*b"),
    ("multiply", "b"): ("a*db", "B += w*a"),
    ("divide", "a"): ("da/b", "A += w/b"),
    ("divide", "b"): ("-(v*db)/b", "t = w/b; B -= t*v"),
    ("power", "a"): ("b*a**c*da", "A += w*(b*a**c)"),
    ("power", "b"): ("v*l*db", "B += w*(v*l)"),
}
SQUARE = ("2*a*da", "A += w*(2*a)")
_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.AugAssign, ast.Call)


def _followed(tape: Any, line: Any) -> dict[str, int]:
    """Return the operands that are lines: name in the rules, and number."""
    named = zip("ab", line.operands, strict=False)
    return {name: x.index for name, x in named if getattr(x, "lines", None) is tape.lines}


def rule(tape: Any, line: Any) -> tuple[str, str]:
    """Return the tangent's expression and the statements of the way back, for a line."""
    name, followed = line.primitive.name, _followed(tape, line)
    if name == "power" and "b" not in followed and line.operands[1] == 2:
        return SQUARE
    if len(line.operands) == 2 and len(followed) == 1:
        return BESIDE_A_CONSTANT[name, next(iter(followed))]
    return RULES[name]


@cache
def operations(code: str) -> int:
    """Return how many operations a piece of code does."""
    return sum(isinstance(node, _OPERATIONS) for node in ast.walk(ast.parse(code)))


def _reads(code: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}


def kept(tape: Any) -> list[int]:
    """Return the lines whose values the backward sweep needs."""
    needed: set[int] = set()
    for line in tape.lines:
        if line.primitive is not None:
            values = {**_followed(tape, line), "v": line.index}
            needed |= {values[name] for name in _reads(rule(tape, line)[1]) & set(values)}
    return sorted(needed)


def alive(tape: Any, inputs: int, outputs: list[int]) -> int:
    """Return how many values are alive at the busiest moment of the run.

    A value is born with its line, an input at the beginning; it dies after its last use, an
    output never.
    """
    births = [0 if i < inputs else i for i in range(len(tape.lines))]
    deaths = list(range(len(tape.lines)))
    for line in tape.lines:
        for operand in _followed(tape, line).values():
            deaths[operand] = max(deaths[operand], line.index)
    for output in outputs:
        deaths[output] = len(tape.lines)
    spans = list(zip(births, deaths, strict=True))
    return max(sum(b <= now <= d for b, d in spans) for now in range(len(tape.lines)))


def costs(tape: Any, inputs: int, outputs: list[int]) -> dict[str, Any]:
    """Return the operations of the program and of both modes, and what each has in memory."""
    rules = [rule(tape, line) for line in tape.lines if line.primitive is not None]
    program, along, back = (
        len(rules),
        sum(operations(tangent) for tangent, _ in rules),
        sum(operations(adjoint) for _, adjoint in rules),
    )
    n, m = inputs, len(outputs)
    return {
        "program": program,
        "n": n,
        "m": m,
        "alive": alive(tape, inputs, outputs),
        "kept": kept(tape),
        "forward": {"one": program + along, "all": n * (program + along)},
        "reverse": {"one": program + back, "all": program + m * back},
    }
