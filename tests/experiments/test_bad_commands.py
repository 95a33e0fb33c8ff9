"""Bad command lines, and runs that cannot end or write: refused with exit code 2, and nothing is left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli import main

pytestmark = pytest.mark.usefixtures("workplace")

SHORT = ("run.weeks=0.2", "run.warmup_weeks=0", "run_in=null", "replications=1", "store=null")
MM1 = "+experiment=textbook/mm1"
CIRCLE = (
    "{steps: {service: {do: serve}, again: {choose: {back: 1, on: 0}, to: {back: service, on: out}}, out: {end: out}}}"
)


def test_text_that_is_no_override_is_told(complaints):
    assert complaints("run", "org")[0].startswith("override: Error parsing override 'org'")
    assert complaints("run", "org=[a,")[0].startswith("override: ")
    assert complaints("run", "--fast") == ["--fast: no such option; known: --config-dir DIR, --multirun"]
    assert complaints("run", "--config-dirx", "here")[0].startswith("--config-dirx: no such option")
    assert complaints("schema", "seed=4")[0].startswith("schema: takes a directory and no overrides")
    assert complaints("run", "changes=[{week:", "2,", "design:", "growth_only}]")[0].endswith(
        "put quotes around the whole of it where the shell cuts at blanks: 'changes=[{week:'"
    )
    assert complaints("run", "--config-dir") == ["--config-dir: needs a directory"]
    assert complaints("run", "--config-dir", "nowhere") == ["--config-dir: is not a directory (got 'nowhere')"]
    assert complaints("run", "seed=${nothing}")[0].startswith("seed: Interpolation key 'nothing' not found")
    assert complaints("run", "market=[1]")[0].startswith("market: ")
    assert complaints("run", "run=3")[0].startswith("run: must be a choice of this group, or a mapping")


def test_check_refuses_what_run_refuses(complaints):
    assert complaints("check", "org.roles.engineer.headcount=-2") == [
        "org.roles.engineer.headcount: input should be greater than or equal to 0 (got -2)"
    ]
    assert complaints("compare", "designs=[traditional,persuasion_onli]") == [
        "designs: no such design; did you mean 'persuasion_only'? (got 'persuasion_onli')"
    ]


# -- where the answer goes -------------------------------------------------------------------------------------------


def test_results_are_never_overwritten(complaints, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "precious").write_text("keep")
    assert complaints("run", f"out={mine}", *SHORT) == [
        f"out: exists already; results are never overwritten (got '{mine}')"
    ]
    assert [f.name for f in mine.iterdir()] == ["precious"]


def test_a_place_where_nothing_can_be_written_is_told(complaints, tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    told = complaints("run", f"out={file}/deeper/answer", *SHORT)
    assert len(told) == 1
    assert told[0].startswith("out: cannot be made: ")
    told = complaints("run", f"out={'x' * 300}", *SHORT)
    assert told[0].startswith("out: cannot be made: ")


@pytest.mark.skipif(
    sys.platform == "win32" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write anywhere"
)
def test_a_folder_one_may_not_write_to_is_told(complaints, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert complaints("run", f"out={closed}/answer", *SHORT)[0].startswith("out: cannot be made: ")


def test_help_is_given_after_any_verb(capsys):
    asked = {"VERB": ["help"], "run": ["run", "--help"], "claim": ["claim", "c01_persuading", "-h"]}
    for verb, words in asked.items():
        assert main(words) == 0
        assert capsys.readouterr().out.startswith(f"usage: orgsim {verb} ")


@pytest.mark.usefixtures("workplace")
def test_a_market_without_needs_can_be_checked(capsys):
    assert main(["check", "org=traditional", "market.needs.rate=0"]) == 0
    assert "opportunity" not in capsys.readouterr().out


@pytest.mark.usefixtures("workplace")
def test_hours_of_a_run_too_short_to_have_any_are_not_told(capsys):
    assert main(["check", "org=traditional", "simulated=true", "run.weeks=0.001", "replications=1"]) == 0
    assert "nan " not in capsys.readouterr().out.replace("\n", " ")


@pytest.mark.usefixtures("workplace")
def test_a_case_that_goes_in_circles_is_told_by_check(capsys):
    circle = CIRCLE.replace("serve", "take_issue")
    assert main(["check", "org=traditional", "~journey.issue", f"journey.issue={circle}"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].startswith("orgsim: journey.issue.steps.")
    assert told[0].endswith(": visited more than 1000 times by one case")


def test_cases_that_start_one_another_without_end_are_told(capsys, workplace):
    endless = (
        "{steps: {more: {choose: {on: 1, off: 0}, to: {on: again, off: out}}, again: {start: visit}, out: {end: out}}}"
    )
    assert main(["run", MM1, *SHORT, "~journey.visit", f"journey.visit={endless}", "out=answer"]) == 2
    told = "orgsim: journey.visit.steps.again: more than 10,000 cases in a row, each started by the one before"
    assert capsys.readouterr().err.splitlines()[-1] == told
    assert list(workplace.iterdir()) == []


def test_a_design_may_have_a_name_in_any_language(workplace, capsys):
    (workplace / "mine" / "org").mkdir(parents=True)
    (workplace / "mine" / "org" / "größe.yaml").write_text("defaults: [traditional, _self_]\n", encoding="utf-8")
    assert main(["check", "org=größe", "--config-dir", "mine"]) == 0
    assert main(["check", "designs=[traditional,größe]", "--config-dir", "mine"]) == 0
    assert "größe: " in capsys.readouterr().out


def test_a_case_that_goes_in_circles_ends_the_run_and_leaves_nothing(capsys, workplace):
    arguments = [
        "run",
        MM1,
        *SHORT,
        "activity.serve.effort_h=0",
        "~journey.visit",
        f"journey.visit={CIRCLE}",
        "out=answer",
    ]
    assert main(arguments) == 2
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("orgsim: ")]
    assert told == ["orgsim: journey.visit.steps.again: visited more than 1000 times by one case"]
    assert list(workplace.iterdir()) == []


# -- from a shell ----------------------------------------------------------------------------------------------------


def from_a_shell(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a user does, with warnings on."""
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-W", "error", "-m", "experiments.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "PYTHONPATH": root}
    )


def test_the_program_exits_with_2_and_writes_to_stderr_only(workplace):
    done = from_a_shell("run", "org.who.persuade=salesman", "out=answer")
    assert done.returncode == 2
    assert done.stdout == ""
    assert (
        done.stderr == "orgsim: org.who.persuade: no role of this name; did you mean 'salesperson'? (got 'salesman')\n"
    )
    assert list(workplace.iterdir()) == []


def test_the_program_exits_with_2_where_the_run_itself_fails(workplace):
    circle = ("activity.serve.effort_h=0", "~journey.visit", f"journey.visit={CIRCLE}")
    done = from_a_shell("run", MM1, *SHORT, *circle, "out=answer", "workers=2", "replications=2")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "orgsim: journey.visit.steps.again: visited more than 1000 times by one case" in done.stderr
    assert list(workplace.iterdir()) == []
