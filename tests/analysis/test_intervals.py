import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import Interval, mean_interval
from sim.analysis.intervals import student_quantile


def test_student_quantile_agrees_with_printed_tables():
    # Table T.1 of Law, Simulation Modeling and Analysis; two-sided 90 %, 95 % and 99 %.
    for confidence, degrees, printed in [
        (0.95, 1, 12.706),
        (0.95, 9, 2.262),
        (0.90, 9, 1.833),
        (0.99, 4, 4.604),
    ]:
        assert student_quantile(confidence, degrees) == pytest.approx(printed, abs=5e-4)


def test_two_values_by_hand():
    # mean 4; s = sqrt(((3-4)^2 + (5-4)^2) / 1) = sqrt(2); standard error = sqrt(2)/sqrt(2) = 1; t = 12.7062
    found = mean_interval([3.0, 5.0])
    assert found.mean == 4.0
    assert found.low == pytest.approx(4 - 12.7062, abs=1e-4)
    assert found.high == pytest.approx(4 + 12.7062, abs=1e-4)
    assert found.n == 2


def test_interval_of_laws_banking_example():
    # Law, section 4.5, example 4.26: ten observations, 90 % interval 1.34 +- 0.24.
    values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09]
    found = mean_interval(values, confidence=0.90)
    assert found.mean == pytest.approx(1.343, abs=1e-9)
    assert found.high - found.mean == pytest.approx(0.24, abs=0.005)


def test_undefined_values_are_dropped_and_counted():
    assert mean_interval([3.0, math.nan, 5.0]) == mean_interval([3.0, 5.0])


def test_one_value_has_a_mean_and_no_bounds():
    found = mean_interval([7.0])
    assert (found.mean, found.n) == (7.0, 1)
    assert math.isnan(found.low) and math.isnan(found.high)
    assert not found.excludes_zero


@pytest.mark.parametrize("values", [[], [math.nan, math.nan]])
def test_no_value_gives_nothing(values):
    found = mean_interval(values)
    assert found.n == 0
    assert all(math.isnan(x) for x in (found.mean, found.low, found.high))


def test_infinite_value_leaves_the_bounds_undefined():
    assert mean_interval([1.0, math.inf]).mean == math.inf
    assert math.isnan(mean_interval([1.0, math.inf]).low)
    assert math.isnan(mean_interval([-math.inf, math.inf]).mean)


def test_equal_values_leave_no_doubt():
    assert mean_interval([2.0, 2.0, 2.0]) == Interval(2.0, 2.0, 2.0, 3)


def test_excludes_zero_on_either_side_only():
    assert Interval(2.0, 1.0, 3.0, 5).excludes_zero
    assert Interval(-2.0, -3.0, -1.0, 5).excludes_zero
    assert not Interval(1.0, 0.0, 2.0, 5).excludes_zero


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0, -0.1])
def test_confidence_out_of_range_is_refused(confidence):
    for values in ([], [1.0], [1.0, 2.0]):
        with pytest.raises(ValueError, match="confidence"):
            mean_interval(values, confidence)


def test_a_table_is_refused():
    with pytest.raises(ValueError, match=r"one-dimensional.*\(2, 2\)"):
        mean_interval([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize("confidence", [0.80, 0.95])
def test_covers_the_true_mean_as_often_as_it_says(confidence):
    trials = 4000
    samples = np.random.default_rng(20260105).normal(loc=3.0, scale=2.0, size=(trials, 6))
    found = [mean_interval(sample, confidence) for sample in samples]
    share = np.mean([interval.low <= 3.0 <= interval.high for interval in found])
    assert abs(share - confidence) < 3.5 * math.sqrt(confidence * (1 - confidence) / trials)


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=20),
    st.floats(0.1, 10.0),
    st.floats(-100.0, 100.0),
)
def test_unit_and_origin_do_not_matter(values, factor, shift):
    plain = mean_interval(values)
    moved = mean_interval([factor * value + shift for value in values])
    for name in ("mean", "low", "high"):
        assert getattr(moved, name) == pytest.approx(factor * getattr(plain, name) + shift, rel=1e-6, abs=1e-6)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20))
def test_more_confidence_is_never_narrower(values):
    narrow, wide = mean_interval(values, 0.8), mean_interval(values, 0.99)
    assert wide.low <= narrow.low <= narrow.mean <= narrow.high <= wide.high
