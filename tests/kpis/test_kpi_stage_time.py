"""Lead times of stages, split by state."""

import math

import pytest

from sim.kpis.case_time import CaseTime
from sim.kpis.spells import STATES
from sim.trace import Event
from sim.worktime import HOUR_MS


def split(found, stage):
    return {state: found[f"flow.{stage}.split.{state}_h"] for state in STATES}


def test_five_states_from_the_clock_to_the_milestone(company):
    # Monday of the second week is hour 168; sellers are there from 177 to 185.
    company.row(176, Event.BEGIN, "sale.ask", 1, since=176)
    company.task(176, 179, 180, "sale.ask", 1)
    company.row(204, Event.WAIT, "sale.think", 1, since=180)
    company.row(204, Event.BEGIN, "order.ship", 2, since=204)
    company.task(204, 205, 207, "order.ship", 2, case=2, person=2)
    company.row(207, Event.MILESTONE, "order.ship", 2, since=204, value=-1)
    company.row(207, Event.END, "order.done", 2, since=204)
    # A task with a night in it, for which somebody travels first.
    company.task(207, 207.5, 208, "background.drive", 0.5)
    company.task(208, 208, 226, "sale.again", 2)
    company.row(226, Event.MILESTONE, "sale.again", 1, since=176, value=-1)
    company.row(250, Event.WAIT, "sale.think", 1, since=226)
    company.row(250, Event.END, "sale.won", 1, since=176)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=CaseTime)
        # Queued 176 to 179, closed until 177; 207 to 207.5. In hands .5 h; 208 to 226: 2 h and 16 h of closed hours.
        assert split(found, "sale.answer") == {
            "touch": 1 + 0.5 + 2,
            "queue": 2 + 0.5,
            "off_shift": 1 + 16,
            "customer": 24,
            "blocked": 3,
        }
        assert split(found, "order.delivery") == {"touch": 2, "queue": 1, "off_shift": 0, "customer": 0, "blocked": 0}


def test_the_clock_of_a_stage_may_start_on_the_way(company):
    company.row(178, Event.BEGIN, "sale.ask", 1, since=178)
    company.task(178, 178, 179, "sale.talk", 1)
    # Asked for at 179.
    company.row(182, Event.WAIT, "sale.think", 1, since=179)
    company.task(182, 183, 184, "sale.ask", 1)
    company.row(184, Event.MILESTONE, "sale.ask", 1, since=179, value=-1)
    found = company.measures(family=CaseTime)
    assert split(found, "sale.answer") == {"touch": 1, "queue": 1, "off_shift": 0, "customer": 3, "blocked": 0}


def test_only_the_cohort_of_the_window_that_reached_it(company):
    # One entered before the window, one has left without an answer, one left the queue and came back.
    company.row(160, Event.BEGIN, "sale.ask", 1, since=160)
    company.task(160, 178, 180, "sale.ask", 2)
    company.row(180, Event.MILESTONE, "sale.ask", 1, since=160, value=-1)
    company.row(178, Event.BEGIN, "sale.ask", 2, since=178)
    company.row(183, Event.LEAVE, "sale.ask", 2, role="seller", since=178)
    company.row(183, Event.MISSED, "sale.ask", 2, since=178, value=-1)
    company.row(183, Event.END, "sale.gone", 2, since=178)
    found = company.measures(family=CaseTime)
    assert all(math.isnan(hours) for hours in split(found, "sale.answer").values())
    company.row(201, Event.BEGIN, "sale.ask", 3, since=201)
    company.row(203, Event.LEAVE, "sale.ask", 3, role="seller", since=201)
    company.task(203, 204, 205, "sale.again", 1, case=3)
    company.row(205, Event.MILESTONE, "sale.again", 3, since=201, value=-1)
    found = company.measures(family=CaseTime)
    assert split(found, "sale.answer") == {"touch": 1, "queue": 3, "off_shift": 0, "customer": 0, "blocked": 0}


def test_two_cases_are_averaged(company):
    for case, begin in ((1, 177), (2, 178)):
        company.row(begin, Event.BEGIN, "sale.ask", case, since=begin)
        company.task(begin, 179, 180 + case, "sale.ask", 1 + case, case=case, person=case - 1)
        company.row(180 + case, Event.MILESTONE, "sale.ask", case, since=begin, value=2 * HOUR_MS)
    found = company.measures(family=CaseTime)
    assert split(found, "sale.answer")["touch"] == pytest.approx(2.5)
    assert split(found, "sale.answer")["queue"] == pytest.approx(1.5)
