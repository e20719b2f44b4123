"""The book where and how people read it: in a folder, unpacked, without scripts, small, printed."""

import threading
import zipfile
from collections import Counter
from urllib.parse import unquote, urlsplit

import pytest
from driving import until
from mathbook import pack
from places import ask, asks, context, homes, pages, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("places")]

CHAPTERS = [
    f"notebooks/{name}.html"
    for name in (
        "01-gradients",
        "02-jacobians-hessians",
        "03-chain-rule",
        "04-optimality-kkt",
        "05-autodiff",
    )
]


def problems(names, check):
    """Ask one thing of each of these pages; return the first of the answers that are not empty."""
    return {page: found[:4] for page in names if (found := check(page))}


# ── somewhere else ──────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def below(site, tmp_path_factory):
    """The site's address in a folder of a server."""
    from serve import listen

    root = tmp_path_factory.mktemp("server")
    (root / "some").mkdir()
    (root / "some" / "where").symlink_to(site, target_is_directory=True)
    with listen(root, range(8200, 8300)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some/where/"
        server.shutdown()


class Watch:
    """What a page asks for that is not there, or not below its address; what it complains of."""

    def __init__(self, page, base):
        self.faults = []
        page.on("request", lambda r: self.note(not r.url.startswith((base, "blob:", "data:")), r))
        page.on("response", lambda r: self.note(r.status >= 400, r))
        page.on("pageerror", lambda e: self.faults.append(str(e)))

    def note(self, bad, message):
        if bad:
            self.faults.append(message.url)


def broken(page, site, base):
    """Links of a page that leave its folder unasked, or lead to no file of the site."""
    for address, written in ask(page, "links"):
        if urlsplit(written).scheme or written.startswith("#"):
            continue
        path = unquote(urlsplit(address).path)
        root = unquote(urlsplit(base).path)
        if not path.startswith(root) or not (site / path.removeprefix(root)).exists():
            yield written


def test_every_page_works_in_a_folder_of_a_server(browser, site, below):
    view = context(browser).new_page()
    watch = Watch(view, below)

    def faults(page):
        watch.faults.clear()
        visit(view, below + page)
        return [*watch.faults, *broken(view, site, below)]

    assert problems(pages(site), faults) == {}
    view.context.close()


def test_formulas_fonts_start_page_and_search_work_in_a_folder(browser, below):
    view = context(browser, formulas=True).new_page()
    watch = Watch(view, below)
    view.goto(below)
    view.wait_for_url("**/some/where/book/intro.html")
    visit(view, f"{below}book/notation.html")
    assert view.locator("mjx-container").count() > 50
    loaded = "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)"
    fonts = set(view.evaluate(loaded))
    assert any("Source Serif" in f for f in fonts) and any("MJX" in f for f in fonts)
    view.keyboard.press("Control+k")
    view.keyboard.type("saddle")
    view.keyboard.press("Enter")
    view.locator("#search-results li a").first.click()
    view.wait_for_url("**/some/where/*/*.html*")
    assert watch.faults == []
    view.context.close()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('href="../_static/styles/theme', 'href="/_static/styles/theme'),
        ('href="notation.html"', 'href="/book/notation.html"'),
        ('href="notation.html"', 'href="nowhere.html"'),
    ],
)
def test_an_address_from_the_root_is_found(browser, site, below, right, wrong):
    view = context(browser).new_page()
    watch = Watch(view, below)
    text = (site / "book" / "intro.html").read_text("utf8")
    assert right in text
    view.route(
        "**/book/intro.html", lambda r: r.fulfill(body=text.replace(right, wrong), status=200)
    )
    visit(view, f"{below}book/intro.html")
    assert [*watch.faults, *broken(view, site, below)] != []
    view.context.close()


