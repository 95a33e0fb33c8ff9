"""Bad input: one clear message for each thing to change, exit code 2, no traceback, nothing written."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.cli import main

SHORT = ("run.weeks=0.2", "run.warmup_weeks=0", "replications=1")
MM1 = "+experiment=textbook/mm1"
CIRCLE = (
    "{steps: {service: {do: serve}, again: {choose: {back: 1, on: 0}, to: {back: service, on: out}}, out: {end: out}}}"
)


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch):
    """Work in an empty folder, which must be as empty afterwards but for what the test put there itself."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    yield place
    left = [str(f) for f in tmp_path.rglob("*") if f.name.endswith(".part") or f.name == "kpis.parquet"]
    assert left == []


@pytest.fixture
def complaints(capsys):
    """Give a function that runs a command which must be refused, and returns its messages."""

    def refused(*arguments: str) -> list[str]:
        assert main(list(arguments)) == 2
        told = capsys.readouterr()
        assert told.out == ""
        lines = told.err.splitlines()
        assert lines
        assert all(line.startswith("orgsim: ") for line in lines), told.err
        assert "Traceback" not in told.err
        assert len(set(lines)) == len(lines), "a message is repeated"
        return [line.removeprefix("orgsim: ") for line in lines]

    return refused


ONE_MESSAGE = {
    "unknown role": (
        ["org.who.write_proposal=enginer"],
        "org.who.write_proposal: no role of this name; did you mean 'engineer'? (got 'enginer')",
    ),
    "unknown activity in who": (
        ["org.who.write_proposl=engineer"],
        "org.who.write_proposl: no activity of this name; did you mean 'write_proposal'? (got 'write_proposl')",
    ),
    "negative hours": (
        ["activity.persuade.effort_h.lognormal.mean=-1"],
        "activity.persuade.effort_h.every.lognormal.mean: input should be greater than 0 (got -1)",
    ),
    "negative fixed hours": (
        ["activity.persuade.effort_h=-1"],
        "activity.persuade.effort_h.every: a deterministic law with negative values cannot be a duration or an "
        "amount; got deterministic(-1)",
    ),
    "negative set-up": (
        ["org.setup_h.design=-0.5"],
        "org.setup_h.design: input should be greater than or equal to 0 (got -0.5)",
    ),
    "probabilities": (
        ["journey.issue.steps.kind.choose={simple: 0.7, technical: 0.4}"],
        "journey.issue.steps.kind.choose: probabilities must sum to 1 "
        "(got {'simple': 0.7, 'technical': 0.4} with sum 1.1)",
    ),
    "probability above 1": (
        ["market.needs.marks.technical.chance=1.5"],
        "market.needs.marks.technical.chance.every: input should be less than or equal to 1 (got 1.5)",
    ),
    "shares": (
        ["org.who.take_issue={shares: {salesperson: 0.5, customer_service: 0.4}}"],
        "org.who.take_issue: shares must sum to 1; they sum to 0.9",
    ),
    "cycle without a choose": (
        [
            "journey.loop={steps: {a: {choose: {x: 1, y: 0}, to: {x: b, y: d}}, "
            "b: {wait: 1}, c: {wait: 1, then: b}, d: {end: d}}}"
        ],
        "journey.loop.steps.b: a cycle without a choose never ends (got b -> c -> b)",
    ),
    "nobody can do it": (
        ["~org.who.persuade"],
        "org.who.persuade: nobody can do this activity: name a role",
    ),
    "step that is not there": (
        ["journey.issue.steps.take.then=expedit"],
        "journey.issue.steps.take.then: no step of this name; did you mean 'expedite'? (got 'expedit')",
    ),
    "law that is not there": (
        ["journey.opportunity.steps.answer.patience=first_anser"],
        "journey.opportunity.steps.answer.patience: no law in market.laws of this name; "
        "did you mean 'first_answer'? (got 'first_anser')",
    ),
    "unknown key": (
        ["org.roles.engineer.headcout=2"],
        "org.roles.engineer.headcout: unknown name; did you mean 'headcount'? (got 2)",
    ),
    "unknown top key": (
        ["replicatons=2"],
        "replicatons: unknown name; did you mean 'replications'? (got 2)",
    ),
    "unknown role to change": (
        ["org.roles.enginer.headcount=2"],
        "org.roles.enginer: nothing of this name to change (+ before an override adds it); did you mean 'engineer'?",
    ),
    "unknown choice": (
        ["org=traditionel"],
        "org: no such choice; did you mean 'traditional'? (got 'traditionel')",
    ),
    "text for a number": (["run.weeks=long"], "run.weeks: input should be a valid number (got 'long')"),
    "text for a whole number": (["seed=abc"], "seed: input should be a valid integer (got 'abc')"),
    "part of a person": (
        ["org.roles.engineer.headcount=1.5"],
        "org.roles.engineer.headcount: input should be a valid integer (got 1.5)",
    ),
    "yes for a flag": (["trace=perhaps"], "trace: input should be a valid boolean (got 'perhaps')"),
    "number for a mapping": (["org.who=3"], "org.who: must be a mapping (got 3)"),
    "no time at all": (["run.weeks=0"], "run.weeks: input should be greater than 0 (got 0)"),
    "no replications": (["replications=0"], "replications: input should be greater than or equal to 1 (got 0)"),
    "negative seed": (["seed=-1"], "seed: input should be greater than or equal to 0 (got -1)"),
    "hours that end before they start": (
        ["org.roles.salesperson.hours={mon-fri: 17-9}"],
        "org.roles.salesperson.hours: times must satisfy 0 <= start < end <= 24; got '17-9'",
    ),
    "absence without days": (
        ["org.roles.engineer.hours=always"],
        "org.roles.engineer.absence_days_per_year: people who are away on days need opening hours; "
        "'always' has no days (got 35.0)",
    ),
    "several values": (
        ["org=textbook,traditional"],
        "org: takes one value here, not several (got org=textbook,traditional)",
    ),
    "Hydra's own": (
        ["hydra.run.dir=/elsewhere"],
        "hydra.run.dir: Hydra's own settings cannot be changed here (got hydra.run.dir=/elsewhere)",
    ),
    "no verb": (None, "rnu: no such verb; did you mean 'run'?"),
    "object to make": (["org._target_=os.system"], "org._target_: unknown name (got 'os.system')"),
    "no column named": (
        ["market.needs.recorded={path: leads.csv}"],
        "market.needs.recorded.time: is needed: the column with dates or timestamps",
    ),
    "no file": (
        ["market.needs.recorded={path: leads.csv, time: day}"],
        "market.needs.recorded.path: no such file (got 'leads.csv')",
    ),
    "folder for a file": (
        ["market.needs.recorded={path: ., time: day}"],
        "market.needs.recorded.path: is not a file (got '.')",
    ),
}


