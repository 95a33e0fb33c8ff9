"""Pictures of how many replications it takes: means that settle, and candidates behind the one that was selected."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from experiments.report import drawing
from experiments.report.behind import Rival, behind
from experiments.report.comparison import Estimate
from experiments.report.narrowing import MOST_PANELS, Course, narrowing
from sim.analysis.replications import half_widths


def course(made, n=40, name=None, reached=20):
    values = 1e6 + 2e5 * np.random.default_rng(4).standard_normal(n)
    return Course(name or made.LONG, "USD a year", *half_widths(values), 5e4, reached)


def rivals(made, count=6):
    first = Rival("a", Estimate(), 40, True)
    return [
        first,
        *(Rival(f"{i} {made.LONG}", Estimate(i * 1e5, i * 1e4, i * 2e5), 40 - i, i < 3) for i in range(1, count)),
    ]


@pytest.mark.parametrize("panels", [1, 2, 7])
def test_no_text_of_settling_means_lies_on_another(made, painted, clashes, panels):
    figure = painted(narrowing, [course(made, name=f"{made.LONG}\n{made.LONG}")] * panels, made.FOOTER)
    assert clashes(figure) == []
    assert sum(ax.get_visible() for ax in figure.axes) == panels


def test_the_last_mean_its_target_and_where_it_was_reached_are_drawn(made, painted):
    one = course(made)
    (ax,) = painted(narrowing, [one], made.FOOTER).axes
    mean, low, high, reached = ax.lines
    assert mean.get_ydata()[-1] == one.means[-1]
    assert sorted(line.get_ydata()[0] for line in (low, high)) == [one.means[-1] - 5e4, one.means[-1] + 5e4]
    assert reached.get_xdata()[0] == 20
    (ax,) = painted(narrowing, [course(made, reached=None)], made.FOOTER).axes
    assert len(ax.lines) == 3


def test_settling_means_of_too_few_replications_are_not_drawn(made):
    assert narrowing([], made.FOOTER) is None
    assert narrowing([course(made, n=1, reached=None)], made.FOOTER) is None
    assert course(made, n=0, reached=None).means.size == 0


def test_what_does_not_line_up_is_refused():
    with pytest.raises(ValueError, match="as many"):
        Course("a", "h", np.zeros(3), np.zeros(2), 1.0)


def test_more_panels_than_can_be_read_are_left_out(made, painted):
    figure = painted(narrowing, [course(made)] * (MOST_PANELS + 3), made.FOOTER)
    assert len(figure.axes) == MOST_PANELS


@pytest.mark.parametrize("count", [2, 40])
def test_no_text_of_candidates_lies_on_another(made, painted, clashes, count):
    assert clashes(painted(behind, rivals(made, count), "USD a year", made.FOOTER, 5e4)) == []


def test_candidates_stand_where_they_are(made, painted):
    left, right = painted(behind, rivals(made, 4), "h", made.FOOTER).axes
    dots = [line for line in left.lines if line.get_marker() == "o"]
    assert [dot.get_xdata()[0] for dot in dots] == [0.0, 1e5, 2e5, 3e5]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [False, False, False, True]
    assert [bar.get_width() for bar in right.patches] == [40, 39, 38, 37]
    with_delta, _ = painted(behind, rivals(made, 4), "h", made.FOOTER, 7e4).axes
    assert len(with_delta.lines) == len(left.lines) + 1


def test_one_candidate_is_no_picture(made):
    assert behind(rivals(made, 1), "h", made.FOOTER) is None


@pytest.mark.parametrize("picture", [narrowing, behind])
def test_equal_input_gives_equal_bytes(made, monkeypatch, picture):
    monkeypatch.setattr(drawing, "RASTER_DPI", 24)

    def drawn():
        if picture is narrowing:
            return narrowing([course(made, n=12, reached=None)], made.FOOTER)
        return behind(rivals(made, 3), "h", made.FOOTER)

    one = drawn()
    assert one == drawn()
    assert one.name == picture.__name__
    assert one.caption.endswith(".")
    assert made.FOOTER in one.svg.decode()
    ElementTree.fromstring(one.svg)
