"""What pytest reported of these very sources, for the page that says how the book was checked."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from . import execution

#: What a test can depend on.
TESTED = ("*.py", "*.toml", "*.txt", "*.yml", "*.md", *(f"{d}/**/*" for d in ("mathcalc", "tests")))
TESTED += tuple(f"{folder}/**/*" for folder in ("book", "notebooks"))
FILES = ("tests-1.xml", "tests-2.xml")  # `make.py test` has two parts


@dataclass(frozen=True)
class Comparison:
    """What a test compared of a live figure: in how many states, and how far apart at most."""

    figure: str
    states: int
    largest: float


@dataclass(frozen=True)
class Report:
    """What a run of all tests found."""

    passed: int
    skipped: int
    comparisons: tuple[Comparison, ...]


def sources(root=execution.ROOT):
    """Return a short hash of all that was tested."""
    return execution.key(root, TESTED)


def read(folder=execution.BUILD, wanted=None):
    """Return what both parts of the tests found of these sources; None unless all went well."""
    suites = [suite(folder / name) for name in FILES]
    wanted = wanted or sources()
    if not all(s is not None and fits(s, wanted) for s in suites):
        return None
    return Report(
        sum(passed(s) for s in suites),
        sum(int(s.get("skipped")) for s in suites),
        tuple(c for s in suites for c in comparisons(s)),
    )


def suite(path):
    """Return the report of one part; None if there is none, or half a one."""
    try:
        return ET.parse(path).getroot().find("testsuite")
    except (OSError, ET.ParseError):
        return None


def fits(one, wanted):
    """Tell whether a report is of the wanted sources, and of nothing that failed."""
    named = {p.get("value") for p in one.iterfind(".//property[@name='sources']")}
    return named == {wanted} and one.get("failures") == one.get("errors") == "0"


def passed(one):
    """Count the tests that passed, where none failed."""
    return int(one.get("tests")) - int(one.get("skipped"))


def comparisons(one):
    """Return what `driving.certified` noted, in the order of the figures' names."""
    noted = [
        {p.get("name"): p.get("value") for p in case.iterfind("properties/property")}
        for case in one.iterfind("testcase")
    ]
    found = [Comparison(n["figure"], int(n["states"]), float(n["largest"]))
             for n in noted if "figure" in n]  # fmt: skip
    return sorted(found, key=lambda c: c.figure)
