"""Two textbook systems without chance, event by event and to the millisecond."""

import pytest

from experiments.composing.compose import compose
from sim import simulate
from sim.worktime import HOUR_MS


def told(trace, *events):
    """Give (ms, event, name) of the rows in order; the n-th case of a journey is named JOURNEY/n."""
    rows, names, seen = trace.table.to_pylist(), {}, {}
    for row in rows:
        if row["event"] == "begin":
            seen[row["journey"]] = seen.get(row["journey"], 0) + 1
            names[row["case"]] = f"{row['journey']}/{seen[row['journey']]}"
    return [(row["time_ms"], row["event"], names[row["case"]]) for row in rows if row["event"] in events]


def ms(*happenings):
    """Hours as written above a derivation become exact milliseconds."""
    return [(round(hours * HOUR_MS), event, name) for hours, event, name in happenings]


def waits(trace):
    return [row["time_ms"] - row["since_ms"] for row in trace.table.to_pylist() if row["event"] == "start"]


TWO_CLASSES = "+experiment=textbook/two_classes_deterministic"


def test_two_classes_by_priority():
    # Class 0 arrives at 1, 2, 3, ..., class 1 at .3, 1.3, 2.3, ...; each takes .75; the run is over at 6, before what
    # happens at 6. At 3.3 a completion and an arrival of class 1 meet; class 0 waits, so their order does not matter.
    trace = simulate(compose([TWO_CLASSES]))
    assert told(trace, "begin", "start", "finish", "open_task") == ms(
        (0.30, "begin", "class_1/1"),
        (0.30, "start", "class_1/1"),  # nobody there
        (1.00, "begin", "class_0/1"),
        (1.05, "finish", "class_1/1"),  # not interrupted
        (1.05, "start", "class_0/1"),
        (1.30, "begin", "class_1/2"),
        (1.80, "finish", "class_0/1"),
        (1.80, "start", "class_1/2"),  # alone in the queue
        (2.00, "begin", "class_0/2"),
        (2.30, "begin", "class_1/3"),
        (2.55, "finish", "class_1/2"),
        (2.55, "start", "class_0/2"),  # first come, too
        (3.00, "begin", "class_0/3"),
        (3.30, "finish", "class_0/2"),
        (3.30, "begin", "class_1/4"),
        (3.30, "start", "class_0/3"),  # before class_1/3, who came earlier
        (4.00, "begin", "class_0/4"),
        (4.05, "finish", "class_0/3"),
        (4.05, "start", "class_0/4"),  # again before class_1/3
        (4.30, "begin", "class_1/5"),
        (4.80, "finish", "class_0/4"),
        (4.80, "start", "class_1/3"),  # no class 0 there; the first of three of class 1
        (5.00, "begin", "class_0/5"),
        (5.30, "begin", "class_1/6"),
        (5.55, "finish", "class_1/3"),
        (5.55, "start", "class_0/5"),
        (6.00, "open_task", "class_1/4"),  # queued
        (6.00, "open_task", "class_1/5"),
        (6.00, "open_task", "class_1/6"),
        (6.00, "open_task", "class_0/5"),  # in service
    )
    assert waits(trace) == [round(w * HOUR_MS) for w in (0, 0.05, 0.5, 0.55, 0.3, 0.05, 2.5, 0.55)]


def test_two_classes_first_come():
    # The same arrivals in order of arrival: the server never rests from .3 on, one every .75.
    trace = simulate(compose([TWO_CLASSES, "org.roles.server.dispatch=first_come"]))
    assert told(trace, "start", "finish") == ms(
        (0.30, "start", "class_1/1"),
        (1.05, "finish", "class_1/1"),
        (1.05, "start", "class_0/1"),
        (1.80, "finish", "class_0/1"),
        (1.80, "start", "class_1/2"),
        (2.55, "finish", "class_1/2"),
        (2.55, "start", "class_0/2"),
        (3.30, "finish", "class_0/2"),
        (3.30, "start", "class_1/3"),
        (4.05, "finish", "class_1/3"),
        (4.05, "start", "class_0/3"),
        (4.80, "finish", "class_0/3"),
        (4.80, "start", "class_1/4"),
        (5.55, "finish", "class_1/4"),
        (5.55, "start", "class_0/4"),
    )
    assert waits(trace) == [round(w * HOUR_MS) for w in (0, 0.05, 0.5, 0.55, 1, 1.05, 1.5, 1.55)]


def test_balking_at_three():
    # Arrivals at 5, 10, ..., 50; service 21; three places. 1 is served 5-26, 2 26-47, 3 47-68; 6 takes the place that 1
    # left, 10 the place that 2 left.
    trace = simulate(compose(["+experiment=textbook/balking"]))
    assert told(trace, "start", "finish", "balk", "open_task") == ms(
        (5, "start", "visit/1"),
        (20, "balk", "visit/4"),
        (25, "balk", "visit/5"),
        (26, "finish", "visit/1"),
        (26, "start", "visit/2"),
        (35, "balk", "visit/7"),
        (40, "balk", "visit/8"),
        (45, "balk", "visit/9"),
        (47, "finish", "visit/2"),
        (47, "start", "visit/3"),
        (51, "open_task", "visit/6"),
        (51, "open_task", "visit/10"),
        (51, "open_task", "visit/3"),
    )
    served = [row for row in trace.table.to_pylist() if row["event"] == "finish"]
    assert [row["since_ms"] for row in served] == [5 * HOUR_MS, 26 * HOUR_MS]
    assert waits(trace)[:2] == [0, 16 * HOUR_MS]


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("experiment", ["two_classes_deterministic", "balking"])
def test_nothing_is_left_to_chance(experiment, seed):
    scenario = compose([f"+experiment=textbook/{experiment}"])
    events = ("begin", "start", "finish", "balk", "end")
    assert told(simulate(scenario, seed=seed), *events) == told(simulate(scenario), *events)
