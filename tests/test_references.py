"""The references: whole, each cited somewhere, and marked by what was checked of them."""

import re
from pathlib import Path

import pytest
from lxml import html
from pybtex.database import parse_file, parse_string
from test_concepts import book

FILE = Path(__file__).resolve().parents[1] / "book" / "references.bib"
ENTRIES = parse_file(FILE).entries
CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
NOTE = re.compile(
    r"data checked in two bibliographies|not checked against the original"
    r"|arXiv:\d{4}\.\d{5}(; [a-z ]+ not checked)?"
)
NEEDED = {  # what a reader needs to find the work
    "article": {"title", "journal", "volume", "pages", "year"},
    "book": {"title", "publisher", "year"},
    "inproceedings": {"title", "booktitle", "year"},
    "misc": {"title", "year", "eprint", "archiveprefix"},
}
SHAPES = {  # of fields that have one
    "year": r"(18|19|20)\d\d",
    "pages": r"\d+(--\d+)?",
    "volume": r"\d+",
    "doi": r"10\.\d{4,9}/\S+",
    "eprint": r"\d{4}\.\d{4,5}",
    "note": NOTE.pattern,
}


def citations(pages):
    """Return the keys that are cited on any page."""
    return {k.strip() for t in pages.values() for keys in CITED.findall(t) for k in keys.split(",")}


def unmatched(entries, pages):
    """Return the entries that nobody cites, and the citations without an entry."""
    return sorted(set(entries) ^ citations(pages))


def flaws(entries):
    """Return the fields that are missing, of the wrong form, or said twice."""
    found = []
    for key, entry in entries.items():
        fields = {name.lower(): text for name, text in entry.fields.items()}
        found += [f"{key}: no {name}" for name in NEEDED[entry.type] - set(fields)]
        found += [f"{key}: no author"] * (not entry.persons.get("author"))
        found += [
            f"{key}: {name} = {fields[name]}"
            for name in set(SHAPES) & set(fields)
            if not re.fullmatch(SHAPES[name], fields[name])
        ]
        if (pages := fields.get("pages", "").split("--"))[1:] and int(pages[0]) > int(pages[1]):
            found.append(f"{key}: pages run backwards")
    titles = [re.sub(r"\W", "", e.fields["title"]).casefold() for e in entries.values()]
    return found + [f"twice: {t}" for t in sorted(set(titles)) if titles.count(t) > 1]


def test_each_reference_is_cited_and_each_citation_has_one():
    assert len(ENTRIES) > 50
    assert unmatched(ENTRIES, book()) == []


def test_an_uncited_reference_and_an_unknown_citation_are_found():
    key = next(iter(ENTRIES))
    pages = {p: re.sub(rf"\b{key}\b", "", text) for p, text in book().items()}
    assert unmatched(ENTRIES, pages)[-1] == key
    assert unmatched(ENTRIES, book() | {"more": "{cite:p}`nobody1999`"}) == ["nobody1999"]


def test_each_reference_is_whole():
    assert flaws(ENTRIES) == []


SOUND = """@article{a2000, author = {A, B}, title = {T}, journal = {J}, volume = {1},
 pages = {2--3}, year = {2000}, doi = {10.1000/x}, note = {data checked in two bibliographies}}"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("author = {A, B}, ", ""),
        ("volume = {1},", ""),
        ("{2--3}", "{3--2}"),
        ("{2--3}", "{2-3}"),
        ("{2000}", "{200}"),
        ("10.1000", "doi.org/10.1000"),
        ("{data checked in two bibliographies}", "{checked}"),
        ("@article", SOUND.replace("a2000", "b2000") + "\n@article"),
    ],
)
def test_a_flaw_is_found(right, wrong):
    assert flaws(parse_string(SOUND, "bibtex").entries) == []
    assert flaws(parse_string(SOUND.replace(right, wrong), "bibtex").entries)


def test_the_page_says_what_the_notes_mean():
    words = book()["references"].casefold()
    notes = {e.fields["note"] for e in ENTRIES.values() if "checked" in e.fields.get("note", "")}
    kinds = {"not checked" if "not checked" in n else n for n in notes}
    assert [kind for kind in kinds if f"*{kind}" not in words.replace(":*", "*")] == []


def unlinked(texts):
    """Return the entries of the built list to which no page links, by what stands there."""
    listed = html.document_fromstring(texts["book/references.html"].encode()).xpath(
        "//div[@class='citation']"
    )
    goals = {g for text in texts.values() for g in re.findall(r'references\.html#([\w-]+)"', text)}
    missing = [f"{len(listed)} of {len(ENTRIES)} listed"] * (len(listed) != len(ENTRIES))
    return missing + [e.text_content().strip()[:40] for e in listed if e.get("id") not in goals]


@pytest.fixture(scope="module")
def texts(site):
    pages = [p for folder in ("book", "notebooks") for p in (site / folder).glob("*.html")]
    return {p.relative_to(site).as_posix(): p.read_text("utf8") for p in pages}


@pytest.mark.site
def test_the_list_of_the_site_is_whole_and_each_entry_is_linked_to(texts):
    assert unlinked(texts) == []


@pytest.mark.site
def test_a_lost_entry_and_a_lost_link_are_found(texts):
    goal = re.search(r'references\.html#([\w-]+)"', texts["notebooks/01-gradients.html"])[1]
    without = {n: t.replace(f'references.html#{goal}"', '#"') for n, t in texts.items()}
    assert len(unlinked(without)) == 1
    page = "book/references.html"
    fewer = texts | {page: texts[page].replace('class="citation"', 'class="other"', 1)}
    assert unlinked(fewer)[0] == f"{len(ENTRIES) - 1} of {len(ENTRIES)} listed"
