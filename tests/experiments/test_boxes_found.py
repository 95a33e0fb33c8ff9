"""Boxes of points that fail: by hand, and planted ones that are to be found."""

from math import inf

import numpy as np
import pytest

from experiments.answers.box import Box, Limit, quasi_p
from experiments.answers.discovery import cases_of, checked, discovered
from experiments.answers.outcomes import Outcomes
from experiments.answers.peeling import boxes_of
from experiments.sampling.worlds import Dimension
from experiments.specs.discover import Discover
from sim.analysis.intervals import Interval

NAN = float("nan")
FAILS = {"kpi": "k", "below": 0.0}
EIGHT = np.column_stack([np.arange(8.0), np.zeros(8)])
UPPER = np.array([False] * 4 + [True] * 4)


def planted(n, seed):
    """Failures where the first factor is in the upper half and the second in the lower."""
    table = np.random.default_rng(seed).random((n, 3))
    return table, (table[:, 0] > 0.5) & (table[:, 1] < 0.5)


def cases(names, table, failed):
    values = np.where(failed, -1.0, 1.0)
    found = Outcomes("k", "1", [Interval(v, v - 0.1, v + 0.1, 2) for v in values], np.column_stack([values, values]))
    return cases_of(Discover(fails=FAILS).fails, names, table, found, 0), found


def test_what_is_inside_by_hand():
    box = Box((Limit(0, 3.0, inf),))
    found = box.counted(EIGHT, UPPER)
    assert (found.hits, found.held, found.failures, found.points, found.total) == (4, 5, 4, 8, 4)
    assert found.coverage.mean == 1.0
    assert found.density.mean == 0.8
    assert found.rate.mean == 0.5
    assert Box().counted(EIGHT, UPPER).held == 8
    assert box.counted(EIGHT, UPPER, 16).coverage.mean == 0.25


def test_a_quasi_p_value_by_hand():
    """Four of four fail inside; with the end open four of eight do: .5 to the fourth."""
    assert quasi_p(Box((Limit(0, 4.0, inf),)), 0, "low", EIGHT, UPPER) == pytest.approx(0.5**4)
    # Four of five at .5: 6 / 32. An end that does nothing says so.
    assert quasi_p(Box((Limit(0, 3.0, inf),)), 0, "low", EIGHT, UPPER) == pytest.approx(6 / 32)
    box = Box((Limit(0, 4.0, 7.0),))
    assert quasi_p(box, 0, "high", EIGHT, UPPER) == pytest.approx(1.0)
    assert quasi_p(Box((Limit(0, -inf, 1.0),)), 0, "high", EIGHT, UPPER) == 1.0


def test_a_box_in_words():
    box = Box((Limit(0, 0.25, inf), Limit(1, -inf, 3.0), Limit(2, 1000.0, 2000.0)))
    assert box.rule(["a", "b", "c"]) == "a is at least 0.25 and b is at most 3 and c is between 1,000 and 2,000"
    assert box.ends() == [(0, "low"), (1, "high"), (2, "low"), (2, "high")]
    assert box.without(0, "low").rule(["a", "b", "c"]) == "b is at most 3 and c is between 1,000 and 2,000"
    assert box.without(2, "low").rule(["a", "b", "c"]).endswith("c is at most 2,000")
    assert Box().rule([]) == "always"


def test_whole_numbers_have_whole_ends():
    whole = Box((Limit(0, 2.5, 4.5), Limit(1, 2.5, inf))).whole([0])
    assert [(one.low, one.high) for one in whole.limits] == [(3.0, 4.0), (2.5, inf)]
    table = np.array([[2.0, 3.0], [3.0, 3.0], [4.0, 3.0], [5.0, 3.0]])
    assert whole.holds(table).tolist() == [False, True, True, False]


def test_a_planted_box_is_found_and_holds_on_fresh_points():
    names = [str(i) for i in range(120)]
    found, outcomes = cases(names, *planted(120, 1))
    fresh, _ = cases(names, *planted(120, 2))
    asked = Discover(fails=FAILS, resamples=2, most_boxes=1)
    answer = discovered(asked, [Dimension(name, "", 0.0, 1.0) for name in "abc"], found, fresh, outcomes)
    first = answer.boxes[0]
    assert {limit.column for limit in first.box.limits} == {0, 1}
    (a, b) = sorted(first.box.limits, key=lambda limit: limit.column)
    assert (a.high, b.low) == (inf, -inf)
    # A density of .8 leaves room for a quarter more than the quadrant, not for more.
    assert 0.3 < a.low < 0.6
    assert 0.4 < b.high < 0.7
    assert first.found.density.mean >= 0.8
    assert max(a.p, b.p) < 0.05
    assert min(a.again, b.again) > 0.5
    assert first.holds is True
    assert "it holds" in checked(first)


def test_what_happens_by_chance_is_no_box_or_does_not_hold():
    chance = np.random.default_rng(5)
    names = [str(i) for i in range(100)]
    found, outcomes = cases(names, chance.random((100, 3)), chance.random(100) < 0.3)
    fresh, _ = cases(names, chance.random((100, 3)), chance.random(100) < 0.3)
    asked = Discover(fails=FAILS, resamples=0, threshold=0.5)
    answer = discovered(asked, [Dimension(name, "", 0.0, 1.0) for name in "abc"], found, fresh, outcomes)
    assert not any(told.holds for told in answer.boxes)


@pytest.mark.parametrize(("failed", "said"), [(False, "fails at no point"), (True, "No box is needed")])
def test_no_box_where_all_or_none_fail(failed, said):
    names = [str(i) for i in range(20)]
    found, outcomes = cases(names, EIGHT[:1].repeat(20, 0), np.full(20, failed))
    none, _ = cases([], np.zeros((0, 2)), np.zeros(0, bool))
    answer = discovered(Discover(fails=FAILS), [Dimension("a", "", 0.0, 1.0)] * 2, found, none, outcomes)
    assert answer.boxes == []
    assert said in answer.nothing()


def test_points_that_luck_might_have_otherwise_or_without_outcome_are_told():
    intervals = [Interval(1.0, 0.5, 1.5, 2), Interval(-1.0, -3.0, 1.0, 2), Interval(-1.0, NAN, NAN, 1)]
    found = Outcomes("k", "1", [*intervals, Interval(NAN, NAN, NAN, 0)], np.zeros((4, 2)))
    below = cases_of(Discover(fails=FAILS).fails, list("abcd"), np.zeros((4, 1)), found, 0)
    assert below.names == ["a", "b", "c"]
    assert below.failed.tolist() == [False, True, True]
    assert below.unsure.tolist() == [False, True, True]
    assert below.undefined == 1
    above = cases_of(Discover(fails={"kpi": "k", "above": 0.0}).fails, list("abcd"), np.zeros((4, 1)), found, 0)
    assert above.failed.tolist() == [True, False, False]


def test_boxes_keep_the_mass_and_the_coverage_that_are_asked_for():
    table, failed = planted(120, 1)
    asked = Discover(fails=FAILS, resamples=1, least_mass=0.2, least_coverage=0.5)
    found = boxes_of(table, failed, asked)
    assert found == boxes_of(table, failed, asked)
    for box in found:
        assert box.holds(table).sum() >= 24
        assert box.counted(table, failed).coverage.mean >= 0.5
