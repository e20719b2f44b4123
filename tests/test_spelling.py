"""The text is spelt the British way; code, formulas, links and names of others are let alone."""

import re

import pytest
from test_concepts import book

AMERICAN = re.compile(
    r"\b(?:\w*color\w*|behavior\w*|neighbor\w*|center\w*|favor\w*|honor\w*|labor|gray|defense"
    r"|(?!(?:priz|seiz|caps)i?z)\w{3,}iz(?:e|es|ed|ing|ation|ations|er|ers)|analyz\w+"
    r"|(?:model|label|travel|cancel)(?:ed|ing))\b",
    re.I,
)
NO_PROSE = re.compile(
    r"^(```+|~~~+).*?^\1|^:\w+:.*$|^\([\w-]+\)=$|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$"
    r"|\]\([^)]*\)|https?://\S+|<[^>]*>",
    re.M | re.S,
)


def american(text):
    return sorted(set(AMERICAN.findall(NO_PROSE.sub(" ", text))))


@pytest.mark.parametrize("page", sorted(book()))
def test_the_text_is_spelt_the_british_way(page):
    assert american(book()[page]) == []


def test_american_words_are_found_and_only_those():
    text = "The color and behavior of an optimizer, centered. `color` $center$ [x](optimize.md)"
    assert american(text) == ["behavior", "centered", "color", "optimizer"]
    assert american("Colours, sizes, a prize, centre, optimisation, four horizons, size.") == []
