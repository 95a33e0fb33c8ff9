"""How a case gives up: the customer's patience ends, the decision window passes, or the account is gone."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform
from sim.engine.clock import Moment
from sim.engine.lapse import let_down
from sim.engine.task import Task
from sim.order import LEAVE
from sim.outcomes import CUT, LEFT, OVER, QUEUED, VOID
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.case import Case


def set_patience(case: Case, law: int, task: Task) -> None:
    """Start the customer's patience in a queue, or go on with the one that runs."""
    clock, plan = case.world.clock, case.world.plan
    deadline = case.deadlines.get(law, -1)
    if deadline < 0:
        word = plan.law_words[law]
        u = uniform(absorb(absorb(case.need, word), case.visit(word)))
        patience = floor(plan.named_laws[law][case.segment].quantile(u) * case.patience_factor + 0.5)
        hours = plan.customer_hours
        deadline = clock._now + patience if hours.is_always else hours.finish(clock._now, patience)
        case.deadlines[law] = deadline
    turn = case.turn
    Moment(clock, max(deadline, clock._now), LEAVE | case.rank, lambda _: _out_of_patience(case, law, task, turn))


def lengthen_patience(case: Case, factor: float) -> None:
    """Lengthen what is left of patience, and what begins before a substantive answer."""
    now, hours = case.world.clock._now, case.world.plan.customer_hours
    case.patience_factor *= factor
    for law, deadline in case.deadlines.items():
        if deadline > now:
            left = floor(hours.worked(now, deadline) * factor + 0.5)
            case.deadlines[law] = hours.finish(now, left)


def _out_of_patience(case: Case, law: int, task: Task, turn: int) -> None:
    if case.turn == turn and task.state == QUEUED:
        del case.deadlines[law]
        if case.account is not None:
            let_down(case)
        _leave_queue(case, task, LEFT)


def _leave_queue(case: Case, task: Task, how: int) -> None:
    task.state = OVER
    task.desk.withdraw(task)
    release(task)
    case.world.record(Event.LEAVE, case=case, step=task.step.index, role=task.desk.role, since=task.since)
    case.go_on(how)


def release(task: Task) -> None:
    """Write down that the appointment of a task, if it has one, is off."""
    case = task.case
    if case is not None and task.slot_start >= 0:
        start, step = float(task.slot_start), task.step.index
        case.world.record(Event.RELEASE, case=case, step=step, person=task.person, since=task.slot_made, value=start)
        task.slot_start = -1


def window_passed(case: Case) -> None:
    """Give up at once what needs the customer; the rest finds out at the next contact."""
    if case.world.cases.get(case.key) is not case:
        return
    case.expired = True
    if case.waiting_since >= 0:
        case.go_on(CUT)
    else:
        cut_present(case)


def cut_present(case: Case) -> None:
    """Leave a queue for work that needs the customer."""
    task = case.task
    if task is not None and task.state == QUEUED and (task.books or task.activity).customer_present:
        _leave_queue(case, task, CUT)


def make_void(case: Case) -> None:
    """End because the account is gone: at once if the case waits, after the task in hand otherwise."""
    case.void = True
    task = case.task
    if case.waiting_since >= 0:
        case.go_on(VOID)
    elif task is not None and task.state == QUEUED:
        _leave_queue(case, task, VOID)
