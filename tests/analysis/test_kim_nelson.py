"""Selection by Kim and Nelson: by hand, by properties, and how often it is right."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.kim_nelson import kim_nelson


def alike(means, sds, correlation, n, rng):
    """Normal replications that share some of their luck."""
    shared = rng.standard_normal((1, n))
    own = rng.standard_normal((len(means), n))
    luck = sqrt(correlation) * shared + sqrt(1.0 - correlation) * own
    return np.array(means)[:, None] + np.array(sds)[:, None] * luck


def test_by_hand():
    """Two designs, n0 = 3, alpha = .25: eta = (.5^-1 - 1) / 2 = .5, h^2 = 2 x .5 x 2 = 2.

    Differences 1, 3, 2 have the variance 1. With delta = 1 the region at r is max(0, (2 - r) / (2 r)), closed from
    r = 2 on, so that the lead after 3 replications decides. With delta = .25 it is max(0, (8 - r / 4) / (2 r)): the
    sums may lie (8 - r / 4) / 2 apart, 3.625 at r = 3, where they are 6 apart.
    """
    a, b = [5.0, 8.0, 6.0, 5.0], [4.0, 5.0, 4.0, 9.0]
    for delta in (1.0, 0.25):
        found = kim_nelson([a, b], delta=delta, first=3, alpha=0.25)
        assert (found.left, found.out_at, found.beaten_by) == ((0,), (None, 3), (-1, 0))
        assert (found.rounds, found.decided, found.at_most) == (3, True, 3)
    # With delta = .1 the sums may lie (20 - .1 r) / 2 apart: 9.85 at 3, 9.8 at 4; it ends at 2 / .01 = 200.
    open_ = kim_nelson([a, b], delta=0.1, first=3, alpha=0.25)
    assert (open_.left, open_.out_at, open_.rounds, open_.decided) == ((0, 1), (None, None), 4, False)
    assert open_.at_most == 200
    smaller = kim_nelson([a, b], delta=1.0, first=3, alpha=0.25, larger_is_better=False)
    assert (smaller.left, smaller.out_at) == ((1,), (3, None))


def test_the_variance_is_that_of_the_pair_in_question():
    """Three designs of which the last two hardly differ in luck: each pair has its own region.

    alpha = .5 x 2 / 2 makes eta that of the test by hand. Pairs with the first have differences of variance 1; those of
    the last two are constant, so that the third, behind by a hair, is out at once and the first two are not decided.
    """
    rows = [[0.0, 1.0, 2.0], [1.0, 1.0, 1.0], [0.9, 0.9, 0.9]]
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]):
        found = kim_nelson([rows[i] for i in order], delta=0.1, first=3, alpha=0.4999)
        assert {order[i] for i in found.left} == {0, 1}
        assert found.out_at[order.index(2)] == 3
        assert order[found.beaten_by[order.index(2)]] == 1
        assert not found.decided


def test_equal_designs_end_it():
    rows = [[1.0, 4.0, 2.0], [1.0, 4.0, 2.0]]
    found = kim_nelson(rows, delta=1.0, first=3)
    assert (found.left, found.decided, found.rounds, found.at_most) == ((0, 1), True, 3, 3)


def test_equal_designs_beside_a_worse_one():
    rng = np.random.default_rng(3)
    best = 5.0 + rng.standard_normal(60)
    found = kim_nelson([best, best - 3.0 + 0.5 * rng.standard_normal(60), best], delta=1.0, first=10)
    assert found.left == (0, 2)
    assert found.decided


def test_what_was_not_run_after_a_design_went_plays_no_part():
    rng = np.random.default_rng(4)
    table = alike([0.0, 0.3, 3.0, 3.2], [1.0] * 4, 0.5, 400, rng)
    whole = kim_nelson(table, delta=0.2, first=10)
    assert whole.decided
    cut = table.copy()
    for row, at in enumerate(whole.out_at):
        if at is not None:
            cut[row, at:] = np.nan
    assert kim_nelson(cut, delta=0.2, first=10) == whole


@given(st.integers(2, 5), st.integers(0, 10_000), st.booleans())
def test_batches_of_any_size_give_the_same(k, seed, larger):
    rng = np.random.default_rng(seed)
    table = alike(rng.normal(0, 0.5, k), [1.0] * k, 0.6, 120, rng)
    whole = kim_nelson(table, delta=0.5, first=5, larger_is_better=larger)
    n = 5
    part = kim_nelson(table[:, :n], delta=0.5, first=5, larger_is_better=larger)
    while not part.decided and n < 120:
        n = min(120, n + int(rng.integers(1, 20)))
        part = kim_nelson(table[:, :n], delta=0.5, first=5, larger_is_better=larger)
    assert part == whole
    assert (part.at_most <= part.rounds) == part.decided


@given(st.integers(2, 6), st.integers(0, 10_000))
def test_names_units_and_signs_do_not_matter(k, seed):
    rng = np.random.default_rng(seed)
    table = alike(rng.normal(0, 1, k), rng.uniform(0.5, 2, k), 0.3, 200, rng)
    found = kim_nelson(table, delta=0.5, first=8)
    assert len(found.left) >= 1
    order = rng.permutation(k)
    shuffled = kim_nelson(table[order], delta=0.5, first=8)
    assert [int(order[i]) for i in shuffled.left] == list(found.left)
    assert [shuffled.out_at[order.tolist().index(i)] for i in range(k)] == list(found.out_at)
    assert kim_nelson(7.0 - 4.0 * table, delta=2.0, first=8, larger_is_better=False).out_at == found.out_at


@pytest.mark.parametrize(
    ("values", "given_"),
    [
        ([[1.0, 2.0]], {}),
        ([[1.0], [2.0]], {}),
        ([1.0, 2.0], {}),
        ([[1.0, 2.0], [2.0, float("nan")]], {}),
        ([[1.0, 2.0], [2.0, 1.0]], {"delta": 0.0}),
        ([[1.0, 2.0], [2.0, 1.0]], {"alpha": 0.5}),
        ([[1.0, 2.0], [2.0, 1.0]], {"first": 1}),
    ],
)
def test_what_cannot_be_judged_is_refused(values, given_):
    with pytest.raises(ValueError, match=r"needs|values|defined"):
        kim_nelson(values, **{"delta": 1.0, "first": 2, **given_})


def test_a_gap_of_a_design_that_is_still_in_is_refused():
    rng = np.random.default_rng(1)
    table = alike([0.0, 0.0], [1.0, 1.0], 0.0, 20, rng)
    table[1, 15] = np.nan
    with pytest.raises(ValueError, match="replication 15"):
        kim_nelson(table, delta=0.01, first=10)


@pytest.mark.slow
@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
@pytest.mark.parametrize(
    "sds", [[1.0, 1.0, 1.0, 1.0, 1.0], [3.0, 0.3, 0.3, 1.0, 1.0], [0.3, 0.3, 3.0, 0.3, 3.0]], ids=["same", "a", "b"]
)
def test_the_best_is_selected_as_often_as_promised(sds, correlation):
    """The best by exactly delta, wherever it stands: at least 95 %, less three standard errors of 1,000 selections."""
    rng, times, right = np.random.default_rng(7), 1_000, 0
    for trial in range(times):
        means = np.zeros(5)
        means[trial % 5] = 1.0
        found = kim_nelson(alike(means, sds, correlation, 3_000, rng), delta=1.0, first=10)
        assert found.decided
        right += found.left == (trial % 5,)
    assert right / times >= 0.95 - 3.0 * sqrt(0.95 * 0.05 / times)


@pytest.mark.slow
def test_shared_luck_saves_replications():
    rng = np.random.default_rng(9)
    spent = []
    for correlation in (0.0, 0.9):
        runs = [
            kim_nelson(alike([0.0, 0.0, 1.0], [3.0] * 3, correlation, 4_000, rng), delta=1.0, first=10).rounds
            for _ in range(200)
        ]
        spent.append(float(np.mean(runs)))
    assert spent[1] < 0.5 * spent[0]


@pytest.mark.slow
def test_the_library_selects_the_same_of_two_designs():
    """sim-tools looks up the variance of another pair from three designs on, which does not show with two of them."""
    library = pytest.importorskip("sim_tools.ovs.indifference_zone")

    class Recorded:
        """Replications that were run before, as the library asks for them."""

        def __init__(self, table):
            self.table, self.at = table, np.zeros(len(table), int)

        def register_observer(self, observer):
            self.observer = observer

        def simulate(self, design):
            self.at[design] += 1
            self.observer.feedback(self, design, self.table[design, self.at[design] - 1])

    rng = np.random.default_rng(11)
    for trial in range(200):
        table = alike([0.0, rng.normal(0, 1)], [1.0, 2.0], 0.5, 5_000, rng)
        model, larger = Recorded(table), trial % 2 == 0
        told = library.KN(model, 2, 0.5, 0.05, n_0=10, obj="max" if larger else "min").solve()
        found = kim_nelson(table, delta=0.5, first=10, larger_is_better=larger)
        assert found.left == tuple(told)
        # The library runs one replication more after the one that decided.
        assert found.rounds == model.at.max() - 1
