"""The notebooks hold what a person wrote, in short named cells; each rule is tried on a fault."""

import copy
import json
import re
import statistics
import warnings

import nbformat
import pytest
from mathbook.execution import notebooks
from tidy import canonical

NOTEBOOKS = notebooks()
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
TAGS = {"exercise", "hide-input", "hide-output", "raises-exception", "remove-input"}
LONGEST, LONGEST_MEDIAN = 25, 12
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f-]+)?")
ABSOLUTE = r"""(?<![\w.:/<])/(?:home|root|tmp|usr|var|opt|mnt|work|Users)/|["'][A-Za-z]:[\\/]"""
RAW_HTML = r"\b(display|widgets)\.HTML\b|from (IPython\.\S+|ipywidgets) import [^\n]*\bHTML\b"


def code(notebook):
    """Return the code cells with their text."""
    cells = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    return [(cell, "".join(cell["source"])) for cell in cells]


def lines(text):
    return len(text.splitlines())


def matching(notebook, pattern, kind=""):
    """Name the cells, of one kind or all, whose text has a match."""
    cells = [c for c in notebook["cells"] if kind in ("", c["cell_type"])]
    return [c["id"] for c in cells if re.search(pattern, "".join(c["source"]))]


def valid(notebook):
    """The file is a notebook of format 4.5."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            nbformat.validate(nbformat.from_dict(copy.deepcopy(notebook)))
        except (nbformat.ValidationError, Warning) as error:
            return [str(error).splitlines()[0]]
    found = (notebook["nbformat"], notebook["nbformat_minor"])
    return [] if found == (4, 5) else [f"format {found}"]


def clean(notebook):
    """Nothing that running it leaves behind: python3 make.py tidy removes it."""
    return [c["id"] for c, _ in code(notebook) if c["outputs"] or c["execution_count"] is not None]


def kernel(notebook):
    """The metadata name the kernel, and no machine's."""
    return [] if notebook["metadata"] == {"kernelspec": KERNEL} else [str(notebook["metadata"])]


def unique_ids(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    return sorted({i for i in ids if ids.count(i) > 1})


def named_ids(notebook):
    """A person named the cells."""
    ids = [cell["id"] for cell in notebook["cells"]]
    return [i for i in ids if not NAME.fullmatch(i) or RANDOM.fullmatch(i)]


def short_cells(notebook):
    return [cell["id"] for cell, text in code(notebook) if lines(text) > LONGEST]


def short_median(notebook):
    """Most cells fit in one glance."""
    median = statistics.median(lines(text) for _, text in code(notebook))
    return [f"median {median} lines"] if median > LONGEST_MEDIAN else []


def known_tags(notebook):
    return [c["id"] for c in notebook["cells"] if not set(c["metadata"].get("tags", ())) <= TAGS]


def relative_paths(notebook):
    return matching(notebook, ABSOLUTE)


def no_raw_html(notebook):
    """HTML from a cell is unchecked: `plotting.show` and the explorables make it."""
    return matching(notebook, RAW_HTML, "code")


def no_timing(notebook):
    """Times differ from build to build."""
    return matching(notebook, r"%%?time(it)?\b", "code")


def seeded(notebook):
    """Nothing that is shown may change from run to run; a cache would hide it for a while."""
    unseeded = r"default_rng\(\s*\)|\bnp\.random\.(?!default_rng\b)\w+\(|\bimport random\b"
    return matching(notebook, rf"{unseeded}|\btime\.\w+\(|\bdatetime\b|\buuid", "code")


def told_figures(notebook):
    """`plotting.show` asks for words; `plt.show` does not."""
    return matching(notebook, r"\bplt\.show\(|\.savefig\(", "code")


def titled(notebook):
    """The first cell opens with the chapter's title, and there is no other."""
    texts = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"]
    titles = re.findall(r"^# \S.*", "\n".join(texts), re.M)
    first = "".join(notebook["cells"][0]["source"])
    good = len(titles) == 1 and re.match(r"(\([\w-]+\)=\n)?# \S", first)
    return [] if good else [f"titles: {titles}"]


RULES = (
    *(valid, clean, kernel, unique_ids, named_ids, short_cells, short_median, known_tags),
    *(relative_paths, no_raw_html, no_timing, seeded, told_figures, titled),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_rule_holds(path, rule):
    assert rule(json.loads(path.read_text("utf8"))) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_tidy_leaves_a_notebook_as_it_is(path):
    """What a person wrote is kept, and nothing else is there: tags, captions, names, text."""
    text = path.read_text("utf8")
    assert canonical(text) == text


def sound():
    """Return a small notebook without a fault."""
    title = {"cell_type": "markdown", "id": "ch-title", "metadata": {}, "source": ["# Title"]}
    cell = {"cell_type": "code", "id": "setup", "metadata": {"tags": ["hide-input"]}}
    cell |= {"execution_count": None, "outputs": [], "source": ["x = 1\n", "x / 2"]}
    metadata = {"kernelspec": dict(KERNEL)}
    return {"cells": [title, cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def text(source):
    return lambda notebook: notebook["cells"][1].update(source=source)


def cell(**changes):
    return lambda notebook: notebook["cells"][1].update(changes)


STREAM = {"output_type": "stream", "name": "stdout", "text": ["1\n"]}
FAULTS = [
    (valid, lambda nb: nb["cells"][1].pop("outputs")),
    (valid, lambda nb: nb.update(nbformat_minor=4)),
    (clean, cell(outputs=[STREAM])),
    (clean, cell(execution_count=3)),
    (kernel, lambda nb: nb["metadata"]["kernelspec"].update(name="my-env")),
    (kernel, lambda nb: nb["metadata"].update(widgets={})),
    (unique_ids, cell(id="ch-title")),
    (named_ids, cell(id="3fa85f64")),
    (named_ids, cell(id="Set_Up")),
    (short_cells, text(["x = 1\n"] * (LONGEST + 1))),
    (short_median, text(["x = 1\n"] * (LONGEST_MEDIAN + 1))),
    (known_tags, cell(metadata={"tags": ["hide-cell"]})),
    (relative_paths, text(['open("/home/me/data.csv")'])),
    (relative_paths, text(['open("C:\\\\data.csv")'])),
    (no_raw_html, text(["from IPython.display import Math, HTML"])),
    (no_raw_html, text(['widgets.HTML("<b>")'])),
    (no_timing, text(["%timeit x"])),
    (no_timing, text(["%%time\n", "x = 1"])),
    (seeded, text(["np.random.default_rng().normal()"])),
    (seeded, text(["np.random.normal()"])),
    (seeded, text(["import random"])),
    (seeded, text(["time.time()"])),
    (told_figures, text(["plt.show()"])),
    (titled, lambda nb: nb["cells"][0].update(source=["## Title"])),
    (titled, lambda nb: nb["cells"][0].update(source=["# Title\n", "\n", "# Another"])),
]


def test_a_sound_notebook_has_no_fault():
    assert {rule.__name__: rule(sound()) for rule in RULES if rule(sound())} == {}


@pytest.mark.parametrize(("rule", "plant"), FAULTS, ids=lambda part: part.__name__)
def test_rule_catches_the_planted_fault(rule, plant):
    notebook = sound()
    plant(notebook)
    assert rule(notebook)


def test_every_rule_has_a_planted_fault():
    assert {rule for rule, _ in FAULTS} == set(RULES)
