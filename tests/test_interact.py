"""`interact`: ipywidgets at a desk, frames in the build; what it refuses, and in which words."""

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from lxml import html

import make
from mathcalc import palette, plotting
from mathcalc.explorables import explorable
from mathcalc.explorables.interact import FLAG, Frames, Interactive, interact
from mathcalc.explorables.interact_frames import bare
from mathcalc.inline import gathered

SINE = widgets.fixed("sin")


def wave(periods=3, kind="sin"):
    """A wave with so many periods."""
    fig, ax = plt.subplots(figsize=(3, 2))
    x = np.linspace(0, 2 * np.pi, 9)
    ax.plot(x, getattr(np, kind)(periods * x), color=palette.colour("path"))
    ax.set(title=f"{periods} periods")
    plotting.show(fig, alt=f'{kind} with "{periods}" periods')


@pytest.fixture
def build(monkeypatch):
    monkeypatch.setenv(FLAG, "1")


@pytest.fixture
def frames(build):
    return Interactive(wave, periods=(1, 4), kind=["sin", "cos"]).frames()


def rebuilt(state, frame):
    """A frame's markup from its runs, by slices of a flat list."""
    numbers = np.array(state["runs"][frame]).reshape(-1, 2)
    return "".join(state["pieces"][k] for a, n in numbers for k in range(a, a + n))


def test_at_a_desk_it_is_ipywidgets_and_draws_nothing_beforehand():
    ran = []
    figure = Interactive(lambda k: ran.append(k), k=(0, 9))
    data = figure._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "text/html" not in data
    figure.children[0].value = 7
    assert ran == [4, 7]
    assert isinstance(figure, widgets.interactive)


def test_in_the_build_one_output_serves_both(build):
    data = Interactive(wave, periods=(1, 2), kind=SINE)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    page = html.fragment_fromstring(data["text/html"])
    assert page.get("data-explorable") == "interact"
    assert page.xpath(".//figcaption")[0].text == "A wave with so many periods."
    still = page.xpath(".//*[@role='img']/@aria-label")
    assert still == ['sin with "2" periods'] == [data["text/plain"]]
    assert len(html.fragment_fromstring(data["text/html"]).xpath(".//*[@role='img']")) == 1


def test_it_is_called_as_ipywidgets_is(build, capsys):
    @interact(periods=(1, 2))
    def own(periods):
        wave(periods)

    assert interact(wave, periods=(1, 2), kind=SINE) is wave
    assert own.widget.frames().state()["words"] == wave.widget.frames().state()["words"]
    assert "IntSlider" in capsys.readouterr().out


def test_every_position_has_its_own_picture_and_words(frames):
    state = frames.state()
    names = [f'{kind} with "{k}" periods' for k in (1, 2, 3, 4) for kind in ("sin", "cos")]
    assert state["words"] == names
    assert state["at"] == [2, 0]
    for frame, (k, kind) in enumerate((k, kind) for k in (1, 2, 3, 4) for kind in ("sin", "cos")):
        with gathered() as drawn:
            wave(k, kind)
        text = rebuilt(state, frame)
        mark = html.fromstring(text).xpath("//@id")[0].split("-")[0]
        assert text == bare(drawn[0], f"{mark}-")
        assert "aria-label" not in text


def test_what_is_alike_is_stored_once(frames):
    pieces = frames.state()["pieces"]
    assert len(pieces) == len(set(pieces))
    whole = sum(len(rebuilt(frames.state(), k)) for k in range(8))
    assert sum(map(len, pieces)) < 0.3 * whole


def test_frames_are_the_same_every_time_and_share_no_id(frames):
    again = Interactive(wave, periods=(1, 4), kind=["sin", "cos"]).frames()
    assert again.to_html() == frames.to_html()
    other = Interactive(wave, periods=(1, 2), kind=SINE).frames()
    ids = [set(html.fromstring(rebuilt(f.state(), 0)).xpath("//@id")) for f in (frames, other)]
    assert ids[0]
    assert not ids[0] & ids[1]
    twin = set(html.fragment_fromstring(frames.to_html()).xpath(".//@id"))
    assert not twin & ids[0]


CONTROLS = {
    (0, 6, 2): ("slider", ["0", "2", "4", "6"]),
    (-0.1, 0.3, 0.1): ("slider", ["−0.1", "0", "0.1", "0.2", "0.3"]),
    ("a", "b"): ("menu", ["a", "b"]),
    True: ("switch", ["off", "on"]),
}


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_has_its_positions_and_labels(build, control):
    def show(x):
        plotting.show(plt.figure(figsize=(1, 1)), alt=repr(x))

    mine = list(control) if control == ("a", "b") else control
    (found,) = Interactive(show, x=mine).frames().state()["controls"]
    assert (found["name"], found["kind"], found["labels"]) == ("x", *CONTROLS[control])


