"""The transition fan: how deep and how long a curve dips."""

from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.amount import Amount
from experiments.report.fan import Dip, Fan, Path, dip_of, fall, fan

curves = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)


def test_a_dip_ends_where_the_earlier_high_is_reached_again():
    # Down from 10 in month 1 to 4 in month 3; 8 in month 4, 12 in month 5: 10 is reached halfway.
    assert dip_of([0, 1, 2, 3, 4, 5], [5.0, 10.0, 7.0, 4.0, 8.0, 12.0]) == Dip(6.0, 10.0, 1, 3, 4.5)


def test_the_largest_of_several_dips_counts_and_of_equal_ones_the_first():
    assert dip_of(range(7), [5.0, 4.0, 6.0, 2.0, 7.0, 6.0, 8.0]) == Dip(4.0, 6.0, 2, 3, 3.8)
    assert dip_of(range(5), [5.0, 4.0, 5.0, 4.0, 5.0]) == Dip(1.0, 5.0, 0, 1, 2.0)


def test_a_dip_that_is_not_made_good_has_no_length():
    found = dip_of([0, 6, 12], [3.0, 1.0, 2.0])
    assert (found.depth, found.bottom_month) == (2.0, 6) and isnan(found.until_month) and isnan(found.months)


def test_a_rising_curve_has_no_dip_and_gaps_are_passed_over():
    assert dip_of([0, 1, 2], [1.0, 1.0, 2.0]) is None
    assert dip_of([0, 1], [nan, nan]) is None
    assert dip_of([0, 1, 2, 3], [nan, 4.0, nan, 2.0]).depth == 2.0


def test_dips_in_words():
    money = Amount(0.001, "thousand USD", 0)
    assert fall(Dip(5000.0, 0.0, 2, 4, 8.5), money) == "dips by 5 thousand USD from month 2, 6.5 months long"
    assert fall(Dip(5000.0, 0.0, 2, 4, nan), money).endswith("not made good in the months shown")
    assert fall(None, money) == fall(Dip(5000.0, 0.0, 2, 4, 8.5), money, least=5000.0) == "no dip"


@given(curves)
def test_a_dip_is_the_largest_fall_between_any_two_months(values):
    falls = [early - late for k, early in enumerate(values) for late in values[k:]]
    found = dip_of(range(len(values)), values)
    assert (0.0 if found is None else found.depth) == max(falls)
    if found is not None:
        assert found.from_month < found.bottom_month and not found.until_month <= found.bottom_month


def test_what_is_drawn_is_the_data(made, painted):
    path = Path("now", [0.0, -3.0, 1.0], [1.0, -2.0, 2.0], [2.0, -1.0, 3.0])
    ax = painted(fan, Fan([0, 1, 2], [path]), made.FOOTER).axes[0]
    drawn = [list(line.get_ydata()) for line in ax.lines]
    assert path.p10 in drawn and path.p50 in drawn and path.p90 in drawn
    assert ([1, 1], [-2.0, 1.0]) in [(list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines]


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"'now' must have 3 months, got \(3, 2, 3\) of p10, p50, p90"):
        Fan([0, 1, 2], [Path("now", [0.0] * 3, [0.0] * 2, [0.0] * 3)])
    with pytest.raises(ValueError, match=r"'now' must have p10 <= p50 <= p90, got \[1.0, 0.0, 2.0\] in month 6"):
        Fan([6], [Path("now", [1.0], [0.0], [2.0])])
    with pytest.raises(ValueError, match=r"months must ascend, got \[0, 0\]"):
        Fan([0, 0], [])
