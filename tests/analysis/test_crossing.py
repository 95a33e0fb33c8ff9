import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import Crossing, crossings, crossings_by_row


def about(mean, half):
    return np.asarray(mean) - half, np.asarray(mean) + half


def test_a_line_by_hand():
    # Mean -2 0.. at 10, 20, 30, 40: -2 -1 1 2, +- .5: zero at 25; high is zero at 20 + 10 x .5 / 2, low at 27.5.
    mean = [-2.0, -1.0, 1.0, 2.0]
    assert crossings([10, 20, 30, 40], mean, *about(mean, 0.5)) == [Crossing(25.0, 22.5, 27.5, rising=True)]


def test_a_wide_band_goes_over_several_points():
    # +- 1.5: told from zero at the outer points only; between -2 and -1 high is zero half way.
    mean = [-2.0, -1.0, 1.0, 2.0]
    assert crossings([0, 1, 2, 3], mean, *about(mean, 1.5)) == [Crossing(1.5, 0.5, 2.5, rising=True)]


def test_a_band_that_leaves_the_axis_has_no_end():
    mean = [-3.0, 1.0, 2.0]
    (found,) = crossings([0, 1, 2], mean, *about(mean, 2.5))
    assert found.at == 0.75 and found.low == pytest.approx(0.125) and math.isnan(found.high)


@pytest.mark.parametrize("mean", [[1.0, 2.0, 3.0], [1.0, 0.0, 1.0], [0.0, 0.0], [0.0, 1.0], [5.0], []])
def test_none_where_the_sign_is_kept(mean):
    assert crossings(np.arange(len(mean)), mean, *about(mean, 0.1)) == []


def test_several_crossings_and_a_stretch_of_zeros():
    mean = [1.0, -1.0, 0.0, 0.0, 3.0]
    first, second = crossings(range(5), mean, *about(mean, 0.25))
    assert (first.at, first.rising) == (0.5, False)
    assert (second.at, second.rising) == (2.5, True)
    # Left, high goes from -.75 at 1 to .25 at 2; right, low from -.25 at 3 to 2.75 at 4.
    assert (second.low, second.high) == pytest.approx((1.75, 3 + 0.25 / 3))


def test_nothing_is_said_across_a_gap():
    mean = np.array([-1.0, math.nan, 1.0])
    assert crossings([0, 1, 2], mean, *about(mean, 0.1)) == []
    bounds = [-1.1, math.nan], [-0.9, math.nan]
    (found,) = crossings([0, 1], [-1.0, 1.0], *bounds)
    assert found.at == 0.5 and math.isnan(found.low) and math.isnan(found.high)


def test_rows_of_a_grid():
    mean = np.array([[-1.0, 1.0], [1.0, 3.0]])
    found = crossings_by_row([0, 1], mean, *about(mean, 0.5))
    assert [len(row) for row in found] == [1, 0]
    assert found[0] == crossings([0, 1], mean[0], *about(mean[0], 0.5))


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="ascend"):
        crossings([0, 0], [1, 2], [0, 1], [2, 3])
    with pytest.raises(ValueError, match="alike"):
        crossings([0, 1], [1], [0], [2])
    with pytest.raises(ValueError, match="between its bounds"):
        crossings([0, 1], [1, 2], [2, 2], [3, 3])
    with pytest.raises(ValueError, match="argument"):
        crossings_by_row([0, 1], [[1, 2]], [[1, 2], [1, 2]], [[1, 2]])


@given(
    st.lists(st.tuples(st.floats(-10.0, 10.0), st.floats(0.01, 5.0)), min_size=2, max_size=12),
    st.lists(st.floats(0.1, 3.0), min_size=12, max_size=12),
)
def test_crossings_lie_in_their_bands_between_points_of_either_sign(points, steps):
    axis = np.cumsum(steps)[: len(points)]
    mean, half = (np.array(column) for column in zip(*points, strict=True))
    found = crossings(axis, mean, mean - half, mean + half)
    signs = np.sign(mean)[np.sign(mean) != 0.0]
    assert len(found) == np.count_nonzero(np.diff(signs))
    for one in found:
        assert axis[0] <= one.at <= axis[-1]
        assert math.isnan(one.low) or one.low <= one.at + 1e-9
        assert math.isnan(one.high) or one.high >= one.at - 1e-9
    mirrored = crossings(axis, -mean, -mean - half, -mean + half)
    assert [(one.at, not one.rising) for one in mirrored] == [(one.at, one.rising) for one in found]
