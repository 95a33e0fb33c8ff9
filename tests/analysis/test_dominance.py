"""Points of several objectives, by hand, and against their definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.dominance import non_dominated


def test_by_hand():
    # (2, 2) is worse than (3, 3) in both; (1, 9) and (9, 1) are each the best in one.
    assert non_dominated([[2, 2], [3, 3], [1, 9], [9, 1]]).tolist() == [False, True, True, True]
    # As good in one and worse in the other is dominated.
    assert non_dominated([[3, 3], [3, 2]]).tolist() == [True, False]


def test_equal_points_do_not_dominate_each_other():
    assert non_dominated([[1, 1], [1, 1], [0, 1]]).tolist() == [True, True, False]


def test_what_is_not_defined_neither_dominates_nor_counts():
    assert non_dominated([[np.nan, 9], [1, 1], [9, np.nan]]).tolist() == [False, True, False]


def test_of_one_objective_only_the_largest_are_left():
    assert non_dominated([[1.0], [3.0], [3.0]]).tolist() == [False, True, True]
    assert non_dominated(np.empty((0, 2))).tolist() == []


def test_one_row_of_numbers_is_refused():
    with pytest.raises(ValueError, match=r"\(points, objectives\), got shape \(3,\)"):
        non_dominated([1, 2, 3])


@given(arrays(float, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.integers(0, 4).map(float)))
def test_whoever_is_left_out_is_beaten_by_somebody_who_is_not(points):
    kept = non_dominated(points)
    assert kept.any()

    def beats(a, b):
        return all(x >= y for x, y in zip(a, b, strict=True)) and any(x > y for x, y in zip(a, b, strict=True))

    for i, point in enumerate(points):
        assert any(beats(other, point) for other in points[kept]) == (not kept[i])
