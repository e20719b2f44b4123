"""Each concept has one home, and elsewhere a short box with a link; each check is tried."""

import json
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import yaml
from mathbook.execution import home, notebooks

ROOT = Path(__file__).resolve().parents[1]
CONCEPTS = yaml.safe_load((ROOT / "book" / "concepts.yml").read_text("utf8"))
CHAPTERS = ("01", "02", "03", "04", "05")
HOMES = {concept["id"]: concept["home"] for concept in CONCEPTS}
LABEL = re.compile(r"^\(([\w-]+)\)=\s*$|^:label: ([\w-]+)\s*$", re.M)
BOX = re.compile(
    r"^(:{3,})\{(?:div|admonition)\}(?P<head>[^\n]*\n(?::[^\n]*\n)*)(?P<body>.*?)^\1\s*$",
    re.M | re.S,
)
KIND = re.compile(r"(?:^ *|:class:.*?)\b(preview|recall)\b", re.M)
LINK = re.compile(r"\]\([^)\s]*?(\d\d)-[^)\s]*\)|\{ref\}`[^`]*?([\w-]+)>?`")
STATED = re.compile(
    r"^:{3,}\{prf:(?:definition|theorem|proposition|algorithm)\}[^\n]*\n(?::[^\n]*\n)*?"
    r":label: ([\w-]+)\s*$",
    re.M,
)
SENTENCE = re.compile(r"[^.$\\<>]{1,260}\.$")  # one, and without the marks of formulas
FULL = re.compile(r"→ _Full treatment: (\[[^\]]+\]\([^)]+\)|\{ref\}`[^`]+`)_\s*$")


def chapter(path):
    """Return the prose of a notebook."""
    cells = json.loads(path.read_text("utf8"))["cells"]
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def book():
    """Return the prose of every page by its home: 01 to 05, intro, references and so on."""
    pages = {path.stem: path.read_text("utf8") for path in (ROOT / "book").glob("*.md")}
    return pages | {home(path): chapter(path) for path in notebooks()}


def boxes(pages):
    """Return (page, kind, body) of every box that previews or recalls."""
    found = [(page, box) for page, text in pages.items() for box in BOX.finditer(text)]
    kinds = [(page, KIND.search(box["head"]), box["body"].strip()) for page, box in found]
    return [(page, kind[1], body) for page, kind, body in kinds if kind]


def targets(body):
    """Return the homes that a box links to."""
    return [number or HOMES.get(label, label) for number, label in LINK.findall(body)]


def labels_at_home(concepts, pages):
    """A concept is taught exactly where its label is: once, in its home."""
    where = [(a or b, page) for page, text in pages.items() for a, b in LABEL.findall(text)]
    places = {c["id"]: [page for label, page in where if label == c["id"]] for c in concepts}
    wanted = {c["id"]: [c["home"]] if c["taught"] else [] for c in concepts}
    return [f"{i}: {places[i]}, not {wanted[i]}" for i in wanted if places[i] != wanted[i]]


def labels_once(concepts, pages):
    """No label stands twice in the book; Sphinx notices that of some labels only."""
    labels = [a or b for text in pages.values() for a, b in LABEL.findall(text)]
    return sorted({label for label in labels if labels.count(label) > 1})


def known_ids(concepts, pages):
    """Ids are unique, and what is required exists."""
    ids = [c["id"] for c in concepts]
    unknown = [r for c in concepts for r in c["requires"] if r not in ids]
    return unknown + sorted({i for i in ids if ids.count(i) > 1})


def acyclic(concepts, pages):
    """Nothing needs itself, also not in a roundabout way."""
    try:
        TopologicalSorter({c["id"]: c["requires"] for c in concepts}).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def in_reading_order(concepts, pages):
    """No chapter needs a later one."""
    homes = {c["id"]: c["home"] for c in concepts if c["home"] in CHAPTERS}
    pairs = [(c["id"], r) for c in concepts for r in c["requires"] if {c["id"], r} <= set(homes)]
    return [(i, r) for i, r in pairs if homes[r] > homes[i]]


def well_said(concepts, pages):
    """What stands as a definition, a theorem or an algorithm is also said in one plain sentence."""
    stated = {label for text in pages.values() for label in STATED.findall(text)}
    silent = [c["id"] for c in concepts if c["id"] in stated and "says" not in c]
    early = [c["id"] for c in concepts if "says" in c and not c["taught"]]
    return silent + early + [c["says"] for c in concepts if not SENTENCE.match(c.get("says", "A."))]


