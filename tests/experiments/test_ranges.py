"""The grammar of ranges: what a comment says of a number, and what lies between lowest and highest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.assumed.ranges import Range, Stated, stated


@pytest.mark.parametrize(
    ("comment", "low", "high"),
    [
        ("assumption, .25 to .45", 0.25, 0.45),
        ("assumption, -3.5 to -1.5: .80 convinced", -3.5, -1.5),
        ("how it came about (assumption, 0 to 5), and more", 0.0, 5.0),
        ("0 to .30 of effort saved", 0.0, 0.3),
        ("calibrated, .01 to .06", 0.01, 0.06),
        ("real leads 2 to 12; varied 0 to .5", 0.0, 0.5),
        ("assumption, 70k to 100k", 70e3, 100e3),
        ("assumption, .9M to 1.3M", 0.9e6, 1.3e6),
        ("assumption, 60,000 to 250,000.", 60e3, 250e3),
        ("assumption, 2,160 to 5,040: 90 to 210 days", 2160.0, 5040.0),
    ],
)
def test_a_span_right_after_the_mark_is_in_the_unit_of_the_number(comment, low, high):
    assert stated(comment, ["a"]) == Stated("", Range(low, high))


@pytest.mark.parametrize(
    ("comment", "low", "high"),
    [
        ("assumption, halves to doubles", 0.5, 2.0),
        ("assumption, -25 % to +50 %", 0.75, 1.5),
        ("calibrated, -100 % to 0 %: never more", 0.0, 1.0),
    ],
)
def test_a_range_of_the_default_scales(comment, low, high):
    assert stated(comment, ["a"]) == Stated("", Range(low, high, scales=True))


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "assumption",
        "assumption: 60 needs a week",
        "assumption; with entering $29 an order; APQC 2024: 26 to 34",
        "measured: 2 to 12",
        "assumption, sd 0 to 1",
        "assumption, 98 to 99.95 %",
        "assumption, 4 or 5",
        "assumption, 2 to 5th",
        "assumption, half to double",
        "assumptions, from 1 to 2",
    ],
)
def test_what_only_looks_like_a_range_says_nothing(comment):
    assert stated(comment, ["a"]) is None


def test_a_key_takes_the_range_after_it_and_the_innermost_counts():
    comment = "assumption, 1 to 9, appeal 1.0 to 2.3, law 0 to 1, cv -50 % to +50 %"
    assert stated(comment, ["talk", "appeal"]) == Stated("appeal", Range(1.0, 2.3))
    assert stated(comment, ["law", "lognormal", "cv"]) == Stated("cv", Range(0.5, 1.5, scales=True))
    assert stated(comment, ["law", "lognormal", "mean"]) == Stated("law", Range(0.0, 1.0))
    assert stated(comment, ["other"]) == Stated("", Range(1.0, 9.0))


def test_a_reason_goes_on_to_a_semicolon_or_bracket():
    comment = "x (assumption; not varied: a count, by definition) and y; weight not varied: known; z"
    assert stated(comment, ["hours"]) == Stated("", None, "a count, by definition")
    assert stated(comment, ["weight"]) == Stated("weight", None, "known")
    assert stated("weight not varied: known", ["hours"]) is None


def test_groups_are_named_after_a_range_that_scales():
    assert stated("effort_h -25 % to +33 % by kind of work", ["effort_h"]) == Stated(
        "effort_h", Range(0.75, 1.33, scales=True), by="kind"
    )


def test_a_range_of_a_default_below_zero_stays_in_order():
    assert Range(0.5, 2.0, scales=True).of(-2.0) == (-4.0, -1.0)
    assert Range(-3.0, -1.0).of(-2.0) == (-3.0, -1.0)


@pytest.mark.parametrize(
    ("span", "middle"),
    [
        (Range(0.0, 1.0), 0.5),
        (Range(-5.0, 0.0), -2.5),
        (Range(1.0, 10.0), 5.5),
        (Range(1.0, 16.0), 4.0),
        (Range(0.0, 16.0), 8.0),
        (Range(0.5, 2.0, scales=True), 1.0),
        (Range(0.0, 2.0, scales=True), 1.0),
    ],
)
def test_the_middle_is_of_ratios_where_a_range_scales_or_is_wider_than_a_decade(span, middle):
    assert span.at(0.5) == pytest.approx(middle, rel=1e-12)


SPANS = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans()).map(
    lambda s: Range(min(s[:2]), max(s[:2]), s[2])
)


@given(SPANS, st.floats(0, 1), st.floats(0, 1))
def test_positions_run_from_lowest_to_highest(span, one, other):
    assert (span.at(0), span.at(1)) == (span.low, span.high)
    slack = 1e-12 * max(abs(span.low), abs(span.high))
    low, high = span.at(min(one, other)), span.at(max(one, other))
    assert span.low - slack <= low <= high + slack <= span.high + 2 * slack


@pytest.mark.parametrize("position", [-0.01, 1.01, float("nan")])
def test_there_is_nothing_beyond(position):
    with pytest.raises(ValueError, match="position must be from 0 to 1; got"):
        Range(0.0, 1.0).at(position)


@given(SPANS)
def test_what_is_printed_can_be_read(span):
    rounded = Range(round(span.low, 3), round(span.high, 3))
    assert stated(f"assumption, {rounded}", ["a"]) == Stated("", rounded)
