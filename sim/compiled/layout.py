"""A memory while it is laid out: where every record of a plan will be, and what stands in it."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.companies import company_word
from sim.compiled import memory as w
from sim.draws import MASK, absorb
from sim.law import Law
from sim.plan import Plan, PlanMark
from sim.worktime import Calendar


class Layout:
    """Words of a memory, kept as unsigned numbers, with room for the records of a plan.

    It stands behind what all companies have in common, and what those before it have. First come blocks, which are
    arrays already, then everything else. Room comes first, so that whatever refers to a record knows where it will be.

    Parameters
    ----------
    plan : Plan
        The design that holds first, with those that follow it.
    market_key : int
        Address of the replication.
    first : int
        Where it begins.
    company : int
        Whose it is.
    place : int
        Of its first role in a dispatch round, as roles of all companies are counted.
    ends : sequence of float
        Where each company's share of the customers of t=0 ends, but for the last.

    Attributes
    ----------
    key : int
        The company's own address of the replication.
    visits : dict
        Place among what a case counts, by address word.
    groups : dict
        Numbers of kinds of work between which a change costs set-up.
    booking, earning : list of int
        Roles that own accounts, and that earn by what is booked, in some design of the run.
    """

    def __init__(
        self, plan: Plan, market_key: int, first: int, company: int = 0, place: int = 0, ends: Sequence[float] = ()
    ) -> None:
        self.plan, self.market_key, self.company, self.place, self.ends = plan, market_key, company, place, ends
        self.key = self.own(market_key)
        self.world: dict[int, float] = {}
        self.called = self.n_called = 0
        self._blocks: list[NDArray[np.int64]] = []
        self._words: list[int] = []
        self._begins = self._first = first
        self.groups: dict[str, int] = {}
        self._laws: dict[tuple[Law, ...], int] = {}
        designs = [each for _, each in plan.phases]
        roles = range(len(plan.roles))
        self.booking = [r for r in roles if any(d.roles[r].books for d in designs)]
        earning = [r for r in roles if any(d.roles[r].commission or d.roles[r].quota is not None for d in designs)]
        self.earning = earning
        self.by_appointment = {r for d in designs for a in d.activities if a.slot_ms for r in a.doers}
        visited = [s.word for s in plan.steps] + [a.word for a in plan.activities] + list(plan.law_words)
        booked = [absorb(w.COMPLIANCE_WORD, a.word) for a in plan.activities]
        self.visits = {word: i for i, word in enumerate(dict.fromkeys([*visited, *booked]))}
        most_lead_ins = max((len(a.lead_ins) for d in designs for a in d.activities), default=0)
        self.practiced_at = w.PERSON_FIXED + 2 * w.EARNED_WEEKS + 2 * (most_lead_ins + 1)
        self.person_size = self.practiced_at + 2 * len(plan.activities)
        self.n_streams = len(plan.streams) + 1
        self.owners_at = w.ACCOUNT_FIXED + len(plan.traits) + 2 * self.n_streams
        self.account_size = self.owners_at + w.OWNER_SIZE * len(self.booking)

    def lay_records(self) -> None:
        """Keep room for what has a fixed number of records, after all blocks."""
        plan = self.plan
        self.named_laws = self.room(len(plan.named_laws), w.NAMED_LAW_SIZE)
        self.steps = self.room(len(plan.steps), w.STEP_SIZE)
        self.journeys = self.room(len(plan.journeys), w.JOURNEY_SIZE)
        self.rules = self.room(len(plan.rules), w.RULE_SIZE)
        self.desks = self.room(len(plan.roles), w.DESK_SIZE)
        self.seats = self.room(len(plan.persons), w.SEAT_SIZE)
        self.practices = self.room(len(plan.practices), w.PRACTICE_SIZE)
        self.outreach = self.room(1, w.OUTREACH_SIZE)
        kept = [role.calendar for role in plan.roles]
        calendars = dict.fromkeys([*kept, *(c.without_holidays() for c in kept), plan.customer_hours])
        self.first_calendar = self.room(len(calendars), w.CALENDAR_SIZE)
        self.calendars = {c: self.first_calendar + i * w.CALENDAR_SIZE for i, c in enumerate(calendars)}
        for calendar in calendars:
            self._calendar(calendar, calendar in kept)

    def own(self, key: int) -> int:
        """Give the company's own address of what belongs to the market; the same for the company in question."""
        return absorb(key, company_word(self.company)) if self.company else key

    # -- writing

    def block(self, numbers: NDArray[np.int64]) -> int:
        """Keep an array; where it begins. All blocks come before any other room."""
        at = self._first
        self._blocks.append(numbers)
        self._first += len(numbers)
        return at

    def room(self, n: int, size: int) -> int:
        """Keep room for records; where the first begins."""
        at = self._first + len(self._words)
        self._words += [0] * (n * size)
        return at

    def set(self, at: int, value: float) -> None:
        """Write one word: a whole number as it is, a float by its bits."""
        self._words[at - self._first] = bits(value)

    def put(self, at: int, values: Iterable[float]) -> None:
        """Write a record."""
        for i, value in enumerate(values, start=at - self._first):
            self._words[i] = bits(value)

    def row(self, values: Iterable[float]) -> int:
        """Append numbers; where they begin."""
        at = self._first + len(self._words)
        self._words += [bits(value) for value in values]
        return at

    @property
    def top(self) -> int:
        """Where it ends."""
        return self._first + len(self._words)

    def write(self, m: NDArray[np.int64]) -> None:
        """Write it all into a memory, but for what stands in the words of the company."""
        at = self._begins
        for block in self._blocks:
            m[at : at + len(block)] = block
            at += len(block)
        m[at : self.top] = np.array(self._words, np.uint64).view(np.int64)

    def rows(self, records: Iterable[Iterable[float]]) -> int:
        """Append records; where the first begins."""
        return self.row(n for one in records for n in one)

    def floats(self, values: Iterable[float]) -> int:
        """Append numbers as floats; nothing for none."""
        found = [float(value) for value in values]
        return self.row(found) if found else w.NOTHING

    def law(self, laws: Sequence[Law]) -> int:
        """Append laws, by segment; where they begin, nothing for none."""
        if not laws:
            return w.NOTHING
        key = tuple(laws)
        if key not in self._laws:
            numbers = [self.row(map(float, law.params)) for law in laws]
            self._laws[key] = self.row(n for law, at in zip(laws, numbers, strict=True) for n in (int(law.kind), at))
        return self._laws[key]

    def marks(self, marks: Iterable[PlanMark]) -> int:
        """Append marks of needs."""
        return self.rows(
            [(m.register, m.word, self.floats(m.chance), float(m.falls), self.law(m.law), m.by) for m in marks]
        )

    def _calendar(self, calendar: Calendar, kept: bool) -> None:
        sessions, closed = calendar.sessions, sorted(calendar.closed_days)
        before = [0]
        for start, end in sessions:
            before.append(before[-1] + end - start)
        openings, closings = self.row(start for start, _ in sessions), self.row(end for _, end in sessions)
        self.put(
            self.calendars[calendar],
            (
                calendar.is_always, len(sessions), openings, closings, self.row(before), self.row(closed), len(closed),
                before[-1], kept and not calendar.is_always,
            ),
        )  # fmt: skip

    # -- references

    def a_step(self, i: int) -> int:
        """Give where a step is; nothing for -1, as for all that follow."""
        return self.steps + i * w.STEP_SIZE if i >= 0 else w.NOTHING

    def a_journey(self, i: int) -> int:
        """Give where a journey is."""
        return self.journeys + i * w.JOURNEY_SIZE if i >= 0 else w.NOTHING

    def a_desk(self, i: int) -> int:
        """Give where a role is."""
        return self.desks + i * w.DESK_SIZE if i >= 0 else w.NOTHING

    def a_seat(self, i: int) -> int:
        """Give where a seat is."""
        return self.seats + i * w.SEAT_SIZE if i >= 0 else w.NOTHING

    def a_named_law(self, i: int) -> int:
        """Give where a named law is."""
        return self.named_laws + i * w.NAMED_LAW_SIZE if i >= 0 else w.NOTHING

    def a_rule(self, i: int) -> int:
        """Give where a rule is."""
        return self.rules + i * w.RULE_SIZE if i >= 0 else w.NOTHING

    def seat_key(self, i: int) -> int:
        """Give the address of a seat, whoever sits there."""
        seat = self.plan.persons[i]
        return absorb(absorb(self.key, seat.word), seat.number)


def bits(value: float) -> int:
    """Give the bits of a number: those of a double for a float, modulo 2^64 for a whole number."""
    if isinstance(value, float):
        return int(struct.unpack("<Q", struct.pack("<d", value))[0])
    return int(value) & MASK  # type: ignore[unreachable]  # a whole number is no float
