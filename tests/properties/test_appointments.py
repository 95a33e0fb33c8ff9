"""Slots reserved by whatever design: no two overlap, nobody begins before one, each ends in one way."""

from collections import Counter
from itertools import combinations

from happenings import Happening, ran
from hypothesis import given
from hypothesis import strategies as st
from small_companies import LENGTHS, companies, few

from sim.plan import Plan, PlanActivity
from sim.trace import NOT_KEPT, Event

ENDS = (Event.START, Event.MISSED_APPOINTMENT, Event.RELEASE)


def by_appointment(data: dict, length: dict, booked_by: str | None, compliance: float) -> dict:
    """Let all work of a company be done by appointment."""
    booker = {"booked_by": booked_by} if booked_by is not None else {}
    done = {step.get("do") for journey in data["journey"].values() for step in journey["steps"].values()} - {None}
    data["org"]["appointments"] = {activity: {**length, **booker} for activity in done}
    data["org"]["compliance"] = compliance
    return data


def activity_of(plan: Plan, row: Happening) -> PlanActivity:
    return plan.activities[plan.steps[row.step].activity]


def appointments_of(plan: Plan, rows: list[Happening]) -> list[tuple[Happening, Happening | None]]:
    """Give each RESERVE row with the row that ends it, None if it is still ahead at the end."""
    found: list[tuple[Happening, Happening | None]] = []
    ahead: dict[int, Happening] = {}
    begun: set[int] = set()  # cases whose work somebody began and left: the rest of it is done in turn
    for row in rows:
        if row.event is Event.STOP:
            begun.add(row.case)
        if row.event is Event.RESERVE:
            assert row.case not in ahead, "one appointment is made before another has ended"
            ahead[row.case] = row
        elif row.event in ENDS and row.step >= 0:
            made = ahead.get(row.case)
            if row.event is Event.START:
                begins = () if made is None else (made.step, *(i for i, _, _ in activity_of(plan, made).lead_ins))
                if row.step not in begins:
                    activity = activity_of(plan, row)
                    assert not activity.slot_ms or activity.lead_ins or row.case in begun
                    continue
            assert made is not None, f"{row} ends no appointment"
            assert row.person == made.person
            found.append((ahead.pop(row.case), row))
    return found + [(made, None) for made in ahead.values()]


@few
@given(companies(), st.sampled_from(LENGTHS), st.sampled_from([None, "self", "clerk"]), st.sampled_from([1.0, 0.7]))
def test_every_appointment_is_kept_missed_or_released_and_slots_do_not_overlap(data, length, booked_by, compliance):
    trace, rows = ran(by_appointment(data, length, booked_by, compliance))
    plan = trace.plan
    appointments = appointments_of(plan, rows)
    ended = Counter(end.event for _, end in appointments if end is not None)
    assert ended[Event.MISSED_APPOINTMENT] == sum(r.event is Event.MISSED_APPOINTMENT for r in rows)
    assert ended[Event.RELEASE] == sum(r.event is Event.RELEASE for r in rows)
    open_tasks = Counter(r.case for r in rows if r.event is Event.OPEN_TASK and r.person < 0)
    slots: dict[int, list[tuple[int, int, int, int]]] = {}
    for made, end in appointments:
        start = int(made.value)
        segment = plan.account_segment[made.account] if made.account >= 0 else 0
        assert made.since <= made.time <= start
        freed = plan.horizon_ms
        if end is None:
            assert open_tasks[made.case] == 1
        elif end.event is Event.START:
            assert end.time >= start
        elif end.event is Event.MISSED_APPOINTMENT:
            assert (end.time, end.since) == (start, made.time)
            assert compliance < 1.0 or end.value != NOT_KEPT
            freed = freed if end.value == NOT_KEPT else end.time
        else:
            assert (int(end.value), end.since) == (start, made.time)
            freed = end.time
        length_ms = activity_of(plan, made).slot_ms[segment]
        slots.setdefault(made.person, []).append((start, start + length_ms, made.time, freed))
    for own in slots.values():
        for (a, b, made, freed), (c, d, other_made, other_freed) in combinations(own, 2):
            apart = b <= c or d <= a or freed <= other_made or other_freed <= made
            assert apart, "two slots of one person overlap"


@few
@given(companies(), st.sampled_from(["self", "clerk"]))
def test_each_slot_that_somebody_must_book_is_booked_once(data, booked_by):
    trace, rows = ran(by_appointment(data, {"slot_h": 0.5}, booked_by, 0.8))
    plan = trace.plan
    bookings = {a.booking for a in plan.activities if a.booking >= 0}
    booked: Counter[int] = Counter()  # a slot is reserved at once, or when a post that was vacant is filled
    for row in rows:
        if row.event is Event.FINISH and row.step in bookings:
            booked[row.case] += 1
        elif row.event is Event.RESERVE:
            booked[row.case] -= 1
            assert booked[row.case] >= 0, f"{row} was booked by nobody"
