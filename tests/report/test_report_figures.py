import math
import re
import sys
from pathlib import Path

import matplotlib
import pytest
from comparison_pictures import PICTURES

from experiments.report.figures import figures
from experiments.report.lead_time import curve, lead_time
from experiments.report.palette import DASHES, MARKERS, OKABE_ITO, look
from experiments.report.scorecard import scorecard

HOSTILE = '_<script>alert("x")</script> & $\\frac{$ --> %s {{ 7*7 }}'


def test_same_input_gives_the_same_bytes(make_comparison, drawings):
    before = dict(matplotlib.rcParams)
    again = figures(make_comparison(few=True))
    assert [drawing.name for drawing in again] == PICTURES
    assert again == drawings
    # Drawing leaves no trace in matplotlib's global settings.
    assert dict(matplotlib.rcParams) == before


def test_files_carry_neither_date_nor_maker(drawings):
    for drawing in drawings:
        assert drawing.png.startswith(b"\x89PNG") and b"Software" not in drawing.png
        assert b"<metadata>" not in drawing.svg and b"dc:date" not in drawing.svg


def test_a_users_own_settings_do_not_change_a_picture(make_comparison, drawings):
    with matplotlib.rc_context({"lines.linewidth": 9.0, "font.family": "monospace", "axes.grid": True}):
        assert scorecard(make_comparison(few=True)) == drawings[0]


def test_pictures_need_no_pyplot():
    folder = Path(sys.modules["experiments.report"].__file__).parent
    assert not any("pyplot" in path.read_text(encoding="utf-8") for path in folder.glob("*.py"))


def test_footer_is_on_every_picture(make_comparison, drawings):
    for drawing in drawings:
        # matplotlib leaves the text of outlined letters in a comment.
        assert make_comparison().footer in drawing.svg.decode()


@pytest.mark.parametrize(
    ("designs", "replications"),
    [(("one",), 1), (("one", "two"), 1), (tuple(f"design {i}" for i in range(6)), 2)],
)
def test_any_number_of_designs_and_replications_can_be_drawn(make_comparison, designs, replications):
    assert [drawing.name for drawing in figures(make_comparison(designs, replications, few=True))] == PICTURES


def test_what_is_never_defined_is_drawn_as_such(make_comparison):
    rows = [(design, r, kpi, math.nan if design == "persuasion_only" else value, unit)
            for design, r, kpi, value, unit in make_comparison().rows]  # fmt: skip
    drawings = figures(make_comparison(rows=rows, few=True))
    assert [drawing.name for drawing in drawings] == PICTURES
    # A role that a design does not have has no bar under it.
    assert all(drawing.name == "hours" or "not defined" in drawing.svg.decode() for drawing in drawings)


def test_nothing_defined_draws_nothing(make_comparison):
    rows = [(*row[:3], math.nan, row[4]) for row in make_comparison().rows]
    assert figures(make_comparison(rows=rows)) == []


def test_curves_alone_and_split_alone_can_be_drawn(make_comparison):
    rows = make_comparison().rows
    for wanted in (".without.", ".split.", "answer.without."):
        assert lead_time(make_comparison(rows=[row for row in rows if wanted in row[2]])) is not None
    assert lead_time(make_comparison(rows=[row for row in rows if row[2].startswith("money.")])) is None


def test_curve_points_are_in_order_of_hours_and_above_zero(make_comparison):
    names = [f"flow.opportunity.answer.without.{hours}h" for hours in ("24", "0.5", "0", "100", "8")]
    rows = [("traditional", 0, name, 0.5, "share") for name in [*names, "flow.order.answer.without.3h"]]
    assert [hours for hours, _ in curve(make_comparison(("traditional",), rows=rows), "answer")] == [
        0.5,
        8,
        24,
        100,
    ]


def test_hostile_names_are_drawn_as_they_are(make_comparison):
    for drawing in figures(make_comparison(("traditional", HOSTILE), few=True)):
        assert b"<script" not in drawing.svg


def test_a_design_keeps_its_look_and_looks_differ_without_color():
    assert [look(i) for i in range(280)] == list(dict.fromkeys(look(i) for i in range(280)))
    first = [look(i) for i in range(5)]
    assert len({style.marker for style in first}) == len({str(style.dash) for style in first}) == 5
    assert math.gcd(len(OKABE_ITO), len(MARKERS)) == math.gcd(len(MARKERS), len(DASHES)) == 1
    assert all(re.fullmatch(r"#[0-9A-F]{6}", color) for color in OKABE_ITO)
