"""Nobody works when away, at two things at once or before there is cause; Little's law holds to the millisecond."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from happenings import Happening, ran
from hypothesis import given
from small_companies import companies, few, many
from walks import by_case

from sim.engine.staff import MOVED
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import DAY_MS


def nothing_precedes_its_cause(rows: list[Happening]) -> None:
    last = 0
    for row in rows:
        assert last <= row.time
        assert -1 <= row.since <= row.time
        last = row.time


def by_incarnation(rows: list[Happening]) -> Iterator[tuple[tuple[int, int], Happening]]:
    """Yield each row with whose it is: the seat, and how many sat there before."""
    left: Counter[int] = Counter()
    for row in rows:
        yield (row.person, left[row.person]), row
        if row.event is Event.DEPART and row.value != MOVED:
            left[row.person] += 1


def work_fits_into_the_roster(plan: Plan, rows: list[Happening]) -> None:
    """Of each person: who comes to a seat after somebody else has days away of their own."""
    away: dict[tuple[int, int], set[int]] = defaultdict(set)
    for who, row in by_incarnation(rows):
        if row.event is Event.ABSENT:
            assert row.since % DAY_MS == 0
            assert row.since // DAY_MS not in away[who]
            away[who].add(row.since // DAY_MS)
            assert row.value == plan.roles[row.role].calendar.worked(row.since, row.since + DAY_MS)
    worked: Counter[tuple[int, int, int]] = Counter()
    free_from: Counter[int] = Counter()
    for who, row in by_incarnation(rows):
        if row.event in (Event.START, Event.FINISH) or (row.event is Event.OPEN_TASK and row.person >= 0):
            calendar, days = plan.roles[row.role].calendar, away[who]
            begun = row.time if row.event is Event.START else row.since
            assert calendar.is_open(begun), f"started while closed: {row}"
            assert begun // DAY_MS not in days, f"started while away: {row}"
            if row.event is Event.START:
                assert row.time >= free_from[row.person], f"two things at once: {row}"
                continue
            done = calendar.worked(row.since, row.time, days.__contains__)
            assert done == row.value if row.event is Event.FINISH else done <= row.value
            worked[*who, row.role] += done
            free_from[row.person] = row.time
    for (person, incarnation, role), done in worked.items():
        days = away[person, incarnation]
        assert done <= plan.roles[role].calendar.worked(0, plan.horizon_ms, days.__contains__)


def added_time_is_inside_the_task(rows: list[Happening]) -> None:
    """Set-up and hand-over, noted just before a START, are part of its hours; a STOP takes some off."""
    noted: Counter[tuple[int, int]] = Counter()
    stopped: set[tuple[int, int]] = set()
    for row in rows:
        if row.event is Event.STOP:
            stopped.add((row.person, row.time))
        elif row.event in (Event.SETUP, Event.HANDOFF):
            if row.value < 0:
                assert (row.person, row.time) in stopped
            else:
                assert row.value > 0
                noted[row.person, row.time] += row.value
        elif row.event is Event.START:
            assert noted.pop((row.person, row.time), 0) <= row.value
    assert not noted


@few
@given(companies(changing=True))
def test_time_is_spent_once_and_only_when_there(data):
    trace, rows = ran(data)
    nothing_precedes_its_cause(rows)
    work_fits_into_the_roster(trace.plan, rows)
    added_time_is_inside_the_task(rows)


@pytest.mark.slow
@many
@given(companies(changing=True))
def test_time_is_spent_once_and_only_when_there_in_many_companies(data):
    trace, rows = ran(data)
    nothing_precedes_its_cause(rows)
    work_fits_into_the_roster(trace.plan, rows)
    added_time_is_inside_the_task(rows)


def area(changes: Counter[int], low: int, high: int) -> int:
    """Give the integral over [low, high) of a number that changes at these instants."""
    total, number, last = 0, 0, low
    for time in sorted(changes):
        at = min(max(time, low), high)
        total += number * (at - last)
        number, last = number + changes[time], at
    return total + number * (high - last)


def overlap(since: int, until: int, low: int, high: int) -> int:
    """Give the part of [since, until) inside [low, high)."""
    return max(0, min(until, high) - max(since, low))


def cases_obey_littles_law(plan: Plan, rows: list[Happening], low: int, high: int) -> None:
    """The time average from what enters and ends, against the times in system, those cut by an edge in part."""
    for journey in range(len(plan.journeys)):
        mine = [r for r in rows if r.step >= 0 and plan.steps[r.step].journey == journey]
        inside: Counter[int] = Counter()
        spent = 0
        for row in mine:
            if row.event is Event.BEGIN:
                inside[row.time] += 1
            elif row.event is Event.END:
                inside[row.time] -= 1
                spent += overlap(row.since, row.time, low, high)
            elif row.event is Event.OPEN_CASE:
                spent += overlap(row.since, plan.horizon_ms, low, high)
        assert area(inside, low, high) == spent


def cases_of_the_window_obey_littles_law(plan: Plan, rows: list[Happening], low: int, high: int) -> None:
    """L T = lambda W T, of those who enter in the window, less their time after it, plus that of earlier ones in it."""
    inside: Counter[int] = Counter()
    entered, late, early = [], 0, 0
    for own in by_case(rows).values():
        begin = own[0].time
        end = next((r.time for r in own if r.event is Event.END), plan.horizon_ms)
        inside[begin] += 1
        inside[end] -= 1
        if low <= begin < high:
            entered.append(end - begin)
            late += max(0, end - high)
        elif begin < low:
            early += overlap(begin, end, low, high)
    assert area(inside, low, high) == sum(entered) - late + early


def queues_obey_littles_law(plan: Plan, rows: list[Happening]) -> None:
    """The number in queue, built from entries and exits in time order, against the waits."""
    queue: Counter[int] = Counter()
    waited = 0
    for row in rows:
        leaves = row.event in (Event.START, Event.LEAVE) or (row.event is Event.OPEN_TASK and row.person < 0)
        if leaves:
            queue[row.since] += 1
            queue[row.time] -= 1
            waited += row.time - row.since
    assert area(queue, 0, plan.horizon_ms) == waited
    number = 0
    for time in sorted(queue):
        number += queue[time]
        assert number >= 0


@few
@given(companies(changing=True))
def test_littles_law_holds_in_whole_milliseconds(data):
    trace, rows = ran(data)
    plan = trace.plan
    low, high = plan.window_ms
    for edges in ((0, plan.horizon_ms), (low, high), (plan.horizon_ms // 3, plan.horizon_ms // 2)):
        cases_obey_littles_law(plan, rows, *edges)
        cases_of_the_window_obey_littles_law(plan, rows, *edges)
    queues_obey_littles_law(plan, rows)
