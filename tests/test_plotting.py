"""Pictures: none without words, themed inks, ids of their own, contrast."""

import matplotlib.pyplot as plt
import pytest

from mathcalc import palette, plotting
from mathcalc.symbolic import ScalarField


def picture():
    fig, ax = plt.subplots()
    plotting.contours(ax, ScalarField("x**2 + y**2"), (-1, 1, -1, 1))
    plotting.arrow(ax, (0.2, 0.2), (0.4, 0.4), label="g")
    plotting.path(ax, [(0, 0), (0.5, 0.1)])
    plotting.dot(ax, (0, 0), label="0")
    return fig


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_no_figure_without_words(alt):
    with pytest.raises(ValueError, match="alt is empty"):
        plotting.show(picture(), alt=alt)
    plt.close("all")


def test_a_picture_is_named_themed_and_closed():
    text = plotting.svg(picture(), alt='level sets & a "path"')
    assert 'role="img" aria-label="level sets &amp; a &quot;path&quot;"' in text
    assert "var(--mc-gradient" in text
    assert "var(--mc-path" in text
    assert "#000000" not in text
    assert not plt.get_fignums()


def test_two_pictures_share_no_id_and_one_is_always_the_same():
    import re

    first, again, other = (plotting.svg(picture(), alt=a) for a in ("one", "one", "two"))
    ids = [set(re.findall(r'\bid="([^"]+)"', text)) for text in (first, other)]
    assert first == again
    assert ids[0]
    assert not ids[0] & ids[1]


def test_show_displays_html(capsys):
    plotting.show(picture(), alt="level sets")
    assert "level sets" in capsys.readouterr().out


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", palette.PAGE)
@pytest.mark.parametrize("name", palette.OBJECTS)
def test_contrast_is_enough_for_text(name, theme):
    dark, light = sorted(map(luminance, (palette.colour(name, theme), palette.PAGE[theme])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_css_names_every_object_in_both_themes():
    for name in palette.OBJECTS:
        assert palette.css().count(f"--mc-{name}:") == 4


def test_an_unknown_colour_is_refused():
    with pytest.raises(ValueError, match="gradient"):
        palette.colour("banana")
