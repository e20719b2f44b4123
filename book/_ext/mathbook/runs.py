"""The runs of the notebooks whose results the pages show, read from the cache."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from jupyter_cache import get_cache
from sphinx.util import logging

from . import execution

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Run:
    """A notebook of the book with the outputs and the seconds of the run that the pages show."""

    path: Any
    notebook: Any
    seconds: float

    @property
    def cells(self):
        """The code cells that ran."""
        return [c for c in self.notebook.cells if c.cell_type == "code" and c.execution_count]

    def outputs(self, kind):
        """Return what the cells showed in one form, in order."""
        shown = (o.get("data", {}).get(kind) for c in self.cells for o in c.outputs)
        return [text for text in shown if text]


def runs(paths=None, folder=None):
    """Return each notebook's run; one that has none in the cache is left out, with a warning."""
    return _read(tuple(paths or execution.notebooks()), folder or execution.cache_path())


@cache  # the cache's name says what it depends on, and a build asks several times
def _read(paths, folder):
    store = get_cache(folder)
    return [run for path in paths if (run := kept(store, path))]


def kept(store, path):
    """Return the run of a notebook that is in the cache."""
    try:
        record = store.match_cache_file(str(path))
    except KeyError:
        LOG.warning("%s has not been run", path.stem)
        return None
    notebook = store.get_cache_bundle(record.pk).nb
    return Run(path, notebook, record.data["execution_seconds"])
