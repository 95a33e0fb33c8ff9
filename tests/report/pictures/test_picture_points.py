"""Pins that lie apart; objectives and who is beaten; Sobol and Morris: who is shown, and where."""

from itertools import combinations
from math import hypot, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.comparison import Estimate
from experiments.report.morris_scatter import MorrisEffect, by_size, morris_scatter, pinned
from experiments.report.pareto import Candidate, Objective, Pareto, beaten, labeled, pareto
from experiments.report.pin import SIZE_PT, offsets
from experiments.report.sobol_bars import SobolIndex, ranked, sobol_bars

GONE = Estimate()


def kept(*points):
    return [Candidate(f"design {k}", [Estimate(v) for v in point]) for k, point in enumerate(points)]


def of(*points, better=("higher", "lower")):
    return Pareto([Objective(f"goal {k}", better=side) for k, side in enumerate(better)], [], kept(*points))


def test_a_pin_stays_at_its_point_unless_another_is_there():
    moved = offsets([(100.0, 100.0), (200.0, 100.0), (100.0, 100.0)])
    assert moved[:2] == [(0.0, 0.0), (0.0, 0.0)]
    assert hypot(*moved[2]) >= SIZE_PT


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=1, max_size=15))
def test_no_pin_lies_on_another_and_none_leaves_the_panel(places):
    moved = offsets(places, (300.0, 300.0))
    pins = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(places, moved, strict=True)]
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= SIZE_PT for a, b in combinations(pins, 2))
    assert all(0.0 <= x <= 300.0 and 0.0 <= y <= 300.0 for x, y in pins)


def test_a_design_is_beaten_by_one_that_is_as_good_in_all_and_better_in_one():
    # More of the first is better, less of the second.
    found = of((3.0, 5.0), (2.0, 5.0), (2.0, 4.0), (3.0, 5.0), (nan, 0.0))
    assert beaten(found) == [False, True, False, False, False]
    assert beaten(of((3.0, 5.0), (2.0, 5.0), better=("lower", "lower"))) == [True, False]


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=12))
def test_somebody_is_not_beaten_and_all_others_are_beaten_by_one_of_those(points):
    found = of(*points, better=("higher", "lower", "higher"))
    worse = beaten(found)
    assert not all(worse)
    best = [point for point, lost in zip(points, worse, strict=True) if not lost]
    for point, lost in zip(points, worse, strict=True):
        better = any(b != point and b[0] >= point[0] and b[1] <= point[1] and b[2] >= point[2] for b in best)
        assert lost == better


def test_numbers_go_evenly_along_the_first_objective():
    assert labeled(of((3.0, 0.0), (1.0, 0.0), (2.0, 0.0), (nan, 0.0))) == [1, 2, 0]
    many = of(*((float(k), 0.0) for k in range(15)))
    assert labeled(many) == [0, 2, 4, 6, 8, 10, 12, 14]


def test_points_and_intervals_are_where_the_data_are(made, painted):
    found = Pareto(
        [Objective("money", "USD"), Objective("wait", "h", "lower")],
        [(1.0, 2.0), (nan, 3.0)],
        [Candidate("a", [Estimate(5.0, 4.0, 6.0), Estimate(7.0, 6.5, 8.0)])],
        Candidate("base", [Estimate(3.0), Estimate(9.0)]),
    )
    ax = painted(pareto, found, made.FOOTER).axes[0]
    drawn = [(list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines]
    for line in (([1.0], [2.0]), ([5.0], [7.0]), ([4.0, 6.0], [7.0, 7.0]), ([5.0, 5.0], [6.5, 8.0]), ([3.0], [9.0])):
        assert line in drawn
    assert ax.get_xlabel() == "money, USD\nbetter →" and ax.get_ylabel() == "wait, h\n← better"


def test_three_objectives_are_shown_two_at_a_time(made, painted):
    axes = painted(pareto, made.a_pareto(3, kept=2, tried=2), made.FOOTER).axes
    names = [(ax.get_xlabel().split(",")[0], ax.get_ylabel().split(",")[0].split("\n")[0]) for ax in axes]
    first, second, third = "contribution less paid opex", "time to proposal", "satisfaction index"
    assert names == [(first, second), (first, third), (second, third)]


def test_objectives_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="objectives must be two or three, got 1"):
        of((1.0,), better=("higher",))
    with pytest.raises(ValueError, match="'design 0' must have 2 values, got 3"):
        of((1.0, 2.0, 3.0))
    with pytest.raises(ValueError, match=r"tried\[0\] must have 2 values, got 1"):
        Pareto([Objective("a"), Objective("b")], [(1.0,)], [])


def index(name, first, total):
    return SobolIndex(name, Estimate(first), Estimate(total))


def test_factors_are_ranked_by_their_total():
    numbers = {"a": (0.3, 0.3), "b": (0.1, 0.6), "c": (0.9, nan), "d": (nan, nan), "e": (0.2, 0.3), "f": (0.0, -0.1)}
    found = [index(name, *pair) for name, pair in numbers.items()]
    # Without a total comes last, even after an estimate below zero.
    assert [one.factor for one in ranked(found)] == ["b", "a", "e", "f", "c"]
    assert [one.factor for one in ranked(found, most=1)] == ["b"]


def test_bars_of_indices_are_the_data_also_below_zero(made, painted):
    found = [SobolIndex("a", Estimate(-0.1, -0.2, 0.05), Estimate(1.2, 1.0, 1.4)), index("b", nan, nan)]
    ax = painted(sobol_bars, found, "money", made.FOOTER).axes[0]
    assert [bar.get_width() for bar in ax.patches[:2]] == [-0.1, 1.2]
    assert ax.get_xlim()[0] < -0.2 and ax.get_xlim()[1] > 1.4
    assert "1 more factors are smaller or not defined" in ax.get_xlabel()


def test_effects_next_to_nothing_are_not_named():
    effects = [MorrisEffect(str(size), Estimate(size), 1.0) for size in (4.0, 100.0, 5.0, 50.0, nan)]
    found = by_size(effects)
    assert [one.factor for one in found] == ["100.0", "50.0", "5.0", "4.0"]
    assert [one.factor for one in pinned(found)] == ["100.0", "50.0", "5.0"]
    assert len(pinned(found, most=2)) == 2


def test_effects_lie_at_mean_size_and_deviation(made, painted):
    effects = [MorrisEffect("a", Estimate(8.0, 7.0, 9.0), 3.0), MorrisEffect("b", Estimate(0.1), 0.2)]
    figure = painted(morris_scatter, effects, "money", "USD", made.FOOTER)
    drawn = [(list(line.get_xdata()), list(line.get_ydata())) for line in figure.axes[0].lines]
    assert ([8.0], [3.0]) in drawn and ([0.1], [0.2]) in drawn and ([7.0, 9.0], [3.0, 3.0]) in drawn
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["1  a", "and 1 smaller ones"]


def test_sizes_below_zero_are_refused():
    with pytest.raises(ValueError, match="mu_star and sigma of 'a' must not be negative, got 1 and -2"):
        MorrisEffect("a", Estimate(1.0), -2.0)
    with pytest.raises(ValueError, match="total of 'a' must have low <= high"):
        SobolIndex("a", GONE, Estimate(0.5, 0.6, 0.4))
