"""One file says what is taught where; the links to concepts and the index follow it."""

import re
from functools import cache
from pathlib import Path

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

FILE = Path(__file__).resolve().parents[2] / "concepts.yml"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is quicker, but may be missing
KINDS = "Worked example set-up|Worked example|Exercise|Explorable|Table|Notation"
KIND = re.compile(rf"^({KINDS}|Prerequisite|Outlook): (.*)")
RAISED, LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"


def printed(words):
    """Return words as one writes them by hand: x² for x^2, x₁ for x1."""
    words = re.sub(r"\bx(\d)(?=\b|\^)", lambda m: f"x{LOWERED[int(m[1])]}", words)
    return re.sub(r"\^(\d)", lambda m: RAISED[int(m[1])], words).replace("'", "’")


@cache
def concepts():
    """Return what is taught, by id and in the order of the file, in words as printed."""
    taught = [c for c in yaml.load(FILE.read_text("utf8"), LOADER) if c["taught"]]
    words = [{k: printed(c[k]) for k in ("title", "says") if k in c} for c in taught]
    return {c["id"]: c | said for c, said in zip(taught, words, strict=True)}


def document(env, home):
    """Return the name of the page that a home stands for: 01 to 05 are chapters."""
    chapter, page = f"notebooks/{home}-", f"book/{home}"
    return next((d for d in env.found_docs if d == page or d.startswith(chapter)), None)


def place(env, name):
    """Return page and anchor of the label that bears a concept's name, or None."""
    label = env.get_domain("std").anonlabels.get(name)
    proof = getattr(env, "proof_list", {}).get(name)
    return label or (proof and (proof["docname"], name))


def chapter_name(env, home):
    """Return what a link to a home is called."""
    page = document(env, home)
    return f"chapter\u00a0{int(home)}" if home.isdigit() else env.titles[page].astext()


def link(name, page, text=None, kind="concept"):
    """Return a link to the place of a concept, or to the whole page (kind ``home``)."""
    shown = nodes.inline("", text or concepts()[name]["title"])
    options = {"refdomain": "", "reftype": kind, "reftarget": name, "refdoc": page}
    explicit = text is not None or kind == "concept"
    return addnodes.pending_xref("", shown, refexplicit=explicit, refwarn=True, **options)


def resolve(app, env, node, shown):
    """Resolve ``{concept}`` and ``{home}``; what is not found is a warning, and so an error."""
    concept = concepts().get(node["reftarget"])
    where = concept and node["reftype"] in ("concept", "home") and place(env, concept["id"])
    if not where:
        return None
    whole = node["reftype"] == "home"
    title = chapter_name(env, concept["home"]) if whole else concept["title"]
    text = shown.astext() if node["refexplicit"] else title
    goal = (where[0], "") if whole else where
    return make_refnode(app.builder, node["refdoc"], *goal, nodes.inline("", text))


def entry(concept):
    """Return a concept's entry in the index; a worked example also stands under its kind."""
    title = concept["title"].replace(";", ",")
    kind = KIND.match(title)
    value = f"{kind[1].lower()}; {kind[2]}" if kind else title
    return ("pair" if kind else "single", value, concept["id"], "", None)


def fill_index(app, env):
    """Give each concept its entry in the index, at its label."""
    entries = env.get_domain("index").entries
    for name, concept in concepts().items():
        page, anchor = place(env, name) or (None, None)
        new = (*entry(concept)[:2], anchor, *entry(concept)[3:])
        if page and new not in entries.setdefault(page, []):
            entries[page].append(new)


def setup(app):
    """Register the links and the index."""
    app.add_role("concept", XRefRole(innernodeclass=nodes.inline, warn_dangling=True))
    app.add_role("home", XRefRole(innernodeclass=nodes.inline, warn_dangling=True))
    app.connect("missing-reference", resolve)
    app.connect("env-updated", fill_index)
