"""Whoever builds the book gets the same bytes, wherever, whenever and in whatever language."""

import json
import subprocess
import sys

import fresh
import pytest
from lxml import html

STATUS = "book/status.html"  # it tells how long the notebooks ran: those numbers may differ
ABROAD = {"TZ": "Pacific/Kiritimati", "LANG": "POSIX"}
BUILD = "import sys, make; make.build(sys.executable)"


def built(folder, **extra):
    """Build a copy of the book from nothing, with the programs of this environment."""
    fresh.checkout(folder)
    variables = fresh.variables(PYTHONPATH=str(folder), **extra)
    command = [sys.executable, "-c", BUILD]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-5000:]
    return folder / "_build" / "html"


def language():
    """Return another language than the usual one, if this machine has one."""
    done = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    plain = ("C", "POSIX", "en")
    return next((name for name in done.stdout.split() if not name.startswith(plain)), "POSIX")


def contents(site):
    """Return the bytes of each file; of the status page, without the seconds of its runs."""
    files = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    if STATUS in files:
        files[STATUS] = without_seconds(files[STATUS])
    return files


def without_seconds(page):
    tree = html.document_fromstring(page)
    heads = {table: [h.text_content() for h in table.iter("th")] for table in tree.iter("table")}
    for table in (t for t, head in heads.items() if head[-1:] == ["seconds"]):
        for row in table.iter("tr"):
            if row.find("td[last()]") is not None:
                timed(row.find("td[last()]"))
    return html.tostring(tree)


def timed(cell):
    """Take the number out of a cell, which must hold nothing else."""
    assert cell.text_content().isdecimal(), cell.text_content()
    next(e for e in cell.iter() if e.text and e.text.isdecimal()).text = "0"


def differing(one, two):
    """Return the files in which two sites differ, or which only one of them has."""
    ours, theirs = contents(one), contents(two)
    return sorted(n for n in ours.keys() | theirs.keys() if ours.get(n) != theirs.get(n))


@pytest.mark.slow
def test_two_cold_builds_are_the_same(tmp_path):
    one = built(tmp_path / "one")
    home = tmp_path / "elsewhere" / "home"
    home.mkdir(parents=True)
    abroad = {**ABROAD, "LC_ALL": language(), "HOME": str(home)}
    two = built(tmp_path / "elsewhere" / "a longer name", **abroad)
    assert (one / STATUS).exists() and (one / "searchindex.js").exists()
    assert differing(one, two) == []


@pytest.mark.site
def test_the_search_index_knows_nothing_of_the_runs(site):
    text = (site / "searchindex.js").read_text("utf8")
    index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    number = index["docnames"].index("book/status")
    assert documents({"word": [1, number], "rare": number}) == {1, number}
    assert number not in documents(index["terms"]) | documents(index["titleterms"])


def documents(terms):
    """Return the numbers of the pages in which these terms are."""
    found = [where if isinstance(where, list) else [where] for where in terms.values()]
    return {number for numbers in found for number in numbers}


PAGE = """<html><table><tr><th>notebook</th><th>cells</th><th>seconds</th></tr>
<tr><td>one</td><td>7</td><td><p>{}</p></td></tr></table>{}</html>"""


@pytest.fixture
def sites(tmp_path):
    for name, seconds in (("one", 3), ("two", 41)):
        (tmp_path / name / "book").mkdir(parents=True)
        (tmp_path / name / STATUS).write_text(PAGE.format(seconds, "the end"))
        (tmp_path / name / "searchindex.js").write_text("index")
    return tmp_path / "one", tmp_path / "two"


def test_the_seconds_of_the_runs_are_no_difference(sites):
    assert differing(*sites) == []


def test_any_other_difference_is_one(sites):
    one, two = sites
    (two / STATUS).write_text(PAGE.format(41, "The end"))
    (two / "searchindex.js").write_text("Index")
    (one / "lost.html").write_text("")
    assert differing(one, two) == [STATUS, "lost.html", "searchindex.js"]
    (two / STATUS).write_text(PAGE.format("41 s", "the end"))
    with pytest.raises(AssertionError, match="41 s"):
        differing(one, two)
