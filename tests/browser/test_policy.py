"""What the pages forbid themselves: code that is not theirs, and other hosts."""

import re
import shutil
import threading
from base64 import b64encode
from hashlib import sha256

import pytest
from lxml import html
from mathbook import policy
from sphinx.errors import ExtensionError

pytestmark = pytest.mark.browser

# ── each page as text ───────────────────────────────────────────────────────────────────────


def sources(policies):
    """Return the sources of each directive of a policy."""
    return {words[0]: words[1:] for words in map(str.split, policies.split(";"))}


def faults(text):
    """Return what is wrong with the policy of a page, and what in the page would break it."""
    tree = html.document_fromstring(text.encode())
    metas = tree.xpath("//meta[@http-equiv='Content-Security-Policy']")
    if len(metas) != 1:
        return [f"{len(metas)} policies"]
    before = [e.tag for e in metas[0].itersiblings(preceding=True)]
    found = [] if before == ["meta"] and metas[0].getparent().tag == "head" else ["late"]
    found += [] if text.index("charset=") < 1000 else ["the encoding is said too late"]
    found += [f"handler {a.attrname}" for a in tree.xpath("//@*") if a.attrname.startswith("on")]
    found += ["an address is code" for a in tree.xpath("//@*") if "javascript:" in a.lower()]
    return found + loose(sources(metas[0].get("content")), tree.xpath("//script[not(@src)]"))


def loose(rules, scripts):
    """Return what a policy allows too much or too little."""
    texts = {(script.text or "").encode() for script in scripts}
    hashes = {f"'sha256-{b64encode(sha256(text).digest()).decode()}'" for text in texts}
    expected = {k: set(v.split()) for k, v in policy.RULES.items()}
    expected["script-src"] = {"'self'", "blob:"} | hashes
    wrong = [f"{k} {' '.join(v)}" for k, v in rules.items() if set(v) != expected.get(k)]
    return wrong + [f"no {name}" for name in expected.keys() - rules.keys()]


def pages(site):
    return sorted(p for p in site.rglob("*.html") if "_static" not in p.relative_to(site).parts)


def test_each_page_has_one_policy_of_its_own_scripts(site):
    found = {p.name: faults(p.read_text("utf8")) for p in pages(site)}
    assert len(found) > 15
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


