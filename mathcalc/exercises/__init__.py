"""Exercises with checked answers: `check` in a notebook, `box` for the page.

Both judge by the same data, the same rules and the same sentences, and neither gives the right
answer away.
"""

import html
from dataclasses import dataclass
from typing import Any

from mathcalc import answers
from mathcalc.exercises.judging import Judgement, judge
from mathcalc.exercises.sheets import payload, sheet

__all__ = ["Box", "Verdict", "box", "check"]

_UNGIVEN = object()


@dataclass(frozen=True)
class Verdict:
    """What was found about the answer to an exercise.

    It is true if everything that was answered is right, and prints as a sentence for each part.

    Attributes
    ----------
    name : str
        The exercise.
    judged : dict of str to Judgement
        What was found, by part.
    """

    name: str
    judged: dict[str, Judgement]

    def __bool__(self) -> bool:
        return bool(self.judged) and all(found.right for found in self.judged.values())

    def __str__(self) -> str:
        return "\n".join(f"{self.name} {part}: {j.message}" for part, j in self.judged.items())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = (
            f"<p>{'✓' if j.right else '✗'} <strong>{html.escape(f'{self.name} {part}')}</strong> "
            f"{html.escape(j.message)}</p>"
            for part, j in self.judged.items()
        )
        return f'<div class="exercise-found">{"".join(rows)}</div>'


@dataclass(frozen=True)
class Box:
    """The place of an exercise's answers in the page; without the page's script, a sentence."""

    name: str

    def __repr__(self) -> str:
        given = [f"{part}=…" for part in answers.parts(self.name)]
        return f'check("{self.name}", {", ".join(given) if len(given) > 1 else "…"})'

    def _repr_html_(self) -> str:
        call = html.escape(repr(self), quote=False)
        options = "".join(
            _listed(letter, part) for letter, part in answers.parts(self.name).items()
        )
        return (
            f'<div class="exercise-box" data-exercise="{self.name}" '
            f'data-sheets="{payload(self.name)}"><div class="exercise-still">'
            f"<p>Check your answer in a notebook with <code>{call}</code>; "
            f"the page of the book has boxes for it, which need JavaScript.</p>"
            f"{options}</div></div>"
        )


def _listed(letter: str, part: dict[str, Any]) -> str:
    """Return the options of a choice."""
    if "options" not in part:
        return ""
    texts = "".join(f"<li>{k}: {html.escape(text)}</li>" for k, text in part["options"].items())
    return f"<p>({letter}) {html.escape(part['asks'])}</p><ul>{texts}</ul>"


def check(name: str, answer: Any = _UNGIVEN, /, **parts: Any) -> Verdict:
    """Judge an answer to an exercise.

    Parameters
    ----------
    name : str
        The exercise, such as ``"ex-x01-1"``.
    answer : object, optional
        The answer to an exercise with one part; a dictionary answers several parts.
    **parts : object
        The answers by part. An answer is a number, a list or array, a SymPy expression, or a text
        such as ``"sqrt(5)"``, ``"[4, 5]"``, ``"2*x + y"``; where formulas are asked for also a
        function of the point, an array ``(n,)``, or of its n coordinates. A choice is answered
        by its letter.

    Returns
    -------
    Verdict
        Right, or what is wrong. Whatever the answer is, nothing is raised.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    >>> check("ex-x01-1", a="[z*y, z*x, y*x]", b=[6, 3])
    ex-x01-1 a: Right.
    ex-x01-1 b: Expected 3 components, got 2 components.
    """
    known = answers.parts(name)
    given = parts if answer is _UNGIVEN else _given(answer, known) | parts
    if not given:
        given = dict.fromkeys(known)
    return Verdict(name, {str(p): _part(name, str(p), known, a) for p, a in given.items()})


def box(name: str) -> Box:
    """Return the place of an exercise's answers in the page.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    answers.parts(name)
    return Box(name)


def _given(answer: Any, known: dict[str, Any]) -> dict[Any, Any]:
    """Return answers by part; what is no dictionary answers an exercise's first part."""
    return dict(answer) if isinstance(answer, dict) else {next(iter(known)): answer}


def _part(name: str, part: str, known: dict[str, Any], answer: Any) -> Judgement:
    if part not in known:
        return Judgement(False, "part", f"There is no such part: there are {', '.join(known)}.")
    return judge(sheet(name, part), answer)
