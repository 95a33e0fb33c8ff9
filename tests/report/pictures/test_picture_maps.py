"""Grids and the two maps on them: where cells lie, what they say, where break-even is."""

from dataclasses import replace
from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.amount import amount_of
from experiments.report.constraint_map import ConstraintMap, borders, cell_text, constraint_map, letters_of
from experiments.report.frontier_map import FrontierMap, cell_texts, frontier_map, sign_of, signs_of
from experiments.report.grid import Axis, check_table, letters_pt

ascending = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=15, unique=True).map(sorted)


def test_cells_meet_halfway_between_values_that_are_evenly_enough_spaced():
    axis = Axis("people", "", [2, 4, 8, 10])
    assert axis.to_scale
    assert axis.centers == [2.0, 4.0, 8.0, 10.0]
    assert axis.edges == [1.0, 3.0, 6.0, 9.0, 11.0]
    assert axis.place(5.0) == 5.0
    assert axis.place(1.0) == 1.0 and isnan(axis.place(0.9)) and isnan(axis.place(11.1))


def test_values_that_double_get_cells_of_one_width():
    axis = Axis("inquiries", "", [1, 2, 4, 8, 16, 32])
    assert not axis.to_scale
    assert axis.centers == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    assert axis.edges == [-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5]
    assert axis.place(6.0) == 2.5  # halfway from 4 to 8
    assert axis.place(40.0) == 5.5 and isnan(axis.place(41.0))


def test_one_value_is_one_cell():
    axis = Axis("people", "", [7])
    assert axis.edges == [6.5, 7.5] and axis.place(7.2) == pytest.approx(7.2)


@given(ascending, st.data())
def test_values_lie_in_the_middle_of_their_own_cells(values, data):
    axis = Axis("x", "", values)
    for value, center, left, right in zip(values, axis.centers, axis.edges, axis.edges[1:], strict=False):
        assert left <= center <= right
        assert axis.place(value) == pytest.approx(center, rel=1e-9, abs=1e-9)
    if len(values) > 1:
        between = data.draw(st.floats(values[0], values[-1]))
        assert axis.edges[0] <= axis.place(between) <= axis.edges[-1]


@pytest.mark.parametrize(
    ("values", "words"),
    [([], "at least one, got"), ([1, 1], "must ascend, got"), ([2, 1], "must ascend"), ([1, nan], "must be finite")],
)
def test_values_no_grid_has_are_refused(values, words):
    with pytest.raises(ValueError, match=f"values of 'people' must .*{words}|values of 'people' {words}"):
        Axis("people", "", values)


def test_a_table_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"low must have 2 rows \(y\) of 3 values \(x\), got 2 rows of \[2, 3\]"):
        check_table("low", [[1, 2, 3], [1, 2]], Axis("x", "", [1, 2, 3]), Axis("y", "", [1, 2]))


def test_more_letters_and_lines_are_written_smaller():
    x, y = Axis("x", "", range(15)), Axis("y", "", range(15))
    assert letters_pt(x, y, 12) < letters_pt(x, y, 5) <= 8.0
    assert letters_pt(x, Axis("y", "", [0, 1, 2, 4, 6, 8, 10, 12, 14]), 5, 4) < letters_pt(x, y, 5)


@pytest.mark.parametrize(
    ("cell", "sign"),
    [((2.0, 1.0, 3.0), "+"), ((-2.0, -3.0, -1.0), "-"), ((2.0, -1.0, 5.0), "?"), ((0.0, 0.0, 0.0), "?"),
     ((1.0, 0.0, 2.0), "?"), ((2.0, nan, nan), "?"), ((nan, 1.0, 2.0), "")],
)  # fmt: skip
def test_a_cell_says_what_is_told_from_zero(cell, sign):
    assert sign_of(*cell) == sign


def three_by_two(**fields):
    known = {
        "difference": [[-20.0, 0.0, 20.0], [-40.0, -20.0, nan]],
        "low": [[-30.0, -10.0, 10.0], [-50.0, -30.0, nan]],
        "high": [[-10.0, 10.0, 30.0], [-30.0, -10.0, nan]],
    }
    x, y = Axis("inquiries", "", [1, 2, 3]), Axis("people", "", [4, 8])
    return FrontierMap(x, y, design="a", reference="b", unit="USD", **{**known, **fields})


def test_cells_carry_numbers_that_fit_else_signs():
    found = three_by_two()
    assert signs_of(found) == [["-", "?", "+"], ["-", "-", ""]]
    amount = amount_of("USD", [-40.0, 20.0], difference=True, digits=2)
    assert cell_texts(found, amount) == [["-20", "", "+20"], ["-40", "-20", ""]]
    narrow = replace(found, x=Axis("inquiries", "", [1, 2, 3]), unit="USD")
    wide_numbers = replace(amount, places=20)
    assert cell_texts(narrow, wide_numbers) == [["-", "", "+"], ["-", "-", ""]]


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="difference must have 2 rows"):
        three_by_two(difference=[[1.0, 2.0, 3.0]])
    high = [[-10.0, 10.0, 30.0], [-60.0, -10.0, nan]]
    with pytest.raises(ValueError, match="low must not exceed high, got -50 and -60 at inquiries 1 and people 8"):
        three_by_two(high=high)