def test_the_zip_works_in_a_folder_with_a_strange_name(browser, site, tmp_path):
    pack.pack(site, tmp_path / "book.zip")
    folder = tmp_path / "für Übung #3, 100% da"
    zipfile.ZipFile(tmp_path / "book.zip").extractall(folder)
    base = f"{(folder / pack.NAME).as_uri()}/"
    assert "%20" in base and "%23" in base and "%25" in base
    view = context(browser).new_page()
    watch = Watch(view, base)
    failed = []
    view.on("requestfailed", lambda r: "tex-chtml.js" in r.url or failed.append(r.url))
    view.goto(f"{base}index.html")
    view.wait_for_url("**/book/intro.html")

    def faults(page):
        visit(view, base + page)
        return [*broken(view, folder / pack.NAME, base)]

    found = problems(("book/intro.html", CHAPTERS[0], "book/concept-map.html"), faults)
    view.goto(f"{base}search.html?q=gradient")
    view.locator("#search-results li a").first.click()
    until(view, "document.querySelector('article h1')")
    assert (found, failed, watch.faults) == ({}, [], [])
    view.context.close()


# ── without scripts ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def silent(browser):
    """A page that runs no script."""
    made = context(browser, java_script_enabled=False, viewport={"width": 1000, "height": 800})
    yield made.new_page()
    made.close()


def lost(view):
    """Pieces of the article's text that are not seen, and formulas."""
    return [
        *ask(view, "texts", False),
        *ask(view, "unseen", "article :is(.math, .explorable-still, .exercise-still)"),
    ]


def test_without_scripts_no_word_and_no_formula_is_lost(silent, site):
    def faults(page):
        silent.goto(f"file://{site}/{page}")
        return lost(silent)

    assert problems(pages(site), faults) == {}


@pytest.mark.parametrize(
    "rule",
    [
        "article section section { visibility: hidden }",
        "article { content-visibility: auto; margin-top: 9999px }",
        ".math { display: none !important }",
        ".explorable-still, .exercise-still { opacity: 0 }",
        "details.sd-dropdown > * { display: none }",
    ],
)
def test_a_rule_that_hides_text_is_found(silent, site, rule):
    silent.goto(f"file://{site}/{CHAPTERS[0]}")
    silent.evaluate(
        "(rule) => document.head.insertAdjacentHTML('beforeend', rule)", f"<style>{rule}"
    )
    assert lost(silent) != []


def test_scripts_take_away_no_text(browser, silent, site):
    """Beside the figures, boxes and formulas, a page says the same with scripts and without."""
    view = context(browser, viewport={"width": 1000, "height": 800}).new_page()

    def faults(page):
        silent.goto(f"file://{site}/{page}")
        visit(view, f"file://{site}/{page}")
        with_, without = (Counter(ask(p, "texts")) for p in (view, silent))
        return [*(with_ - without), *(without - with_)]

    assert problems(pages(site), faults) == {}
    view.context.close()


def test_without_scripts_each_figure_is_a_picture_with_a_sentence(silent, site):
    for page in sorted(set(homes(site).values())):
        silent.goto(f"file://{site}/{page}")
        for figure in silent.locator("figure.explorable").all():
            assert figure.locator(":is(svg[role=img], img[alt])").first.is_visible()
            assert figure.get_by_text("needs JavaScript").is_visible()


def test_without_scripts_each_exercise_says_what_to_do_and_has_its_solution(silent, site):
    for page in CHAPTERS:
        silent.goto(f"file://{site}/{page}")
        boxes = silent.locator(".exercise-box").all()
        assert len(boxes) >= 9
        for box in boxes:
            sentence = box.locator(".exercise-still")
            assert sentence.is_visible() and "JavaScript" in sentence.text_content()
        solutions = silent.locator(".solution > :last-child").all()
        assert len(solutions) >= len(boxes) and all(s.is_visible() for s in solutions)


def test_without_scripts_the_map_is_a_list_and_the_search_says_what_it_needs(silent, site):
    silent.goto(f"file://{site}/book/concept-map.html")
    items = silent.locator("li[id^=map-]")
    assert items.count() > 150 and all(i.is_visible() for i in items.all())
    silent.goto(f"file://{site}/search.html")
    assert any("activate JavaScript" in text for text in ask(silent, "shown", "noscript *"))


