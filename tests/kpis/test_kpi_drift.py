"""The number inside, week by week."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kpis.drift import Drifts, WeeklyNumber
from sim.trace import Event
from sim.worktime import HOUR_MS, WEEK_MS

intervals = st.lists(st.tuples(st.integers(0, 6 * WEEK_MS), st.integers(0, 6 * WEEK_MS)), max_size=20)


@given(intervals)
def test_weekly_numbers_are_plain_averages(found):
    lo, hi = WEEK_MS // 2, 5 * WEEK_MS
    number = WeeklyNumber((lo, hi), 2)
    since = np.array([min(pair) for pair in found], dtype=np.int64)
    time = np.array([max(pair) for pair in found], dtype=np.int64)
    group = np.arange(len(found)) % 2
    for part in (slice(0, 7), slice(7, None)):
        number.add(group[part], since[part], time[part])
    assert number.levels().shape == (2, 4)
    for g in range(2):
        for week in range(4):
            a, b = lo + week * WEEK_MS, lo + (week + 1) * WEEK_MS
            inside = np.maximum(np.minimum(time, b) - np.maximum(since, a), 0)[group == g].sum()
            assert number.levels()[g, week] == pytest.approx(inside / WEEK_MS)


def test_a_queue_that_grows_by_one_a_week_changes_by_the_number_of_weeks(make_company):
    company = make_company(weeks=12, warmup_weeks=0)
    for week in range(12):
        company.row(12 * 168, Event.OPEN_TASK, "sale.ask", week, role="seller", since=week * 168)
        company.row(12 * 168, Event.OPEN_CASE, "sale.ask", week, since=week * 168)
        company.row(12 * 168, Event.OPEN_MILESTONE, "sale.ask", week, since=week * 168, value=HOUR_MS)
    found = company.measures(family=Drifts)
    for name in ("journey.sale", "stage.sale.answer", "queue.seller"):
        assert found[f"flow.drift.{name}.level"] == pytest.approx(6.5)
        assert found[f"flow.drift.{name}.change"] == pytest.approx(12)
        assert found[f"flow.drift.{name}.change_error"] == pytest.approx(0, abs=1e-9)
    assert found["flow.drift.queue.robot.change"] == 0
