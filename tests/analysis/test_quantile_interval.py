import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import least_values, quantile_interval


def test_median_of_ten_by_hand():
    # Of ten, at most one lies below the median with 11/1024 <= .025, at most two with 56/1024: so the 2nd and the 9th.
    found = quantile_interval(np.arange(10.0)[::-1], 0.5)
    assert (found.interval.low, found.interval.high, found.interval.mean) == (1.0, 8.0, 4.0)
    assert found.covers == pytest.approx(1.0 - 22 / 1024)
    assert found.enough


@pytest.mark.parametrize(
    ("p", "confidence", "least"), [(0.5, 0.95, 6), (0.9, 0.95, 36), (0.1, 0.95, 36), (0.5, 0.5, 2)]
)
def test_how_many_values_it_takes(p, confidence, least):
    # .5^6 = .0156 <= .025 < .5^5; .9^36 = .0225 <= .025 < .9^35.
    assert least_values(p, confidence) == least
    enough, short = (quantile_interval(np.arange(float(n)), p, confidence) for n in (least, least - 1))
    assert enough.enough and math.isfinite(enough.interval.low + enough.interval.high)
    assert not short.enough and math.isnan(short.interval.low) and math.isnan(short.covers)
    assert math.isfinite(short.interval.mean)


def test_a_power_of_one_half_is_enough_when_it_just_is():
    # 1 - .96875 = 2 x .5^6: five are one too few, six are enough exactly.
    assert least_values(0.5, 0.96875) == 6


def test_gaps_are_dropped():
    values = [math.nan, *range(40), math.nan]
    assert quantile_interval(values, 0.9) == quantile_interval(range(40), 0.9)
    assert quantile_interval([math.nan], 0.9).interval.n == 0


@pytest.mark.parametrize(("p", "confidence"), [(0.0, 0.95), (1.0, 0.95), (0.5, 0.0), (0.5, 1.0)])
def test_numbers_out_of_range_are_refused(p, confidence):
    with pytest.raises(ValueError, match="must lie in"):
        quantile_interval([1.0, 2.0], p, confidence)


@given(st.integers(1, 300), st.floats(0.02, 0.98), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_bounds_are_the_innermost_that_miss_rarely_enough(n, p, confidence):
    from scipy.stats import binom

    found = quantile_interval(np.arange(1.0, n + 1.0), p, confidence)
    miss = (1.0 - confidence) / 2.0
    below = np.arange(n)
    lower = np.flatnonzero(binom.cdf(below, n, p) <= miss) + 1
    upper = np.flatnonzero(binom.sf(below, n, p) <= miss) + 1
    if not (lower.size and upper.size):
        assert not found.enough
        return
    assert found.enough
    assert (found.interval.low, found.interval.high) == (lower[-1], upper[0])
    assert found.interval.low <= found.interval.mean <= found.interval.high
    assert found.covers == pytest.approx(binom.cdf(upper[0] - 1, n, p) - binom.cdf(lower[-1] - 1, n, p))
    assert found.covers >= confidence - 1e-12


@given(st.lists(st.floats(-100.0, 100.0), min_size=6, max_size=30))
def test_only_order_matters(values):
    plain = quantile_interval(values, 0.5)
    cubed = quantile_interval([v**3 for v in values], 0.5)
    assert (cubed.interval.low, cubed.interval.high) == (plain.interval.low**3, plain.interval.high**3)
