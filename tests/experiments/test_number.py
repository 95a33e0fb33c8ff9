"""Numbers of answers, as they are written."""

from math import inf, nan

import pytest

from experiments.answers.number import interval_text, number_text
from sim.analysis.intervals import Interval


@pytest.mark.parametrize(
    ("value", "sign", "text"),
    [
        (10_543_210.0, "", "10,540,000"),
        (-484_512.3, "+", "-484,500"),
        (12_345.0, "+", "+12,340"),
        (9_999.96, "", "10,000"),
        (9_876.5, "", "9,876"),
        (0.000123456, "", "0.0001235"),
        (0.0, "+", "+0"),
        (nan, "", "-"),
        (inf, "", "-"),
    ],
)
def test_four_digits_and_no_exponent(value, sign, text):
    assert number_text(value, sign) == text


def test_bounds_stand_where_there_are_any():
    assert interval_text(Interval(20_000.0, -1.5, 3e6, 5)) == "20,000 (-1.5 to 3,000,000)"
    assert interval_text(Interval(2.0, nan, nan, 1), "+") == "+2"
    assert interval_text(Interval(nan, nan, nan, 0)) == "-"
