"""The positions of a control: what stands beside it, and what the function is given."""

import math
from typing import Any

import ipywidgets as widgets

CONTROLS = 2
FRAMES = 60

_STEPPED = (
    widgets.IntSlider | widgets.BoundedIntText | widgets.FloatSlider | widgets.BoundedFloatText
)
_LOGARITHMIC = widgets.FloatLogSlider
_SWITCHES = widgets.Checkbox | widgets.ToggleButton


class Positions:
    """The places where a control can stand.

    Parameters
    ----------
    name : str
        The argument's name.
    widget : ipywidgets.ValueWidget
        A slider, a menu or a switch.

    Attributes
    ----------
    kind : str
        ``"slider"``, ``"menu"`` or ``"switch"``.
    labels : list of str
        What stands beside it at each place.
    values : list
        What the function is given there.
    at : int
        The place where it stands now.

    Raises
    ------
    ValueError
        If it has no fixed positions, as a box for text.
    """

    def __init__(self, name: str, widget: Any) -> None:
        self.name, self.description, self.kind = name, widget.description, "slider"
        if isinstance(widget, _SWITCHES):
            self.kind, self.values, self.at = "switch", [False, True], int(widget.value)
            self.labels = ["off", "on"]
        elif isinstance(widget, _STEPPED | _LOGARITHMIC):
            self.values = _steps(widget)
            self.labels = [f"{value:.6g}".replace("-", "−") for value in self.values]
            self.at = _nearest(self.values, widget.value)
        else:
            self.kind = "slider" if isinstance(widget, widgets.SelectionSlider) else "menu"
            self.labels, self.values, self.at = _options(name, widget)

    def __len__(self) -> int:
        return len(self.values)

    def described(self) -> dict[str, Any]:
        """Return what the page needs to make the control."""
        return {"name": self.description, "kind": self.kind, "labels": self.labels}


def _steps(widget: Any) -> list[Any]:
    count = int((widget.max - widget.min) / widget.step + 1e-9) + 1
    places = [widget.min + k * widget.step for k in range(count)]
    if isinstance(widget.step, int):
        return places
    if isinstance(widget, _LOGARITHMIC):
        places = [widget.base**place for place in places]
    return [float(f"{place:.12g}") for place in places]  # 0.3, not 0.30000000000000004


def _nearest(values: list[Any], value: Any) -> int:
    return min(range(len(values)), key=lambda k: abs(values[k] - value))


def _options(name: str, widget: Any) -> tuple[list[str], list[Any], int]:
    if not (hasattr(widget, "options") and isinstance(widget.index, int)):
        raise ValueError(
            f"{name} is a {type(widget).__name__}, which has no fixed positions, one at a time:"
            f" give {name} a tuple (low, high, step), a list, a dict, a boolean, or fixed(value)"
        )
    start, labels, values = widget.index, [], []
    for index in range(len(widget.options)):
        widget.index = index  # the one public way from an option to its label and its value
        labels.append(str(widget.label))
        values.append(widget.value)
    widget.index = start
    return labels, values, start


def all_positions(widget_of: dict[str, Any]) -> list[Positions]:
    """Return the positions of one or two controls, few enough for a page.

    Raises
    ------
    ValueError
        If there are too many controls or frames, or a control has no fixed positions; the message
        names the argument and says what to do.
    """
    if not 1 <= len(widget_of) <= CONTROLS:
        raise ValueError(
            f"there are {len(widget_of)} controls ({', '.join(widget_of)}), and a page has one or"
            " two: hold others still with ipywidgets.fixed(value)"
        )
    controls = [Positions(name, widget) for name, widget in widget_of.items()]
    _refuse_many(controls)
    return controls


def _refuse_many(controls: list[Positions]) -> None:
    most = max(controls, key=len)
    total = math.prod(map(len, controls))
    if total > FRAMES:
        raise ValueError(
            f"{most.name} has {len(most)} positions, which makes {total} frames, and {FRAMES} is"
            f" the limit: give {most.name} a larger step, as in (low, high, step), or a short list"
        )
