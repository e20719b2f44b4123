"""Reverse mode: the program is recorded on a tape, and read backwards.

The tape is the Wengert list itself: one line for each primitive that ran, in the order in which
they ran. A line holds its value, its primitive and its operands, about 200 bytes besides the
values; all of it is freed when the tape is. The backward sweep is a loop, so any depth will do.
"""

from typing import Any

from mathcalc import listing, overrides_linear, overrides_reductions  # noqa: F401  (two teach NumPy)
from mathcalc.rules import Primitive, shape
from mathcalc.traced import NONE, Traced


class Var(Traced):
    """One line of a tape; plain NumPy code works on it.

    It knows the list of lines that it stands in, not the tape: so a tape that nobody needs goes at
    once, and takes its lines along.
    """

    __slots__ = ("index", "level", "lines", "operands", "options", "primitive", "value")

    def __init__(
        self, lines: list, level: int, value: Any, primitive: Any, operands: tuple, options: dict
    ) -> None:
        self.lines, self.level, self.value = lines, level, value
        self.primitive, self.operands, self.options = primitive, operands, options
        self.index = len(lines)
        lines.append(self)

    def lift(self, primitive: Primitive, operands: tuple, options: dict = NONE) -> "Var":
        """Apply a primitive to the values, and write the line."""
        lines, level, values = self.lines, self.level, []
        for x in operands:
            values.append(x.value if x.__class__ is Var and x.lines is lines else x)
        # Beneath the outermost differentiation there are plain values, and none to take notice.
        apply = primitive.value if level == 1 else primitive
        y = apply(*values, **options) if options else apply(*values)
        return Var(lines, level, y, primitive, operands, options)

    def __copy__(self) -> "Var":
        return self  # it stands on its tape once, and cannot be written into

    def __deepcopy__(self, memo: dict) -> "Var":
        return self

    def __reduce__(self) -> Any:
        raise TypeError("a traced value cannot be pickled: another process would lose its tape")


ONLY = (True,)  # of one operand the adjoint is wanted


class Tape:
    """A record of what a program did with some variables.

    Parameters
    ----------
    level : int
        Which differentiation it belongs to.

    Attributes
    ----------
    lines : list of Var
        The Wengert list, inputs first.
    adjoints : list
        After `backward`: the derivative of the output with respect to each line, or None where
        the output does not depend on it.

    Examples
    --------
    >>> tape = Tape()
    >>> x = tape.variable(3.0)
    >>> tape.backward(x * x + x)
    >>> tape.adjoints[x.index]
    7.0
    """

    def __init__(self, level: int = 1) -> None:
        self.level = level
        self.lines: list[Var] = []
        self.names: dict[int, str] = {}
        self.adjoints: list[Any] = []

    def __del__(self) -> None:
        self.lines.clear()

    def variable(self, value: Any, name: str = "") -> Var:
        """Write an input; ``name`` is how the printed tape calls it."""
        line = Var(self.lines, self.level, value, None, (), NONE)
        if name:
            self.names[line.index] = name
        return line

    def backward(
        self, output: Any, seed: Any = 1.0, *, keep: bool = True, once: bool = False
    ) -> None:
        """Go through the lines in reverse, and hand each adjoint to the operands.

        Parameters
        ----------
        output : Var or list of Var
            Where to begin.
        seed : array_like, or a list of them
            The adjoint of the output, of its shape; one for each output.
        keep : bool
            Keep the adjoints of all lines; otherwise only those of the inputs, which needs less
            memory.
        once : bool
            Give each line up as soon as it is done with, so that its memory serves the next ones;
            the tape cannot be swept again.
        """
        self.adjoints = adjoints = [None] * len(self.lines)
        outputs, seeds = (output, seed) if isinstance(output, list) else ([output], [seed])
        for y, u in zip(outputs, seeds, strict=True):
            self._sow(y, u, adjoints)
        last = max((y.index for y in outputs), default=-1)
        if once:
            del self.lines[last + 1 :]
        self._sweep(self.lines if once else self.lines[: last + 1], keep, once)

    def _sow(self, y: Var, u: Any, adjoints: list) -> None:
        if shape(u) != y.shape:
            raise ValueError(f"seed has shape {shape(u)}, the output {y.shape}")
        there = adjoints[y.index]
        adjoints[y.index] = u if there is None else there + u

    def _sweep(self, some: list[Var], keep: bool, once: bool) -> None:
        adjoints = self.adjoints
        while some:
            line = some.pop()
            u, primitive, operands = adjoints[line.index], line.primitive, line.operands
            if u is None or primitive is None:
                continue
            if not keep:
                adjoints[line.index] = None
            rule = primitive.pullback or _without_rule(primitive)
            if len(operands) == 1:
                self._hand_to_one(u, line, rule)
            elif len(operands) == 2:
                self._hand_to_two(u, line, rule)
            else:
                self._hand_on(u, line, rule)
            if once:
                line.operands = ()  # whoever still holds the line holds its value alone

    def _hand_on(self, u: Any, line: Var, rule: Any) -> None:
        lines, adjoints, options = self.lines, self.adjoints, line.options
        values, wanted = [], []
        for x in line.operands:
            want = x.__class__ is Var and x.lines is lines
            values.append(x.value if want else x)
            wanted.append(want)
        call = (u, line.value, wanted, *values)
        found = rule(*call, **options) if options else rule(*call)
        for x, want, part in zip(line.operands, wanted, found):
            if want:
                there = adjoints[x.index]
                adjoints[x.index] = part if there is None else there + part

    def _hand_to_one(self, u: Any, line: Var, rule: Any) -> None:
        """Do the same for one operand: it stands on this tape, and needs no list."""
        (x,), adjoints, options = line.operands, self.adjoints, line.options
        call = (u, line.value, ONLY, x.value)
        (part,) = rule(*call, **options) if options else rule(*call)
        there = adjoints[x.index]
        adjoints[x.index] = part if there is None else there + part

    def _hand_to_two(self, u: Any, line: Var, rule: Any) -> None:
        """Do the same for two operands, as most lines have, without a loop: that is faster."""
        (a, b), lines, adjoints, options = line.operands, self.lines, self.adjoints, line.options
        to_a = a.__class__ is Var and a.lines is lines
        to_b = b.__class__ is Var and b.lines is lines
        call = (u, line.value, (to_a, to_b), a.value if to_a else a, b.value if to_b else b)
        for_a, for_b = rule(*call, **options) if options else rule(*call)
        if to_a:
            there = adjoints[a.index]
            adjoints[a.index] = for_a if there is None else there + for_a
        if to_b:
            there = adjoints[b.index]
            adjoints[b.index] = for_b if there is None else there + for_b

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return the lines as text: name, operation, value, adjoint."""
        return listing.rows(self.lines, self.adjoints, self.names)

    def __str__(self) -> str:
        return listing.text(self.rows())

    def _repr_html_(self) -> str:
        return listing.table(self.rows())


def _without_rule(primitive: Primitive) -> Any:
    raise TypeError(f"{primitive} has no rule for reverse mode: use forward mode")
