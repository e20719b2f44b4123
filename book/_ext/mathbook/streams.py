"""Printed text as it was printed: a busy kernel sends one line in several pieces."""

from itertools import groupby

from myst_nb.core import render
from nbformat import NotebookNode

merge = render.coalesce_streams


def rejoined(outputs):
    """Put the pieces of each stream together as they came, then merge as myst-nb does.

    By itself myst-nb begins a new line for each piece, so a page would depend on how busy the
    machine was.
    """
    groups = groupby(outputs, key=lambda o: (o["output_type"] == "stream", o.get("name")))
    return merge([output for (stream, _), group in groups for output in _one(stream, [*group])])


def _one(stream, pieces):
    if not stream:
        return pieces
    return [NotebookNode({**pieces[0], "text": "".join(piece["text"] for piece in pieces)})]


def setup():
    """Take the place of myst-nb's own."""
    render.coalesce_streams = rejoined
