"""Golden traces: small scenarios whose every row is kept, so that a change of behavior is seen as a diff.

They say nothing about what is right. `make golden` writes them anew; the diff is then reviewed like code.
"""

import csv
import os
from pathlib import Path

import pytest
import yaml

from sim import Scenario, simulate

GOLDEN = Path(__file__).parent / "golden"
RENEW = os.environ.get("ORGSIM_RENEW_GOLDEN") == "1"
COLUMNS = ("time_ms", "event", "journey", "step", "case", "account", "role", "person", "since_ms", "value")
Row = dict[str, str]


def rows_of(scenario: Path) -> list[Row]:
    """Run a scenario and give its trace as text, the same on every machine."""
    data = yaml.safe_load(scenario.read_text(encoding="utf-8"))
    table = simulate(Scenario.read(data), seed=7).table.select(COLUMNS)
    return [{c: _text(v) for c, v in row.items()} for row in table.to_pylist()]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def read(path: Path) -> list[Row]:
    """Read a golden trace."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(rows: list[Row], path: Path) -> None:
    """Write a golden trace."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def first_difference(golden: list[Row], now: list[Row]) -> str | None:
    """Give the first row that differs, what differs in it and the rows before; None if there is none."""
    for i in range(max(len(golden), len(now))):
        before, after = (rows[i] if i < len(rows) else None for rows in (golden, now))
        if before == after:
            continue
        told = [f"line {i + 2}:"]
        if before is None or after is None:
            told.append(f"one trace ends here: {len(golden)} rows golden, {len(now)} now")
        else:
            told += [f"  {c}: golden {before[c]!r}, now {after[c]!r}" for c in COLUMNS if before[c] != after[c]]
        for name, row in (("golden", before), ("now", after)):
            told.append(f"  {name:7}{' '.join(f'{c}={v}' for c, v in row.items() if v) if row else '-'}")
        told += [f"  before {' '.join(v for v in row.values() if v)}" for row in golden[max(0, i - 3) : i]]
        return "\n".join(told)
    return None


@pytest.mark.parametrize("name", sorted(f.stem for f in GOLDEN.glob("*.yaml")))
def test_a_golden_trace_is_repeated_row_by_row(name):
    rows, path = rows_of(GOLDEN / f"{name}.yaml"), GOLDEN / f"{name}.csv"
    if RENEW:
        write(rows, path)
    difference = first_difference(read(path), rows)
    if difference is not None:
        pytest.fail(f"golden/{name}.csv (make golden writes it anew), {difference}", pytrace=False)


def test_the_first_difference_is_told_with_its_line_and_columns():
    golden = read(GOLDEN / "fixed_times.csv")
    changed = [dict(row) for row in golden]
    changed[4]["value"] = "17"
    changed[6]["time_ms"] = "1"
    told = first_difference(golden, changed)
    assert told is not None
    assert told.startswith("line 6:\n  value: golden ")
    assert "now '17'" in told
    assert "time_ms: golden" not in told
    assert first_difference(golden, golden[:-1]) is not None
    assert first_difference(golden, golden) is None
