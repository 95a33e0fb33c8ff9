import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import mean_interval, paired_difference, paired_differences


def test_three_pairs_by_hand():
    # base 1 2 3, other 2 4 9: differences 1 2 6, mean 3, variance (4 + 1 + 9) / 2 = 7, t(.975, 2) = 4.30265
    found = paired_difference([1.0, 2.0, 3.0], [2.0, 4.0, 9.0])
    half_width = 4.30265 * math.sqrt(7 / 3)
    assert found.interval.mean == 3.0
    assert found.interval.low == pytest.approx(3 - half_width, abs=1e-4)
    assert found.interval.high == pytest.approx(3 + half_width, abs=1e-4)
    assert found.t == pytest.approx(3 / math.sqrt(7 / 3))
    # Var base 1, Var other 13, Cov 3.5
    assert found.correlation == pytest.approx(3.5 / math.sqrt(13))
    assert found.variance_ratio == pytest.approx(7 / 14)


def test_a_pair_needs_both_values():
    found = paired_difference([1.0, math.nan, 2.0, 3.0], [2.0, 5.0, 4.0, 9.0])
    assert found == paired_difference([1.0, 2.0, 3.0], [2.0, 4.0, 9.0])
    assert found.interval.n == 3


def test_constant_lead_has_no_test_statistic():
    found = paired_difference([0.1, 0.2, 0.7], [0.4, 0.5, 1.0])
    assert found.interval.mean == pytest.approx(0.3)
    assert math.isnan(found.t)
    assert found.correlation == pytest.approx(1.0)
    assert found.variance_ratio == pytest.approx(0.0, abs=1e-12)


def test_designs_that_do_not_vary_have_no_correlation():
    found = paired_difference([2.0, 2.0], [5.0, 5.0])
    assert found.interval.low == found.interval.high == 3.0
    assert math.isnan(found.correlation) and math.isnan(found.variance_ratio)


def test_opposite_designs_lose_by_pairing():
    found = paired_difference([1.0, 2.0, 3.0], [3.0, 2.0, 1.0])
    assert found.correlation == pytest.approx(-1.0)
    assert found.variance_ratio == pytest.approx(2.0)


@pytest.mark.parametrize(("base", "other", "n"), [([], [], 0), ([1.0], [2.0], 1), ([math.nan] * 3, [1.0, 2.0, 3.0], 0)])
def test_too_few_pairs_leave_statistics_undefined(base, other, n):
    found = paired_difference(base, other)
    assert found.interval.n == n
    assert all(math.isnan(x) for x in (found.interval.low, found.t, found.correlation, found.variance_ratio))


def test_infinite_value_gives_no_difference():
    found = paired_difference([math.inf, 1.0], [math.inf, 2.0])
    assert math.isnan(found.interval.mean) and found.interval.n == 2


def test_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match=r"\(2,\) and \(3,\)"):
        paired_difference([1.0, 2.0], [1.0, 2.0, 3.0])


def test_variance_ratio_is_one_minus_the_shared_part():
    # A common part of variance 3 and an own part of variance 1 each: Var(B-A) = 2 of 8.
    random = np.random.default_rng(7)
    common = random.normal(scale=math.sqrt(3), size=20_000)
    found = paired_difference(common + random.normal(size=20_000), common + random.normal(size=20_000))
    assert found.variance_ratio == pytest.approx(0.25, abs=0.01)
    assert found.correlation == pytest.approx(0.75, abs=0.01)


def test_covers_the_true_difference_when_designs_are_correlated():
    trials = 3000
    random = np.random.default_rng(11)
    common = random.normal(scale=5.0, size=(trials, 8))
    base = common + random.normal(size=(trials, 8))
    other = common + 2.0 + random.normal(size=(trials, 8))
    intervals = [paired_difference(a, b).interval for a, b in zip(base, other, strict=True)]
    share = np.mean([x.low <= 2.0 <= x.high for x in intervals])
    assert abs(share - 0.95) < 3.5 * math.sqrt(0.95 * 0.05 / trials)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=2, max_size=20))
def test_swapping_the_designs_turns_the_sign_only(pairs):
    a, b = [x for x, _ in pairs], [y for _, y in pairs]
    there, back = paired_difference(a, b), paired_difference(b, a)
    assert there.interval.mean == -back.interval.mean
    assert there.interval.low == pytest.approx(-back.interval.high)
    assert there.interval == mean_interval(np.subtract(b, a))
    for name in ("correlation", "variance_ratio"):
        assert getattr(there, name) == pytest.approx(getattr(back, name), nan_ok=True)


def test_gain_is_what_a_paired_replication_is_worth():
    found = paired_difference([1.0, 2.0, 3.0], [2.0, 4.0, 9.0])
    gain = found.gain()
    # Var base 1, Var other 13, Var difference 7; F(.975; 2, 2) = 39, and 1/2 + 1/2 (sums over differences = 3).
    assert gain.mean == pytest.approx(2.0)
    assert (gain.low, gain.high) == pytest.approx((0.5 + 1.5 / 39, 0.5 + 1.5 * 39))
    assert paired_difference([0.0, 1.0], [5.0, 6.0]).gain().mean == math.inf
    assert math.isnan(paired_difference([2.0, 2.0], [5.0, 5.0]).gain().mean)
    assert paired_difference([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]).gain().mean == pytest.approx(0.5)


@pytest.mark.parametrize(("spread", "exact"), [(1.0, True), (2.0, False)])
def test_gain_is_covered_as_often_as_said_and_more_if_one_design_varies_more(spread, exact):
    random = np.random.default_rng(13)
    trials, hits, correlation = 1500, 0, 0.8
    true = (1 + spread**2) / (1 + spread**2 - 2 * correlation * spread)
    for _ in range(trials):
        base = random.normal(size=12)
        other = spread * (correlation * base + math.sqrt(1 - correlation**2) * random.normal(size=12))
        gain = paired_difference(base, other).gain()
        hits += gain.low <= true <= gain.high
    error = 3.5 * math.sqrt(0.95 * 0.05 / trials)
    assert hits / trials >= 0.95 - error
    assert not exact or hits / trials <= 0.95 + error


def test_a_table_is_compared_row_by_row():
    table = [[1.0, 2.0, 3.0], [2.0, 4.0, 9.0], [0.0, 0.0, 0.0]]
    found = paired_differences(table)
    assert found[1] == paired_difference(table[0], table[1])
    assert found[0].interval.mean == 0.0 and len(found) == 3
    assert paired_differences(table, base=1)[0].interval.mean == -3.0
    with pytest.raises(ValueError, match="base must be one of 3 rows, got 3"):
        paired_differences(table, base=3)
