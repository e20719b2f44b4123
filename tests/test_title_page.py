"""The title page: the chain through the chapters, the live figure, the evidence of the promises."""

import copy
import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from lxml import html
from mathbook import concepts
from mathbook.execution import home

from mathcalc.explorables import REGISTRY

pytestmark = pytest.mark.site

ROOT = Path(__file__).resolve().parents[1]
PAGE = "book/intro.html"
MAP = yaml.safe_load(concepts.FILE.read_text("utf8"))


@pytest.fixture(scope="module")
def pages(site):
    """The title page and those that it leans on, as trees."""
    names = [PAGE, "book/status.html", *(f"{c}.html" for c in chapters())]
    return {name: html.parse(site / name).getroot() for name in names}


def chapters():
    """Return the numbered pages, in the order of the book's contents."""
    parts = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))["parts"]
    return [c["file"] for part in parts if part.get("numbered") for c in part["chapters"]]


def section(root, label):
    """Return the section at whose head a label stands."""
    return root.get_element_by_id(label).xpath("ancestor-or-self::section")[-1]


def goals(node, base=PAGE):
    """Return where the links of a node lead, as seen from the site's root."""
    return [urljoin(base, a) for a in node.xpath(".//a/@href")]


# ── the chain ───────────────────────────────────────────────────────────────────────────────


def uses(place):
    """Say how many concepts of each chapter before it a page's concepts build on."""
    homes = {c["id"]: c["home"] for c in MAP}
    needed = {homes[r] for c in MAP if c["home"] == place for r in c["requires"]}
    count = {
        h: len({r for c in MAP if c["home"] == place for r in c["requires"] if homes[r] == h})
        for h in sorted(needed)
        if h.isdigit() and h < place
    }
    told = ", ".join(f"{n} of chapter\u00a0{int(h)}" for h, n in count.items())
    return f"concepts used: {told}" if told else ""


def chain(pages):
    """Return what is wrong with the chain: order, links, titles, or what each step uses."""
    steps = section(pages[PAGE], "reading-order").xpath(
        ".//ul[contains(@class, 'reading-order')]/li"
    )
    order = [*chapters(), "book/outlook"]
    found = [next(iter(goals(s)), "").removesuffix(".html") for s in steps]
    faults = [] if found == order else [f"the steps lead to {found}"]
    for step, place in zip(steps, order, strict=False):
        told = step.xpath("string(p[@class='reading-needs'])")
        faults += [] if told == uses(home(Path(place))) else [f"{place}: {told!r}"]
    for step, place in zip(steps, chapters(), strict=False):
        title = pages[f"{place}.html"].xpath("string(//h1)").rstrip("#").strip()
        faults += [] if step.xpath("string(.//a)").strip() == title else [f"{place}: not {title}"]
    return faults


# ── the figure ──────────────────────────────────────────────────────────────────────────────


def figure(pages):
    """Return what keeps the reader from a live figure before the first heading."""
    top = pages[PAGE].xpath("//main//section[h1]")[0]
    found = top.xpath("./*[not(self::section)]/descendant-or-self::figure[@data-explorable]")
    if len(found) != 1:
        return [f"{len(found)} figures at the top"]
    name, state = found[0].get("data-explorable"), found[0].get("data-state", "")
    faults = [] if name in REGISTRY else [f"no such figure: {name}"]
    faults += [] if re.match(r'\{.*"formula": ".+\}$', state, re.S) else ["no state"]
    faults += [] if found[0].xpath(".//*[local-name()='svg'][@aria-label]") else ["no drawing"]
    scripts = pages[PAGE].xpath("//script[contains(@src, 'explorables-')]/@src")
    return faults + ["no program"] * (len(scripts) != 1)


def test_its_state_and_its_program_are_there(pages, site):
    (shown,) = pages[PAGE].xpath("//figure[@data-explorable]")
    (source,) = pages[PAGE].xpath("//script[contains(@src, 'explorables-')]/@src")
    assert json.loads(shown.get("data-state"))["formula"]
    program = (site / urljoin(PAGE, urlsplit(source).path)).read_text("utf8")
    assert shown.get("data-explorable") in program


# ── the promises ────────────────────────────────────────────────────────────────────────────

