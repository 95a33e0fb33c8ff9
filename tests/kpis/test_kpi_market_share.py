"""Market share, from rows written by hand."""

import math
from dataclasses import replace

import pytest

from sim.trace import Event


@pytest.fixture
def among_rivals(company):
    company.plan = replace(company.plan, rivals=1)
    return company


def test_a_company_alone_has_no_market_share(company):
    company.row(0, Event.CUSTOMER, account=0)
    assert not [name for name in company.measures() if name.startswith("market_share")]


def test_shares_are_of_the_customers_of_all_companies(among_rivals):
    company = among_rivals
    for account in (0, 1, 3):
        company.row(0, Event.CUSTOMER, account=account)
    company.row(0, Event.RIVAL, value=1)
    company.row(336, Event.OPEN_ACCOUNT, account=0, since=0)
    company.row(336, Event.RIVAL, value=3)
    # The window is hour 168 to 336, one week: 52 times as many a year.
    company.row(100, Event.OUTDONE, value=2)
    company.row(200, Event.OUTDONE, value=2)
    company.row(201, Event.OUTDONE, value=2)
    company.row(168, Event.LEFT_FOR, account=1, since=0, value=2)
    company.row(168, Event.CHURN, account=1, since=0)
    company.row(336, Event.WON_FROM, account=2, value=2)
    found = {k.removeprefix("market_share."): v for k, v in company.measures().items() if k.startswith("market_share")}
    assert found == {
        "customers_at_start": 3,
        "customers_at_end": 1,
        "share_at_start": 0.75,
        "share_at_end": 0.25,
        "accounts_lost_to_rivals_per_year": pytest.approx(52),
        "accounts_won_from_rivals_per_year": 0,
        "needs_lost_to_rivals_per_year": pytest.approx(104),
    }


def test_a_share_of_nobody_is_not_defined(among_rivals):
    assert math.isnan(among_rivals.measures()["market_share.share_at_end"])
