"""The built pages as text: links, names, hosts, and what no page may hold."""

import filecmp
import random
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import nbformat
import pytest
from budgets import PAGE, tree, weight
from docutils import nodes
from lxml import html
from mathbook import anchors, execution, icons

import make
from mathcalc.explorables import base

pytestmark = pytest.mark.site

FOREIGN = ("script[@src]", "link[@href]", "img[@src]", "iframe[@src]", "source[@src]")
NEVER = re.compile(
    r"require(?:\.min)?\.js|html-manager|thebe|executablebooks/jupyter-book|OWNER/"
    r"|example\.(?:com|org)|Traceback \(most recent|cdn\.jsdelivr|cdnjs|unpkg",
    re.I,
)
BUDGET = 200_000  # bytes of figure code that a page loads
HEADINGS = " or ".join(f"self::h{level}" for level in range(1, 7))


def pages(site):
    return sorted(p for p in site.rglob("*.html") if "_static" not in p.relative_to(site).parts)


def ids(text):
    return tree(text).xpath("//@id | //a/@name")


def doubled_ids(text, page, site):
    return [f"id twice: {i}" for i, n in Counter(tree(text).xpath("//@id")).items() if n > 1]


class Attributes(HTMLParser):
    """What browsers forgive and parsers drop: an attribute that stands twice in one tag."""

    def __init__(self):
        super().__init__()
        self.twice = []

    def handle_starttag(self, tag, attrs):
        names = Counter(name for name, _ in attrs)
        self.twice += [f"attribute twice: {tag} {n}" for n, k in names.items() if k > 1]


def doubled_attributes(text, page, site):
    parser = Attributes()
    parser.feed(text)
    return parser.twice


def misread_markup(text, page, site):
    """What the HTML standard calls a parse error: browsers repair it, each for itself."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [f"line {place[0]}: {fault} {more}" for place, fault, more in parser.errors]


def unnamed_pictures(text, page, site):
    bad = tree(text).xpath(
        "//img[not(normalize-space(@alt))] | //*[local-name()='svg'][@role='img'][not(@aria-label)]"
    )
    return [f"no words for a picture: {html.tostring(e)[:80]!r}" for e in bad]


def foreign_requests(text, page, site):
    found = [
        v
        for tag in FOREIGN
        for e in tree(text).xpath(f"//{tag}")
        if e.get("rel") != "canonical"
        for v in (e.get("src"), e.get("href"))
        if v
    ]
    return [f"another host: {v}" for v in found if urlsplit(v).netloc or v.startswith("//")]


def broken_links(text, page, site):
    found = []
    for target in tree(text).xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        file = (page.parent / unquote(parts.path) if parts.path else page).resolve()
        if not file.is_relative_to(site.resolve()):
            found.append(f"leaves the site: {target}")
        elif not file.exists():
            found.append(f"no such file: {target}")
        elif parts.fragment and file.suffix == ".html":
            goal = text if file == page.resolve() else file.read_text("utf8")
            if unquote(parts.fragment) not in ids(goal):
                found.append(f"no such place: {target}")
    return found


def poor_structure(text, page, site):
    root = tree(text)
    found = [] if text.lstrip().lower().startswith("<!doctype html>") else ["no doctype"]
    found += [] if root.get("lang") else ["no language"]
    found += [] if (root.findtext(".//title") or "").strip() else ["no title"]
    levels = [
        int(h.tag[1])
        for h in root.xpath(f"//main//*[{HEADINGS}][not(ancestor::*[@id='jb-print-docs-body'])]")
    ]
    found += [] if levels.count(1) == 1 else [f"{levels.count(1)} main headings"]
    found += ["a heading skips a level"] if any(b - a > 1 for a, b in pairwise(levels)) else []
    return found + ["a paragraph in a summary"] * len(root.xpath("//summary//p"))


def forbidden(text, page, site):
    return [f"must not occur: {m[0]}" for m in NEVER.finditer(text)]


def needless_code(text, page, site):
    loads = "_static/explorables-" in text
    shows = 'class="explorable"' in text
    return [] if loads == shows else [f"figure code {'loaded' if loads else 'missing'}"]


def bad_outputs(text, page, site):
    classes = (set(e.get("class").split()) for e in tree(text).xpath("//div[@class]"))
    return ["an output on stderr, or a traceback"] * sum(
        "output" in c and bool(c & {"stderr", "traceback"}) for c in classes
    )


CHECKS = (
    doubled_ids,
    doubled_attributes,
    misread_markup,
    unnamed_pictures,
    foreign_requests,
    broken_links,
    poor_structure,
    forbidden,
    bad_outputs,
    needless_code,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_all_pages(site, check):
    found = {
        p.relative_to(site).as_posix(): check(p.read_text("utf8"), p, site) for p in pages(site)
    }
    assert len(found) >= 9
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_pages_are_light(site):
    weights = {p.name: weight(p) for p in pages(site)}
    assert {name: w for name, w in weights.items() if w > PAGE} == {}


def test_a_heavy_page_is_found(tmp_path):
    (tmp_path / "big.js").write_bytes(random.Random(0).randbytes(PAGE))
    (tmp_path / "page.html").write_text('<p>x</p><script src="big.js?v=1"></script>', "utf8")
    assert weight(tmp_path / "page.html") > PAGE


def test_only_used_icons_are_kept():
    library = (
        'a={"sun":[1,2,[],"f0","M1"],star:[1,2,["fav"],"f1","M2"],"moon":[3,4,[],"f2",["a","b"]]}'
    )
    pages = ['<i class="fas fa-sun"></i>', "x='fa-fav'"]
    kept = icons.subset(library, icons.used(pages))
    assert kept == 'a={"sun":[1,2,[],"f0","M1"],star:[1,2,["fav"],"f1","M2"],}'


def test_pages_introduce_themselves(site):
    computed = [p.relative_to(make.ROOT).with_suffix(".html") for p in execution.notebooks()]
    for name in ("book/intro.html", "book/references.html", *computed):
        root = tree((site / name).read_text("utf8"))
        for wanted in ('@name="description"', '@property="og:description"', '@property="og:title"'):
            assert root.xpath(f"//meta[{wanted}]/@content")[0].strip()
        assert root.xpath("//link[contains(@rel, 'icon')]")


def test_no_buttons_without_an_address(site):
    for page in pages(site):
        assert "mybinder" not in page.read_text("utf8")


def small_book(folder, address):
    """A book of one notebook with this book's settings, at an address."""
    settings = (make.ROOT / "_config.yml").read_text("utf8")
    settings = settings.replace('repository: ""', f'repository: "{address}"', 1)
    (folder / "_config.yml").write_text(settings.replace("cache ", '"off" ', 1), "utf8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: notebooks/one\n", "utf8")
    (folder / "book").symlink_to(make.ROOT / "book")
    (folder / "notebooks").mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# One\n\nText.")])
    nbformat.write(notebook, folder / "notebooks" / "one.ipynb")


