import math

import pytest

from sim.kpis.on_time import OnTime
from sim.trace import Event
from sim.worktime import HOUR_MS

DAY = 24 * HOUR_MS
INSPECTED = {
    "steps": {
        "ship": {"do": "ship"},
        "look": {"wait": 10.0},
        # The branch that means right is not the first, neither here nor under `to`.
        "right": {
            "choose": {"damaged": 0.1, "short": 0.1, "right": 0.8},
            "judges": {"milestone": "delivery", "right_if": "right"},
            "to": {"damaged": "ship", "short": "ship", "right": "done"},
        },
        "done": {"end": "done", "bills": True},
    }
}
UNJUDGED = {"steps": {"ship": {"do": "ship"}, "done": {"end": "done"}}}
SALE = {
    "steps": {
        "ask": {"do": "answer"},
        "deliver": {"start": "order", "books": True},
        "send": {"start": "sample"},
        "won": {"end": "won"},
    }
}
DAMAGED, SHORT, RIGHT = range(3)


@pytest.fixture
def inspected(make_company):
    """A company whose customers look at what they got; samples are sent and not looked at."""
    return make_company(journeys={"order": INSPECTED, "sample": UNJUDGED, "sale": SALE})


def shipped(company, case, since, at, step="order.ship"):
    """Write that a case got its delivery, which is due a day after `since`."""
    company.row(at, Event.MILESTONE, step, case, person=2, since=since, value=DAY)


def judged(company, case, at, branch):
    company.row(at, Event.CHOOSE, "order.right", case, value=branch)


def ended(company, case, at):
    company.row(at, Event.END, "order.done", case, since=0)


def deliveries(company, cuts=()):
    """Give on time, on time in full and right first time of deliveries."""
    found = company.measures(cuts, family=OnTime)
    names = ("on_time.delivery_share", "on_time_in_full", "right_first_time.delivery_share")
    return tuple(found[name] for name in names)


def test_on_time_is_over_what_was_due(company):
    shipped(company, 1, 150, 180)  # due 174, late
    shipped(company, 2, 176, 200)  # due 200, on time
    shipped(company, 3, 100, 170)  # due before the window
    shipped(company, 4, 319, 320)  # due after it
    company.row(210, Event.MILESTONE, "order.ship", 8, person=2, since=200, value=-1)  # nothing was expected
    company.row(190, Event.MISSED, "order.ship", 5, since=188, value=DAY)  # canceled
    company.row(336, Event.OPEN_MILESTONE, "order.ship", 6, since=300, value=DAY)  # due 324, open
    company.row(336, Event.OPEN_MILESTONE, "order.ship", 7, since=330, value=DAY)  # not yet due
    found = company.measures(family=OnTime)
    assert found["on_time.delivery_share"] == 1 / 4
    assert math.isnan(found["on_time.answer_share"])
    # Nobody says whether deliveries are right: on time is all there is.
    assert found["on_time_in_full"] == 1 / 4
    assert math.isnan(found["right_first_time.delivery_share"])
    assert "satisfaction.on_time_in_full" in company.measures()


def test_a_milestone_missed_once_is_missed_once(company):
    for step in ("sale.ask", "sale.again"):
        company.row(200, Event.MISSED, step, 1, since=190, value=2 * HOUR_MS)
    company.row(201, Event.MILESTONE, "sale.again", 2, person=0, since=200, value=2 * HOUR_MS)
    assert company.measures(family=OnTime)["on_time.answer_share"] == 0.5


