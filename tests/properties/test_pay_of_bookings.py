"""Whatever a company pays commission for, it pays on bookings, once for each role, and moves nothing by paying."""

import copy

from happenings import ran
from hypothesis import given
from small_companies import RESPONSIVE, companies, few

from sim.trace import Event


def on_commission(data):
    """Let every journey book at its end, and all people earn on that, with a quota by the week."""
    for journey in data["journey"].values():
        journey["steps"]["done"]["books"] = True
        for step in journey["steps"].values():
            step |= {"movable": True} if "wait" in step else {}
    for role in data["org"]["roles"].values():
        if not role.get("machine"):
            role["commission"] = dict.fromkeys(data["journey"], 0.1)
            role["quota"] = {"usd": 2_000.0, "weeks": 1}
    data["people"] = {**RESPONSIVE, "timing": {"near_weeks": 0.5, "reach": 0.5}}
    data["source"]["walk_in"]["marks"]["value"] = {"law": {"exponential": {"mean": 900}}}
    return data


@few
@given(companies())
def test_commission_is_a_share_of_what_is_booked_at_the_instant(data):
    trace, rows = ran(on_commission(data))
    booked = {(r.time, r.case, r.step): r.value for r in rows if r.event is Event.BOOK}
    seen = set()
    for r in rows:
        if r.event is Event.PAY:
            at = (r.time, r.case, r.step)
            journey = trace.plan.steps[r.step].journey
            assert r.value == trace.plan.roles[r.role].commission[journey] * booked[at]
            assert (*at, r.role) not in seen
            seen.add((*at, r.role))


@few
@given(companies())
def test_deals_are_moved_to_the_end_of_a_period_at_most(data):
    trace, rows = ran(on_commission(data))
    near_ms = trace.plan.people.near_ms
    for r in rows:
        if r.event in (Event.PULL, Event.PUSH):
            quota = trace.plan.roles[r.role].quota
            assert trace.plan.steps[r.step].movable
            assert 0 < quota.period_ms - r.time % quota.period_ms <= near_ms
        if r.event is Event.PUSH:
            assert (r.time + r.value) % trace.plan.roles[r.role].quota.period_ms == 0


@few
@given(companies())
def test_paying_nobody_changes_no_other_row(data):
    data = on_commission(data)
    for role in data["org"]["roles"].values():
        role.pop("quota", None)
        if role["dispatch"] == "best_paid_first":
            role["dispatch"] = "first_come"
    unpaid = copy.deepcopy(data)
    for role in unpaid["org"]["roles"].values():
        role.pop("commission", None)
    assert [r for r in ran(data)[1] if r.event is not Event.PAY] == ran(unpaid)[1]
