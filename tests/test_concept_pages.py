"""Map, index and glossary hold the same concepts; the pages made from the map are complete."""

import re
from functools import cache
from urllib.parse import unquote, urljoin

import pytest
import yaml
from lxml import html
from mathbook import conceptmap, concepts, frontmatter

FILE = yaml.safe_load(concepts.FILE.read_text("utf8"))
TAUGHT = {c["id"] for c in FILE if c["taught"]}
SAID = {c["id"] for c in FILE if "says" in c}
CHAPTERS = ("01", "02", "03", "04", "05")
WORDS = {  # what a reader must find: page, section, words
    ("intro", "overview-progression"): ("language that tells us how each one matters", *CHAPTERS),
    ("intro", "subsection-map"): (
        "Partial Derivatives and Gradients",
        "Jacobians and Hessians",
        "Chain Rule and Backpropagation",
        "Optimality Conditions",
        "Automatic Differentiation",
    ),
    ("intro", "reading-order"): ("Optimisation",),
    ("intro", "canonical-homes-table"): ("Clairaut", "Wengert", "KKT"),
    ("concept-map", "ml-concept-map"): (
        *("LoRA", "[Bb]atch", "[Aa]ttention", "[Cc]heckpointing"),
        *("K-FAC", "Fisher", "[Mm]ixed"),
    ),
    ("concept-map", "where-this-lands-table"): ("IRLS", "log", "Taylor"),
}
ROWS = {
    ("intro", "subsection-map"): 5,
    ("intro", "canonical-homes-table"): 27,
    ("concept-map", "ml-concept-map"): 14,
    ("concept-map", "where-this-lands-table"): 6,
}


@cache
def tree(path):
    return html.parse(path).getroot()


def section(site, page, label):
    """Return the section that a label stands at the head of."""
    place = tree(site / "book" / f"{page}.html").get_element_by_id(label)
    return place.xpath("ancestor-or-self::section")[-1]


def links(site, page, path):
    """Return the addresses, as seen from the site's root, by what `path` says of their concept."""
    found = tree(site / page).xpath(path)
    return {unquote(a.split("#")[1]): urljoin(page, a) for a in found}


def map_links(site):
    return links(site, "book/concept-map.html", "//a[@class='cmap-concept']/@href")


def test_the_taught_are_read_with_their_titles_as_printed():
    assert set(concepts.concepts()) == TAUGHT
    assert concepts.printed("(x1^2 + 10 x2^2)/2") == "(x₁² + 10 x₂²)/2"
    assert concepts.printed("Peano's x^3 - 3xy^2") == "Peano’s x³ - 3xy²"


def test_a_worked_example_also_stands_under_its_kind():
    found = {"id": "a", "title": "Worked example: a; b"}
    assert concepts.entry(found) == ("pair", "worked example; a, b", "a", "", None)
    for title in ("Tape", "Diffusion: concentration spreads out"):
        assert concepts.entry(found | {"title": title})[:2] == ("single", title)


def test_each_concept_has_one_column_of_the_map():
    held = [c["id"] for column in conceptmap.columns(concepts.concepts()) for c in column]
    assert sorted(held) == sorted(TAUGHT)


def test_a_row_of_the_scoping_table_has_one_home(monkeypatch):
    assert frontmatter.previews(["directional-derivative", "steepest-ascent"]) == ("04",)
    with pytest.raises(ValueError, match="several homes or previews: gradient, jacobian-matrix"):
        frontmatter.previews(["gradient", "jacobian-matrix"])


def test_what_a_chapter_needs_is_counted():
    needs = {r for c in FILE if c["home"] == "03" for r in c["requires"]}
    homes = {c["id"]: c["home"] for c in FILE}
    wanted = {h: sum(homes[r] == h for r in needs) for h in ("01", "02")}
    assert frontmatter.needed_from("03") == wanted
    assert frontmatter.needed_from("01") == {}


@pytest.mark.site
def test_map_index_and_glossary_agree(site):
    shown = map_links(site)
    index = links(site, "genindex.html", "//table[contains(@class, 'indextable')]//a/@href")
    glossary = links(site, "book/glossary.html", "//dl[contains(@class, 'terms')]/dt/a/@href")
    assert set(shown) == set(index) == TAUGHT
    assert index == shown
    assert set(glossary) == SAID
    assert glossary == {name: shown[name] for name in SAID}


@pytest.mark.site
def test_the_glossary_says_what_the_file_says(site):
    root = tree(site / "book" / "glossary.html")
    for concept in FILE:
        if "says" in concept:
            meaning = root.get_element_by_id(f"term-{concept['id']}").getnext().text_content()
            assert meaning.strip().startswith(f"{concept['says']} (".replace("'", "’"))
            chapter = f"(chapter\u00a0{int(concept['home'])})" if concept["home"].isdigit() else ")"
            assert meaning.strip().endswith(chapter)


@pytest.mark.site
def test_a_concept_is_shown_in_its_home(site):
    for concept in FILE:
        if concept["taught"]:
            page = map_links(site)[concept["id"]].split("#")[0]
            chapter = f"notebooks/{concept['home']}-", f"book/{concept['home']}.html"
            assert page.startswith(chapter)


@pytest.mark.site
@pytest.mark.parametrize(("page", "label"), WORDS)
def test_the_page_has_the_words(site, page, label):
    part = html.tostring(section(site, page, label), encoding="unicode")
    assert [w for w in WORDS[page, label] if not re.search(w, part)] == []


@pytest.mark.site
@pytest.mark.parametrize(("page", "label"), ROWS)
def test_the_table_has_its_rows_each_with_a_link_to_a_concept(site, page, label):
    rows = section(site, page, label).xpath(".//tbody/tr")
    assert len(rows) == ROWS[page, label]
    assert all(TAUGHT & {a.split("#")[-1] for a in r.xpath(".//a/@href")} for r in rows)


def lacks_a_row(site):
    test_the_table_has_its_rows_each_with_a_link_to_a_concept(
        site, "intro", "canonical-homes-table"
    )


def lacks_a_word(site):
    test_the_page_has_the_words(site, "concept-map", "where-this-lands-table")


PLANTED = [
    ("genindex.html", r"<a href=[^>]*#tape\W[^<]*</a>", test_map_index_and_glossary_agree),
    ("book/glossary.html", r'<dt id="term-tape">.*?</dt>', test_map_index_and_glossary_agree),
    ("book/glossary.html", r"The record of", test_the_glossary_says_what_the_file_says),
    ("book/concept-map.html", r'<li id="map-tape".*?</li>', test_map_index_and_glossary_agree),
    (
        "book/concept-map.html",
        r"(?<=notebooks/0)5(?=[^\"]*#tape)",
        test_a_concept_is_shown_in_its_home,
    ),
    ("book/concept-map.html", "IRLS", lacks_a_word),
    ("book/intro.html", r"<tr[^>]*><td><p>[^W]*Wengert.*?</tr>", lacks_a_row),
]


@pytest.mark.site
@pytest.mark.parametrize(("page", "pattern", "check"), PLANTED)
def test_a_planted_fault_is_seen(site, tmp_path, page, pattern, check):
    (tmp_path / "book").mkdir()
    for name in (
        "genindex.html",
        *(f"book/{p}.html" for p in ("concept-map", "glossary", "intro")),
    ):
        text = (site / name).read_text("utf8")
        spoilt = re.sub(pattern, "9", text, flags=re.S) if name == page else text
        assert (spoilt != text) == (name == page)
        (tmp_path / name).write_text(spoilt, "utf8")
    with pytest.raises((AssertionError, KeyError)):
        check(tmp_path)
