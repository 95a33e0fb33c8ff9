import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kpis.case_time import CaseTime
from sim.kpis.spells import STATES
from sim.trace import Event
from sim.worktime import HOUR_MS


def split(found, journey="sale"):
    return {state: found[f"flow.{journey}.split.{state}_h"] for state in STATES}


def test_a_case_spends_its_time_in_five_states_that_add_up(company):
    # Monday of the second week is hour 168; sellers are there from 177 to 185.
    company.row(176, Event.BEGIN, "sale.ask", 1, since=176)
    company.task(176, 179, 180, "sale.ask", 1)
    company.row(204, Event.WAIT, "sale.think", 1, since=180)
    # An order the sale waits for, of another journey.
    company.row(204, Event.BEGIN, "order.ship", 2, since=204)
    company.task(204, 205, 207, "order.ship", 2, case=2, person=2)
    company.row(207, Event.END, "order.done", 2, since=204)
    company.task(207, 208, 226, "sale.again", 2)
    company.row(226, Event.END, "sale.won", 1, since=176)
    found = company.measures(family=CaseTime)
    # Queued 176 to 179, closed until 177; 207 to 208, open. In hands 208 to 226: 1 h, the night, 1 h.
    assert split(found) == {"touch": 3, "queue": 3, "off_shift": 1 + 16, "customer": 24, "blocked": 3}
    assert split(found, "order") == {"touch": 2, "queue": 1, "off_shift": 0, "customer": 0, "blocked": 0}
    assert found["flow.time_in_system.sale.mean_h"] == 50
    assert found["flow.work_in_process.sale"] == 50 / 168
    assert found["flow.begins_times_time_in_system.sale"] == pytest.approx(50 / 168)
    assert found["flow.little_gap_ms"] == 0


def test_only_what_lies_in_the_window_counts(company):
    company.row(160, Event.BEGIN, "order.ship", 1, since=160)
    company.task(160, 164, 170, "order.ship", 6, person=2)
    company.row(170, Event.END, "order.done", 1, since=160)
    company.row(300, Event.BEGIN, "order.ship", 2, since=300)
    company.task(300, 330, None, "order.ship", 20, case=2, person=2)
    company.row(336, Event.OPEN_TASK, "order.ship", 2, person=2, since=330, value=20 * HOUR_MS)
    company.row(336, Event.OPEN_CASE, "order.ship", 2, since=300)
    company.row(310, Event.BEGIN, "order.ship", 3, since=310)
    company.row(336, Event.OPEN_TASK, "order.ship", 3, role="robot", since=310)
    company.row(336, Event.OPEN_CASE, "order.ship", 3, since=310)
    found = company.measures(family=CaseTime)
    assert split(found, "order") == {
        "touch": 8 / 2,
        "queue": 56 / 2,
        "off_shift": 0,
        "customer": 0,
        "blocked": 0,
    }
    assert found["flow.work_in_process.order"] == (2 + 36 + 26) / 168
    assert found["flow.time_in_system.order.median_h"] == 10
    assert found["flow.little_gap_ms"] == 0


def test_travel_is_time_of_the_case_it_is_for(company):
    company.row(178, Event.BEGIN, "sale.ask", 1, since=178)
    company.task(178, 180, 181, "background.drive", 1)
    company.task(181, 181, 183, "sale.talk", 2)
    company.row(183, Event.END, "sale.won", 1, since=178)
    # Administration belongs to no case, nor does what a giver does for one.
    company.task(178, 183, 184, "background.admin", 1, case=-1)
    company.task(183, 184, 185, "background.give_over", 1, case=1)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=CaseTime)
        assert split(found) == {"touch": 3, "queue": 2, "off_shift": 0, "customer": 0, "blocked": 0}


def test_a_day_of_absence_is_no_work(company):
    company.row(184, Event.BEGIN, "sale.ask", 1, since=184)
    company.row(201, Event.ABSENT, person=0, since=192, value=8 * HOUR_MS)
    company.task(184, 184, 227, "sale.ask", 3)
    company.row(227, Event.END, "sale.won", 1, since=184)
    found = company.measures(family=CaseTime)
    assert split(found) == {"touch": 3, "queue": 0, "off_shift": 40, "customer": 0, "blocked": 0}


def test_a_lost_end_is_noticed(company):
    company.row(200, Event.BEGIN, "sale.ask", 1, since=200)
    assert company.measures(family=CaseTime)["flow.little_gap_ms"] == (336 - 200) * HOUR_MS


lives = st.lists(st.tuples(st.integers(0, 336), st.integers(0, 336)), max_size=30)


@given(lives)
def test_little_is_an_identity(make_company, found):
    company = make_company()
    spent = 0
    for case, (a, b) in enumerate(found):
        begin, end = min(a, b), max(a, b)
        company.row(begin, Event.BEGIN, "order.ship", case, since=begin)
        if end < 336:
            company.row(end, Event.END, "order.done", case, since=begin)
        else:
            company.row(336, Event.OPEN_CASE, "order.ship", case, since=begin)
        spent += max(0, end - max(begin, 168))
    measured = company.measures(family=CaseTime)
    assert measured["flow.little_gap_ms"] == 0
    assert measured["flow.work_in_process.order"] == pytest.approx(spent / 168)
    blocked = measured["flow.order.split.blocked_h"]
    assert math.isnan(blocked) or blocked >= 0