def test_widgets_and_dicts_and_what_is_held_still(build):
    seen = []

    def show(x, y, z):
        seen.append((x, y, z))
        plotting.show(plt.figure(figsize=(1, 1)), alt="nothing")

    step = widgets.FloatLogSlider(0.1, min=-2, max=0, step=1, description="step η")
    state = Interactive(show, x=step, y={"low": 1, "high": 2}, z=widgets.fixed(9)).frames().state()
    assert seen == [(x, y, 9) for x in (0.01, 0.1, 1.0) for y in (1, 2)]
    assert [c["name"] for c in state["controls"]] == ["step η", "y"]
    assert state["at"] == [1, 0]
    some = widgets.SelectionSlider(options=[("one", 1), ("two", 2)], value=2)
    state = Interactive(show, x=some, y=widgets.fixed(1), z=widgets.fixed(1)).frames().state()
    assert state["controls"][0] == {"name": "x", "kind": "slider", "labels": ["one", "two"]}
    assert state["at"] == [1]


REFUSED = [
    ({"a": (0, 1), "b": (0, 1), "c": (0, 1)}, r"3 controls \(a, b, c\).*hold others still"),
    ({"a": widgets.fixed(1), "b": widgets.fixed(1), "c": widgets.fixed(1)}, "0 controls"),
    ({"a": (0, 30), "b": (0, 1)}, "a has 31 positions.*62 frames.*give a a larger step"),
    ({"a": "words", "b": (0, 1)}, "a is a Text.*give a a tuple"),
    ({"a": widgets.SelectMultiple(options=["x", "y"]), "b": (0, 1)}, "a is a SelectMultiple"),
]


@pytest.mark.parametrize(("controls", "words"), REFUSED, ids=lambda part: str(part)[:20])
def test_what_no_page_can_hold_is_refused(build, controls, words):
    def show(a, b, c=0):
        raise AssertionError("it is refused before anything is drawn")

    controls.setdefault("c", widgets.fixed(0))
    with pytest.raises(ValueError, match=words):
        Interactive(show, **controls).frames()


def twice(k):
    wave(k)
    wave(k)


def chatty(k):
    wave(k)
    print(k)


FAULTY = {
    r"<lambda>\(k=0\) showed 0 figures": lambda k: None,
    "showed 2 figures": twice,
    "prints or returns": lambda k: (wave(k), 1),
    r"chatty\(k=0\) prints": chatty,
}


@pytest.mark.parametrize("words", FAULTY)
def test_a_function_shows_one_figure_and_nothing_else(build, words):
    with pytest.raises(ValueError, match=words):
        Interactive(FAULTY[words], k=(0, 1)).frames()


def test_heavy_frames_are_refused(build):
    noise = np.random.default_rng(0)

    def cloud(k):
        fig, ax = plt.subplots()
        ax.plot(*noise.uniform(size=(2, 20000)))
        plotting.show(fig, alt=str(k))

    with pytest.raises(ValueError, match=r"2 frames weigh \d+ kB.*rasterized"):
        Interactive(cloud, k=(0, 1)).frames()


def test_a_dense_drawing_may_be_rasterised(build):
    def cloud(k):
        fig, ax = plt.subplots(figsize=(2, 2))
        ax.imshow(np.full((9, 9), k), vmin=0, vmax=1, rasterized=True)
        plotting.show(fig, alt=str(k))

    state = Interactive(cloud, k=(0, 1)).frames().state()
    images = [html.fromstring(rebuilt(state, k)).xpath("//*[local-name()='image']") for k in (0, 1)]
    assert [len(found) for found in images] == [1, 1]


def test_the_registry_knows_it():
    assert explorable("interact") is Frames


def test_a_figure_without_words_is_refused_in_frames_too(build):
    with pytest.raises(ValueError, match="alt is empty"):
        Interactive(lambda k: plotting.show(plt.figure(), alt=" "), k=(0, 1)).frames()
    plt.close("all")


def test_the_books_build_asks_for_frames(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(make, "run", lambda *command, **extra: asked.append((command, extra)))
    make.build("python", tmp_path)
    executions = [extra for command, extra in asked if "execution.py" in str(command[-1])]
    assert [extra[FLAG] for extra in executions] == ["1"]
