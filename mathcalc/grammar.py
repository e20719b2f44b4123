"""From the text of a formula to its terms, as ``explorables/expression.mjs`` reads it.

Text is data, never code: it is cut into numbers, names and signs, and nothing else is known.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from mathcalc.terms import (
    CONSTANTS,
    DEEPEST,
    FUNCTIONS,
    FormulaError,
    Term,
    applied,
    constant,
    number,
    refuse,
    variable,
)

LONGEST = 500
# What a browser trims from the ends of a pasted text.
SPACES = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
TOKEN = re.compile(
    r" *(?:((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])|([A-Za-z_]\w*)|(\*\*|[-+*/()]))",
    re.ASCII,
)
BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}  # how closely; a sign before a term is 3


def read(text: str, variables: Sequence[str] | None = None) -> Term:
    """Return a formula's terms; the parameters are those of `mathcalc.expression.parse`.

    Raises
    ------
    FormulaError
        If the text is no formula.

    Examples
    --------
    >>> print(read("x**2 + y").at({"x": 3.0, "y": 1.0}))
    10.0
    """
    return _Reader(_checked(text), variables).whole()


def _checked(text: Any) -> str:
    """Return a text that is short and plain, without the spaces at its ends."""
    refuse(not isinstance(text, str), f"a formula is a text, not {type(text).__name__}")
    text = text.strip(SPACES)
    refuse(not text, "the formula is empty: write one, such as x**2 + y**2")
    refuse(len(text) > LONGEST, f"the formula is longer than {LONGEST} characters")
    odd = next((c for c in text if not " " <= c <= "~" or c in "#\\"), None)
    refuse(odd, f"{odd and _shown(odd)} is not part of a formula")
    refuse("^" in text, "write ** for a power, not ^")
    refuse("//" in text, "write / for a quotient, not //")
    return text


def _shown(sign: str) -> str:
    """Return a character as it can be read: by its number in Unicode if it cannot be seen."""
    seen = unicodedata.category(sign)[0] in "LNPS"
    return f"'{sign}'" if seen else f"the character U+{ord(sign):04X}"


def _tokens(text: str) -> list[tuple[str, str, str]]:
    """Cut a text into triples (number, name, sign), with one of them filled."""
    found, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise FormulaError(f"'{text[at : at + 30].strip()}' is not part of a formula")
        found.append((match[1] or "", match[2] or "", match[3] or ""))
        at = match.end()
    return found


class _Reader:
    """Puts the pieces of a text together, by how closely the operators bind."""

    def __init__(self, text: str, variables: Sequence[str] | None) -> None:
        self.text, self.variables = text, variables
        self.rest = _tokens(text)[::-1]
        self.nesting = 0

    def sign(self) -> str:
        return self.rest[-1][2] if self.rest else ""

    def unreadable(self) -> FormulaError:
        return FormulaError(f"cannot read '{self.text[:60]}': is a sign or a bracket missing?")

    def whole(self) -> Term:
        term = self.term()
        if self.rest:
            raise self.unreadable()
        return term

    def term(self, least: int = 1) -> Term:
        """Return the longest term whose operators bind at least so closely."""
        left = self.signed()
        while BINDING.get(op := self.sign(), 0) >= least:
            self.rest.pop()
            closer = BINDING[op] + (op != "**")  # powers are taken from the right
            left = applied(op, left, self.term(closer))
        return left

    def signed(self) -> Term:
        """Return an atom; or, after signs, a power."""
        signs = []
        while self.sign() in ("-", "+"):
            signs.append(self.rest.pop()[2])
        term = self.term(3) if signs else self.atom()
        for sign in reversed(signs):
            term = applied("negative" if sign == "-" else "positive", term)
        return term

    def atom(self) -> Term:
        digits, name, sign = self.rest.pop() if self.rest else ("", "", "")
        if sign == "(":
            return self.bracket()
        if digits:
            return number(digits)
        if name:
            return self.named(name)
        raise self.unreadable()

    def bracket(self) -> Term:
        """Return what stands in a bracket that was opened."""
        self.nesting += 1
        refuse(self.nesting > DEEPEST, f"the formula is nested more than {DEEPEST} deep")
        inner = self.term()
        if self.sign() != ")":
            raise self.unreadable()
        self.rest.pop()
        self.nesting -= 1
        return inner

    def named(self, name: str) -> Term:
        if self.sign() == "(":
            self.rest.pop()
            argument, known = self.bracket(), ", ".join(FUNCTIONS)
            refuse(
                name not in FUNCTIONS, f"'{name[:30]}' is not a known function; there are {known}"
            )
            return applied(name, argument)
        if name in CONSTANTS:
            return constant(name)
        refuse(name in FUNCTIONS, f"{name} needs an argument: write {name}(x)")
        fine = "__" not in name if self.variables is None else name in self.variables
        hint = f"; the variables are {', '.join(self.variables)}" if self.variables else ""
        refuse(not fine, f"'{name[:30]}' is not known{hint}")
        return variable(name)
