"""Interaction plots, sweeps and boxes: what is drawn is the data, and what does not fit is refused."""

from dataclasses import replace
from math import inf, nan

import pytest

from experiments.report.boxes import boxes, words
from experiments.report.comparison import Estimate
from experiments.report.discovery import Box, Discovery, Factor, Limit, counts, inside, most_restricted, width
from experiments.report.interaction import Interaction, interaction, parallel
from experiments.report.label import wrapped
from experiments.report.palette import look
from experiments.report.sweep_curves import Sweep, SweepLine, SweepPanel, drawn, sweep_curves


def two_by_two(means=((10.0, 14.0), (11.0, 25.0))):
    rows = [[Estimate(m, m - 1.0, m + 1.0) for m in row] for row in means]
    return Interaction("who answers", ["sales", "service"], "money", ["same", "more"], rows, "wins", "a year",
                       Estimate(10.0, 8.0, 12.0))  # fmt: skip


def test_parallel_runs_as_the_first_line_does():
    assert parallel(two_by_two(), 1) == [11.0, 15.0]
    assert parallel(two_by_two(), 0) == [10.0, 14.0]


def test_interaction_lines_intervals_and_contrast(made, painted):
    ax = painted(interaction, two_by_two(), made.FOOTER).axes[0]
    ys = [list(line.get_ydata()) for line in ax.lines]
    for row in ([10.0, 14.0], [11.0, 25.0], [11.0, 15.0], [24.0, 26.0]):
        assert row in ys
    assert ax.get_title(loc="left") == "Beyond the sum of the parts:\n+10.0 (+8.0 to +12.0) a year"
    assert [label.get_text() for label in ax.get_xticklabels()] == ["sales", "service"]


def test_many_lines_are_drawn_without_what_they_would_be(made, painted):
    few, many = (painted(interaction, made.an_interaction(lines, 2), made.FOOTER).legends[0] for lines in (3, 4))
    assert (len(few.get_texts()), len(many.get_texts())) == (5, 4)


def test_means_of_another_shape_are_refused():
    with pytest.raises(
        ValueError, match=r"means must have 2 rows \(money\) of 2 \(who answers\), got rows of \[2, 1\]"
    ):
        two_by_two(means=((1.0, 2.0), (3.0,)))


def test_long_names_are_broken_into_short_lines():
    assert wrapped("who") == "who"
    assert wrapped("customer service answers", 15, 3) == "customer\nservice answers"
    lines = wrapped("a b c d e f g h i j k l m n o p q", 5, 2).split("\n")
    assert len(lines) == 2 and max(map(len, lines)) <= 5 and lines[-1].endswith("…")
    assert wrapped("x" * 60, 10, 2).count("\n") == 1


def sweep(values, means, **fields):
    points = [Estimate(m, m - 1.0, m + 1.0) for m in means]
    return Sweep("inquiries", "a week", values, [SweepPanel("wins", "a year", [SweepLine("a", points)])], **fields)


def test_a_swept_number_gives_lines_with_bands_and_gaps(made, painted):
    ax = painted(sweep_curves, sweep([1, 2, 4, 5, 9], [3.0, 4.0, nan, 6.0, nan], base=2.0), made.FOOTER).axes[0]
    lines = [(list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines]
    assert lines[0][0] == [1.0, 2.0, 4.0, 5.0, 9.0] and lines[0][1][:2] == [3.0, 4.0]
    assert ([5.0, 5.0], [5.0, 7.0]) in lines  # a point alone has its interval as a line
    band = ax.collections[0].get_paths()[0].vertices
    assert (band[:, 1].min(), band[:, 1].max(), band[:, 0].max()) == (2.0, 5.0, 2.0)
    assert "base firm" in [line.get_label() for line in ax.lines]
    assert ax.get_xscale() == "linear"


def test_values_far_apart_are_on_a_log_scale(made, painted):
    found = sweep([1, 10, 30], [1.0, 2.0, 3.0])
    assert found.on_log_scale and not sweep([1, 10, 29], [1.0] * 3).on_log_scale
    assert not sweep([0, 10, 300], [1.0] * 3).on_log_scale
    ax = painted(sweep_curves, found, made.FOOTER).axes[0]
    assert ax.get_xscale() == "log" and ax.get_xlabel() == "inquiries, a week (log scale)"
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "10", "30"]


