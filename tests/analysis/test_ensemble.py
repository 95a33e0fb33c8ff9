import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import verdict_of, wilson_interval
from sim.analysis.ensemble import DEPENDS, REFUTED, SUPPORTED


def sure(*means):
    """Points whose replications hardly differ."""
    return np.array([[m - 0.01, m, m + 0.01] for m in means])


@pytest.mark.parametrize(
    ("above", "points", "verdict"),
    [(8, 10, SUPPORTED), (7, 10, DEPENDS), (3, 10, DEPENDS), (2, 10, REFUTED), (52, 65, SUPPORTED), (13, 65, REFUTED)],
)
def test_four_fifths_support_and_one_fifth_refutes(above, points, verdict):
    found = verdict_of(sure(*[5.0] * above, *[1.0] * (points - above)), minimum=3.0)
    assert found.verdict == verdict
    assert found.share == wilson_interval(above, points)
    assert found.exceeds.sum() == above and not found.unsure.any() and found.steady
    assert found.enough_points == (points >= 64)


def test_only_what_lies_above_the_minimum_exceeds_it():
    found = verdict_of(np.zeros((5, 4)), minimum=0.0)
    assert found.verdict == REFUTED and found.steady and not found.unsure.any()


def test_points_that_may_be_chance_are_shown():
    # Three of five exceed, one of them and one of the others by chance perhaps.
    table = np.array([*sure(9.0, 9.0), [4.0, 0.0, 8.0], [2.0, 0.0, 3.0], *sure(0.0)])
    found = verdict_of(table, minimum=3.0)
    assert found.exceeds.tolist() == [True, True, True, False, False]
    assert found.unsure.tolist() == [False, False, True, True, False]
    assert found.unsure_share == pytest.approx(0.4)
    assert found.verdict == DEPENDS and not found.steady, "four of five might exceed"


def test_one_replication_gives_a_verdict_that_is_not_steady():
    found = verdict_of([[5.0]] * 9 + [[1.0]], minimum=3.0)
    assert found.verdict == SUPPORTED and found.unsure_share == 1.0 and not found.steady


def test_a_point_that_is_not_defined_speaks_for_neither_side():
    gap = [[math.nan] * 3]
    assert verdict_of(np.concatenate((sure(*[5.0] * 8), gap * 2)), 3.0).verdict == SUPPORTED
    assert verdict_of(np.concatenate((sure(*[5.0] * 7), gap * 3)), 3.0).verdict == DEPENDS
    assert verdict_of(np.concatenate((sure(*[1.0] * 8), gap * 2)), 3.0).verdict == REFUTED
    assert verdict_of(np.concatenate((sure(*[1.0] * 7), gap * 3)), 3.0).verdict == DEPENDS


def test_no_points_say_nothing():
    found = verdict_of(np.empty((0, 5)), 0.0)
    assert found.verdict == DEPENDS and not found.steady and math.isnan(found.unsure_share)
    with pytest.raises(ValueError, match="minimum"):
        verdict_of(sure(1.0), math.nan)
    with pytest.raises(ValueError, match="points, replications"):
        verdict_of([1.0, 2.0], 0.0)


@given(
    st.lists(st.lists(st.floats(-10.0, 10.0), min_size=3, max_size=3), min_size=1, max_size=20), st.floats(-5.0, 5.0)
)
def test_a_steady_verdict_outlives_every_unsure_point(rows, minimum):
    found = verdict_of(rows, minimum)
    if found.steady:
        for way in (-1e6, 1e6):
            pushed = np.array(rows)
            pushed[found.unsure] = way
            assert verdict_of(pushed, minimum).verdict == found.verdict


@given(st.lists(st.lists(st.floats(-10.0, 10.0), min_size=3, max_size=3), min_size=1, max_size=20))
def test_a_higher_minimum_never_helps_a_claim(rows):
    order = [REFUTED, DEPENDS, SUPPORTED]
    assert order.index(verdict_of(rows, 1.0).verdict) <= order.index(verdict_of(rows, -1.0).verdict)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_another(pair):
    from scipy.stats import binomtest

    found = wilson_interval(*pair)
    other = binomtest(*pair).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((other.low, other.high), abs=1e-12)
    assert 0.0 <= found.low <= found.mean <= found.high <= 1.0


def test_wilson_by_hand():
    # 52 of 64, z = 1.96: center (.8125 + .03001) / 1.06002 = .79482, half 1.96 / 1.06002 sqrt(.00238 + .000234).
    found = wilson_interval(52, 64)
    assert (found.low, found.high) == pytest.approx((0.7003, 0.8894), abs=2e-4)
    assert math.isnan(wilson_interval(0, 0).low)
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson_interval(3, 2)
