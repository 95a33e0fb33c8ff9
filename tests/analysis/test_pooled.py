"""Quantiles of all replications together."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import summarize
from sim.analysis.pooled import Cohort, Pooled, bootstrap_interval, cohorts_of, first_at, share_of
from sim.kpis.lead_time import first_time, incidence
from sim.kpis.sketch import CELLS, cell_hours, counted, sketch_of
from sim.worktime import HOUR_MS

P90 = "flow.sale.answer.p90_h"


def cohort(*replications):
    """Make a cohort of plain durations in hours, all reached."""
    hours = np.unique(np.concatenate(replications))
    counts = np.zeros((len(replications), 3, len(hours)))
    for r, durations in enumerate(replications):
        np.add.at(counts[r, 0], np.searchsorted(hours, durations), 1.0)
    return Cohort(hours, counts)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2)), min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
def test_is_the_quantile_of_the_incidence(found, p):
    duration, kind = (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
    times, share, _ = incidence(duration, kind)
    counts = np.zeros((3, 31))
    np.add.at(counts, (kind, duration), 1.0)
    got = float(first_at(share_of(counts), np.arange(31.0), p, False))
    assert got == pytest.approx(first_time(times, share, p), nan_ok=True)


def test_replications_weigh_by_their_cases_not_alike():
    # 90 short ones and 10 long ones, in two replications: the mean of their 90th percentiles would be 50.5.
    one, other = np.full(90, 1.0), np.full(10, 100.0)
    assert Pooled(cohort(one, other)).quantile(0.9, False)[0] == 1.0
    assert Pooled(cohort(one[:60], other)).quantile(0.9, False)[0] == 100.0


def test_fifty_cases_of_all_replications_are_enough():
    tens = [np.arange(10.0) + 10 * r for r in range(5)]
    assert Pooled(cohort(*tens)).quantile(0.9, False)[0] == 44.0
    assert math.isnan(Pooled(cohort(*tens[:4])).quantile(0.9, False)[0])
    assert Pooled(cohort(*tens[:4])).quantile(0.5, False)[0] == 19.0


def test_of_them_leaves_out_who_never_gets_there():
    counts = np.array([[3.0, 1.0, 0.0], [0.0, 0.0, 6.0], [0.0, 0.0, 0.0]])
    assert math.isnan(first_at(share_of(counts), np.arange(3.0), 0.5, False))
    assert first_at(share_of(counts), np.arange(3.0), 0.9, True) == 1.0


def test_interval_covers_the_quantile_as_often_as_it_says():
    random = np.random.default_rng(11)
    trials, replications, hits = 400, 10, 0
    # Durations on a grid of 5 %; each replication is busy in its own way, so its cases resemble one another.
    population = np.exp(random.normal(0.0, 0.3, 200_000)) * random.exponential(10.0, 200_000)
    true = np.quantile(population, 0.9)
    for _ in range(trials):
        found = []
        for _ in range(replications):
            hours = np.exp(random.normal(0.0, 0.3)) * random.exponential(10.0, 80)
            found.append(np.round(np.exp(np.round(np.log(hours) / 0.05) * 0.05), 9))
        interval = bootstrap_interval(*Pooled(cohort(*found)).quantile(0.9, False), replications)
        hits += interval.low <= true <= interval.high
    # Two points for so few replications, and three standard errors; percentiles of the resamples cover .88.
    assert abs(hits / trials - 0.95) <= 0.02 + 3 * math.sqrt(0.95 * 0.05 / trials)


def test_one_replication_has_no_interval():
    interval = bootstrap_interval(*Pooled(cohort(np.arange(100.0))).quantile(0.9, False), 1)
    assert interval.mean == 89.0 and math.isnan(interval.low)


def test_the_grid_is_fine_and_has_ends():
    assert len(cell_hours()) == CELLS
    hours = np.array([0.0, 0.0005, 0.01, 1.0, 24.0, 5000.0, 1e6])
    sketch = sketch_of((hours * HOUR_MS).astype(np.int64), np.array([0, 0, 1, 2, 0, 0, 0]))
    assert sketch.sum() == 7
    told = sorted((at, fate, n) for fate, at, n in counted(sketch))
    assert told[0] == (0.0, "reached", 2)
    assert [fate for _, fate, _ in told] == ["reached", "missed", "open", "reached", "reached", "reached"]
    assert [at for at, _, _ in told[1:-1]] == pytest.approx(hours[2:-1], rel=0.006)


def rows_of(design, replications):
    kpis = [(design, r, P90, math.nan, "h") for r in range(len(replications))]
    cohorts = [
        (design, r, "flow.sale.answer", "reached", float(at), 1) for r, hours in enumerate(replications) for at in hours
    ]
    return kpis, cohorts


def test_a_summary_has_pooled_quantiles_and_their_paired_differences():
    random = np.random.default_rng(5)
    a = [np.round(random.exponential(10.0, 40), 2) for _ in range(6)]
    kpis, cohorts = rows_of("a", a)
    more_kpis, more_cohorts = rows_of("b", [hours + 1.0 for hours in a])
    summary = summarize(kpis + more_kpis, cohorts=cohorts + more_cohorts)
    pooled = float(np.sort(np.concatenate(a))[215])
    cell = summary["designs"]["a"][P90]
    assert (cell["mean"], cell["n"]) == (pytest.approx(pooled), 6)
    assert cell["low"] < cell["mean"] < cell["high"]
    difference = summary["paired"]["b - a"][P90]
    # The same cases, each an hour later: paired, nothing is left to chance.
    assert [difference[k] for k in ("mean", "low", "high")] == pytest.approx([1.0, 1.0, 1.0])
    shuffled = summarize((kpis + more_kpis)[::-1], designs=["a", "b"], cohorts=(cohorts + more_cohorts)[::-1])
    assert shuffled == summary


def test_a_replication_without_entrants_counts_as_one():
    kpis, cohorts = rows_of("a", [np.arange(60.0), np.array([])])
    assert summarize(kpis, cohorts=cohorts)["designs"]["a"][P90]["n"] == 2
    assert cohorts_of(cohorts, {"a": [0, 1]})["a", "flow.sale.answer"].counts[1].sum() == 0
