"""Searches for designs: known answers on a queue, through the whole command; and what is refused."""

import csv
import json
import sys
from shlex import split
from shutil import copytree

import numpy as np
import pytest

from experiments.answers.cube import Cube
from experiments.answers.optimum import BASE, finalists, recommended
from experiments.answers.trial import Trial, front
from experiments.cli import main
from experiments.composing.compose import composed
from experiments.composing.space import Space
from experiments.running import trials as running
from experiments.sampling.search import Choice, Search, Told
from experiments.sampling.tried import Designs
from experiments.specs.optimize import Limit, Optimize
from experiments.store import Store

HEADS, COST = "org.roles.server.headcount", "money.operating_expense_usd_per_year"
WAIT = "flow.wait.serve.mean_of_all_h"
QUEUE = [
    "market=textbook",
    "journey=none",
    "activity=none",
    "journey={visit: {steps: {service: {do: serve}, out: {end: served}}}}",
    "activity={serve: {kind: service, effort_h: {exponential: {mean: 0.2}}}}",
    "source={customers: {journey: visit, interarrival_h: {exponential: {mean: 0.1}}}}",
    "people=steady",
    "run=textbook",
    "run_in=null",
]
"""An M/M/c queue by values, so that nothing but a file of a design says who serves."""
SHORT = [*QUEUE, "run.weeks=0.1", "run.warmup_weeks=0.1", "replications=2", "engine=simpy"]
ORG = ["org=textbook", "org.roles={server: {headcount: 4, hours: always, pay_usd: 10000}}", "org.who={serve: server}"]
SEARCH = {
    "vary": f"{{{HEADS}: {{low: 3, high: 8, integer: true}}}}",
    "levers": "[fast]",
    "objectives": f"{{{WAIT}: min, {COST}: min}}",
    "limits": f"{{{COST}: {{at_most: 70000}}}}",
    "trials": "10",
    "batch": "5",
    "final": "2",
}


@pytest.fixture
def own(tmp_path):
    """Give a directory with a lever of known cost: machines that halve the time of service."""
    (tmp_path / "lever").mkdir()
    text = "# @package org\nmachines_usd_per_year: 5000\nroles: {server: {speed: {serve: 2}}}\n"
    (tmp_path / "lever" / "fast.yaml").write_text(text)
    return tmp_path


def optimize(own, *overrides, **changed):
    said = ", ".join(f"{key}: {value}" for key, value in {**SEARCH, **changed}.items() if value is not None)
    given = [*SHORT, *ORG, f"optimize={{{said}}}", "quiet=true"]
    return ["optimize", "--config-dir", str(own), *given, *overrides]


def told(folder):
    return json.loads((folder / "summary.json").read_text())["optimize"]


def tried(folder):
    with (folder / "trials.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_heads_and_levers_for_two_objectives(own, capsys, tmp_path):
    out = tmp_path / "out"
    assert main(optimize(own, f"out={out}")) == 0
    found, rows = told(out), tried(out)
    assert found["trials"] == len(rows) == 10
    assert (rows[0][HEADS], rows[0]["lever"]) == ("4", "")  # the base is the first that is tried
    for row in rows:
        assert float(row[COST]) == pytest.approx(10_000 * int(row[HEADS]) + 5_000 * (row["lever"] == "[fast]"))
        assert row["keeps limits"] == ("true" if float(row[COST]) <= 70_000 else "false")
    assert found["beyond_limits"] == sum(float(row[COST]) > 70_000 for row in rows)
    base, *designs = found["designs"]
    assert base["name"] == "base"
    assert base["setting"] is None
    assert found["fresh_seed"] == 2
    for one in designs:
        heads, fast = one["setting"][HEADS], bool(one["setting"].get("lever"))
        assert one["less_base"][COST]["mean"] == pytest.approx(10_000 * (heads - 4) + 5_000 * fast)
        assert one["keeps_limits"]
    waits = [one["in_the_search"][WAIT] for one in designs]
    costs = [one["in_the_search"][COST] for one in designs]
    assert waits == sorted(waits)  # best first in the first objective, so that what costs less follows
    assert costs == sorted(costs, reverse=True)
    assert len({(w, c) for w, c in zip(waits, costs, strict=True)}) == len(designs)
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f"Best in [1] of those within the limits: {found['recommended']}") for line in lines)
    assert "design_01" in (out / "report.html").read_text()
    assert (out / "figures" / "pareto.svg").is_file()

    # The recommended design as a file is the design that was run; the command that is printed compares the two again.
    best = next(one for one in designs if one["name"] == found["recommended"])
    own_words = [f"{HEADS}={best['setting'][HEADS]}", *(["+lever=[fast]"] if best["setting"].get("lever") else [])]
    wanted = composed([*SHORT, *ORG, *own_words], config_dir=own).scenario
    read = composed([*SHORT, "org=best"], config_dir=out / "designs").scenario
    assert read.org.name == "best"
    assert read.model_copy(update={"org": read.org.model_copy(update={"name": wanted.org.name})}) == wanted
    copytree(out / "designs" / "org", own / "org")
    arguments = split(next(line for line in lines if line.startswith("  orgsim compare")))[1:]
    assert arguments[1:4] == ["--config-dir", str(own), "designs=[base,best]"]
    assert main([*arguments, f"out={tmp_path / 'compared'}"]) == 0
    paired = json.loads((tmp_path / "compared" / "summary.json").read_text())["paired"]["best - base"]
    for kpi in (WAIT, COST):
        assert paired[kpi]["mean"] == pytest.approx(best["less_base"][kpi]["mean"])


