import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis import antithetic_orders, mean_interval, sampled_shares, shapley_shares, subsets_needed
from sim.analysis.shapley_orders import LEAST_DRAWS, subsets_before


def games(levers, replications=3):
    return arrays(np.float64, (2**levers, replications), elements=st.floats(-1e3, 1e3))


def test_two_levers_by_hand():
    # Nothing 10 and 20; the first alone +1, the second alone +2 and +4, both +7 and +9.
    values = np.array([[10.0, 20.0], [11.0, 21.0], [12.0, 24.0], [17.0, 29.0]])
    found = shapley_shares(values)
    first, second = found.levers
    # By replication: first (1 + 5) / 2 and (1 + 5) / 2; second (2 + 6) / 2 and (4 + 8) / 2.
    assert first.share == mean_interval([3.0, 3.0])
    assert second.share == mean_interval([4.0, 6.0])
    assert (first.alone, first.last, first.least, first.most) == (1.0, 5.0, 1.0, 5.0)
    assert (first.least_after, first.most_after, second.most_after) == (0, 0b10, 0b01)
    assert found.whole == mean_interval([7.0, 9.0])
    assert found.interactions[0, 1] == found.synergy == mean_interval([4.0, 4.0])
    assert found.remainder == 0.0


def test_the_glove_game():
    # One left glove, two right ones: a pair is worth 1. Shares 2/3, 1/6, 1/6.
    values = [[float(bool(s & 1) and bool(s & 6))] for s in range(8)]
    found = shapley_shares(np.repeat(values, 2, axis=1))
    assert [lever.share.mean for lever in found.levers] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    # The right ones stand in for one another where the left one is there (half of the orders), else ignore each other.
    assert found.interactions[1, 2].mean == pytest.approx(-1 / 2)
    assert found.interactions[0, 1].mean == pytest.approx(1 / 2)
    assert [(lever.least, lever.most) for lever in found.levers] == [(0.0, 1.0)] * 3


@given(games(4))
def test_shares_are_the_mean_over_all_orders(values):
    found = shapley_shares(values)
    mean = values.mean(axis=1)
    added = {i: [] for i in range(4)}
    for order in permutations(range(4)):
        before = 0
        for i in order:
            added[i].append(mean[before | 1 << i] - mean[before])
            before |= 1 << i
    for i, lever in enumerate(found.levers):
        assert lever.share.mean == pytest.approx(np.mean(added[i]), abs=1e-9)
        assert (lever.least, lever.most) == pytest.approx((min(added[i]), max(added[i])), abs=1e-9)


@given(st.integers(1, 5).flatmap(games))
def test_shares_sum_to_the_whole(values):
    found = shapley_shares(values)
    total = math.fsum(lever.share.mean for lever in found.levers)
    size = np.abs(values).max() + 1.0
    assert total == pytest.approx(found.whole.mean, abs=1e-12 * size)
    assert abs(found.remainder) <= 1e-12 * size
    assert all(lever.least <= lever.share.mean + 1e-9 * size for lever in found.levers)


def test_with_whole_numbers_shares_sum_exactly():
    # Sixths of whole numbers: nothing but the last bits of 1/3 and 1/6 is rounded.
    values = np.random.default_rng(1).integers(-50, 50, (8, 5)) * 6.0
    assert shapley_shares(values).remainder == pytest.approx(0.0, abs=1e-13)


@given(games(3))
def test_a_lever_that_does_nothing_has_no_share_and_no_interaction(values):
    # The last lever changes nothing: both halves of the table are the same.
    found = shapley_shares(np.concatenate((values, values)))
    idle = found.levers[3]
    assert (idle.share.mean, idle.least, idle.most) == (0.0, 0.0, 0.0)
    assert all(abs(found.interactions[i, 3].mean) <= 1e-9 for i in range(3))
    alone = shapley_shares(values)
    for with_idle, without in zip(found.levers, alone.levers, strict=False):
        assert with_idle.share.mean == pytest.approx(without.share.mean, abs=1e-9)


@given(games(3))
def test_levers_that_are_exchanged_exchange_their_shares(values):
    swapped = [(s & 4) | (s & 1) << 1 | (s & 2) >> 1 for s in range(8)]
    found, other = shapley_shares(values), shapley_shares(values[swapped])
    for i, j in ((0, 1), (1, 0), (2, 2)):
        assert found.levers[i].share.mean == pytest.approx(other.levers[j].share.mean, abs=1e-9)


@given(games(3), games(3))
def test_shares_of_a_sum_are_sums_of_shares(a, b):
    both, first, second = shapley_shares(a + b), shapley_shares(a), shapley_shares(b)
    for x, y, z in zip(both.levers, first.levers, second.levers, strict=True):
        assert x.share.mean == pytest.approx(y.share.mean + z.share.mean, abs=1e-9)


def test_luck_that_all_subsets_share_leaves_no_doubt():
    values = np.array([[0.0], [3.0], [5.0], [9.0]]) + np.array([100.0, -40.0, 7.0])
    found = shapley_shares(values)
    assert found.levers[0].share.low == pytest.approx(found.levers[0].share.high)


