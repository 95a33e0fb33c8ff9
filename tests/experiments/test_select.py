"""`orgsim select`: which candidate is selected, what is claimed, and what was spent."""

import json
from math import isclose
from pathlib import Path

import numpy as np
import pytest

from experiments.answers.selection import behind
from experiments.cli import main
from experiments.report import selection_page
from experiments.running import backends
from experiments.running.task import run_task
from sim.analysis.intervals import mean_interval

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.05", "run.warmup_weeks=0", "engine=simpy"]
NUMBER = "flow.queue.server.number"
HEADS = "sweep.grid={org.roles.server.headcount: [4, 5, 6, 7]}"
ASKED = [f"select.kpi={NUMBER}", "select.larger=false"]
SIX, SEVEN = "org.roles.server.headcount=6", "org.roles.server.headcount=7"


def summary(out):
    return json.loads((Path(out) / "summary.json").read_text(encoding="utf-8"))


def fates(found):
    return {one["name"].rpartition("=")[2]: (one["fate"], one["beaten_by"]) for one in found["candidates"]}


@pytest.fixture(autouse=True)
def unpainted(monkeypatch, request):
    """Draw only where a test looks for a picture: drawing takes longer than all the runs."""
    if "painted" not in request.fixturenames:
        monkeypatch.setattr(selection_page, "behind", lambda *_: None)


@pytest.fixture
def painted():
    """Have pictures drawn."""


@pytest.fixture
def units(monkeypatch):
    """Keep the replications that are run."""
    run = []

    def kept(task):
        run.extend(task.units)
        return run_task(task)

    monkeypatch.setattr(backends, "run_task", kept)
    return run


def test_more_people_never_wait_longer(capsys, units, painted):
    """The queue of an M/M/4 at load .45 is .105; more servers than 5 hardly matter at a delta of .02."""
    assert main(["select", *SHORT, HEADS, *ASKED, "select.delta=0.02", "out=kn"]) == 0
    told = capsys.readouterr().out
    found = summary("kn")
    assert found["decided"]
    assert found["selected"] in (SIX, SEVEN)
    assert fates(found)["4"][0].startswith("out at")
    assert f"selected: {found['selected']}" in told
    assert "smaller is better" in told
    assert "at least 95 %" in told
    assert found["replications"] == sum(one["replications"] for one in found["candidates"]) == len(units)
    assert all(one["replications"] >= 10 for one in found["candidates"])
    assert (Path("kn") / "report.html").exists()
    assert (Path("kn") / "figures" / "behind.svg").exists()


def test_batches_decide_nothing(units):
    words = ["select", *SHORT, HEADS, *ASKED, "select.delta=0.02", "quiet=true"]
    for batch in (4, 60):
        assert main([*words, f"select.batch={batch}", f"out=of{batch}"]) == 0
    one, many = summary("of4"), summary("of60")
    assert one["selected"] == many["selected"]
    assert fates(one) == fates(many)
    assert one["replications"] <= many["replications"]
    assert len(units) == many["replications"], "what is known is not run again"


def test_candidates_meet_the_same_luck(units):
    assert main(["select", *SHORT, HEADS, *ASKED, "select.delta=0.02", "out=kn", "quiet=true"]) == 0
    assert {unit.replication for unit in units} == set(range(max(unit.replication for unit in units) + 1))
    assert len({unit.seed for unit in units}) == 1
    (first,) = [one for one in summary("kn")["candidates"] if one["name"].endswith("=4")]
    n = first["replications"]
    assert main(["sweep", *SHORT, HEADS, f"sweep.kpis=[{NUMBER}]", f"replications={n}", "out=sweep", "quiet=true"]) == 0
    same = summary("sweep")["estimates"][first["name"]][NUMBER]
    assert isclose(first["mean"]["mean"], same["mean"], rel_tol=1e-12)


def test_a_budget_that_ends(capsys):
    words = [HEADS, *ASKED, "select.delta=0.00001", "select.budget=44", "select.delta_because=one customer an hour"]
    assert main(["select", *SHORT, *words, "out=kn"]) == 0
    found, told = summary("kn"), capsys.readouterr().out
    assert not found["decided"]
    assert len(found["may_be_best"]) > 1
    assert found["replications"] <= 44
    assert "Not decided within the budget of 44 replications" in told
    assert "does not matter: one customer an hour." in told


