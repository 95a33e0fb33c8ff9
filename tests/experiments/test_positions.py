"""Points of an ensemble: each factor evenly, no two factors alike, and the same seed the same points."""

import numpy as np
import pytest

from experiments.assumed.positions import sobol_positions


@pytest.mark.parametrize(("n", "factors"), [(64, 1), (64, 16), (64, 160), (256, 17)])
def test_every_factor_has_one_point_in_each_part_of_its_range(n, factors):
    points = sobol_positions(n, factors, seed=3)
    assert points.shape == (n, factors)
    assert np.array_equal(np.sort(np.floor(points * n), axis=0), np.tile(np.arange(n)[:, None], factors))


@pytest.mark.parametrize("seed", range(5))
def test_few_points_in_many_dimensions_do_not_tie_factors_together(seed):
    """Independent columns of 64 reach .5 here; one Sobol sequence of 160 dimensions reaches .94 and more."""
    points = sobol_positions(64, 160, seed)
    correlation = np.corrcoef(points.T) - np.eye(160)
    assert np.abs(correlation).max() < 0.6
    assert np.count_nonzero(np.abs(correlation) > 0.5) // 2 <= 5


def test_factors_of_one_block_fill_their_plane_evenly():
    """A Sobol sequence has one point in each eighth by eighth of its first two dimensions."""
    cells = np.floor(sobol_positions(64, 2, seed=7) * 8).astype(int)
    assert len({tuple(cell) for cell in cells.tolist()}) == 64


def test_a_seed_stands_for_points():
    assert np.array_equal(sobol_positions(64, 20, 1), sobol_positions(64, 20, 1))
    assert not np.array_equal(sobol_positions(64, 20, 1), sobol_positions(64, 20, 2))


@pytest.mark.parametrize("n", [0, 63, 65, 96])
def test_no_points_or_no_power_of_two_are_refused(n):
    with pytest.raises(ValueError, match=f"n must be a power of two; got {n}"):
        sobol_positions(n, 3, 1)


def test_no_factor_is_refused():
    with pytest.raises(ValueError, match="factors must be at least 1; got 0"):
        sobol_positions(64, 0, 1)
