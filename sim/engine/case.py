"""A case: one need of one account on its way through a journey."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.draws import absorb
from sim.engine import lapse, milestones, service, waits
from sim.engine.clock import Gate
from sim.engine.decisions import branch_of
from sim.engine.task import Task
from sim.order import rank
from sim.outcomes import DONE
from sim.plan import CHOOSE, DO, START, WAIT, PlanStep
from sim.run_error import MAX_GENERATIONS, MAX_VISITS, RunError
from sim.trace import Event

if TYPE_CHECKING:
    import simpy

    from sim.engine.account import Account
    from sim.engine.person import Person
    from sim.engine.world import World

_BEGIN, _CHOOSE, _END = int(Event.BEGIN), int(Event.CHOOSE), int(Event.END)


class Case:
    """One walk through a journey, addressed by its key.

    Attributes
    ----------
    key : int
        Address of everything drawn in this case.
    registers : list of float
        Marks of the need and what work has changed, by `Plan.registers`.
    epoch : int
        When the need arose.
    task, waiting : Task, bool
        What the case is blocked at, if anything.
    expired : bool
        Whether the decision window has passed.
    need : int
        Address of what is the account's in it: marks, patience, the window. Differs from `key` in a rival's cases only.
    sale : int
        Address of the need that it began with: of whatever started it, if another case did.
    generation : int
        How many cases it descends from, each started by the one before.
    outdone_by : int
        Company whose offer for this need the account has taken; -1 for none.
    told : bool
        Whether the case knows.
    bereft : bool
        Whether the account has left; a case that survives that begins no other that does not.
    lapsed, shunned : int
        Bits of the milestones that did not come in time, and of the roles of machines that could not do this case.
    """

    __slots__ = (
        "account",
        "account_index",
        "bereft",
        "clocks",
        "deadlines",
        "epoch",
        "expired",
        "gate",
        "generation",
        "id",
        "journey",
        "key",
        "lapsed",
        "last_person",
        "need",
        "outdone_by",
        "parent",
        "patience_factor",
        "rank",
        "reached",
        "registers",
        "sale",
        "segment",
        "shunned",
        "step",
        "task",
        "told",
        "turn",
        "visits",
        "void",
        "waiting_since",
        "world",
    )

    def __init__(
        self,
        world: World,
        journey: int,
        key: int,
        account: Account | None,
        segment: int,
        registers: list[float],
        epoch: int,
        parent: Case | None = None,
    ) -> None:
        self.world = world
        self.journey = world.plan.journeys[journey]
        self.key = self.need = self.sale = key
        self.generation = 0
        self.outdone_by = -1
        self.told = False
        self.id = key >> 1
        self.rank = rank(key)
        self.account = account
        self.account_index = -1 if account is None else account.index
        self.segment = segment
        self.registers = registers
        self.epoch = epoch
        self.parent = parent
        self.step: PlanStep = world.plan.steps[self.journey.first]
        self.visits: dict[int, int] = {}
        self.reached = 0
        self.lapsed = 0
        self.shunned = 0
        self.task: Task | None = None
        self.waiting_since = -1
        self.turn = 0
        self.expired = False
        self.void = False
        self.bereft = False
        self.deadlines: dict[int, int] = {}
        self.patience_factor = 1.0
        self.clocks: dict[int, int] = {}
        self.last_person: Person | None = None
        self.gate = Gate(world.clock)

    def live(self) -> Generator[simpy.Event, int, None]:
        """Walk the journey's steps until one of them ends the case."""
        world = self.world
        steps, gate = world.plan.steps, self.gate
        step = self.step
        now = world.clock._now
        world.trace.rows.append((now, _BEGIN, self.id, self.account_index, step.index, -1, -1, self.epoch, self.value))
        if self.void:
            step = steps[self.journey.void]
        while True:
            self.step = step
            if step.asks >= 0 and step.asks not in self.clocks:
                self.clocks[step.asks] = world.clock._now
                lapse.watch(self, step.asks)
            verb = step.verb
            if verb == DO:
                to = service.enter(self, step)
                while to < 0:
                    to = service.proceed(self, step, (yield gate))
            elif verb == CHOOSE:
                to = self._choose(step)
            elif verb == WAIT:
                to = waits.enter(self, step)
                if to < 0:
                    to = waits.leave(self, step, (yield gate))
            elif verb == START:
                to = step.next
                if self._start(step):
                    yield gate
            elif step.customer and world.rivalry is not None and world.rivalry.is_lost(self):
                to = self.refused_to()
            else:
                self._end(step)
                return
            step = steps[self.journey.void if self.void else to]

    def visit(self, word: int) -> int:
        """Count one more visit; every cycle of a journey has a choose, or turns the case away, and both count here."""
        n = self.visits.get(word, 0)
        if n >= MAX_VISITS:
            raise RunError.circles(self.journey.name, self.step.name)
        self.visits[word] = n + 1
        return n

    def wait_for(self, task: Task) -> None:
        """Have a task done; the gate opens when it is over."""
        self.task = task
        self.turn += 1
        task.desk.enqueue(task)

    def go_on(self, how: int) -> None:
        """Go on from where the case is blocked; whatever else would have moved it on no longer does."""
        self.turn += 1
        self.gate.open(how)

    def refused_to(self) -> int:
        """Give the step to which a case goes whose customer wants no more of it, and write down why if not for time."""
        if self.outdone_by < 0:
            return self.journey.window_to
        self.note_outdone()
        return self.journey.rival_to

    def note_outdone(self) -> None:
        """Write down, once, that the account takes another company's offer."""
        if self.told:
            return
        self.told = True
        self.world.record(Event.OUTDONE, case=self, step=self.step.index, value=self.outdone_by + 1.0)

    def outdone(self, company: int) -> bool:
        """Lose the need to another company, of which the case learns at its next contact; whether that is new."""
        if self.outdone_by >= 0:
            return False
        self.outdone_by, self.expired = company, True
        return True

    def _choose(self, step: PlanStep) -> int:
        world, branch = self.world, branch_of(self, step)
        world.trace.rows.append(
            (world.clock._now, _CHOOSE, self.id, self.account_index, step.index, -1, -1, -1, float(branch))
        )
        return step.targets[branch]

    def _start(self, step: PlanStep) -> bool:
        """Start another journey; True if this case waits for it."""
        world = self.world
        key = absorb(absorb(self.key, step.word), self.visit(step.word))
        parent = self if step.child_wait else None
        child = Case(world, step.child, key, self.account, self.segment, list(self.registers), world.clock._now, parent)
        child.sale, child.generation = self.sale, self.generation + 1
        if child.generation > MAX_GENERATIONS:
            raise RunError.descends(self.journey.name, step.name)
        if self.need != self.key:
            child.need = absorb(absorb(self.need, step.word), self.visits[step.word] - 1)
        if step.books:
            self._book(step)
        self.turn += 1
        if self.bereft:
            child.bereft, child.void = True, not child.journey.survives_churn
        world.bear(child)
        return step.child_wait

    def _book(self, step: PlanStep) -> None:
        world = self.world
        world.record(Event.BOOK, case=self, step=step.index, person=self.last_person, value=self.value)
        world.pay.booked(self, step)

    @property
    def value(self) -> float:
        """The case's value, USD."""
        index = self.world.plan.value
        return self.registers[index] if index >= 0 else 0.0

    def _end(self, step: PlanStep) -> None:
        world, now = self.world, self.world.clock._now
        for milestone, at in milestones.pending(self) if self.journey.milestones else ():
            asked, expected = milestones.clock_of(self, milestone), float(milestones.expected_ms(self, milestone))
            world.record(Event.MISSED, case=self, step=at, since=asked, value=expected)
        if step.books:
            self._book(step)
        if step.bills:
            world.record(Event.BILL, case=self, step=step.index, value=self.value)
        world.trace.rows.append((now, _END, self.id, self.account_index, step.index, -1, -1, self.epoch, self.value))
        if self.account is not None:
            self.account.case_ended(self, step)
        world.cases.pop(self.key, None)
        world.pay.forget(self)
        self.pass_to(None)
        if self.parent is not None:
            self.parent.gate.open(DONE)

    def pass_to(self, person: Person | None) -> None:
        """Let the case be one of this person's, and no longer of who had it before."""
        if person is not self.last_person:
            if self.last_person is not None:
                self.last_person.open_cases -= 1
            if person is not None:
                person.open_cases += 1
            self.last_person = person
