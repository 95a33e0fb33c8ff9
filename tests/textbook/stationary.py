"""What a trace says about a queueing system in its window, and the error bar of a mean over replications."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np

from experiments.composing.compose import composed
from sim import simulate
from sim.trace import Block, Event
from sim.worktime import HOUR_MS

ON_BOTH = 3
"""Replications that run on both engines, see `conftest.py`; the others run on the compiled one, which takes a tenth."""
WITHIN_MS = 20_000
"""A call is answered in time if it waits 20 s at most."""


@cache
def replications(*overrides: str) -> dict[str, np.ndarray]:
    """Run all replications of a config; give each quantity of `read_off` with one value per replication."""
    config = composed(list(overrides))
    assert config.question.replications >= 30
    seed = config.question.seed
    runs = []
    for r in range(config.question.replications):
        engine = "simpy" if r < ON_BOTH else "compiled"
        runs.append(read_off(simulate(config.scenario, seed=seed, replication=r, engine=engine)))
    return {name: np.array([run[name] for run in runs]) for name in runs[0]}


def read_off(trace) -> dict[str, float]:
    """Average over the window: of activities ``NAME.queue`` and so on, of cases ``inside``, ``p0``, ``NAME.time``.

    Hours and shares are over what happened in the window, numbers are averages over its time.
    """
    plan = trace.plan
    rows = Block(*(np.concatenate(column) for column in zip(*trace.blocks(), strict=True)))
    lo, hi = plan.window_ms
    activity_of = np.array([step.activity for step in plan.steps])
    journey_of = np.array([step.journey for step in plan.steps])
    found: dict[str, float] = {}

    def pick(event, of, index):
        return [c[(rows.event == event) & (of[rows.step] == index)] for c in (rows.time_ms, rows.since_ms, rows.person)]

    def average(*spans):
        """Time average of how many of these spans are under way."""
        return sum(np.clip(np.minimum(end, hi) - np.maximum(begin, lo), 0, None).sum() for end, begin in spans) / (
            hi - lo
        )

    def lengths(end, begin):
        """Lengths of the spans that end in the window, ms."""
        return (end - begin)[(end >= lo) & (end < hi)]

    for i, activity in enumerate(plan.activities):
        started, left, done, still = (
            pick(e, activity_of, i) for e in (Event.START, Event.LEAVE, Event.FINISH, Event.OPEN_TASK)
        )
        balked = pick(Event.BALK, activity_of, i)[0]
        if not started[0].size:
            continue
        queued = [c[still[2] < 0] for c in still]
        served = [c[still[2] >= 0] for c in still]
        waits, left_waits = lengths(*started[:2]), lengths(*left[:2])
        entered = waits.size + left_waits.size
        name = activity.name
        found[f"{name}.queue"] = average(started[:2], left[:2], queued[:2])
        found[f"{name}.busy"] = average(done[:2], served[:2])
        found[f"{name}.inside"] = found[f"{name}.queue"] + found[f"{name}.busy"]
        found[f"{name}.per_hour"] = lengths(*done[:2]).size / ((hi - lo) / HOUR_MS)
        found[f"{name}.wait"] = (waits.sum() + left_waits.sum()) / entered / HOUR_MS
        found[f"{name}.time"] = waits.mean() / HOUR_MS + lengths(*done[:2]).mean() / HOUR_MS
        found[f"{name}.delayed"] = ((waits > 0).sum() + left_waits.size) / entered
        found[f"{name}.in_time"] = (waits <= WITHIN_MS).sum() / entered
        found[f"{name}.left"] = left_waits.size / entered
        found[f"{name}.lost"] = (balked >= lo).sum() / ((balked >= lo).sum() + entered)
    for i, journey in enumerate(plan.journeys[:-1]):
        found[f"{journey.name}.time"] = lengths(*pick(Event.END, journey_of, i)[:2]).mean() / HOUR_MS
    found.update(_distribution(rows, lo, hi))
    return found


def _distribution(rows: Block, lo: int, hi: int) -> dict[str, float]:
    """Share of the window's time with 0, 1, 2 cases under way, and the mean number."""
    change = (rows.event == Event.BEGIN).astype(int) - (rows.event == Event.END)
    times = np.concatenate([np.clip(rows.time_ms[change != 0], lo, hi), [hi]])
    inside, spans = np.cumsum(change[change != 0]), np.diff(times)
    shares = {f"p{n}": float(spans[inside == n].sum() / (hi - lo)) for n in range(3)}
    return {"inside": float(inside @ spans / (hi - lo)), **shares}


def assert_agrees(values: Sequence[float] | np.ndarray, answer: float, largest_error: float = 0.03) -> None:
    """Hold the mean within 4 standard errors of the answer, and the standard error within a share of it."""
    values = np.asarray(values)
    assert values.size >= 30
    mean, error = values.mean(), values.std(ddof=1) / math.sqrt(values.size)
    bar = f"{mean:.5f} +- {error:.5f} ({error / answer:.1%}) over {values.size} replications, answer {answer:.5f}"
    print(bar)
    assert error <= largest_error * answer, f"error bar too wide: {bar}"
    assert abs(mean - answer) < 4 * error, f"{(mean - answer) / error:.1f} standard errors off: {bar}"
