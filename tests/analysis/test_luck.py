"""Luck told from points, where all points met the same luck."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.luck import luck_of

NAN = float("nan")


def test_two_points_by_hand():
    """Means 2 and 5; a mean varies by (2 + 18) / 2 / 2; what neither explains is 1 in each of 4 cells."""
    found = luck_of([[1.0, 3.0], [2.0, 8.0]])
    assert (found.between, found.of_mean, found.apart) == pytest.approx((4.5, 5.0, 2.0))
    assert (found.share, found.share_apart) == pytest.approx((5.0 / 4.5, 2.0 / 4.5))
    assert (found.points, found.replications) == (2, 2)


def test_what_luck_does_to_all_points_alike_moves_none_against_another():
    found = luck_of(np.array([[0.0], [1.0], [4.0]]) + np.array([10.0, -3.0, 7.0, 2.0]))
    assert found.apart == pytest.approx(0.0, abs=1e-12)
    assert found.of_mean == pytest.approx(np.var([10.0, -3.0, 7.0, 2.0], ddof=1) / 4)
    assert found.between == pytest.approx(np.var([0.0, 1.0, 4.0], ddof=1))


def test_points_without_the_outcome_are_left_out():
    assert luck_of([[1.0, 3.0], [NAN, 1.0], [2.0, 8.0]]) == luck_of([[1.0, 3.0], [2.0, 8.0]])


@pytest.mark.parametrize("values", [np.zeros((0, 3)), [[1.0, 2.0]], [[1.0], [2.0]], [[NAN, 1.0], [1.0, NAN]]])
def test_too_little_says_nothing(values):
    found = luck_of(values)
    assert np.isnan([found.of_mean, found.apart, found.share, found.share_apart]).all()


def test_points_that_are_all_the_same_have_no_share():
    assert np.isnan(luck_of([[1.0, 2.0], [1.0, 2.0]]).share)


def test_one_dimension_is_refused():
    with pytest.raises(ValueError, match="shape"):
        luck_of([1.0, 2.0])


@given(st.integers(0, 2**32 - 1), st.floats(-1e3, 1e3), st.floats(0.1, 10.0))
def test_luck_does_not_depend_on_where_zero_is_and_goes_with_the_square_of_the_unit(seed, shift, unit):
    values = np.random.default_rng(seed).normal(size=(5, 4))
    one, other = luck_of(values), luck_of(shift + unit * values)
    assert (other.between, other.of_mean, other.apart) == pytest.approx(
        tuple(unit**2 * x for x in (one.between, one.of_mean, one.apart)), rel=1e-6
    )


def test_independent_luck_is_all_apart():
    """With no effect of points and none in common, both estimate the variance of a mean, 1 / 8, over 400 points."""
    found = luck_of(np.random.default_rng(3).normal(size=(400, 8)))
    error = 1 / 8 * (2 / (400 * 7)) ** 0.5
    assert abs(found.apart - 1 / 8) < 4 * error
    assert abs(found.of_mean - 1 / 8) < 4 * error
