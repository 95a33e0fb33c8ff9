import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kpis.people import People
from sim.kpis.spread import excess_variation
from sim.trace import Event
from sim.worktime import HOUR_MS

WEEKS = 52


def test_a_day_of_work_by_kind(company):
    # Monday 9 is hour 177; two sellers have 80 h in the window, one is away on Tuesday.
    company.row(201, Event.ABSENT, person=1, since=192, value=8 * HOUR_MS)
    company.task(177, 177, 179, "sale.ask", 2)
    company.task(177, 179, 181, "background.drive", 2, setup=0.5, handoff=0.25)
    company.task(181, 181, 184, "sale.talk", 3)
    company.task(177, 177, 178, "background.admin", 1, case=-1, person=1)
    company.task(177, 178, 179, "background.give_over", 1, person=1)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=People)
        assert found["people.seller.rostered_h_per_year"] == 72 * WEEKS
        assert found["people.seller.busy_h_per_year"] == 9 * WEEKS
        assert found["people.seller.utilization"] == 9 / 72
        assert found["people.seller.share.service"] == 2 / 72
        assert found["people.seller.share.travel"] == 1.25 / 72
        assert found["people.seller.share.persuasion"] == 3 / 72
        assert found["people.seller.share.administration"] == 1 / 72
        assert found["people.seller.share.setup"] == 0.5 / 72
        assert found["people.seller.share.handoff"] == 1.25 / 72
        assert found["people.seller.share.idle"] == 63 / 72
        assert found["people.seller.selling.narrow_of_rostered"] == 3 / 72
        assert found["people.seller.selling.broad_of_rostered"] == 5 / 72
        assert found["people.seller.selling.narrow_of_worked"] == 3 / 9
        assert found["people.seller.selling.broad_of_worked"] == 5 / 9
        assert found["people.seller.hours_per_year.persuade"] == 3 * WEEKS
        assert found["people.seller.setups_per_year"] == WEEKS
        assert found["people.seller.handoffs_per_year"] == WEEKS
        # 7 and 2 hours: standard deviation 5 / sqrt 2, mean 4.5.
        assert found["people.seller.spread.busy"] == pytest.approx(5 / math.sqrt(2) / 4.5)
        assert math.isnan(found["people.robot.spread.busy"])
        assert found["people.robot.utilization"] == 0


def test_machines_are_not_people(company):
    company.task(200, 200, 210, "order.ship", 10, person=2)
    found = company.measures(family=People)
    assert found["people.robot.rostered_h_per_year"] == 168 * WEEKS
    assert found["people.robot.busy_h_per_year"] == 10 * WEEKS
    assert found["people.all.rostered_h_per_year"] == 80 * WEEKS
    assert found["people.all.busy_h_per_year"] == 0


def test_a_task_across_the_start_of_the_window(company):
    # Friday of the first week, 15 to 17, then Monday from 9: five hours, three of them in the window.
    company.task(111, 111, 180, "sale.ask", 5, setup=1, handoff=2)
    # A later task of the same person must not be taken for the one that was cut.
    company.task(181, 181, 182, "sale.talk", 1, setup=0.25, handoff=0.25)
    found = company.measures(family=People)
    # Set-up was over at 16 on Friday; one of the two hours of taking over was left for Monday.
    assert found["people.seller.busy_h_per_year"] == 4 * WEEKS
    assert found["people.seller.share.setup"] == 0.25 / 80
    assert found["people.seller.share.handoff"] == 1.25 / 80
    assert found["people.seller.share.service"] == 2 / 80
    assert found["people.seller.share.persuasion"] == 0.5 / 80
    assert found["people.seller.setups_per_year"] == WEEKS


@pytest.mark.parametrize(("setup", "handoff", "expected"), [(1, 1, (1, 1, 0)), (1, 0, (1, 0, 1)), (3, 4, (2, 0, 0))])
def test_a_task_across_the_end_of_the_window(company, setup, handoff, expected):
    # Friday of the second week is day 11; from 15 to 17 two hours are left.
    start = 11 * 24 + 15
    company.task(start, start, None, "sale.ask", 8, setup=setup, handoff=handoff)
    company.row(336, Event.OPEN_TASK, "sale.ask", 1, person=0, since=start, value=8 * HOUR_MS)
    found = company.measures(family=People)
    shares = tuple(found[f"people.seller.share.{kind}"] * 80 for kind in ("setup", "handoff", "service"))
    assert shares == pytest.approx(expected)
    assert found["people.seller.busy_h_per_year"] == 2 * WEEKS


def test_a_machine_busy_before_through_and_after_the_window(company):
    company.task(100, 100, None, "order.ship", 500, person=2)
    company.row(336, Event.OPEN_TASK, "order.ship", 1, person=2, since=100, value=500 * HOUR_MS)
    assert company.measures(family=People)["people.robot.utilization"] == 1


def test_bookings_belong_to_whoever_closed(company):
    for person, orders in ((0, 6), (1, 2)):
        for i in range(orders):
            company.row(180 + i, Event.BOOK, "sale.deliver", 1, person=person, value=100)
    found = company.measures(family=People)
    spread = math.sqrt(8) / 4
    assert found["people.seller.spread.bookings"] == pytest.approx(spread)
    assert found["people.seller.spread.orders_excess"] == pytest.approx(math.sqrt(8 - 4) / 4)
    # Orders of one size: as many of 100 USD each spread as their number does.
    assert found["people.seller.spread.bookings_excess"] == pytest.approx(math.sqrt(8 - 4) / 4)


def test_spread_of_bookings_in_excess_of_what_chance_gives_equal_people():
    # All ways in which orders of these sizes fall to three people: the variance between them is, on average, what
    # the excess takes off.
    sizes = np.array([5.0, 3.0, 3.0, 1.0])
    found = []
    for who in product(range(3), repeat=len(sizes)):
        found.append(np.var(np.bincount(who, weights=sizes, minlength=3), ddof=1))
    assert np.mean(found) == pytest.approx((sizes**2).sum() / 3)
    assert excess_variation(np.array([12.0, 0.0, 0.0]), 44.0) == pytest.approx(math.sqrt(48 - 44 / 3) / 4)
    assert excess_variation(np.array([4.0, 4.0, 4.0]), 44.0) == 0
    assert math.isnan(excess_variation(np.array([4.0]), 16.0))


tasks = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 900), st.integers(0, 300), st.integers(0, 300)),
    max_size=40,
)


@given(tasks, st.integers(0, 7))
def test_nobody_works_more_than_rostered_and_the_kinds_add_up(make_company, found, cut):
    company = make_company()
    calendar = company.plan.roles[0].calendar
    minute = HOUR_MS // 60
    horizon = 336 * HOUR_MS
    at = 0
    for gap, work, setup, handoff in found:
        start = calendar.next_open(at + gap * minute)
        worked = (work + setup + handoff) * minute
        finish = calendar.finish(start, worked)
        if start >= horizon:
            break
        done = finish < horizon
        hours = [x / HOUR_MS for x in (start, finish, worked)]
        company.task(
            hours[0],
            hours[0],
            hours[1] if done else None,
            "sale.ask",
            hours[2],
            setup=setup / 60,
            handoff=handoff / 60,
        )
        if not done:
            company.row(336, Event.OPEN_TASK, "sale.ask", 1, person=0, since=hours[0], value=worked)
            break
        at = finish
    measured = company.measures([cut * len(company.rows) // 8], family=People)
    assert 0 <= measured["people.seller.utilization"] <= 0.5
    shares = {k: v for k, v in measured.items() if k.startswith("people.seller.share.")}
    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 <= v <= 1 for v in shares.values())
