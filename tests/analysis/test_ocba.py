"""Where replications are spent: by hand, by properties, and how often the best is found."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.ocba import allocation, counts, leader

NAN = float("nan")


def rows(*, leads, spreads, n):
    """Designs whose paired differences to the first have exactly these means and standard deviations; n is even."""
    sign = np.resize([1.0, -1.0], n) * sqrt((n - 1) / n)
    base = np.linspace(50.0, 80.0, n)
    return np.array([base, *(base - lead + spread * sign for lead, spread in zip(leads, spreads, strict=True))])


def test_by_hand():
    """Weights (s / d)^2 of 4 / 1 and 4 / 4, the leader as much as whoever has most: 4 : 4 : 1 of what there is in all.

    A lead of 1 is more than its standard error, 2 / sqrt(6) = .82.
    """
    table = rows(leads=[1.0, 2.0], spreads=[2.0, 2.0], n=6)
    assert allocation(table, 36).tolist() == [18, 18, 0]  # of 54 in all: 24, 24 and 6
    assert allocation(table, 63).tolist() == [30, 30, 3]  # of 81 in all: 36, 36 and 9


def test_what_was_run_is_not_taken_back():
    """Of 18 + 18 = 36 in all the third would have 4, and has 6: the first two share the other 30."""
    table = rows(leads=[1.0, 2.0], spreads=[2.0, 2.0], n=6)
    assert allocation(table, 18).tolist() == [9, 9, 0]


def test_a_rest_goes_where_most_of_it_is_missing():
    table = rows(leads=[1.0, 2.0], spreads=[2.0, 2.0], n=6)
    assert allocation(table, 37).sum() == 37
    assert sorted(allocation(table, 37).tolist()) == [0, 18, 19]


def test_a_lead_next_to_nothing_counts_as_its_standard_error():
    """Spread 2 and 16 replications: standard error .5, weight 16; beside it (2 / 1)^2 = 4: 4 : 4 : 1 of 144."""
    table = rows(leads=[1e-9, 1.0], spreads=[2.0, 2.0], n=16)
    assert allocation(table, 96).tolist() == [48, 48, 0]


def test_a_difference_that_does_not_matter_counts_as_one_that_just_does():
    """delta = 2 makes both rivals alike: equal shares for all three."""
    table = rows(leads=[1.0, 2.0], spreads=[2.0, 2.0], n=6)
    assert allocation(table, 30, delta=2.0).tolist() == [10, 10, 10]


def test_designs_that_do_not_differ_share_equally():
    same = np.arange(6.0)
    assert allocation([same, same, same], 7).sum() == 7
    assert allocation([same, same, same], 9).tolist() == [3, 3, 3]


def test_a_design_that_is_surely_behind_gets_nothing_more():
    """Its difference does not vary: no replication tells more of it."""
    table = rows(leads=[1.0, 3.0], spreads=[2.0, 0.0], n=6)
    assert allocation(table, 10).tolist() == [5, 5, 0]


def test_the_leader_is_found_on_shared_luck():
    """The second has met eight lucky replications more; where both met the same luck it is behind."""
    first = [1.0, 3.0, NAN, NAN]
    second = [0.0, 2.0, 50.0, 60.0]
    assert leader(np.array([first, second])) == 0
    assert leader(np.array([second, first])) == 1


def test_a_circle_of_leads_is_broken_by_what_all_have():
    """Each is ahead of the next by what both have, as rows end at different replications."""
    circle = np.array([[3.0, 0.0, 9.0], [2.0, 2.0, NAN], [2.5, NAN, NAN]])
    assert leader(circle) == 0


def test_counts():
    assert counts(np.array([[1.0, 2.0, NAN], [1.0, 2.0, 3.0], [NAN, NAN, NAN]])).tolist() == [2, 3, 0]
    with pytest.raises(ValueError, match="before the first nan"):
        counts(np.array([[1.0, NAN, 2.0]]))


@given(st.integers(2, 8), st.integers(0, 10_000), st.integers(0, 200))
def test_all_is_spent_and_nothing_taken_back(k, seed, extra):
    rng = np.random.default_rng(seed)
    table = rng.normal(rng.normal(0, 1, (k, 1)), 1.0, (k, 12))
    for row in range(1, k):
        table[row, rng.integers(2, 13) :] = np.nan
    found = allocation(table, extra)
    assert found.sum() == extra
    assert (found >= 0).all()
    assert allocation(3.0 - 2.0 * table, extra, larger_is_better=False).tolist() == found.tolist()


@pytest.mark.parametrize("values", [[[1.0, 2.0]], [[1.0], [2.0]], [[1.0, 2.0], [1.0, NAN]], [1.0, 2.0]])
def test_what_says_nothing_of_spread_is_refused(values):
    with pytest.raises(ValueError, match=r"needs|values"):
        allocation(values, 5)


@pytest.mark.slow
@pytest.mark.parametrize("correlation", [0.0, 0.8])
def test_the_best_is_found_more_often_than_with_equal_shares(correlation):
    """Ten designs in steps of .1, 200 replications: the gain over 600 selections is told from luck."""
    rng, k, budget, times = np.random.default_rng(5), 10, 200, 600
    gain = np.zeros(times)
    for trial in range(times):
        shared = sqrt(correlation) * rng.standard_normal((1, budget))
        table = -0.1 * np.arange(k)[:, None] + shared + sqrt(1.0 - correlation) * rng.standard_normal((k, budget))
        runs = np.full(k, 10)
        while (room := budget - runs.sum()) > 0:
            runs = runs + allocation(np.where(np.arange(budget) < runs[:, None], table, np.nan), min(20, room))
        spent = leader(np.where(np.arange(budget) < runs[:, None], table, np.nan))
        equal = leader(table[:, : budget // k])
        gain[trial] = (spent == 0) - float(equal == 0)
    assert gain.mean() > 3.0 * gain.std(ddof=1) / sqrt(times)
