"""Numbers for sentences: plain, named, and only such as a sentence can say."""

import jax.numpy as jnp
import numpy as np
import pytest

from mathcalc import glue as room


@pytest.fixture
def shown(monkeypatch):
    found = {}

    def display(data, metadata, raw):
        assert raw
        found[metadata["scrapbook"]["name"]] = data[f"{room.RECORD}text/plain"]

    monkeypatch.setattr("IPython.display.display", display)
    return found


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.25, "0.25"), (3, "3"), (np.float64(0.5), "0.5"), (np.int64(7), "7"), ("ok", "'ok'")],
)
def test_a_value_is_recorded_as_python_writes_it(shown, value, text):
    room.glue(name=value)
    assert shown == {"name": text}


def test_jax_numbers_are_numbers(shown):
    room.glue(half=jnp.float32(0.5))
    assert shown == {"half": "0.5"}


@pytest.mark.parametrize("value", [[1.0], 1j, None, True, np.ones(2)])
def test_what_no_sentence_can_say_is_refused(shown, value):
    with pytest.raises(TypeError, match="share is no single real number"):
        room.glue(share=value)
    assert shown == {}


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (3.2e-9, 1, "3·10⁻⁹"),
        (-0.00125, 3, "−1.25·10⁻³"),
        (123456, 2, "1.2·10⁵"),
        (9.96, 1, "1·10¹"),
    ],
)
def test_powers_of_ten_are_written_as_by_hand(value, digits, text):
    assert room.scientific(value, digits) == text
