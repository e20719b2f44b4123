"""What all tests share: a quiet Matplotlib, and the built site."""

from pathlib import Path

import matplotlib
import pytest

matplotlib.use("Agg")
ROOT = Path(__file__).resolve().parents[1]


@pytest.hookimpl(trylast=True)  # when it is known which tests will run
def pytest_collection_modifyitems(config, items):
    """Note in the report which sources are tested: the book shows no report of others."""
    if config.option.xmlpath and items:
        from mathbook.reports import sources

        items[0].user_properties.append(("sources", sources()))


def pytest_terminal_summary(terminalreporter):
    """Say what tests measured: a number that passes is worth knowing, too."""
    for done in terminalreporter.getreports("passed"):
        for name, value in done.user_properties:
            if name == "measured":
                terminalreporter.write_line(f"measured: {value}")


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def site():
    """The folder of the built site."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.fail("the site is not built: run python3 make.py test, which builds it first")
    return folder
