"""Queues whose answer is known, run through their configs: the mean within 4 standard errors, the error bar honest."""

import pytest
from birth_death import Chain
from stationary import assert_agrees, read_off, replications

from experiments.composing.compose import compose
from sim import measure, simulate

MM1, MM2, MM4 = Chain(1, 1 / 0.8, 1), Chain(9, 5, 2), Chain(9, 5, 4)
MM23 = Chain(3, 4, 2, places=3)
CALLS_14, CALLS_15 = Chain(200, 20, 14), Chain(200, 20, 15)
IMPATIENT = Chain(200, 20, 14, impatience=12)
WINDOW, WINDOWS = Chain(0.75, 1, 1), Chain(3, 1, 4)
TWENTY_S = 20 / 3_600

PUBLISHED = [
    # system, what our formula gives, what its source prints
    ("mm1 number in queue", MM1.queue, 3.2, 5e-10),
    ("mm1 time in system", MM1.time, 4.0, 5e-10),
    ("mm1 empty", MM1.p[0], 0.2, 5e-10),
    ("mm1 one", MM1.p[1], 0.16, 5e-10),
    ("mm1 two", MM1.p[2], 0.128, 5e-10),
    ("mm2 number in queue", MM2.queue, 7.674, 5e-4),
    ("mm2 time in system", MM2.time, 1.053, 5e-4),
    ("mm4 number in queue", MM4.queue, 0.105, 5e-4),
    ("mm4 time in system", MM4.time, 0.212, 5e-4),
    ("mm23 number in system", MM23.inside, 0.76234, 5e-6),
    ("mm23 lost", MM23.lost, 0.04936, 5e-6),
    ("erlang_c, 14 agents, P(wait)", CALLS_14.delayed, 0.174, 5e-4),
    ("erlang_c, 14 agents, in 20 s", CALLS_14.started_within(TWENTY_S), 0.888, 5e-4),
    ("erlang_c, 14 agents, occupancy", CALLS_14.busy / 14, 0.714, 5e-4),
    ("erlang_c, 15 agents, P(wait)", CALLS_15.delayed, 0.102, 5e-4),
    ("erlang_c, 15 agents, in 20 s", CALLS_15.started_within(TWENTY_S), 0.941, 5e-4),
    ("erlang_c, 15 agents, occupancy", CALLS_15.busy / 15, 0.667, 5e-4),
    ("erlang_a P(wait)", IMPATIENT.delayed, 0.14526, 5e-6),
    ("erlang_a abandoned", IMPATIENT.left, 0.013984, 5e-7),
    ("erlang_a mean wait of all, min", 60 * IMPATIENT.wait, 0.069919, 5e-7),
    ("erlang_a occupancy", IMPATIENT.busy / 14, 0.704297, 5e-7),
]

PRIORITY = {"urgent.time": 2.0, "normal.time": 6.0}  # Cobham: .8 / .8 + 1 and .8 / (.8 x .2) + 1
MM1_ANSWERS = {
    "serve.queue": MM1.queue,
    "visit.time": MM1.time,
    "p0": MM1.p[0],
    "p1": MM1.p[1],
    "p2": MM1.p[2],
}
MM2_ANSWERS = {"serve.queue": MM2.queue, "visit.time": MM2.time}
# Each station alone is an M/M/1 (Jackson): number r / (1 - r), time per visit service / (1 - r).
JACKSON = {
    **{f"{n}.per_hour": x for n, x in {"one": 20, "two": 10, "three": 10, "four": 4}.items()},
    **{f"{n}.busy": u for n, u in {"one": 0.8, "two": 0.3, "three": 0.6, "four": 0.2}.items()},
    **{f"{n}.inside": q for n, q in {"one": 4, "two": 3 / 7, "three": 1.5, "four": 0.25}.items()},
    **{f"{n}.time": r for n, r in {"one": 0.2, "two": 0.3 / 7, "three": 0.15, "four": 0.0625}.items()},
}

QUICK = {
    "mm1_priority": PRIORITY,
    "mm2": MM2_ANSWERS,
    "mm4": {"serve.queue": MM4.queue, "visit.time": MM4.time},
    "jackson": JACKSON,
    "erlang_c": {
        "answer.delayed": CALLS_14.delayed,
        "answer.in_time": CALLS_14.started_within(TWENTY_S),
        "answer.busy": CALLS_14.busy,
    },
    "erlang_c org.roles.agent.headcount=15": {
        "answer.delayed": CALLS_15.delayed,
        "answer.in_time": CALLS_15.started_within(TWENTY_S),
        "answer.busy": CALLS_15.busy,
    },
    "erlang_a": {
        "answer.delayed": IMPATIENT.delayed,
        "answer.left": IMPATIENT.left,
        "answer.wait": IMPATIENT.wait,
        "answer.busy": IMPATIENT.busy,
    },
    "mm1": MM1_ANSWERS,
    "mm23": {"inside": MM23.inside, "serve.lost": MM23.lost},
    "pooling_separate": {"serve.wait": WINDOW.wait, "serve.delayed": WINDOW.delayed},
    "pooling_shared": {"serve.wait": WINDOWS.wait, "serve.delayed": WINDOWS.delayed},
}
FULL = {
    "mm1_priority run.weeks=250": PRIORITY,
    "mm2 run.weeks=170": MM2_ANSWERS,
    "jackson run.weeks=65": JACKSON,
    "mm1 run.weeks=250": MM1_ANSWERS,
}


def cases(rows):
    return [
        pytest.param(run, name, answer, id=f"{run} {name}") for run, of in rows.items() for name, answer in of.items()
    ]


def measured(run, name):
    experiment, *overrides = run.split()
    return replications(f"+experiment=textbook/{experiment}", *overrides)[name]


@pytest.mark.parametrize(("formula", "printed", "rounding"), [pytest.param(*row[1:], id=row[0]) for row in PUBLISHED])
def test_formula_gives_what_its_source_prints(formula, printed, rounding):
    assert formula == pytest.approx(printed, abs=rounding)


@pytest.mark.parametrize(("run", "name", "answer"), cases(QUICK))
def test_run_agrees_with_theory(run, name, answer):
    assert_agrees(measured(run, name), answer)


@pytest.mark.slow
@pytest.mark.parametrize(("run", "name", "answer"), cases(FULL))
def test_long_run_agrees_with_theory(run, name, answer):
    assert_agrees(measured(run, name), answer, largest_error=0.01)


def test_pooling_helps_the_same_customers():
    separate, shared = measured("pooling_separate", "serve.wait"), measured("pooling_shared", "serve.wait")
    assert (shared < separate).all()
    # The customers bring the same work in both, so that the difference is steadier than two strangers' would be.
    assert_agrees(separate - shared, WINDOW.wait - WINDOWS.wait)
    assert (separate - shared).var() < separate.var() + shared.var()


@pytest.mark.parametrize(("experiment", "activity"), [("erlang_a", "answer"), ("mm23", "serve"), ("jackson", "three")])
def test_measures_say_the_same_as_the_rows(experiment, activity):
    scenario = compose([f"+experiment=textbook/{experiment}", "run.weeks=0.1", "run.warmup_weeks=0.02"])
    trace = simulate(scenario)
    rows, kpis = read_off(trace), measure(trace, scenario)
    pairs = {"number": "queue", "mean_of_all_h": "wait", "left_share": "left", "balked_share": "lost"}
    of_kpis = {row: kpis[f"flow.wait.{activity}.{kpi}"].value for kpi, row in pairs.items()}
    assert of_kpis == pytest.approx({row: rows[f"{activity}.{row}"] for row in pairs.values()}, rel=1e-12)