@pytest.mark.parametrize("case", ONE_MESSAGE)
def test_one_mistake_gets_one_message(complaints, workplace, case):
    overrides, message = ONE_MESSAGE[case]
    assert complaints(*(["rnu"] if overrides is None else ["run", *overrides])) == [message]
    assert list(workplace.iterdir()) == []


def test_check_refuses_what_run_refuses(complaints):
    assert complaints("check", "org.roles.engineer.headcount=-2") == [
        "org.roles.engineer.headcount: input should be greater than or equal to 0 (got -2)"
    ]
    assert complaints("compare", "designs=[traditional,persuasion_onli]") == [
        "designs: no such design; did you mean 'persuasion_only'? (got 'persuasion_onli')"
    ]


def test_several_mistakes_are_told_at_once(complaints):
    told = complaints(
        "run",
        "run.weks=3",
        "org.roles.engineer.headcount=-1",
        "seed=-1",
        "market.needs.recorded={path: no.csv, time: t}",
    )
    assert told == [
        "seed: input should be greater than or equal to 0 (got -1)",
        "market.needs.recorded.path: no such file (got 'no.csv')",
        "org.roles.engineer.headcount: input should be greater than or equal to 0 (got -1)",
        "run.weks: unknown name; did you mean 'weeks'? (got 3)",
    ]


def test_several_wrong_references_are_told_at_once(complaints):
    told = complaints("run", "org.who.persuade=salesman", "org.who.fulfill=crow", "org.books=[engineers]")
    assert [line.split(":")[0] for line in told] == ["org.books", "org.who.persuade", "org.who.fulfill"]


def test_a_journey_without_an_end_is_told_where(complaints):
    assert complaints("run", "journey.short={steps: {talk: {do: persuade}}}") == [
        "journey.short.steps.talk: nothing follows this last step: end it, or name the next step with 'then'",
        "journey.short: a journey needs at least one step with 'end' (got steps talk)",
    ]


def test_a_role_without_people_is_told_what_it_should_do(complaints):
    told = complaints("run", "org.roles.engineer.headcount=0")
    assert "org.roles.engineer.headcount: nobody there to do 'check_design' (got 0)" in told
    assert all(line.startswith("org.roles.engineer.headcount: nobody there") for line in told)


def test_no_people_at_all_is_told(complaints):
    told = complaints("run", MM1, "org.roles.server.headcount=0")
    assert told == ["org.roles.server.headcount: nobody there to do 'serve' (got 0)"]
    assert complaints("run", MM1, "~org.roles.server") != []


def test_text_that_is_no_override_is_told(complaints):
    assert complaints("run", "org")[0].startswith("override: Error parsing override 'org'")
    assert complaints("run", "org=[a,")[0].startswith("override: ")
    assert complaints("run", "--fast") == ["--fast: no such option; known: --config-dir DIR"]
    assert complaints("run", "--config-dir") == ["--config-dir: needs a directory"]
    assert complaints("run", "--config-dir", "nowhere") == ["--config-dir: is not a directory (got 'nowhere')"]
    assert complaints("run", "seed=${nothing}")[0].startswith("config: Interpolation key 'nothing' not found")
    assert complaints("run", "market=[1]")[0].startswith("market: ")
    assert complaints("run", "run=3")[0].startswith("config: ")


# -- recorded needs --------------------------------------------------------------------------------------------------


