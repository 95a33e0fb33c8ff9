"""The waterfall: where its bars begin and end, and what it refuses."""

from dataclasses import replace
from itertools import pairwise
from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.comparison import Estimate
from experiments.report.lever_steps import Lever, Waterfall, from_zero, steps_of
from experiments.report.waterfall import waterfall


def of_changes(changes, level=80.0, total=None):
    levers = [Lever(f"lever {k}", Estimate(c, c - 1.0, c + 2.0)) for k, c in enumerate(changes)]
    total = sum(changes) if total is None else total
    return Waterfall("before", "after", level, levers, Estimate(total, total - 3.0, total + 3.0), "money", "USD")


def test_bars_float_from_start_to_end():
    bars = steps_of(of_changes([30.0, -10.0]))
    assert [(bar.name, bar.begin, bar.end) for bar in bars] == [
        ("before", 0.0, 80.0),
        ("lever 0", 80.0, 110.0),
        ("lever 1", 110.0, 100.0),
        ("after", 0.0, 100.0),
    ]
    assert [(bar.low, bar.high) for bar in bars[1:]] == [(109.0, 112.0), (99.0, 102.0), (97.0, 103.0)]
    assert isnan(bars[0].low) and isnan(bars[0].high)


def test_a_start_that_dwarfs_the_steps_becomes_the_zero():
    # The walk spans 30.
    assert from_zero(of_changes([30.0, -10.0], level=90.0)) and from_zero(of_changes([30.0, -10.0], level=-90.0))
    assert not from_zero(of_changes([30.0, -10.0], level=91.0))
    assert not from_zero(of_changes([30.0], level=nan))
    bars = steps_of(of_changes([30.0, -10.0], level=1000.0))
    assert [(bar.begin, bar.end) for bar in bars] == [(0.0, 0.0), (0.0, 30.0), (30.0, 20.0), (0.0, 20.0)]


def test_after_an_undefined_change_the_next_begins_where_it_began():
    found = replace(of_changes([30.0, -10.0, 5.0], total=20.0 + 5.0))
    levers = [found.levers[0], replace(found.levers[1], change=Estimate()), found.levers[2]]
    bars = steps_of(replace(found, levers=levers))
    assert isnan(bars[2].end)
    assert (bars[3].begin, bars[3].end, bars[4].end) == (110.0, 115.0, 105.0)


def test_steps_that_lead_elsewhere_are_refused():
    with pytest.raises(ValueError, match=r"changes must add up to the total 25, got 20"):
        of_changes([30.0, -10.0], total=25.0)
    with pytest.raises(ValueError, match=r"change of 'a' must have low <= high, got 2 and 1"):
        Waterfall("b", "c", 1.0, [Lever("a", Estimate(1.0, 2.0, 1.0))], Estimate(1.0))
    with pytest.raises(ValueError, match=r"'a' must have least <= most, got 3 and 2"):
        Waterfall("b", "c", 1.0, [Lever("a", Estimate(1.0), least=3.0, most=2.0)], Estimate(1.0))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9), st.floats(-1e7, 1e7))
def test_every_bar_begins_where_the_last_one_ended(changes, level):
    bars = steps_of(of_changes(changes, level))
    for before, after in pairwise(bars[:-1]):
        assert after.begin == before.end
    assert bars[-1].end == pytest.approx(bars[-2].end, abs=1e-6 * (1 + abs(level) + sum(map(abs, changes))))


def test_what_is_drawn_is_the_data(made, painted):
    left, right = painted(waterfall, made.a_short_waterfall(), made.FOOTER).axes
    drawn = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in left.patches]
    assert drawn == [(0.0, 100.0), (100.0, 130.0), (130.0, 120.0), (0.0, 120.0)]
    # Less is hatched; what is not told from zero is hollow.
    assert [bool(bar.get_hatch()) for bar in left.patches[:4]] == [False, False, True, False]
    assert [bar.get_facecolor()[:3] == (1.0, 1.0, 1.0) for bar in left.patches[:4]] == [False, False, True, False]
    lines = [(list(line.get_xdata()), list(line.get_ydata())) for line in right.lines]
    assert ([10.0, 40.0], [1, 1]) in lines  # range over all orders
    assert ([17.0, 33.0], [1, 1]) in lines  # interval of the share
    assert ([25.0], [1]) in lines


def test_without_shares_there_is_one_panel(made, painted):
    assert len(painted(waterfall, of_changes([1.0]), made.FOOTER).axes) == 1
