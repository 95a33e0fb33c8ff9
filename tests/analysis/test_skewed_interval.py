import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import mean_interval, skewed_mean_interval
from sim.analysis.skewed_interval import skewness_of


def test_skewness_by_hand():
    # Deviations -1 -1 2: cubes 6 / 3 = 2, squares 6 / 3 = 2.
    assert skewness_of([0.0, 0.0, 3.0]) == pytest.approx(2 / 2**1.5)
    assert skewness_of([0.0, math.nan, 3.0, 3.0]) == pytest.approx(-1 / math.sqrt(2))
    assert math.isnan(skewness_of([2.0, 2.0])) and math.isnan(skewness_of([1.0]))
    # One of ten differs: the most skewed that ten values can be.
    assert skewness_of([0.0] * 9 + [1.0]) == pytest.approx(8 / 3)


def test_bounds_by_hand():
    # 0 0 3: mean 1, s = sqrt(3), g = .70711, n = 3; Student's 4.30265 / sqrt(3) = 2.48414.
    found = skewed_mean_interval([0.0, 0.0, 3.0])
    g = 2**-0.5
    for bound, t in ((found.low, 2.48414), (found.high, -2.48414)):
        off = (1.0 - bound) / math.sqrt(3)
        assert off + g * off**2 / 3 + g**2 * off**3 / 27 + g / 18 == pytest.approx(t, abs=1e-4)
    assert found.mean == 1.0 and found.n == 3


@given(st.lists(st.floats(-100.0, 100.0), min_size=3, max_size=20), st.sampled_from([0.8, 0.95]))
def test_turns_with_the_values_and_reaches_further_on_the_long_side(values, confidence):
    found = skewed_mean_interval(values, confidence)
    back = skewed_mean_interval([-v for v in values], confidence)
    assert (back.low, back.high) == pytest.approx((-found.high, -found.low), rel=1e-6, abs=1e-9)
    # With many values in proportion to the skewness; a few reach further on both sides.
    if skewness_of(values) > 0.01 and np.ptp(values) > 1e-3:
        assert found.high - found.mean > found.mean - found.low


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0], [3.0] * 5, [1.0, 2.0, 3.0], [1.0, math.inf]])
def test_is_that_of_student_where_there_is_no_skewness_to_know(values):
    assert repr(skewed_mean_interval(values)) == repr(mean_interval(values))


def test_holds_skewed_means_where_student_does_not():
    random = np.random.default_rng(6)
    trials = 3000
    samples = random.gamma(4 / 9, size=(trials, 10))  # skewness 3
    shares = []
    for interval in (mean_interval, skewed_mean_interval):
        found = [interval(sample) for sample in samples]
        shares.append(np.mean([one.low <= 4 / 9 <= one.high for one in found]))
    error = math.sqrt(0.05 * 0.95 / trials)
    assert shares[0] < 0.93 - 3 * error
    assert 0.93 - 3 * error <= shares[1] <= 0.97 + 3 * error
