import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import Target, mean_interval, needed, precision, precisions
from sim.analysis.replications import half_widths, look_ahead_at


def test_half_widths_of_the_first_values_by_hand():
    means, widths = half_widths([3.0, 5.0, math.nan, 7.0])
    assert means == pytest.approx([3.0, 4.0, 5.0])
    # 12.7062 x sqrt(2) / sqrt(2), and 4.30265 x 2 / sqrt(3).
    assert math.isnan(widths[0]) and widths[1:] == pytest.approx([12.7062, 4.96827], abs=1e-4)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30), st.floats(-1e6, 1e6))
def test_half_widths_are_those_of_the_intervals(values, level):
    x = np.array(values) + level
    for n, (mean, width) in enumerate(zip(*half_widths(x), strict=True), start=1):
        interval = mean_interval(x[:n])
        assert mean == pytest.approx(interval.mean, abs=1e-6)
        if n > 1:
            assert width == pytest.approx((interval.high - interval.low) / 2, rel=1e-6, abs=1e-5)


@pytest.mark.parametrize(("n", "ahead"), [(3, 5), (100, 5), (119, 5), (120, 6), (1000, 50)])
def test_look_ahead_grows_beyond_a_hundred(n, ahead):
    assert look_ahead_at(n) == ahead


def test_narrow_must_stay_narrow():
    # Four alike are narrow at once; the 20 among the next five makes the interval wide again.
    values = [10.0, 10.1, 9.9, 10.0, 20.0, 10.0, 10.1, 9.9]
    target = Target(0.05)
    assert precision(values, target).reached_at is None
    assert precision(values, target, look_ahead=0).reached_at == 3
    assert not precision(values, target, look_ahead=0).enough, "no longer narrow"
    steady = [10.0, 10.1, 9.9, 10.0, 10.05, 10.0, 10.1, 9.9]
    assert precision(steady[:7], target).reached_at is None
    found = precision(steady, target)
    assert found.reached_at == 3 and found.enough


def test_a_later_start_counts_once_it_holds():
    values = [10.0, 14.0, 6.0, *([10.0] * 90)]
    found = precision(values, Target(0.05))
    means, widths = half_widths(values)
    narrow = np.flatnonzero(widths <= 0.05 * means) + 1
    assert found.reached_at == narrow[0] > 3


def test_absolute_and_relative_targets():
    values = np.array([100.0, 101.0, 99.0, 100.5, 99.5, 100.0, 100.0, 101.0, 99.0, 100.0])
    relative, absolute = precision(values, Target(0.01)), precision(values, Target(1.0, relative=False))
    assert relative.allowed == pytest.approx(1.0, rel=1e-3) and absolute.allowed == 1.0
    assert relative.reached_at == absolute.reached_at
    about_zero = precision(values - values.mean(), Target(0.01))
    assert not about_zero.enough
    assert precision([0.0, 0.0, 1.0, -1.0], Target(0.1)).needed is None


def test_measures_with_gaps_need_more_replications():
    values = [10.0, math.nan, 12.0, math.nan, 8.0, math.nan, 11.0, math.nan, 9.0, math.nan]
    whole = precision(values[::2], Target(0.05))
    found = precision(values, Target(0.05))
    assert found.interval == whole.interval
    assert found.needed == 2 * whole.needed
    many = precision([math.nan, 5.0] * 10, Target(0.1))
    assert many.reached_at == 6, "the third defined value is that of the sixth replication"


def test_several_measures_each_by_its_target():
    values = {"lead": [10.0] * 9, "profit": [1.0, -1.0, 2.0, 0.0, 1.0, -1.0, 2.0, 0.0, 3.0], "other": [1.0]}
    found = precisions(values, {"lead": Target(0.05), "profit": Target(0.5, relative=False)})
    assert found["lead"].enough and not found["profit"].enough
    assert found["profit"].needed > 9 and found["lead"].needed == 3
    with pytest.raises(ValueError, match="'gone' has a target and no values"):
        precisions(values, {"gone": Target(0.1)})


def test_too_little_to_say_anything():
    for values in ([], [math.nan], [4.0]):
        found = precision(values, Target(0.1))
        assert found.reached_at is None and found.needed is None and not found.enough


def test_needed_by_hand():
    # s = 4: t(15) 4 / sqrt(16) = 2.13145, so 2.14 takes 16 replications and 2.13 one more.
    half = 2.262157 * 4 / math.sqrt(10)
    assert needed(half, 2.14, 10) == 16
    assert needed(half, 2.13, 10) == 17
    assert needed(half, 2 * half, 10) < 10
    assert needed(0.0, 1.0, 10) == 2


@given(st.floats(0.01, 100.0), st.floats(0.01, 100.0), st.integers(2, 200))
def test_needed_is_the_least_that_will_do(half, target, n):
    from scipy.stats import t

    found = needed(half, target, n)
    spread = half * math.sqrt(n) / t.ppf(0.975, n - 1)

    def width(i):
        return t.ppf(0.975, i - 1) * spread / math.sqrt(i)

    if found < 10_000_000:
        assert width(found) <= target * (1 + 1e-9)
    if found > 2:
        assert width(found - 1) > target * (1 - 1e-9)


@pytest.mark.parametrize("width", [0.0, -1.0, math.inf, math.nan])
def test_a_width_that_no_interval_reaches_is_refused(width):
    with pytest.raises(ValueError, match="half_width"):
        Target(width)


def test_needed_refuses_what_says_nothing():
    for half, target, n in ((1.0, 0.0, 5), (1.0, 1.0, 1), (math.nan, 1.0, 5)):
        with pytest.raises(ValueError, match="needs target"):
            needed(half, target, n)
