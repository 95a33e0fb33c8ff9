"""A case: one need of one account on its way through a journey."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator
from math import floor
from typing import TYPE_CHECKING

from sim.binding import apply_rule
from sim.draws import absorb, uniform, word_of
from sim.engine.clock import ARRIVAL, LEAVE, Gate, Moment, rank
from sim.engine.run_error import RunError
from sim.engine.task import CUT, DONE, LEFT, OVER, QUEUED, RETURNED, VOID, Task
from sim.plan import CHOOSE, DO, START, WAIT, PlanActivity, PlanStep
from sim.trace import Event

if TYPE_CHECKING:
    import simpy

    from sim.engine.account import Account
    from sim.engine.person import Person
    from sim.engine.world import World

_WHO, _KIT, _LEAD_IN = word_of("who"), word_of("kit"), word_of("lead-in")
_BEGIN, _WAIT, _CHOOSE, _END = int(Event.BEGIN), int(Event.WAIT), int(Event.CHOOSE), int(Event.END)
MAX_VISITS = 1_000


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
    """

    __slots__ = (
        "account",
        "account_index",
        "clocks",
        "deadlines",
        "epoch",
        "expired",
        "gate",
        "id",
        "journey",
        "key",
        "last_person",
        "parent",
        "rank",
        "reached",
        "registers",
        "segment",
        "step",
        "task",
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
        self.key = key
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
        self.task: Task | None = None
        self.waiting_since = -1
        self.turn = 0
        self.expired = False
        self.void = False
        self.deadlines: dict[int, int] = {}
        self.clocks: dict[int, int] = {}
        self.last_person: Person | None = None
        self.gate = Gate(world.clock)

    # -- the walk
    # ------------------------------------------------------------------------------------------------------

    def live(self) -> Generator[simpy.Event, int, None]:
        """Walk the journey's steps until one of them ends the case."""
        world = self.world
        steps, gate = world.plan.steps, self.gate
        step = self.step
        world.trace.rows.append(
            (
                world.clock._now,
                _BEGIN,
                self.id,
                self.account_index,
                step.index,
                -1,
                -1,
                self.epoch,
                self.value,
            )
        )
        if self.void:
            step = steps[self.journey.void]
        while True:
            self.step = step
            if step.asks >= 0:
                self.clocks.setdefault(step.asks, world.clock._now)
            verb = step.verb
            if verb == DO:
                to = self._queue_up(step)
                if to < 0:
                    result = yield gate
                    while result == RETURNED:
                        self._have_kit_completed()
                        yield gate
                        result = VOID if self.void else self._queue_again(step)
                        if result < 0:
                            result = yield gate
                    to = self._leave(step, result)
            elif verb == CHOOSE:
                to = self._choose(step)
            elif verb == WAIT:
                to = self._wait(step)
                if to < 0:
                    to = self._waited(step, (yield gate))
            elif verb == START:
                to = step.next
                if self._start(step):
                    yield gate
            else:
                self._end(step)
                return
            step = steps[self.journey.void if self.void else to]

    def _visit(self, word: int) -> int:
        """Count one more visit; every cycle of a journey has a choose, or turns the case away, and both count here."""
        n = self.visits.get(word, 0)
        if n >= MAX_VISITS:
            at = f"journey.{self.journey.name}.steps.{self.step.name}"
            raise RunError(at, f"visited more than {MAX_VISITS} times by one case")
        self.visits[word] = n + 1
        return n

    def _queue_up(self, step: PlanStep) -> int:
        """Enter the queue of a step's activity; the step to go to instead, or -1."""
        world = self.world
        activity = world.plan.activities[step.activity]
        if self.expired and activity.customer_present:
            return self._turned_away(step, self.journey.window_to)
        if step.activity in world.inside:
            inside = world.inside[step.activity]
            if 0 <= step.room <= inside:
                world.record(Event.BALK, case=self, step=step.index)
                return self._turned_away(step, step.full)
            world.inside[step.activity] = inside + 1
        self._enqueue(step, self._task(step, activity))
        return -1

    def _turned_away(self, step: PlanStep, to: int) -> int:
        """Give the way of who gets nothing here; a cycle of such ways needs no choose, so it is counted here."""
        self._visit(step.word)
        return to

    def _queue_again(self, step: PlanStep) -> int:
        """Enter the queue once more after the kit was completed; how the step ended instead, or -1."""
        activity = self.world.plan.activities[step.activity]
        if self.expired and activity.customer_present:
            return CUT
        task = self._task(step, activity)
        task.taken_over = True
        self._enqueue(step, task)
        return -1

    def _enqueue(self, step: PlanStep, task: Task) -> None:
        self.task = task
        self.turn += 1
        task.desk.enqueue(task)
        if step.patience >= 0:
            self._set_patience(step.patience, task)

    def _leave(self, step: PlanStep, result: int) -> int:
        """Give the step after a do that came to an end in this way."""
        self.task = None
        if step.activity in self.world.inside:
            self.world.inside[step.activity] -= 1
        if result == DONE:
            return step.next
        if result == LEFT:
            return self._turned_away(step, step.left)
        return self.journey.void if result == VOID else self.journey.window_to

    def _task(self, step: PlanStep, activity: PlanActivity) -> Task:
        world = self.world
        roles = activity.roles[self.segment]
        role = roles[0]
        if activity.shares and len(roles) > 1:
            u = uniform(absorb(absorb(self.key, _WHO), activity.word))
            role = roles[bisect_right(activity.shares, u)]
        desk = world.desks[role]
        task = Task(self, step, activity, desk, world.clock._now, self.rank)
        if desk.role.books and self.account is not None:
            task.person = self.account.owner(desk)
        elif activity.same_person and self.last_person is not None and self.last_person.desk is desk:
            task.person = self.last_person
        if desk.role.dispatch == 2:
            task.due_ms = self._due_ms(activity)
        return task

    def _due_ms(self, activity: PlanActivity) -> int:
        if activity.milestone >= 0:
            expected = self.expected_ms(activity.milestone)
            if expected >= 0 and self.clock_of(activity.milestone) >= 0:
                return self.clock_of(activity.milestone) + expected
        return self.world.clock._now + activity.due_ms if activity.due_ms >= 0 else -1

    def _have_kit_completed(self) -> None:
        """Go back to the giver, who completes the kit."""
        world, giver = self.world, self.last_person
        assert giver is not None
        step = world.plan.steps[world.plan.complete_step]
        activity = world.plan.activities[step.activity]
        back = Task(self, step, activity, giver.desk, world.clock._now, self.rank, giver, world.plan.return_ms)
        back.taken_over = True
        self.task = back
        self.turn += 1
        giver.desk.enqueue(back)

    def _wait(self, step: PlanStep) -> int:
        """Start a wait of the customer; the step to go to instead, or -1."""
        if self.expired:
            return self._turned_away(step, self.journey.window_to)
        clock = self.world.clock
        u = uniform(absorb(absorb(self.key, step.word), self._visit(step.word)))
        until = clock._now + floor(step.wait[self.segment].quantile(u) + 0.5)
        self.turn += 1
        turn = self.turn
        self.waiting_since = clock._now
        Moment(clock, until, ARRIVAL | self.rank, lambda _: self._go_on(turn))
        return -1

    def _waited(self, step: PlanStep, result: int) -> int:
        """Give the step after a wait that came to an end in this way."""
        clock = self.world.clock
        self.world.trace.rows.append(
            (clock._now, _WAIT, self.id, self.account_index, step.index, -1, -1, self.waiting_since, 0.0)
        )
        self.waiting_since = -1
        return self.journey.window_to if result == CUT else step.next

    def _go_on(self, turn: int) -> None:
        if self.turn == turn:
            self.turn += 1
            self.gate.open(DONE)

    def _choose(self, step: PlanStep) -> int:
        world = self.world
        visit = self._visit(step.word)
        if step.mark >= 0:
            branch = 0 if self.registers[step.mark] > 0.0 else 1
        else:
            u = uniform(absorb(absorb(self.key, step.word), visit))
            if step.chances:
                branch = bisect_right(step.chances, u)
            else:
                branch = apply_rule(world.plan.rules[step.rule], self.registers, self._traits(), 1.0, 1.0, u)
        world.trace.rows.append(
            (world.clock._now, _CHOOSE, self.id, self.account_index, step.index, -1, -1, -1, float(branch))
        )
        return step.targets[branch]

    def _start(self, step: PlanStep) -> bool:
        """Start another journey; True if this case waits for it."""
        world = self.world
        key = absorb(absorb(self.key, step.word), self._visit(step.word))
        parent = self if step.child_wait else None
        child = Case(world, step.child, key, self.account, self.segment, list(self.registers), world.clock._now, parent)
        if step.books:
            world.record(Event.BOOK, case=self, step=step.index, person=self.last_person, value=self.value)
        self.turn += 1
        world.bear(child)
        return step.child_wait

    @property
    def value(self) -> float:
        """The case's value, USD."""
        index = self.world.plan.value
        return self.registers[index] if index >= 0 else 0.0

    def _end(self, step: PlanStep) -> None:
        world, now = self.world, self.world.clock._now
        for milestone, at in self.pending():
            expected = float(self.expected_ms(milestone))
            world.record(Event.MISSED, case=self, step=at, since=self.clock_of(milestone), value=expected)
        if step.books:
            world.record(Event.BOOK, case=self, step=step.index, person=self.last_person, value=self.value)
        if step.bills:
            world.record(Event.BILL, case=self, step=step.index, value=self.value)
        world.trace.rows.append((now, _END, self.id, self.account_index, step.index, -1, -1, self.epoch, self.value))
        if self.account is not None:
            self.account.case_ended(self, step)
        world.cases.pop(self.key, None)
        if self.parent is not None:
            self.parent.gate.open(DONE)

    # -- being served
    # --------------------------------------------------------------------------------------------------

    def effort_ms(self, activity: PlanActivity, speed: float) -> int:
        """Draw the work of this visit to an activity, for a person of this speed."""
        visit = self.visits.get(activity.word, 0)
        self.visits[activity.word] = visit + 1
        u = uniform(absorb(absorb(self.key, activity.word), visit))
        return floor(activity.effort[self.segment].sampler(u) / speed + 0.5)

    def lead_ins(self, activity: PlanActivity, speed: float) -> list[tuple[int, int]]:
        """Draw what the same person does right before, as (step, ms)."""
        found = []
        world = self.world
        for index, share in activity.lead_ins:
            step = world.plan.steps[index]
            visit = self.visits.get(activity.word, 0)
            u = uniform(absorb(absorb(absorb(self.key, _LEAD_IN), step.word), visit))
            if u < share:
                found.append((index, self.effort_ms(world.plan.activities[step.activity], speed)))
        return found

    def take_over(self, taker: Person, giver: Person, task: Task) -> tuple[int, bool]:
        """Change hands: the taker's ms, and whether the kit is complete; the giver gets their hours to do."""
        world, plan = self.world, self.world.plan
        terms = plan.within_role if giver.desk is taker.desk else plan.across_roles
        task.taken_over = True
        briefing = task.activity.briefing
        giver_ms, taker_ms = floor(terms.giver_ms * briefing + 0.5), floor(terms.taker_ms * briefing + 0.5)
        if giver_ms > 0 and not giver.role.machine:
            step = plan.steps[plan.give_step]
            activity = plan.activities[step.activity]
            give = Task(self, step, activity, giver.desk, world.clock._now, self.rank, giver, giver_ms)
            give.resumes = False
            giver.desk.enqueue(give)
        technical = plan.technical >= 0 and self.registers[plan.technical] > 0.0
        incomplete = briefing * (1.0 - (terms.complete_technical if technical else terms.complete))
        if incomplete <= 0.0 or giver.role.machine:
            return taker_ms, True
        visit = self.visits.get(task.activity.word, 0)
        u = uniform(absorb(absorb(absorb(self.key, _KIT), task.step.word), visit))
        return taker_ms, u >= incomplete

    def served(self, task: Task, person: Person, outcome: int) -> None:
        """Go on after a person is done with a task."""
        activity = task.activity
        if outcome == DONE and task.step.index != self.world.plan.complete_step:
            if not person.role.machine:
                self.last_person = person
            if activity.tells:
                self._tell(activity, task, person)
        if self.void:
            outcome = VOID
        self.turn += 1
        self.gate.open(outcome)

    def _tell(self, activity: PlanActivity, task: Task, person: Person) -> None:
        """Let finished work have its effect, stop patience and reach its milestone."""
        if activity.effect >= 0:
            self._effect(activity, person)
        if activity.substantive:
            self.deadlines.clear()
        if activity.milestone >= 0 and not self.reached >> activity.milestone & 1:
            self._reach(activity.milestone, task.step.index, person)

    def _effect(self, activity: PlanActivity, person: Person) -> None:
        world = self.world
        rule = world.plan.rules[activity.effect]
        u = 0.5
        if rule.draws:
            u = uniform(absorb(absorb(self.key, rule.word), self.visits.get(activity.word, 0)))
        quality = person.role.quality[self.step.activity]
        apply_rule(rule, self.registers, self._traits(), person.skill(activity.kind), quality, u)

    def _traits(self) -> list[float]:
        return self.account.traits if self.account is not None else []

    # -- milestones
    # ----------------------------------------------------------------------------------------------------

    def clock_of(self, milestone: int) -> int:
        """Give the instant from which a milestone's lead time runs; -1 if it has not been asked for."""
        return self.clocks.get(milestone, -1) if milestone in self.journey.asked else self.epoch

    def pending(self) -> list[tuple[int, int]]:
        """Give the milestones asked for and not reached, each with the first step that carries it."""
        found: dict[int, int] = {}
        for milestone, step in self.journey.milestones:
            if not self.reached >> milestone & 1 and self.clock_of(milestone) >= 0:
                found.setdefault(milestone, step)
        return list(found.items())

    def expected_ms(self, milestone: int) -> int:
        """Give by how much after its clock's start the customer expects a milestone; -1 for no expectation."""
        e = self.world.plan.milestones[milestone]
        ms = e.yes_ms if e.by < 0 or self.registers[e.by] > 0.0 else e.no_ms
        if ms < 0 or not e.business:
            return ms
        since = self.clock_of(milestone)
        return self.world.plan.customer_hours.finish(since, ms) - since

    def _reach(self, milestone: int, step: int, person: Person) -> None:
        self.reached |= 1 << milestone
        since = self.clock_of(milestone)
        if since < 0:
            return
        expected = self.expected_ms(milestone)
        self.world.record(Event.MILESTONE, case=self, step=step, person=person, since=since, value=float(expected))
        if self.account is not None and expected >= 0:
            elapsed = self.world.clock._now - since
            self.account.touched(self, milestone, step, elapsed, expected, person)

    # -- leaving
    # -------------------------------------------------------------------------------------------------------

    def _set_patience(self, law: int, task: Task) -> None:
        """Start the customer's patience, or go on with the one that runs."""
        clock, plan = self.world.clock, self.world.plan
        deadline = self.deadlines.get(law, -1)
        if deadline < 0:
            word = plan.law_words[law]
            u = uniform(absorb(absorb(self.key, word), self._visit(word)))
            patience = floor(plan.named_laws[law][self.segment].quantile(u) + 0.5)
            hours = plan.customer_hours
            deadline = clock._now + patience if hours.is_always else hours.finish(clock._now, patience)
            self.deadlines[law] = deadline
        turn = self.turn
        Moment(clock, max(deadline, clock._now), LEAVE | self.rank, lambda _: self._out_of_patience(turn, task))

    def _out_of_patience(self, turn: int, task: Task) -> None:
        if self.turn == turn and task.state == QUEUED:
            if self.account is not None:
                self.account.let_down(self, task)
            self._leave_queue(task, LEFT)

    def _leave_queue(self, task: Task, how: int) -> None:
        task.state = OVER
        task.desk.withdraw(task)
        self.world.record(Event.LEAVE, case=self, step=task.step.index, role=task.desk.role, since=task.since)
        self.turn += 1
        self.gate.open(how)

    def window_passed(self) -> None:
        """Give up at once what needs the customer; the rest finds out at the next contact."""
        if self.world.cases.get(self.key) is not self:
            return
        self.expired = True
        task = self.task
        if self.waiting_since >= 0:
            self.turn += 1
            self.gate.open(CUT)
        elif task is not None and task.state == QUEUED and task.activity.customer_present:
            self._leave_queue(task, CUT)

    def make_void(self) -> None:
        """End because the account is gone: at once if the case waits, after the task in hand otherwise."""
        self.void = True
        task = self.task
        if self.waiting_since >= 0:
            self.turn += 1
            self.gate.open(VOID)
        elif task is not None and task.state == QUEUED:
            self._leave_queue(task, VOID)