def test_names_give_dots_by_rows(made, painted):
    ax = painted(sweep_curves, sweep(["steady", "responsive"], [3.0, 5.0]), made.FOOTER).axes[0]
    lines = [(list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines]
    assert ([3.0, 5.0], [0.0, 1.0]) in lines and ([4.0, 6.0], [1.0, 1.0]) in lines
    assert [label.get_text() for label in ax.get_yticklabels()] == ["steady", "responsive"]


def test_designs_keep_their_look_in_every_panel(made, painted):
    for ax in painted(sweep_curves, made.a_sweep(2, lines=7), made.FOOTER).axes:
        colors = [line.get_color() for line in ax.lines if not line.get_label().startswith("_")]
        assert colors == [look(k).color for k in range(7)]


def test_panels_with_nothing_to_show_are_left_out():
    empty = SweepPanel("cost", "USD", [SweepLine("a", [Estimate()])])
    found = sweep([1.0], [2.0])
    assert [panel.measure for panel in drawn(replace(found, panels=[empty, *found.panels]))] == ["wins"]


@pytest.mark.parametrize(
    ("values", "means", "message"),
    [
        ([2, 1], [1.0, 2.0], r"values of 'inquiries' must ascend, got \[2, 1\]"),
        (["a", "a"], [1.0, 2.0], "values of 'inquiries' must be different names"),
        (["a", 1], [1.0, 2.0], "values of 'inquiries' must be different names"),
        ([1, 2], [1.0], "wins of 'a' must have 2 points, got 1"),
    ],
)
def test_sweeps_that_do_not_fit_are_refused(values, means, message):
    with pytest.raises(ValueError, match=message):
        sweep(values, means)


def test_panels_with_other_lines_are_refused():
    panels = [SweepPanel(m, "", [SweepLine(name, [Estimate(1.0)])]) for m, name in (("m", "a"), ("n", "b"))]
    with pytest.raises(ValueError, match="panels must have the same lines"):
        Sweep("f", "", [1.0], panels)


def four_cases(*limits, interest=(True, True, False, False)):
    factors = [
        Factor("load", "", 0.0, 10.0, [1.0, 6.0, 7.0, 9.0]),
        Factor("price", "USD", 0.0, 4.0, [1.0, 2.0, 3.0, 4.0]),
    ]
    return Discovery(factors, interest, "it pays", [Box("box 1", limits)])


def test_coverage_and_density_are_counted():
    found = four_cases(Limit("load", 6.0, inf), Limit("price", 0.0, 3.0))
    assert counts(found, found.boxes[0]) == (1, 2, 2)
    assert words(found, found.boxes[0]) == "box 1: covers 50 % of the 2 of interest; 50 % of the 2 cases in it are"
    nobody = four_cases(Limit("load", 2.0, 3.0))
    assert words(nobody, nobody.boxes[0]).endswith("covers 0 % of the 2 of interest; no case is in it")


def test_open_ends_stop_at_the_range_and_the_tightest_factors_are_shown():
    found = four_cases(Limit("load", -inf, 6.0), Limit("price", 1.0, 2.0))
    load, price = found.factors
    assert inside(load, found.boxes[0].limits[0]) == (0.0, 6.0) and inside(load, None) == (0.0, 10.0)
    assert (width(found.boxes[0], load), width(found.boxes[0], price)) == (0.6, 0.25)
    assert [factor.name for factor in most_restricted(found)] == ["price", "load"]


def test_boxes_and_cases_are_drawn_where_they_are(made, painted):
    found = four_cases(Limit("load", 5.0, 10.0), Limit("price", 1.0, 3.0))
    left, right = painted(boxes, found, made.FOOTER).axes
    frame = next(patch for patch in right.patches if patch.get_label() == "box 1")
    assert (frame.get_xy(), frame.get_width(), frame.get_height()) == ((5.0, 1.0), 5.0, 2.0)
    dots = {line.get_label(): (list(line.get_xdata()), list(line.get_ydata())) for line in right.lines}
    assert dots["of interest"] == ([1.0, 6.0], [1.0, 2.0]) and dots["other cases"] == ([7.0, 9.0], [3.0, 4.0])
    ranges = [list(line.get_xdata()) for line in left.lines]
    assert ranges == [[0.0, 1.0], [0.5, 1.0], [0.0, 1.0], [0.25, 0.75]]
    assert "5 to 10\nof 0 to 10" in [text.get_text().strip() for text in left.texts]


def test_one_factor_is_drawn_without_a_scatter(made, painted):
    alone = Discovery(
        [Factor("load", "", 0.0, 1.0, [0.2, 0.8])], [True, False], "it pays", [Box("b", [Limit("load", 0, 0.5)])]
    )
    assert len(painted(boxes, alone, made.FOOTER).axes) == 1


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ([], "box 'box 1' must limit different factors, at least one"),
        ([Limit("load", 0, 1), Limit("load", 0, 2)], "must limit different factors"),
        ([Limit("speed", 0, 1)], r"box 'box 1' must limit one of \['load', 'price'\], got 'speed'"),
        ([Limit("load", 11, 12)], "must keep some of the range of 'load', got 11 to 12"),
    ],
)
def test_boxes_that_do_not_fit_are_refused(limits, message):
    with pytest.raises(ValueError, match=message):
        four_cases(*limits)


def test_cases_and_ranges_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="'load' must have 3 values, one per case, got 4"):
        four_cases(Limit("load", 0, 1), interest=(True, True, False))
    with pytest.raises(ValueError, match="'a' must have finite low < high, got 1 and 1"):
        Discovery([Factor("a", "", 1.0, 1.0, [])], [], "", [])
