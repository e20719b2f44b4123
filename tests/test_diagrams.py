"""Computation graphs as drawings: every node and arrow is there, and none leads nowhere."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Annotation

from mathcalc import diagrams, palette, plotting

PLACES = {"a": (0.0, 0.0), "b": (1.0, 0.0)}


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def texts(ax):
    return [t.get_text() for t in ax.texts if t.get_text()]


def arrows(ax):
    return [t for t in ax.texts if isinstance(t, Annotation)]


def test_nodes_arrows_and_labels_are_drawn(ax):
    diagrams.graph(ax, PLACES, {("a", "b"): "2"}, names={"b": "$b$"}, kind="adjoint")
    assert sorted(texts(ax)) == ["$b$", "2", "a"]
    (arrow,) = arrows(ax)
    assert arrow.xyann == PLACES["a"]
    assert arrow.xy == PLACES["b"]
    assert arrow.arrow_patch.get_edgecolor()[:3] == pytest.approx(
        plt.matplotlib.colors.to_rgb(palette.colour("adjoint"))
    )


def test_edges_need_no_labels(ax):
    diagrams.graph(ax, PLACES, [("a", "b")])
    assert sorted(texts(ax)) == ["a", "b"]
    assert len(arrows(ax)) == 1


@pytest.mark.parametrize("bend", [0.0, 0.3, -0.3])
def test_a_label_stands_on_its_bent_arrow(ax, bend):
    diagrams.graph(ax, PLACES, {("a", "b"): "2"}, bends={("a", "b"): bend})
    ax.figure.canvas.draw()
    (label,) = [t for t in ax.texts if t.get_text() == "2"]
    (patch,) = [a.arrow_patch for a in arrows(ax)]
    curve = patch.get_path().cleaned(curves=False).interpolated(99).vertices
    place = ax.transData.transform(label.get_position())
    assert np.linalg.norm(curve - place, axis=1).min() < 3  # pixels
    assert np.sign(place[1] - ax.transData.transform(PLACES["a"])[1]) == np.sign(bend)


def test_a_node_without_a_place_is_refused(ax):
    with pytest.raises(ValueError, match="edges: there is no place for c: add it to places"):
        diagrams.graph(ax, PLACES, [("a", "c")])


def test_the_drawing_can_be_shown_in_both_themes(ax):
    diagrams.graph(ax, PLACES, {("a", "b"): "2"})
    text = plotting.svg(ax.figure, alt="two nodes")
    assert "var(--mc-tangent" in text
    assert "var(--mc-page" in text
    assert "#000000" not in text
