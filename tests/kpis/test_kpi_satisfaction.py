import math

import pytest

from sim.kpis.satisfaction import Satisfaction
from sim.trace import Event

YEAR_H = 52 * 168


def customers(company):
    """Accounts 0, 1 (big) and 3 (small) are customers at t=0."""
    for account in (0, 1, 3):
        company.row(0, Event.CUSTOMER, account=account, value=0.7)


def close(company, scores, since=0):
    for account, score in scores.items():
        company.row(336, Event.OPEN_ACCOUNT, account=account, since=since, value=score)


def test_leavers_keep_their_last_value_and_newcomers_do_not_count(company):
    customers(company)
    company.row(200, Event.STATE, "sale.ask", 1, account=0, value=0.5)
    company.row(252, Event.CHURN, account=1, since=0, value=0.2)
    # Account 1 comes back, pleased, and leaves again; account 2 is new.
    company.row(260, Event.STATE, "sale.ask", 2, account=1, value=0.99)
    company.row(270, Event.CHURN, account=1, since=265, value=0.98)
    close(company, {0: 0.6, 3: 0.85})
    close(company, {2: 1.0}, since=300)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=Satisfaction)
        assert found["satisfaction.index"] == pytest.approx((0.6 + 0.2 + 0.85) / 3)
        assert found["satisfaction.promoter_index"] == pytest.approx(1 / 3 - 1 / 3)


def test_churn_is_per_year_at_risk_inside_the_window(company):
    customers(company)
    company.row(100, Event.CHURN, account=0, since=0, value=0.2)
    company.row(252, Event.CHURN, account=1, since=0, value=0.2)
    close(company, {3: 0.7})
    found = company.measures(family=Satisfaction)
    at_risk_years = {"big": 84 / YEAR_H, "small": 168 / YEAR_H}
    churn = 1 / sum(at_risk_years.values())
    assert found["satisfaction.churn_per_account_year"] == pytest.approx(churn)
    assert found["satisfaction.retention_per_year"] == pytest.approx(math.exp(-churn))
    assert found["satisfaction.churn_per_account_year.big"] == pytest.approx(1 / at_risk_years["big"])
    assert found["satisfaction.churn_per_account_year.small"] == 0
    assert found["satisfaction.retention_per_year.small"] == 1
    assert found["satisfaction.customers"] == pytest.approx(1.5)


def test_touchpoints_of_the_window(company):
    for t, step, score in (
        (100, "sale.ask", 0.0),
        (200, "sale.ask", 0.2),
        (210, "sale.again", 0.4),
        (220, "order.ship", 0.9),
    ):
        company.row(t, Event.TOUCH, step, 1, account=0, value=score)
    found = company.measures(family=Satisfaction)
    assert found["satisfaction.touch.mean"] == pytest.approx(0.5)
    assert found["satisfaction.touch.answer.mean"] == pytest.approx(0.3)
    assert found["satisfaction.touch.delivery.mean"] == pytest.approx(0.9)


def test_effort_and_what_was_resolved(company):
    for case, end in ((1, "sale.won"), (2, "sale.gone"), (3, "sale.void"), (4, None)):
        company.row(200, Event.BEGIN, "sale.ask", case, since=200)
        if end:
            company.row(230, Event.END, end, case, since=200)
    # A child is not a need of its own.
    company.row(200, Event.BEGIN, "order.ship", 5, since=200)
    company.row(210, Event.END, "order.done", 5, since=200)
    company.task(200, 201, 202, "sale.ask", 1)
    company.task(202, 203, 204, "sale.again", 1, handoff=0.5)
    company.task(204, 204, 205, "sale.talk", 1)
    found = company.measures(family=Satisfaction)
    assert found["satisfaction.contacts_per_need"] == 2 / 4
    assert found["satisfaction.handoffs_per_need"] == 1 / 4
    assert found["satisfaction.resolved_share"] == 1 / 4
