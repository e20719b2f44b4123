"""Code under BSD-3-Clause, text under CC BY 4.0: both in full, and named alike everywhere."""

import hashlib
import re
import tomllib
from pathlib import Path
from posixpath import normpath

import pytest
import yaml
from lxml import html

ROOT = Path(__file__).resolve().parents[1]
FILES = {"code": "LICENSE", "text": "book/LICENSE"}
# Of the words, since lines may be broken elsewhere. Found from two copies that know nothing of each
# other: the terms as SPDX and the legal code as Creative Commons publish them, and other projects'.
WORDS = {
    "code": "70435d703f5e4bdca9a1fa6b9291501b0dd850d2ad5457b491ce936217b1e063",
    "text": "1f5a529dc95849305307f0d6861169d8cae9e99807e4abcec68ef9ad19235652",
}
SAYING = ("LICENSE", "README.md", "CITATION.cff", "pyproject.toml", "_config.yml", "book/intro.md")
OTHERS = re.compile(r"\b(MIT|Apache|GPL|CC0|(?:BY|by)-(?:NC|SA|ND|nc|sa|nd))\b")


def digest(kind, text):
    """Hash a licence's words, without its head and the line that names who grants it."""
    terms = text[text.index("Redistribution") :] if kind == "code" else text
    return hashlib.sha256(" ".join(terms.split()).encode()).hexdigest()


@pytest.mark.parametrize("kind", FILES)
def test_the_licence_stands_there_word_for_word(kind):
    text = (ROOT / FILES[kind]).read_text("utf8")
    assert digest(kind, text) == WORDS[kind]
    assert digest(kind, re.sub(r"\bfollowing\b", "", text, count=1)) != WORDS[kind]


def sayings():
    return {name: (ROOT / name).read_text("utf8") for name in SAYING}


def holders(said):
    """Return who holds the copyright, and since when, by every file that says it."""
    cited, config = (yaml.safe_load(said[name]) for name in ("CITATION.cff", "_config.yml"))
    book = cited["preferred-citation"]
    year, name = re.search(r"^Copyright \(c\) (\d{4}) (.+)$", said["LICENSE"], re.M).groups()
    readme = re.search(r"copyright (\d{4}) (the founders.*?)\.", said["README.md"])
    return {
        "LICENSE": (year, name),
        "README.md": (readme[1], readme[2].capitalize()) if readme else (),
        "CITATION.cff": (str(book["year"]), *(a["name"] for a in book["authors"])),
        "CITATION.cff, code": (str(book["year"]), *(a["name"] for a in cited["authors"])),
        "_config.yml": (config["copyright"], config["author"]),
    }


def named(said):
    """Return the licence of the code and that of the text, by every file that says it."""
    cited = yaml.safe_load(said["CITATION.cff"])
    readme = dict(re.findall(r"\[((?:BSD|CC)[- \w.]+)\]\(([\w/]+)\)", said["README.md"]))
    whole = r"\[((?:BSD|CC)[- \w.]+)\]\(https://[^)]+\) \(\{download\}`in full <([\w./]+)>`\)"
    intro = dict(re.findall(whole, said["book/intro.md"]))
    return {
        "README.md": readme,
        "book/intro.md": {n: normpath(f"book/{path}") for n, path in intro.items()},
        "CITATION.cff": {
            cited["license"]: "LICENSE",
            cited["preferred-citation"]["license"].replace("CC-BY-", "CC BY "): "book/LICENSE",
        },
    }


def disagreements(said):
    """Return which files say something else than the others."""
    project = tomllib.loads(said["pyproject.toml"])["project"]
    wanted = {"BSD-3-Clause": "LICENSE", "CC BY 4.0": "book/LICENSE"}
    found = [name for name, licences in named(said).items() if licences != wanted]
    who = holders(said)
    found += [name for name in who if who[name] != who["_config.yml"]]
    if (project["license"], project["license-files"]) != ("BSD-3-Clause", ["LICENSE"]):
        found.append("pyproject.toml")
    return found + [name for name, text in said.items() if OTHERS.search(text)]


def test_all_files_name_the_same_licences_and_holder():
    assert disagreements(sayings()) == []


PLANTED = [
    ("LICENSE", "(c) 2026 The", "(c) 2025 The"),
    ("README.md", "[BSD-3-Clause](LICENSE)", "[BSD-2-Clause](LICENSE)"),
    ("README.md", "(book/LICENSE)", "(LICENSE)"),
    ("README.md", "Licence:", "Licence: MIT,"),
    ("CITATION.cff", "license: BSD-3-Clause", "license: BSD-2-Clause"),
    ("CITATION.cff", "CC-BY-4.0", "CC-BY-3.0"),
    ("CITATION.cff", "year: 2026", "year: 2025"),
    ("pyproject.toml", 'license = "BSD-3-Clause"', 'license = "BSD-2-Clause"'),
    ("_config.yml", "author: The", "author: Some"),
    ("book/intro.md", " ({download}`in full <LICENSE>`)", ""),
    ("book/intro.md", "<../LICENSE>", "<LICENSE>"),
    ("book/intro.md", "[CC BY 4.0]", "[CC BY-SA 4.0]"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), PLANTED)
def test_a_planted_disagreement_is_found(name, right, wrong):
    said = sayings()
    assert right in said[name]
    assert disagreements(said | {name: said[name].replace(right, wrong)})


@pytest.mark.site
def test_the_site_hands_out_both_licences(site):
    page = site / "book" / "intro.html"
    links = html.parse(page).getroot().xpath("//a[contains(@class, 'download')]/@href")
    given = sorted((page.parent / link).read_bytes() for link in links if "LICENSE" in link)
    assert given == sorted((ROOT / path).read_bytes() for path in FILES.values())
