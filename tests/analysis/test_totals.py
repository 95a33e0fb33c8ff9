"""Ratios of totals and other functions of them."""

import math

import numpy as np
import pytest

from sim.analysis import mean_interval, ratio_of, summarize
from sim.analysis.totals import difference, jackknife


def test_a_ratio_of_totals_is_no_mean_of_ratios():
    found = jackknife([[10.0, 1.0], [10.0, 4.0]], ratio_of("cost", "won").value)
    assert found.value == 4.0
    assert np.mean([10.0 / 1.0, 10.0 / 4.0]) != found.value


def test_of_one_mean_it_is_the_interval_of_the_mean():
    values = [1.0, 4.0, 2.0, 9.0]
    found = jackknife([[v] for v in values], lambda m: float(m[0]))
    assert found.pseudo == pytest.approx(values)
    got, expected = found.interval(), mean_interval(values)
    assert (got.mean, got.low, got.high, got.n) == pytest.approx((expected.mean, expected.low, expected.high, 4))


@pytest.mark.parametrize("replications", [6, 20])
def test_interval_covers_the_ratio_as_often_as_it_says(replications):
    random = np.random.default_rng(4)
    trials, hits = 1500, 0
    for _ in range(trials):
        won = random.poisson(40.0, replications)
        cost = 900.0 + 5.0 * won + random.normal(0.0, 30.0, replications)
        interval = jackknife(np.column_stack((cost, won)), ratio_of("cost", "won").value).interval()
        hits += interval.low <= 1100.0 / 40.0 <= interval.high
    # Four standard errors for chance, and a point and a half for what a ratio is from being a mean.
    assert abs(hits / trials - 0.95) <= 4 * math.sqrt(0.95 * 0.05 / trials) + 0.015


def test_differences_are_paired():
    random = np.random.default_rng(8)
    won = random.poisson(30.0, 12).astype(float)
    base = jackknife(np.column_stack((np.full(12, 900.0), won)), ratio_of("cost", "won").value)
    other = jackknife(np.column_stack((np.full(12, 990.0), won)), ratio_of("cost", "won").value)
    paired = difference(base, other)
    assert paired.mean == pytest.approx(90.0 * 12 / won.sum())
    assert paired.high - paired.low == pytest.approx(0.1 * (base.interval().high - base.interval().low))


def test_nothing_to_divide_by_is_not_defined():
    found = jackknife([[10.0, 0.0], [10.0, 0.0]], ratio_of("cost", "won").value)
    assert math.isnan(found.value) and found.interval().n == 0
    # A replication without which there is nothing leaves the value, but no bounds.
    assert math.isnan(jackknife([[10.0, 0.0], [10.0, 2.0]], ratio_of("cost", "won").value).interval().low)
    assert math.isnan(jackknife([[10.0, 5.0]], ratio_of("cost", "won").value).interval().low)


def test_a_summary_takes_them_instead_of_means():
    parts = {"cost": [10.0, 10.0, 13.0], "won": [1.0, 4.0, 5.0], "each": [10.0, 2.5, 2.6]}
    rows = [(d, r, k, v * f, "1") for d, f in (("a", 1), ("b", 2)) for k, vs in parts.items() for r, v in enumerate(vs)]
    summary = summarize(rows, totals={"each": ratio_of("cost", "won"), "absent": ratio_of("x", "y")})
    assert summary["designs"]["a"]["each"]["mean"] == pytest.approx(3.3)
    assert summary["designs"]["a"]["won"]["mean"] == pytest.approx(10 / 3)
    assert summary["paired"]["b - a"]["each"]["mean"] == pytest.approx(0.0)
    assert summary["paired"]["b - a"]["each"]["t"] is None
