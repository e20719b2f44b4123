"""The right answers by exercise name, as plain data: a module or two for each chapter or lab.

An exercise is named after its label in the notebook, ``ex-x01-1``, and has parts ``a``, ``b``, …
A part says

``asks``
    the few words that stand beside its answer box;
``kind``
    ``number``, ``vector``, ``matrix``, ``formula`` (one, or a list of them), ``function``
    (judged in a notebook only), ``choice`` or ``choices``;
``answer``
    the right answer, in the language of `mathcalc.expression`, or the letters of the right options;
``also``
    further right answers, where there is more than one;
``variables``, ``domain``
    of a formula or function: the names, in order, and the interval that random points are from;
``tolerance``
    the largest relative error that counts as right;
``options``
    of a choice: the texts by letter;
``wrong``
    typical wrong answers, each with what is said about it: a key of
    `mathcalc.exercises.messages.MESSAGES` where the general rules find the fault, else a sentence.
"""

from importlib import import_module
from typing import Any

#: The modules of each chapter, or other page, that has exercises.
CHAPTERS = {
    "01": ("gradients", "descent"),
    "02": ("jacobians", "curvature"),
    "04": ("critical", "multipliers"),
    "03": ("chains", "signals"),
    "05": ("modes", "products"),
    "errata-lab": ("claims",),
    "prerequisites": ("prerequisites", "prerequisites_arrays"),
}


def chapter(number: str) -> dict[str, dict[str, Any]]:
    """Return the exercises of a chapter, each with its parts; none if it has no answers yet."""
    modules = (import_module(f"{__name__}.{name}") for name in CHAPTERS.get(number, ()))
    return {name: parts for module in modules for name, parts in module.ANSWERS.items()}


def parts(name: str) -> dict[str, Any]:
    """Return the parts of an exercise by letter.

    Raises
    ------
    ValueError
        If there is no such exercise; the message lists those of the chapter, or all.
    """
    everything = {key: value for number in CHAPTERS for key, value in chapter(number).items()}
    if not isinstance(name, str) or name not in everything:
        raise ValueError(f"name={name!r} is no exercise: choose one of {', '.join(everything)}")
    return everything[name]
