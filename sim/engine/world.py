"""One replication: everything that lives while it runs, made for this run and gone after it."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from simpy import Process

from sim.demand import Intensity, draw_marks
from sim.draws import absorb, key_of, uniform, word_of
from sim.engine.account import Account
from sim.engine.appointments import AppointmentDesk
from sim.engine.background import start_background_work
from sim.engine.case import Case
from sim.engine.clock import ARRIVAL, LEAVE, SHIFT, Clock, Life, Moment, rank
from sim.engine.closing import close
from sim.engine.desk import Desk
from sim.engine.grid import weekly_grid
from sim.engine.lapse import watch
from sim.engine.leaving import window_passed
from sim.engine.marketing import campaigns, prospect_needs, recorded_needs
from sim.engine.outages import outages
from sim.engine.pace import Pace
from sim.engine.person import Person
from sim.engine.shifts import shifts
from sim.engine.source import arrivals
from sim.plan import Plan, PlanMark, PlanRole
from sim.reach import Reach
from sim.trace import BLOCK_ROWS, Event, Trace

if TYPE_CHECKING:
    import simpy

_ACCOUNTS = word_of("accounts")
_YOUNG_OBJECTS = 200_000


@contextmanager
def rarer_collections() -> Iterator[None]:
    """Let Python look for cyclic garbage less often: a finished case leaves none, looking costs a sixth of a run."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class World:
    """People, desks, accounts and cases of one replication, and the processes that move them.

    Parameters
    ----------
    plan : Plan
        What to run.
    seed, replication : int
        The address of all chance in this run.
    trace : Trace
        Where rows go.
    """

    def __init__(self, plan: Plan, seed: int, replication: int, trace: Trace) -> None:
        self.plan = plan
        self.trace = trace
        self.key = key_of(seed, replication)
        self.account_key = absorb(self.key, _ACCOUNTS)
        self.segment_words = [word_of(f"segment {name}") for name in plan.segments]
        self.clock = Clock()
        self.friction = plan.friction
        self.inside = {step.activity: 0 for step in plan.steps if step.room >= 0}
        self.cases: dict[int, Case] = {}
        self.customers: dict[int, Account] = {}
        self.intensity = Intensity(plan, self.key)
        self.reach = Reach(plan)
        self.pace = Pace(self.clock, plan.people) if plan.people.respond else None
        self.desks = [self._desk(i, role) for i, role in enumerate(plan.roles)]
        self.persons = [Person(self, p, i, self.desks[p.role]) for i, p in enumerate(plan.persons)]
        self.accounts: list[Account] = []
        self._fill()

    def _desk(self, index: int, role: PlanRole) -> Desk:
        booked = any(a.slot_ms for a in self.plan.activities if index in a.doers)
        return AppointmentDesk(index, role, self) if booked else Desk(index, role, self.clock)

    def _fill(self) -> None:
        """Put everybody in their place at t=0 and start all processes."""
        plan = self.plan
        for person in self.persons:
            person.desk.people.append(person)
            self.start(person.live(), SHIFT | rank(person.key))
            if person.desk.always:
                person.desk.free(person)
        for segment, (customers, prospects) in enumerate(zip(plan.customers, plan.prospects, strict=True)):
            for number in range(customers + prospects):
                account = Account(self, len(self.accounts), segment, number)
                self.accounts.append(account)
                if number < customers:
                    self.record(Event.CUSTOMER, account=account, value=account.satisfaction)
                    account.become_customer(0, from_start=True)
        for process in self._processes():
            self.start(process, SHIFT)
        for desk in self.desks:
            start_background_work(self, desk)

    def _processes(self) -> list[Generator[simpy.Event, Any, None]]:
        plan = self.plan
        found = [arrivals(self, source) for source in plan.sources]
        found += [outages(self, desk) for desk in self.desks if desk.role.machine]
        found += [shifts(self, calendar, desks) for calendar, desks in self._calendars()]
        if plan.churn_per_year or any(s.pattern == "weekly_hazard" for s in plan.streams):
            found.append(weekly_grid(self))
        if plan.needs is not None:
            found.append(campaigns(self))
            if plan.recorded_ms is not None:
                found.append(recorded_needs(self))
            else:
                found += [prospect_needs(self, account) for account in self.accounts]
        return found

    def _calendars(self) -> list[tuple[Any, list[Desk]]]:
        by_calendar: dict[Any, list[Desk]] = {}
        for desk in self.desks:
            if not desk.always:
                by_calendar.setdefault(desk.role.calendar, []).append(desk)
        return list(by_calendar.items())

    def start(self, process: Generator[simpy.Event, Any, None], key: int) -> None:
        """Start a process at this instant, in a class and rank."""
        self.clock.birth = key
        Process(self.clock, process)

    def begin(
        self,
        journey: int,
        marks: tuple[PlanMark, ...],
        key: int,
        account: Account | None,
        contact: float = 0.0,
        head_start: float = 0.0,
    ) -> None:
        """Let a root case begin: draw its marks, then let it live; called at the rank of `key` among arrivals.

        `head_start` is added to the need's goodwill.
        """
        plan = self.plan
        registers = [0.0] * len(plan.registers)
        segment = 0 if account is None else account.segment
        if marks or plan.luck >= 0:
            draw_marks(registers, marks, key, segment, plan.luck, contact, self.reach.reference)
        if account is not None and plan.account_marks:
            for register, value in account.marks:
                registers[register] = value
        if head_start and plan.goodwill >= 0:
            registers[plan.goodwill] += head_start
        case = Case(self, journey, key, account, segment, registers, self.clock._now)
        self.register(case)
        Life(self.clock, case.live())

    def bear(self, case: Case) -> None:
        """Let a case of another one live, from its own rank among the arrivals of this instant."""
        self.register(case)
        self.start(case.live(), ARRIVAL | case.rank)

    def register(self, case: Case) -> None:
        """Take in a case, and start its decision window."""
        self.cases[case.key] = case
        if case.account is not None:
            case.account.cases[case.key] = case
        if case.journey.lapsing:
            watch(case)
        clock, window = self.clock, case.journey.window
        if window >= 0:
            word = self.plan.law_words[window]
            length = self.plan.named_laws[window][case.segment].quantile(uniform(absorb(case.key, word)))
            Moment(clock, case.epoch + int(length + 0.5), LEAVE | case.rank, lambda _: window_passed(case))

    def record(
        self,
        event: Event,
        *,
        case: Case | None = None,
        account: Account | None = None,
        step: int = -1,
        role: PlanRole | None = None,
        person: Person | None = None,
        since: int = -1,
        value: float = 0.0,
    ) -> None:
        """Write one row at this instant."""
        account_index = account.index if account is not None else -1 if case is None else case.account_index
        role_index, person_index = -1, -1
        if person is not None:
            role_index, person_index = person.plan.role, person.index
        elif role is not None:
            role_index = self.plan.roles.index(role)
        case_id = -1 if case is None else case.id
        self.trace.rows.append(
            (
                self.clock._now,
                int(event),
                case_id,
                account_index,
                step,
                role_index,
                person_index,
                since,
                value,
            )
        )

    def run(self) -> None:
        """Run to the horizon and write down what is still open."""
        with rarer_collections():
            self.clock.run_until(self.plan.horizon_ms, self._hand_on)
        close(self)
        self.trace.close()

    def _hand_on(self) -> None:
        if len(self.trace.rows) >= BLOCK_ROWS:
            self.trace.spill()
