"""`orgsim sweep`, and `--multirun`."""

import csv
import json

import pytest

from experiments.cli import main
from experiments.verbs.sweep import _tell
from sim.analysis.intervals import Interval

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.2", "run.warmup_weeks=0.1", "replications=3", "out=answer"]
SERVERS = "org.roles.server.headcount"
KPIS = "sweep.kpis=[flow.queue.server.number,people.server.utilization]"


def rows(folder="answer"):
    with open(f"{folder}/points.csv", newline="") as file:
        return list(csv.DictReader(file))


def test_a_sweep_tells_every_point(capsys):
    assert main(["sweep", *SHORT, f"sweep.grid={{{SERVERS}: [2, 4]}}", KPIS]) == 0
    told = capsys.readouterr().out
    found = rows()
    assert [(r["point"], r[SERVERS], r["kpi"]) for r in found] == [
        (f"{SERVERS}={n}", str(n), kpi)
        for n in (2, 4)
        for kpi in ("flow.queue.server.number", "people.server.utilization")
    ]
    # Half as many servers are busy twice the time, until they are busy all the time.
    busy = {r[SERVERS]: float(r["mean"]) for r in found if r["kpi"].endswith("utilization")}
    assert busy["4"] < busy["2"] <= 1.0
    assert all(float(r["low"]) <= float(r["mean"]) <= float(r["high"]) for r in found)
    assert f"{SERVERS}=2" in told
    assert "95 % interval" in told


def test_large_amounts_stand_in_columns_of_their_own(capsys):
    found = {
        "kpi": Interval(6_971_400.0, -5_871_100.0, 8_070_200.0, 4),
        "waits": Interval(0.00234567, 0.00125, 0.00375, 4),
    }
    _tell({"org=a": found, "org=long": found}, [*found], {"kpi": "USD/year", "waits": "h"})
    assert capsys.readouterr().out.splitlines()[:6] == [
        "[1] kpi, thousand USD/year",
        "[2] waits, h",
        "",
        f"{'':30}[1]{'':28}[2]",
        "org=a     6,971 (-5,871 to 8,070)  0.002346 (0.00125 to 0.00375)",
        "org=long  6,971 (-5,871 to 8,070)  0.002346 (0.00125 to 0.00375)",
    ]


def test_a_bigger_sweep_runs_what_is_missing_only(capsys):
    assert main(["sweep", *SHORT, f"sweep.grid={{{SERVERS}: [3, 4]}}", KPIS]) == 0
    assert "6 of 6 replications" in capsys.readouterr().err
    more = [word for word in SHORT if not word.startswith(("out=", "replications="))]
    assert main(["sweep", *more, "replications=4", "out=more", f"sweep.grid={{{SERVERS}: [3, 4, 5]}}", KPIS]) == 0
    assert "6 of 12 replications" in capsys.readouterr().err
    assert main(["sweep", *more, "replications=4", "out=again", f"sweep.grid={{{SERVERS}: [3, 4, 5]}}", KPIS]) == 0
    assert "0 of 12 replications" in capsys.readouterr().err
    with open("more/points.csv", "rb") as one, open("again/points.csv", "rb") as other:
        assert one.read() == other.read()


def test_a_sweep_says_the_same_as_single_runs():
    assert main(["sweep", *SHORT, f"sweep.list=[{{{SERVERS}: 5}}]", KPIS]) == 0
    single = [word for word in SHORT if not word.startswith("out=")]
    assert main(["run", *single, f"{SERVERS}=5", "store=null", "out=single"]) == 0
    with open("single/summary.json") as file:
        (found,) = json.load(file)["designs"].values()
    for row in rows():
        assert float(row["mean"]) == found[row["kpi"]]["mean"]
        assert float(row["low"]) == pytest.approx(found[row["kpi"]]["low"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "sweep: must be given, as in "),
        (["sweep.grid={}"], "sweep.grid: "),
        (["sweep=3"], "sweep: "),
        (["sweep.gird={x: [1]}"], "sweep.gird: unknown name; did you mean 'grid'?"),
        ([f"sweep.grid={{{SERVERS}: [1, -3]}}"], f"{SERVERS}: "),
        (["sweep.grid={org.roles.sever.headcount: [1]}"], "did you mean 'server'"),
        ([f"sweep.grid={{{SERVERS}: [1]}}", "sweep.kpis=[people.server.utilisation]"], "kpis: "),
        (["sweep.grid={org: [nobody]}"], "no such choice"),
    ],
    ids=str,
)
def test_sweeps_that_cannot_be_are_told(complaints, words, told):
    (line,) = complaints("sweep", *SHORT, *words, "quiet=true")
    assert told in line


def test_a_dry_run_tells_points_time_and_disk(capsys):
    assert main(["sweep", *SHORT, f"sweep.grid={{{SERVERS}: [2, 4]}}", KPIS, "dry=true"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "points: 2"
    assert lines[1].startswith("replications: 6, of which ")
    assert lines[2].startswith("time: about ")
    assert lines[3].startswith("disk: about ")


def test_multirun_is_a_command_for_each_combination(capsys):
    words = [word for word in SHORT if word != "replications=3"]
    assert main(["run", "--multirun", *words, f"{SERVERS}=3,4", "replications=1,2"]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("[")]
    assert [line.split()[-2:] for line in told] == [
        [f"{SERVERS}={n}", f"replications={r}"] for n in (3, 4) for r in (1, 2)
    ]
    for i in range(4):
        with open(f"answer/{i}/summary.json") as file:
            assert json.load(file)["provenance"]["replications"] == 1 + i % 2


def test_several_values_without_multirun_are_refused(complaints):
    told = f"{SERVERS}: takes one value here, not several (got {SERVERS}=3,4)"
    assert complaints("run", *SHORT, f"{SERVERS}=3,4") == [told]
