"""What a built page may load and run: a Content-Security-Policy, written into the page itself.

The pages show no text of strangers; the policy is a second lock. If ever a typed formula, an
address or a kept answer were taken for markup, nothing in it would run, and nothing be sent.

It is a ``<meta>``, since the same files are read from any host and from a folder. Such an element
cannot say who may put the page into a frame (``frame-ancestors``), where to report to
(``report-uri``, ``report-to``), nor ``sandbox``: whoever has a server can send these as headers.
"""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from sphinx.errors import ExtensionError

INLINE = re.compile(r"<script\b(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.S)
CHARSET = re.compile(r'<meta charset="utf-8" ?/?>')
RULES = {
    "default-src": "'self'",  # on a page opened as a file, Chromium and Firefox take it as file:
    # Figures and answer boxes import their modules from blobs, the one way that also files allow;
    # what makes a blob runs already. Beyond that a page's own scripts, by their hashes.
    "script-src": "'self' blob:",
    # MathJax and the icons write style elements, drawings and typed columns have style attributes.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",  # the theme's style sheets hold small drawings
    "font-src": "'self'",
    "connect-src": "'self'",  # the search fetches the pages that it quotes
    "frame-src": "'none'",
    "worker-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    # The search. For Firefox a form on a page opened as a file does not lead to "self".
    "form-action": "'self' file:",
}


def policy(html):
    """Return the policy of a page: the rules, and leave for each script that stands in it."""
    hashes = dict.fromkeys(hashed(script) for script in INLINE.findall(html))
    rules = {**RULES, "script-src": " ".join([RULES["script-src"], *hashes])}
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def hashed(script):
    """Return the source expression that lets one inline script run."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def protected(html):
    """Return a page with its policy, before all that could run.

    Only the encoding comes first: browsers look for it in no more than the first 1024 bytes.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    page, places = CHARSET.subn(lambda found: f"{found[0]}\n{meta}", html, count=1)
    if not places:
        raise ExtensionError("a page does not say its encoding, after which its policy belongs")
    return page


def protect_site(app, exception):
    """Write its policy into each page of a finished build."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for path in out.rglob("*.html"):
        if "_static" not in path.relative_to(out).parts:
            path.write_text(protected(path.read_text("utf8")), "utf8")
