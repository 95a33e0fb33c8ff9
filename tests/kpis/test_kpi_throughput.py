import math

import numpy as np
import pytest

from sim.kpis.throughput import Throughput, dispersion
from sim.trace import Event


def test_the_window_holds_its_start_and_not_its_end(company):
    for t in (167.999, 168, 335.999, 336):
        company.row(t, Event.WON, "sale.won", 1, since=t, value=100)
        company.row(t, Event.BOOK, "sale.deliver", 1, value=10)
        company.row(t, Event.BILL, "order.done", 1, value=7)
    found = company.measures(family=Throughput)
    assert found["throughput.new_customers_per_week"] == 2
    assert found["throughput.first_order_usd_per_week"] == 200
    assert found["throughput.orders_per_week"] == 2
    assert found["throughput.bookings_usd_per_week"] == 20
    assert found["throughput.revenue_usd_per_week"] == 14
    assert found["throughput.contribution_usd_per_week"] == 7


def test_needs_that_did_not_reach_us_count_as_needs_only(company):
    for value in (0, 0, 1, 1, 1, 2):
        company.row(200, Event.NEED, "sale.ask", account=2, value=value)
    company.row(210, Event.WON, "sale.won", 1, since=200)
    found = company.measures(family=Throughput)
    assert found["throughput.needs_per_week"] == 6
    assert found["throughput.inquiries_per_week"] == 3
    assert found["throughput.wins_per_1000_needs"] == pytest.approx(1000 / 6)


def test_outcomes_are_of_those_who_entered_in_the_window_whenever_they_ended(company):
    entries = [(100, 200, "sale.won"), (170, 180, "sale.won"), (180, 300, "sale.gone"), (190, 336, None)]
    for case, (begin, end, step) in enumerate([*entries, (335, None, None)]):
        company.row(begin, Event.BEGIN, "sale.ask", case, since=begin)
        if step:
            company.row(end, Event.END, step, case, since=begin)
    found = company.measures(family=Throughput)
    assert found["throughput.sale.end.won_share"] == 0.25
    assert found["throughput.sale.end.gone_share"] == 0.25
    assert found["throughput.sale.end.open_share"] == 0.5
    assert found["throughput.sale.begins_per_week"] == 4
    assert found["throughput.sale.ends_per_week"] == 3
    assert math.isnan(found["throughput.order.end.done_share"])


def test_variance_over_mean_takes_whole_weeks_only(make_company):
    company = make_company(weeks=3.5, warmup_weeks=0.5)
    for week, orders in enumerate((9, 1, 3, 2)):
        for i in range(orders):
            company.row(168 * week + 100 + i, Event.BOOK, "sale.deliver", 1, value=2)
    found = company.measures(family=Throughput)
    assert found["throughput.orders.variance_over_mean"] == pytest.approx(1.0 / 2.0)
    assert found["throughput.bookings.variance_over_mean"] == pytest.approx(4.0 / 4.0)
    assert found["throughput.orders_per_week"] == 15 / 3.5


def test_bookings_vary_as_a_multiple_of_what_orders_of_their_sizes_do_by_chance(make_company):
    company = make_company(weeks=3, warmup_weeks=0)
    for week, sizes in enumerate(((4, 1), (2,), (2, 3))):
        for i, usd in enumerate(sizes):
            company.row(168 * week + 100 + i, Event.BOOK, "sale.deliver", 1, value=usd)
    found = company.measures((2,), family=Throughput)
    # Weeks of 5, 2, 5: variance 3, mean 4. By chance: squares 16 + 1 + 4 + 4 + 9 over 12.
    assert found["throughput.bookings.variance_over_chance"] == pytest.approx(3 / 4 * 12 / 34)


def test_the_pipeline_is_what_is_at_stake_in_open_cases(company):
    company.row(100, Event.BEGIN, "sale.ask", 1, since=100, value=1000)
    company.row(178, Event.END, "sale.gone", 1, since=100, value=1000)
    company.row(300, Event.BEGIN, "sale.ask", 2, since=300, value=500)
    company.row(336, Event.OPEN_CASE, "sale.ask", 2, since=300)
    company.row(150, Event.BEGIN, "sale.ask", 3, since=150, value=9000)
    company.row(160, Event.END, "sale.gone", 3, since=150, value=9000)
    found = company.measures((2,), family=Throughput)
    assert found["throughput.sale.pipeline_usd"] == pytest.approx((1000 * 10 + 500 * 36) / 168)
    assert "throughput.order.pipeline_usd" not in found


def test_dispersion_needs_two_weeks_and_something_in_them():
    assert math.isnan(dispersion(np.array([3.0])))
    assert math.isnan(dispersion(np.zeros(5)))
    assert dispersion(np.array([2, 2, 2])) == 0
