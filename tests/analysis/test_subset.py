import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis import screened

TABLES = arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(2, 8)), elements=st.floats(-1e3, 1e3))


def test_three_designs_by_hand():
    # Against the first: the second is 1, 1, 4 behind: mean 2, s = sqrt(3); the third 10, 11, 12: mean 11, s = 1.
    # One-sided t at 1 - .05/2 with 2 degrees of freedom is 4.30265: 4.30265 sqrt(3 / 3) = 4.30 > 2; 2.48 < 11.
    values = np.array([[10.0, 20.0, 30.0], [9.0, 19.0, 26.0], [0.0, 9.0, 18.0]])
    found = screened(values)
    assert (found.best, found.kept, found.beaten_by, found.n) == (0, (0, 1), (-1, -1, 0), 3)
    assert found.means == pytest.approx([20.0, 18.0, 9.0])
    assert screened(-values, larger_is_better=False).kept == found.kept
    assert screened(values, larger_is_better=False).kept == (2,)


def test_pairing_sees_what_the_spread_of_each_would_hide():
    luck = np.array([0.0, 100.0, 200.0, 300.0, 400.0])
    noise = np.array([0.1, -0.1, 0.0, 0.05, -0.05])
    assert screened([luck, luck + 1.0 + noise]).kept == (1,)
    assert screened([luck, luck[::-1] + 1.0 + noise]).kept == (1, 0)


def test_little_known_keeps_all():
    assert screened([[1.0], [2.0], [3.0]]).kept == (2, 1, 0)
    none = screened([[math.nan, 1.0], [1.0, math.nan]])
    assert (none.best, none.kept, none.n) == (-1, (0, 1), 0)
    assert screened([[5.0, 6.0]]).kept == (0,)


def test_a_replication_counts_only_if_all_designs_have_it():
    values = np.array([[1.0, 2.0, 3.0, 50.0], [4.0, 5.0, 6.5, math.nan]])
    found = screened(values)
    assert found.n == 3 and found.best == 1
    assert found.kept == screened(values[:, :3]).kept


def test_equal_but_for_rounding_is_equal():
    assert screened([[0.3, 0.3, 0.3], [0.1 + 0.2] * 3]).kept in ((0, 1), (1, 0))


def test_confidence_out_of_range_is_refused():
    with pytest.raises(ValueError, match="confidence"):
        screened([[1.0, 2.0]], confidence=95)


@given(TABLES, st.sampled_from([0.5, 0.8, 0.95, 0.99]), st.booleans())
def test_the_best_mean_is_always_kept_first_and_never_beaten(values, confidence, larger):
    found = screened(values, confidence, larger)
    assert found.kept[0] == found.best
    extreme = found.means.max() if larger else found.means.min()
    assert found.means[found.best] == pytest.approx(extreme)
    assert {i for i, by in enumerate(found.beaten_by) if by < 0} == set(found.kept)


@given(TABLES)
def test_more_confidence_keeps_more(values):
    assert set(screened(values, 0.8).kept) <= set(screened(values, 0.99).kept)


@given(arrays(np.int64, (4, 6), elements=st.integers(-50, 50)), arrays(np.int64, 6, elements=st.integers(-50, 50)))
def test_luck_that_all_share_does_not_matter(values, luck):
    assert set(screened(values).kept) == set(screened(values + luck).kept)


def test_the_best_is_lost_as_rarely_as_said():
    random = np.random.default_rng(4)
    trials, lost = 1500, 0
    for _ in range(trials):
        # All equal but one, which is barely better: the hardest case.
        values = random.normal(size=(5, 8)) + 2.0 * random.normal(size=8)
        values[3] += 0.001
        lost += 3 not in screened(values).kept
    assert lost / trials <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / trials)
