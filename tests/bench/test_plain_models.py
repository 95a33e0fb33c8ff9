"""The hand-written models against theory: what speed is measured against must itself be right."""

import math

import numpy as np
import pytest

from bench import plain_simpy as plain

REPLICATIONS = 12


def mean_and_error(values):
    return np.mean(values), np.std(values, ddof=1) / math.sqrt(len(values))


def assert_agrees(values, answer, largest_error):
    """Within 4 standard errors, and the error small enough for the comparison to mean something."""
    mean, error = mean_and_error(values)
    assert error < largest_error * answer, f"error bar too wide: {mean:.4f} +- {error:.4f}"
    assert abs(mean - answer) < 4 * error, f"{mean:.4f} +- {error:.4f}, answer {answer:.4f}"


def waiting_with_abandonment(arrivals, service, servers, patience):
    """Share of customers of M/M/c+M who leave the queue, by its birth-and-death chain (Erlang A)."""
    states = 400
    weight = [1.0]
    for n in range(1, states):
        out = min(n, servers) / service + max(n - servers, 0) / patience
        weight.append(weight[-1] * arrivals / out)
    p = np.array(weight) / sum(weight)
    queue = sum(max(n - servers, 0) * p[n] for n in range(states))
    return queue / patience / arrivals


def visits_per_lead(served_at_1):
    """Solve the traffic equations of model B for visits per arriving lead."""
    onward = np.zeros((7, 7))
    onward[1, 2] = plain.B_ON_FROM_2
    onward[2, 3] = plain.B_ON_FROM_3
    onward[3, 2], onward[3, 4] = plain.B_REWORK, 1 - plain.B_REWORK
    onward[4, 5] = onward[5, 6] = 1
    onward[6, 4] = plain.B_RENEWAL
    outside = np.zeros(7)
    # Station 1 is left out of the routing: what leaves it, served, is what enters station 2.
    outside[1] = served_at_1
    visits = np.linalg.solve(np.eye(7) - onward.T, outside)
    visits[0] = served_at_1
    return visits


@pytest.fixture(scope="module")
def funnel_runs():
    return [plain.model_b(1_000, seed) for seed in range(REPLICATIONS)]


def test_model_a_time_in_system_is_erlang_c():
    # Erlang C at c=4, a=3.6 gives Lq 7.0898; W by Little's law.
    answer = 7.0898 / plain.A_ARRIVALS_PER_H + plain.A_SERVICE_H
    # The relaxation time is about 100 h, that is 350 customers; 2,000 forget the empty start.
    means = [np.mean(plain.model_a(26_000, seed).times_h[2_000:]) for seed in range(REPLICATIONS)]
    assert_agrees(means, answer, largest_error=0.05)


def test_model_a_serves_everybody_once():
    outcome = plain.model_a(3_000, seed=7)
    assert len(outcome.times_h) == 3_000
    assert min(outcome.times_h) > 0
    assert outcome.work_h[0] <= sum(outcome.times_h)


def test_model_b_everybody_leaves_once(funnel_runs):
    assert all(len(run.times_h) == 1_000 for run in funnel_runs)


def test_model_b_patience_is_erlang_a(funnel_runs):
    answer = waiting_with_abandonment(
        plain.B_ARRIVALS_PER_H, plain.B_SERVICE_H[0], plain.B_SERVERS[0], plain.B_PATIENCE_H
    )
    assert_agrees([run.lost / 1_000 for run in funnel_runs], answer, largest_error=0.08)


@pytest.mark.parametrize("station", range(1, 8))
def test_model_b_utilization_is_the_traffic_equations(funnel_runs, station):
    lost = waiting_with_abandonment(
        plain.B_ARRIVALS_PER_H, plain.B_SERVICE_H[0], plain.B_SERVERS[0], plain.B_PATIENCE_H
    )
    load = plain.B_ARRIVALS_PER_H * visits_per_lead(1 - lost) * plain.B_SERVICE_H / np.array(plain.B_SERVERS)
    assert np.all(load < 1)
    servers = plain.B_SERVERS[station - 1]
    measured = [plain.B_ARRIVALS_PER_H * run.work_h[station - 1] / 1_000 / servers for run in funnel_runs]
    assert_agrees(measured, load[station - 1], largest_error=0.05)
