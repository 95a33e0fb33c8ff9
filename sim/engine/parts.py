"""The parts of a task in a person's hands: set-up and taking over first, then lead-ins, then the work itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.engine.effort import effort_ms, lead_ins
from sim.engine.handover import take_up
from sim.engine.task import Task
from sim.outcomes import CANNOT, DONE, RETURNED
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.person import Person

_CANNOT = word_of("cannot")
_SETUP, _HANDOFF = int(Event.SETUP), int(Event.HANDOFF)


def parts_of(person: Person, task: Task) -> tuple[int, list[tuple[int, int]]]:
    """Give the outcome and the (step, ms) of what a person will do for a task, set-up in the first part."""
    case, activity = task.case, task.activity
    world, role = person.world, person.role
    before = 0
    person.before_ms = (0, 0)
    if world.friction and not role.machine:
        if activity.setup_ms and person.kind is not None and person.kind != activity.setup_group:
            before = activity.setup_ms
            person.before_ms = (before, 0)
            _note(person, _SETUP, task.step.index, task, before)
        person.kind = activity.setup_group
        if case is not None and task.resumes and task.books is None and not task.taken_over:
            taking, complete = take_up(case, person, task)
            if taking:
                person.before_ms = (before, taking)
                before += taking
                _note(person, _HANDOFF, task.step.index, task, taking)
            if not complete:
                return RETURNED, [(task.step.index, before)]
    if case is None or task.fixed_ms >= 0:
        return DONE, [(task.step.index, before + task.fixed_ms)]
    speed, pace = role.speed, world.pace
    parts = lead_ins(case, activity, speed, person.desk.index) if activity.lead_ins else []
    factor = 1.0 if pace is None or task.books is not None else pace.effort(person, case, activity)
    parts.append((task.step.index, effort_ms(case, activity, speed[task.step.activity] / factor)))
    if before:
        parts[0] = (parts[0][0], parts[0][1] + before)
    return CANNOT if role.cannot and _cannot(person, task.step.activity, case, activity.word) else DONE, parts


def left_of(person: Person, task: Task, done_ms: int) -> int:
    """Give the ms of a task that are left to do when its person stops in the middle of a part of it.

    Set-up and taking over are this person's own: what of them was not done is taken off, and none of it is left.
    """
    left_ms = person.part_ms - done_ms + sum(ms for _, ms in person.later)
    at = 0
    for event, length in zip((_SETUP, _HANDOFF), person.before_ms, strict=True):
        undone = at + length - max(at, min(done_ms, at + length))
        if undone > 0:
            _note(person, event, person.part_step, task, -undone)
            left_ms -= undone
        at += length
    return left_ms


def _cannot(person: Person, activity: int, case: Case, word: int) -> bool:
    """Whether this machine turns out not to be able to do an activity, by the luck of the case."""
    return uniform(absorb(absorb(case.key, _CANNOT), word)) < person.role.cannot[activity]


def _note(person: Person, event: int, step: int, task: Task, value_ms: int) -> None:
    """Write down what a person needs before the effort of a task, or takes off of it."""
    case = task.case
    case_id, account = (-1, -1) if case is None else (case.id, case.account_index)
    now = person.world.clock._now
    person.world.trace.rows.append(
        (now, event, case_id, account, step, person.desk.index, person.index, now, float(value_ms))
    )