def short_boxes(concepts, pages):
    """At most two paragraphs, apart from the closing link, and one link; no box without a frame."""
    bodies = [(page, body, FULL.sub("", body).strip()) for page, _, body in boxes(pages)]
    long = [body for _, body, rest in bodies if len(re.split(r"\n\s*\n", rest)) > 2]
    unlinked = [body for _, body, _ in bodies if len(targets(body)) != 1]
    bare = [
        m[0] for t in pages.values() for m in re.finditer(r"\*\*(Preview|Recall):", BOX.sub("", t))
    ]
    return long + unlinked + bare


def preview_format(concepts, pages):
    """`**Preview: topic**`, the result, the link to the later home of a concept that allows it."""
    allowed = {(p, c["home"]) for c in concepts for p in c["previews"] if c["home"] > p}
    form = re.compile(rf"\*\*Preview: [^*]+\*\*.*{FULL.pattern}", re.S)
    previews = [(page, body) for page, kind, body in boxes(pages) if kind == "preview"]
    shapeless = [body for _, body in previews if not form.match(body)]
    return shapeless + [b for p, b in previews if not {(p, t) for t in targets(b)} <= allowed]


def recall_format(concepts, pages):
    """`**Recall:**`, and a link to an earlier chapter."""
    recalls = [(page, body) for page, kind, body in boxes(pages) if kind == "recall"]
    wrong = [body for page, body in recalls if not all(t < page for t in targets(body))]
    return wrong + [body for _, body in recalls if not body.startswith("**Recall:**")]


def lint(home, forbidden, needed=r"", boxed=True):
    """Return a rule on the words of one chapter; `boxed`: boxes count too."""

    def rule(concepts, pages):
        text = pages[home] if boxed else BOX.sub("", pages[home])
        missing = [] if re.search(needed, pages[home]) else [f"no {needed}"]
        return missing + [match[0] for match in re.finditer(forbidden, text)]

    return rule


def only_at_home(concepts, pages):
    """Some topics have no preview at all; a link to them is no preview."""
    bare = {c: re.sub(r"\[[^\]]*\]\([^)]*\)", "", pages[c]) for c in CHAPTERS}
    pairs = [(c, p) for c in CHAPTERS for home, p in ONLY_IN.items() if c != home]
    return [f"{c}: {m[0]}" for c, p in pairs for m in re.finditer(p, bare[c])]


ONLY_IN = {
    "02": r"Clairaut",
    "03": r"[Vv]anishing",
    "04": r"Lagrange multiplier|KKT|[Ff]irst-order necessary",
    "05": r"[Dd]ual number|Wengert|\b[Ff]orward[- ]mode\b",
}
RECALL = r"\*\*Recall:\*\*"
ENTRY = r"\]_\{ij\} ?= ?\\d?frac\{\\partial\^2"
ALGORITHMS = (
    r"[Cc]onvergence rates?|[Ll]earning[- ]rate schedules?|\bAdam\b|RMS[Pp]rop|[Ll]ine search"
    r"|\b[Mm]omentum\b|([Qq]uadratic|[Ll]inear)(al)?(ly)? converge|\bkappa\)\^t"
)
CHAIN = r"([Pp]roof of|[Dd]eriv(e|ing|ation of)) the (multivariate |Jacobian )?chain rule"
RULES = {
    "rule-preview-length": short_boxes,
    "rule-preview-box-format": preview_format,
    "rule-recall-box-format": recall_format,
    "rule-topics-without-preview": only_at_home,
    "rule-jacobian-refers-back-to-gradient": lint("02", r"\\lim_\{h ?\\to ?0\}[^$]*e_i", RECALL),
    "rule-no-tape-or-dual-numbers-in-03": lint("03", r"\b([Dd]ual numbers?|[Tt]apes?|Wengert)\b"),
    "rule-single-variable-chain-rule": lint("01", r"J_\{?\\mathbf ?\{?f\}?\\circ ?\\mathbf ?\{?g"),
    "rule-no-hessian-derivation-in-04": lint("04", ENTRY, RECALL, boxed=False),
    "rule-no-algorithms-in-04": lint("04", ALGORITHMS),
    "rule-no-chain-rule-derivation-in-05": lint("05", CHAIN, RECALL),
}
PLAIN = (labels_at_home, labels_once, known_ids, acyclic, in_reading_order, well_said)
CHECKS = RULES | {f.__name__: f for f in PLAIN}


@pytest.mark.parametrize("name", CHECKS)
def test_check_holds(name):
    assert CHECKS[name](CONCEPTS, book()) == []


def test_every_rule_of_the_map_is_kept_by_a_check(capsys):
    assert {i for i in HOMES if i.startswith("rule-")} == set(RULES)
    todo = sum(not c["taught"] for c in CONCEPTS) - len(RULES)
    with capsys.disabled():
        print(f"\nconcepts: {todo} of {len(CONCEPTS) - len(RULES)} are not yet written")


