"""Every figure says what it shows: live ones have words and a caption, drawings a caption."""

import json

import pytest
from mathbook.execution import notebooks

from mathcalc.explorables import REGISTRY, explorable

SHORTEST = 25  # characters of a sentence that says something


@pytest.mark.parametrize("name", sorted(set(REGISTRY) - {"interact"}))  # it is given its words
def test_every_live_figure_has_words(name):
    figure = explorable(name)()
    assert len(figure.caption.strip()) >= SHORTEST and len(figure.alt.strip()) >= SHORTEST
    assert figure.caption.strip().endswith((".", "?"))


def silent(cells):
    """Return the cells whose drawing is a numbered figure with too few words under it."""
    drawn = [c for c in cells if "figure" in c["metadata"].get("mystnb", {})]
    words = {c["id"]: c["metadata"]["mystnb"]["figure"].get("caption", "") for c in drawn}
    return [name for name, caption in words.items() if len(caption.strip()) < SHORTEST]


@pytest.mark.parametrize("path", notebooks(), ids=lambda p: p.stem)
def test_every_drawing_has_a_caption(path):
    assert silent(json.loads(path.read_text("utf8"))["cells"]) == []


def test_a_drawing_without_a_caption_is_found():
    told = {"caption": "The graph of a function of one variable.", "name": "fig-a"}
    cells = [
        {"id": name, "metadata": {"mystnb": {"figure": figure}}}
        for name, figure in (("told", told), ("empty", told | {"caption": " "}), ("bare", {}))
    ]
    assert silent([*cells, {"id": "no-figure", "metadata": {}}]) == ["empty", "bare"]
