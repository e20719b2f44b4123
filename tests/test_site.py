"""The built pages as text: links, names, hosts, and what no page may hold."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

pytestmark = pytest.mark.site

FOREIGN = ("script[@src]", "link[@href]", "img[@src]", "iframe[@src]", "source[@src]")
NEVER = re.compile(
    r"require(?:\.min)?\.js|html-manager|thebe|executablebooks/jupyter-book|OWNER/"
    r"|example\.(?:com|org)|Traceback \(most recent|cdn\.jsdelivr|cdnjs|unpkg",
    re.I,
)
BUDGET = 200_000


def pages(site):
    return sorted(p for p in site.rglob("*.html") if "_static" not in p.relative_to(site).parts)


def tree(text):
    return html.document_fromstring(text.encode())


def ids(text):
    return tree(text).xpath("//@id | //a/@name")


def doubled_ids(text, page, site):
    return [f"id twice: {i}" for i, n in Counter(tree(text).xpath("//@id")).items() if n > 1]


def unnamed_pictures(text, page, site):
    bad = tree(text).xpath(
        "//img[not(@alt)] | //*[local-name()='svg'][@role='img'][not(@aria-label)]"
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
        file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not file.exists():
            found.append(f"no such file: {target}")
        elif parts.fragment and file.suffix == ".html":
            goal = text if file == page else file.read_text("utf8")
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
        for h in root.xpath("//main//article//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    found += [] if levels.count(1) == 1 else [f"{levels.count(1)} main headings"]
    found += ["a heading skips a level"] if any(b - a > 1 for a, b in pairwise(levels)) else []
    return found + ["a paragraph in a summary"] * len(root.xpath("//summary//p"))


def forbidden(text, page, site):
    return [f"must not occur: {m[0]}" for m in NEVER.finditer(text)]


def needless_code(text, page, site):
    loads = "explorables.js" in text
    shows = 'class="explorable"' in text
    return [] if loads == shows else [f"figure code {'loaded' if loads else 'missing'}"]


CHECKS = (
    doubled_ids,
    unnamed_pictures,
    foreign_requests,
    broken_links,
    poor_structure,
    forbidden,
    needless_code,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_all_pages(site, check):
    found = {
        p.relative_to(site).as_posix(): check(p.read_text("utf8"), p, site) for p in pages(site)
    }
    assert len(found) >= 9
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_pages_introduce_themselves(site):
    for name in ("book/intro.html", "notebooks/01-gradients.html"):
        root = tree((site / name).read_text("utf8"))
        for wanted in ('@name="description"', '@property="og:description"', '@property="og:title"'):
            assert root.xpath(f"//meta[{wanted}]/@content")[0].strip()
        assert root.xpath("//link[contains(@rel, 'icon')]")


def test_no_buttons_without_an_address(site):
    for page in pages(site):
        assert "mybinder" not in page.read_text("utf8")


def test_figure_code_is_within_its_budget(site):
    files = [site / "_static" / name for name in ("explorables.js", "explorables.css")]
    assert sum(f.stat().st_size for f in files) < BUDGET


PLANTED = {
    doubled_ids: '<i id="a"></i><i id="a"></i>',
    unnamed_pictures: '<svg role="img"></svg>',
    foreign_requests: '<script src="https://cdn.host.test/x.js"></script>',
    broken_links: '<a href="nowhere.html">x</a>',
    poor_structure: "<main><article><h1>a</h1><h3>b</h3></article></main>",
    forbidden: "Traceback (most recent call last)",
    needless_code: '<script src="explorables.js"></script>',
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_a_planted_fault_is_found(check, tmp_path):
    page = tmp_path / "page.html"
    head = "<!doctype html><html lang='en'><title>t</title>"
    good = f"{head}<body><main><article><h1>a</h1></article></main></body></html>"
    page.write_text(good, "utf8")
    assert check(good, page, tmp_path) == []
    assert check(good.replace("</body>", PLANTED[check] + "</body>"), page, tmp_path)


def test_a_missing_anchor_is_found(tmp_path):
    page = Path(tmp_path, "page.html")
    page.write_text("<p>x</p>", "utf8")
    assert broken_links('<a href="#gone">x</a>', page, tmp_path)
    assert broken_links('<a href="page.html#gone">x</a>', Path(tmp_path, "b.html"), tmp_path)