META = r"\s*<meta http-equiv=\"Content-Security-Policy\"[^>]*>"
SPOILT = {
    "0 policies": (META, ""),
    "2 policies": (f"({META})", r"\1\1"),
    "late": (f"(?s)({META})(.*?</script>)", r"\2\1"),
    "script-src 'self'": ("</body>", "<script>more()</script></body>"),
    "handler onclick": ("<article", "<article onclick='f()'"),
    "an address is code": ("<article", "<a href='JavaScript:f()'>x</a><article"),
    "the encoding is said too late": ("<head>", f"<head><!--{'x' * 999}-->"),
    "script-src 'unsafe-eval'": ("script-src", "script-src 'unsafe-eval'"),
    "script-src 'unsafe-inline'": ("script-src", "script-src 'unsafe-inline'"),
    "script-src 'sha256-x'": ("script-src", "script-src 'sha256-x'"),
    "script-src 'self' blob:": (r"(script-src 'self' blob:)[^;]*", r"\1"),
    "img-src *": ("img-src", "img-src *"),
    "no object-src": ("object-src 'none'; ", ""),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_page_with_a_spoilt_policy_is_told(site, fault):
    text = (site / "book" / "notation.html").read_text("utf8")
    spoilt = re.sub(*SPOILT[fault], text, count=1)
    assert spoilt != text
    assert any(found.startswith(fault) for found in faults(spoilt))


def test_a_page_that_does_not_say_its_encoding_gets_no_policy():
    with pytest.raises(ExtensionError, match="encoding"):
        policy.protected("<!doctype html><title>x</title>")


def test_rules_that_keep_code_out():
    rules = sources("; ".join(f"{k} {v}" for k, v in policy.RULES.items()))
    everything = {source for found in rules.values() for source in found}
    assert everything == {"'self'", "'none'", "'unsafe-inline'", "blob:", "data:", "file:"}
    assert [k for k, found in rules.items() if "'unsafe-inline'" in found] == ["style-src"]
    assert [k for k, found in rules.items() if "data:" in found] == ["img-src"]
    assert [k for k, found in rules.items() if "file:" in found] == ["form-action"]


# ── pages with planted code ─────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def copy(site, tmp_path_factory):
    """A folder beside whose pages everything lies that they load."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(site / "_static", folder / "_static")
    (folder / "book").mkdir()
    return folder


@pytest.fixture(scope="module")
def origins(copy):
    """Where the folder is read: over http, and as files."""
    from serve import listen

    with listen(copy, range(8200, 8300)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {"http": f"http://127.0.0.1:{server.server_port}/", "file": f"{copy.as_uri()}/"}
        server.shutdown()


def plant(site, copy, markup, *, guarded=True):
    """Write the notation page with markup at its end; without its policy if not guarded."""
    text = (site / "book" / "notation.html").read_text("utf8")
    if not guarded:
        text = re.sub(META, "", text)
    planted = text.replace("</article>", f"{markup}</article>", 1)
    assert planted != text or not markup
    (copy / "book" / "page.html").write_text(planted, "utf8")


RUNS = {
    "a script": ("<script>window.hit = 1</script>", "script-src-elem"),
    "a script as data": ("<script src='data:,window.hit=1'></script>", "script-src-elem"),
    "a module": ("<script type='module'>window.hit = 1</script>", "script-src-elem"),
    "a handler": ("<img src='../_static/logo.svg' onload='window.hit = 1'>", "script-src-attr"),
    "a click": ("<button id='go' onclick='window.hit = 1'>x</button>", "script-src-attr"),
    "an address": ("<a id='go' href='javascript:void(window.hit = 1)'>x</a>", "script-src-elem"),
}


def visit(watched, address):
    """Open a page with something planted, and click on it."""
    page, said = watched(address)
    if page.locator("#go").count():
        page.evaluate("document.getElementById('go').click()")  # a real one awaits where it leads
        page.wait_for_timeout(300)  # for an address that is code
    return page, said


@pytest.mark.parametrize("origin", ["http", "file"])
@pytest.mark.parametrize("name", RUNS)
def test_planted_code_does_not_run_and_is_reported(watched, site, copy, origins, name, origin):
    markup, directive = RUNS[name]
    plant(site, copy, markup)
    page, said = visit(watched, f"{origins[origin]}book/page.html")
    assert page.evaluate("[window.hit, ...refused]") == [None, directive]
    assert len(said) == 1 and "Content Security Policy" in said[0]


@pytest.mark.parametrize("name", RUNS)
def test_without_the_policy_it_would_run(watched, site, copy, origins, name):
    plant(site, copy, RUNS[name][0], guarded=False)
    page, said = visit(watched, f"{origins['http']}book/page.html")
    assert page.evaluate("[window.hit, ...refused]") == [1]
    assert said == []


FOREIGN = {
    "script-src-elem": "<script src='http://127.0.0.1:9/x.js'></script>",
    "img-src": "<img src='http://127.0.0.1:9/x.png' alt=''>",
    "style-src-elem": "<link rel='stylesheet' href='http://127.0.0.1:9/x.css'>",
    "font-src": "<style>@font-face { font-family: X; src: url(http://127.0.0.1:9/x.woff) }"
    "#x { font-family: X }</style><p id='x'>x</p>",
    "frame-src": "<iframe src='http://127.0.0.1:9/'></iframe>",
    "object-src": "<object data='http://127.0.0.1:9/x.svg'></object>",
    "media-src": "<video src='http://127.0.0.1:9/x.mp4'></video>",
    "base-uri": "<base href='http://127.0.0.1:9/'>",
    "form-action": "<form action='http://127.0.0.1:9/'><button id='go'>x</button></form>",
}


@pytest.mark.parametrize("origin", ["http", "file"])
@pytest.mark.parametrize("directive", FOREIGN)
def test_another_host_is_refused(watched, site, copy, origins, directive, origin):
    plant(site, copy, FOREIGN[directive])
    page, said = visit(watched, address := f"{origins[origin]}book/page.html")
    assert reported(page) == [directive]
    assert page.url.startswith(address)
    assert said and all("Content Security Policy" in sentence for sentence in said)


ATTEMPTS = {
    "eval": "eval('1')",
    "new Function": "new Function('return 1')()",
    "a timer's text": "new Promise((done) => { setTimeout('window.hit = 1'); "
    "setTimeout(() => done(hit), 100); })",
    "a script put in": "(document.body.append(Object.assign(document.createElement('script'), "
    "{ textContent: 'window.hit = 1' })), hit)",
    "a handler put in": "new Promise((done) => { document.body.insertAdjacentHTML('beforeend', "
    '"<img src=data:, onerror=window.hit=1>"); setTimeout(() => done(hit), 200); })',
    "a module from data": "import('data:text/javascript,export default 1').then((m) => m.default)",
    "a worker": "new Promise((done, fail) => { const work = new Worker(URL.createObjectURL("
    "new Blob(['postMessage(1)']))); work.onmessage = (m) => done(m.data); work.onerror = fail; })",
    "fetch": "fetch('http://127.0.0.1:9/', { mode: 'no-cors' }).catch((e) => { throw e; })",
    "a beacon": "void navigator.sendBeacon('http://127.0.0.1:9/', 'x')",
    "a socket": "new WebSocket('ws://127.0.0.1:9/')",
}
# After a turn of the clock: what a browser's driver asks for at once, policies let pass.
DONE = """() => new Promise((done) => setTimeout(async () => {
  window.hit = 0;
  try { done(await %s); } catch (error) { done(error.name ?? "refused"); }
}))"""


def reported(page):
    """Return what the policy has refused, as soon as there is something."""
    return page.evaluate(
        "async () => { while (!refused.length) await new Promise(requestAnimationFrame);"
        "return refused; }"
    )


@pytest.mark.parametrize("name", ATTEMPTS)
def test_text_becomes_no_code_and_leaves_for_no_other_host(watched, site, copy, origins, name):
    plant(site, copy, "")
    page, said = watched(f"{origins['http']}book/page.html")
    came = page.evaluate(DONE % ATTEMPTS[name])
    assert came != 1 and page.evaluate("window.hit") == 0
    assert reported(page)
    assert came == "EvalError" or "Content Security Policy" in said[0]  # thrown, or told


CAUGHT = [name for name in ATTEMPTS if name not in ("fetch", "a beacon", "a socket")]


@pytest.mark.parametrize("name", CAUGHT)
def test_without_the_policy_text_would_become_code(watched, site, copy, origins, name):
    plant(site, copy, "", guarded=False)
    page, _ = watched(f"{origins['http']}book/page.html")
    assert page.evaluate(DONE % ATTEMPTS[name]) == 1
