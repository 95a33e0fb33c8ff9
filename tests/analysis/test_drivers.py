import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis import ranked_drivers


def by_factor(found):
    return {one.factor: one for one in found}


def test_one_factor_by_hand():
    # Ranks 1 2 3 4 against 1 3 2 4: differences 0 1 1 0, correlation 1 - 6 x 2 / (4 x 15) = .8.
    (found,) = ranked_drivers([[1.0], [2.0], [30.0], [400.0]], [0.1, 0.3, 0.2, 9.0])
    assert found.correlation == pytest.approx(0.8)
    assert found.effect == pytest.approx(0.8)
    # t = .8 sqrt(2 / .36) = 1.8856 with 2 degrees of freedom.
    t = 0.8 * math.sqrt(2 / 0.36)
    assert found.p == found.adjusted == pytest.approx(1.0 - t / math.sqrt(2.0 + t * t))
    assert not found.told and found.like == -1


@given(arrays(np.float64, (12, 4), elements=st.integers(-3, 3)), arrays(np.float64, 12, elements=st.integers(-5, 5)))
def test_correlations_are_those_of_spearman(factors, outcome):
    from scipy.stats import spearmanr

    found = by_factor(ranked_drivers(factors, outcome))
    for i in range(4):
        if np.ptp(factors[:, i]) and np.ptp(outcome):
            assert found[i].correlation == pytest.approx(spearmanr(factors[:, i], outcome).statistic, abs=1e-12)
        else:
            assert math.isnan(found[i].correlation) and not found[i].told


def test_more_factors_than_points_leave_the_strong_ones_standing():
    random = np.random.default_rng(1)
    factors = random.random((64, 100))
    outcome = 3.0 * factors[:, 7] - 2.0 * factors[:, 40] ** 3 + factors[:, 90] + random.normal(scale=0.1, size=64)
    found = ranked_drivers(factors, outcome)
    told = [one.factor for one in found if one.told]
    assert told == [7, 40, 90]
    assert [np.sign(one.effect) for one in found[:3]] == [1, -1, 1]
    assert [abs(one.effect) for one in found[:3]] == sorted((abs(one.effect) for one in found[:3]), reverse=True)
    assert all(one.adjusted >= one.p for one in found)
    assert all(one.adjusted < 0.05 for one in found[:3]) and all(one.adjusted >= 0.05 for one in found[3:])


def test_what_only_resembles_a_driver_is_not_told():
    random = np.random.default_rng(2)
    factors = random.random((64, 6))
    factors[:, 3] = factors[:, 0] + 0.5 * random.random(64)
    found = by_factor(ranked_drivers(factors, factors[:, 0] + 0.2 * random.random(64)))
    assert found[0].told and not found[3].told
    assert abs(found[3].correlation) > 0.7 and abs(found[3].effect) < 0.2
    assert found[3].like == 0 and found[0].like == 3 and found[0].likeness == pytest.approx(found[3].likeness)


def test_equal_columns_cannot_be_told_apart_and_it_shows():
    column = np.arange(20.0)
    found = ranked_drivers(np.column_stack((column, column)), column)
    assert [one.told for one in found] == [True, False]
    assert all(one.likeness == pytest.approx(1.0) for one in found)
    assert math.isnan(found[1].effect)


def test_sobol_points_do_not_lead_astray():
    from scipy.stats import qmc

    wrong, missed = 0, 0
    for seed in range(30):
        factors = qmc.Sobol(60, seed=seed).random(64)
        random = np.random.default_rng(seed)
        outcome = factors[:, :4] @ [3.0, 2.0, -2.0, 1.5] + random.normal(scale=0.3, size=64)
        told = {one.factor for one in ranked_drivers(factors, outcome) if one.told}
        wrong += bool(told - {0, 1, 2, 3})
        missed += not told >= {0, 1, 2, 3}
    # One by one, whatever is like a strong driver would be told in all of them.
    assert wrong <= 5 and missed <= 2


def test_false_drivers_are_as_rare_as_said():
    random = np.random.default_rng(3)
    trials = 400
    alarms = sum(ranked_drivers(random.random((32, 20)), random.normal(size=32))[0].told for _ in range(trials))
    assert alarms / trials <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / trials)


def test_gaps_in_the_outcome_are_left_out():
    random = np.random.default_rng(4)
    factors, outcome = random.random((20, 3)), random.random(20)
    outcome[[2, 9]] = math.nan
    known = ~np.isnan(outcome)
    assert ranked_drivers(factors, outcome) == ranked_drivers(factors[known], outcome[known])


def test_nothing_known_tells_nothing():
    for factors, outcome in (
        (np.zeros((5, 2)), np.arange(5.0)),
        (np.arange(10.0).reshape(5, 2), np.full(5, math.nan)),
        (np.arange(2.0).reshape(1, 2), [1.0]),
        (np.empty((0, 2)), []),
    ):
        assert not any(one.told for one in ranked_drivers(factors, outcome))
    assert ranked_drivers(np.empty((5, 0)), np.arange(5.0)) == []


def test_bad_shapes_are_refused():
    with pytest.raises(ValueError, match=r"\(3, 2\) and \(2,\)"):
        ranked_drivers(np.zeros((3, 2)), [1.0, 2.0])
    with pytest.raises(ValueError, match="finite"):
        ranked_drivers([[math.nan], [1.0]], [1.0, 2.0])
