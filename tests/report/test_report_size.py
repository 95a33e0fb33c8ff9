import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.comparison import Estimate
from experiments.report.headline import HEADLINES, PRIMARY, Headline
from experiments.report.line import Line
from experiments.report.quantity import Scale
from experiments.report.size import amount, size
from experiments.report.wording import said_difference, said_level, said_range


def line_of(kpi, **fields):
    headline = next((line for line in HEADLINES if line.kpi == kpi), None) or Headline(kpi, **fields)
    return Line(headline, Scale(), {}, {})


@pytest.mark.parametrize(
    ("found", "measure", "factor", "about", "low", "high"),
    [
        (Estimate(0.231, 0.097, 0.365, 8), "count", 52.0, "12", "5", "19"),
        (Estimate(-0.231, -0.365, -0.097, 8), "count", 52.0, "12", "5", "19"),
        # A bound close to zero stays above it.
        (Estimate(30.0, 0.4, 60.0, 8), "count", 1.0, "30.0", "0.4", "60.0"),
        (
            Estimate(-1_351_000.0, -2_294_000.0, -408_000.0, 4),
            "usd",
            1.0,
            "$1.4 million",
            "$0.4 million",
            "$2.3 million",
        ),
        (Estimate(60_000.0, 17_000.0, 103_000.0, 4), "usd", 1.0, "$60,000", "$10,000", "$110,000"),
        (Estimate(0.14, 0.041, 0.239, 4), "hundredths", 1.0, "14", "4", "24"),
        (Estimate(0.5, 0.3, 0.7, 4), "hours", 1.0, "30 minutes", "18 minutes", "42 minutes"),
        (Estimate(10.0, 4.0, 16.0, 4), "hours", 1.0, "10 hours", "4 hours", "16 hours"),
        (Estimate(-143.0, -212.0, -74.0, 12), "hours", 1.0, "6.0 days", "3.0 days", "8.9 days"),
    ],
)
def test_sizes_are_said_as_people_say_them(found, measure, factor, about, low, high):
    said = size(found, measure, factor)
    assert (said.about, said.low, said.high) == (about, low, high)


def test_without_bounds_only_the_mean_is_said():
    said = amount(Estimate(1234.0, math.nan, math.nan, 1), "count")
    assert (said.about, said.between) == ("1,200", "")
    assert amount(Estimate(0.0, 0.0, 0.0, 3), "count").about == "0"


@given(
    st.floats(1e-6, 1e9),
    st.floats(1e-6, 1e9),
    st.floats(0.0, 1.0),
)
def test_bounds_never_look_closer_than_they_are(one, other, place):
    low, high = sorted((one, other))
    said = size(Estimate(low + place * (high - low), low, high, 5), "count")
    numbers = [float(text.replace(",", "")) for text in (said.low, said.high)]
    # What is said may be off in the ninth digit of its last place, no more.
    assert 0.0 < numbers[0] <= low * (1 + 1e-6)
    assert numbers[1] >= high * (1 - 1e-6)


def test_differences_ranges_and_levels_read_as_sentences():
    won = line_of("throughput.new_customers_per_week")
    assert (
        said_difference(won, Estimate(0.231, 0.097, 0.365, 8))
        == "wins about 12 more new customers a year, between 5 and 19"
    )
    assert said_difference(won, Estimate(-0.231, -0.365, -0.097, 8)).startswith(
        "wins about 12 fewer new customers a year"
    )
    assert said_level(won, Estimate(0.5, math.nan, math.nan, 1)) == "wins about 26 new customers a year"
    profit = line_of(PRIMARY)
    assert said_range(profit, Estimate(-0.2e6, -1.041e6, 0.715e6, 4)) == (
        "anything from “earns $1.1 million less a year” to “earns $0.8 million more a year”"
    )
    assert said_range(profit, Estimate(-0.2e6, math.nan, math.nan, 1)) == ""
    answer = line_of("flow.opportunity.answer.median_h")
    assert said_difference(answer, Estimate(-143.0, -212.0, -74.0, 12)) == (
        "has answered half of the inquiries about 6.0 days sooner, between 3.0 days and 8.9 days"
    )


def test_every_headline_can_be_said_and_one_without_words_is_said_by_its_label():
    for headline in HEADLINES:
        filled = Headline(headline.kpi.replace("{role}", "seller"), headline.label, headline.unit, headline.kind)
        for found in (Estimate(0.3, 0.1, 0.5, 4), Estimate(-0.3, -0.5, -0.1, 4)):
            text = said_difference(Line(filled, Scale(), {}, {}), found)
            assert "{" not in text.replace("{role}", "") and ", between " in text
    new = line_of("flow.new_h", label="Braces {} in a label", unit="h")
    assert said_level(new, Estimate(3.0, 2.0, 4.0, 4)).count("about") >= 1