def test_with_an_address_there_are_buttons(tmp_path):
    small_book(tmp_path, "https://github.com/someone/calculus")
    command = [sys.executable, make.EXTENSION / "build.py", "build", str(tmp_path), "-W", "-q"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    page = (tmp_path / "_build" / "html" / "notebooks" / "one.html").read_text("utf8")
    binder = "mybinder.org/v2/gh/someone/calculus/main?urlpath=lab/tree/notebooks/one.ipynb"
    assert binder in page
    assert 'href="https://github.com/someone/calculus"' in page
    assert "executablebooks" not in page


def test_figure_code_is_within_its_budget(site):
    sizes = Counter()
    for path in site.glob("_static/explorables-*.*s*"):
        sizes[path.stem] += path.stat().st_size
    assert len(sizes) >= 5
    assert {name: size for name, size in sizes.items() if size > BUDGET} == {}


def test_a_page_loads_the_code_of_its_own_figures_only(site):
    for page in pages(site):
        text = page.read_text("utf8")
        names = set(re.findall(r'data-explorable="([\w-]+)"', text))
        for source in tree(text).xpath("//script[contains(@src, 'explorables-')]/@src"):
            file = (page.parent / urlsplit(source).path).resolve()
            assert file.read_text("utf8") == base.site_script(names)


PLANTED = {
    doubled_ids: '<i id="a"></i><i id="a"></i>',
    unnamed_pictures: '<svg role="img"></svg>',
    foreign_requests: '<script src="https://cdn.host.test/x.js"></script>',
    broken_links: '<a href="nowhere.html">x</a>',
    poor_structure: "<main><article><h1>a</h1><h3>b</h3></article></main>",
    forbidden: "Traceback (most recent call last)",
    doubled_attributes: '<i class="a" class="b"></i>',
    misread_markup: "<p>a<table><tr>b</tr></table></i>",
    bad_outputs: '<div class="output stderr highlight-myst">warning</div>',
    needless_code: '<script src="_static/explorables-page.js"></script>',
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_a_planted_fault_is_found(check, tmp_path):
    page = tmp_path / "page.html"
    head = "<!doctype html><html lang='en'><title>t</title>"
    good = f"{head}<body><main><article><h1>a</h1></article></main></body></html>"
    page.write_text(good, "utf8")
    assert check(good, page, tmp_path) == []
    assert check(good.replace("</body>", PLANTED[check] + "</body>"), page, tmp_path)


def test_a_heading_leaves_its_name_to_the_definition():
    section = nodes.section(ids=["dual-numbers"])
    definition = nodes.admonition(ids=["dual-numbers"])
    document = nodes.container("", section, definition, nodes.section(ids=["other"]))
    anchors.tell_apart(None, document)
    found = [node["ids"] for node in document.children]
    assert found == [["sec-dual-numbers"], ["dual-numbers"], ["other"]]


def test_a_missing_anchor_is_found(tmp_path):
    page = Path(tmp_path, "page.html")
    page.write_text("<p>x</p>", "utf8")
    assert broken_links('<a href="#gone">x</a>', page, tmp_path)
    assert broken_links('<a href="page.html#gone">x</a>', Path(tmp_path, "b.html"), tmp_path)


def test_a_link_out_of_the_site_is_found(tmp_path):
    (tmp_path / "README.md").write_text("there, but not on the site", "utf8")
    page = tmp_path / "site" / "page.html"
    assert broken_links('<a href="../README.md">x</a>', page, page.parent)


def different(one, other):
    """Return the files that two folders do not share byte for byte."""
    names = {
        p.relative_to(d).as_posix() for d in (one, other) for p in d.rglob("*") if p.is_file()
    } - {".buildinfo"}
    _, changed, missing = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return changed + missing


def test_a_rebuild_is_identical(site, tmp_path):
    make.build(Path(sys.executable), tmp_path)
    assert different(site, tmp_path / "_build" / "html") == []


def test_a_changed_byte_is_found(tmp_path):
    for name, text in (("a", "1"), ("b", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(text, "utf8")
    (tmp_path / "b" / "more.html").write_text("", "utf8")
    assert sorted(different(tmp_path / "a", tmp_path / "b")) == ["more.html", "page.html"]
