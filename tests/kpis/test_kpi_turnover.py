"""Coming and going of people, from rows written by hand."""

import pytest

from sim.kpis.money import Money
from sim.kpis.people import People
from sim.kpis.turnover import Turnover
from sim.trace import Event
from sim.worktime import HOUR_MS

QUIT, DISMISSED = 0, 1


def test_posts_are_there_while_somebody_sits_in_them(company):
    # The window is hour 168 to 336. One of two sellers quits a quarter into it, the next begins at its middle.
    company.row(210, Event.DEPART, person=1, since=0, value=QUIT)
    company.row(252, Event.JOIN, person=1, value=9_000.0)
    company.row(336, Event.OPEN_PERSON, person=1, since=252)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=Turnover)
        assert found["people.seller.heads_there"] == pytest.approx(1.75)
        assert found["people.seller.turnover_per_year"] == pytest.approx(1 / (1.75 / 52))
        assert (found["people.seller.left"], found["people.seller.joined"]) == (1, 1)
        # Away from Tuesday 18:00 to Thursday 12:00: 8 hours of Wednesday and 3 of Thursday are missing.
        assert company.measures(cuts, family=People)["people.seller.rostered_h_per_year"] == (80 - 11) * 52


def test_what_happened_before_the_window_is_not_counted(company):
    company.row(100, Event.DEPART, person=1, since=0, value=QUIT)
    company.row(100, Event.TIED, account=0, person=1, value=0.5)
    company.row(100, Event.FOLLOW, account=0, person=1, since=0, value=0.5)
    company.row(150, Event.JOIN, person=1, value=9_000.0)
    company.row(336, Event.OPEN_PERSON, person=1, since=150)
    assert company.measures(family=Money)["money.hiring_usd_per_year"] == 0
    found = company.measures(family=Turnover)
    assert found["people.seller.left"] == 0
    assert found["people.seller.accounts_lost_per_leaver"] != found["people.seller.accounts_lost_per_leaver"]


def test_accounts_that_go_along(company):
    for account, share in enumerate((0.5, 0.3, 0.25, 0.2)):
        company.row(210, Event.TIED, account=account, person=1, value=share)
    company.row(210, Event.FOLLOW, account=0, person=1, since=0, value=0.5)
    company.row(210, Event.FOLLOW, account=3, person=1, since=0, value=0.2)
    company.row(210, Event.DEPART, person=1, since=0, value=QUIT)
    company.row(300, Event.DEPART, person=0, since=0, value=DISMISSED)
    found = company.measures(family=Turnover)
    assert found["people.seller.accounts_lost_per_leaver"] == 2 / 2
    assert found["people.seller.share_of_own_accounts_lost"] == pytest.approx(1 / 3)  # at least a quarter of the ties
    assert found["people.seller.tie_share_of_own_accounts"] == pytest.approx((0.5 + 0.3 + 0.25) / 3)
    assert found["people.seller.left"] == 2
    assert found["people.seller.turnover_per_year"] < 2 / (2 / 52)  # the dismissed did not quit


def test_work_of_a_leaver_counts_as_far_as_it_is_done(company):
    # Two hours of a task of four, of which half an hour of set-up and a quarter of taking over.
    company.row(177, Event.SETUP, "sale.ask", 1, person=0, since=177, value=0.5 * HOUR_MS)
    company.row(177, Event.HANDOFF, "sale.ask", 1, person=0, since=177, value=0.25 * HOUR_MS)
    company.row(177, Event.START, "sale.ask", 1, person=0, since=177, value=4 * HOUR_MS)
    company.row(179, Event.STOP, "sale.ask", 1, person=0, since=177, value=2 * HOUR_MS)
    found = company.measures(family=People)
    assert found["people.seller.busy_h_per_year"] == 2 * 52
    assert found["people.seller.hours_per_year.answer"] == pytest.approx(1.25 * 52)


def test_set_up_that_was_not_done_is_taken_back(company):
    company.row(177, Event.SETUP, "sale.ask", 1, person=0, since=177, value=0.5 * HOUR_MS)
    company.row(177, Event.HANDOFF, "sale.ask", 1, person=0, since=177, value=0.25 * HOUR_MS)
    company.row(177, Event.START, "sale.ask", 1, person=0, since=177, value=4 * HOUR_MS)
    company.row(177.2, Event.STOP, "sale.ask", 1, person=0, since=177, value=0.2 * HOUR_MS)
    company.row(177.2, Event.SETUP, "sale.ask", 1, person=0, since=177, value=-0.3 * HOUR_MS)
    company.row(177.2, Event.HANDOFF, "sale.ask", 1, person=0, since=177, value=-0.25 * HOUR_MS)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=People)
        assert found["people.seller.busy_h_per_year"] == pytest.approx(0.2 * 52)
        assert found["people.seller.share.setup"] == pytest.approx(0.2 / 80)
        assert found["people.seller.share.handoff"] == found["people.seller.hours_per_year.answer"] == 0
