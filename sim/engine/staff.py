"""Who sits in which seat: people begin, give notice, leave, and somebody else comes.

A seat is a number of a pool (`PlanPerson`); who sits in it is a person, the n-th to do so, with skills, absences and
habits of their own. A leaver's case work goes to whoever would get it now; what is left of the task in hand as well, at
the price of a hand-off. Work that was the leaver's alone (administration, explaining a case handed over) lapses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.draws import absorb
from sim.engine.bonds import take_along
from sim.engine.clock import Life, Moment
from sim.engine.person import Person
from sim.engine.service import ask_anew
from sim.order import SHIFT, rank
from sim.outcomes import DISMISSED, MOVED, OVER, QUIT, RETURNED
from sim.trace import Event
from sim.worktime import DAY_MS, WEEK_MS

if TYPE_CHECKING:
    from sim.engine.desk import Desk
    from sim.engine.world import World
    from sim.plan import Plan


class Staff:
    """The seats of a company.

    Attributes
    ----------
    seats : list of Person or None
        By `Plan.persons`; None while a seat is vacant or not there in the design.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.seats: list[Person | None] = [None] * len(world.plan.persons)
        self._came = [0] * len(self.seats)

    def people(self) -> list[Person]:
        """Give all people there are, in the order of the seats."""
        return [p for p in self.seats if p is not None]

    def open_up(self) -> None:
        """Put everybody in their place at t=0."""
        for seat, plan in enumerate(self._world.plan.persons):
            if plan.role >= 0:
                self._place(Person(self._world, plan, seat, self._world.desks[plan.role]))

    # -- coming

    def hire(self, seat: int) -> None:
        """Let somebody begin in a vacant seat, if the design still has it."""
        world = self._world
        plan = world.plan.persons[seat]
        # The design may have given up a post since it fell vacant.
        if plan.role < 0 or self.seats[seat] is not None:
            return
        self._came[seat] += 1
        role, people = world.plan.roles[plan.role], world.plan.people
        person = Person(world, plan, seat, world.desks[plan.role], self._came[seat])
        cost_usd = people.hiring_pay_share * (role.pay_usd + role.variable_usd)
        world.record(Event.JOIN, person=person, value=cost_usd)
        world.pay.joins(person)
        self._place(person)

    def _place(self, person: Person) -> None:
        """Seat somebody, who begins at once if the role is open, unless away that day."""
        world, desk = self._world, person.desk
        now = world.clock._now
        begins = desk.always or desk.session_start <= now < desk.open_until
        today = now // DAY_MS
        if begins and (person.moved_day == today or (desk.role.absence > 0.0 and not desk.always)):
            person.present = not person.absent(today)
        self.seats[person.index] = person
        desk.seat(person)
        Life(world.clock, person.live())
        if begins and person.present:
            desk.free(person)
        elif desk.always:
            Moment(world.clock, (today + 1) * DAY_MS, SHIFT | rank(person.key), lambda _: self._back(person, desk))

    def _back(self, person: Person, desk: Desk) -> None:
        """Let somebody who was away when coming to a role that never closes begin there, if it still is theirs."""
        if not person.present and not person.gone and person.desk is desk:
            person.present = True
            desk.free(person)

    def reseat(self, before: Plan) -> None:
        """Let a new design take over: posts go, come, or go over to another role; seat by seat."""
        for seat, (old, new) in enumerate(zip(before.persons, self._world.plan.persons, strict=True)):
            person = self.seats[seat]
            if person is None:
                if old.role < 0 <= new.role:
                    self.hire(seat)
                continue
            person.plan = new
            if person.leaving == QUIT:
                continue
            if new.role == person.desk.index:
                person.leaving = None
            else:
                self._let_go(person, DISMISSED if new.role < 0 else MOVED)

    def _let_go(self, person: Person, why: int) -> None:
        """Let a person leave a role when the task in hand is done."""
        if person.task is not None:
            person.leaving = why
        else:
            person.gate.open(None)
            self.left(person, why)

    # -- going

    def seat_key(self, seat: int) -> int:
        """Give the address of a seat, whoever sits there."""
        plan = self._world.plan.persons[seat]
        return absorb(absorb(self._world.key, plan.word), plan.number)

    def give_notice(self, person: Person, why: int) -> None:
        """Let a person leave at the end of the shift; who has none, when the task in hand is done."""
        desk, now = person.desk, self._world.clock._now
        if desk.always and person.task is not None:
            person.leaving = why
        elif desk.always or not desk.role.calendar.is_open(now):
            self._leave(person, why)
        else:
            end = desk.role.calendar.closing(now)
            Moment(self._world.clock, end, SHIFT | rank(person.key), lambda _: self._leave(person, why))

    def _leave(self, person: Person, why: int) -> None:
        if person.gone:
            return
        task = person.task
        if task is None:
            person.gate.open(None)
            self.left(person, why)
            return
        left_ms = person.interrupt(task)
        task.state = OVER
        self.left(person, why)
        if task.resumes:
            ask_anew(task, -1 if person.outcome == RETURNED else left_ms, person)

    def left(self, person: Person, why: int) -> None:
        """Take the consequences of a person's leaving, who has nothing in hand any more."""
        world, desk = self._world, person.desk
        if why == MOVED and person.plan.role < 0:
            why = DISMISSED  # the post it was to go to is gone again
        person.gone = why != MOVED
        person.stamp += 1
        self.seats[person.index] = None
        desk.unseat(person)
        world.record(Event.DEPART, person=person, since=person.joined_ms, value=float(why))
        if why == MOVED:
            person.begin_in(world.desks[person.plan.role])
            world.record(Event.JOIN, person=person)
            self._place(person)
        else:
            person.present = False
        for task in desk.take_back(lambda t: t.person is person):
            if task.resumes:
                ask_anew(task)
            elif why == MOVED and task.case is not None:
                task.desk = person.desk
                task.desk.enqueue(task)
            else:
                task.state = OVER
        if why == MOVED:
            return
        take_along(world, person)
        if why == QUIT:
            self._find_another(person)

    def _find_another(self, leaver: Person) -> None:
        clock = self._world.clock
        due = clock._now + self._world.plan.people.vacancy_weeks * WEEK_MS
        Moment(clock, due, SHIFT | rank(leaver.key), lambda _: self.hire(leaver.index))


def newcomers_trainer(desk: Desk, newcomer: Person) -> Person | None:
    """Give who shows a newcomer how things are done: the first of the role, in the order of seats, who is none."""
    return next((p for p in desk.people if p is not newcomer and not p.in_training), None)
