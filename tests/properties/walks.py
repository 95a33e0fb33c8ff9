"""Cases read back from their rows: each must be one unbroken walk through its journey.

A case may be at several places for all that its rows say so far (a start leaves no row, nor does a window that
has passed before the case comes to a wait); the walk keeps all of them, and each row leaves those it agrees with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from happenings import Happening

from sim.plan import CHOOSE, DO, END, START, WAIT, Plan, PlanStep
from sim.trace import Event

BESIDE = {
    Event.SETUP,
    Event.HANDOFF,
    Event.MILESTONE,
    Event.MISSED,
    Event.TOUCH,
    Event.STATE,
    Event.BILL,
    Event.BOOK,
    Event.WON,
    Event.OPEN_MILESTONE,
    Event.RESERVE,
    Event.RELEASE,
    Event.PAY,
    Event.PULL,
    Event.PUSH,
    Event.ADOPT,
    Event.CANNOT,
    Event.LAPSE,
    Event.OUTDONE,
}
"""Rows that say something about a case but move it nowhere."""


class Place(NamedTuple):
    """Where a case may be.

    Attributes
    ----------
    step : int
        Its step.
    entered : int
        Since when; -1 if the rows cannot say (it waited for another case).
    started : Happening or None
        The START row of what a person does for it there.
    kit : bool
        Whether it was sent back for a complete kit.
    booked : bool
        Whether its appointment has been booked, where that is somebody's work.
    """

    step: int
    entered: int
    started: Happening | None = None
    kit: bool = False
    booked: bool = False


class Walk:
    """Follows one case along its rows.

    Parameters
    ----------
    plan : Plan
        What was run.
    rows : list of Happening
        All rows of the case.
    left_at : int or None
        When the case's account first stopped being a customer.
    """

    def __init__(self, plan: Plan, rows: list[Happening], left_at: int | None) -> None:
        self.plan = plan
        self.rows = [r for r in rows if r.event not in BESIDE and r.step != plan.give_step]
        self.journey = plan.journeys[plan.steps[rows[0].step].journey]
        self.left_at = None if self.journey.survives_churn else left_at
        outdone = any(r.event is Event.OUTDONE for r in rows)
        refusals = (self.journey.window_to, self.journey.rival_to if outdone else -1)
        self.refused_to = tuple(step for step in refusals if step >= 0)
        self.over = False

    def follow(self) -> None:
        """Walk from BEGIN to END or OPEN_CASE.

        Raises
        ------
        AssertionError
            Naming the first row that follows from no place the case may be at.
        """
        begin = self.rows[0]
        assert begin.event is Event.BEGIN
        assert begin.step in {self.journey.first, *(step for step, _ in self.journey.entries)}
        places = {Place(begin.step, begin.time)}
        for row in self.rows[1:]:
            before = self._quietly(places, row.time)
            places = {after for place in before for after in self._along(place, row)}
            assert places, f"{row} follows from none of {self._named(before)}"
        assert self.over, f"neither ended nor open: {self._named(places)}"
        open_at = next((self.plan.steps[r.step].verb for r in self.rows if r.event is Event.OPEN_CASE), None)
        if open_at in (DO, WAIT):
            expected = Event.OPEN_TASK if open_at == DO else Event.OPEN_WAIT
            assert self.rows[-1].event is expected, f"open, but not said where: {self.rows[-1]}"

    def _named(self, places: set[Place]) -> list[str]:
        return [f"{self.plan.steps[p.step].name} since {p.entered}" for p in places]

    def _quietly(self, places: set[Place], now: int) -> set[Place]:
        """Add all places to which a case may have gone on without a row."""
        found, frontier = set(places), list(places)
        while frontier:
            place = frontier.pop()
            step = self.plan.steps[place.step]
            ways: list[Place] = []
            if place.started is None:
                if step.verb == START:
                    ways.append(Place(step.next, -1 if step.child_wait else place.entered))
                if self._gives_up(step) and not place.kit:
                    ways += [Place(to, place.entered) for to in self.refused_to]
                if step.customer and self.journey.rival_to in self.refused_to:
                    ways.append(Place(self.journey.rival_to, place.entered))
                if self._void(now):
                    ways.append(Place(self.journey.void, -1))
            frontier += [w for w in ways if w not in found]
            found.update(ways)
        return found

    def _gives_up(self, step: PlanStep) -> bool:
        """Whether a case whose window has passed, or whose need a rival has won, goes no further than this step."""
        present = step.verb == DO and self.plan.activities[step.activity].customer_present
        return bool(self.refused_to) and (step.verb == WAIT or present)

    def _void(self, now: int) -> bool:
        return self.left_at is not None and self.left_at <= now

    def _along(self, place: Place, row: Happening) -> Iterator[Place]:
        """Give the places after a row, if it can happen at this place."""
        step, since = self.plan.steps[place.step], place.entered
        if row.event is Event.OPEN_CASE:
            if row.step == place.step:
                self.over = True
                yield place
        elif place.started is not None:
            yield from self._in_hand(place, step, row)
        elif step.verb == DO:
            missed = row.event is Event.MISSED_APPOINTMENT
            if missed or since in (row.since, -1) or (row.event is Event.BALK and since in (row.time, -1)):
                yield from self._queued(place, step, row)
        elif row.step == place.step and since in (
            row.time if row.event in (Event.CHOOSE, Event.END) else row.since,
            -1,
        ):
            if step.verb == CHOOSE and row.event is Event.CHOOSE:
                yield Place(step.targets[int(row.value)], row.time)
            elif step.verb == WAIT and row.event is Event.WAIT:
                yield from self._afterwards(row.time, step.next, *self.refused_to)
            elif (step.verb, row.event) in ((WAIT, Event.OPEN_WAIT), (END, Event.END)):
                self.over = True
                yield place

    def _queued(self, place: Place, step: PlanStep, row: Happening) -> Iterator[Place]:
        phases = [plan.activities[step.activity] for _, plan in self.plan.phases]
        here = [place.step, *(index for activity in phases for index, _, _ in activity.lead_ins)]
        bookings = [activity.booking for activity in phases if activity.booking >= 0]
        if place.kit:
            here = [self.plan.complete_step]
        elif row.event is Event.MISSED_APPOINTMENT:
            if bookings:
                yield Place(place.step, row.time)
            if len(bookings) < len(phases):  # by the design of that day nobody had to book it
                yield place
            return
        elif bookings and (place.booked or len(phases) > 1):
            here += bookings  # anew if its person left, or as the design of the day will have it
        elif bookings and row.event is not Event.BALK:
            here = bookings
        if row.step not in here:
            return
        if row.event is Event.START:
            yield place._replace(started=row)
        elif row.event is Event.OPEN_TASK:
            yield place
        elif row.event is Event.BALK and step.room >= 0:
            yield Place(step.full, row.time)
        elif row.event is Event.LEAVE:
            patience = step.left if step.patience >= 0 and not place.kit else -1
            refused = self.refused_to if self._gives_up(step) and not place.kit else ()
            yield from self._afterwards(row.time, patience, *refused)

    def _in_hand(self, place: Place, step: PlanStep, row: Happening) -> Iterator[Place]:
        start = place.started
        assert start is not None
        same = (row.step, row.person, row.since, row.value) == (start.step, start.person, start.time, start.value)
        if same and row.event is Event.OPEN_TASK:
            yield place
        if row.event is Event.STOP and (row.step, row.person, row.since) == (start.step, start.person, start.time):
            yield Place(place.step, row.time, kit=place.kit, booked=True)
        if same and row.event is Event.FINISH:
            activity = self.plan.activities[step.activity]
            if place.kit:
                yield Place(place.step, row.time)
            elif start.step != place.step:
                yield Place(place.step, row.time, booked=activity.booking >= 0)
            else:
                yield from self._afterwards(row.time, step.next)
                yield Place(place.step, row.time, kit=True)
                cannot = self.plan.roles[start.role].cannot
                if cannot and cannot[step.activity] > 0:
                    yield Place(place.step, row.time)

    def _afterwards(self, now: int, *steps: int) -> Iterator[Place]:
        yield from (Place(step, now) for step in steps if step >= 0)
        if self._void(now):
            yield Place(self.journey.void, now)


def by_case(rows: list[Happening]) -> dict[int, list[Happening]]:
    """Give the rows of each case, in order."""
    found: dict[int, list[Happening]] = defaultdict(list)
    for row in rows:
        if row.case >= 0:
            found[row.case].append(row)
    return dict(found)
