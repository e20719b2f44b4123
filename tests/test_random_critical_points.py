"""The census of random Hessians: shares that add up, exact values, what is refused."""

import numpy as np
import pytest
from traitlets import TraitError

from mathcalc.explorables import RandomCriticalPoints
from mathcalc.explorables.random_critical_points import hessians, reference
from mathcalc.landscapes import POSITIVE


def state(**changes):
    return RandomCriticalPoints(**changes).state()


@pytest.mark.parametrize("n", range(1, 9))
def test_the_shares_add_up(n):
    found = reference(state(n=n, samples=500, seed=n))
    assert sum(found["counts"]) == 500
    assert found["minima"] + found["saddles"] + found["maxima"] == pytest.approx(1)
    assert sum(found["bins"]) == 500 * n


@pytest.mark.parametrize(("n", "exact"), [
    (1, 0.5), (2, 0.1464466094067262), (3, 0.02492092096072346),
])  # fmt: skip
def test_the_count_is_within_four_standard_errors(n, exact):
    found = reference(state(n=n, samples=20_000))
    assert found["exact"] == POSITIVE[n] == pytest.approx(exact, abs=1e-15)
    error = np.sqrt(exact * (1 - exact) / 20_000)
    assert abs(found["minima"] - exact) < 4 * error
    assert abs(found["maxima"] - exact) < 4 * error  # −H is as probable as H


def test_the_entries_have_the_variances_of_the_ensemble():
    H = hessians(4, 20_000, 5)
    np.testing.assert_array_equal(H, H.swapaxes(1, 2))
    variances = (H**2).mean(axis=0)
    np.testing.assert_allclose(np.diag(variances), 1, atol=0.05)
    np.testing.assert_allclose(variances[np.triu_indices(4, 1)], 0.5, atol=0.03)


def test_a_shift_turns_saddles_into_minima():
    shares = [reference(state(n=4, shift=s))["minima"] for s in (0.0, 1.0, 2.0, 3.0)]
    assert shares == sorted(shares)
    assert shares[0] < 0.01 and shares[-1] > 0.5
    assert reference(state(n=3, shift=1.0))["exact"] is None


def test_more_samples_begin_with_the_same_ones():
    np.testing.assert_array_equal(hessians(3, 50, 7), hessians(3, 90, 7)[:50])


@pytest.mark.parametrize("wrong", [{"n": 9}, {"n": 0}, {"samples": 99}, {"shift": -1}, {"seed": 0}])
def test_a_bad_value_is_refused(wrong):
    with pytest.raises(TraitError):
        RandomCriticalPoints(**wrong)


def test_the_words_fit_the_picture():
    assert "2000 random symmetric matrices of size 3" in RandomCriticalPoints().alt
    assert "<svg" in RandomCriticalPoints(1).to_html()