EVIDENCE = (  # of each promise: the tables of the status page, and what else it must lead to
    (["figures"], ["notebooks/01-gradients.html#gd-surface-explorable"]),
    (
        ["formulas"],
        ["notebooks/01-gradients.html#gradient-quadratic-form", "book/errata-lab.html"],
    ),
    (["notebooks", "exercises"], []),
)


def promises(pages):
    """Return which promise lacks which evidence."""
    made = section(pages[PAGE], "promises").xpath("./ol/li")
    faults = [] if len(made) == len(EVIDENCE) else [f"{len(made)} promises"]
    for number, (promise, (tables, more)) in enumerate(zip(made, EVIDENCE, strict=False), 1):
        wanted = [*(f"book/status.html#status-{t}" for t in tables), *more]
        faults += [f"{number}: no link to {g}" for g in wanted if g not in goals(promise)]
        faults += [f"{number}: no table {t}" for t in tables if not shown(pages, t)]
    return faults


def shown(pages, table):
    """Tell whether the status page shows a table, or says why this copy cannot."""
    place = section(pages["book/status.html"], f"status-{table}")
    return place.xpath(
        ".//div[contains(@class, 'status')]//tbody/tr | .//code[contains(., 'make')]"
    )


# ── each of them holds, and finds what is planted ───────────────────────────────────────────


@pytest.mark.parametrize("check", [chain, figure, promises], ids=lambda c: c.__name__)
def test_the_title_page_is_as_it_must_be(pages, check):
    assert check(pages) == []


def steps(pages):
    return pages[PAGE].xpath("//ul[contains(@class, 'reading-order')]/li")


def swap(pages):
    second, third = steps(pages)[1:3]
    second.addprevious(third)


def swap_links(pages):
    second, third = (s.xpath(".//a")[0] for s in steps(pages)[1:3])
    here, there = second.get("href"), third.get("href")
    second.set("href", there)
    third.set("href", here)


def swap_titles(pages):
    second, third = (s.xpath(".//a/span")[0] for s in steps(pages)[1:3])
    second.text, third.text = third.text, second.text


def miscount(pages):
    words = steps(pages)[2].xpath("p[@class='reading-needs']")[0]
    words.text = words.text.replace(":", ": 1", 1).replace(" 1 ", " 1", 1)


def drop(path, page=PAGE):
    def plant(pages):
        for node in pages[page].xpath(path):
            node.drop_tree()

    return plant


def rename(pages):
    pages[PAGE].xpath("//figure[@data-explorable]")[0].set("data-explorable", "gd-surfaces")


def push_down(pages):
    (shown,) = pages[PAGE].xpath("//figure[@data-explorable]")
    section(pages[PAGE], "promises").append(shown)


AT = "//*[@id='{}']/ancestor-or-self::section[1]"
LINK = AT.format("promises") + "//a[contains(@href, '{}')]"
PLANTED = [
    (chain, swap),
    (chain, swap_links),
    (chain, swap_titles),
    (chain, miscount),
    (chain, drop("//ul[contains(@class, 'reading-order')]/li[3]")),
    (chain, drop("(//ul[contains(@class, 'reading-order')]/li//a)[2]")),
    (figure, drop("//figure[@data-explorable]")),
    (figure, drop("//figure[@data-explorable]//*[local-name()='svg']")),
    (figure, drop("//script[contains(@src, 'explorables-')]")),
    (figure, rename),
    (figure, push_down),
    *((promises, drop(LINK.format(goal))) for goal in ("status-figures", "errata-lab")),
    *((promises, drop(LINK.format(f"status-{t}"))) for t in ("formulas", "notebooks", "exercises")),
    (promises, drop(AT.format("promises") + "/ol/li[2]")),
    (promises, drop(AT.format("status-exercises") + "//table", "book/status.html")),
]


@pytest.mark.parametrize(("check", "plant"), PLANTED)
def test_a_planted_fault_is_found(pages, check, plant):
    spoilt = {name: copy.deepcopy(root) for name, root in pages.items()}
    plant(spoilt)
    assert any(html.tostring(spoilt[n]) != html.tostring(pages[n]) for n in pages)
    assert check(spoilt)