def test_an_experiment_that_decides_for_designs_itself_is_told(own, capsys, tmp_path):
    short = ["+experiment=textbook/mm4", "run.weeks=0.1", "run.warmup_weeks=0.1", "replications=2", "engine=simpy"]
    search = f"optimize={{vary: {SEARCH['vary']}, objectives: {{{WAIT}: min}}, trials: 2, final: 2}}"
    assert main(["optimize", *short, search, "quiet=true", f"out={tmp_path / 'out'}"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert told(tmp_path / "out")["recommended"] is not None
    assert not any("orgsim compare" in line for line in lines)
    assert any(line.startswith("The experiment sets org.* itself") for line in lines)


def test_workers_and_a_kill_on_the_way_change_nothing(own, monkeypatch):
    words = [word for word in optimize(own, trials=9, batch=3)[3:] if word != "quiet=true"]
    space = Space(words, str(own))
    q = space.at({}).question
    designs, kept = Designs(space, q.optimize, []), q.model_copy(update={"store": "kept", "quiet": True})
    true, calls = running.cube, []

    def counted(points, *args, **kwargs):
        calls.append(len(points))
        if len(calls) == killed_at:
            raise KeyboardInterrupt
        return true(points, *args, **kwargs)

    def search(question):
        calls.clear()
        return running.searched(Search(q.optimize), designs, q.optimize, question)

    monkeypatch.setattr(running, "cube", counted)
    killed_at = 0
    whole = search(q.model_copy(update={"store": None, "quiet": True}))
    assert calls == [3, 3, 3]
    killed_at = 3
    with pytest.raises(KeyboardInterrupt):
        search(kept)
    killed_at = 0
    store = Store("kept")  # what was run before the kill need not be run again
    assert store.missing([one.address for one in whole[:6]], q.seed, q.replications) == []
    store.close()
    assert search(kept.model_copy(update={"backend": "threads", "workers": 2})) == whole
    assert [one.number for one in whole] == [*range(9)]


def test_one_objective_with_a_limit(own, capsys, tmp_path):
    changed = {"objectives": f"{{{COST}: min}}", "limits": f"{{{WAIT}: {{at_most: 0.01}}}}"}
    assert main(optimize(own, f"out={tmp_path / 'out'}", **changed)) == 0
    found = told(tmp_path / "out")
    kept = {
        (row[HEADS], row["lever"]): float(row[COST]) for row in tried(tmp_path / "out") if row["keeps limits"] == "true"
    }
    designs = found["designs"][1:]
    assert 1 <= len(designs) <= 5
    assert designs[0]["in_the_search"][COST] == min(kept.values())
    assert not (tmp_path / "out" / "figures").exists()  # nothing to be had together


def test_where_nothing_keeps_the_limits_no_design_is_named(own, capsys, tmp_path):
    changed = {"limits": f"{{{COST}: {{at_most: 1}}}}", "trials": 3, "levers": "[]"}
    assert main(optimize(own, f"out={tmp_path / 'out'}", **changed)) == 0
    found = told(tmp_path / "out")
    assert (found["recommended"], found["beyond_limits"]) == (None, 3)
    assert [one["name"] for one in found["designs"]] == ["base"]
    assert "No design keeps the limits." in capsys.readouterr().out
    assert not (tmp_path / "out" / "designs" / "org" / "best.yaml").exists()


def test_a_dry_run_says_what_all_trials_take(own, capsys, workplace):
    assert main(optimize(own, "dry=true", "store=null")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("points: 10")
    assert lines[-1] == "then the base and what is found, 2 replications each on fresh seeds"
    assert [f for f in workplace.rglob("*") if f.is_file()] == []


def asked(**changed):
    said = {"levers": ["a"], "objectives": {"x": "max", "y": "min"}, "limits": {"z": {"at_most": 5}}}
    return Optimize.model_validate({**said, **changed})


def trial(number, x, y, z=0.0, address=None):
    return Trial(number, {}, address or str(number), {"x": x, "y": y, "z": z})


def test_the_front_by_hand():
    trials = [
        trial(0, 1.0, 1.0),
        trial(1, 3.0, 3.0),
        trial(2, 2.0, 3.0),  # 1 has more x for the same y
        trial(3, 9.0, 1.0, z=6.0),  # beyond the limit
        trial(4, np.nan, 0.0),  # not defined
        trial(5, 3.0, 3.0, address="1"),  # the same design again
        Trial(6, {}, "", {}, "cannot be"),
    ]
    assert [one.number for one in front(trials, asked())] == [1, 0]
    assert [one.number for one in front(trials, asked(), but="1")] == [0]
    assert front(trials[3:4], asked()) == []
    one = asked(objectives={"y": "min"})
    assert [found.number for found in front(trials, one)] == [4, 0, 1, 2]  # best first; x is not asked for


def test_limits_by_hand():
    assert Limit(at_most=4.0).excess(5.0) == pytest.approx(0.25)
    assert Limit(at_most=4.0).excess(3.0) == pytest.approx(-0.25)
    assert Limit(at_least=4.0).excess(3.0) == pytest.approx(0.25)
    assert Limit(at_least=1.0, at_most=2.0).excess(4.0) == pytest.approx(1.0)
    assert Limit(at_most=0.0).excess(2.0) == 2.0
    assert trial(0, 1.0, 1.0, z=np.nan).excess(asked()) == [np.inf]
    assert not trial(0, 1.0, 1.0, z=np.nan).keeps(asked())


def cube_of(**values):
    names = tuple(values)
    by_kpi = {kpi: np.array([values[name][i] for name in names], float) for i, kpi in enumerate(("x", "y", "z"))}
    return Cube(names, by_kpi, {"x": "1", "y": "1", "z": "1"})


def test_what_holds_on_fresh_seeds_by_hand():
    found = cube_of(
        base=([1, 2, 3], [5, 5, 5], [0, 0, 0]),
        design_01=([4, 5, 6], [4, 4, 4], [0, 0, 0]),  # better in both by 3 and 1
        design_02=([9, 9, 9], [9, 9, 9], [9, 9, 9]),  # beyond the limit
        design_03=([3, 4, 5], [4, 4, 4], [0, 0, 0]),  # design_01 has more x
    )
    trials = {name: trial(i, 0.0, 0.0) for i, name in enumerate(found.points[1:])}
    base, first, second, third = judged = finalists(found, trials, asked())
    assert base.name == BASE
    assert (first.less_base["x"].mean, first.less_base["x"].low) == (3.0, 3.0)  # paired: no spread
    assert (first.less_base["y"].mean, first.found["x"].mean) == (-1.0, 5.0)
    assert [one.keeps for one in judged] == [True, True, False, True]
    assert [one.leads for one in judged] == [False, True, False, False]
    assert [one.beats_base for one in judged] == [False, True, False, True]
    assert [one.may_be_best for one in judged] == [False, True, False, False]
    assert recommended(judged, asked()) is first
    assert recommended([base], asked()) is None
    assert recommended([second], asked()) is None
    assert second.notes == ["beyond a limit"]
    assert third.notes == ["dominated after all", "dominates the base"]


def test_a_search_finds_the_least_of_a_bowl_and_repeats():
    said = Optimize.model_validate(
        {
            "vary": {"org.a": [0.0, 1.0], "org.b": {"low": 1, "high": 9, "integer": True}},
            "levers": ["harms"],
            "objectives": {"x": "min"},
        }
    )

    def run():
        search, seen = Search(said), []
        search.begin_with([], {"org.a": 0.9, "org.b": 20})  # b is out of range: left to the search
        for _ in range(10):
            choices = search.ask(10)
            values = [(c.values["org.a"] - 0.3) ** 2 + abs(c.values["org.b"] - 5) + 3 * len(c.levers) for c in choices]
            search.tell([None if v > 6 else Told([v], []) for v in values])
            seen += zip(values, choices, strict=True)
        return seen

    seen = run()
    assert seen[0][1].values["org.a"] == 0.9
    assert min(value for value, _ in seen) < 0.01
    assert [choice for _, choice in run()] == [choice for _, choice in seen]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({}, "varies nothing"),
        ({"levers": ["a", "a"]}, "each lever once"),
        ({"vary": {"market.needs.rate": [1, 2]}}, "only what a design decides is varied.*market.needs.rate"),
        ({"vary": {"org.a": [2, 1]}}, "low must be less than high"),
        ({"levers": ["a"], "objectives": {}}, "at least 1 item"),
        ({"levers": ["a"], "objectives": {"x": "up"}}, "'max' or 'min'"),
        ({"levers": ["a"], "objectives": {name: "max" for name in "abcd"}}, "at most 3 items"),
        ({"levers": ["a"], "limits": {"x": {}}}, "neither at_most nor at_least"),
        ({"levers": ["a"], "limits": {"x": {"at_most": 1, "at_least": 2}}}, "allows nothing"),
        ({"levers": ["a"], "trials": 0}, "greater than or equal to 2"),
        ({"levers": ["a"], "final": 1}, "greater than or equal to 2"),
        ({"levers": ["a"], "batch": 0}, "greater than or equal to 1"),
    ],
)
def test_what_can_not_be_meant_is_refused(said, rule):
    with pytest.raises(ValueError, match=rule):
        Optimize.model_validate(said)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"levers": "[fst]"}, "optimize.levers: no such choice; did you mean 'fast'? (got 'fst')"),
        ({"vary": "{org.roles.servr.headcount: [1, 2]}"}, "optimize.vary.org.roles.servr.headcount: nothing of this"),
        ({"vary": f"{{{HEADS}: [3.5, 8.5]}}"}, f"{HEADS}: input should be a valid integer (with {HEADS}=3.5)"),
        ({"vary": f"{{{HEADS}: {{low: 0, high: 8, integer: true}}}}"}, "org."),
        ({"objectives": "{flow.wait.serv.mean_h: min}"}, "optimize.objectives: no such measure"),
        ({"limits": "{money.cost: {at_most: 1}}"}, "optimize.limits: no such measure"),
    ],
)
def test_bad_input_is_told_in_one_line(own, complaints, workplace, changed, rule):
    (line,) = complaints(*optimize(own, **changed))
    assert line.startswith(rule)
    assert list(workplace.iterdir()) == []


