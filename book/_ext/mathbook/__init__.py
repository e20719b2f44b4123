"""What this book needs of Sphinx beyond Jupyter Book: honest outputs, live figures, clean pages."""

import os

from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from . import (
    anchors,
    conceptmap,
    concepts,
    execution,
    exercises,
    figures,
    frontmatter,
    policy,
    repair,
    repository,
    status,
    streams,
)


def use_fresh_results(app, config):
    """Read outputs from the cache whose name says what they depend on."""
    config.nb_execution_cache_path = str(execution.cache_path())


def stable_label(renderer):
    """Count unlabelled amsmath environments; the parser's own labels are random."""
    data = renderer.sphinx_env.temp_data
    data["amsmath-count"] = data.get("amsmath-count", 0) + 1
    return f"{renderer.sphinx_env.docname}-amsmath-{data['amsmath-count']}".replace("/", "-")


def write_side_by_side(app, env):
    """Let all processors write pages; reading them stays one by one, as their numbering must."""
    app.parallel = os.cpu_count() or 1


def setup(app):
    """Register the parts."""
    SphinxRenderer._random_label = stable_label
    streams.setup()
    for part in (concepts, conceptmap, frontmatter):
        part.setup(app)
    app.add_directive("status", status.Status)
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book always sets it
    app.add_config_value("repository", "", "html")
    app.add_config_value("repository_branch", "main", "html")
    app.connect("config-inited", use_fresh_results, priority=1)
    app.connect("config-inited", figures.write_palette)
    app.connect("config-inited", exercises.write_script)
    app.connect("config-inited", repository.set_buttons)
    app.connect("doctree-read", anchors.tell_apart, priority=100)  # before the contents are listed
    app.add_directive("explorable", figures.Placed)
    app.connect("env-updated", write_side_by_side)
    app.connect("html-page-context", figures.load_where_needed)
    app.connect("html-page-context", exercises.load_where_needed)
    app.connect("build-finished", repair.repair_site)
    app.connect("build-finished", policy.protect_site, priority=900)  # pages change no more
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
