"""Intervals that say 95 % hold known answers in 93 to 97 % of thousands of experiments.

Every experiment has its own replications, drawn from a law whose answer is known or made by real runs of queues. Where
an interval is known to hold less often than it says, that is told here too, and in docs/statistics.md.
"""

import math
from statistics import NormalDist

import numpy as np
import pytest

from experiments.composing.compose import compose
from sim import simulate
from sim.analysis import (
    Target,
    antithetic_orders,
    mean_interval,
    paired_difference,
    precision,
    quantile_interval,
    ratio_of,
    resampling_interval,
    sampled_shares,
    shapley_shares,
    skewed_mean_interval,
    subsets_needed,
)
from sim.analysis.pooled import Cohort, Pooled, bootstrap_interval
from sim.analysis.totals import jackknife
from sim.trace import Block, Event
from sim.worktime import HOUR_MS

pytestmark = pytest.mark.slow

EXPERIMENTS = 4_000
"""The share that holds is then known to .35 % (one standard error)."""


def share_that_holds(answer, interval, experiments=EXPERIMENTS):
    """Give the share of experiments, each by its number, whose interval holds the answer."""
    found = [interval(i) for i in range(experiments)]
    share = float(np.mean([one.low <= answer <= one.high for one in found]))
    print(f"{share:.4f} +- {math.sqrt(share * (1 - share) / experiments):.4f} of {experiments}")
    return share


def mean(values):
    return values.mean(axis=-1)


def ratio(values):
    return values[0].sum(axis=-1) / values[1].sum(axis=-1)


@pytest.mark.parametrize("n", [5, 10, 30])
@pytest.mark.parametrize("law", ["normal", "skewed"])
def test_student_mean(law, n):
    random = np.random.default_rng(n)
    # A gamma law of shape 4 has skewness 1, more than means over a replication usually have.
    draw = (lambda: random.normal(4.0, 2.0, n)) if law == "normal" else (lambda: random.gamma(4.0, size=n))
    assert 0.93 <= share_that_holds(4.0, lambda _: mean_interval(draw())) <= 0.97


@pytest.mark.parametrize("n", [5, 10, 30])
def test_paired_difference(n):
    random = np.random.default_rng(n)

    def interval(_):
        customers = random.gamma(2.0, 10.0, size=n)
        return paired_difference(
            customers + random.normal(size=n), 1.5 + customers + random.gamma(4.0, size=n)
        ).interval

    assert 0.93 <= share_that_holds(5.5, interval) <= 0.97


def costs(random, n):
    """Draw what customers cost and how many are won: 1,100 over 40 in the mean."""
    won = random.poisson(40.0, n)
    return np.array([900.0 + 5.0 * won + random.normal(0.0, 30.0, n), won])


@pytest.mark.parametrize("n", [6, 20])
def test_jackknife_of_a_ratio(n):
    random = np.random.default_rng(n)
    of = ratio_of("cost", "won").value
    assert 0.93 <= share_that_holds(27.5, lambda _: jackknife(costs(random, n).T, of).interval()) <= 0.97


@pytest.mark.parametrize(("n", "p"), [(40, 0.5), (100, 0.9), (200, 0.5)])
def test_quantile_of_replications(n, p):
    random = np.random.default_rng(n)
    answer = math.exp(NormalDist().inv_cdf(p))
    share = share_that_holds(answer, lambda _: quantile_interval(random.lognormal(size=n), p).interval)
    assert 0.93 <= share <= 0.97
    says = quantile_interval(np.arange(float(n)), p).covers
    assert share == pytest.approx(says, abs=3.5 * math.sqrt(says * (1 - says) / EXPERIMENTS))


@pytest.mark.parametrize("n", [15, 30])
def test_bca_of_a_skewed_mean_and_of_a_ratio(n):
    random = np.random.default_rng(n)

    def of_mean(i):
        return resampling_interval(random.gamma(4.0, size=n), mean, seed=i, resamples=1_000)

    def of_ratio(i):
        return resampling_interval(costs(random, n), ratio, seed=i, resamples=1_000)

    assert 0.93 <= share_that_holds(4.0, of_mean, 2_500) <= 0.97
    assert 0.93 <= share_that_holds(27.5, of_ratio, 2_500) <= 0.97


