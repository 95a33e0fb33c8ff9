"""Recorded needs: every row of the file is used or told, at its own instant."""

import hashlib
import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from experiments import compose
from experiments.complaint import Complaint
from experiments.composing.recorded import read_recorded
from sim import simulate
from sim.trace import Event
from sim.worktime import DAY_MS, HOUR_MS, WEEK_MS

LEADS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "olist_funnel" / "leads.csv"


def read(path: Path, column: str = "day") -> dict:
    """Give what reading a file fills in."""
    described = {"market": {"needs": {"recorded": {"path": str(path), "time": column}}}}
    return read_recorded(described)["market"]["needs"]["recorded"]


def test_days_are_counted_from_the_monday_before_the_first(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("id,day\n1,2024-02-01\n2,2024-01-31\n3,2024-02-05\n")
    found = read(file)
    assert found["start_date"] == "2024-01-29"
    assert [e // DAY_MS for e in found["epochs_ms"]] == [3, 2, 7]
    assert all(e % DAY_MS == 0 for e in found["epochs_ms"])
    assert found["days_only"]
    assert found["rows"] == 3
    assert found["path"] == "leads.csv"
    assert found["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_timestamps_keep_their_milliseconds_and_their_own_clock(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("at\n2024-01-01T09:30:00\n2024-01-01 09:30:00.125\n")
    found = read(file, "at")
    assert found["epochs_ms"] == [9.5 * HOUR_MS, 9.5 * HOUR_MS + 125]
    assert not found["days_only"]
    file.write_text("at\n2024-01-02T10:00:00+05:00\n2024-01-02T10:00:00Z\n")
    assert read(file, "at")["epochs_ms"] == [DAY_MS + 10 * HOUR_MS, DAY_MS + 10 * HOUR_MS]


@pytest.mark.parametrize("second", ["2024-01-02T10:00:00", "2024-01-02T10:00:00Z"])
def test_days_and_timestamps_with_and_without_zones_are_not_mixed(tmp_path, second):
    file = tmp_path / "leads.csv"
    for first in ("2024-01-01", "2024-01-01T09:30:00+02:00" if second[-1] != "Z" else "2024-01-01T09:30:00"):
        file.write_text(f"at\n{first}\n{second}\n")
        with pytest.raises(Complaint) as complaint:
            read(file, "at")
        (problem,) = complaint.value.problems
        assert problem.path == "leads.csv:3"
        assert problem.rule.startswith("'at' is a timestamp")
        assert problem.rule.endswith(" above")


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("day,day\n2024-01-01,2024-01-02\n")
    with pytest.raises(Complaint, match="2 columns of this name"):
        read(file)


@pytest.mark.parametrize(
    ("kind", "value"), [(pa.timestamp("ms"), 2**62), (pa.timestamp("s"), 2**40), (pa.date32(), 2**30)]
)
def test_instants_that_no_calendar_has_are_refused(tmp_path, kind, value):
    table = tmp_path / "leads.parquet"
    plain = pa.int32() if kind == pa.date32() else pa.int64()
    pq.write_table(pa.table({"at": pa.array([0, value], plain).cast(kind)}), table)
    with pytest.raises(Complaint, match="outside the years 1 to 9999"):
        read(table, "at")


def test_parquet_is_known_by_what_is_in_it(tmp_path):
    file = tmp_path / "leads.dat"
    pq.write_table(pa.table({"day": [date(2024, 3, 7)]}), file)
    assert read(file)["rows"] == 1


def test_csv_and_parquet_say_the_same(tmp_path):
    days = [date(2024, 3, 7), date(2024, 3, 4), date(2024, 3, 7)]
    file, table = tmp_path / "leads.csv", tmp_path / "leads.parquet"
    file.write_text("day\n" + "".join(f"{d.isoformat()}\n" for d in days))
    pq.write_table(pa.table({"day": days}), table)
    one, other = read(file), read(table)
    for key in ("rows", "start_date", "epochs_ms", "days_only"):
        assert one[key] == other[key]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC"])
def test_parquet_timestamps_of_any_unit(tmp_path, unit, zone):
    at = datetime(2024, 3, 5, 12, 0, 1, tzinfo=UTC if zone else None)
    table = tmp_path / "leads.parquet"
    values = pa.array([at], pa.timestamp("us", tz=zone)).cast(pa.timestamp(unit, tz=zone))
    if unit == "ns":
        values = pa.array([values[0].value + 1], pa.int64()).cast(pa.timestamp("ns", tz=zone))
    pq.write_table(pa.table({"at": values}), table)
    assert read(table, "at")["epochs_ms"] == [DAY_MS + 12 * HOUR_MS + 1_000]


def test_parquet_text_is_read_like_csv_and_nulls_are_told_by_row(tmp_path):
    table = tmp_path / "leads.parquet"
    pq.write_table(pa.table({"day": ["2024-01-01", None, "never"]}), table)
    with pytest.raises(Complaint) as error:
        read(table)
    assert [p.path for p in error.value.problems] == ["leads.parquet:2", "leads.parquet:3"]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_bytes(b"\xef\xbb\xbfday,id\r\n2024-01-01,1\r\n")
    assert read(file)["epochs_ms"] == [0]


def test_quoted_line_breaks_do_not_shift_the_lines_told(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text('note,day\n"first\nsecond\nthird",2024-01-01\nplain,never\n"a ""b"", c",2024-01-02\n')
    with pytest.raises(Complaint) as error:
        read(file)
    assert [str(p) for p in error.value.problems] == [
        "leads.csv:5: 'day' is no date or timestamp (ISO 8601) (got 'never')"
    ]


def test_a_quote_that_never_closes_is_told(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text('note,day\n"open,2024-01-01\n')
    with pytest.raises(Complaint, match="cannot be read as CSV"):
        read(file)


def test_the_description_given_is_left_as_it_was(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("day\n2024-01-01\n")
    described = {"market": {"needs": {"recorded": {"path": str(file), "time": "day"}}}}
    read_recorded(described)
    assert described == {"market": {"needs": {"recorded": {"path": str(file), "time": "day"}}}}


# -- in a run --------------------------------------------------------------------------------------------------------


@pytest.fixture
def leads(tmp_path):
    """Three weeks of leads, several a day, more than the accounts can have at once."""
    file = tmp_path / "leads.csv"
    first = date(2024, 1, 3)
    rows = [(first + timedelta(days=i // 9)).isoformat() for i in range(180)]
    file.write_text("day\n" + "\n".join(rows) + "\n")
    return file


def run(file: Path, *overrides: str) -> list[tuple[int, int, float]]:
    """Give time, account and outcome of every need in a run over a file."""
    recorded = f"market.needs.recorded={{path: '{file}', time: day}}"
    short = ["run.weeks=4", "run.warmup_weeks=0", "run_in=null", *overrides]
    table = simulate(compose([recorded, *short])).table
    needs = table.filter(pc.equal(table["event"], Event.NEED.name.lower()))
    columns = (needs[c].to_pylist() for c in ("time_ms", "account", "value"))
    return list(zip(*columns, strict=True))


def test_every_row_is_a_need_on_its_own_day_and_what_cannot_be_used_is_counted(leads):
    few_accounts = ["market.segments.major.prospects=0", "market.segments.core.prospects=0"]
    needs = run(leads, *few_accounts, "market.segments.small.prospects=15", "market.needs.response.base_per_week=59")
    assert len(needs) == 180
    days = sorted(t // DAY_MS for t, _, _ in needs)
    assert days == sorted(e // DAY_MS for e in read(leads)["epochs_ms"])
    outcomes = [value for _, _, value in needs]
    assert set(outcomes) == {1.0, 2.0} or set(outcomes) == {0.0, 1.0, 2.0}
    assert outcomes.count(2.0) > 0


def test_a_row_belongs_to_the_same_account_under_every_design(leads):
    one, other = run(leads, "org=traditional"), run(leads, "org=persuasion_only")
    assert [n[:2] for n in one] == [n[:2] for n in other]


def test_more_customers_of_no_prospects_is_told(leads):
    none = [f"market.segments.{s}.prospects=0" for s in ("major", "core", "small")]
    with pytest.raises(Complaint, match=r"market.segments: recorded needs must belong to prospects"):
        run(leads, *none)


@pytest.mark.skipif(not LEADS.exists(), reason="the real leads are not there")
def test_the_real_leads_begin_on_monday_12_june_2017():
    found = read(LEADS, "first_contact_date")
    assert found["rows"] == len(found["epochs_ms"]) == 5_345
    assert found["start_date"] == "2017-06-12"
    assert date.fromisoformat(found["start_date"]).weekday() == 0
    assert 0 <= min(found["epochs_ms"]) < WEEK_MS
    assert found["days_only"]


@pytest.mark.skipif(not LEADS.exists(), reason="the real leads are not there")
def test_the_real_leads_are_all_met_on_their_own_days():
    epochs = read(LEADS, "first_contact_date")["epochs_ms"]
    weeks = max(epochs) // WEEK_MS + 1
    recorded = f"market.needs.recorded={{path: '{LEADS}', time: first_contact_date}}"
    nobody = ["market.recurring={}", "market.needs.response.base_per_week=0", "org.marketing_usd_per_year=0"]
    scenario = compose([recorded, *nobody, f"run.weeks={weeks}", "run.warmup_weeks=0", "run_in=null"])
    needs = [
        time
        for block in simulate(scenario).blocks()
        for time, event in zip(block.time_ms.tolist(), block.event.tolist(), strict=True)
        if event == Event.NEED
    ]
    assert len(needs) == 5_345
    by_day = [len(list(g)) for _, g in itertools.groupby(needs, lambda t: t // DAY_MS)]
    assert by_day == [len(list(g)) for _, g in itertools.groupby(sorted(epochs))]
