"""Truncation by MSER-5, and Welch's moving average."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import moving_average, truncation


def plain(means, last):
    """The rule as it is written down: variance of what is left over its number, for every point."""
    return [np.var(means[d:]) / len(means[d:]) for d in range(len(means) - last)]


def test_by_hand_with_single_observations():
    # 10 0 1 0 1 0 1: what is left after 0, 1 observations has the variances 580/49 and 1/4 over 7 and 6.
    found = truncation([10.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0], batch=1)
    assert found.statistic == pytest.approx([(103 - 169 / 7) / 49, (3 - 9 / 6) / 36])
    assert found.leave_out == found.least == 1


def test_a_start_that_differs_is_left_out_in_whole_batches():
    series = np.where(np.arange(400) < 38, 20.0, 0.0) + np.arange(400) % 2
    assert truncation(series).leave_out == 40
    noisy = truncation(series + np.random.default_rng(1).normal(size=400))
    assert 40 <= noisy.leave_out <= 60


@given(st.lists(st.floats(-100.0, 100.0), min_size=31, max_size=80))
def test_statistic_is_the_rule(values):
    means = np.array(values[: len(values) // 5 * 5]).reshape(-1, 5).mean(axis=1)
    found = truncation(values)
    expected = plain(means, 5)
    assert found.statistic == pytest.approx(expected, abs=1e-9)
    assert expected[found.least // 5] == pytest.approx(min(expected), abs=1e-9)


def test_a_best_point_in_the_second_half_is_no_answer():
    # A series that never settles.
    rising = truncation(np.arange(200.0) ** 2)
    assert rising.leave_out is None and rising.least > 100
    # Two levels, the second reached at three quarters.
    late = truncation(np.where(np.arange(200) < 150, 0.0, 50.0) + np.arange(200) % 2)
    assert late.leave_out is None


def test_a_series_without_a_start_loses_nothing():
    assert truncation(np.arange(300) % 5).leave_out == 0
    assert truncation(np.full(100, 7.0)).leave_out == 0
    assert truncation([9.0] * 10 + [0.1] * 90).leave_out == 10


def test_replications_are_averaged_first():
    random = np.random.default_rng(2)
    table = np.where(np.arange(200) < 30, 5.0, 0.0) + random.normal(size=(8, 200))
    table[3, 50] = math.nan
    found = truncation(table)
    assert found.leave_out == truncation(np.nanmean(table, axis=0)).leave_out
    assert 25 <= found.leave_out <= 45


def test_too_short_or_with_gaps_is_no_answer():
    assert truncation(np.arange(25.0)).leave_out is None
    assert truncation(np.arange(30.0)).least >= 0
    assert truncation([*np.zeros(50), math.nan]).leave_out is None
    with pytest.raises(ValueError, match="batch"):
        truncation(np.zeros(100), batch=0)
    with pytest.raises(ValueError, match="replications, times"):
        truncation(np.zeros((2, 2, 2)))


def test_moving_average_by_hand():
    # Means of two replications: 1 2 6 4 5 9 1 8; window 1 after one value that stands alone.
    found = moving_average([[0, 2, 6, 4, 5, 9, 1, 8], [2, 2, 6, 4, 5, 9, 1, 8]], 1)
    assert found == pytest.approx([1, 3, 4, 5, 6, 5, 6])
    assert moving_average([1, 2, 6, 4, 5, 9, 1, 8], 2)[:3] == pytest.approx([1, 3, 18 / 5])
    assert moving_average([3.0, 5.0, 4.0], 0) == pytest.approx([3.0, 5.0, 4.0])


def test_window_beyond_a_quarter_is_refused():
    with pytest.raises(ValueError, match="quarter of 8 observations, got 3"):
        moving_average(np.zeros(8), 3)
    with pytest.raises(ValueError, match="got -1"):
        moving_average(np.zeros(8), -1)


@given(st.lists(st.floats(-10.0, 10.0), min_size=8, max_size=40), st.integers(0, 10))
def test_moving_average_keeps_lines_and_bounds(values, window):
    window = min(window, len(values) // 4)
    found = moving_average(values, window)
    assert len(found) == len(values) - window
    assert min(values) - 1e-9 <= found.min() and found.max() <= max(values) + 1e-9
    assert moving_average(np.arange(40.0), 10) == pytest.approx(np.arange(30.0))