@pytest.mark.parametrize("n", [10, 30])
@pytest.mark.parametrize("skewness", [0.0, 1.0, 2.0, 3.0])
def test_skewed_mean(skewness, n):
    random = np.random.default_rng(n)
    shape = 4.0 / skewness**2 if skewness else 0.0
    draw = (lambda: random.gamma(shape, size=n)) if skewness else (lambda: random.normal(size=n))
    share = share_that_holds(shape, lambda _: skewed_mean_interval(draw()))
    # Skewness 3 with ten replications is where it begins to fall short.
    assert (0.92 if (skewness, n) == (3.0, 10) else 0.93) <= share <= 0.97


def test_other_intervals_of_very_skewed_means_hold_them_less_often():
    # Twelve exponential replications.
    random = np.random.default_rng(12)
    values = random.exponential(size=(EXPERIMENTS, 12))
    student = share_that_holds(1.0, lambda i: mean_interval(values[i]))
    bca, plain, percentile = (
        share_that_holds(1.0, lambda i, o=options: resampling_interval(values[i], mean, seed=i, resamples=1_000, **o))
        for options in ({}, {"widen": False}, {"method": "percentile", "widen": False})
    )
    assert percentile < plain < student < bca < 0.93


@pytest.mark.parametrize("p", [0.5, 0.9])
def test_pooled_quantile(p):
    random = np.random.default_rng(17)

    def durations(n, busy):
        # A replication is busy in its own way, so that its cases resemble one another; grid of 5 %.
        return np.exp(np.round(np.log(busy * random.exponential(10.0, n)) / 0.05) * 0.05)

    answer = np.quantile(np.exp(random.normal(0.0, 0.3, 2_000_000)) * random.exponential(10.0, 2_000_000), p)

    def interval(_):
        found = [durations(80, math.exp(random.normal(0.0, 0.3))) for _ in range(20)]
        hours, where = np.unique(np.round(np.concatenate(found), 9), return_inverse=True)
        counts = np.zeros((20, 3, len(hours)))
        np.add.at(counts, (np.repeat(np.arange(20), 80), 0, where), 1.0)
        return bootstrap_interval(*Pooled(Cohort(hours, counts)).quantile(p, False), 20)

    assert 0.93 <= share_that_holds(answer, interval, 1_000) <= 0.97


@pytest.mark.parametrize(("draws", "n"), [(8, 10), (20, 6)])
def test_sampled_shares_of_levers(draws, n):
    random = np.random.default_rng(draws)
    pulled = np.arange(64)[:, None] >> np.arange(6) & 1
    worth = pulled @ [3.0, 1.0, 0.0, 2.0, -1.0, 1.5] + 2.0 * pulled[:, 0] * pulled[:, 3] - pulled[:, 1] * pulled[:, 5]
    worth += 3.0 * (pulled.sum(axis=1) >= 4)
    answers = [lever.share.mean for lever in shapley_shares(np.column_stack((worth, worth))).levers]
    held, experiments = np.zeros(6), 1_000
    for i in range(experiments):
        luck = random.normal(size=n) + 0.3 * random.normal(size=(64, n)) + pulled @ random.normal(size=(6, n))
        orders = antithetic_orders(6, draws, seed=i)
        found = sampled_shares(orders, {s: worth[s] + luck[s] for s in subsets_needed(orders)})
        held += [one.share.low <= x <= one.share.high for one, x in zip(found.levers, answers, strict=True)]
    print(held / experiments)
    assert 0.93 <= held.mean() / experiments <= 0.97
    assert (np.abs(held / experiments - 0.95) <= 0.02 + 3 * math.sqrt(0.05 * 0.95 / experiments)).all()


@pytest.mark.parametrize("target", [0.3, 0.15])
def test_stopping_when_narrow_enough(target):
    """Replications are added in batches of ten until the interval has become and stayed narrow."""
    random = np.random.default_rng(23)

    def interval(_):
        values = random.normal(1.0, 0.5, 10)
        while not (found := precision(values, Target(target))).enough:
            values = np.concatenate((values, random.normal(1.0, 0.5, 10)))
        return found.interval

    assert 0.93 <= share_that_holds(1.0, interval) <= 0.97


