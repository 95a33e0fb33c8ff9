import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import resampling_interval
from sim.analysis.bootstrap import resampled_columns


def mean(values):
    return values.mean(axis=-1)


def ratio(values):
    return values[0].sum(axis=-1) / values[1].sum(axis=-1)


SKEWED = np.exp(0.5 * np.random.default_rng(3).normal(size=25))


def test_two_values_by_hand():
    # Resamples of 0 and 1 have the means 0, 1/2, 1/2, 1: quantiles from 1/4 down and from 3/4 up are 0 and 1.
    found = resampling_interval([0.0, 1.0], mean, seed=1, confidence=0.6, method="percentile", widen=False)
    assert (found.mean, found.low, found.high, found.n) == (0.5, 0.0, 1.0, 2)
    narrow = resampling_interval([0.0, 1.0], mean, seed=1, confidence=0.4, method="percentile", widen=False)
    assert (narrow.low, narrow.high) == (0.5, 0.5)


@pytest.mark.parametrize("method", ["bca", "percentile"])
@pytest.mark.parametrize(
    ("values", "statistic"),
    [(SKEWED, mean), (np.stack((SKEWED, 1.0 + SKEWED[::-1] ** 0.5)), ratio)],
    ids=["mean", "ratio"],
)
def test_agrees_with_another_bootstrap(values, statistic, method):
    from scipy.stats import bootstrap

    many = 20_000
    found = resampling_interval(values, statistic, seed=1, method=method, widen=False, resamples=many)

    def of_columns(*rows, axis):
        return mean(rows[0]) if len(rows) == 1 else ratio(rows)

    rows = (values,) if values.ndim == 1 else tuple(values)
    name = {"bca": "BCa", "percentile": "percentile"}[method]
    options = {"n_resamples": many, "method": name, "rng": np.random.default_rng(1), "paired": True}
    other = bootstrap(rows, of_columns, **options).confidence_interval
    # Each bound of either is known to some 3 % of a standard error, which is a quarter of the width.
    width = other.high - other.low
    assert found.low == pytest.approx(other.low, abs=0.02 * width)
    assert found.high == pytest.approx(other.high, abs=0.02 * width)


def test_wider_percentiles_are_those_of_student():
    # Of many resamples of a mean of normal values, half the width is t sqrt(n / (n - 1)) times their spread.
    values = np.random.default_rng(5).normal(size=12)
    found = resampling_interval(values, mean, seed=2, method="percentile", resamples=40_000)
    t = 2.200985  # printed tables, 11 degrees of freedom
    assert (found.high - found.low) / 2 == pytest.approx(t * values.std(ddof=1) / math.sqrt(12), rel=0.03)


def test_equal_input_gives_equal_bits_and_other_seeds_do_not():
    assert resampling_interval(SKEWED, mean, seed=7) == resampling_interval(SKEWED, mean, seed=7)
    assert resampling_interval(SKEWED, mean, seed=7) != resampling_interval(SKEWED, mean, seed=8)
    assert (resampled_columns(5, 20, 3)[:10] == resampled_columns(5, 10, 3)).all()


def test_every_replication_is_drawn_alike():
    drawn = np.bincount(resampled_columns(7, 3_000, 1).ravel(), minlength=7)
    # 21,000 draws into seven: 3,000 each, standard deviation 51.
    assert np.abs(drawn - 3_000).max() < 4 * 51


def test_a_replication_with_a_gap_is_left_out_of_all_measures():
    values = np.array([[1.0, math.nan, 3.0, 4.0], [2.0, 2.0, 2.0, 4.0]])
    found = resampling_interval(values, ratio, seed=1)
    assert found == resampling_interval(values[:, [0, 2, 3]], ratio, seed=1)
    assert (found.mean, found.n) == (1.0, 3)


def test_what_is_not_defined_has_no_bounds():
    assert resampling_interval([], mean, seed=1).n == 0
    once = resampling_interval([3.0], mean, seed=1)
    assert once.mean == 3.0 and math.isnan(once.low)

    def only_of_both(values):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(values.min(axis=-1) == values.max(axis=-1), np.nan, values.mean(axis=-1))

    # A ninth of the resamples of three values holds one value thrice.
    assert math.isnan(resampling_interval([1.0, 2.0, 3.0], only_of_both, seed=1).low)


def test_equal_values_leave_no_doubt():
    found = resampling_interval([2.0] * 6, mean, seed=1)
    assert (found.mean, found.low, found.high) == (2.0, 2.0, 2.0)


def test_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="method must be one of bca, percentile"):
        resampling_interval([1.0, 2.0], mean, seed=1, method="student")
    with pytest.raises(ValueError, match="confidence"):
        resampling_interval([1.0, 2.0], mean, seed=1, confidence=95)
    with pytest.raises(ValueError, match="reduce the last axis only"):
        resampling_interval([1.0, 2.0], lambda values: values.mean(), seed=1)


@given(st.lists(st.floats(-100.0, 100.0), min_size=8, max_size=20), st.floats(0.1, 10.0), st.floats(-50.0, 50.0))
def test_bounds_lie_within_the_values_and_move_with_them(values, factor, shift):
    found = resampling_interval(values, mean, seed=1, resamples=200)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    if np.ptp(values) > 1e-3:
        moved = resampling_interval(np.array(values) * factor + shift, mean, seed=1, resamples=200)
        # Ties between resamples and the mean may fall otherwise by rounding, which moves a percentile by one.
        slack = 0.05 * factor * np.ptp(values) + 1e-6
        assert moved.low == pytest.approx(found.low * factor + shift, abs=slack)
        assert moved.high == pytest.approx(found.high * factor + shift, abs=slack)


@given(st.lists(st.floats(-100.0, 100.0), min_size=4, max_size=15), st.sampled_from(["bca", "percentile"]))
def test_more_confidence_is_never_narrower(values, method):
    narrow, wide = (
        resampling_interval(values, mean, seed=1, confidence=c, method=method, resamples=200) for c in (0.8, 0.99)
    )
    if math.isfinite(narrow.low) and math.isfinite(wide.low):
        assert wide.low <= narrow.low <= narrow.high <= wide.high
