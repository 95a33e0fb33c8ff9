"""At the end of a run every unfinished case is somebody's: in hand, in a queue that is served, or waiting."""

import pytest
from hypothesis import given
from small_companies import companies, few, many

from sim import Scenario
from sim.engine import World
from sim.outcomes import QUEUED
from sim.plan import DO, START, WAIT
from sim.planning import plan_of
from sim.trace import Trace


def somebody_will(data: dict) -> None:
    plan = plan_of(Scenario.read(data))
    world = World(plan, 1, 0, Trace(plan))
    world.run()
    seated = world.staff.people()
    in_hand = {person.task: person for person in seated if person.task is not None}
    queues = [(task, desk) for desk in world.desks for task in desk.queued() if task.state == QUEUED]
    queued = dict(queues)
    assert len(queued) == len(queues), "a task in two places"
    assert not in_hand.keys() & queued.keys()
    for person in seated:
        assert person in person.desk.people
        assert person.role is person.desk.role
    assert sorted(p.index for desk in world.desks for p in desk.people) == [p.index for p in seated]
    for task, desk in queued.items():
        assert task.desk is desk
        if task.person is not None:
            assert task.person in desk.people, f"{task.activity.name} waits for somebody who is not there"
        elif task.case is not None:
            assert desk.role.headcount > 0, f"{task.activity.name} waits for a role that is gone"
    for case in world.cases.values():
        if case.step.verb == DO:
            assert case.task in in_hand or case.task in queued
            assert case.task.case is case
        else:
            assert case.step.verb in (WAIT, START)
    inside = dict.fromkeys(world.inside, 0)
    for case in world.cases.values():
        if case.step.verb == DO and case.step.activity in inside:
            inside[case.step.activity] += 1
    assert inside == world.inside


@few
@given(companies(changing=True))
def test_every_unfinished_case_is_somebodys(data):
    somebody_will(data)


@pytest.mark.slow
@many
@given(companies(changing=True))
def test_every_unfinished_case_is_somebodys_in_many_companies(data):
    somebody_will(data)
