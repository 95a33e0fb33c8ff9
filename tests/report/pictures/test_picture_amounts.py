"""How numbers are written in pictures."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.amount import amount_of
from experiments.report.comparison import Estimate
from experiments.report.diverging import BROWN_TO_TEAL, diverging, ink_on


@pytest.mark.parametrize(
    ("unit", "values", "label", "written"),
    [
        ("USD", [9_999.0], "USD", "9,999"),
        ("USD", [10_000.0], "thousand USD", "10.0"),
        ("USD a year", [-1_130_000.0, 5.0], "thousand USD a year", "-1,130"),
        ("USD", [2.5e7], "million USD", "25.0"),
        ("", [0.0123], "", "0.0123"),
        ("share", [0.125], "%", "12.5"),
        ("h", [nan, inf], "h", "–"),  # noqa: RUF001 (what stands for a missing number)
    ],
)
def test_one_size_word_for_all(unit, values, label, written):
    amount = amount_of(unit, values)
    assert (amount.unit, amount.plain(values[0])) == (label, written)


def test_differences_carry_signs_and_intervals():
    amount = amount_of("share", [0.125, -0.04], difference=True)
    assert amount.unit == "points"
    assert amount.told(Estimate(0.125, -0.04, 0.29)) == "+12.5 (-4.0 to +29.0)"
    assert amount.told(Estimate(0.125)) == "+12.5"
    assert [amount.signed(x) for x in (0.0, -0.0001, 0.0001)] == ["0.0", "0.0", "0.0"]


@given(st.floats(-1e15, 1e15))
def test_what_is_written_is_the_value_within_its_digits(value):
    amount = amount_of("USD", [value])
    written = float(amount.plain(value).replace(",", ""))
    assert written == pytest.approx(
        value * amount.factor, abs=0.5 * 10.0**-amount.places + 1e-9 * abs(value) * amount.factor
    )
    assert amount.signed(value).startswith("+") == (written > 0.0)


def test_more_and_less_are_told_apart_and_letters_can_be_read_on_both():
    colors = diverging()
    assert colors(0.5)[:3] == pytest.approx((0.969, 0.969, 0.969), abs=0.01)
    assert colors(0.0)[0] > colors(0.0)[2] and colors(1.0)[1] > colors(1.0)[0]
    assert [ink_on(colors(x)[:3]) for x in (0.0, 0.5, 1.0)] == ["#ffffff", "#1a1a1a", "#ffffff"]
    assert len(BROWN_TO_TEAL) == 5
