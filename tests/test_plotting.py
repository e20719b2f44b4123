"""Pictures: none without words, themed inks, ids of their own, contrast."""

import re

import matplotlib.pyplot as plt
import pytest

from mathcalc import palette, plotting
from mathcalc.symbolic import ScalarField

BOWL = ScalarField("x**2 + y**2")


def picture():
    fig, ax = plt.subplots()
    plotting.contours(ax, BOWL, (-1, 1, -1, 1))
    plotting.field(ax, BOWL.gradient, (-1, 1, -1, 1))
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
    assert not re.search(r"<path (?![^>]*\bd=)", text)
    assert not re.search(r'd="[^"]*\.\d\d', text)
    assert not plt.get_fignums()


def test_two_pictures_share_no_id_and_one_is_always_the_same():
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


def contrast(*pair):
    dark, light = sorted(map(luminance, pair))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", palette.PAGE)
@pytest.mark.parametrize("name", palette.OBJECTS)
def test_contrast_is_enough(name, theme):
    """For text on the page, and for lines on every tone of the level sets."""
    ink = palette.colour(name, theme)
    assert contrast(ink, palette.PAGE[theme]) >= 4.5
    assert min(contrast(ink, end) for end in palette.LEVELS[theme]) >= 3


def test_level_sets_have_themed_tones_from_valley_to_height():
    fig, ax = plt.subplots()
    plotting.contours(ax, BOWL, (-1, 1, -1, 1))
    text = plotting.svg(fig, alt="a bowl")
    assert all(f"var(--mc-high, {palette.LEVELS['light'][1]}) {p}%" in text for p in ("0", "100"))
    tones = {palette.tone(k / 24) for k in range(25)}
    assert len(tones) == 25
    assert not any(
        tone in text.replace(end, "")
        for end in palette.LEVELS["light"]
        for tone in tones - set(palette.LEVELS["light"])
    )


def test_a_flat_function_and_one_without_values_somewhere_are_drawn():
    for formula in ("0*x + 0*y + 1", "log(x) + y"):
        fig, ax = plt.subplots()
        plotting.contours(ax, ScalarField(formula, ("x", "y")), (-1, 1, -1, 1))
        assert plotting.svg(fig, alt=formula)


def test_the_picture_has_no_background_of_its_own():
    """Else a white board stands in the dark theme."""
    fig, ax = plt.subplots()
    ax.set_facecolor("#ffffff")
    assert "#ffffff" not in plotting.svg(fig, alt="nothing").lower()


def test_a_tangent_plane_touches_its_surface(monkeypatch):
    fig, ax = plt.subplots(subplot_kw={"projection": "3d"})
    drawn, draw = [], ax.plot_surface
    monkeypatch.setattr(ax, "plot_surface", lambda *a, **k: drawn.append(a) or draw(*a, **k))
    plotting.surface(ax, BOWL, (-1, 1, -1, 1), count=5)
    plotting.plane(ax, BOWL, (0.5, 0.0), size=0.5)
    x, y, z = drawn[1]
    assert z == pytest.approx(0.25 + 1.0 * (x - 0.5) + 0.0 * y)
    assert [d.item() for d in ax.lines[-1].get_data_3d()] == [0.5, 0.0, 0.25]
    assert "var(--mc-gradient" in plotting.svg(fig, alt="a plane on a bowl")


def test_css_names_every_object_in_both_themes():
    for name in palette.OBJECTS:
        assert palette.css().count(f"--mc-{name}:") == 5


def test_an_unknown_colour_is_refused():
    with pytest.raises(ValueError, match="gradient"):
        palette.colour("banana")
