"""The weekly grid of people, as `sim.engine.turnover`: who gives notice, who shows newcomers how things are done."""

from __future__ import annotations

from sim.compiled.appointments import put
from sim.compiled.chance import absorb, rank, uniform
from sim.compiled.events import PEOPLE_LEAVE, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.pay import leaving_factor
from sim.compiled.people import NOBODY_LEAVES, in_training, worked_by
from sim.compiled.staff import give_notice
from sim.compiled.store import activity_at, new_task
from sim.order import SHIFT, STAFF
from sim.outcomes import QUIT
from sim.rules.pace import kept
from sim.rules.staying import quit_chance
from sim.worktime import WEEK_MS


@compiled
def next_monday(m):  # type: ignore[no-untyped-def]
    """Let the next week of people begin in its time."""
    at = m[m[FOLKS] + Z_STAFF_WEEK] * WEEK_MS
    if at < m[HORIZON]:
        schedule(m, at, SHIFT | STAFF, PEOPLE_LEAVE, 0, 0)


@compiled
def people_leave(s):  # type: ignore[no-untyped-def]
    """Let people give notice; then give out the hours of training."""
    m = s.m
    week = m[m[FOLKS] + Z_STAFF_WEEK]
    m[m[FOLKS] + Z_STAFF_WEEK] += 1
    for i in range(m[N_SEATS]):
        person = m[m[SEATS] + i * SEAT_SIZE + SEAT_PERSON]
        if person and _quits(s, person, week):
            give_notice(s, person, QUIT)
    if m[m[FOLKS] + Z_TRAINER_MS]:
        for i in range(m[N_SEATS]):
            person = m[m[SEATS] + i * SEAT_SIZE + SEAT_PERSON]
            if person and in_training(m, person):
                _train(s, person, week)
    next_monday(m)


@compiled
def _quits(s, person, week):  # type: ignore[no-untyped-def]
    m, f = s.m, s.f
    folks, desk = m[FOLKS], m[person + P_DESK]
    if m[desk + D_MACHINE] or m[person + P_LEAVING] != NOBODY_LEAVES:
        return False
    factor = f[folks + Z_QUITS] * leaving_factor(s, person)
    if m[NOW] < m[person + P_UNSETTLED_UNTIL]:
        factor *= f[folks + Z_CHANGE]
    load, reference = f[folks + Z_REFERENCE_LOAD], f[folks + Z_REFERENCE_LOAD]
    if f[folks + Z_OVERLOAD] > 0.0:
        load = _load_after(s, person, week)
    chance = quit_chance(f[desk + D_QUITS], factor, f[folks + Z_OVERLOAD], load, reference)
    return uniform(absorb(absorb(m[person + P_KEY], m[W_QUIT]), week)) < chance


@compiled
def _load_after(s, person, week):  # type: ignore[no-untyped-def]
    """Give the share of rostered hours a person worked of late, the week that ends now included."""
    m, f = s.m, s.f
    there = worked_by(s, person, (week - 1) * WEEK_MS, week * WEEK_MS)
    if there > 0:
        weight = kept(1.0, 1.0, f[m[FOLKS] + Z_LOAD_HALF_LIFE])
        f[person + P_LOAD] = weight * f[person + P_LOAD] + (1.0 - weight) * min(1.0, m[person + P_BUSY_MS] / there)
    m[person + P_BUSY_MS] = 0
    return f[person + P_LOAD]


@compiled
def _train(s, newcomer, week):  # type: ignore[no-untyped-def]
    """Let the first of the role, in the order of seats, who is no newcomer show one how things are done."""
    m, desk = s.m, s.m[newcomer + P_DESK]
    trainer = m[desk + D_PEOPLE]
    while trainer and (trainer == newcomer or in_training(m, trainer)):
        trainer = m[trainer + P_NEXT]
    if not trainer:
        return
    step, place = m[TRAIN_STEP], rank(absorb(m[newcomer + P_KEY], week))
    put(s, new_task(m, 0, step, activity_at(m, step), desk, m[NOW], place, trainer, m[m[FOLKS] + Z_TRAINER_MS]))
