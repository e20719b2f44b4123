"""Print the built book as one PDF, by Chromium: its pages joined into one, with links within."""

import shutil
import sys
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from playwright.sync_api import sync_playwright

NAME = "multivariate-calculus-for-machine-learning.pdf"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
LOOK = """
  body { background: white; }
  article.bd-article { break-before: page; padding: 0; }
  article.bd-article:first-of-type { break-before: auto; }
  .headerlink, .exercise-box, .downloads, details.hide > summary, button,
  .explorable-live, .explorable-still { display: none !important; }
  figure.explorable > .explorable-twin { display: block !important; }
  .sd-tab-set > input { display: none; }
  .sd-tab-set > .sd-tab-content { display: block !important; }
  h1, h2, h3, summary { break-after: avoid; }
  svg, img { max-width: 100%; }
"""
FOOT = (
    '<div style="width: 100%; text-align: center; font: 8pt sans-serif; color: #555">'
    '<span class="pageNumber"></span></div>'
)
MARGIN = {"top": "18mm", "bottom": "20mm", "left": "18mm", "right": "18mm"}


def pages(site):
    """Return the book's pages in reading order, as the contents of the first one list them."""
    first = html.parse(site / "index.html").xpath("//link[@rel='canonical']/@href")[0]
    tree = html.parse(site / first)
    hrefs = tree.xpath("//nav[contains(@class, 'bd-links')]//a[contains(@class, 'internal')]/@href")
    below = [normpath(Path(first).parent / h) for h in hrefs if not h.startswith("#")]
    return [first, *dict.fromkeys(p for p in below if p != first)]


def target(page, href):
    """Return the page and the fragment that a link of a page means; None for one to elsewhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = normpath(Path(page).parent / unquote(parts.path)) if parts.path else page
    return path, unquote(parts.fragment)


def name(page, fragment):
    """Return a place's id in the joined book."""
    return f"{page.removesuffix('.html')}:{fragment}"


def article(site, page):
    """Return the text of a page, with all that it folds opened and paths from the site's root."""
    found = html.parse(site / page).xpath("//article[contains(@class, 'bd-article')]")[0]
    found.set("id", name(page, ""))
    for details in found.iter("details"):
        details.set("open", "")
    for script in found.xpath(".//script | .//noscript"):
        script.drop_tree()
    for image in found.iter("img"):
        image.set("src", normpath(Path(page).parent / image.get("src")))
    return found


def join(articles):
    """Make the links among pages links within the joined book; return those that lead nowhere."""
    wanted = set()
    for page, text in articles.items():
        for link in text.xpath(".//a[@href]"):
            place = target(page, link.get("href"))
            if place and place[0] in articles:
                wanted.add(place)
                link.set("href", f"#{name(*place)}")
            elif place:
                del link.attrib["href"]  # such as the index, which has no pages to name
    found = set()
    for page, text in articles.items():
        for node in text.xpath(".//*[@id]"):
            if (page, node.get("id")) in wanted:
                found.add((page, node.get("id")))
                mark(node, name(page, node.get("id")))
    return {place for place in wanted - found if place[1]}


def mark(node, place):
    """Put a target for links at the beginning of a node, which keeps the id that styles know."""
    anchor = html.Element("a", id=place)
    anchor.tail, node.text = node.text, None
    node.insert(0, anchor)


def joined(site):
    """Return the whole book as one page."""
    order = pages(site)
    articles = {page: article(site, page) for page in order}
    lost = join(articles)
    if lost:
        sys.exit(f"links that lead nowhere: {sorted(lost)}")
    texts = "".join(html.tostring(a, encoding="unicode") for a in articles.values())
    return (
        '<!DOCTYPE html><html lang="en" data-theme="light" data-mode="light">'
        f"<head>{head(site, order)}</head>"
        f'<body class="whole-book"><main class="bd-content">{texts}</main></body></html>'
    )


def head(site, order):
    """Return the head of the joined book: all styles of its pages, and what sets formulas."""
    trees = [html.parse(site / page) for page in order]
    styles = [
        normpath(Path(page).parent / urlsplit(href).path)
        for page, tree in zip(order, trees, strict=True)
        for href in tree.xpath("//link[@rel='stylesheet']/@href")
    ]
    links = "".join(f'<link rel="stylesheet" href="{s}">' for s in dict.fromkeys(styles))
    title = trees[0].xpath("//title/text()")[0]
    return (
        f'<meta charset="utf-8"><title>{title}</title>{links}<style>{LOOK}</style>'
        "<script>window.MathJax = "
        "{options: {processHtmlClass: 'math', ignoreHtmlClass: 'bd-article'}}</script>"
        '<script defer src="_static/vendor/mathjax/tex-chtml.js"></script>'
    )


def browser():
    """Return the path of a Chromium, or stop with a sentence."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or sys.exit("there is no Chromium: install it (Debian's package is chromium)")


def printed(site, page, out):
    """Print a page of the site into a file."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        view = chromium.new_page()
        view.set_default_timeout(600_000)
        view.goto(f"{site.as_uri()}/{page}")
        view.evaluate(
            "async () => { await document.fonts.ready; await window.MathJax?.startup?.promise; }"
        )
        view.pdf(
            path=out,
            format="A4",
            margin=MARGIN,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOT,
            tagged=True,
            outline=True,
        )
        chromium.close()


def main(site):
    """Print the book, and link it from its first page."""
    whole = site / "whole-book.html"
    whole.write_text(joined(site), "utf8")
    try:
        printed(site, whole.name, site / NAME)
    finally:
        whole.unlink()
    offer(site / pages(site)[0])
    print(f"the book is {(site / NAME).stat().st_size / 1e6:.1f} MB in {site / NAME}")


def offer(first):
    """Put a link to the PDF under the title of the first page."""
    text = first.read_text("utf8")
    up = "../" * (len(first.relative_to(first.parents[1]).parts) - 1)
    link = f'<p class="downloads"><a href="{up}{NAME}">The whole book as one PDF</a></p>'
    if link not in text:
        head, tail = text.split("</h1>", 1)
        first.write_text(f"{head}</h1>\n{link}{tail}", "utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
