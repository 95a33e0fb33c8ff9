import math

import pytest

from sim.kpis.money import Money
from sim.trace import Event


def test_a_year_of_money(company):
    for t in (100, 200, 300):
        company.row(t, Event.BILL, "order.done", 1, value=10_000)
    company.row(200, Event.WON, "sale.won", 1, since=190, value=10_000)
    found = company.measures(family=Money)
    expense = 2 * 60_000 * 1.25 + 100_000 * 1.25 + 2 * 3_000 + 4_000 + 7_000
    assert found["money.pay_usd_per_year"] == 2 * 50_000 * 1.25
    assert found["money.variable_pay_usd_per_year"] == 2 * 10_000 * 1.25
    assert found["money.operating_expense_usd_per_year"] == expense
    assert found["money.revenue_usd_per_year"] == 20_000 * 52
    assert found["money.contribution_usd_per_year"] == 10_000 * 52
    assert found["money.contribution_less_opex_usd_per_year"] == 10_000 * 52 - expense
    assert found["money.cost_per_new_customer_usd"] == pytest.approx(expense / 52)
    assert found["money.new_customers_per_million_usd"] == pytest.approx(52e6 / expense)


def test_without_new_customers_they_have_no_cost(company):
    assert math.isnan(company.measures(family=Money)["money.cost_per_new_customer_usd"])


def test_a_vacant_post_costs_nothing_but_the_hiring(company):
    # The window is hour 168 to 336: one of two sellers is gone for half of it.
    company.row(210, Event.DEPART, person=1, since=0)
    company.row(294, Event.JOIN, person=1, value=9_000.0)
    company.row(336, Event.OPEN_PERSON, person=1, since=294)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=Money)
        assert found["money.pay_realized_usd_per_year"] == pytest.approx(1.5 * 50_000 * 1.25)
        assert found["money.variable_pay_realized_usd_per_year"] == pytest.approx(1.5 * 10_000 * 1.25)
        assert found["money.hiring_usd_per_year"] == 9_000 * 52
        saved = 0.5 * 60_000 * 1.25 + 0.5 * 3_000 - 9_000 * 52
        by_terms = found["money.operating_expense_usd_per_year"]
        assert found["money.operating_expense_realized_usd_per_year"] == pytest.approx(by_terms - saved)
        assert found["money.contribution_less_realized_opex_usd_per_year"] == pytest.approx(saved - by_terms)
