"""Acquisition cost, cohorts of new customers, payback."""

import math

import numpy as np
import pytest

from sim.kpis.new_customers import NewCustomers
from sim.kpis.payback import payback_months
from sim.trace import Event


def test_what_is_spent_on_winning_and_what_the_won_bring(make_company):
    # A quarter is three months of 728 h.
    company = make_company(weeks=13, warmup_weeks=0)
    company.row(2, Event.BEGIN, "sale.ask", 1, since=2)
    company.task(2, 10, 11, "background.drive", 1)
    company.task(11, 11, 13, "sale.talk", 2)
    company.task(2, 14, 15, "background.admin", 1, case=-1)
    company.task(2, 15, 20, "order.ship", 5, case=2, person=2)
    company.row(16, Event.WON, "sale.won", 1, account=3, since=2, value=900)
    company.row(16, Event.BILL, "order.done", 2, account=3, value=1000)
    company.row(16 + 800, Event.BILL, "order.done", 2, account=3, value=500)
    company.row(1000, Event.WON, "sale.won", 4, account=3, since=2, value=900)
    # Followed for no whole month: neither customer nor money counts.
    company.row(1500, Event.WON, "sale.won", 3, account=4, since=2, value=900)
    company.row(1501, Event.BILL, "order.done", 3, account=4, value=9000)
    # Not new.
    company.row(1600, Event.BILL, "order.done", 5, account=0, value=700)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=NewCustomers)
        # Two sellers at (50,000 + 10,000) 1.25 + 3,000, three hours of four; and marketing.
        assert found["money.acquisition_usd_per_year"] == pytest.approx(2 * 78_000 * 3 / 4 + 7_000)
        assert found["money.acquisition_cost_per_new_customer_usd"] == pytest.approx(124_000 / (3 * 4))
        assert [found[f"money.cohort.customers.m0{m}"] for m in (1, 2, 3)] == [1, 1, 0]
        assert [found[f"money.cohort.contribution_usd.m0{m}"] for m in (1, 2, 3)] == [500, 250, 0]
        assert math.isnan(found["money.payback_months"])


@pytest.mark.parametrize(
    ("cost", "months"),
    [(0.0, 0.0), (250.0, 0.5), (500.0, 1.0), (600.0, 1.4), (750.0, 2.0), (751.0, math.nan), (math.nan, math.nan)],
)
def test_payback_is_where_the_cost_is_covered(cost, months):
    customers, contribution = np.array([2.0, 1.0, 0.0]), np.array([1000.0, 250.0, 0.0])
    assert payback_months(cost, customers, contribution) == pytest.approx(months, nan_ok=True)