def test_a_budget_that_is_spent_where_it_tells_most(capsys):
    words = [
        HEADS,
        *ASKED,
        "select.procedure=ocba",
        "select.budget=80",
        "select.first=8",
        "select.batch=12",
        "out=ocba",
    ]
    assert main(["select", *SHORT, *words]) == 0
    found = summary("ocba")
    assert found["replications"] == 80
    spent = {one["name"].rpartition("=")[2]: one["replications"] for one in found["candidates"]}
    assert found["selected"] == SEVEN
    assert spent["6"] > spent["5"] >= spent["4"] >= 8
    assert "A budget guarantees nothing" in capsys.readouterr().out


def test_equal_candidates_end_it(capsys):
    points = (
        "sweep.list=[{org.roles.server.headcount: 5}, {org.roles.server.headcount: 5, run.weeks: 0.05}, "
        "{org.roles.server.headcount: 4}]"
    )
    assert main(["select", *SHORT, points, *ASKED, "select.delta=0.02", "out=kn"]) == 0
    found = summary("kn")
    assert found["decided"]
    assert len(found["may_be_best"]) == 2
    assert "equal to the last digit" in capsys.readouterr().out


def test_how_far_behind_is_paired_and_simultaneous():
    """Three candidates, so that each bound has alpha / 2 on its side: a two-sided interval at 95 % for alpha = .05."""
    nan = float("nan")
    values = np.array([[5.0, 9.0, 4.0, 8.0], [4.0, 7.0, 3.0, nan], [5.5, 9.5, nan, nan]])
    first, second, third = behind(values, 0, 0.05, True)
    assert (first.n, second.n, third.n) == (0, 3, 2)
    assert second == mean_interval([1.0, 2.0, 1.0], 0.95)
    assert third.mean == -0.5
    assert behind(values, 0, 0.05, False)[1].mean == -second.mean


def test_dry(capsys, workplace):
    assert main(["select", *SHORT, HEADS, *ASKED, "select.delta=1", "select.budget=100", "dry=true"]) == 0
    assert "replications: 100, of which 100 are not known yet" in capsys.readouterr().out
    assert not list(workplace.glob("results/select*"))


@pytest.mark.parametrize(
    ("words", "path", "said"),
    [
        ([HEADS], "select", "must be given"),
        ([HEADS, *ASKED], "select", "kn needs delta"),
        ([HEADS, *ASKED, "select.delta=0"], "select.delta", "greater than 0"),
        ([HEADS, *ASKED, "select.delta=1", "select.alpha=0.5"], "select.alpha", "less than 0.5"),
        ([HEADS, *ASKED, "select.delta=1", "select.first=1"], "select.first", "2"),
        ([HEADS, *ASKED, "select.delta=1", "select.budget=39"], "select.budget", "40"),
        ([HEADS, *ASKED, "select.delta=1", "select.procedure=best"], "select.procedure", "kn"),
        ([HEADS, "select.delta=1", "select.kpi=flow.queue.server.numbr"], "select.kpi", "did you mean"),
        ([HEADS, *ASKED, "select.delta=1", "designs=[A,B]"], "designs", "either designs or points"),
        (["sweep.grid={org.roles.server.headcount: [4]}", *ASKED, "select.delta=1"], "select", "one candidate"),
        (["sweep.grid={org.roles.servr.headcount: [4, 5]}", *ASKED, "select.delta=1"], "org.roles.servr", ""),
    ],
)
def test_what_cannot_be_asked(complaints, workplace, words, path, said):
    told = complaints("select", *SHORT, *words)
    assert told[0].startswith(path), told
    assert said in told[0], told
    assert list(workplace.iterdir()) == []


def test_a_measure_that_is_not_always_defined_decides_nothing(capsys, workplace):
    """In ten minutes hardly anybody comes, so that in some replications there is no mean wait of anybody."""
    few = ["run.weeks=0.001", "run.warmup_weeks=0", "sweep.grid={org.roles.server.headcount: [5, 6]}"]
    kpi = "flow.wait.serve.mean_h"
    assert main(["select", *SHORT, *few, f"select.kpi={kpi}", "select.delta=1", "quiet=true"]) == 2
    told = capsys.readouterr().err
    assert "select.kpi" in told
    assert "not defined in every replication" in told
    assert not list(workplace.glob("results/select*"))
