"""The book as one PDF, and as one file for a class without network."""

import re
import subprocess
import sys
from zipfile import ZipFile

import pytest
from lxml import html
from mathbook import pack, pdf

pytestmark = pytest.mark.browser

PAGE = """<!DOCTYPE html><html><head><title>Book</title></head><body>
<nav class="bd-links"><a class="internal" href="#">Start</a>
<a class="internal" href="sub/two.html">Two</a></nav>
<article class="bd-article"><h1>{title}</h1>{text}</article></body></html>"""


@pytest.fixture
def small(tmp_path):
    """A site of two pages, whose links cross."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text('<link rel="canonical" href="one.html">', "utf8")
    one = '<p id="here"><a href="sub/two.html#end">on</a> <a href="https://x.org/">out</a></p>'
    two = '<details><p id="end"><a href="../one.html#here">back</a></p></details>'
    (tmp_path / "one.html").write_text(PAGE.format(title="One", text=one), "utf8")
    (tmp_path / "sub" / "two.html").write_text(PAGE.format(title="Two", text=two), "utf8")
    return tmp_path


def test_links_lead_within_the_joined_book(small):
    tree = html.document_fromstring(pdf.joined(small))
    assert tree.xpath("//a/@href") == ["#sub/two:end", "https://x.org/", "#one:here"]
    assert tree.xpath("//p/a/@id") == ["one:here", "sub/two:end"]
    assert tree.xpath("//p/@id") == ["here", "end"]  # styles know them
    assert tree.xpath("//details/@open") == [""]


def test_a_link_to_nowhere_is_told(small):
    page = small / "sub" / "two.html"
    page.write_text(page.read_text("utf8").replace('id="end"', 'id="elsewhere"'), "utf8")
    with pytest.raises(SystemExit, match=r"nowhere.*end"):
        pdf.joined(small)


@pytest.mark.usefixtures("browser")  # which says what to do where there is none
def test_pages_are_printed_with_links_and_contents(small):
    subprocess.run([sys.executable, pdf.__file__, small], check=True)
    assert pdf.NAME in (small / "one.html").read_text("utf8")
    printed = (small / pdf.NAME).read_bytes()
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2  # each chapter on a new page
    assert len(re.findall(rb"/Subtype\s*/Link", printed)) == 3
    assert b"/Outlines" in printed and b"https://x.org/" in printed


def test_the_first_page_offers_it_once(small):
    for _ in range(2):
        pdf.offer(small / "one.html")
        pdf.offer(small / "sub" / "two.html")
    assert (small / "one.html").read_text("utf8").count(f'href="../{pdf.NAME}"') == 1


def test_the_built_book_can_be_joined(site):
    tree = html.document_fromstring(pdf.joined(site))
    assert len(tree.xpath("//article")) == len(pdf.pages(site))
    files = tree.xpath("//link/@href | //img/@src | //script/@src")
    assert files and not [f for f in files if not f.startswith("data:") and not (site / f).exists()]
    within = [h for h in tree.xpath("//a/@href") if not h.startswith(("http", "mailto:"))]
    assert [h for h in within if not h.startswith("#")] == []


def test_the_same_files_make_the_same_zip(small):
    for name in ("a.zip", "b.zip"):
        pack.pack(small / "sub", small / name)
    assert (small / "a.zip").read_bytes() == (small / "b.zip").read_bytes()
    with ZipFile(small / "a.zip") as archive:
        assert archive.namelist() == [f"{pack.NAME}/two.html"]
