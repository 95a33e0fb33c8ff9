"""One replication: everything that lives while it runs, made for this run and gone after it."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from simpy import Process

from sim.companies import company_word
from sim.demand import Intensity
from sim.draws import absorb, key_of, uniform, word_of
from sim.engine.account import Account
from sim.engine.appointments import AppointmentDesk
from sim.engine.background import start_background_work
from sim.engine.bonds import bind_customers
from sim.engine.calling import Calling
from sim.engine.case import Case
from sim.engine.clock import Clock, Life, Moment
from sim.engine.closing import close
from sim.engine.desk import Desk
from sim.engine.garbage import rarer_collections
from sim.engine.lapse import watch
from sim.engine.leaving import window_passed
from sim.engine.marketing import Marketing
from sim.engine.pace import Pace
from sim.engine.pay import Pay
from sim.engine.processes import processes_of
from sim.engine.rivalry import Rivalry
from sim.engine.staff import Staff
from sim.marks import LUCK, draw_marks
from sim.order import ARRIVAL, LEAVE, SHIFT
from sim.plan import INBOUND, Plan, PlanMark, PlanRole
from sim.reach import Reach
from sim.trace import BLOCK_ROWS, Event, Trace

if TYPE_CHECKING:
    import simpy

    from sim.engine.person import Person

_ACCOUNTS = word_of("accounts")


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
    rivalry : Rivalry or None
        What joins it to the other companies of its market, if there are any; they share a clock.
    """

    def __init__(self, plan: Plan, seed: int, replication: int, trace: Trace, rivalry: Rivalry | None = None) -> None:
        self.rivalry = rivalry
        self.company = 0 if rivalry is None else len(rivalry.worlds)
        self.company_word = company_word(self.company)
        self.phases = plan.phases
        self.plan = self.phases[0][1]
        plan = self.plan
        self.trace = trace
        self.market_key = key_of(seed, replication)
        self.key = self.own(self.market_key)
        self.account_key = absorb(self.market_key, _ACCOUNTS)
        self.segment_words = [word_of(f"segment {name}") for name in plan.segments]
        self.clock: Clock = Clock() if rivalry is None or not rivalry.worlds else rivalry.worlds[0].clock
        if rivalry is not None:
            rivalry.worlds.append(self)
        self.friction = plan.friction
        self.inside = {step.activity: 0 for step in plan.steps if step.room >= 0}
        self.cases: dict[int, Case] = {}
        self.customers: dict[int, Account] = {}
        self.intensity = Intensity(plan, self.market_key)
        self.reach = Reach(plan)
        self.marketing = Marketing(self)
        self.pace = Pace(self.clock, plan.people) if plan.people.respond else None
        self.pay = Pay(self)
        self.desks = [self._desk(i, role) for i, role in enumerate(plan.roles)]
        self.staff = Staff(self)
        self.accounts: list[Account] = []
        self.prospects: list[Account] = []
        self._fill()

    def _desk(self, index: int, role: PlanRole) -> Desk:
        activities = [a for _, plan in self.phases for a in plan.activities if a.slot_ms]
        booked = any(index in a.doers for a in activities)
        return AppointmentDesk(index, role, self) if booked else Desk(index, role, self.clock, self.place_of(index))

    def place_of(self, role: int) -> int:
        """Give the place of a role in a dispatch round: company by company, in listed order."""
        return self.company << 32 | role

    def _fill(self) -> None:
        """Put everybody in their place at t=0 and start all processes."""
        plan = self.plan
        self.staff.open_up()
        for segment, (customers, prospects) in enumerate(zip(plan.customers, plan.prospects, strict=True)):
            for number in range(customers + prospects):
                account = Account(self, len(self.accounts), segment, number)
                self.accounts.append(account)
                if number >= customers:
                    self.prospects.append(account)
                elif self.rivalry is None or self.rivalry.at_start(account) == self.company:
                    self.record(Event.CUSTOMER, account=account, value=account.satisfaction)
                    account.become_customer(0, from_start=True)
        self.calling = Calling(self)
        bind_customers(self)
        for process in processes_of(self):
            self.start(process, SHIFT)
        for desk in self.desks:
            start_background_work(self, desk)

    def own(self, key: int) -> int:
        """Give the company's own address of what belongs to the market; the same for the company in question."""
        return absorb(key, self.company_word) if self.company else key

    def start(self, process: Generator[simpy.Event, Any, None], key: int) -> None:
        """Start a process at this instant, in a class and rank."""
        self.clock.birth = key
        Process(self.clock, process)

    def begin(
        self,
        journey: int,
        marks: tuple[PlanMark, ...],
        need: int,
        account: Account | None,
        contact: float = 0.0,
        origin: int = INBOUND,
        opened: int = -1,
        head_start: float = 0.0,
    ) -> None:
        """Let a root case begin: draw its marks, then let it live; called at the case's rank among arrivals.

        The case's address is the company's `own` of that of the need. What is the account's (marks, patience, the
        window) has that of the need, what is between company and account (luck, choices, effort, waits) the case's.
        What marketing and the company's name do for it is settled now. The decision window of a need that arose
        earlier has run since `opened`. `head_start` is added to the need's goodwill.
        """
        plan, key = self.plan, self.own(need)
        registers = [0.0] * len(plan.registers)
        segment = 0 if account is None else account.segment
        if marks or plan.luck >= 0:
            draw_marks(registers, marks, need, segment, plan.luck, contact, self.reach.reference)
        if self.company and plan.luck >= 0:
            registers[plan.luck] = uniform(absorb(key, LUCK))
        if plan.lift >= 0 and self.marketing.made:
            registers[plan.lift] = self.marketing.lift()
        if plan.reputation >= 0 and plan.outreach.reputation_conviction:
            registers[plan.reputation] = plan.outreach.reputation_conviction * self.reach.reputation
        if account is not None and plan.account_marks:
            for register, value in account.marks:
                registers[register] = value
        if head_start and plan.goodwill >= 0:
            registers[plan.goodwill] += head_start
        case = Case(self, journey, key, account, segment, registers, self.clock._now)
        case.need = case.sale = need
        if origin != INBOUND:
            step, case.reached = case.journey.entries[origin]
            case.step = plan.steps[step]
        self.register(case, opened)
        if self.rivalry is not None and account is not None:
            self.rivalry.enters(case)
        Life(self.clock, case.live())

    def bear(self, case: Case) -> None:
        """Let a case of another one live, from its own rank among the arrivals of this instant."""
        self.start(case.live(), ARRIVAL | case.rank)
        self.register(case)  # second, so that nothing of it can lapse before it begins

    def register(self, case: Case, opened: int = -1) -> None:
        """Take in a case, and start its decision window, or let it go on if the need is older than the case."""
        self.cases[case.key] = case
        if case.account is not None:
            case.account.cases[case.key] = case
        if case.journey.lapsing:
            watch(case)
        if case.journey.window >= 0:
            since = case.epoch if opened < 0 else opened
            length = self.window_ms(self.plan.steps[case.journey.first].journey, case.need, case.segment)
            Moment(self.clock, since + length, LEAVE | case.rank, lambda _: window_passed(case))

    def window_ms(self, journey: int, key: int, segment: int) -> int:
        """Give the decision window of a need, from its epoch; -1 if it has none."""
        window = self.plan.journeys[journey].window
        if window < 0:
            return -1
        u = uniform(absorb(key, self.plan.law_words[window]))
        return int(self.plan.named_laws[window][segment].quantile(u) + 0.5)

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
            role_index, person_index = person.desk.index, person.index
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
        """Run to the horizon and write down what is still open; with all companies of the market."""
        worlds = [self] if self.rivalry is None else self.rivalry.worlds

        def hand_on() -> None:
            for world in worlds:
                world._hand_on()

        if self.rivalry is not None:
            self.rivalry.write_down()
        with rarer_collections():
            self.clock.run_until(self.plan.horizon_ms, hand_on)
        if self.rivalry is not None:
            self.rivalry.write_down()
        for world in worlds:
            close(world)
            world.trace.close()

    def _hand_on(self) -> None:
        if len(self.trace.rows) >= BLOCK_ROWS:
            self.trace.spill()