def test_a_replication_with_a_gap_is_left_out():
    values = np.random.default_rng(2).normal(size=(8, 5))
    values[3, 1] = math.nan
    assert shapley_shares(values) == shapley_shares(np.delete(values, 1, axis=1))
    nothing = shapley_shares(np.full((4, 2), math.nan))
    assert nothing.levers[0].share.n == 0 and math.isnan(nothing.remainder)


@pytest.mark.parametrize("rows", [0, 1, 3, 6])
def test_a_table_that_is_not_of_all_subsets_is_refused(rows):
    with pytest.raises(ValueError, match=f"got {rows}"):
        shapley_shares(np.zeros((rows, 2)))


def test_orders_come_with_their_reverse_and_hold_every_lever_once():
    orders = antithetic_orders(6, 50, seed=3)
    assert orders.shape == (50, 2, 6)
    assert (np.sort(orders, axis=-1) == np.arange(6)).all()
    assert (orders[:, 0] == orders[:, 1, ::-1]).all()
    assert (antithetic_orders(6, 10, seed=3) == orders[:10]).all()
    assert (antithetic_orders(6, 10, seed=4) != orders[:10]).any()


def test_every_order_is_drawn_alike():
    orders = antithetic_orders(3, 3_000, seed=1)[:, 0] @ [9, 3, 1]
    # 3,000 draws of six orders: 500 each, standard deviation 20.
    assert np.abs(np.unique(orders, return_counts=True)[1] - 500).max() < 4 * 20.5


def test_subsets_before_each_place():
    assert subsets_before(np.array([2, 0, 1])).tolist() == [0, 4, 5, 7]
    assert subsets_needed(np.array([[2, 0, 1], [1, 0, 2]])) == [0, 2, 3, 4, 5, 7]
    assert len(subsets_needed(antithetic_orders(12, 8, seed=1))) <= 8 * 2 * 11 + 2


@given(games(4))
def test_all_orders_give_the_exact_shares(values):
    orders = np.array(list(permutations(range(4))))
    found = sampled_shares(orders, dict(enumerate(values)))
    exact = shapley_shares(values)
    for some, all_ in zip(found.levers, exact.levers, strict=True):
        assert some.share.mean == pytest.approx(all_.share.mean, abs=1e-9)
        assert (some.least, some.most) == pytest.approx((all_.least, all_.most), abs=1e-9)
    assert found.whole == exact.whole


@given(games(4), st.integers(0, 100))
def test_shares_of_any_sample_sum_to_the_whole(values, seed):
    orders = antithetic_orders(4, 3, seed)
    found = sampled_shares(orders, {s: values[s] for s in subsets_needed(orders)})
    assert math.fsum(lever.share.mean for lever in found.levers) == pytest.approx(found.whole.mean, abs=1e-8)


def test_where_orders_do_not_matter_only_replications_do():
    random = np.random.default_rng(4)
    effects = random.normal(size=(5, 12)) + np.arange(5)[:, None]
    values = {s: sum((effects[i] for i in range(5) if s >> i & 1), np.zeros(12)) for s in range(32)}
    found = sampled_shares(antithetic_orders(5, 9, seed=1), values)
    for lever, effect in zip(found.levers, effects, strict=True):
        expected = mean_interval(effect)
        assert lever.orders_error == pytest.approx(0.0, abs=1e-12)
        assert (lever.share.low, lever.share.high) == pytest.approx((expected.low, expected.high))


def test_where_replications_do_not_matter_only_orders_do():
    random = np.random.default_rng(5)
    values = {s: np.full(4, v) for s, v in enumerate(random.normal(size=32))}
    orders = antithetic_orders(5, 10, seed=1)
    lever = sampled_shares(orders, values).levers[2]
    before = np.take_along_axis(subsets_before(orders), np.argmax(orders == 2, axis=-1)[..., None], axis=-1)[..., 0]
    added = np.array([[values[s | 4][0] - values[s][0] for s in pair] for pair in before.tolist()]).mean(axis=1)
    expected = mean_interval(added)
    assert lever.replications_error == pytest.approx(0.0, abs=1e-12)
    assert (lever.share.low, lever.share.high) == pytest.approx((expected.low, expected.high))


def test_few_draws_have_no_bounds():
    values = dict(enumerate(np.random.default_rng(6).normal(size=(8, 5))))
    for draws, known in ((LEAST_DRAWS - 1, False), (LEAST_DRAWS, True)):
        lever = sampled_shares(antithetic_orders(3, draws, seed=1), values).levers[0]
        assert math.isfinite(lever.share.low) == known and math.isfinite(lever.share.mean)


def test_bad_orders_and_missing_subsets_are_refused():
    values = dict(enumerate(np.zeros((8, 2))))
    with pytest.raises(ValueError, match="each lever once"):
        sampled_shares([[0, 1, 1]], values)
    with pytest.raises(ValueError, match="1 are missing, such as 5"):
        sampled_shares([[0, 2, 1]], {s: v for s, v in values.items() if s != 5})
    with pytest.raises(ValueError, match="at least 1"):
        antithetic_orders(0, 3, seed=1)
