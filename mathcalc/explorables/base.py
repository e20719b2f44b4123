"""What every live figure has in common: one JavaScript module for three hosts, and a static twin.

In JupyterLab a figure is an anywidget, its state synced with Python. In the built page it is a
``<figure>`` around a drawn twin, which ``host.js`` brings to life without a kernel. In print, and
where scripts are not run, the twin stays.
"""

import base64
import html
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import anywidget

from mathcalc import palette, plotting

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'(from\s+)"\./([\w-]+\.mjs)"')
_STILL = "This is a still picture: the live figure needs JavaScript."


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _as_data(text: str) -> str:
    return "data:text/javascript;base64," + base64.b64encode(text.encode()).decode("ascii")


def module_text(name: str) -> str:
    """Return the text of a figure's module with everything that it imports inside it.

    anywidget takes one entry file and loads it from a blob, where a relative import has no
    meaning; so each ``from "./kit.mjs"`` becomes a ``data:`` import.

    Parameters
    ----------
    name : str
        The file's name, such as ``"gd_surface.mjs"``.

    Returns
    -------
    str
        One self-contained ES module.
    """
    return _IMPORT.sub(lambda m: f'{m[1]}"{_as_data(module_text(m[2]))}"', _read(name))


def bundle(files: Iterable[str]) -> dict[str, str]:
    """Return the texts of some JavaScript modules, and of all that they import, by file name."""
    found: dict[str, str] = {}
    todo = list(files)
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = _read(name)
            todo += [imported for _, imported in _IMPORT.findall(found[name])]
    return dict(sorted(found.items()))


def page_script(files: Iterable[str], body: str) -> str:
    """Return one classic script with some modules inside it.

    It needs no server and no other file, so it works from ``file://``; it imports the modules
    from blobs, so that ``script-src 'self' blob:`` is enough.

    Parameters
    ----------
    files : iterable of str
        The modules' files.
    body : str
        What is done with them: there ``url(file)`` is the address of a module.
    """
    start = f'"use strict";\n{_read("blobs.js")}\nconst url = blobs({as_script(bundle(files))});'
    return f"(() => {{\n{start}\n{body}\n}})();\n"


def as_script(value: Any) -> str:
    """Return a value as JavaScript that may also stand inside a page's ``<script>``."""
    return json.dumps(value).replace("</", "<\\/")


def site_script(names: Iterable[str] | None = None) -> str:
    """Return the script that brings a page's figures to life, and holds no other's code.

    Parameters
    ----------
    names : iterable of str, optional
        The figures' names in the registry; all if it is left out.
    """
    from mathcalc.explorables import REGISTRY

    wanted = sorted(REGISTRY if names is None else names)
    entries = {name: f"{REGISTRY[name][0]}.mjs" for name in wanted}
    return page_script(entries.values(), f"{_read('host.js')}\nhost(url, {as_script(entries)});")


def site_css(names: Iterable[str] | None = None) -> str:
    """Return the style sheet of a page's figures: the common one, then those of their modules.

    A module's style has its stem. ``names`` are the figures' in the registry; all if left out.
    """
    from mathcalc.explorables import REGISTRY

    wanted = REGISTRY if names is None else names
    stems = {Path(file).stem for file in bundle(f"{REGISTRY[name][0]}.mjs" for name in wanted)}
    own = sorted(path.name for path in _HERE.glob("*.css") if path.stem in stems)
    return "".join(_read(name) for name in ("explorable.css", *own))


def page_figure(name: str, state: dict[str, Any], still: str, caption: str) -> str:
    """Return the HTML that ``host.js`` brings to life: a state around a still picture's markup."""
    data = html.escape(json.dumps(state, ensure_ascii=False, allow_nan=False))
    return (
        f'<figure class="explorable" data-explorable="{name}" data-state="{data}">'
        f'<div class="explorable-twin">{still}<p class="explorable-still">{_STILL}</p></div>'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
    )


class Explorable(anywidget.AnyWidget):
    """A live figure; a subclass adds its traits, its twin and its mathematics.

    Attributes
    ----------
    name : str
        The figure's name in the registry and in the page.
    state_keys : tuple of str
        The synced traits that make its state.
    """

    name: ClassVar[str]
    state_keys: ClassVar[tuple[str, ...]]
    _css = palette.css() + site_css()

    def state(self) -> dict[str, Any]:
        """Return the state of the figure, as plain JSON values."""
        return {key: getattr(self, key) for key in self.state_keys}

    @property
    def alt(self) -> str:
        """What is to be seen in the still picture, for those who do not see it."""
        raise NotImplementedError(f"{type(self).__name__} must say what its picture shows")

    @property
    def caption(self) -> str:
        """The sentence under the figure."""
        raise NotImplementedError(f"{type(self).__name__} must have a caption")

    def twin(self) -> Any:
        """Draw the still picture: a Matplotlib figure."""
        raise NotImplementedError(f"{type(self).__name__} must draw its still picture")

    def to_html(self) -> str:
        """Return the figure for a page without a kernel: its state around its still twin."""
        still = plotting.svg(self.twin(), alt=self.alt)
        return page_figure(self.name, self.state(), still, self.caption)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the widget for a notebook and the page's figure, in one bundle."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/plain": self.alt, "text/html": self.to_html()}, metadata
