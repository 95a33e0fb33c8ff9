import math

import pytest

from experiments.report.comparison import Estimate
from experiments.report.headline import Headline
from experiments.report.quantity import ABSENT, Scale, decimals, scale_of

PLAIN = Headline("a", "A", "h")
SHARE = Headline("a", "A", "", "share")
USD = Headline("a", "A", "per year", "usd")


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (1234.0, 3, 0),
        (12.34, 3, 1),
        (0.01234, 3, 4),
        (-0.5, 2, 2),
        (0.0, 3, 0),
        (math.nan, 3, 0),
        (1e-12, 3, 6),
    ],
)
def test_decimals_show_the_significant_digits(value, digits, expected):
    assert decimals(value, digits) == expected


def test_each_estimate_shows_what_is_known_of_it():
    slow, fast, sure = (
        Estimate(157.3, 4.1, 310.5, 3),
        Estimate(0.655, 0.641, 0.669, 3),
        Estimate(0.02, 0.02, 0.02, 3),
    )
    scale = scale_of(PLAIN, [slow, fast, sure], [])
    assert scale.estimate(slow) == "157 (4 to 310)"
    assert scale.estimate(fast) == "0.66 (0.64 to 0.67)"
    assert scale.estimate(sure) == "0.020 (0.020 to 0.020)"


def test_narrow_interval_does_not_look_like_a_point_unless_it_is_rounding():
    assert Scale(places=0).estimate(Estimate(1234.0, 1233.6, 1234.4, 3)) == "1,234.0 (1,233.6 to 1,234.4)"
    assert Scale(places=0).estimate(Estimate(1234.0, 1234.0 - 1e-9, 1234.0 + 1e-9, 3)) == "1,234 (1,234 to 1,234)"


def test_shares_are_percent_and_their_differences_points():
    scale = scale_of(SHARE, [Estimate(0.5, 0.4, 0.6, 5)], [Estimate(0.05, 0.01, 0.09, 5)])
    assert (scale.unit, scale.difference_unit) == ("%", "points")
    assert scale.estimate(Estimate(0.5, 0.4, 0.6, 5)) == "50.0 (40.0 to 60.0)"
    assert scale.difference(Estimate(0.05, 0.01, 0.09, 5)) == "+5.0 (+1.0 to +9.0)"


@pytest.mark.parametrize(
    ("mean", "text", "unit"),
    [
        (2_500.0, "2,500", "USD per year"),
        (2_500_000.0, "2,500", "thousand USD per year"),
        (250_000_000.0, "250", "million USD per year"),
    ],
)
def test_money_is_written_by_its_size(mean, text, unit):
    scale = scale_of(USD, [Estimate(mean, n=1)], [])
    assert (scale.estimate(Estimate(mean, n=1)), scale.unit) == (text, unit)


def test_negative_number_that_rounds_to_nothing_has_no_sign():
    scale = Scale(places=1, difference_places=1)
    assert scale.estimate(Estimate(-0.01, -0.02, 0.3, 3)) == "0.0 (0.0 to 0.3)"
    assert scale.difference(Estimate(-0.01, -0.02, 0.3, 3)) == "0.0 (0.0 to +0.3)"


def test_what_is_not_defined_is_a_dash():
    scale = scale_of(PLAIN, [Estimate()], [Estimate()])
    assert scale.estimate(Estimate()) == scale.difference(Estimate()) == ABSENT


def test_one_replication_shows_no_interval():
    scale = scale_of(PLAIN, [Estimate(3.0, n=1)], [Estimate(-1.0, n=1)])
    assert scale.estimate(Estimate(3.0, n=1)) == "3.00"
    assert scale.difference(Estimate(-1.0, n=1)) == "-1.0"
