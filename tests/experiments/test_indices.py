"""Indices of functions whose indices are known."""

import numpy as np
import pytest

from experiments.answers.indices import indices_of
from experiments.sampling.effects import block, effect_points
from experiments.specs.sensitivity import Sensitivity
from sim.analysis.luck import luck_of

NAMES = ("a", "b", "c")


def analyzed(asked, function, luck=None):
    points = effect_points(asked, 3)
    y = function(points)
    return indices_of(asked, NAMES, points, y, luck_of(np.column_stack([y, y]) if luck is None else luck))


def ishigami(points):
    x = np.pi * (2.0 * points - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_effects_of_a_linear_function_are_its_slopes():
    found = analyzed(Sensitivity(trajectories=4), lambda p: 3.0 + p @ [2.0, -5.0, 0.0])
    assert [one.factor for one in found.found] == ["b", "a", "c"]
    assert [one.strength.mean for one in found.found] == pytest.approx([5.0, 2.0, 0.0])
    assert [one.direction for one in found.found] == pytest.approx([-5.0, 2.0, 0.0])
    assert [one.spread for one in found.found] == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    assert [found.told(one) for one in found.found] == [True, True, False]
    assert (found.blocks, found.lost) == (4, 0)


@pytest.mark.parametrize("seed", [0, 7])
def test_shares_of_ishigamis_function(seed):
    """Ishigami and Homma 1990 with a = 7, b = .1: first .314, .442, 0; total .558, .442, .244."""
    found = analyzed(Sensitivity(method="sobol", n=512, seed=seed), ishigami)
    known = {"a": (0.3139, 0.5576), "b": (0.4424, 0.4424), "c": (0.0, 0.2437)}
    for one in found.found:
        first, total = known[one.factor]
        # The interval is of 95 %; twice as wide it holds in all of a few.
        for share, interval in ((first, one.alone), (total, one.strength)):
            assert abs(share - interval.mean) < interval.high - interval.low
            assert interval.high - interval.low < 0.4
    assert [one.factor for one in found.found] == ["a", "b", "c"]


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_points_and_indices_follow_from_the_seed(method):
    asked = Sensitivity(method=method, n=8, trajectories=3)
    points = effect_points(asked, 3)
    assert len(points) == {"morris": 3, "sobol": 8}[method] * block(asked, 3)
    assert points.min() >= 0.0
    assert points.max() <= 1.0
    assert (points == effect_points(asked, 3)).all()
    assert (points != effect_points(asked.model_copy(update={"seed": 2}), 3)).any()
    assert analyzed(asked, ishigami) == analyzed(asked, ishigami)


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_blocks_with_a_point_where_nothing_is_defined_are_left_out(method):
    asked = Sensitivity(method=method, n=16, trajectories=5)
    points = effect_points(asked, 3)
    y = points @ [2.0, -5.0, 0.0]
    y[block(asked, 3) + 1] = np.nan
    found = indices_of(asked, NAMES, points, y, luck_of(np.column_stack([y, y])))
    assert found.lost == 1
    assert found.blocks == {"morris": 4, "sobol": 15}[method]
    assert found.found[0].factor == "b"
    assert np.isfinite(found.found[0].strength.mean)


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_nothing_is_said_of_what_does_not_vary(method):
    found = analyzed(Sensitivity(method=method, n=4, trajectories=2), lambda p: np.full(len(p), 3.0))
    assert all(np.isnan(one.strength.mean) and not found.told(one) for one in found.found)


def test_a_factor_that_only_shuffles_luck_is_found_at_the_floor():
    """Outcomes that are nothing but luck, anew at every point: all factors are found to do what the floor says."""
    rng = np.random.default_rng(1)
    for asked, size in ((Sensitivity(trajectories=400), 1600), (Sensitivity(method="sobol", n=1024), 5120)):
        values = rng.normal(size=(size, 2))
        found = indices_of(asked, NAMES, effect_points(asked, 3), values.mean(axis=1), luck_of(values))
        for one in found.found:
            error = (one.strength.high - one.strength.mean) / 1.96
            assert abs(one.strength.mean - found.floor) < 4.0 * error
        assert sum(found.told(one) for one in found.found) <= 1


def test_without_luck_known_there_is_no_floor():
    points = effect_points(Sensitivity(), 3)
    found = indices_of(Sensitivity(), NAMES, points, points[:, 0], luck_of(points[:, :1]))
    assert np.isnan(found.floor)
    assert found.told(found.found[0])
