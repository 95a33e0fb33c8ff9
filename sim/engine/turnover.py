"""The weekly grid of people: who gives notice, and who shows newcomers how things are done."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Moment
from sim.engine.staff import newcomers_trainer
from sim.engine.task import Task
from sim.order import SHIFT, STAFF, rank
from sim.outcomes import QUIT
from sim.rules import kept, quit_chance
from sim.worktime import WEEK_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.person import Person
    from sim.engine.world import World

_QUIT = word_of("quit")


def turnover(world: World) -> Generator[simpy.Event, None, None]:
    """At each Monday 00:00 but the first, let people give notice; then give out the hours of training."""
    clock = world.clock
    week = 1
    while week * WEEK_MS < world.plan.horizon_ms:
        yield Moment(clock, week * WEEK_MS, SHIFT | STAFF)
        for person in world.staff.people():
            if _quits(world, person, week):
                world.staff.give_notice(person, QUIT)
        if world.plan.people.trainer_ms_per_week:
            for person in world.staff.people():
                if person.in_training:
                    _train(world, person, week)
        week += 1


def _quits(world: World, person: Person, week: int) -> bool:
    people, role = world.plan.people, person.role
    if role.machine or person.leaving is not None:
        return False
    factor = people.quit_rate * world.pay.leaving_factor(person)
    if world.clock._now < person.unsettled_until_ms:
        factor *= people.quit_change
    load = people.quit_reference_load
    if people.quit_overload > 0.0:
        load = _load_after(world, person, week)
    chance = quit_chance(role.quits_per_year, factor, people.quit_overload, load, people.quit_reference_load)
    return uniform(absorb(absorb(person.key, _QUIT), week)) < chance


def _load_after(world: World, person: Person, week: int) -> float:
    """Give the share of rostered hours a person worked of late, the week that ends now included."""
    people = world.plan.people
    there = person.worked((week - 1) * WEEK_MS, week * WEEK_MS)
    if there > 0:
        weight = kept(1.0, 1.0, people.load_half_life_weeks)
        person.load = weight * person.load + (1.0 - weight) * min(1.0, person.busy_ms / there)
    person.busy_ms = 0
    return person.load


def _train(world: World, newcomer: Person, week: int) -> None:
    trainer = newcomers_trainer(newcomer.desk, newcomer)
    if trainer is None:
        return
    plan, now = world.plan, world.clock._now
    step = plan.steps[plan.train_step]
    place = rank(absorb(newcomer.key, week))
    hours = plan.people.trainer_ms_per_week
    trainer.desk.enqueue(Task(None, step, plan.activities[step.activity], trainer.desk, now, place, trainer, hours))
