"""The tornado: which assumptions are shown, in which order, and which turn the sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.comparison import Estimate
from experiments.report.tornado import (
    MOST,
    PERHAPS_TURNED,
    TURNED,
    Assumption,
    Tornado,
    chosen,
    left_out,
    swing,
    told,
    tornado,
    turn,
)

GONE = Estimate()


def assume(name, at_low, at_high, half=1.0):
    def found(x):
        return x if isinstance(x, Estimate) else Estimate(x, x - half, x + half)

    return Assumption(name, 0.1, 0.2, found(at_low), found(at_high))


def of(*assumptions, base=10.0):
    return Tornado(assumptions, Estimate(base, base - 1.0, base + 1.0), "a", "b", "money", "USD")


def test_swing_counts_the_base_too():
    assert swing(assume("both sides", 5.0, 20.0), 10.0) == 15.0
    assert swing(assume("one side", 12.0, 15.0), 10.0) == 5.0
    assert swing(assume("one end", GONE, 4.0), 10.0) == 6.0
    assert swing(assume("nothing", GONE, GONE), 10.0) == -1.0


def test_the_widest_come_first_and_equal_ones_stay_in_order():
    found = of(assume("a", 9.0, 11.0), assume("b", 0.0, 10.0), assume("c", 11.0, 9.0), assume("d", GONE, GONE))
    assert [one.name for one in chosen(found)] == ["b", "a", "c"]
    assert [one.name for one in chosen(found, most=2)] == ["b", "a"]
    assert left_out(found, 2) == "\n(1 more move it less; 1 without a result)"
    assert left_out(of(assume("a", 1.0, 2.0)), 1) == ""


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=40), st.floats(-1e6, 1e6))
def test_nothing_left_out_moves_more_than_what_is_shown(ends, base):
    found = of(*(assume(str(k), low, high) for k, (low, high) in enumerate(ends)), base=base)
    shown = chosen(found)
    swings = [swing(one, base) for one in shown]
    assert len(shown) == min(MOST, len(ends)) and swings == sorted(swings, reverse=True)
    names = {one.name for one in shown}
    assert all(swing(one, base) <= swings[-1] for one in found.assumptions if one.name not in names)


@pytest.mark.parametrize(
    ("low", "high", "base", "mark"),
    [
        (-5.0, 20.0, 10.0, TURNED),
        (20.0, -5.0, 10.0, TURNED),
        (5.0, -20.0, -10.0, TURNED),
        (-0.5, 20.0, 10.0, PERHAPS_TURNED),
        (Estimate(-5.0), 20.0, 10.0, PERHAPS_TURNED),
        (0.0, 20.0, 10.0, ""),
        (1.0, 20.0, 10.0, ""),
        (GONE, 20.0, 10.0, ""),
        (-5.0, 5.0, 0.0, ""),
    ],
)
def test_an_end_of_the_other_sign_is_marked(low, high, base, mark):
    assert turn(assume("a", low, high), base) == mark


def test_marks_stand_at_the_names(made, painted):
    found = of(assume("turns", -50.0, 20.0), assume("may", -0.5, 12.0), assume("stays", 8.0, 12.0))
    ax = painted(tornado, found, made.FOOTER).axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == [f"turns {TURNED}", f"may {PERHAPS_TURNED}", "stays"]


def test_bars_reach_from_the_base_to_the_ends(made, painted):
    found = of(assume("across", 4.0, 15.0), assume("one side", 12.0, 13.0))
    ax = painted(tornado, found, made.FOOTER).axes[0]
    bars = ax.patches[-4:]
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars] == [
        (10.0, 4.0),
        (10.0, 15.0),
        (10.0, 12.0),
        (10.0, 13.0),
    ]
    # Ends on one side lie below one another.
    assert bars[0].get_y() == bars[1].get_y() and bars[2].get_y() < bars[3].get_y()
    whiskers = [sorted(line.get_xdata()) for line in ax.lines]
    assert [3.0, 5.0] in whiskers and [14.0, 16.0] in whiskers
    upright = [list(line.get_xdata()) for line in ax.lines if len(set(line.get_xdata())) == 1]
    assert [10.0, 10.0] in upright and [0.0, 0.0] in upright  # base and no difference
    assert [text.get_text() for text in ax.texts] == ["0.1", "0.2", "0.1", "0.2"]


def test_values_of_assumptions_are_written_plainly():
    assert [told(x) for x in (0.05, 12_512.0, 1 / 3, 3, "off")] == ["0.05", "12,510", "0.3333", "3", "off"]


def test_what_no_bar_could_start_from_is_refused():
    with pytest.raises(ValueError, match="base must have a mean, got nan"):
        Tornado([], GONE, "a", "b", "money", "USD")
    with pytest.raises(ValueError, match="assumptions must differ, got 'a' twice"):
        of(assume("a", 1.0, 2.0), assume("a", 1.0, 2.0))
    with pytest.raises(ValueError, match="at_low of 'a' must have low <= high, got 3 and 2"):
        of(assume("a", Estimate(1.0, 3.0, 2.0), 2.0))