def box(kind, body):
    return f":::{{div}} {kind}\n{body}\n:::\n\n"


LINKED = "→ _Full treatment: [B](03-b.ipynb)_"
A = {"id": "a", "home": "01", "previews": [], "requires": [], "taught": True}
B = {"id": "b", "home": "03", "previews": ["01"], "requires": ["a"], "taught": False}
SOUND = {
    "01": "(a)=\n# A\n\n" + box("preview", f"**Preview: B**\nIt is so.\n\n{LINKED}"),
    "02": box("recall", "**Recall:** [A](01-a.ipynb).") + "See [KKT](04-d.ipynb).",
    "03": "",
    "04": box("recall", "**Recall:** [A](01-a.ipynb), $[H]_{ij} = \\frac{\\partial^2 f}{}$."),
    "05": box("recall", "**Recall:** {ref}`A <a>`."),
}

# A check, and what to add to a page (an empty text: take the page's own away) ...
WORDS = [
    ("labels_at_home", "02", "(a)=\n## Again\n"),
    ("labels_once", "02", "(other)=\n## One\n\n:::{prf:theorem}\n:label: other\n:::\n"),
    ("labels_at_home", "03", ":::{prf:definition} B\n:label: b\n\nIt is so.\n:::\n"),
    ("labels_at_home", "01", ""),
    ("well_said", "02", ":::{prf:theorem} A\n:nonumber:\n:label: a\n\nIt is so.\n:::\n"),
    ("rule-preview-length", "02", box("recall", "**Recall:** [A](01-a.ipynb).\n\nTwo.\n\nThree.")),
    ("rule-preview-length", "02", box("recall", "**Recall:** a.")),
    ("rule-preview-length", "01", f"> **Preview: B** {LINKED}"),
    ("rule-preview-box-format", "01", box("preview", f"Preview of B.\n\n{LINKED}")),
    ("rule-preview-box-format", "01", box("preview", "**Preview: B** [B](03-b.ipynb)")),
    ("rule-preview-box-format", "02", box("preview", f"**Preview: B**\n\n{LINKED}")),
    ("rule-recall-box-format", "02", box("recall", "Recall [A](01-a.ipynb).")),
    ("rule-recall-box-format", "02", box("recall", "**Recall:** [B](03-b.ipynb).")),
    *(("rule-topics-without-preview", "01", word) for word in ("Clairaut", "vanishing", "KKT")),
    ("rule-topics-without-preview", "03", "By forward mode."),
    ("rule-jacobian-refers-back-to-gradient", "02", ""),
    ("rule-jacobian-refers-back-to-gradient", "02", r"$\lim_{h\to0} f(x + h e_i)$"),
    ("rule-no-tape-or-dual-numbers-in-03", "03", "It is written on a tape."),
    ("rule-single-variable-chain-rule", "01", r"$J_{\mathbf f\circ\mathbf g}$"),
    ("rule-no-hessian-derivation-in-04", "04", r"$[H]_{ij} = \frac{\partial^2 f}{}$"),
    ("rule-no-hessian-derivation-in-04", "04", ""),
    *(
        ("rule-no-algorithms-in-04", "04", w)
        for w in ("Adam", "momentum", "quadratically converges")
    ),
    ("rule-no-chain-rule-derivation-in-05", "05", "We derive the multivariate chain rule."),
    ("rule-no-chain-rule-derivation-in-05", "05", ""),
]
# ... or to the concept a.
CHANGES = [
    ("labels_at_home", {"taught": False}),
    ("labels_at_home", {"home": "02"}),
    ("known_ids", {"requires": ["c"]}),
    ("known_ids", {"id": "b"}),
    ("well_said", {"says": "It is so. And so."}),
    ("well_said", {"says": "It is $x$."}),
    ("well_said", {"says": "It is so.", "taught": False}),
    ("acyclic", {"requires": ["b"]}),
    ("acyclic", {"requires": ["a"]}),
    ("in_reading_order", {"requires": ["b"]}),
]


def test_a_sound_book_has_no_fault(monkeypatch):
    monkeypatch.setitem(HOMES, "a", "01")
    assert {
        name: check([A, B], SOUND) for name, check in CHECKS.items() if check([A, B], SOUND)
    } == {}


@pytest.mark.parametrize(("name", "page", "words"), WORDS)
def test_check_catches_the_planted_words(name, page, words):
    assert CHECKS[name]([A, B], SOUND | {page: words and SOUND[page] + "\n\n" + words})


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_check_catches_the_planted_change(name, change):
    assert CHECKS[name]([A | change, B], SOUND)


def test_every_check_has_a_planted_fault():
    assert {name for name, *_ in [*WORDS, *CHANGES]} == set(CHECKS)