def test_nothing_asked_is_told_with_an_example(complaints):
    (line,) = complaints("optimize", *SHORT, *ORG)
    assert line.startswith("optimize: must be given, as in 'optimize.vary={org.roles.salesperson.headcount")


def test_heads_that_the_budget_decides_are_not_varied(complaints):
    heads = "{org.roles.salesperson.headcount: {low: 2, high: 12, integer: true}}"
    (line,) = complaints("optimize", "org.staffing=balanced", f"optimize.vary={heads}")
    assert line == "optimize.vary.org.roles.salesperson.headcount: is set by the budget: org.staffing is balanced"


def test_heads_of_a_role_that_comes_with_a_lever_are_left_alone_without_it():
    path, slot, option = "org.roles.coordinator.headcount", "org.appointments.close.slot_quantile", "org.compliance"
    vary = {path: {"low": 1, "high": 3, "integer": True}, slot: [0.3, 0.9], option: [0.5, 1.0]}
    said = Optimize.model_validate({"vary": vary, "levers": ["coordinator"]})
    designs = Designs(Space([]), said, ["salary"])
    designs.look_ahead()
    assert designs.base_values() == {option: 1.0}
    values = {path: 3, slot: 0.4, option: 0.9}
    assert designs.setting(Choice((), values)) == {"lever": ["salary"], option: 0.9}
    setting = designs.setting(Choice(("coordinator",), values))
    assert setting == {"lever": ["salary", "coordinator"], **values}
    assert designs.at(setting).scenario.org.roles["coordinator"].headcount == 3


def test_without_the_package_it_is_told_how_to_get_it(own, complaints, monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    (line,) = complaints(*optimize(own))
    assert line == "optuna: a package is missing, to be had by: pip install 'orgsim[study]'"
