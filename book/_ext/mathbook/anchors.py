"""Tell apart the places of a page: a heading often says the name of the concept that it opens."""

from docutils import nodes


def tell_apart(app, doctree):
    """Give a section another id where a definition or theorem in the page bears it as its label.

    sphinx-proof takes the label as it is and asks nobody; the label is what the book links to.
    """
    sections = list(doctree.findall(nodes.section))
    others = (n for n in doctree.findall(nodes.Element) if not isinstance(n, nodes.section))
    taken = {name for node in others for name in node.get("ids", ())}
    for section in sections:
        section["ids"] = [f"sec-{i}" if i in taken else i for i in section["ids"]]
