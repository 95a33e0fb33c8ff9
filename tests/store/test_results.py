"""`orgsim results`: what the store holds is listed, shown, exported and cleared up."""

import csv

import pyarrow.parquet as pq
import pytest
import yaml

from experiments.cli import main
from experiments.store import Store, ledger
from experiments.store import export as exported
from tests.store.asking import KPI, SERVERS


@pytest.fixture
def told(capsys):
    """Give a function that runs `orgsim results`, and returns exit code, stdout and stderr."""

    def run(*arguments):
        code = main(["results", *arguments])
        found = capsys.readouterr()
        return code, found.out, found.err

    return run


def old(monkeypatch, sweep, **asked):
    """Sweep as an earlier version of the model did."""
    with monkeypatch.context() as m:
        m.setattr("experiments.store.address.model_version", lambda: "before")
        m.setattr("experiments.store.store.model_version", lambda: "before")
        sweep("old", **asked)


def test_points_are_listed(sweep, told):
    sweep("a")
    sweep("b", "seed=7", points=[4], replications=2)
    code, out, _ = told("list")
    head, *rows, last = out.splitlines()
    assert code == 0
    assert head.split()[0] == "address"
    assert [(row.split()[1:3], row.split()[-3:]) for row in rows] == [
        (["3", "1"], ["current", "sweep", f"{SERVERS}=2"]),
        (["5", "1,7"], ["current", "sweep", f"{SERVERS}=4"]),
    ]
    assert last.startswith("2 points, 8 replications, ")


def test_a_point_is_shown_by_name_or_address(sweep, told, place):
    sweep("a")
    code, out, _ = told("show", f"{SERVERS}=4")
    assert code == 0
    head, _, scenario = out.partition("\nseed 1: 3 replications\n")[0].partition("\n")
    assert yaml.safe_load(scenario)["org"]["roles"]["server"]["headcount"] == 4
    with open("a/points.csv", newline="") as file:
        mean = next(float(r["mean"]) for r in csv.DictReader(file) if r[SERVERS] == "4" and r["kpi"] == KPI)
    (line,) = [line for line in out.splitlines() if line.startswith(f"{KPI} ")]
    assert line.split()[1] == f"{mean:.4g}"
    address = head.split(": ")[1].split(",")[0]
    assert told("show", address[:10])[1] == out


@pytest.mark.parametrize("end", exported.KINDS)
def test_measures_are_exported(sweep, told, place, end):
    sweep("a", replications=2)
    assert told("export", f"out=m{end}", f"kpis=[{KPI}]")[0] == 0
    if end == ".csv":
        with open("m.csv", newline="") as file:
            rows = [(r["name"], int(r["replication"]), r["kpi"], float(r["value"])) for r in csv.DictReader(file)]
    elif end == ".parquet":
        rows = [(r["name"], r["replication"], r["kpi"], r["value"]) for r in pq.read_table("m.parquet").to_pylist()]
    else:
        from openpyxl import load_workbook

        head, *cells = load_workbook("m.xlsx").active.iter_rows(values_only=True)
        assert head == exported.COLUMNS
        rows = [(name, r, kpi, value) for _, name, _, r, _, kpi, value, _ in cells]
    assert [row[:3] for row in rows] == [(f"{SERVERS}={n}", r, KPI) for n in (2, 4) for r in (0, 1)]
    with open("a/points.csv", newline="") as file:
        means = [float(r["mean"]) for r in csv.DictReader(file) if r["kpi"] == KPI]
    assert [(rows[i][3] + rows[i + 1][3]) / 2 for i in (0, 2)] == pytest.approx(means, rel=1e-12)
    assert {path.name for path in place.iterdir()} == {"a", f"m{end}", "results"}


def test_some_points_are_exported_and_nothing_is_overwritten(sweep, told, place):
    sweep("a")
    assert told("export", "out=m.csv", f"points=[{SERVERS}=2]")[0] == 0
    before = (place / "m.csv").read_bytes()
    assert f"{SERVERS}=4" not in before.decode()
    code, _, err = told("export", "out=m.csv")
    assert (code, err) == (2, "orgsim: out: exists already; results are never overwritten (got 'm.csv')\n")
    assert (place / "m.csv").read_bytes() == before


def test_too_much_for_excel_is_told(sweep, told, place, monkeypatch):
    sweep("a")
    monkeypatch.setattr(exported, "MOST_IN_EXCEL", 10)
    code, _, err = told("export", "out=m.xlsx", f"kpis={KPI}")
    assert code == 0
    code, _, err = told("export", "out=n.xlsx")
    assert code == 2
    assert err.startswith("orgsim: out: a sheet of Excel holds 10 rows, and these are ")
    assert sorted(path.name for path in place.iterdir()) == ["a", "m.xlsx", "results"]


