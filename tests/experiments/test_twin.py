"""`orgsim twin`, and `engine=` of the other commands."""

import json

import numpy as np
import pytest

from experiments.answers import difference
from experiments.answers.difference import first_difference
from experiments.answers.surroundings import instant
from experiments.cli import main
from experiments.running import backends
from sim import compiled, simulate
from sim.choice import WORTH_COMPILING
from sim.engine import decisions
from sim.run_error import RunError
from sim.trace import Trace

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.2", "run.warmup_weeks=0.1", "replications=2"]


def planted(monkeypatch, change):
    """Let the compiled engine hand on other rows of the last company."""

    def run(plans, seed, replication, traces):
        told = [Trace(plan) for plan in plans]
        true(plans, seed, replication, told)
        for trace, company in zip(traces, told, strict=True):
            columns = [column.copy() for column in difference.rows_of(company)]
            trace.take(change(columns) if company is told[-1] else columns)
            trace.close()

    true = compiled.run
    monkeypatch.setattr(compiled, "run", run)


def test_engines_that_agree(capsys):
    assert main(["twin", *SHORT]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["replication 0", "replication 1"]
    for line in lines:
        words = line.split()
        assert words[2] == "identical:"
        assert int(words[3].replace(",", "")) > 500


def test_one_bit_of_one_value_is_found(monkeypatch, capsys):
    def change(columns):
        values = columns[-1]
        at = int(np.flatnonzero(values)[200])
        values[at] = np.nextafter(values[at], np.inf)
        changed.append(at)
        return columns

    changed = []
    planted(monkeypatch, change)
    assert main(["twin", *SHORT]) == 1
    told = capsys.readouterr()
    row = changed[0]
    assert told.err == f"orgsim: the engines differ in replication 0, row {row:,}\n"
    lines = told.out.splitlines()
    assert lines[0] == f"replication 0, company 1: the first {row:,} rows are the same, the next is not"
    assert [line.split(":")[0].strip() for line in lines[1:3] if ": simpy" in line] == ["value"]
    marked = [line for line in lines if line.startswith("> ")]
    assert [line.split()[1] for line in marked] == ["simpy"] * 4 + ["compiled"] * 4
    assert f"#{row} " in marked[0]
    assert f"#{row} " in marked[4]
    assert marked[0].split()[3:] != marked[4].split()[3:]
    assert any("server/" in line and "case" in line for line in marked)
    assert any(line.startswith("so far ") for line in lines)
    assert any(line.startswith("server: ") and "of 4 busy" in line for line in lines)
    assert any(line.startswith("queue of server, as later rows tell: ") for line in lines)


def test_rows_in_another_order_are_found(monkeypatch, capsys):
    def change(columns):
        for column in columns:
            column[[300, 301]] = column[[301, 300]]
        return columns

    planted(monkeypatch, change)
    assert main(["twin", *SHORT]) == 1
    assert "the first 300 rows are the same" in capsys.readouterr().out


def test_a_trace_that_is_shorter_is_found(monkeypatch, capsys):
    planted(monkeypatch, lambda columns: [column[:-1] for column in columns])
    assert main(["twin", *SHORT]) == 1
    assert "> compiled  no further row" in capsys.readouterr().out


def test_a_row_of_another_company_is_found(monkeypatch, capsys):
    market = ["org=traditional", "rivals=[growth_only]", "run=quick", "run.weeks=2", "replications=1"]
    assert main(["twin", *market]) == 0
    assert "replication 0: identical: " in capsys.readouterr().out
    planted(monkeypatch, lambda columns: [column[:-1] for column in columns])
    assert main(["twin", *market]) == 1
    assert capsys.readouterr().out.startswith("replication 0, company 2: the first ")


def test_a_sign_of_nothing_is_a_difference():
    from experiments.composing.compose import compose

    scenario = compose([*SHORT[:1], "run.weeks=0.01", "run.warmup_weeks=0"])
    one, other = simulate(scenario), simulate(scenario)
    assert first_difference(("one", "other"), (one, other)) is None
    block = next(other.blocks())
    at = int(np.flatnonzero(block.value == 0.0)[0])
    block.value[at] = -0.0
    found = first_difference(("one", "other"), (one, other))
    assert found is not None
    assert found.row == at
    assert "  value: one 0.0, other -0.0" in found.lines


def test_a_decision_that_one_engine_makes_otherwise_is_found(monkeypatch, capsys):
    """The compiled engine decides as it was compiled; the other with what is put in its place."""
    before = decisions.uniform
    monkeypatch.setattr(decisions, "uniform", lambda key: 1.0 - before(key))
    arguments = ["twin", "+experiment=textbook/jackson", "run.weeks=0.1", "run.warmup_weeks=0.05", "replications=1"]
    assert main(arguments) == 1
    assert "choose" in capsys.readouterr().out


def test_a_run_that_only_one_engine_can_end_is_a_difference(monkeypatch, capsys):
    def run(plans, seed, replication, traces):
        raise RunError.circles("a", "b")

    monkeypatch.setattr(compiled, "run", run)
    assert main(["twin", *SHORT]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[0].startswith("simpy: runs to its end: ")
    assert told.out.splitlines()[1].startswith("compiled: stops: journey.a.steps.b: visited")


@pytest.mark.parametrize("command", [["twin"], ["run", "engine=compiled"]])
def test_what_the_compiled_engine_does_not_know_is_told(complaints, workplace, monkeypatch, command):
    monkeypatch.setattr(compiled, "uncovered", lambda plan: ["telepathy"])
    assert complaints(*command, *SHORT) == [
        "engine: the compiled engine does not know yet: telepathy; engine=simpy does"
    ]


def test_twin_is_about_one_design(complaints):
    assert complaints("twin", "designs=[traditional,persuasion_only]")[0].startswith("designs: this question is not")


def test_an_unknown_engine_is_told_with_those_known(complaints, workplace):
    assert complaints("run", *SHORT, "engine=numba")[0].startswith("engine: input should be 'simpy', 'compiled' or")


@pytest.mark.parametrize("workers", [1, 2])
def test_results_are_the_same_bytes_on_either_engine(tmp_path, capsys, workers):
    for engine in ("simpy", "compiled"):
        out = f"out={tmp_path / engine}"
        assert main(["run", *SHORT, f"engine={engine}", f"workers={workers}", "trace=true", out, "store=null"]) == 0
    files = sorted(p.name for p in (tmp_path / "simpy").iterdir())
    assert files == sorted(p.name for p in (tmp_path / "compiled").iterdir())
    assert {"trace-000.parquet", "kpis.parquet", "cohorts.parquet"} <= set(files)
    for name in set(files) - {"config.yaml", "summary.json"}:
        assert (tmp_path / "simpy" / name).read_bytes() == (tmp_path / "compiled" / name).read_bytes(), name
    one, other = (json.loads((tmp_path / e / "summary.json").read_text()) for e in ("simpy", "compiled"))
    assert one["provenance"].pop("command") != other["provenance"].pop("command")
    assert one == other


def test_auto_says_once_which_engine_it_takes(tmp_path, monkeypatch, capsys):
    assert main(["run", *SHORT, f"out={tmp_path / 'short'}"]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("engine: ")]
    assert told == ["engine: simpy (little to do)"]
    monkeypatch.setattr("experiments.running.engines.cases_of", lambda plan: WORTH_COMPILING)
    asked = []
    done = backends.run_task
    monkeypatch.setattr(backends, "run_task", lambda task: asked.append(task.engine) or done(task))
    assert main(["run", *SHORT, f"out={tmp_path / 'long'}", "store=null"]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("engine: ")]
    assert told == ["engine: compiled (much to do)"]
    assert asked == ["compiled", "compiled"]
    assert main(["run", *SHORT, f"out={tmp_path / 'asked'}", "engine=simpy"]) == 0
    assert "engine" not in capsys.readouterr().err


def test_instants_are_told_by_week_day_and_time():
    assert instant(0) == "week 0 Mon 00:00:00.000"
    assert instant(((2 * 7 + 4) * 24 + 13) * 3_600_000 + 61_007) == "week 2 Fri 13:01:01.007"