def test_break_even_and_its_band_are_where_differences_and_bounds_cross_zero(made, painted):
    plane = {
        "difference": [[-10.0, 10.0], [-10.0, 10.0]],
        "low": [[-15.0, 5.0], [-15.0, 5.0]],
        "high": [[-5.0, 15.0], [-5.0, 15.0]],
    }
    x, y = Axis("inquiries", "", [10, 20]), Axis("people", "", [1, 2])
    found = FrontierMap(x, y, design="a", reference="b", unit="USD", base=(12.0, 1.5), **plane)
    ax = painted(frontier_map, found, made.FOOTER).axes[0]
    lines = [path.vertices[:, 0] for drawn in ax.collections for path in drawn.get_paths() if len(path.vertices)]
    # Zero is halfway; of the lower bound three quarters on, of the upper bound one quarter.
    assert sorted(round(float(line.mean()), 6) for line in lines) == [12.5, 15.0, 17.5]
    assert all(float(line.std()) < 1e-9 for line in lines)
    dot = next(line for line in ax.lines if line.get_label() == "base firm")
    assert (list(dot.get_xdata()), list(dot.get_ydata())) == ([12.0], [1.5])


def test_colors_are_centered_on_zero_and_doubt_is_hatched(made, painted):
    figure = painted(frontier_map, three_by_two(base=(9.0, 4.0)), made.FOOTER)
    cells = figure.axes[0].patches
    assert [cell.get_hatch() or "" for cell in cells] == ["", "////", "", "", "", "xx"]
    more, less = cells[2].get_facecolor(), cells[0].get_facecolor()
    assert more[1] > more[0] and less[0] > less[2]  # teal, brown
    assert sum(cells[1].get_facecolor()[:3]) > 2.85  # zero is white
    assert figure.axes[1].get_ylim() == (-40.0, 40.0)
    assert "base firm: outside the map" in [text.get_text() for text in figure.legends[0].get_texts()]


def roles(**fields):
    known = {
        "roles": ["sales", "engineer", "crew"],
        "limiting": [["engineer", "engineer", ""], ["engineer", "crew", None]],
        "worth": [[40_000.0, 60_000.0, nan], [20_000.0, nan, nan]],
    }
    x, y = Axis("inquiries", "", [1, 2, 3]), Axis("people", "", [4, 8])
    return ConstraintMap(x, y, design="a", unit="USD", **{**known, **fields})


def test_letters_go_by_the_order_of_roles_and_stay_with_them():
    assert letters_of(roles()) == {"engineer": "B", "crew": "C"}
    amount = amount_of("USD", [40_000.0, 60_000.0], difference=True, digits=2)
    texts = [[cell_text(roles(), i, j, amount) for j in range(3)] for i in range(2)]
    assert texts == [["B\n+40", "B\n+60", ""], ["B\n+20", "C", ""]]


def test_borders_run_between_cells_that_say_different_things():
    assert sorted(borders(roles())) == sorted([
        ((2.5, 2.5), (2.0, 6.0)),
        ((1.5, 1.5), (6.0, 10.0)),
        ((2.5, 2.5), (6.0, 10.0)),
        ((1.5, 2.5), (6.0, 6.0)),
        ((2.5, 3.5), (6.0, 6.0)),
    ])  # fmt: skip
    alone = roles(limiting=[["crew"] * 3] * 2)
    assert borders(alone) == []


def test_roles_that_are_unknown_or_too_many_are_refused():
    with pytest.raises(ValueError, match=r"limiting must name one of \['sales', 'engineer', 'crew'\], got 'clerk'"):
        roles(limiting=[["clerk"] * 3] * 2)
    with pytest.raises(ValueError, match="roles must be up to 26 different names"):
        roles(roles=["engineer", "engineer", "crew"])
    with pytest.raises(ValueError, match="worth must have 2 rows"):
        roles(worth=[[1.0]])


def test_blank_cells_and_cells_without_result_differ(made, painted):
    ax = painted(constraint_map, roles(), made.FOOTER).axes[0]
    assert [cell.get_hatch() or "" for cell in ax.patches] == ["", "", "", "", "", "xx"]
    fills = [cell.get_facecolor() for cell in ax.patches]
    assert fills[0] == fills[1] == fills[3] != fills[4]
    assert fills[2] == fills[5] == (1.0, 1.0, 1.0, 1.0)