def test_a_damaged_file_is_left_out_of_an_export(sweep, told, place):
    sweep("a", replications=1)
    sweep("b", replications=2)
    files = [p for p in (place / "results/store/chunks").iterdir() if "cohorts" not in p.name]
    max(files, key=lambda p: p.stat().st_mtime_ns).write_bytes(b"")
    code, _, err = told("export", "out=m.csv", f"kpis={KPI}")
    assert code == 0
    assert "are gone, or in files that are damaged; left out" in err
    assert 1 < len((place / "m.csv").read_text().splitlines()) < 5


def test_old_versions_are_pruned_when_told_so(sweep, told, monkeypatch, place):
    old(monkeypatch, sweep, points=[3])
    answer, _ = sweep("new", points=[3])
    assert {line.split()[-3] for line in told("list")[1].splitlines()[1:3]} == {"old", "current"}
    files = set((place / "results/store/chunks").iterdir())
    code, out, _ = told("prune", "what=old")
    assert code == 0
    assert "would go: 1 points, 3 replications, " in out
    assert set((place / "results/store/chunks").iterdir()) == files
    assert "gone: 1 points, 3 replications, " in told("prune", "what=old", "yes=true")[1]
    assert len(set((place / "results/store/chunks").iterdir())) == len(files) // 2
    again, err = sweep("again", points=[3])
    assert again == answer
    assert "0 of 3 replications" in err


def test_a_point_is_pruned_and_run_again(sweep, told):
    answer, _ = sweep("a")
    assert told("prune", f"{SERVERS}=2", "yes=true")[0] == 0
    again, err = sweep("again")
    assert again == answer
    assert "3 of 6 replications" in err


def test_what_nobody_reads_is_pruned_but_never_beside_a_command_at_work(sweep, told, place):
    sweep("a")
    left = place / "results/store/chunks/0.parquet.part"
    left.write_bytes(b"half")
    assert "1 files of 4 B that nobody reads" in told("list")[1]
    at_work = Store("results/store")
    code, _, err = told("prune", "unread", "yes=true")
    assert (code, err) == (1, "orgsim: store results/store: another command is using it; nothing was taken out\n")
    assert left.exists()
    at_work.close()
    assert "gone: 0 points, 0 replications, 1 files of 4 B" in told("prune", "unread", "yes=true")[1]
    assert not left.exists()
    assert "0 of 6 replications" in sweep("again")[1]


@pytest.mark.parametrize(
    ("arguments", "told_of"),
    [
        ([], "results: must be followed by one of list, show, export, prune"),
        (["lits"], "results: must be followed by one of list, show, export, prune (got 'lits')"),
        (["list", "what=3"], "what: no word of results list; known: store="),
        (["list", "store=nowhere"], "store: there is no store of results (got 'nowhere')"),
        (["list", "store="], "store: must not be empty"),
        (["show"], "results show: must be followed by a name or the first digits of an address"),
        (["show", "nobody"], "show: no point of this name or address"),
        (["export"], "out: must be given, as in out=measures.csv"),
        (["export", "out=m.txt"], "out: must end in .csv, .parquet, .xlsx"),
        (["export", "out=m.csv", "out=n.csv"], "out: is given twice"),
        (["export", "out=nowhere/m.csv"], "out: cannot be written"),
        (["export", "out=m.csv", "kpis=[people.server.utilisation]"], "did you mean 'people.server.utilization'?"),
        (["export", "out=m.csv", "points=[nobody]"], "points: no point of this name or address"),
        (["prune"], "what: must be given"),
        (["prune", "old", "yes=perhaps"], "yes: must be true or false (got 'perhaps')"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_told(sweep, told, place, arguments, told_of):
    sweep("a", points=[3], replications=1)
    code, out, err = told(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("orgsim: ")
    assert told_of in err
    assert len(err.splitlines()) == 1
    assert sorted(path.name for path in place.iterdir()) == ["a", "results"]


def test_a_name_of_several_points_is_told(sweep, told):
    sweep("a", points=[3], replications=1)
    sweep("b", "run.weeks=0.3", points=[3], replications=1)
    code, _, err = told("show", f"{SERVERS}=3")
    assert code == 2
    assert "2 points; name one by its address: " in err


def test_a_clock_that_is_set_back_changes_nothing(sweep, monkeypatch):
    sweep("a", points=[2])
    monkeypatch.setattr(ledger, "_now", lambda: "1999-12-31T23:59:59+00:00")
    found, err = sweep("b")
    assert "3 of 6 replications" in err
    assert sweep("alone", "store=other")[0] == found