# Real runs: an M/M/4 and an M/M/3 that serve the same customers, 9 an hour at 5 an hour and server.
ARRIVALS, SERVICE = 9.0, 5.0
REAL_EXPERIMENTS, REPLICATIONS = 400, 10
REAL_ERROR = math.sqrt(0.95 * 0.05 / REAL_EXPERIMENTS)
"""What 400 experiments leave open: what is within three of these of 93 to 97 % cannot be told from it."""


def inside(servers):
    """Mean number in an M/M/c in equilibrium (Erlang C; R. Cooper, Introduction to Queueing Theory, 1981, ch. 3)."""
    offered = ARRIVALS / SERVICE
    load = offered / servers
    all_busy = offered**servers / math.factorial(servers) / (1.0 - load)
    delayed = all_busy / (sum(offered**k / math.factorial(k) for k in range(servers)) + all_busy)
    return offered + delayed * load / (1.0 - load)


def read_off(trace):
    """Mean number inside over the window; hours inside of those who leave in it, and their number."""
    rows = Block(*(np.concatenate(column) for column in zip(*trace.blocks(), strict=True)))
    lo, hi = trace.plan.window_ms
    begun, over = (rows.time_ms[rows.event == event] for event in (Event.BEGIN, Event.END))
    area = (hi - np.clip(begun, lo, hi)).sum() - (hi - np.clip(over, lo, hi)).sum()
    ended = (rows.event == Event.END) & (rows.time_ms >= lo) & (rows.time_ms < hi)
    hours = (rows.time_ms - rows.since_ms)[ended].sum() / HOUR_MS
    return area / (hi - lo), hours, ended.sum()


@pytest.fixture(scope="module")
def queues():
    """By number of servers, shape (experiments, replications, 3): what `read_off` gives of real runs."""
    found = {}
    for servers in (3, 4):
        given = f"org.roles.server.headcount={servers}"
        # Six hours to settle, which takes an M/M/3 at this load 1.3 h to a factor e; eight hours measured.
        scenario = compose(["+experiment=textbook/mm4", given, f"run.weeks={14 / 168}", f"run.warmup_weeks={6 / 168}"])
        runs = [
            read_off(simulate(scenario, seed=seed, replication=r))
            for seed in range(REAL_EXPERIMENTS)
            for r in range(REPLICATIONS)
        ]
        found[servers] = np.array(runs).reshape(REAL_EXPERIMENTS, REPLICATIONS, 3)
    return found


@pytest.mark.parametrize("what", ["mean", "ratio", "bca", "skewed difference"])
def test_real_runs_of_queues(queues, what):
    four, difference = queues[4], queues[3][:, :, 0] - queues[4][:, :, 0]
    answer, interval = {
        "mean": (inside(4), lambda i: mean_interval(four[i, :, 0])),
        # Little's law: hours a customer.
        "ratio": (inside(4) / ARRIVALS, lambda i: jackknife(four[i, :, 1:], ratio_of("h", "n").value).interval()),
        "bca": (inside(4), lambda i: resampling_interval(four[i, :, 0], mean, seed=i)),
        "skewed difference": (inside(3) - inside(4), lambda i: skewed_mean_interval(difference[i])),
    }[what]
    share = share_that_holds(answer, interval, REAL_EXPERIMENTS)
    assert 0.93 - 3 * REAL_ERROR <= share <= 0.97 + 3 * REAL_ERROR


def test_a_difference_that_is_mostly_nothing_is_held_less_often_by_student(queues):
    # One more server matters in the few of these eight hours that are busy: skewness 3.8, and 86 % in the long run.
    difference = queues[3][:, :, 0] - queues[4][:, :, 0]
    share = share_that_holds(inside(3) - inside(4), lambda i: mean_interval(difference[i]), REAL_EXPERIMENTS)
    assert share <= 0.93 + 3 * REAL_ERROR


def test_real_runs_gain_by_pairing(queues):
    four, three = (queues[servers][:, :, 0].ravel() for servers in (4, 3))
    found = paired_difference(four, three)
    assert found.interval.low <= inside(3) - inside(4) <= found.interval.high
    assert found.gain().low > 2.0
