"""Nothing is lost and nothing comes from nowhere."""

from collections import Counter

import pytest
from happenings import Happening, ran
from hypothesis import given
from small_companies import companies, few, many
from walks import Walk, by_case

from sim.plan import Plan
from sim.trace import Event

AFTER_THE_END = {Event.TOUCH, Event.STATE, Event.LAPSE}
"""What did not happen is felt when it was due, be the case over or not."""


def cases_begin_and_end_once(rows: list[Happening]) -> None:
    count = Counter((row.case, row.event) for row in rows if row.case >= 0)
    for case in {row.case for row in rows if row.case >= 0}:
        assert count[case, Event.BEGIN] == 1
        assert count[case, Event.END] + count[case, Event.OPEN_CASE] == 1


def rows_of_a_case_lie_inside(plan: Plan, rows: list[Happening]) -> None:
    for own in by_case(rows).values():
        assert own[0].event is Event.BEGIN
        end = next((r.time for r in own if r.event is Event.END), plan.horizon_ms)
        for row in own:
            assert row.time <= end or row.event in AFTER_THE_END or row.step == plan.give_step


def people_finish_what_they_start(plan: Plan, rows: list[Happening]) -> None:
    for person in range(len(plan.persons)):
        in_hand = None
        for row in (r for r in rows if r.person == person):
            if row.event is Event.START:
                assert in_hand is None, f"{row} while at {in_hand}"
                in_hand = row
            elif row.event in (Event.FINISH, Event.OPEN_TASK):
                assert in_hand is not None
                assert (row.case, row.step, row.since, row.value) == (
                    in_hand.case,
                    in_hand.step,
                    in_hand.time,
                    in_hand.value,
                )
                in_hand = None
            elif row.event is Event.STOP:
                assert in_hand is not None
                assert (row.case, row.step, row.since) == (in_hand.case, in_hand.step, in_hand.time)
                assert 0 <= row.value <= in_hand.value
                in_hand = None
        assert in_hand is None, f"neither finished nor open: {in_hand}"


def everybody_is_counted_at_the_end(plan: Plan, rows: list[Happening]) -> None:
    states = {r.person: r.value for r in rows if r.event is Event.OPEN_PERSON}
    busy = {r.person for r in rows if r.event is Event.OPEN_TASK and r.person >= 0}
    there = {seat for seat, person in enumerate(plan.phases[0][1].persons) if person.role >= 0}
    for row in rows:
        if row.event is Event.DEPART:
            there.remove(row.person)
        elif row.event is Event.JOIN:
            assert row.person not in there
            there.add(row.person)
    assert set(states) == there
    assert {p for p, value in states.items() if value == 1} == busy


BY_SOMEBODY = {
    Event.START,
    Event.FINISH,
    Event.STOP,
    Event.OPEN_TASK,
    Event.SETUP,
    Event.HANDOFF,
    Event.CANNOT,
    Event.MILESTONE,
    Event.RESERVE,
    Event.MISSED_APPOINTMENT,
    Event.PAY,
    Event.PULL,
    Event.PUSH,
}
"""Rows that say who of which role did something, was booked or was paid."""


def people_act_in_the_role_in_which_they_sit(plan: Plan, rows: list[Happening]) -> None:
    sits = {seat: person.role for seat, person in enumerate(plan.phases[0][1].persons) if person.role >= 0}
    for row in (r for r in rows if r.person >= 0):
        if row.event is Event.DEPART:
            assert sits.pop(row.person) == row.role
        elif row.event is Event.JOIN:
            sits[row.person] = row.role
        elif row.event in BY_SOMEBODY:
            assert sits.get(row.person) == row.role, row


def customers_are_conserved(rows: list[Happening]) -> None:
    balance: Counter[int] = Counter()
    for row in rows:
        balance[row.account] += {Event.CUSTOMER: 1, Event.WON: 1, Event.CHURN: -1, Event.OPEN_ACCOUNT: -1}.get(
            row.event, 0
        )
        assert 0 <= balance[row.account] <= 1
    assert not any(balance.values())


def practices_are_conserved(rows: list[Happening]) -> None:
    """Only customers adopt, nobody twice, and who has left follows none."""
    adopted: dict[int, set[int]] = {}
    customers = set()
    for row in rows:
        mine = adopted.setdefault(row.account, set())
        if row.event in (Event.CUSTOMER, Event.WON):
            assert not mine
            customers.add(row.account)
        elif row.event is Event.CHURN:
            customers.remove(row.account)
        elif row.event is Event.ADOPT and row.value >= 0:
            assert row.account in customers
            assert row.value not in mine
            mine.add(int(row.value))
        elif row.event is Event.ADOPT:
            mine.remove(-1 - int(row.value))


def what_a_machine_can_not_do_goes_to_people(plan: Plan, rows: list[Happening]) -> None:
    """Once it could not, no machine of that role takes up the case again, as long as a design expects it to fail."""
    fell: dict[int, set[int]] = {}
    last: dict[int, Happening] = {}
    for row in (r for r in rows if r.case >= 0):
        if row.event is Event.CANNOT:
            assert plan.roles[row.role].machine
            fell.setdefault(row.case, set()).add(row.role)
        elif row.event is Event.START and row.role in fell.get(row.case, ()):
            design = next(design for at, design in reversed(plan.phases) if at <= row.time)
            before = last[row.case]
            next_part = (before.event, before.person, before.time) == (Event.FINISH, row.person, row.time)
            assert next_part or design.roles[row.role].fallback < 0, f"{row} though it could not"
        last[row.case] = row