def test_without_scripts_no_button_is_dead(silent, site):
    """Only that of the downloads is left, which opens its list when it has the focus."""
    silent.goto(f"file://{site}/{CHAPTERS[0]}")
    buttons = [b for b in silent.locator("button").all() if b.is_visible()]
    assert len(buttons) == 1
    buttons[0].focus()
    assert silent.locator(".dropdown-menu a").first.is_visible()


def test_without_scripts_a_page_is_coloured_and_says_so(silent, site):
    silent.goto(f"file://{site}/{CHAPTERS[0]}")
    assert silent.locator(".without-scripts").is_visible()
    colour = "(e) => getComputedStyle(e).color"
    link = silent.locator("article p a").first.evaluate(colour)
    assert link != silent.locator("article p").first.evaluate(colour)
    assert ask(silent, "pale", "#fffefb", "article :is(p, li, dt, a)", 4.5) == []


def test_without_scripts_one_gets_about_on_a_phone(silent, site):
    silent.set_viewport_size({"width": 320, "height": 640})
    for page in (CHAPTERS[0], "book/intro.html"):
        silent.goto(f"file://{site}/{page}")
        entries = silent.locator(".bd-links a").all()
        assert len(entries) > 12 and all(e.is_visible() for e in entries)
        assert ask(silent, "wide") == []
    silent.set_viewport_size({"width": 1000, "height": 800})


# ── on paper ────────────────────────────────────────────────────────────────────────────────

WORDS = "p, li, td, th, dt, dd, summary, h1, h2, pre, code, a"
PRINTED = (
    "article:not(:has(#cheat-sheet)) "
    ":is(.explorable-twin > :first-child, .sd-summary-content > *, .solution > :not(button))"
)
LEFT_OUT = (
    ".explorable-live, .exercise-live, .bd-links, .bd-header-article, .bd-sidebar-secondary,"
    " .prev-next-area, .headerlink, button"
)


@pytest.fixture(scope="module")
def paper(browser):
    """A page as it is printed, by a reader of the dark theme."""
    view = context(browser, theme="dark", viewport={"width": 680, "height": 960}).new_page()
    yield view
    view.context.close()


def printed(view, address):
    view.emulate_media(media="screen")
    visit(view, address)
    view.emulate_media(media="print")
    # A page hears of paper a little later than the window knows of it.
    until(view, "document.documentElement.dataset.theme === 'light'")


def unprintable(view):
    """What paper cannot show: controls, text for a dark ground, what scrolls, what is folded."""
    return [
        *ask(view, "shown", LEFT_OUT),
        *ask(
            view,
            "unseen",
            PRINTED,
        ),
        *ask(view, "pale", "#ffffff", f"article :is({WORDS})", 4),
        *ask(view, "cut"),
    ]


def test_every_page_prints_without_controls_dark_on_white_and_whole(paper, site):
    def faults(page):
        printed(paper, f"file://{site}/{page}")
        return unprintable(paper)

    assert problems(pages(site), faults) == {}


@pytest.mark.parametrize(
    "rule",
    [
        ".explorable-live { display: block !important }",
        ".explorable-twin { display: none !important }",
        "article p { color: #e2e6ea !important }",
        "article p { overflow: hidden; width: 3rem; white-space: nowrap }",
        "details.sd-dropdown::details-content { content-visibility: hidden !important }",
    ],
)
def test_what_spoils_a_print_is_found(paper, site, rule):
    printed(paper, f"file://{site}/{CHAPTERS[0]}")
    paper.add_style_tag(content=f"@media print {{ {rule} }}")
    assert unprintable(paper) != []


def test_after_printing_the_theme_is_as_before(paper, site):
    printed(paper, f"file://{site}/book/intro.html")
    assert len(paper.pdf()) > 20_000
    paper.emulate_media(media="screen")
    until(paper, "document.documentElement.dataset.theme === 'dark'")


# ── small, and enlarged ─────────────────────────────────────────────────────────────────────

SIZES = {
    "320 pixels": (320, ""),
    "zoomed to 200 %": (640, ""),
    "letters of 200 %": (1280, "200%"),
}


