"""Bring notebooks into their one canonical form: what a person wrote, and nothing else."""

import json

from execution import notebooks

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
KEPT = ("tags", "mystnb")


def canonical(text):
    """Return a notebook without anything that running it or an editor leaves behind."""
    notebook = json.loads(text)
    notebook |= {"metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    notebook["cells"] = [_cell(cell) for cell in notebook["cells"]]
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _cell(cell):
    """Return one cell with its text, its id and the metadata that the book reads."""
    source = "".join(cell["source"]).strip("\n").splitlines(keepends=True)
    metadata = {key: cell["metadata"][key] for key in KEPT if key in cell["metadata"]}
    kept = {
        "cell_type": cell["cell_type"],
        "id": cell["id"],
        "source": source,
        "metadata": metadata,
    }
    return kept | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


if __name__ == "__main__":
    for path in notebooks():
        path.write_text(canonical(path.read_text("utf8")), "utf8")