def needs_become_cases(plan: Plan, rows: list[Happening]) -> None:
    reached = Counter((r.time, r.account, r.step) for r in rows if r.event is Event.NEED and r.value == 1)
    begun = Counter((r.time, r.account, r.step) for r in rows if r.event is Event.BEGIN)
    assert not reached - begun


def money_is_booked_where_the_journey_says(plan: Plan, rows: list[Happening]) -> None:
    ended = Counter(r.step for r in rows if r.event is Event.END)
    for event, key in ((Event.BILL, "bills"), (Event.BOOK, "books")):
        booked = Counter(r.step for r in rows if r.event is event)
        assert all(getattr(plan.steps[step], key) for step in booked)
        for step, n in ended.items():
            assert booked[step] == (n if getattr(plan.steps[step], key) else 0)


def rooms_hold_no_more_than_they_can(plan: Plan, rows: list[Happening]) -> None:
    """Places at an activity are waiting plus in service; whoever is turned away finds all of them taken."""
    rooms: dict[int, set[int]] = {}
    for step in plan.steps:
        rooms.setdefault(step.activity, set()).add(step.room)
    for activity in (a for a, sizes in rooms.items() if a >= 0 and len(sizes) == 1 and min(sizes) > 0):
        (room,) = rooms[activity]
        mine = [r for r in rows if r.step >= 0 and plan.steps[r.step].activity == activity]
        stays = [(r.since, r.time) for r in mine if r.event is Event.LEAVE]
        stays += [(r.since, plan.horizon_ms) for r in mine if r.event is Event.OPEN_TASK and r.person < 0]
        entered_at: dict[int, int] = {}
        for row in mine:
            if row.event is Event.START:
                entered_at[row.case] = row.since
            elif row.event in (Event.FINISH, Event.STOP) or (row.event is Event.OPEN_TASK and row.person >= 0):
                stays.append((entered_at.pop(row.case), row.time))
        for instant in {entered for entered, _ in stays}:
            assert sum(entered <= instant < left for entered, left in stays) <= room
        for balk in (r for r in mine if r.event is Event.BALK):
            assert sum(entered <= balk.time <= left for entered, left in stays) >= room


def designs_of(data: dict) -> list[dict]:
    """Give the design that a company begins with and those that take over from it."""
    return [data["org"], *(change["org"] for change in data.get("changes", []))]


def has_work_around_the_activity(org: dict) -> bool:
    """Whether a case at an activity may be in the hands of somebody under the name of another step."""
    booked = any("booked_by" in appointment for appointment in org.get("appointments", {}).values())
    return booked or "handoff" in org or "before" in org


def cases_stop_when_their_account_leaves(plan: Plan, rows: list[Happening], left: dict[int, int]) -> None:
    """After a churn, what does not survive it finishes the work in hand and nothing else."""
    for own in by_case(rows).values():
        gone = left.get(own[0].account, plan.horizon_ms)
        if plan.journeys[plan.steps[own[0].step].journey].survives_churn or own[0].time >= gone:
            continue
        finished = {(r.person, r.time) for r in own if r.event is Event.FINISH}
        for row in (r for r in own if r.time > gone and r.step != plan.give_step):
            assert row.event not in (Event.CHOOSE, Event.WAIT, Event.LEAVE, Event.BALK)
            assert row.event is not Event.START or (row.person, row.time) in finished


def conserves(data: dict) -> None:
    trace, rows = ran(data)
    company_conserves(trace.plan, rows, designs_of(data))


def company_conserves(plan: Plan, rows: list[Happening], orgs: list[dict]) -> None:
    cases_begin_and_end_once(rows)
    rows_of_a_case_lie_inside(plan, rows)
    people_finish_what_they_start(plan, rows)
    everybody_is_counted_at_the_end(plan, rows)
    people_act_in_the_role_in_which_they_sit(plan, rows)
    customers_are_conserved(rows)
    practices_are_conserved(rows)
    what_a_machine_can_not_do_goes_to_people(plan, rows)
    needs_become_cases(plan, rows)
    money_is_booked_where_the_journey_says(plan, rows)
    left: dict[int, int] = {}
    for row in rows:
        if row.event is Event.CHURN:
            left.setdefault(row.account, row.time)
    cases_stop_when_their_account_leaves(plan, rows, left)
    if not any(has_work_around_the_activity(org) for org in orgs):
        rooms_hold_no_more_than_they_can(plan, rows)
    for own in by_case(rows).values():
        account = own[0].account
        Walk(plan, own, left.get(account) if account >= 0 else None).follow()


@few
@given(companies(changing=True))
def test_every_case_and_task_is_accounted_for(data):
    conserves(data)


@pytest.mark.slow
@many
@given(companies(changing=True))
def test_every_case_and_task_is_accounted_for_in_many_companies(data):
    conserves(data)


def test_a_missing_row_is_noticed():
    """The walk itself can fail: take out any one row that moves a case, and it is no walk any more."""
    data = {
        "journey": {
            "visit": {
                "steps": {
                    "first": {"do": "work"},
                    "think": {"wait": 1},
                    "way": {"choose": {"again": 0.5, "out": 0.5}, "to": {"again": "first", "out": "out"}},
                    "out": {"end": "out"},
                }
            }
        },
        "activity": {"work": {"kind": "service", "effort_h": {"exponential": {"mean": 1}}}},
        "org": {"roles": {"clerk": {"headcount": 1}}, "who": {"work": "clerk"}},
        "source": {"people": {"journey": "visit", "interarrival_h": 5, "count": 1}},
        "run": {"weeks": 2},
    }
    trace, rows = ran(data)
    own = next(iter(by_case(rows).values()))
    Walk(trace.plan, own, None).follow()
    for i in range(1, len(own)):
        with pytest.raises(AssertionError):
            Walk(trace.plan, own[:i] + own[i + 1 :], None).follow()
