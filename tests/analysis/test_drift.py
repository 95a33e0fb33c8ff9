"""Trends and whether they are told from fluctuation."""

import math

import numpy as np
import pytest

from sim.analysis.drift import drift, drifts, number_behind, trend
from sim.analysis.intervals import mean_interval


def test_a_straight_line_is_found_without_error():
    found = trend(2.0 + 0.5 * np.arange(20))
    assert (found.level, found.change, found.error) == pytest.approx((2.0 + 0.5 * 9.5, 10.0, 0.0), abs=1e-9)
    assert math.isnan(trend(np.arange(7)).change)


@pytest.mark.parametrize(("persistence", "most"), [(0.0, 0.03), (0.5, 0.06)])
def test_fluctuation_alone_is_seldom_taken_for_a_trend(persistence, most):
    # Stated is 1 %; errors with weights up to a fixed lag are known to come out short, the more so where weeks
    # resemble one another.
    random = np.random.default_rng(2)
    trials, alarms = 1200, 0
    for _ in range(trials):
        noise = random.normal(size=120)
        for week in range(1, 120):
            noise[week] += persistence * noise[week - 1]
        found = trend(noise[20:])
        one = drift([found.level], [found.change], [found.error])
        alarms += one.low > 0.0 or one.high < 0.0
    assert alarms / trials <= most
    assert alarms / trials >= 0.005, "errors are too large"


def test_many_replications_are_judged_by_their_spread():
    changes = [3.0, 4.0, 5.0, 3.5, 4.5, 4.0]
    found = drift([10.0] * 6, changes, [99.0] * 6, 0.99)
    expected = mean_interval(changes, 0.99)
    assert (found.change, found.low, found.high) == (expected.mean, expected.low, expected.high)
    assert found.drifts


def test_few_replications_are_judged_by_their_errors_within():
    assert drift([10.0, 10.0], [4.0, 4.0], [1.0, 1.0]).drifts
    assert not drift([10.0, 10.0], [4.0, 4.0], [3.0, 3.0]).drifts


def test_what_is_small_or_unknown_is_no_drift():
    assert not drift([100.0] * 8, [5.0 + 0.01 * n for n in range(8)], [0.1] * 8).drifts
    assert drift([100.0] * 8, [15.0 + 0.01 * n for n in range(8)], [0.1] * 8).drifts
    unknown = drift([math.nan], [math.nan], [math.nan])
    assert not unknown.drifts and math.isnan(unknown.change)


def test_reads_tidy_rows():
    rows = []
    for r in range(3):
        for part, value in (("level", 10.0), ("change", 6.0 + r / 10), ("change_error", 0.5)):
            rows.append(("a", r, f"flow.drift.stage.sale.answer.{part}", value, "1"))
        rows.append(("a", r, "flow.sale.answer.mean_h", 3.0, "h"))
    found = drifts(rows)
    assert found["a"]["stage.sale.answer"]["drifts"] is True
    assert found["a"]["stage.sale.answer"]["change"] == pytest.approx(6.1)


@pytest.mark.parametrize(
    ("kpi", "number"),
    [
        ("flow.sale.answer.p90_h", "stage.sale.answer"),
        ("flow.sale.answer.split.touch_h", "stage.sale.answer"),
        ("flow.sale.split.queue_h", "journey.sale"),
        ("flow.sale.outcome.won.mean_h", "journey.sale"),
        ("flow.time_in_system.sale.mean_h", "journey.sale"),
        ("flow.sale.answer.entrants", None),
        ("flow.wait.answer.mean_h", None),
        ("throughput.orders_per_week", None),
    ],
)
def test_lead_times_rest_on_a_number_inside(kpi, number):
    assert number_behind(kpi) == number
