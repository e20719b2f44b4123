"""The bibliography holds what is cited, and nothing else."""

import re

from test_concepts import ROOT, book

ENTRY = re.compile(r"^@\w+\{([^,\s]+),", re.M)
CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def mismatches(entries, pages):
    """Return the entries that no page cites, the citations without one, and what stands twice."""
    keys = ENTRY.findall(entries)
    cited = {k.strip() for text in pages for ks in CITED.findall(text) for k in ks.split(",")}
    twice = {key for key in keys if keys.count(key) > 1}
    return sorted(set(keys) - cited), sorted(cited - set(keys)), sorted(twice)


def test_every_entry_is_cited_and_every_citation_has_one():
    entries = (ROOT / "book" / "references.bib").read_text("utf8")
    assert len(ENTRY.findall(entries)) > 20
    assert mismatches(entries, book().values()) == ([], [], [])


def test_a_mismatch_is_found():
    entries = "@book{a1,\n title = {A},\n}\n@article{b2,\n}\n@book{b2,\n}\n"
    assert mismatches(entries, ["{cite:p}`b2, c3`"]) == (["a1"], ["c3"], ["b2"])