def crowded(view, width, letters):
    """What does not fit: the page itself, and the figures' controls."""
    view.set_viewport_size({"width": width, "height": 700})
    view.evaluate("(size) => (document.documentElement.style.fontSize = size)", letters)
    return [*ask(view, "wide"), *ask(view, "clashes")]


def test_every_page_fits_small_windows_and_large_letters(browser, site):
    """WCAG 1.4.10 and 1.4.4; each page is opened once, since setting its formulas takes longest."""
    view = context(browser, formulas=True, device_scale_factor=2).new_page()

    def faults(page):
        view.set_viewport_size({"width": 320, "height": 700})
        visit(view, f"file://{site}/{page}")
        found = {name: crowded(view, *size) for name, size in SIZES.items()}
        return [f"{name}: {bad[:3]}" for name, bad in found.items() if bad]

    assert problems(pages(site), faults) == {}
    view.context.close()


@pytest.mark.parametrize(
    "rule",
    [
        "article p:first-of-type { width: 400px }",
        ".mc-live .mc-slider { grid-template-columns: 14rem 1fr 9rem !important }",
        ".mc-live button { margin-left: -2rem !important; position: relative; min-width: 0 }",
        ".mc-live .mc-readouts dd { white-space: nowrap !important; font-size: 3rem !important }",
    ],
)
def test_what_does_not_fit_is_found(browser, site, rule):
    view = context(browser, viewport={"width": 320, "height": 700}).new_page()
    visit(view, f"file://{site}/book/intro.html")
    assert crowded(view, 320, "") == []
    view.add_style_tag(content=rule)
    assert crowded(view, 320, "") != []
    view.context.close()


# ── nothing that moves, and forced colours ──────────────────────────────────────────────────


def moving(view):
    """Press each button of the figures; return those after which a picture goes on changing."""
    found = list(view.evaluate("document.getAnimations().map((a) => a.animationName)"))
    for figure in view.locator("figure.explorable").all():
        for button in figure.locator("button[data-control]:enabled").all():
            if button.is_enabled():  # another may have switched it off
                button.evaluate("(e) => e.click()")
                before = asks(figure, "picture")
                view.wait_for_timeout(120)
                if asks(figure, "picture") != before:
                    found.append(button.get_attribute("data-control"))
    return found


def test_with_reduced_motion_nothing_moves(browser, site):
    view = context(browser).new_page()

    def faults(page):
        return moving(visit(view, f"file://{site}/{page}"))

    assert problems(sorted(set(homes(site).values())), faults) == {}
    view.context.close()


def test_what_moves_is_found(browser, site):
    view = context(browser, reduced_motion="no-preference").new_page()
    visit(view, f"file://{site}/book/intro.html")
    assert moving(view) == ["play"]
    view.context.close()


@pytest.mark.parametrize(("scheme", "theme"), [("dark", "light"), ("light", "dark")])
def test_forced_colours_leave_every_line_and_word_to_be_seen(browser, site, scheme, theme):
    """The system's dark colours for a reader of the light theme, and the other way round."""
    view = context(browser, theme=theme, forced_colors="active", color_scheme=scheme).new_page()

    def faults(page):
        return ask(visit(view, f"file://{site}/{page}"), "faint")

    assert problems(sorted({*homes(site).values(), "book/concept-map.html"}), faults) == {}
    view.context.close()


@pytest.mark.parametrize(
    "rule",
    [
        ".mc-live svg .mc-ghost { stroke: Canvas !important }",
        ".mc-start { stroke: Canvas; fill: Canvas }",
        ":root[data-theme] { --mc-gradient: #12161b }",
        ".mc-live svg text { fill: #1d2733 }",
    ],
)
def test_a_line_in_the_colour_of_the_canvas_is_found(browser, site, rule):
    view = context(browser, forced_colors="active", color_scheme="dark").new_page()
    visit(view, f"file://{site}/book/intro.html")
    assert ask(view, "faint") == []
    view.add_style_tag(content=rule)
    assert ask(view, "faint") != []
    view.context.close()
