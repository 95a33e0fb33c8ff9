"""`orgsim transition`: ways from one design to another, added up month by month."""

import csv
import json

import numpy as np
import pytest

from experiments.answers.cube import Cube
from experiments.answers.transition import added_up, tenths
from experiments.cli import main
from experiments.composing.space import Space
from experiments.report.transition_document import transition_document
from experiments.sampling.ways import NEVER, Ways, named
from experiments.specs.transition import Transition
from experiments.store import asked as asked_at
from sim import simulate

KPI = "money.contribution_less_realized_opex_usd_per_year"
SHORT = ["run.warmup_weeks=1", "engine=simpy", "replications=2"]
MONTHS = "transition={starts: [0.1], since: 0.25, months: 0.3, every: 0.25}"


def of_hand(**ways):
    """Give three ways over three looks of a year, two years and three; a month is a twelfth of a year."""
    asked = Transition(starts=[0, 12], since=12, months=24, every=12)
    points = Ways(Space([]), asked)
    rates = {named(way, month): ways[way][i] for way in points.starts for i, month in enumerate(points.months)}
    names = tuple(rates)
    return asked, added_up(asked, points, Cube(names, {KPI: np.array([rates[n] for n in names])}, {KPI: "USD/year"}))


def test_sums_and_what_is_behind_by_hand():
    asked, found = of_hand(
        **{
            NEVER: [[6.0, 8.0], [6.0, 8.0], [6.0, 8.0]],  # 6, 12, 18 and 8, 16, 24
            "now": [[6.0, 8.0], [4.0, 6.0], [8.0, 10.0]],  # 6, 8, 24 and 8, 12, 30
            "in 12 months": [[6.0, 8.0], [6.0, 8.0], [5.0, 7.0]],  # 6, 12, 15 and 8, 16, 21
        }
    )
    assert asked.looks == [0, 12, 24]
    assert Transition(every=600).looks == [36]  # one look, at the end
    assert found.months == (-12, 0, 12, 24)
    assert found.unit == "USD"
    never, now, later = found.ways
    assert never.sums.tolist() == [[0, 0], [6, 8], [12, 16], [18, 24]]
    assert tenths(now.sums)["p50"] == [0, 7, 10, 27]
    assert tenths(now.gaps)["p10"] == [0, 0, -4, 6]
    assert [one.mean for one in now.less_never] == [0, 0, -4, 6]
    assert found.worst(now)[0] == 12
    assert found.worst(now)[1].high == -4
    assert found.made_good(now).at == pytest.approx(12 + 12 * 4 / 10)
    assert found.worst(later) == (24, later.less_never[-1])
    assert found.made_good(later) is None
    said = [one.text for one in transition_document(found, {}).summary]
    assert said[0].startswith("Changing now is furthest behind never changing in month 12, by -4.00 (-4.00 to -4.00)")
    assert "makes that good in month 17; in month 24 it is ahead by +6.00" in said[0]
    assert "that is not made good; in month 24 it is behind by -3.00" in said[1]


def test_until_the_change_a_way_is_the_same_as_never():
    ways = Ways(Space(["run.warmup_weeks=1"]), Transition(starts=[0, 6], since=6, months=12, every=6))
    point = {name: asked_at(scenario).point for name, scenario in ways}
    assert len(point) == len(ways) == 9
    assert point["now, month 0"] == point["in 6 months, month 0"] == point["never, month 0"]
    assert point["in 6 months, month 6"] == point["never, month 6"] != point["now, month 6"]
    assert len(set(point.values())) == 6
    assert ways.scenario("in 6 months", 12).changes[0].week == 52
    assert ways.scenario("never", 12).run.weeks == 78


def test_what_happens_up_to_a_month_does_not_hang_on_how_long_is_looked():
    ways = Ways(
        Space(["run.warmup_weeks=1", "run_in=null"]), Transition(starts=[0.25], since=0.25, months=1, every=0.5)
    )
    short, longer = (simulate(ways.scenario("in 0.25 months", month), seed=3).table for month in (0.75, 1.0))
    end_ms = short["time_ms"].to_numpy().max()
    rows = [table.filter(table["time_ms"].to_numpy() < end_ms) for table in (short, longer)]
    assert rows[0].num_rows > 1000
    assert rows[0].equals(rows[1])


def test_the_command_tells_months_and_writes_them(capsys):
    assert main(["transition", *SHORT, MONTHS, "out=found"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told[3:7]] == ["-0.25", "0", "0.25", "0.3"]
    with open("found/months.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["way"], row["month"]) for row in rows[:4]] == [(NEVER, m) for m in ("-0.25", "0", "0.25", "0.3")]
    assert all(float(row["p10"]) <= float(row["p50"]) <= float(row["p90"]) for row in rows)
    with open("found/summary.json", encoding="utf-8") as file:
        found = json.load(file)["transition"]
    assert list(found["against_never"]) == ["in 0.1 months"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["transition={starts: [12, 0]}"], "transition: starts ascend"),
        (["transition={starts: [40]}"], "transition: starts lie within the months that are looked at; got 40"),
        (["transition={before: persuasion_only}"], "transition: one design follows another"),
        (["transition={after: persuasion_onli}"], "transition: no such design; did you mean 'persuasion_only'?"),
        (["transition={kpi: satisfaction.index}"], "transition: only what is so much a year can be added up"),
        (["transition={kpi: money.profit_usd_per_year}"], "transition.kpi: no such measure"),
        (["org=traditional"], "org: is what ways differ in"),
        (["transition={every: 0}"], "transition.every: input should be greater than 0"),
    ],
)
def test_what_can_not_be_is_told(complaints, words, told):
    assert complaints("transition", *SHORT, *words)[0].startswith(told)