def test_in_full_is_on_time_and_right_over_what_was_due(inspected):
    def order(case, since, at, branch, looked=10):
        shipped(inspected, case, since, at)
        judged(inspected, case, at + looked, branch)
        ended(inspected, case, at + looked)

    order(1, 170, 180, RIGHT)  # on time, right
    order(2, 170, 194, RIGHT, looked=0)  # at the last instant, judged at once
    order(3, 170, 181, DAMAGED)  # on time, wrong
    order(4, 170, 182, SHORT)  # on time, wrong
    order(5, 170, 195, RIGHT)  # late, right
    inspected.row(200, Event.MISSED, "order.ship", 6, since=170, value=DAY)  # canceled
    inspected.row(336, Event.OPEN_MILESTONE, "order.ship", 7, since=300, value=DAY)  # due 324, open
    shipped(inspected, 8, 300, 330)  # due 324, late and not yet judged
    shipped(inspected, 9, 311, 330)  # due 335, on time and not yet judged
    order(10, 311, 320, RIGHT)  # due 335, judged 330
    order(11, 100, 160, RIGHT)  # due before the window, judged in it
    order(12, 150, 155, DAMAGED)  # due in the window, judged before it
    order(13, 319, 320, RIGHT)  # judged in the window, due after it
    assert deliveries(inspected) == (7 / 11, 3 / 11, 6 / 8)


def test_the_first_judgment_counts(inspected):
    shipped(inspected, 1, 170, 171)
    judged(inspected, 1, 181, DAMAGED)
    judged(inspected, 1, 192, RIGHT)
    shipped(inspected, 2, 170, 172)
    judged(inspected, 2, 182, RIGHT)
    judged(inspected, 2, 183, DAMAGED)
    inspected.row(150, Event.BEGIN, "order.ship", 3, since=150)
    judged(inspected, 3, 160, DAMAGED)  # before the window, so that the next says nothing
    judged(inspected, 3, 170, RIGHT)
    assert deliveries(inspected) == (1, 1 / 2, 1 / 2)


def test_a_judgment_may_come_before_the_delivery(inspected):
    judged(inspected, 1, 169, RIGHT)
    shipped(inspected, 1, 170, 171)
    judged(inspected, 2, 169, DAMAGED)
    shipped(inspected, 2, 170, 171)
    assert deliveries(inspected) == (1, 1 / 2, 1 / 2)


def test_who_ends_unjudged_did_not_get_it_in_full(inspected):
    shipped(inspected, 1, 170, 171)
    inspected.row(175, Event.END, "order.void", 1, since=170)
    assert deliveries(inspected)[:2] == (1, 0)


def test_where_nobody_judges_on_time_is_enough(inspected):
    shipped(inspected, 1, 170, 171)
    judged(inspected, 1, 181, DAMAGED)
    shipped(inspected, 2, 170, 172, "sample.ship")
    shipped(inspected, 3, 170, 199, "sample.ship")
    assert deliveries(inspected) == (2 / 3, 1 / 3, 0)


def test_a_block_may_end_between_delivery_and_judgment(inspected):
    for case, branch in ((1, RIGHT), (2, SHORT), (3, RIGHT)):
        shipped(inspected, case, 170, 170 + case)
        judged(inspected, case, 180 + case, branch)
        judged(inspected, case, 190 + case, RIGHT)
        ended(inspected, case, 190 + case)
    whole = deliveries(inspected)
    assert whole == (1, 2 / 3, 2 / 3)
    rows = len(inspected.rows)
    for cut in range(1, rows):
        assert deliveries(inspected, [cut]) == whole
    assert deliveries(inspected, range(1, rows)) == whole


def test_nothing_is_remembered_of_cases_that_ended(inspected):
    for case in range(1, 6):
        shipped(inspected, case, 170, 170 + case)
        judged(inspected, case, 180, RIGHT)
    shipped(inspected, 6, 170, 171)
    for case in range(1, 7):
        ended(inspected, case, 181)
    # What ended is forgotten with the rows of a later instant.
    for hour in (190, 200):
        inspected.row(hour, Event.NEED)
    folds = []

    def watched(plan):
        folds.append(OnTime(plan))
        return folds[0]

    inspected.measures(range(1, len(inspected.rows)), family=watched)
    assert len(folds[0]._judgments._verdicts) == 0
    assert len(folds[0]._judgments._waiting) == 0