def recorded(path: str | Path, column: str = "day") -> str:
    """Give the override that takes needs from a file."""
    return f"market.needs.recorded={{path: '{path}', time: {column}}}"


def test_files_without_rows_are_told(complaints, tmp_path):
    empty, header = tmp_path / "empty.csv", tmp_path / "header.csv"
    empty.write_bytes(b"")
    header.write_text("id,day\n")
    assert complaints("run", recorded(empty)) == [f"market.needs.recorded.path: the file is empty (got '{empty}')"]
    assert complaints("run", recorded(header)) == [f"market.needs.recorded.path: the file has no rows (got '{header}')"]


def test_a_missing_column_is_told_with_the_nearest_one(complaints, tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("id,first_contact\n1,2024-01-01\n")
    table = tmp_path / "leads.parquet"
    pq.write_table(pa.table({"id": [1], "first_contact": ["2024-01-01"]}), table)
    message = (
        "market.needs.recorded.time: the file has no such column; did you mean 'first_contact'? (got 'first_contct')"
    )
    assert complaints("run", recorded(file, "first_contct")) == [message]
    assert complaints("run", recorded(table, "first_contct")) == [message]


def test_bad_rows_are_told_by_line(complaints, tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("id,day\n1,2024-01-01\n2,soon\n3,2024-13-01\n4\n5,2024-01-05\n6,\n")
    rule = "'day' is no date or timestamp (ISO 8601)"
    assert complaints("run", recorded(file)) == [
        f"leads.csv:3: {rule} (got 'soon')",
        f"leads.csv:4: {rule} (got '2024-13-01')",
        f"leads.csv:5: {rule} (got None)",
        f"leads.csv:7: {rule} (got '')",
    ]


def test_many_bad_rows_are_counted(complaints, tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("day\n" + "soon\n" * 1_234)
    told = complaints("run", recorded(file))
    assert len(told) == 11
    assert told[-1] == "leads.csv: and 1224 more rows that cannot be used; none was dropped"


@pytest.mark.parametrize("name", ["garbage.csv", "garbage.parquet"])
def test_ten_megabytes_of_garbage_are_refused(complaints, tmp_path, name):
    file = tmp_path / name
    file.write_bytes(bytes(range(256)) * 40_000)
    assert len(file.read_bytes()) > 10_000_000
    told = complaints("run", recorded(file))
    assert len(told) == 1
    assert told[0].startswith("market.needs.recorded.path: ")
    assert repr(str(file)) in told[0]


def test_one_endless_line_is_refused(complaints, tmp_path):
    file = tmp_path / "line.csv"
    file.write_text("day\n" + "x" * 10_000_000)
    assert complaints("run", recorded(file)) == [
        f"market.needs.recorded.path: cannot be read as CSV: field larger than field limit (131072) (got '{file}')"
    ]


def test_a_name_no_file_can_have_is_refused(complaints):
    told = complaints("run", recorded("x" * 5_000))
    assert len(told) == 1
    assert told[0].startswith("market.needs.recorded.path: cannot be read: ")


# -- a user's own configs --------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    """Give a function that writes an org design of one's own and returns the arguments that choose it."""

    def written(text: str | bytes) -> list[str]:
        folder = tmp_path / "own" / "org"
        folder.mkdir(parents=True)
        (folder / "mine.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return ["run", "--config-dir", str(tmp_path / "own"), "org=mine"]

    return written


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system ['touch ran']", "!!python/name:os.system", "!!python/module:os"]
)
def test_yaml_cannot_run_code(complaints, own, workplace, tag):
    told = complaints(*own(f"defaults: [traditional, _self_]\nname: {tag}\n"))
    assert len(told) == 1
    assert told[0].startswith("config: could not determine a constructor for the tag 'tag:yaml.org,2002:python/")
    assert "mine.yaml" in told[0]
    assert "line 2" in told[0]
    assert list(workplace.iterdir()) == []


def test_an_object_to_make_is_only_an_unknown_name(complaints, own):
    told = complaints(*own("defaults: [traditional, _self_]\n_target_: os.system\n_args_: [touch ran]\n"))
    assert told[0] == "org._target_: unknown name (got 'os.system')"
    assert told[1].startswith("org._args_: unknown name")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: [open\nroles: {\n", "config: expected ',' or ']'"),
        ("name: a\nname: b\n", "config: found duplicate key name in"),
        ("name: a\n  more: b\n", "config: mapping values are not allowed here in"),
        ("- a\n- b\n", "org: must be a mapping (got ['a', 'b'])"),
        ("defaults: [nowhere, _self_]\n", "config: In 'org/mine': Could not load 'org/nowhere'."),
        ("", "org.roles: is needed and not given"),
    ],
)
def test_yaml_that_is_no_design_is_told(complaints, own, text, message):
    told = complaints(*own(text))
    assert len(told) == 1
    assert told[0].startswith(message)


def test_a_file_that_is_no_text_is_named(complaints, own):
    told = complaints(*own(b"\xff\xfe\x00"))
    assert len(told) == 1
    assert "mine.yaml: cannot be read: " in told[0]


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
