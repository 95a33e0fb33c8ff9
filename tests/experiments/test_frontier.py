"""`orgsim frontier`."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from experiments.answers.cube import Cube
from experiments.answers.frontier_map import PROFIT, WON, frontiers
from experiments.cli import main
from experiments.composing.space import Space
from experiments.report.frontier_document import constrained, frontier_document
from experiments.sampling.cells import Cells
from experiments.specs.frontier import Frontier

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.2", "run.warmup_weeks=0.1", "engine=simpy", "out=answer"]
SERVERS, EFFORT = "org.roles.server.headcount", "activity.serve.effort_h.exponential.mean"
BUSY = "people.server.utilization"
AXES = f"x: {{{EFFORT}: [0.1, 0.2]}}, y: {{{SERVERS}: [3, 4, 5]}}"
MAP = f"frontier={{{AXES}, kpi: {BUSY}, design: twin, against: textbook}}"


@pytest.fixture
def own(tmp_path):
    """A folder with a design that is `textbook` by another name."""
    (tmp_path / "org").mkdir()
    (tmp_path / "org" / "twin.yaml").write_text("defaults: [textbook, _self_]\nname: twin\n", encoding="utf-8")
    return ["--config-dir", str(tmp_path)]


def test_a_design_breaks_even_with_itself(own, capsys):
    """Heads are changed in the design only: with the 4 that both have, nothing differs; fewer are busier, more less."""
    assert main(["frontier", *own, *SHORT, "replications=4", MAP, "frontier.constraint=true"]) == 0
    told = capsys.readouterr().out
    answer = json.loads(Path("answer", "summary.json").read_text(encoding="utf-8"))
    assert answer["difference"] == "twin less textbook"
    assert answer["base"] == [0.2, 4.0]
    for j, effort in enumerate((0.1, 0.2)):
        column = [answer["cells"][i][j] for i in range(3)]
        assert [cell["difference"]["mean"] for cell in column][1] == 0.0
        for servers, cell in zip((3, 4, 5), column, strict=True):
            assert cell["twin"]["mean"] == pytest.approx(9 * effort / servers, rel=0.15)
            assert cell["textbook"]["mean"] == pytest.approx(9 * effort / 4, rel=0.15)
            assert cell["constraint"] is None
            assert [one["role"] for one in cell["one_more"]] == ["server"]
        assert answer["break_even_along_y"][j] == [{"at": 4.0, "low": 4.0, "high": 4.0, "rising": False}]
    assert answer["break_even_along_x"] == [[], [], []]
    assert f"break-even at {SERVERS} = 4 (4 to 4) where {EFFORT} = 0.1: beyond it less" in told
    with Path("answer", "cells.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row[EFFORT], row[SERVERS]) for row in rows] == [
        (x, y) for y in ("3.0", "4.0", "5.0") for x in ("0.1", "0.2")
    ]
    assert [float(row["difference_mean"]) > 0.0 for row in rows] == [True, True, False, False, False, False]
    assert len(Path("answer", "one_more.csv").read_text(encoding="utf-8").splitlines()) == 7
    for picture in ("frontier_map", "constraint_map"):
        assert Path("answer", "figures", f"{picture}.svg").exists()


def test_what_is_under_org_is_set_in_the_design_in_question_only():
    asked = Frontier.model_validate(
        {"x": {"market.needs.rate": [0.8, 1.2]}, "y": {"org.roles.salesperson.headcount": [3.0, 5.0]}}
    )
    cells = Cells(Space(["run_in=null"]), asked)
    assert cells.setting("persuasion_only", (1, 0)) == {
        "org": "persuasion_only",
        "org.roles.salesperson.headcount": 5,
        "market.needs.rate": 0.8,
    }
    assert cells.setting("traditional_tuned", (1, 0)) == {"org": "traditional_tuned", "market.needs.rate": 0.8}
    assert cells.scenario("traditional_tuned", (0, 0)) == cells.scenario("traditional_tuned", (1, 0))
    assert cells.scenario("persuasion_only", (1, 0)).org.roles["salesperson"].headcount == 5
    assert cells.base() == (1.0, 4.0)
    assert len(cells) == 8
    cells.look_ahead()


def test_the_constraint_is_the_role_whose_gain_is_told_from_zero(own):
    space = Space(["+experiment=textbook/mm4", "org.roles.other={headcount: 1, hours: always}"], own[1])
    asked = Frontier.model_validate(
        {"x": {EFFORT: [0.1, 0.2]}, "y": {SERVERS: [4.0]}, "design": "twin", "against": "textbook", "kpi": PROFIT}
    ).model_copy(update={"constraint": True})
    cells = Cells(space, asked)
    assert cells.roles == ["server", "other"]
    profit = {
        # One more server brings 9, 10, 11, one more of the others -1, 0, 1; then neither is told from zero.
        cells.name("textbook", (0, 0)): [1.0, 2.0, 3.0],
        cells.name("twin", (0, 0)): [0.0, 5.0, 1.0],
        cells.name("twin", (0, 0), "server"): [9.0, 15.0, 12.0],
        cells.name("twin", (0, 0), "other"): [-1.0, 5.0, 2.0],
        cells.name("textbook", (0, 1)): [0.0, 0.0, 0.0],
        cells.name("twin", (0, 1)): [1.0, 2.0, 3.0],
        cells.name("twin", (0, 1), "server"): [11.0, -8.0, 3.0],
        cells.name("twin", (0, 1), "other"): [1.0, 2.0, 3.0],
    }
    values = np.array([*profit.values()])
    cube = Cube(tuple(profit), {PROFIT: values, WON: np.zeros_like(values)}, {PROFIT: "USD/year", WON: "1/week"})
    found = frontiers(cells, cube)
    assert [one.mean for one in found.difference[0]] == pytest.approx([0.0, 2.0])
    limit = found.limiting(0, 0)
    assert limit is not None
    assert (limit.role, limit.before_price.mean, limit.after_price.mean) == ("server", 10.0, 10.0)
    assert found.limiting(0, 1) is None
    drawn = constrained(found)
    assert drawn.limiting == [["server", ""]]
    assert drawn.worth[0][0] == 10.0
    said = [one.text for one in frontier_document(found, {"replications": 3}).summary]
    assert "twin has more than textbook in 1 of 2 cells." not in said
    assert "Of 2 cells one more person brings most in: server in 1; not told in 1." in said


@pytest.mark.parametrize(
    ("spread", "said"),
    [
        (0.1, [f"break-even at {EFFORT} = 0.15 (0.1376 to 0.1624) where {SERVERS} = 4: beyond it more"]),
        (
            9.0,
            [
                "The mean changes its sign at 1 place with no cell told from zero on either side: "
                "no break-even is told there."
            ],
        ),
    ],
)
def test_break_even_is_told_where_a_side_of_it_is(own, spread, said):
    """Differences -1 and 1, each with a half-width of t(2) spread / root 3, which is .2484 for .1.

    There the upper bound runs from -.7516 to 1.2484 and is zero .3758 of the way along.
    """
    space = Space(["+experiment=textbook/mm4"], own[1])
    axes = {"x": {EFFORT: [0.1, 0.2]}, "y": {SERVERS: [4.0]}}
    cells = Cells(space, Frontier.model_validate({**axes, "design": "twin", "against": "textbook", "kpi": BUSY}))
    values = {
        cells.name("textbook", (0, 0)): [0.0, 0.0, 0.0],
        cells.name("twin", (0, 0)): [-1.0, -1.0 - spread, -1.0 + spread],
        cells.name("textbook", (0, 1)): [0.0, 0.0, 0.0],
        cells.name("twin", (0, 1)): [1.0, 1.0 - spread, 1.0 + spread],
    }
    found = frontiers(cells, Cube(tuple(values), {BUSY: np.array([*values.values()])}, {BUSY: "share"}))
    assert list(found.break_even()) == said


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ((), "frontier: must be given, as in"),
        ((MAP, "frontier.kpi=people.servr.utilization"), "frontier.kpi: no such measure; did you mean"),
        ((MAP, "frontier.against=twn"), "frontier: no such design; did you mean 'twin'?"),
        ((MAP.replace("0.1, 0.2", "0.2, 0.1"),), "frontier: values of x ascend"),
        ((MAP.replace("[3, 4, 5]", "[3, 4.5]"),), f"{SERVERS}: "),
        ((MAP, "designs=[twin,textbook]"), "designs: this question is not about several designs"),
        ((MAP, "org=twin"), "org: the question itself says"),
    ],
)
def test_refuses_what_it_cannot_answer(complaints, own, words, begins):
    assert complaints("frontier", *own, *SHORT, *words)[0].startswith(begins)


@pytest.mark.usefixtures("workplace")
def test_heads_that_follow_a_rule_cannot_be_set(complaints):
    asked = "frontier={x: {market.needs.rate: [1.0]}, y: {org.roles.salesperson.headcount: [3, 5]}, design: DESIGN}"
    told = complaints("frontier", "run_in=null", asked.replace("DESIGN", "specialized_modern"))
    rule = "specialized_modern hires by its staffing, unless org.roles.salesperson.fixed=true (got 3)"
    assert told == [f"org.roles.salesperson.headcount: {rule}"]
    ranges = "sensitivity.ranges={org.roles.salesperson.headcount: {low: 3, high: 5, integer: true}}"
    assert complaints("sensitivity", "run_in=null", "org=specialized_modern", ranges) == told
